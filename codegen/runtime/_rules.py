"""What constraints are made of, and what a value is held against them by.

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

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, Protocol, TypeAlias

from .checks import fail, matches
from .errors import Found

Rule: TypeAlias = "dict[str, Any] | str | bool"


class Sided(NamedTuple):
    """A number of the specification: what it is for people, and what integers and
    floats are compared with."""

    shown: float
    integer: float
    real: float


class Pattern(NamedTuple):
    """A pattern as the specification has it and as `search` takes it; text of more
    characters than `longest` is not held against it."""

    shown: str
    spelled: str
    search: Callable[[str, str], bool] = matches
    longest: int | None = None


class Tagged(NamedTuple):
    """Objects told apart by a tag, which is found behind the properties of `path`.

    `keyword` is what a wrong tag breaks, if not that of the union. `tried` are the
    branches for objects without a tag, if there may be such.
    """

    path: tuple[str, ...]
    cases: dict[Any, Any]
    keyword: str = ""
    tried: tuple[Rule, ...] = ()


class Format(NamedTuple):
    """A format with what judges it, and `why` a text is none, if more is known."""

    name: str
    judge: Callable[[str], bool]
    why: Callable[[str], str] | None = None


class Judge(Protocol):
    """What holds values against rules: `constraints.py` has it."""

    def check(self, rule: Rule, value: Any, path: str, found: Found) -> None:
        """Add what is wrong with a value, whose JSON Pointer is `path`."""
        ...

    def accepts(self, rule: Rule, value: Any) -> bool:
        """Whether a value meets a rule."""
        ...

    def evaluated(
        self,
        kind: str,
        keywords: Iterable[tuple[str, Any]],
        asserted: dict[str, Any],
        value: Any,
    ) -> set[Any]:
        """The names of the properties, or the places of the items, that some keywords
        of a rule have evaluated of a value; `kind` is `properties` or `items`."""
        ...


class At(NamedTuple):
    """A value with the rule that it is held against."""

    judge: Judge
    rule: dict[str, Any]
    value: Any
    path: str
    found: Found

    def fail(self, keyword: str, why: str) -> None:
        """Add a violation; `why` completes the sentence that the value begins."""
        fail(self.found, self.path, self.value, keyword, why)

    def apply(self, rule: Rule) -> None:
        """Hold the same value against another rule."""
        self.judge.check(rule, self.value, self.path, self.found)

    def inside(self, rule: Rule, value: Any, path: str) -> None:
        """Hold a value inside this one against a rule."""
        self.judge.check(rule, value, path, self.found)

    def closed(self, rule: Rule, value: Any, path: str, keyword: str) -> None:
        """The same for what nothing else covers; `keyword` is broken where it must
        not be there."""
        if rule is not False:
            self.inside(rule, value, path)
        elif keyword.endswith("Items"):
            fail(self.found, path, value, keyword, "is one item too many")
        else:
            why = "is a property the schema does not know"
            fail(self.found, path, value, keyword, why)

    def is_number(self) -> bool:
        return self.value.__class__ is int or self.value.__class__ is float
