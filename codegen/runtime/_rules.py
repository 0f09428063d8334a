"""What constraints are made of, and the functions that check a value by them.

A rule is what a schema of the specification asserts: its keywords with their values, in
a dict; the name of another rule; True or False for what takes everything or nothing.
Three things are said otherwise than there: a number that integers and floats meet at
different places is `Sided`, a pattern that Python spells differently is a `Pattern`,
and a union whose right branch can be told from the value has a dict from JSON types to
rules, in which `Tagged` has those of objects.
"""

# What is inside a JSON value has no type that a checker knows.
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final, NamedTuple, Protocol, TypeAlias

from .checks import child, matches
from .errors import KEPT, Found, Violation, place, show

Rule: TypeAlias = "dict[str, Any] | str | bool"


class Sided(NamedTuple):
    """A number of the specification: what it is for people, and what integers and
    floats are compared with."""

    shown: float
    integer: float
    real: float


class Pattern(NamedTuple):
    """A pattern as the specification has it and as `search` takes it; text of more
    characters than `longest` is not matched against it."""

    shown: str
    spelled: str
    search: Callable[[str, str], bool] = matches
    longest: int | None = None


class Tagged(NamedTuple):
    """Objects told apart by a tag, which is found behind the properties of `path`.

    `keyword` is what a wrong tag breaks, if not that of the union. `tried` are the
    branches for objects without a tag, if there may be such; `other` is the branch for
    all that have none of `cases`.
    """

    path: tuple[str, ...]
    cases: dict[Any, Any]
    keyword: str = ""
    tried: tuple[Rule, ...] = ()
    other: Rule | None = None


class Format(NamedTuple):
    """A format with what judges it, and `why` a text is none, if more is known."""

    name: str
    judge: Callable[[str], bool]
    why: Callable[[str], str] | None = None


# --- what a rule asks -----------------------------------------------------------------

Path: TypeAlias = "tuple[Path, str | int] | None"
"""Where a value is: the place of the object or array that it is in, and its name or
index there. It becomes a JSON Pointer where something is wrong."""

Check: TypeAlias = Callable[[Any, Path, Found], None]
"""Adds what is wrong with a value, by its place, to what was found."""


class Checks(dict[type, "tuple[Check, ...]"]):
    """The checks of a rule, by the class of the value; made when a value of the class
    first comes. What the class settles by itself, such as `type`, is no check."""

    __slots__ = ("_find", "_rule")

    def __init__(self, find: Callable[[Any, type], Iterable[Check]], rule: Any) -> None:
        super().__init__()
        self._find = find
        self._rule = rule

    def __missing__(self, cls: type) -> tuple[Check, ...]:
        found = self[cls] = tuple(self._find(self._rule, cls))
        return found


class Judge(Protocol):
    """Checks values by rules; `constraints.py` has the class."""

    def checks(self, rule: Rule) -> Checks:
        """What a rule asks."""
        ...

    def accepts(self, rule: Rule, value: Any) -> bool:
        """Whether a value meets a rule."""
        ...

    def asserted(self, rule: Rule) -> dict[str, Any] | bool:
        """What a rule says itself, or the one that it names."""
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


class Asked(NamedTuple):
    """A rule of which is asked what its keywords ask of values of a class."""

    judge: Judge
    rule: dict[str, Any]
    cls: type

    def same(self, rule: Rule) -> tuple[Check, ...]:
        """What another rule asks of the same value."""
        return self.judge.checks(rule)[self.cls]


Maker: TypeAlias = Callable[[Asked, Any], Iterable[Check]]
"""What a keyword with its operand asks of values of a class."""


def beside(_: Asked, __: Any) -> Iterable[Check]:
    """Of a keyword that another one reads nothing is asked."""
    return ()


# --- what is wrong --------------------------------------------------------------------

ANY: Final = Found()
"""Passed as `found` by whoever asks only whether something is wrong: adding to it ends
the search."""


class Broken(Exception):
    """Something is wrong, which is all that was asked."""


def fail(found: Found, path: Path, value: Any, keyword: str, why: str) -> None:
    """Add a violation; `why` completes the sentence that place and value begin."""
    if found is ANY:
        raise Broken
    if len(found) < KEPT:
        where = pointer(path)
        said = f"{place(where)}: {show(value)} {why}"
        found.append(Violation(where, keyword, said))
    else:
        found.more += 1


def fail_missing(
    found: Found, path: Path, name: str, keyword: str = "required"
) -> None:
    """Add a violation for a property that is not there."""
    if found is ANY:
        raise Broken
    if len(found) < KEPT:
        where = pointer(path)
        said = f"{place(where)}: the property {show(name)} is missing"
        found.append(Violation(where, keyword, said))
    else:
        found.more += 1


def refusal(keyword: str, why: str) -> Check:
    """A check that no value passes."""

    def check(value: Any, path: Path, found: Found) -> None:
        fail(found, path, value, keyword, why)

    return check


def always(check: Check) -> Checks:
    """What asks the same of every value."""
    return Checks(lambda one, _: (one,), check)


def meets(checks: Checks, value: Any) -> bool:
    """Whether nothing is wrong with a value."""
    try:
        for check in checks[value.__class__]:
            check(value, None, ANY)
    except Broken:
        return False
    return True


def pointer(path: Path) -> str:
    """A place as a JSON Pointer."""
    names: list[str] = []
    while path is not None:
        path, name = path
        names.append(str(name))
    told = "/".join(["", *reversed(names)])
    if "~" in told or told.count("/") > len(names):
        return "".join([child("", name) for name in reversed(names)])
    return told
