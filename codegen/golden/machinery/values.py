"""JSON values: how they look, where things stand in them, how they are changed."""

# What is inside a JSON value has no type that a checker knows.
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

import json
import marshal
from collections.abc import Callable, Iterator
from typing import Any

UNKNOWN = "UnknownEvent"
"""The class of events that are of no class of their table."""


class Shown:
    """What is said of a value where something is wrong with it, found out only then."""

    def __init__(self, say: Callable[[], str]) -> None:
        self._say = say

    def __str__(self) -> str:
        return self._say()


def text(value: Any) -> str:
    """JSON text in which different values look different, also true and 1, and equal
    ones the same, also 1 and 1.0."""
    return json.dumps(
        json.loads(json.dumps(value), parse_float=_number), sort_keys=True
    )


def same(one: Any, other: Any) -> bool:
    """Whether two JSON values look the same by `text`."""
    return Looks(one).same(other)


class Looks:
    """A JSON value of which is asked again and again whether another one looks so."""

    def __init__(self, value: Any) -> None:
        self._value = value
        self._spelled = _spelled(value)
        self._sorted = ""

    def same(self, other: Any) -> bool:
        """Whether another value looks the same by `text`."""
        # Most are spelled alike, which Python tells in a fifth of the time; some are
        # not, as 1 and 1.0 are.
        if _spelled(other) == self._spelled:
            return True
        if not self._sorted:
            self._sorted = json.dumps(self._value, sort_keys=True)
        if json.dumps(other, sort_keys=True) == self._sorted:
            return True
        return text(self._value) == text(other)


def _spelled(value: Any) -> bytes | str:
    """How Python writes a value: another way for 1, true and 1.0, and for a member of
    an enumeration."""
    try:
        # By version 2, in which nothing follows from who else holds a part of it.
        return marshal.dumps(value, 2)
    except ValueError:
        return repr(value)


def _number(digits: str) -> int | float:
    number = float(digits)
    return int(number) if number.is_integer() else number


def without(frame: Any, tag: str) -> Any:
    """An object that lacks a property."""
    return {name: value for name, value in frame.items() if name != tag}


def member(place: str, name: str) -> str:
    """The JSON Pointer of a property."""
    return f"{place}/{name.replace('~', '~0').replace('/', '~1')}"


def holds(place: str, other: str) -> bool:
    """Whether one place is another, or is around it."""
    return f"{other}/".startswith(f"{place}/")


def places(value: Any, place: str = "") -> Iterator[str]:
    """The pointers of everything inside a JSON value."""
    pairs: Any = enumerate(value) if isinstance(value, list) else ()
    pairs = value.items() if isinstance(value, dict) else pairs
    for name, item in pairs:
        yield (inner := member(place, str(name)))
        yield from places(item, inner)


def part(document: Any, pointer: str) -> Any:
    """The value at a pointer, which there must be."""
    for token in pointer.split("/")[1:]:
        name = token.replace("~1", "/").replace("~0", "~")
        document = document[int(name) if isinstance(document, list) else name]
    return document


def levels(value: Any) -> int:
    """How deep arrays and objects nest."""
    if not isinstance(value, (list, dict)):
        return 0
    inner = value.values() if isinstance(value, dict) else value
    return 1 + max(map(levels, inner), default=0)


def edited(document: Any, pointer: str, value: Any, *, remove: bool = False) -> Any:
    """A document with the value at a pointer replaced or removed; what is not on the
    way there is that of the document."""
    tokens = pointer.split("/")[1:]
    names = [token.replace("~1", "/").replace("~0", "~") for token in tokens]
    return _edited(document, names, value, remove) if names else value


def _edited(document: Any, names: list[str], value: Any, remove: bool) -> Any:
    name, *rest = names
    copy = document.copy()
    if isinstance(copy, list):
        place = int(name)
        if rest:
            copy[place] = _edited(copy[place], rest, value, remove)
        else:
            copy[place : place + 1] = [] if remove else [value]
    elif rest:
        copy[name] = _edited(copy[name], rest, value, remove)
    elif remove:
        copy.pop(name, None)
    else:
        copy[name] = value
    return copy
