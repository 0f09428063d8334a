"""Collects every violation in a JSON value, by constraints that are data.

`_rules` says what a rule is. Decoders and yes-or-no checks are code, because they are
hot; what is here is asked only about values in which one of these met something wrong.
"""

# What is inside a JSON value has no type that a checker knows.
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

from _thread import get_ident
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from ._containers import CONTAINERS, OF_ARRAYS, OF_OBJECTS
from ._depth import BY_THREAD, TooDeep, apart, with_room
from ._rules import (
    ANY,
    Asked,
    Broken,
    Check,
    Checks,
    Path,
    Rule,
    always,
    meets,
    refusal,
)
from ._scalars import SCALARS
from ._unions import UNIONS, in_place
from .errors import Found, too_deep

Rules: TypeAlias = Mapping[str, Any]
"""The rules of a package, by name."""


def violations(package: Any, symbol: str, value: Any) -> Found:
    """Every violation in what comes, by the module of a package's constraints and the
    name of a class or alias."""
    return _collected(package, package.MEANINGS.get(symbol, symbol), value)


def sent_violations(package: Any, symbol: str, value: Any) -> Found:
    """Every violation in what is sent."""
    if symbol in package.SENT:
        return _collected(package, package.SENT[symbol], value)
    return violations(package, symbol, value)


def _collected(package: Any, name: str, value: Any) -> Found:
    found = Found()
    thread = get_ident()
    before = _MET.get(thread)
    _MET[thread] = _Met()
    try:
        _judge(package).check_of(name)(value, None, found)
    except TooDeep:
        return Found([too_deep()])
    finally:
        del _MET[thread]
        if before is not None:
            _MET[thread] = before
    return found


def _judge(package: Any) -> _Judge:
    """What checks values by the rules of a package."""
    rules: Rules = package.CONSTRAINTS
    known = _JUDGES.get(id(rules))
    if known is None:
        # It keeps the rules, so that no others can take their identity.
        known = _JUDGES[id(rules)] = _Judge(rules, frozenset(package.CIRCULAR))
    return known


_KEYWORDS = {**SCALARS, **CONTAINERS, **UNIONS}

_ENTERED = (list, dict)
"""Classes of what holds values: through them rules lead back to themselves."""


class _Judge:
    """Checks values by rules. The checks of a rule are kept as functions: to read the
    rule for each value takes several times as long."""

    def __init__(self, rules: Rules, circular: frozenset[str]) -> None:
        self._rules = rules
        self._circular = circular
        self._checks: dict[str, Check] = {}
        self._named: dict[str, Checks] = {}
        self._inner: dict[int, Checks] = {}

    def checks(self, rule: Rule) -> Checks:
        """What a rule asks of values."""
        if isinstance(rule, bool):
            return _NOTHING if rule else _REFUSED
        if isinstance(rule, str):
            if rule not in self._named:
                self._named[rule] = Checks(self._of_name, rule)
            return self._named[rule]
        # Rules are there as long as the judge that keeps them.
        if id(rule) not in self._inner:
            self._inner[id(rule)] = Checks(self._of, rule)
        return self._inner[id(rule)]

    def accepts(self, rule: Rule, value: Any) -> bool:
        """Whether a value meets a rule."""
        return meets(self.checks(rule), value)

    def _of(self, rule: dict[str, Any] | bool, cls: type) -> Iterator[Check]:
        """What a rule asks of values of a class."""
        if isinstance(rule, bool):
            yield from self.checks(rule)[cls]
            return
        asked = Asked(self, rule, cls)
        for keyword, operand in rule.items():
            yield from _KEYWORDS[keyword](asked, operand)

    def _of_name(self, name: str, cls: type) -> Iterable[Check]:
        if cls in _ENTERED:
            return (self.check_of(name),)
        return self._entered(name, cls)

    def _entered(self, name: str, cls: type) -> Iterable[Check]:
        return self._of(self.asserted(name), cls)

    def check_of(self, name: str) -> Check:
        """What checks a value by the rule of a name, wherever the stack ends."""
        known = self._checks.get(name)
        if known is not None:
            return known
        asked = Checks(self._entered, name)
        circular = self._circular

        def check(value: Any, path: Path, found: Found) -> None:
            before, more = len(found), found.more
            collected = _MET[get_ident()].collected if circular else _NONE
            size = len(collected)
            try:
                for one in asked[value.__class__]:
                    one(value, path, found)
            except RecursionError:
                del found[before:]
                found.more = more
                while len(collected) > size:
                    collected.popitem()
                apart(check, value, path, found)

        made = _once(name, asked, check) if name in circular else check
        self._checks[name] = made
        return made

    def asserted(self, rule: Rule) -> dict[str, Any] | bool:
        """What a rule says itself, or the one that it names."""
        while isinstance(rule, str):
            rule = self._rules[rule]
        return rule

    def evaluated(
        self,
        kind: str,
        keywords: Iterable[tuple[str, Any]],
        asserted: dict[str, Any],
        value: Any,
    ) -> set[Any]:
        """The names of the properties, or the places of the items, that some keywords
        of a rule have evaluated of a value; `kind` is `properties` or `items`.

        Only what a rule that the value meets has evaluated counts.
        """
        own = OF_OBJECTS if kind == "properties" else OF_ARRAYS
        seen: set[Any] = set()
        for keyword, operand in keywords:
            if keyword in own:
                seen.update(own[keyword](self, asserted, operand, value))
            for rule in in_place(self, keyword, operand, asserted, value):
                inner = self.asserted(rule)
                if not isinstance(inner, bool):
                    seen |= self.evaluated(kind, inner.items(), inner, value)
        return seen


_JUDGES: dict[int, _Judge] = {}


# --- what leads back to itself --------------------------------------------------------


class _Met:
    """Which arrays and objects of a value have been held against which rules. A rule
    that leads back to itself on two ways with the same value would otherwise double
    the work with each level.

    `answers` says whether a value meets a rule, for whoever only asks that. `collected`
    has the place at which what is wrong was collected; there it is not said again.
    """

    __slots__ = ("answers", "collected")

    def __init__(self) -> None:
        self.answers: dict[tuple[str, int], bool] = {}
        self.collected: dict[tuple[str, int], Path] = {}


_MET: dict[int, _Met] = {}
"""By the thread that asks."""

BY_THREAD.append(_MET)


_NONE: dict[tuple[str, int], Path] = {}


def _once(name: str, asked: Checks, collect: Check) -> Check:
    """A check by a rule that leads back to itself: it holds each value against the rule
    once. `collect` adds what is wrong with a value."""

    def check(value: Any, path: Path, found: Found) -> None:
        met, key = _MET[get_ident()], (name, id(value))
        if found is ANY:
            if key not in met.answers:
                met.answers[key] = with_room(meets, asked, value)
            if not met.answers[key]:
                raise Broken
        elif key not in met.collected or met.collected[key] != path:
            # One object of Python may be at several places.
            met.collected.setdefault(key, path)
            collect(value, path, found)

    return check


_NOTHING = Checks(lambda _, __: (), True)
_REFUSED = always(refusal("false", "is not allowed here"))
