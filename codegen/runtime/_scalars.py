"""Constraints on values as a whole, on numbers and on strings."""

# What is inside a JSON value has no type that a checker knows.
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Callable
from json import dumps
from operator import ge, gt, le, lt
from typing import Any

from ._rules import At, Format, Pattern, Sided
from .checks import equal, integral, matches, multiple
from .errors import counted

# --- any value ------------------------------------------------------------------------

_WORDS = {
    "null": "null",
    "boolean": "a boolean",
    "string": "a string",
    "array": "an array",
    "object": "an object",
    "integer": "an integer",
    "number": "a number",
}
_TYPES: dict[type, frozenset[str]] = {
    type(None): frozenset({"null"}),
    bool: frozenset({"boolean"}),
    str: frozenset({"string"}),
    list: frozenset({"array"}),
    dict: frozenset({"object"}),
    int: frozenset({"integer", "number"}),
    float: frozenset({"number"}),
}
"""The JSON types of the values of a class."""

_NO_TYPES: frozenset[str] = frozenset()


def _names(operand: str | tuple[str, ...]) -> tuple[str, ...]:
    return (operand,) if isinstance(operand, str) else operand


def is_type(types: str | tuple[str, ...], value: Any) -> bool:
    """Whether a value has one of some JSON types."""
    cls = value.__class__
    own = _TYPES.get(cls, _NO_TYPES)
    if cls is float and integral(value):
        own = _TYPES[int]
    return types in own if isinstance(types, str) else not own.isdisjoint(types)


def _type(at: At, types: Any) -> None:
    if not is_type(types, at.value):
        at.fail("type", f"is not {' or '.join(_WORDS[name] for name in _names(types))}")


def _enum(at: At, values: tuple[Any, ...]) -> None:
    text = at.value.__class__ is str
    if not (at.value in values if text else _is_among(at.value, values)):
        at.fail("enum", f"is not {_listed(values)}")


def _is_among(value: Any, values: tuple[Any, ...]) -> bool:
    return any(_is_value(expected, value) for expected in values)


def _listed(values: tuple[Any, ...]) -> str:
    """The values of an enumeration, for people."""
    shown = ", ".join(_short(_shown(value)) for value in values[:12])
    several = "one of " if len(values) > 1 else ""
    more = ", …" if len(values) > 12 else ""
    return f"{several}{shown}{more}"


def _const(at: At, value: Any) -> None:
    if not _is_value(value, at.value):
        at.fail("const", f"is not {_short(_shown(value))}")


def _is_value(expected: Any, value: Any) -> bool:
    if isinstance(expected, Sided):
        return equal(value, expected.integer) or equal(value, expected.real)
    return equal(value, expected)


def _shown(number: Any) -> Any:
    return number.shown if isinstance(number, Sided) else number


def _short(value: Any) -> str:
    """A value of the specification for a sentence."""
    text = repr(value) if isinstance(value, str) else in_json(value)
    return text if len(text) <= 40 else text[:37] + "..."


def in_json(value: Any) -> str:
    """A value as it stands in JSON, on one line, what cannot be seen escaped."""
    try:
        text = dumps(value, ensure_ascii=False)
    except ValueError:
        return "a very long number"
    return "".join(c if c.isprintable() else dumps(c)[1:-1] for c in text)


# --- numbers and strings --------------------------------------------------------------


def _limit(at: At, number: Any) -> Any:
    """What a value is compared with."""
    if not isinstance(number, Sided):
        return number
    return number.real if at.value.__class__ is float else number.integer


def _number(
    keyword: str, why: str, breaks: Callable[[Any, Any], bool]
) -> Callable[[At, Any], None]:
    def check(at: At, operand: Any) -> None:
        if at.is_number() and breaks(at.value, _limit(at, operand)):
            at.fail(keyword, f"{why} {_short(_shown(operand))}")

    return check


def _multiple_of(at: At, divisor: Any) -> None:
    from decimal import Decimal

    if at.is_number():
        # As it was written: 0.1 is a tenth, not the nearest binary fraction.
        ratio = Decimal(repr(divisor)).as_integer_ratio()
        if not multiple(at.value, *ratio):
            at.fail("multipleOf", f"is not a multiple of {_short(divisor)}")


def _pattern(at: At, pattern: Any) -> None:
    if at.value.__class__ is str and not found_in(pattern, at.value):
        shown = pattern.shown if isinstance(pattern, Pattern) else pattern
        at.fail("pattern", f"does not match the pattern {_short(shown)}")


def found_in(pattern: Any, text: str) -> bool:
    """Whether text matches a pattern, or is too long to be held against it."""
    if not isinstance(pattern, Pattern):
        return matches(pattern, text)
    if pattern.longest is not None and len(text) > pattern.longest:
        return True
    return pattern.search(pattern.spelled, text)


def _format(at: At, known: Format) -> None:
    if at.value.__class__ is str and not known.judge(at.value):
        plain = f"is not a valid {known.name}"
        at.fail("format", plain if known.why is None else known.why(at.value))


def sized(
    keyword: str, cls: Any, why: str, unit: tuple[str, str]
) -> Callable[[At, int], None]:
    """A check of how many characters, items or properties there are: at least or at
    most so many, as the keyword says."""
    sign = 1 if keyword.startswith("max") else -1

    def check(at: At, limit: int) -> None:
        if at.value.__class__ is cls and (len(at.value) - limit) * sign > 0:
            at.fail(keyword, f"{why} than {counted(limit, *unit)}")

    return check


_CHARACTERS = ("character", "characters")

SCALARS: dict[str, Callable[[At, Any], None]] = {
    "type": _type,
    "enum": _enum,
    "const": _const,
    "minimum": _number("minimum", "is below the minimum", lt),
    "exclusiveMinimum": _number("exclusiveMinimum", "is not above", le),
    "maximum": _number("maximum", "is above the maximum", gt),
    "exclusiveMaximum": _number("exclusiveMaximum", "is not below", ge),
    "multipleOf": _multiple_of,
    "minLength": sized("minLength", str, "is shorter", _CHARACTERS),
    "maxLength": sized("maxLength", str, "is longer", _CHARACTERS),
    "pattern": _pattern,
    "format": _format,
}
"""What judges a value by a keyword."""
