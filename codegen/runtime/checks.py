"""What generated checks call: the few operations Python does not spell as JSON does."""

# What is inside a JSON value has no type that a checker knows.
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ._depth import pieces, same


def child(path: str, name: str) -> str:
    """The pointer of a property."""
    if "~" in name or "/" in name:
        name = name.replace("~", "~0").replace("/", "~1")
    return f"{path}/{name}"


def equal(left: Any, right: Any) -> bool:
    """JSON equality: 1 equals 1.0, true does not equal 1."""
    a, b = left.__class__, right.__class__
    if a is bool or b is bool:
        return left is right
    if a is dict and b is dict:
        if left.keys() != right.keys():
            return False
        try:
            return all(equal(value, right[name]) for name, value in left.items())
        except RecursionError:
            return same(left, right, equal)
    if a is list and b is list:
        try:
            return len(left) == len(right) and all(map(equal, left, right))
        except RecursionError:
            return same(left, right, equal)
    return bool(left == right)


def inside(value: Any, *path: str) -> Any:
    """The value that some properties lead to; None where they lead nowhere."""
    for name in path:
        value = value.get(name) if value.__class__ is dict else None
    return value


def among(value: Any, values: tuple[Any, ...]) -> bool:
    """Whether a value equals one of an enumeration's."""
    return any(equal(value, other) for other in values)


def key(value: Any) -> Any:
    """A hashable stand-in: two are equal exactly if the JSON values are."""
    cls = value.__class__
    if cls is bool:
        return (cls, value)
    if cls is list:
        return (cls, tuple(map(key, value)))
    if cls is dict:
        return (cls, frozenset((name, key(item)) for name, item in value.items()))
    return value


def unique(values: list[Any]) -> bool:
    """Whether no two items are equal under JSON equality."""
    try:
        return len(set(map(key, values))) == len(values)
    except RecursionError:
        texts = {"".join(pieces(v, _canonical, items=_sorted)) for v in values}
        return len(texts) == len(values)


def _sorted(value: dict[str, Any]) -> list[tuple[str, Any]]:
    return sorted(value.items())


def _canonical(value: Any) -> str:
    """One text for all spellings of a scalar: 1.0 is 1, but true is not."""
    whole = value.__class__ is float and value.is_integer()
    return repr(int(value) if whole else value)


def multiple(value: float, numerator: int, denominator: int) -> bool:
    """Whether a number is a multiple of numerator/denominator, in decimals.

    A float stands for the shortest decimal that reads back as it.
    """
    if value.__class__ is int:
        return value * denominator % numerator == 0
    if value - value != 0:
        return False
    from decimal import Decimal

    top, bottom = Decimal(repr(value)).as_integer_ratio()
    return top * denominator % (bottom * numerator) == 0


def integral(value: Any) -> bool:
    """Whether a value is a number without fraction: 1.0 is an integer, true is not."""
    cls = value.__class__
    return cls is int or (cls is float and value.is_integer())


def matches(regex: str, text: str) -> bool:
    """Whether a pattern, already in Python's syntax, matches somewhere in a text."""
    search = _SEARCHES.get(regex)
    if search is None:
        import re

        search = _SEARCHES[regex] = re.compile(regex).search
    return search(text) is not None


_SEARCHES: dict[str, Callable[[str], Any]] = {}
