"""`decimal`, a number in a text, as `Decimal`.

No standard says what such a text is: a number as JSON has it, which may also begin with
a plus sign, with zeros, or with its point.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from ._typed import Carrying, Form
from .checks import matches

_HELD = r"^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\Z"
_PLAIN = 100
"""How many zeros are written out at most."""


class Number(Carrying, Decimal):
    """A decimal number with the text that it came as."""

    __slots__ = ("_text",)

    def _plain(self) -> Decimal:
        return Decimal(self)


def _made(text: str) -> Number | None:
    if not matches(_HELD, text):
        return None
    try:
        made = Number(text)
    except InvalidOperation:
        return None
    return made if made.is_finite() else None


def _why(text: str) -> str:
    if matches(_HELD, text):
        return "has an exponent that Decimal cannot hold"
    return "is not a valid decimal"


def _spelled(value: Decimal) -> str:
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and -_PLAIN <= exponent <= _PLAIN:
        return f"{Decimal(value):f}"
    return Decimal.__str__(value)


DECIMALS = Form(Number, Decimal, make=_made, why=_why, spell=_spelled)
