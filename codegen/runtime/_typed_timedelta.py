"""`duration` (RFC 3339, appendix A) as `timedelta`."""

from __future__ import annotations

from datetime import timedelta

from ._typed import Carrying, Form
from .checks import matches

_TIME = r"(?:T(?:[0-9]+H(?:[0-9]+M(?:[0-9]+S)?)?|[0-9]+M(?:[0-9]+S)?|[0-9]+S))"
_HELD = rf"^P(?:[0-9]+W|[0-9]+D{_TIME}?|{_TIME})\Z"
_DATE = r"(?:[0-9]+Y(?:[0-9]+M(?:[0-9]+D)?)?|[0-9]+M(?:[0-9]+D)?)"
_UNITS = {"W": 604_800, "D": 86_400, "H": 3_600, "M": 60, "S": 1}
_LONGEST = 20
"""Digits of a number; more than a timedelta holds of any unit."""


class TimeDelta(Carrying, timedelta):
    """A span of time with the text that it came as."""

    __slots__ = ("_text",)

    def _plain(self) -> timedelta:
        return timedelta(self.days, self.seconds, self.microseconds)


def _made(text: str) -> TimeDelta | None:
    if not matches(_HELD, text):
        return None
    seconds, digits = 0, ""
    for char in text[1:]:
        if char in _UNITS:
            if len(digits.lstrip("0")) > _LONGEST:
                return None
            seconds += int(digits.lstrip("0") or "0") * _UNITS[char]
            digits = ""
        elif char != "T":
            digits += char
    try:
        return TimeDelta(seconds // 86_400, seconds % 86_400)
    except OverflowError:
        return None


def _why(text: str) -> str:
    if matches(rf"^P{_DATE}{_TIME}?\Z", text):
        return "has years or months, which timedelta cannot hold"
    if matches(_HELD, text):
        return "is longer than timedelta can hold"
    if text.startswith("-"):
        return "is negative, which a duration cannot be"
    if "." in text:
        return "has a fraction of a second, which a duration cannot have"
    return "is not a valid duration"


def _spelled(value: timedelta) -> str:
    if value.days < 0:
        return f"-{_spelled(-value)}"
    hours, rest = divmod(value.seconds, 3_600)
    minutes, seconds = divmod(rest, 60)
    fraction = f".{value.microseconds:06}".rstrip("0") if value.microseconds else ""
    text = f"{value.days}D" if value.days else ""
    if not (value.seconds or fraction):
        return f"P{text}" if text else "PT0S"
    text += "T"
    text += f"{hours}H" if hours else ""
    # What is between two units has to be there.
    text += f"{minutes}M" if minutes or (hours and (seconds or fraction)) else ""
    text += f"{seconds}{fraction}S" if seconds or fraction else ""
    return f"P{text}"


TIMEDELTAS = Form(TimeDelta, timedelta, make=_made, why=_why, spell=_spelled)
