"""Events whose lists and maps a program has changed, at any depth: what is sent is what
the fields hold, whichever way it is sent and however the event was come by."""

from __future__ import annotations

import copy
import importlib
import json
import pickle
from collections.abc import Callable, Iterator
from enum import Enum
from random import Random
from typing import Any

import pytest

from codegen.golden.machinery.values import text
from tests.sweeps import LONG
from tests.wire.packages import Built
from tests.wire.test_mutations import examples

ROUNDS = 100 if LONG else 15
"""So often each event is changed and sent again."""


class Held:
    """What objects hold, put together from their fields alone."""

    def __init__(self, built: Built) -> None:
        runtime = f"{built.sdk.__name__}._runtime"
        self._codec_of = importlib.import_module(f"{runtime}.registry").codec_of
        self._unset, self._model = built.sdk.UNSET, built.model

    def told(self, value: Any) -> Any:
        """The JSON value of what a field holds."""
        if isinstance(value, Enum):
            return value.value
        if isinstance(value, list | tuple):
            return [self.told(item) for item in value]
        if isinstance(value, dict):
            return {name: self.told(item) for name, item in value.items()}
        if not isinstance(value, self._model):
            return value
        codec = self._codec_of(value.__class__)
        fields = {wire: getattr(value, name) for name, wire in codec.wire()}
        there = {
            wire: self.told(held)
            for wire, held in fields.items()
            if held is not self._unset and (held is not None or codec.known[wire])
        }
        return there | {n: v for n, v in (value._extra or {}).items() if n not in there}

    def inside(self, value: Any) -> Iterator[Any]:
        """Every list and map that can be changed in a value."""
        if isinstance(value, self._model):
            names = value.__class__.__slots__
            parts: list[Any] = [getattr(value, name) for name in names]
        elif isinstance(value, dict | list):
            yield value
            parts = list(value.values() if isinstance(value, dict) else value)
        else:
            parts = list(value) if isinstance(value, tuple) else []
        for part in parts:
            yield from self.inside(part)


def change(found: Any, random: Random, other: Any) -> None:
    """Change a list or map as programs do; `other` is what may be put into it."""
    if isinstance(found, dict):
        name = random.choice([*found, "zz"])
        if random.random() < 0.3:
            found.pop(name, None)
        else:
            found[name] = random.choice([other, None, 5, "zz"])
        return
    at = random.randrange(len(found) + 1)
    match random.randrange(5):
        case 0:
            found.append(other)
        case 1 if found:
            found.pop(at - 1)
        case 2:
            found.insert(at, random.choice(found) if found else other)
        case 3 if found:
            found[at - 1] = {"zz": [other]}
        case _:
            found.reverse()


WAYS: list[Callable[[Any], Any]] = [
    lambda event: event,
    copy.copy,
    copy.deepcopy,
    lambda event: pickle.loads(pickle.dumps(event)),
    lambda event: event.from_dict(event.to_dict(), strict=False),
    lambda event: event.from_json(event.to_json(), strict=False),
]


def sends(built: Built, table: Any, event: Any, held: Held) -> None:
    """Hold every way of sending against what the fields hold."""
    told = held.told(event)
    assert text(json.loads(table.encode(event))) == text(told)
    assert event.to_json() == table.encode(event)
    assert text(event.to_dict()) == text(told)
    schema = built.sdk.SCHEMAS[event.__class__.__name__]
    assert schema.is_valid(event) is schema.is_valid(told)
    found = schema.violations(told)
    assert built.sdk.violations_of(event) == schema.violations(event) == found


def events(built: Built) -> Iterator[tuple[Any, Any]]:
    """Events of both directions, from the examples of the specification."""
    for _, example in examples(built.module):
        for table in (built.sdk.SERVER_EVENTS, built.sdk.CLIENT_EVENTS):
            if isinstance(example, dict) and example.get(table.tag) in table:
                yield table, table.decode(example)


@pytest.mark.parametrize("which", ["realtime", "openai_2026"] if LONG else ["realtime"])
def test_whatever_is_changed_is_sent(
    which: str, request: pytest.FixtureRequest
) -> None:
    """Also what other events hold as well, and what is inside of that."""
    built: Built = request.getfixturevalue(which)
    held, random, changed = Held(built), Random(7), 0
    pool: list[Any] = [1.5, None]
    for table, decoded in events(built):
        event = random.choice(WAYS)(decoded)
        sends(built, table, event, held)
        for _ in range(ROUNDS):
            places = list(held.inside(event))
            if places:
                place, other = random.choice(places), random.choice(pool)
                if any(inner is place for inner in held.inside(other)):
                    other = None  # Or it would be inside of itself.
                change(place, random, other)
                sends(built, table, event, held)
                changed += 1
        for place in held.inside(event):
            pool += place if isinstance(place, list) else list(place.values())
        pool = pool[-20:]
    assert changed > 100
