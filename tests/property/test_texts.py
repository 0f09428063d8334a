"""Forms that are said to take what old clients send, held against what is on the wire.

A number and its text are the same there, as are a value and a list of one. A form is
taken if the reader's schema is fulfilled by one way of reading its texts.
"""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Iterator
from typing import Any, Final

import jsonschema

from codegen.compat import Verdict, compare
from codegen.diagnostics import Report
from codegen.frontend import Options, load
from codegen.ir import model as ir
from tests.memory import MemoryReader
from tests.sweeps import many

PAIRS: Final = many(50, 150)
SAFE: Final = (Verdict.COMPATIBLE, Verdict.IDENTICAL)
LEAVES: Final[tuple[Any, ...]] = (
    *({"type": name} for name in ("integer", "number", "boolean", "string")),
    {"type": "string", "maxLength": 2},
    {"enum": [1, 2]},
    {"type": ["string", "integer"]},
    {"type": ["string", "null"]},
    {"anyOf": [{"type": "string"}, {"type": "integer"}]},
    {"oneOf": [{"type": "string"}, {"type": "number"}]},
    {"allOf": [{"type": "string"}, {"maxLength": 3}]},
    {"not": {"const": "1"}},
)
VALUES: Final = (0, 1, -1, 12345, 1.5, True, False, "", "a", "1", "true", "1234", None)


def member(rng: random.Random) -> Any:
    if rng.random() < 0.65:
        return rng.choice(LEAVES)
    if rng.random() < 0.2:
        return {"type": "object", "properties": {"z": rng.choice(LEAVES)}}
    more = rng.choice(({}, {}, {"uniqueItems": True}, {"contains": rng.choice(LEAVES)}))
    return {"type": "array", "items": rng.choice(LEAVES), **more}


def form(rng: random.Random) -> Any:
    made = {"type": "object", "properties": {name: member(rng) for name in "ab"}}
    about = {"properties": {"a": rng.choice(LEAVES)}}
    beside = {
        "patternProperties": {"^a": rng.choice(LEAVES)},
        "anyOf": [about, {"properties": {"b": rng.choice(LEAVES)}}],
        "dependentSchemas": {"b": about},
        "allOf": [about],
        "additionalProperties": rng.choice((False, *LEAVES)),
        "required": ["a"],
    }
    return {**made, **{key: beside[key] for key in beside if rng.random() < 0.1}}


def module(schema: Any) -> ir.Module:
    body = {"content": {"multipart/form-data": {"schema": schema}}}
    answers = {"200": {"description": "It."}}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {"/x": {"post": {"requestBody": body, "responses": answers}}},
    }
    reader = MemoryReader({"spec.json": json.dumps(document)})
    return load("spec.json", Options(interface=True), Report(), reader=reader).module


def written(rng: random.Random) -> ir.Json:
    def one() -> ir.Json:
        if rng.random() < 0.25:
            return [rng.choice(VALUES) for _ in range(rng.randint(0, 3))]
        return rng.choice(VALUES)

    return {name: one() for name in "abc" if rng.random() < 0.8}


def readings(value: ir.Json) -> list[ir.Json]:
    """All values that a part of a form may be read as."""
    if isinstance(value, list):
        return [list(many) for many in itertools.product(*map(alone, value))]
    found = alone(value)
    return [*found, *([one] for one in found)]


def alone(value: ir.Json) -> list[ir.Json]:
    """All that a single value may be read as."""
    if value is None:
        return [value]
    text = value if isinstance(value, str) else json.dumps(value)
    known = {json.dumps(one): one for one in VALUES if not isinstance(one, str)}
    return [text, known[text]] if text in known else [text]


def read(value: dict[str, ir.Json]) -> Iterator[ir.Json]:
    for some in itertools.product(*map(readings, value.values())):
        yield dict(zip(value, some, strict=True))


def test_forms_that_are_taken_are_taken_on_the_wire() -> None:
    rng = random.Random(1)
    texts = 0
    for _ in range(PAIRS):
        old = form(rng)
        new = {**old, "properties": {**old["properties"], "a": member(rng)}}
        if old.get("additionalProperties"):
            new["additionalProperties"] = rng.choice(LEAVES)
        comparison = compare(module(old), module(new))
        assert not comparison.contradictions
        if comparison.directions["client_to_server"] not in SAFE:
            continue
        mine, theirs = map(jsonschema.Draft202012Validator, (old, new))
        for value in filter(mine.is_valid, [written(rng) for _ in range(200)]):
            assert any(map(theirs.is_valid, read(value))), (old, new, value)
            texts += not theirs.is_valid(value)
    assert texts > PAIRS // 8
