"""The kit of Hypothesis strategies, the same in every package.

Hypothesis is imported when a kit is made, never with the package.
"""

# What is inside a JSON value has no type that a checker knows.
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false, reportUnknownLambdaType=false
# pyright: reportUnknownParameterType=false

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from json import loads
from math import ceil, floor
from sys import float_info
from typing import Any, Final, TypeAlias

Made: TypeAlias = "Mapping[str, Callable[[Kit], Any]]"
"""For each named schema what makes its strategy."""

Known: TypeAlias = Mapping[str, str]
"""A value that a named schema accepts, as JSON; nothing for one that accepts none."""

_LARGEST: Final = float_info.max


class Kit:
    """Builds strategies; each schema once, so that recursion ends."""

    def __init__(self, schemas: Mapping[str, Any], made: Made, known: Known) -> None:
        self.st: Any = import_module("hypothesis.strategies")
        self._schemas, self._made, self._known = schemas, made, known
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
            make, known = self._made[name], self._known.get(name)
            self._strategies[name] = self.st.deferred(
                lambda: (
                    (make(self) | self.values([loads(known)])).filter(
                        lambda value: not schema.violations(value)
                    )
                    if known
                    else self.st.nothing()
                )
            )
        return self._strategies[name]

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
        if (low is not None and low > _LARGEST) or (
            high is not None and high < -_LARGEST
        ):
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
        if not patterns:
            return st.text(min_size=least, max_size=most)
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
    ) -> Any:
        """Arrays: items at the front of their own, others behind, some of a kind."""
        st = self.st
        wanted = [part for part, count in contains for _ in range(count)]
        room = None if most is None else max(most - len(wanted), 0)
        fixed = st.tuples(*prefix[: least if most is None else most])
        rest = st.nothing() if item is None else item
        more = st.lists(
            rest,
            min_size=0 if item is None else max(least - len(prefix) - len(wanted), 0),
            max_size=0 if item is None else 4 + least if room is None else room,
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
        more = st.dictionaries(names, extra, min_size=short, max_size=short + 2)
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
