"""What frames are by a specification: an independent model.

It takes events by their tag, asks another validator about them, and plays the rules of
sessions.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from tests.property.recordings.documents import (
    WAYS,
    Json,
    Known,
    Rule,
    Schema,
    escaped,
    is_event,
    same,
)
from tests.property.recordings.writing import Sent

LOOSE: Final = ("anyOf",)
"""Keywords of which the package says what the closest branch has against a value."""


class Place(NamedTuple):
    """Where frames depart: direction, event, pointer with `*` for indices, keyword."""

    direction: str
    event: str
    pointer: str
    keyword: str


@dataclass(slots=True)
class Expected:
    """What the command has to say of a recording."""

    frames: int = 0
    drifting: int = 0
    places: Counter[Place] = field(default_factory=Counter)
    rules: Counter[Place] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    sessions: set[str] = field(default_factory=set)
    first: dict[Place, tuple[str, int] | None] = field(default_factory=dict)


def expected(known: Known, sent: list[Sent], given: str | None) -> Expected:
    """What is to be said of frames, if all of them are said to go in a direction."""
    found = Expected()
    watched: dict[str, Watched] = {}
    for one in sent:
        found.frames += 1
        direction, event, places = judged(known, one, given)
        if places is None:
            found.skipped[f"no events {direction}"] += 1
        else:
            found.drifting += bool(places)
            every = [Place(direction, event, *place) for place in places]
            found.places.update(every)
            for place in every:
                found.first.setdefault(place, one.at)
        if known.rules and one.is_json:
            found.sessions.add(one.session)
            session = watched.setdefault(one.session, Watched())
            for tag, pointer, name in session.see(known, one.value):
                if pointer != one.hidden:
                    found.rules[Place(direction, tag, pointer, name)] += 1
    return found


def judged(
    known: Known, one: Sent, given: str | None
) -> tuple[str, str, set[tuple[str, str]] | None]:
    """The direction of a frame, which event it is, and where it departs; None where
    nothing is known of its direction."""
    direction = given or one.direction or inferred(known, one.value)
    if "unknown" in known.events:
        direction = "unknown"
    events = known.events.get(direction)
    if events is None and direction != "unknown":
        return direction, "", None
    if not one.is_json:
        return direction, "(no JSON)", {("", "json")}
    if not isinstance(one.value, dict):
        return direction, "(no object)", {("", "type")}
    tag = known.tag_of(one.value)
    if events is None or not is_event(events, tag):
        return (
            direction,
            f"({'no tag' if tag is None else shown(tag)})",
            {("", "event")},
        )
    key = next(key for key in events if same(tag, key))
    return direction, shown(key), departures(events[key], one.value, one.hidden)


def inferred(known: Known, value: Json) -> str:
    """The direction of a frame of which nothing says it."""
    if "unknown" in known.events:
        return "unknown"
    fitting = [
        way
        for way, events in known.events.items()
        if isinstance(value, dict) and is_event(events, known.tag_of(value))
    ]
    if len(fitting) > 1:
        tag = known.tag_of(value)
        good = [
            way
            for way in fitting
            if not departures(schema_of(known.events[way], tag), value)
        ]
        fitting = good or fitting
    if not fitting and len(known.events) > 1:
        return "unknown"
    return next(way for way in WAYS if way in (fitting or known.events))


def schema_of(events: dict[Json, Schema], tag: Json) -> Schema:
    """The schema of an event."""
    return next(schema for known, schema in events.items() if same(tag, known))


def shown(tag: Json) -> str:
    """A tag as reports have it."""
    return tag if isinstance(tag, str) else json.dumps(tag)


# --- departures --------------------------------------------------------------------


def departures(
    schema: Schema, value: Json, hidden: str | None = None
) -> set[tuple[str, str]]:
    """The places, with `*` for indices, and keywords where a value departs; but for one
    whose value is not known."""
    errors = Draft202012Validator(schema).iter_errors(value)
    return {one for error in errors for one in _of(error) if one[0] != hidden}


def _of(error: ValidationError) -> Iterator[tuple[str, str]]:
    path = "".join(
        f"/{'*' if isinstance(token, int) else escaped(str(token))}"
        for token in error.absolute_path
    )
    keyword = str(error.validator)
    if keyword != "additionalProperties":
        yield path, keyword
        return
    held: Any = error.instance
    schema: Any = error.schema
    for name in held.keys() - schema["properties"].keys():
        yield f"{path}/{escaped(name)}", keyword


# --- sessions ----------------------------------------------------------------------

_NOTHING: Final = object()


class Watched:
    """A session, of which rules remember what came."""

    def __init__(self) -> None:
        self.awake: set[str] = set()
        self.seen: dict[str, Json] = {}

    def see(self, known: Known, value: Json) -> Iterator[tuple[str, str, str]]:
        """The tag, pointer and rule of each breach of a frame."""
        tag = known.tag_of(value) if isinstance(value, dict) else None
        if isinstance(tag, str):
            for rule in known.rules:
                for pointer in self._broken(rule, tag, value):
                    yield tag, pointer, rule.name

    def _broken(self, rule: Rule, tag: str, value: Json) -> Iterator[str]:
        if tag in rule.until:
            self.awake.discard(rule.name)
        awake = rule.name in self.awake
        if awake and tag in rule.forbid:
            yield ""
        pointer = rule.frozen.get(tag)
        held = _NOTHING if pointer is None else _at(value, pointer)
        if pointer is not None and held is not _NOTHING:
            if awake and not _equal(self.seen.get(rule.name, held), held):
                yield pointer
            else:
                self.seen[rule.name] = held
        if tag in rule.after:
            self.awake.add(rule.name)


def _at(value: Json, pointer: str) -> Json:
    for token in pointer.split("/")[1:]:
        name = token.replace("~1", "/").replace("~0", "~")
        if isinstance(value, dict) and name in value:
            value = value[name]
        elif isinstance(value, list) and name.isdecimal() and int(name) < len(value):
            value = value[int(name)]
        else:
            return _NOTHING
    return value


def _equal(one: Json, two: Json) -> bool:
    return bool(Draft202012Validator({"const": one}).is_valid(two))
