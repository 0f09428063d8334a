"""What single assertions say of JSON values, as plainly as possible: types, equality,
and the limits of numbers and strings."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias, assert_never

from codegen import ecma
from codegen.ir import model as ir
from codegen.ir import numbers

Formats: TypeAlias = Mapping[str, Callable[[str], bool]]
"""For some formats what says of a text whether it is of one."""

NO_FORMATS: Final[Formats] = MappingProxyType({})


def equal(one: ir.Json, two: ir.Json) -> bool:
    """JSON equality: 1 equals 1.0, true does not equal 1."""
    if isinstance(one, bool) or isinstance(two, bool):
        return one is two
    if isinstance(one, dict) and isinstance(two, dict):
        return one.keys() == two.keys() and all(equal(one[k], two[k]) for k in one)
    if isinstance(one, list) and isinstance(two, list):
        return len(one) == len(two) and all(map(equal, one, two))
    return bool(one == two)


def among(value: ir.Json, values: Iterable[ir.Json]) -> bool:
    """Whether a value equals one of these. Many are looked up by `equality.freeze`."""
    return any(equal(value, other) for other in values)


def all_differ(values: list[ir.Json]) -> bool:
    """Whether no two of some values are equal."""
    return not any(among(value, values[:n]) for n, value in enumerate(values))


def has_type(value: ir.Json, name: str) -> bool:
    """Whether a value is of one of the seven types."""
    return TYPES[name](value)


def is_number(value: ir.Json) -> bool:
    """Whether a value is a number; true and false are none."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_integer(value: ir.Json) -> bool:
    return is_number(value) and (
        isinstance(value, int) or (math.isfinite(value) and value.is_integer())
    )


TYPES: Final[Mapping[str, Callable[[ir.Json], bool]]] = {
    "null": lambda value: value is None,
    "boolean": lambda value: isinstance(value, bool),
    "number": is_number,
    "integer": _is_integer,
    "string": lambda value: isinstance(value, str),
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
}


def matches(regex: str, text: str) -> bool:
    """Whether a pattern is found in a text."""
    # Python's spelling of a pattern belongs to the generator; the meaning of
    # `Pattern` is ECMA-262's, and there is only one translation of it.
    return ecma.matcher(regex)(text)


def enumerated(value: ir.Json, other: ir.Json) -> bool:
    """Whether a value is the one that an enumeration has."""
    if is_number(value) and is_number(other):
        return bool(value == numbers.facing(other, value))
    return equal(value, other)


def number_holds(assertion: ir.NumberAssertion, value: float) -> bool:
    """Whether an assertion on numbers holds of one."""
    if isinstance(value, float) and not math.isfinite(value):
        # JSON has no such number; a parser made it of one too large for a float.
        match assertion:
            case ir.Minimum():
                return value > 0
            case ir.Maximum():
                return value < 0
            case ir.MultipleOf():
                return False
            case _:
                assert_never(assertion)
    match assertion:
        case ir.Minimum(limit, exclusive):
            bound = numbers.facing(limit, value)
            return value > bound or (not exclusive and value == bound)
        case ir.Maximum(limit, exclusive):
            bound = numbers.facing(limit, value)
            return value < bound or (not exclusive and value == bound)
        case ir.MultipleOf(divisor):
            quotient = numbers.decimal(value) / numbers.decimal(divisor)
            return quotient.denominator == 1
        case _:
            assert_never(assertion)


def string_holds(assertion: ir.StringAssertion, value: str, formats: Formats) -> bool:
    """Whether an assertion on strings holds of one."""
    match assertion:
        case ir.MinLength(limit):
            return len(value) >= limit
        case ir.MaxLength(limit):
            return len(value) <= limit
        case ir.Pattern(regex):
            return matches(regex, value)
        case ir.Format(name):
            return name not in formats or formats[name](value)
        case _:
            assert_never(assertion)
