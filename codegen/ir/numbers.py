"""How numbers of a specification compare with numbers of values.

A float of a specification means the shortest decimal that reads back as it: 1e23 is
10**23, although the nearest binary fraction, which Python compares with, is 8388608
less. The difference shows in whole numbers from 2**53 on, where not every integer is a
float.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Final, NamedTuple

EXACT: Final = 2**53
"""Every integer up to this one is a float."""

_LONGEST: Final = 2**64
"""From here on fast JSON readers make floats of integers."""


class Sides(NamedTuple):
    """A limit: `integer` is what integers are compared with, `real` what floats are."""

    integer: int | float
    real: int | float


def decimal(number: float) -> Fraction:
    """The number that was written: 0.1 is a tenth, not the nearest binary fraction."""
    return Fraction(repr(number) if isinstance(number, float) else number)


def sides(number: float) -> Sides:
    """The number to compare integers with, and the number to compare floats with.

    For floats that is the nearest float. An integer of 64 bits that is no float is the
    limit for both, because whoever wrote it did not mean a float.
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
    """The side of a specification's number with which a value is compared."""
    both = sides(number)
    return both.real if isinstance(value, float) else both.integer
