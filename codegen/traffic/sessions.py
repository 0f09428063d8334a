"""Rules over the life of a session, held against a recording from its first frame to
its last.

A rule remembers what came before, so one process reads everything, in order; each
session has an observer of its own.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from types import ModuleType
from typing import Any, Final

from codegen.ir.basics import Direction
from codegen.traffic import recording
from codegen.traffic.evidence import Json
from codegen.traffic.frames import Frame
from codegen.traffic.judging import Drift, Share, general, short, shown
from codegen.traffic.recording import Piece

MAX_SESSIONS: Final = 10_000
"""Sessions that are watched at once; the one that was quiet for longest goes first."""


def watched(
    package: ModuleType, pieces: Iterable[Piece], given: Direction | None
) -> tuple[Share, list[int]]:
    """What breaks the rules of a package, with the piece of each breach, in the order
    of `Share.places`. Raises `OSError`."""
    share = Share()
    where: list[int] = []
    observers: OrderedDict[tuple[str, str], Any] = OrderedDict()
    started = 0
    for number, piece in enumerate(pieces):
        for line, item in recording.items(piece):
            if not isinstance(item, Frame) or item.text is not None:
                continue
            key = (piece.session, item.connection)
            observer = observers.get(key)
            if observer is None:
                started += 1
                observer = observers[key] = package.SessionRules()
                if len(observers) > MAX_SESSIONS:
                    observers.popitem(last=False)
                    share.skip("sessions let go")
            else:
                observers.move_to_end(key)
            if _observe(share, observer, item, line, given):
                where.append(number)
    share.frames = started
    return share, where


def _observe(
    share: Share, observer: Any, frame: Frame, line: int, given: Direction | None
) -> bool:
    """Hold a frame against the rules; whether one is broken for the first time."""
    new = False
    for violation in observer.observe(frame.value):
        if violation.path in frame.hidden:
            continue
        tag = frame.value.get(observer.tag)
        direction = given or frame.direction or Direction.UNKNOWN
        _, value = general(frame.value, violation.path)
        place = (direction.value, shown(tag), violation.path, violation.keyword)
        found = share.places.get(place)
        if found is None:
            new = True
            example = _shown(value, violation.path)
            found = Drift(0, line, violation.message, example, "")
            share.places[place] = found
        found.count += 1
    return new


def _shown(value: Json, pointer: str) -> str:
    """The value at a place; of a frame as a whole there is nothing to show."""
    return short(value) if pointer else ""
