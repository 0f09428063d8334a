"""`time` (RFC 3339) as `time`."""

from __future__ import annotations

from datetime import time

from ._typed import CLOCK, OFFSET, Carrying, Form, zulu
from .checks import matches

_LONG = r"^[0-9]{2}:[0-9]{2}:[0-9]{2}"
_FRACTION = r"(?:\.[0-9]+)?"
_HELD = rf"^{CLOCK}{OFFSET}"


class Time(Carrying, time):
    """A time of the day with the text that it came as."""

    __slots__ = ("_text",)

    def _plain(self) -> time:
        return time(self.hour, self.minute, self.second, self.microsecond, self.tzinfo)


def _made(text: str) -> Time | None:
    if not matches(_HELD, text):
        return None
    try:
        return Time.fromisoformat(text.upper())
    except ValueError:
        return None


def _why(text: str) -> str:
    if matches(rf"{_LONG}{_FRACTION}\Z", text):
        aware = "value.replace(tzinfo=datetime.timezone.utc)"
        return f"has no offset from UTC: pass a time with a fixed one, such as {aware}"
    if not matches(rf"{_LONG}{_FRACTION}{OFFSET}", text):
        return "is not a valid time"
    if text[6:8] == "60":
        return "has a second 60, which time cannot hold"
    if matches(rf"{_LONG}\.[0-9]{{7}}", text):
        return "has more digits than microseconds, which time cannot hold"
    return "is not a valid time"


def _spelled(value: time) -> str:
    return zulu(time.isoformat(value))


TIMES = Form(Time, time, make=_made, why=_why, spell=_spelled)
