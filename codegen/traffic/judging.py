"""One process's share of a recording, judged by the package of the specification.

The package is the judge: its event tables decode each frame strictly, which takes some
microseconds, and only a frame that departs costs more.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any, Final, NamedTuple

from codegen.ir.basics import Direction
from codegen.runtime._json import dumps
from codegen.source import pointer as pointers
from codegen.traffic import recording
from codegen.traffic.evidence import Evidence, Json
from codegen.traffic.frames import Binary, Dropped, Frame
from codegen.traffic.recording import Bad, Piece

MAX_PLACES: Final = 1_000
"""How many places of drift one piece remembers; drift at others is only counted."""

MAX_VALUES: Final = 200
"""How many values at one place of one frame are looked at."""

MAX_EXAMPLE: Final = 64 * 1024
"""The largest frame, in bytes, that is kept as an example."""

MAX_KEPT: Final = 4 * 1024 * 1024
"""How many bytes of examples one piece keeps."""

MAX_MESSAGE: Final = 1_000
"""How many characters the message about drift has at most."""

MAX_BAD: Final = 20
"""How many lines of a piece that cannot be read are named."""

CONSTANTS: Final = {
    Direction.CLIENT_TO_SERVER: "CLIENT_EVENTS",
    Direction.SERVER_TO_CLIENT: "SERVER_EVENTS",
}


class Place(NamedTuple):
    """A place of drift. `direction` is `client_to_server`, `server_to_client` or
    `unknown`; `event` the key of the event, in brackets if it is none of the
    specification; `pointer` leads into the event, with `*` for the indices of arrays;
    `keyword` is what the value breaks, or the name of a session rule."""

    direction: str
    event: str
    pointer: str
    keyword: str


@dataclass(slots=True)
class Drift:
    """One way in which frames depart from the specification: how many frames do, and
    the first of them: where in its piece it is, the value at the place, what is wrong
    with it, and the whole frame if it is not too large."""

    count: int
    line: int
    message: str
    example: str
    frame: str
    evidence: Evidence = field(default_factory=Evidence)


@dataclass(slots=True)
class Share:
    """What was found in one piece."""

    lines: int = 0
    frames: int = 0
    judged: int = 0
    drifting: int = 0
    skipped: dict[str, int] = field(default_factory=dict)
    places: dict[Place, Drift] = field(default_factory=dict)
    beyond: int = 0
    kept: int = 0
    bad: list[tuple[int, int, str]] = field(default_factory=list)
    bad_count: int = 0

    def skip(self, why: str, count: int = 1) -> None:
        """Count frames that are not judged."""
        if count:
            self.skipped[why] = self.skipped.get(why, 0) + count


class Judge:
    """Judges pieces, by a package for each direction (the same one if it makes no
    difference who reads). `given` is the direction of all frames, if it is known.
    `others` are the directions in which there may be frames that are no objects."""

    def __init__(
        self,
        packages: Mapping[Direction, ModuleType],
        given: Direction | None,
        others: frozenset[Direction] = frozenset(),
    ) -> None:
        self.given = given
        self.others = others
        self.tables: dict[Direction, Table] = {}
        for direction, package in packages.items():
            table = getattr(package, CONSTANTS[direction], None)
            if table is not None:
                self.tables[direction] = Table(table)
        if not self.tables:
            self.tables = _without_direction(package)

    def share(self, piece: Piece) -> Share:
        """What is found in a piece. Raises `OSError`."""
        found = Share()
        for line, item in recording.items(piece, self.is_event):
            found.lines = line + 1
            match item:
                case Frame():
                    found.frames += 1
                    self._judge(item, line, found)
                case Binary():
                    found.frames += 1
                    found.skip("binary")
                case Dropped(count):
                    found.skip("dropped", count)
                case Bad(column, message):
                    found.bad_count += 1
                    if len(found.bad) < MAX_BAD:
                        found.bad.append((line, column, message))
        return found

    def _judge(self, frame: Frame, line: int, share: Share) -> None:
        direction = self.direction(frame)
        table = self.tables.get(direction) or self.tables.get(Direction.UNKNOWN)
        if table is None and direction is Direction.UNKNOWN:
            table = next(iter(self.tables.values()))
        if table is None:
            share.skip(f"no events {direction.value}")
            return
        if direction in self.others and not isinstance(frame.value, dict):
            share.skip("no object")
            return
        way = direction if direction in self.tables else Direction.UNKNOWN
        event, violations = (
            _NO_JSON if frame.text is not None else table.judge(frame.value)
        )
        share.judged += 1
        seen: Counter[Place] = Counter()
        departs = False  # Also where there are too many places to tell this one.
        for violation in violations:
            # What the recording does not have is not judged.
            if not (frame.hidden and _is_hidden(violation, frame.hidden)):
                departs = True
                pointer, at = general(frame.value, violation.path)
                place = Place(way.value, event, pointer, violation.keyword)
                if seen[place] >= MAX_VALUES:
                    continue
                found = _noted(share, place, frame.value, at, line, violation.message)
                if found is not None:
                    found.count += place not in seen
                    found.evidence.add(at)
                    seen[place] += 1
        share.drifting += departs

    def is_event(self, value: dict[str, Json], valid: bool) -> bool:
        """Whether an object has the tag of an event and, if `valid`, breaks nothing."""
        return any(
            table.tag(value) is not None
            and table.knows(value)
            and not (valid and table.judge(value)[1])
            for table in self.tables.values()
        )

    def direction(self, frame: Frame) -> Direction:
        """The direction of a frame. Where the recording does not say it, it is that
        whose table knows the event or, if both do, that which finds nothing wrong."""
        if found := self.given or frame.direction:
            return found
        value = frame.value
        known = [d for d, table in self.tables.items() if table.knows(value)]
        if len(known) > 1:
            good = [d for d in known if not self.tables[d].judge(value)[1]]
            known = good or known
        if not known and len(self.tables) > 1:
            return Direction.UNKNOWN
        return next(iter(known or self.tables))


class Table:
    """An event table that tells which event a frame is, and what is wrong with it."""

    def __init__(self, table: Any) -> None:
        self.table = table
        self.keys: dict[type, Any] = {}
        for key, cls in table.items():
            self.keys.setdefault(cls, key)

    def knows(self, value: Json) -> bool:
        """Whether a frame is an event of the table."""
        return self.event(value) is not None

    def event(self, value: Json) -> str | None:
        """The key of the event that a frame is; None if it is unknown."""
        if not isinstance(value, dict):
            return None
        event = self.table.decode(value)
        tag = self.tag(value)
        scalar = isinstance(tag, str | int)
        if scalar and self.table.get(tag) is type(event):
            return shown(tag)
        key = self.keys.get(type(event))
        return None if key is None else shown(key)

    def tag(self, value: Json) -> Json:
        """The tag of a frame; None where it has none."""
        return self.table.peek(value) if isinstance(value, dict) else None

    def judge(self, value: Json) -> tuple[str, tuple[Any, ...]]:
        """The event that a frame is, and its violations. Where it is no event of the
        table, a name in brackets says what it is."""
        if not isinstance(value, dict):
            return "(no object)", (Problem("", "type", "the frame is no JSON object"),)
        try:
            event = self.table.decode(value, strict=True)
        except ValueError as error:
            violations = getattr(error, "violations", None)
            if violations is None:
                return "(no object)", (Problem("", "type", str(error)),)
            name = self.event(value)
            if name is not None:
                return name, violations
            return self._unknown(value)
        key = self.keys.get(type(event))
        tag = self.tag(value)
        if isinstance(tag, str | int) and self.table.get(tag) is type(event):
            key = tag
        return shown(key), ()

    def _unknown(self, value: Json) -> tuple[str, tuple[Any, ...]]:
        tag, name = self.tag(value), self.table.tag
        if tag is None:
            missing = f"the property {name!r} is missing, which says what event it is"
            missing = missing if name else "nothing says what event it is"
            return "(no tag)", (Problem("", "event", missing),)
        said = f"{name}: {shown(tag)!r} is no event of the specification"
        return f"({shown(tag)})", (Problem("", "event", said),)


class Root(Table):
    """A single schema, used like an event table."""

    def __init__(self, name: str, schema: Any) -> None:
        self.name, self.schema = name, schema

    def knows(self, value: Json) -> bool:
        return True

    def tag(self, value: Json) -> Json:
        return None

    def judge(self, value: Json) -> tuple[str, tuple[Any, ...]]:
        return self.name, tuple(self.schema.violations(value))


@dataclass(frozen=True, slots=True)
class Problem:
    """A violation that no schema states."""

    path: str
    keyword: str
    message: str


_NO_JSON: Final = (
    "(no JSON)",
    (Problem("", "json", "the text of the frame is no JSON"),),
)


def _without_direction(package: ModuleType) -> dict[Direction, Table]:
    """What judges frames if the specification does not know directions: its only union
    of events, or its only schema."""
    if len(package.EVENTS) == 1:
        return {Direction.UNKNOWN: Table(next(iter(package.EVENTS.values())))}
    if "#" in package.SCHEMAS:
        return {Direction.UNKNOWN: Root("#", package.SCHEMAS["#"])}
    return {}


def shown(tag: Json) -> str:
    """A tag as people and keys have it."""
    text = tag if isinstance(tag, str) else json.dumps(tag, default=str)
    return text if len(text) <= 200 else text[:197] + "..."


# --- places ------------------------------------------------------------------------

_BY_CONTENT: Final = frozenset(
    {"anyOf", "oneOf", "not", "contains", "uniqueItems", "enum", "const"}
)
"""Keywords of arrays and objects that values at any depth inside of them may break."""


def _is_hidden(violation: Any, hidden: frozenset[str]) -> bool:
    """Whether a violation is about values that the recording does not have."""
    if violation.path in hidden or violation.keyword not in _BY_CONTENT:
        return violation.path in hidden
    return any(place.startswith(f"{violation.path}/") for place in hidden)


def general(value: Json, pointer: str) -> tuple[str, Json]:
    """A pointer with `*` for indices, and the value that it leads to."""
    if not pointer:
        return "", value
    found = []
    for token in pointer[1:].split("/"):
        if isinstance(value, list):
            index = int(token) if token.isdecimal() else len(value)
            value = value[index] if index < len(value) else None
            found.append("*")
        else:
            name = pointers.unescape(token)
            value = value.get(name) if isinstance(value, dict) else None
            found.append(token)
    return "/" + "/".join(found), value


def _noted(
    share: Share, place: Place, frame: Json, value: Json, line: int, message: str
) -> Drift | None:
    """The drift at a place; None if there are too many places already."""
    drift = share.places.get(place)
    if drift is None:
        if len(share.places) >= MAX_PLACES:
            share.beyond += 1
            return None
        text = dumps(frame).decode()
        kept = text if len(text) <= MAX_EXAMPLE else ""
        example = short(value)
        share.kept += len(kept)
        if share.kept > MAX_KEPT:
            kept = ""
        drift = Drift(0, line, message[:MAX_MESSAGE], example, kept)
        share.places[place] = drift
    return drift


def short(value: Json) -> str:
    """The JSON of a value, cut if it is long."""
    text = dumps(value).decode()
    return text if len(text) <= 200 else text[:197] + "..."
