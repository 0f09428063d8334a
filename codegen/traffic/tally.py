"""Puts together what was found in the pieces of a recording.

Pieces are judged on all cores and put together in their order, so the same recording
gives the same findings on every machine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any, Final, TypeAlias

from codegen import workers
from codegen.diagnostics import Span
from codegen.ir.basics import Direction
from codegen.traffic import har
from codegen.traffic.judging import MAX_PLACES, Drift, Judge, Place, Share
from codegen.traffic.recording import Piece
from codegen.traffic.sessions import Watch

MAX_BAD: Final = 20
"""How many lines that cannot be read are named."""

Count: TypeAlias = Callable[[int, int], None]
"""Is called with the number of frames judged so far, and the percentage that was
read."""


@dataclass(slots=True)
class Found:
    """Drift at a place, with where in the recording its first frame is."""

    place: Place
    drift: Drift
    span: Span


@dataclass(slots=True)
class Tally:
    """What a recording holds, and where it departs from the specification. `beyond`
    counts drift at further places, which are too many to be told apart."""

    frames: int = 0
    judged: int = 0
    drifting: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    found: list[Found] = field(default_factory=list)
    rules: list[Found] = field(default_factory=list)
    sessions: int | None = None
    beyond: int = 0
    bad: list[tuple[Span, str]] = field(default_factory=list)
    bad_count: int = 0

    @property
    def clean(self) -> bool:
        """Whether nothing departs from the specification."""
        return not (self.found or self.rules or self.beyond)


def tally(
    judge: Judge,
    packages: Mapping[Direction, ModuleType],
    pieces: Sequence[Piece],
    count: Count,
) -> Tally:
    """Judge a recording, and check it by session rules. Raises `OSError`."""
    joining = _Joining(pieces)
    package = next(iter(packages.values()))
    rules = hasattr(package, "SessionRules")
    watch = Watch(package, judge) if rules else None
    passes = 1 if watch is None else 2
    size = passes * sum(piece.end - piece.start for piece in pieces) or 1
    read = frames = 0
    # A rule remembers what came before, so one process sees it all, before the others
    # share out what is left.
    for number, piece in enumerate(pieces if watch else ()):
        assert watch is not None
        frames += watch.see(number, piece)
        read += piece.end - piece.start
        count(frames // passes, 100 * read // size)
    shares = workers.ordered(judge.share, pieces)
    for piece, share in zip(pieces, shares, strict=True):
        joining.take(piece, share)
        frames += share.frames
        read += piece.end - piece.start
        count(frames // passes, 100 * read // size)
    return joining.tally(watch)


class _Joining:
    """Puts shares together, in the order of their pieces."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._pieces = pieces
        self._tally = Tally()
        self._found: dict[Place, Found] = {}
        self._lines: Counter[str] = Counter()
        self._first: list[int] = []
        self._har = _har_lines(pieces)

    def take(self, piece: Piece, share: Share) -> None:
        """Add the share of the next piece."""
        all_, first = self._tally, self._lines[piece.path]
        if piece.kind == "har":
            first = self._har[piece.path, piece.start]
        self._first.append(first)
        self._lines[piece.path] += share.lines
        all_.frames += share.frames
        all_.judged += share.judged
        all_.drifting += share.drifting
        all_.beyond += share.beyond
        all_.skipped.update(share.skipped)
        all_.bad_count += share.bad_count
        for line, column, message in share.bad[: MAX_BAD - len(all_.bad)]:
            all_.bad.append((Span(piece.path, first + line + 1, column), message))
        for place, drift in share.places.items():
            known = self._found.get(place)
            if known is not None:
                known.drift.count += drift.count
                known.drift.evidence.take(drift.evidence)
            elif len(self._found) < MAX_PLACES:
                span = Span(piece.path, first + drift.line + 1, 1)
                self._found[place] = Found(place, drift, span)
            else:
                all_.beyond += drift.count

    def tally(self, watch: Watch | None) -> Tally:
        """What all shares come to."""
        all_ = self._tally
        all_.found = list(self._found.values())
        if watch is not None:
            all_.sessions = watch.sessions
            if watch.let_go:
                all_.skipped["sessions let go"] = watch.let_go
            all_.rules = [
                Found(one.place, one.drift, self._span(one.piece, one.drift.line))
                for one in watch.breaches.values()
            ]
        return all_

    def _span(self, number: int, line: int) -> Span:
        return Span(self._pieces[number].path, self._first[number] + line + 1, 1)


def _har_lines(pieces: Sequence[Piece]) -> dict[tuple[str, int], int]:
    """How many lines stand before each piece of a HAR, which may begin anywhere in its
    file."""
    starts: dict[str, list[int]] = {}
    for piece in pieces:
        if piece.kind == "har":
            starts.setdefault(piece.path, []).append(piece.start)
    found: dict[tuple[str, int], int] = {}
    for path, places in starts.items():
        lines: Any = har.lines_before(path, places)
        found |= {(path, place): line for place, line in lines.items()}
    return found
