"""Constraints on values as a whole, on numbers and on strings."""

# What is inside a JSON value has no type that a checker knows.
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from json import dumps
from operator import ge, gt, le, lt
from typing import Any

from ._rules import (
    Asked,
    Check,
    Format,
    Maker,
    Path,
    Pattern,
    Sided,
    fail,
    refusal,
)
from .checks import equal, matches, multiple
from .errors import Found, counted

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
_NUMBERS = (int, float)


def _names(operand: str | tuple[str, ...]) -> tuple[str, ...]:
    return (operand,) if isinstance(operand, str) else operand


def by_type(
    cls: type, answer: Callable[[frozenset[str]], Iterable[Check]]
) -> Iterable[Check]:
    """What is asked of values of a class by their JSON types. Those of a float follow
    from its value: 1.0 is an integer."""
    if cls is not float:
        return answer(_TYPES.get(cls, _NO_TYPES))
    whole, other = tuple(answer(_TYPES[int])), tuple(answer(_TYPES[float]))
    if whole == other:
        return other

    def check(value: Any, path: Path, found: Found) -> None:
        for one in whole if value.is_integer() else other:
            one(value, path, found)

    return (check,)


def is_type(types: str | tuple[str, ...], own: frozenset[str]) -> bool:
    """Whether some JSON types are among those of a value."""
    return types in own if isinstance(types, str) else not own.isdisjoint(types)


def _type(of: Asked, types: Any) -> Iterable[Check]:
    def answer(own: frozenset[str]) -> tuple[Check, ...]:
        if is_type(types, own):
            return ()
        words = " or ".join(_WORDS[name] for name in _names(types))
        return (refusal("type", f"is not {words}"),)

    return by_type(of.cls, answer)


def _enum(of: Asked, values: tuple[Any, ...]) -> Iterator[Check]:
    why = f"is not {_listed(values)}"
    # Only a text equals a text, and is found without a look at each.
    texts = of.cls is str
    known = frozenset(value for value in values if value.__class__ is str)

    def check(value: Any, path: Path, found: Found) -> None:
        if not (value in known if texts else _is_among(value, values)):
            fail(found, path, value, "enum", why)

    yield check


def _is_among(value: Any, values: tuple[Any, ...]) -> bool:
    return any(_is_value(expected, value) for expected in values)


def _listed(values: tuple[Any, ...]) -> str:
    """The values of an enumeration, for people."""
    shown = ", ".join(_short(_shown(value)) for value in values[:12])
    several = "one of " if len(values) > 1 else ""
    more = ", …" if len(values) > 12 else ""
    return f"{several}{shown}{more}"


def _const(_: Asked, expected: Any) -> Iterator[Check]:
    why = f"is not {_short(_shown(expected))}"

    def check(value: Any, path: Path, found: Found) -> None:
        if not _is_value(expected, value):
            fail(found, path, value, "const", why)

    yield check


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


def _limit(of: Asked, number: Any) -> Any:
    """What values are compared with."""
    if not isinstance(number, Sided):
        return number
    return number.real if of.cls is float else number.integer


def _number(keyword: str, words: str, breaks: Callable[[Any, Any], bool]) -> Maker:
    def checks(of: Asked, operand: Any) -> Iterator[Check]:
        if of.cls not in _NUMBERS:
            return
        limit, why = _limit(of, operand), f"{words} {_short(_shown(operand))}"

        def check(value: Any, path: Path, found: Found) -> None:
            if breaks(value, limit):
                fail(found, path, value, keyword, why)

        yield check

    return checks


def _multiple_of(of: Asked, divisor: Any) -> Iterator[Check]:
    from decimal import Decimal

    if of.cls not in _NUMBERS:
        return
    # As it was written: 0.1 is a tenth, not the nearest binary fraction.
    ratio = Decimal(repr(divisor)).as_integer_ratio()
    why = f"is not a multiple of {_short(divisor)}"

    def check(value: Any, path: Path, found: Found) -> None:
        if not multiple(value, *ratio):
            fail(found, path, value, "multipleOf", why)

    yield check


def _pattern(of: Asked, pattern: Any) -> Iterator[Check]:
    if of.cls is not str:
        return
    shown = pattern.shown if isinstance(pattern, Pattern) else pattern
    why = f"does not match the pattern {_short(shown)}"

    def check(value: Any, path: Path, found: Found) -> None:
        if not found_in(pattern, value):
            fail(found, path, value, "pattern", why)

    yield check


def found_in(pattern: Any, text: str) -> bool:
    """Whether text matches a pattern, or is too long to be matched against it."""
    if not isinstance(pattern, Pattern):
        return matches(pattern, text)
    if pattern.longest is not None and len(text) > pattern.longest:
        return True
    return pattern.search(pattern.spelled, text)


def _format(of: Asked, known: Format) -> Iterator[Check]:
    if of.cls is not str:
        return

    def check(value: Any, path: Path, found: Found) -> None:
        if not known.judge(value):
            plain = f"is not a valid {known.name}"
            why = plain if known.why is None else known.why(value)
            fail(found, path, value, "format", why)

    yield check


def sized(keyword: str, cls: type, words: str, unit: tuple[str, str]) -> Maker:
    """A check of how many characters, items or properties there are: at least or at
    most so many, as the keyword says."""
    sign = 1 if keyword.startswith("max") else -1

    def checks(of: Asked, limit: int) -> Iterator[Check]:
        if of.cls is not cls:
            return
        why = f"{words} than {counted(limit, *unit)}"

        def check(value: Any, path: Path, found: Found) -> None:
            if (len(value) - limit) * sign > 0:
                fail(found, path, value, keyword, why)

        yield check

    return checks


_CHARACTERS = ("character", "characters")

SCALARS: dict[str, Maker] = {
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
"""What a keyword asks of values."""
