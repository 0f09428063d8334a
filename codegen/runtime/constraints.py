"""Collects what is wrong with a JSON value, by constraints that are data.

A rule is what a schema of the specification asserts: its keywords with their values, in
a dict; the name of another rule; True or False for what takes everything or nothing.
Three things are said otherwise than there: a number that integers and floats meet at
different places is `Sided`, a pattern that Python spells differently is a `Pattern`,
and a union whose right branch can be told from the value has a dict from JSON types to
rules, in which `Tagged` has those of objects.

Decoders and yes-or-no checks are code, because they are hot. Whoever comes here has met
something wrong already, and wants to know everything that is.
"""

# What is inside a JSON value has no type that a checker knows.
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from ._containers import CONTAINERS, OF_ARRAYS, OF_OBJECTS
from ._depth import TooDeep, apart
from ._rules import At, Rule
from ._scalars import SCALARS
from ._unions import UNIONS, in_place
from .checks import fail
from .errors import Found, Violation, too_deep

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
    try:
        _Judge(package.CONSTRAINTS).check(name, value, "", found)
    except TooDeep:
        return Found([too_deep()])
    return found


class _Broken(Exception):
    """Something is wrong, which is all that was asked."""


class _First(Found):
    """Ends the search at the first violation."""

    def append(self, _: Violation) -> None:
        raise _Broken


_KEYWORDS = {**SCALARS, **CONTAINERS, **UNIONS}

_new: Callable[[type[At], tuple[Any, ...]], At] = tuple.__new__
"""Makes an `At` in half of the time that its own way takes: there are very many."""


class _Judge:
    """Holds values against rules."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules

    def check(self, rule: Rule, value: Any, path: str, found: Found) -> None:
        """Add what is wrong with a value, whose JSON Pointer is `path`."""
        before, more = len(found), found.more
        try:
            asserted = self._asserted(rule) if isinstance(rule, str) else rule
            if asserted is False:
                fail(found, path, value, "false", "is not allowed here")
            elif asserted is not True:
                at = _new(At, (self, asserted, value, path, found))
                for keyword, operand in asserted.items():
                    _KEYWORDS[keyword](at, operand)
        except RecursionError:
            del found[before:]
            found.more = more
            apart(self.check, rule, value, path, found)

    def accepts(self, rule: Rule, value: Any) -> bool:
        """Whether a value meets a rule."""
        try:
            self.check(rule, value, "", _First())
        except _Broken:
            return False
        return True

    def _asserted(self, rule: Rule) -> dict[str, Any] | bool:
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
                inner = self._asserted(rule)
                if not isinstance(inner, bool):
                    seen |= self.evaluated(kind, inner.items(), inner, value)
        return seen
