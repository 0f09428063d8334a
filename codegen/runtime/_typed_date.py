"""`date` (RFC 3339) as `date`."""

from __future__ import annotations

from datetime import date

from ._typed import Carrying, Form
from .checks import matches

_HELD = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\Z"


class Date(Carrying, date):
    """A day with the text that it came as."""

    __slots__ = ("_text",)

    def _plain(self) -> date:
        return date(self.year, self.month, self.day)


def _made(text: str) -> Date | None:
    if not matches(_HELD, text):
        return None
    try:
        return Date.fromisoformat(text)
    except ValueError:
        return None


def _why(text: str) -> str:
    if text.startswith("0000") and matches(_HELD, text):
        return "has the year 0, which date cannot hold"
    if text[10:11] in ("T", "t") and matches(_HELD, text[:10]):
        return "is a date with a time: pass value.date()"
    return "is not a valid date"


DATES = Form(Date, date, make=_made, why=_why, spell=date.isoformat)
