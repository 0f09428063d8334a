"""What a number of a specification is to the numbers that are compared with it.

A float stands for the shortest decimal that reads back as it: 1e23 is 10**23, though
the nearest binary fraction, which Python compares, is 8388608 less. That shows in
whole numbers from 2**53 on, where not every integer is a float.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Final, NamedTuple

EXACT: Final = 2**53
"""Up to here each integer is a float."""

_LONGEST: Final = 2**64
"""From here on JSON readers make floats of integers, too."""


class Sides(NamedTuple):
    """What integers are compared with, and what floats are."""

    integer: int | float
    real: int | float


def decimal(number: float) -> Fraction:
    """The number that was written: 0.1 is a tenth, not the nearest binary fraction."""
    return Fraction(repr(number) if isinstance(number, float) else number)


def sides(number: float) -> Sides:
    """The number as integers see it and as floats do.

    Among floats the nearest one stands for it. An integer of 64 bits that is no
    float stays the limit of both: no float was meant by it.
    """
    if isinstance(number, float):
        wide = math.isfinite(number) and abs(number) >= EXACT
        return Sides(int(decimal(number)) if wide else number, number)
    if abs(number) < _LONGEST:
        return Sides(number, number)
    try:
        return Sides(number, float(number))
    except OverflowError:
        return Sides(number, number)


def facing(number: float, value: float) -> int | float:
    """The side of a specification's number that a value is compared with."""
    both = sides(number)
    return both.real if isinstance(value, float) else both.integer
