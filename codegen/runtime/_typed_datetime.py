"""`date-time` (RFC 3339) as `datetime`."""

from __future__ import annotations

from datetime import datetime

from ._typed import CLOCK, OFFSET, Carrying, Form, zulu
from .checks import matches

_LONG = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}"
_FRACTION = r"(?:\.[0-9]+)?"
_HELD = rf"^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}[Tt]{CLOCK}{OFFSET}"


class DateTime(Carrying, datetime):
    """A moment with the text that it came as."""

    __slots__ = ("_text",)

    def _plain(self) -> datetime:
        return datetime.combine(self.date(), self.timetz())


def _made(text: str) -> DateTime | None:
    if not matches(_HELD, text):
        return None
    try:
        return DateTime.fromisoformat(text.upper())
    except ValueError:
        return None


def _why(text: str) -> str:
    if matches(rf"{_LONG}{_FRACTION}\Z", text):
        aware = "datetime.datetime.now(datetime.timezone.utc)"
        return f"has no offset from UTC: pass a datetime with a tzinfo, such as {aware}"
    if matches(rf"{_LONG}{_FRACTION}[+-][0-9]{{2}}:[0-9]{{2}}:[0-9.]+\Z", text):
        return "has an offset with seconds, which a date-time cannot have"
    if not matches(rf"{_LONG}{_FRACTION}{OFFSET}", text):
        return "is not a valid date-time"
    if text[17:19] == "60":
        return "has a second 60, which datetime cannot hold"
    if text.startswith("0000"):
        return "has the year 0, which datetime cannot hold"
    if matches(rf"{_LONG}\.[0-9]{{7}}", text) and not matches(_HELD, text):
        return "has more digits than microseconds, which datetime cannot hold"
    return "is not a valid date-time"


def _spelled(value: datetime) -> str:
    return zulu(datetime.isoformat(value))


DATETIMES = Form(DateTime, datetime, make=_made, why=_why, spell=_spelled)
