"""Numbers of JSON and of YAML 1.2's core schema, exact where Python can be exact."""

from __future__ import annotations

import decimal
import math
from typing import Final

from codegen.source.limits import MAX_DIGITS

_EXACT: Final = 2.0**53
"""Below, the float that is nearest to a whole number is that number."""


def integer(text: str, base: int = 10) -> int:
    """An integer of bounded length. Raises ValueError beyond `MAX_DIGITS`."""
    if len(text) > MAX_DIGITS:
        raise ValueError(f"an integer of more than {MAX_DIGITS} digits")
    return int(text, base)


def real(text: str) -> int | float:
    """A number with a fraction or an exponent.

    A float stands for the shortest decimal that reads back as it. Where that is not
    the whole number of the text, or a float would overflow, it becomes an integer:
    `1e400` is a bound like any other. Raises ValueError where neither holds it.
    """
    value = float(text)
    if abs(value) < _EXACT:
        return value
    if len(text) > MAX_DIGITS:
        raise ValueError(f"a number of more than {MAX_DIGITS} digits")
    exact = decimal.Decimal(text)
    if math.isfinite(value) and exact == decimal.Decimal(repr(value)):
        return value
    if exact.adjusted() < MAX_DIGITS and exact == exact.to_integral_value():
        return int(exact)
    if math.isfinite(value):
        return value
    raise ValueError("a number beyond what can be represented")


def parse(text: str) -> int | float:
    """A JSON number. Raises ValueError where it is none, or none that can be held."""
    try:
        return integer(text)
    except ValueError:
        if text.lstrip("-").isdecimal() or text.lstrip("-")[:1] not in "0123456789":
            raise
    return real(text)
