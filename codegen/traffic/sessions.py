"""Checks a recording by session rules, from its first frame to its last.

A rule remembers what came before. So one process reads all frames in order, with an
observer for each session.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any, Final

from codegen.traffic import recording
from codegen.traffic.frames import Frame
from codegen.traffic.judging import Drift, Judge, Place, general, short, shown
from codegen.traffic.recording import Piece

MAX_SESSIONS: Final = 10_000
"""How many sessions are watched at once; the one that was quiet longest is given up
first."""


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that was broken, and the number of the piece in which it first was."""

    place: Place
    drift: Drift
    piece: int


@dataclass(slots=True)
class Watch:
    """Watches a recording: the breaches of rules, how many sessions there were, and how
    many were given up because too many went on at once."""

    package: ModuleType
    judge: Judge
    breaches: dict[Place, Breach] = field(default_factory=dict)
    sessions: int = 0
    let_go: int = 0
    _tags: dict[str, frozenset[str]] = field(init=False)
    _observers: OrderedDict[tuple[str, str], Any] = field(default_factory=OrderedDict)

    def __post_init__(self) -> None:
        rules = self.package.SessionRules.rules
        self._tags = {rule.name: rule.tags for rule in rules}

    def see(self, number: int, piece: Piece) -> int:
        """Watch the next piece. Returns how many frames it has. Raises `OSError`."""
        frames = 0
        for line, item in recording.items(piece, self.judge.is_event):
            if isinstance(item, Frame) and item.text is None:
                frames += 1
                observer = self._observer((piece.session, item.connection))
                self._observe(observer, item, number, line)
        return frames

    def _observer(self, key: tuple[str, str]) -> Any:
        found = self._observers.get(key)
        if found is None:
            self.sessions += 1
            found = self._observers[key] = self.package.SessionRules()
            if len(self._observers) > MAX_SESSIONS:
                self._observers.popitem(last=False)
                self.let_go += 1
        else:
            self._observers.move_to_end(key)
        return found

    def _observe(self, observer: Any, frame: Frame, piece: int, line: int) -> None:
        for violation in observer.observe(frame.value):
            named = self._tags[violation.keyword]
            if violation.path in frame.hidden:
                continue
            tag = next(tag for tag in observer.tags_of(frame.value) if tag in named)
            direction = self.judge.direction(frame)
            place = Place(
                direction.value, shown(tag), violation.path, violation.keyword
            )
            found = self.breaches.get(place)
            if found is None:
                # Of a frame as a whole there is nothing to show.
                _, value = general(frame.value, violation.path)
                example = short(value) if violation.path else ""
                drift = Drift(0, line, violation.message, example, "")
                found = self.breaches[place] = Breach(place, drift, piece)
            found.drift.count += 1
