"""Numbers within bounds and on multiples, computed exactly."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from codegen.ir.numbers import EXACT, decimal
from codegen.samples.facets import Facets

_FAR: Final = 10**9


def exact(number: float) -> Fraction | None:
    """A number as the decimal that people wrote; None for infinities and NaN."""
    if isinstance(number, float) and not math.isfinite(number):
        return None
    return decimal(number)


def plain(number: Fraction) -> int | float | None:
    """The JSON number that stands for exactly this decimal, if there is one."""
    if number.denominator == 1:
        return number.numerator
    try:
        nearest = float(number)
    except OverflowError:
        return None
    return nearest if exact(nearest) == number else None


def integers(facets: Facets) -> Iterator[int | float]:
    """Whole numbers that meet the facets, short ones first."""
    low, high = _bounds(facets)
    step = _step(facets, Fraction(1))
    first = None if low is None else math.ceil(low / step)
    last = None if high is None else math.floor(high / step)
    for multiple in _near_zero(first, last):
        number = plain(multiple * step)
        if number is not None:
            yield number


def fractions(facets: Facets) -> Iterator[int | float]:
    """Numbers with a fraction that meet the facets."""
    low, high = _bounds(facets)
    for number in _fractions(facets, low, high):
        if number.denominator == 1:
            continue
        if (low is None or number >= low) and (high is None or number <= high):
            written = plain(number)
            if written is not None:
                yield written


def _fractions(
    facets: Facets, low: Fraction | None, high: Fraction | None
) -> Iterator[Fraction]:
    if facets.multiples:
        step = _step(facets, None)
        first = None if low is None else math.ceil(low / step)
        last = None if high is None else math.floor(high / step)
        yield from (multiple * step for multiple in _near_zero(first, last))
        return
    half = Fraction(1, 2)
    if low is not None and high is not None:
        middle = (low + high) / 2
        for digits in range(1, 17):
            yield Fraction(round(middle * 10**digits), 10**digits)
        if abs(middle) < EXACT:  # Beyond, no float has a fraction.
            yield Fraction(repr(float(middle)))
    elif low is not None:
        yield from (math.ceil(low) + half, low)
    elif high is not None:
        yield from (math.floor(high) - half, high)
    else:
        yield from (half, 1 + half)
    for number in (low, high):
        if number is not None:
            yield number


def _bounds(facets: Facets) -> tuple[Fraction | None, Fraction | None]:
    """The limits, as if each were inclusive: the caller judges what comes out."""
    lows = [exact(minimum.limit) for minimum in facets.minima]
    highs = [exact(maximum.limit) for maximum in facets.maxima]
    low = max((n for n in lows if n is not None), default=None)
    high = min((n for n in highs if n is not None), default=None)
    return low, high


def _step(facets: Facets, start: Fraction | None) -> Fraction:
    """The least common multiple of all divisors."""
    step = start
    for divisor in facets.multiples:
        number = exact(divisor)
        if number is None or number <= 0:
            continue
        step = number if step is None else _lcm(step, number)
    return step or Fraction(1)


def _lcm(a: Fraction, b: Fraction) -> Fraction:
    common = math.lcm(a.denominator, b.denominator)
    whole = math.lcm(
        a.numerator * (common // a.denominator), b.numerator * (common // b.denominator)
    )
    return Fraction(whole, common)


def _near_zero(first: int | None, last: int | None) -> Iterator[int]:
    """Integers from `first` to `last`: zero, one, minus one, then those at the ends."""
    low = -_FAR if first is None else first
    high = max(low, _FAR) if last is None else last
    if first is None and last is not None:
        low = min(low, last - _FAR)
    seen: set[int] = set()
    candidates = [0, 1, -1, low, high, low + 1, high - 1, *range(2, 9)]
    candidates += [-2, low + 2, high - 2, 10, 100]
    for number in candidates:
        if low <= number <= high and number not in seen:
            seen.add(number)
            yield number
