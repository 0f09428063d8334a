"""The kit of Hypothesis strategies, the same in every package.

Hypothesis is imported when a kit is made, never with the package.
"""

# What is inside a JSON value has no type that a checker knows.
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false, reportUnknownLambdaType=false
# pyright: reportUnknownParameterType=false

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from importlib import import_module
from json import dumps, loads
from math import ceil, floor
from sys import float_info
from typing import Any, Final, TypeAlias

Made: TypeAlias = "Mapping[str, Callable[[Kit], Any]]"
"""What makes the strategies of named schemas whose values are not built as their rules
say."""

Known: TypeAlias = Mapping[str, str]
"""A value that such a schema accepts, as JSON; nothing for one that accepts none."""

LONGEST: Final = 10_000
MOST: Final = 400
"""Characters and items that are drawn at most, whatever a rule allows."""

MORE: Final = 2
"""Properties that an object may have beside those that are declared."""

_TYPES: Final = ("null", "boolean", "number", "string", "array", "object")

_LARGEST: Final = float_info.max


class Kit:
    """Builds strategies; each schema once, so that recursion ends.

    `rules` is the module of a package's constraints, `made` and `known` are for schemas
    whose values are not built as their rules say.
    """

    def __init__(
        self, schemas: Mapping[str, Any], rules: Any, made: Made, known: Known
    ) -> None:
        self.st: Any = import_module("hypothesis.strategies")
        self._schemas, self._made, self._known = schemas, made, known
        self._rules = _Rules(self, schemas, rules)
        self._strategies: dict[str, Any] = {}
        self._parts: dict[Any, Any] = {}

    def invalid(self, name: str) -> Any:
        """Values that a named schema rejects: accepted ones and others, damaged."""
        schema = self._schemas[name]
        damaged = (self.schema(name) | self.anything()).flatmap(self.damaged)
        return damaged.filter(lambda value: schema.violations(value))

    def part(self, make: Callable[[Kit], Any], known: list[Any]) -> Any:
        """The values of a place without a name that recurs, `known` among them."""
        if make not in self._parts:
            self._parts[make] = self.st.deferred(
                lambda: make(self) | self.values(known) if known else self.st.nothing()
            )
        return self._parts[make]

    def schema(self, name: str) -> Any:
        """The values of a named schema; the schema itself has the last word."""
        if name not in self._strategies:
            schema = self._schemas[name]
            self._strategies[name] = self.st.deferred(
                lambda: self._built(name).filter(
                    lambda value: not schema.violations(value)
                )
            )
        return self._strategies[name]

    def _built(self, name: str) -> Any:
        if name not in self._made:
            return self._rules.named(name)
        if name not in self._known:
            return self.st.nothing()
        return self._made[name](self) | self.values([loads(self._known[name])])

    def values(self, values: Sequence[Any]) -> Any:
        """One of a few values."""
        return self.st.sampled_from(values) if values else self.st.nothing()

    def one_of(self, *strategies: Any) -> Any:
        """The values of any of several strategies."""
        return self.st.one_of(*strategies)

    def anything(self) -> Any:
        """Any JSON value, not too large."""
        st = self.st
        numbers = st.integers(-(10**6), 10**6) | st.floats(
            allow_nan=False, allow_infinity=False
        )
        scalars = st.none() | st.booleans() | numbers | st.text(max_size=8)

        def containers(inner: Any) -> Any:
            names = st.text(max_size=8)
            return st.lists(inner, max_size=3) | st.dictionaries(
                names, inner, max_size=3
            )

        return st.recursive(scalars, containers, max_leaves=4)

    def boolean(self) -> Any:
        """True and false."""
        return self.st.booleans()

    def integer(self, low: float | None, high: float | None, step: int = 1) -> Any:
        """Multiples of a step between two limits."""
        st = self.st
        least = None if low is None else -(-ceil(low) // step)
        most = None if high is None else floor(high) // step
        if least is not None and most is not None and least > most:
            return st.nothing()
        return st.integers(least, most).map(lambda count: count * step)

    def number(self, low: float | None, high: float | None) -> Any:
        """Floats between two limits, of which some are beyond all floats."""
        lowest = -_LARGEST if low is None else low
        highest = _LARGEST if high is None else high
        if lowest > min(highest, _LARGEST) or highest < -_LARGEST:
            return self.st.nothing()
        return self.st.floats(
            None if low is None or low < -_LARGEST else float(low),
            None if high is None or high > _LARGEST else float(high),
            allow_nan=False,
            allow_infinity=False,
        )

    def text(
        self, least: int = 0, most: int | None = None, patterns: Sequence[str] = ()
    ) -> Any:
        """Strings of some length that match all patterns, written for Python."""
        st = self.st
        if most is not None and least > most:
            return st.nothing()
        if not patterns:
            return st.text(
                min_size=least, max_size=None if most is None else min(most, LONGEST)
            )
        return st.from_regex(patterns[0]).filter(
            lambda text: least <= len(text) and (most is None or len(text) <= most)
        )

    def array(
        self,
        item: Any,
        least: int = 0,
        most: int | None = None,
        prefix: Sequence[Any] = (),
        contains: Sequence[tuple[Any, int]] = (),
        unique: bool = False,
    ) -> Any:
        """Arrays: items at the front of their own, others behind, some of a kind; if
        `unique`, no two of the others are equal."""
        st = self.st
        if most is not None and least > most:
            return st.nothing()
        wanted = [part for part, count in contains for _ in range(count)]
        room = None if most is None else max(min(most, MOST) - len(wanted), 0)
        fixed = st.tuples(*prefix[: least if most is None else most])
        rest = st.nothing() if item is None else item
        more = st.lists(
            rest,
            min_size=0 if item is None else max(least - len(prefix) - len(wanted), 0),
            max_size=0 if item is None else 4 + least if room is None else room,
            unique_by=_equal if unique else None,
        )
        parts = st.tuples(fixed, st.tuples(*wanted), more)
        return parts.map(lambda found: [*found[0], *found[1], *found[2]])

    def object(
        self,
        required: Mapping[str, Any],
        optional: Mapping[str, Any],
        names: Any = None,
        extra: Any = None,
        least: int = 0,
    ) -> Any:
        """Objects: what they must have, what they may have, and whatever else."""
        st = self.st
        fixed = st.fixed_dictionaries(dict(required), optional=dict(optional))
        if extra is None:
            return fixed
        short = max(least - len(required), 0)
        more = st.dictionaries(names, extra, min_size=short, max_size=short + MORE)
        return st.tuples(more, fixed).map(lambda found: found[0] | found[1])

    def damaged(self, value: Any) -> Any:
        """A value with one thing at one place replaced, taken away or added."""
        st = self.st
        places = list(_places(value))[:60]
        return st.tuples(
            st.sampled_from(places),
            st.sampled_from(("put", "drop", "add")),
            self.junk(),
        ).map(lambda found: _damage(value, *found))

    def junk(self) -> Any:
        """Values that few schemas expect."""
        return self.anything() | self.values(
            [None, True, -1, 0.5, 10**9, "", "no such value", "x" * 5000, [], {}, [[]]]
        )


class _Rules:
    """Builds values as the rules of a package say (`_rules.py` says what rules are)."""

    def __init__(self, kit: Kit, schemas: Mapping[str, Any], rules: Any) -> None:
        self._kit, self._schemas = kit, schemas
        self._rules, self._meanings = rules.CONSTRAINTS, rules.MEANINGS
        self._names = {self._rule_of(name): name for name in schemas}
        self._strategies: dict[str, Any] = {}

    def named(self, name: str) -> Any:
        """The values of the rule of a named schema."""
        return self._written(self._rules[self._rule_of(name)])

    def _rule_of(self, name: str) -> str:
        symbol: str = self._schemas[name].symbol
        rule: str = self._meanings.get(symbol, symbol)
        return rule

    def _of(self, rule: Any) -> Any:
        """The values of a rule: that of a named schema, one with another name, or one
        written out."""
        if not isinstance(rule, str):
            return self._written(rule)
        if rule in self._names:
            return self._kit.schema(self._names[rule])
        if rule not in self._strategies:
            self._strategies[rule] = self._kit.st.deferred(
                lambda: self._written(self._rules[rule])
            )
        return self._strategies[rule]

    def _written(self, rule: Any) -> Any:
        """The values of a rule that is written out, or leads to another."""
        if isinstance(rule, str):
            return self._of(rule)
        if isinstance(rule, bool):
            return self._kit.anything() if rule else self._kit.st.nothing()
        if "const" in rule or "enum" in rule:
            values = rule["enum"] if "enum" in rule else (rule["const"],)
            # A number may be `Sided`.
            return self._kit.values([getattr(one, "shown", one) for one in values])
        for keyword in ("anyOf", "oneOf", "allOf"):
            if keyword in rule:
                return self._kit.one_of(*self._branches(rule[keyword]))
        types = rule.get("type", _TYPES)
        several = (types,) if isinstance(types, str) else types
        return self._kit.one_of(*(self._typed(rule, one) for one in several))

    def _branches(self, union: Any) -> Iterator[Any]:
        """The branches of a union, whether or not types and tags tell them apart."""
        if not isinstance(union, dict):
            yield from map(self._of, union)
            return
        for types, branch in union.items():
            if types == "null":
                yield self._kit.values([None])
            elif hasattr(branch, "cases"):
                yield from self._tagged(branch)
            else:
                yield self._of(branch)

    def _tagged(self, union: Any) -> Iterator[Any]:
        """The branches behind tags, each with the tag that leads to it."""
        for tag, branch in union.cases.items():
            if hasattr(branch, "cases"):
                yield from self._tagged(branch)
            elif len(union.path) > 1:
                yield self._of(branch)
            else:
                yield self._of(branch).map(partial(_put, union.path[0], tag))

    def _typed(self, rule: Any, name: str) -> Any:
        """The values of a rule that are of a JSON type."""
        match name:
            case "null":
                return self._kit.values([None])
            case "boolean":
                return self._kit.boolean()
            case "integer":
                return self._integers(rule)
            case "number":
                return self._kit.one_of(self._integers(rule), self._fractions(rule))
            case "string":
                return self._kit.text(rule.get("minLength", 0), rule.get("maxLength"))
            case "array":
                return self._arrays(rule)
            case _:
                return self._objects(rule)

    def _integers(self, rule: Any) -> Any:
        least, most = map(_facing_integers, _limits(rule))
        if "exclusiveMinimum" in rule:
            least = floor(least) + 1
        if "exclusiveMaximum" in rule:
            most = ceil(most) - 1
        return self._kit.integer(least, most, rule.get("multipleOf", 1))

    def _fractions(self, rule: Any) -> Any:
        if "multipleOf" in rule:
            return self._kit.st.nothing()
        # A number may be `Sided`; any other is its own real part.
        low, high = (None if one is None else one.real for one in _limits(rule))
        outside = {
            *({low} if "exclusiveMinimum" in rule else ()),
            *({high} if "exclusiveMaximum" in rule else ()),
        }
        found = self._kit.number(low, high)
        return found.filter(lambda value: value not in outside) if outside else found

    def _arrays(self, rule: Any) -> Any:
        kit = self._kit
        item = self._of(rule["items"]) if "items" in rule else kit.anything()
        least, most = rule.get("minItems", 0), rule.get("maxItems")
        return kit.array(item, least, most, unique="uniqueItems" in rule)

    def _objects(self, rule: Any) -> Any:
        """Objects with the properties that a rule declares or requires, and more where
        it says what these are."""
        kit, required = self._kit, rule.get("required", ())
        more = rule.get("additionalProperties", True)
        others = self._of(more)
        declared = {n: self._of(r) for n, r in rule.get("properties", {}).items()}
        return kit.object(
            {name: declared.get(name, others) for name in required},
            {n: made for n, made in declared.items() if n not in required},
            names=kit.text(1, 12),
            extra=None if isinstance(more, bool) else others,
        )


def _limits(rule: Any) -> tuple[Any, Any]:
    return (
        rule.get("minimum", rule.get("exclusiveMinimum")),
        rule.get("maximum", rule.get("exclusiveMaximum")),
    )


def _facing_integers(limit: Any) -> Any:
    """What integers are compared with."""
    return getattr(limit, "integer", limit)


def _equal(value: Any) -> Any:
    """What equal JSON values have in common, and others hardly ever."""
    scalar = isinstance(value, str | int | float)
    return (isinstance(value, bool), value) if scalar else dumps(value, sort_keys=True)


def _put(name: str, tag: Any, value: Any) -> Any:
    """An object with its tag."""
    return {**value, name: tag}


def _places(value: Any) -> list[tuple[Any, ...]]:
    """The paths to all values inside a value, itself first."""
    found: list[tuple[Any, ...]] = [()]
    if isinstance(value, dict):
        for name, inner in value.items():
            found += [(name, *path) for path in _places(inner)]
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            found += [(index, *path) for path in _places(inner)]
    return found


def _damage(value: Any, path: tuple[Any, ...], how: str, junk: Any) -> Any:
    """A copy of a value, damaged at a path."""
    if not path:
        if how == "add" and isinstance(value, dict):
            return {**value, "no such property": junk}
        if how == "add" and isinstance(value, list):
            return [*value, junk]
        return junk
    head, *rest = path
    copy: Any = dict(value) if isinstance(value, dict) else list(value)
    if how == "drop" and not rest:
        del copy[head]
    else:
        copy[head] = _damage(copy[head], tuple(rest), how, junk)
    return copy
