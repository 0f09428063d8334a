"""What a specification promises of how long something stays, and how stable it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from codegen.compat import rules
from codegen.compat.rules.rule import Rule
from codegen.ir.basics import Json

SPELLED: Final = frozenset(("x-sunset", "x-stability-level", "x-stability", "x-beta"))
"""The extensions that promise something."""

_LEVELS: Final = {
    "draft": 0,
    "experimental": 0,
    "alpha": 1,
    "beta": 2,
    "preview": 2,
    "stable": 3,
    "": 3,
}
"""How much each level of stability promises; what has none is stable."""

_MOMENT: Final = re.compile(r"(\d{4}-\d\d-\d\d)[Tt ].*")


@dataclass(frozen=True, slots=True)
class Told:
    """The day on which something goes, and its level of stability."""

    sunset: str = ""
    stability: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """One that is another now; `reason` says what it takes back, if it does."""

    rule: Rule
    message: str
    reason: str = ""


def told(extensions: Mapping[str, Json]) -> Told:
    """What extensions promise."""
    words = {k: v for k, v in extensions.items() if isinstance(v, str)}
    day = words.get("x-sunset", "")
    moment = _MOMENT.fullmatch(day)
    level = words.get("x-stability-level") or words.get("x-stability", "")
    beta = "beta" if extensions.get("x-beta") is True else ""
    return Told(moment[1] if moment else day, level or beta)


def until(extensions: Mapping[str, Json]) -> str:
    """Until when something stays, for people."""
    day = told(extensions).sunset
    return f" until {day}" if day else ""


def changed(old: Told, new: Told, deprecated: bool) -> Iterator[Promise]:
    """Promises that differ. `deprecated` says that something is so of late, or no
    longer, which has been told with its day."""
    if old.sunset != new.sunset and not deprecated:
        yield _day(old.sunset, new.sunset)
    if old.stability != new.stability:
        was, now = (_LEVELS.get(one.stability.lower()) for one in (old, new))
        lower = was is None or now is None or now < was
        words = [one.stability or "not stated" for one in (old, new)]
        message = f"its stability was {words[0]} and is {words[1]}"
        reason = "what was stable may change now" if lower else ""
        yield Promise(rules.STABILITY_CHANGED, message, reason)


def _day(old: str, new: str) -> Promise:
    message = f"it goes on {new}, not on {old}"
    if not old:
        message = f"it goes on {new}, of which no day was told"
    if not new:
        message = f"no day is told any more on which it goes, which was {old}"
    sooner = bool(new) and (not old or new < old)
    reason = "clients have less time than they were told" if sooner else ""
    return Promise(rules.SUNSET_CHANGED, message, reason)
