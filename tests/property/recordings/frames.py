"""Random frames: what a schema accepts, mostly, and what is done to it."""

from __future__ import annotations

import copy
import random
from typing import Any

from tests.property.recordings.documents import SCALARS, Json, Known, Schema


def frame(rng: random.Random, known: Known) -> Json:
    """A frame of some event, as it should be or with one or two things changed."""
    events = [schema for way in known.events.values() for schema in way.values()]
    found = value(rng, rng.choice(events))
    while rng.random() < 0.45:
        found = changed(rng, found)
    return found


def value(rng: random.Random, schema: Schema) -> Json:
    """A value that a schema accepts, or one that comes close."""
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return rng.choice(schema["enum"])
    if "anyOf" in schema:
        return value(rng, rng.choice(schema["anyOf"]))
    if "properties" in schema:
        return {
            name: value(rng, inner)
            for name, inner in schema["properties"].items()
            if name in schema["required"] or rng.random() < 0.6
        }
    if schema.get("type") == "array":
        return [value(rng, schema["items"]) for _ in range(rng.randint(0, 3))]
    if "pattern" in schema or "minLength" in schema:
        return "abc"
    if "maxLength" in schema:
        return "a" * schema["maxLength"]
    kind = schema.get("type")
    kinds = {
        "integer": (1, 1.0, 5),
        "string": ("a", "é", "\ud800"),
        "boolean": (True, False),
        "number": (0.5, 1, -1e5),
        "null": (None,),
    }
    first = kind[0] if isinstance(kind, list) else kind
    return rng.choice(kinds.get(str(first), SCALARS))


def changed(rng: random.Random, frame: Json) -> Json:
    """A copy of a frame with one value exchanged, left out or added."""
    found = copy.deepcopy(frame)
    places = [(None, None, found), *_places(found)]
    parent, key, here = rng.choice(places)
    lot = rng.random()
    if isinstance(here, dict) and lot < 0.35:
        here[rng.choice(("w", "x", "u", "*", "0"))] = _other(rng)
    elif parent is None:
        return _other(rng) if lot > 0.93 else found
    elif lot < 0.6 and isinstance(parent, dict):
        del parent[key]
    else:
        parent[key] = _other(rng)
    return found


def _other(rng: random.Random) -> Json:
    some = (*SCALARS, *("m", "n", 2), [], {}, ["a", "a"], {"u": 1}, [[1]])
    return copy.deepcopy(rng.choice(some))


def _places(value: Json) -> list[tuple[Any, Any, Any]]:
    pairs: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        pairs = list(value.items())
    elif isinstance(value, list):
        pairs = list(enumerate(value))
    found = [(value, key, item) for key, item in pairs]
    return found + [place for _, item in pairs for place in _places(item)]
