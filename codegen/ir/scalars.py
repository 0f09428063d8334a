"""Assertions on any value, on numbers and on strings. None of them holds a schema."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from codegen.ir.basics import Json

JSON_TYPES: Final = (
    "null",
    "boolean",
    "integer",
    "number",
    "string",
    "array",
    "object",
)


# --- assertions on any value -------------------------------------------------------


class OnAnyValue:
    """Asserts something of every value."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Never(OnAnyValue):
    """Nothing is valid: the schema `false`."""


@dataclass(frozen=True, slots=True)
class Type(OnAnyValue):
    """The value's type is one of `types`, in the order of `JSON_TYPES`.

    `integer` holds for every number without a fraction, 1.0 included. Where `number`
    is in `types`, `integer` is not.
    """

    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Enum(OnAnyValue):
    """The value equals one of `values` under JSON equality (1 == 1.0, true != 1).

    `keyword` is `enum` or `const`, whichever the source wrote.
    """

    values: tuple[Json, ...]
    keyword: str = "enum"


AnyValueAssertion: TypeAlias = Never | Type | Enum


# --- numbers -----------------------------------------------------------------------


class OnNumbers:
    """Asserts something of numbers, and holds for every other value."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Minimum(OnNumbers):
    """A lower bound on numbers."""

    limit: int | float
    exclusive: bool = False


@dataclass(frozen=True, slots=True)
class Maximum(OnNumbers):
    """An upper bound on numbers."""

    limit: int | float
    exclusive: bool = False


@dataclass(frozen=True, slots=True)
class MultipleOf(OnNumbers):
    """Numbers are an integral multiple of `divisor` (> 0), computed in decimals:
    19.99 is a multiple of 0.01."""

    divisor: int | float


NumberAssertion: TypeAlias = Minimum | Maximum | MultipleOf


# --- strings -----------------------------------------------------------------------


class OnStrings:
    """Asserts something of strings, and holds for every other value."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class MinLength(OnStrings):
    """Strings have at least `limit` code points."""

    limit: int


@dataclass(frozen=True, slots=True)
class MaxLength(OnStrings):
    """Strings have at most `limit` code points."""

    limit: int


@dataclass(frozen=True, slots=True)
class Pattern(OnStrings):
    """Strings match `regex` somewhere; ECMA-262 syntax with the `u` flag."""

    regex: str


@dataclass(frozen=True, slots=True)
class Format(OnStrings):
    """`format`: an annotation, or an assertion where the configuration says so."""

    name: str


StringAssertion: TypeAlias = MinLength | MaxLength | Pattern | Format
