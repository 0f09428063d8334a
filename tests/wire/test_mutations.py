"""Packages of published specifications, and documents of these: as they are, and with
every field deleted, retyped and added.

Whatever arrives: decoding tolerantly never raises, what was decoded encodes to the
same JSON, strict decoding refuses exactly what `violations` names, and an
independent validator agrees on what is valid.
"""

from __future__ import annotations

import dataclasses
import inspect
import itertools
import json
import typing
from collections.abc import Iterator
from typing import Any

import pytest

from codegen.golden.machinery.values import text
from codegen.golden.machinery.violations import pairs
from codegen.ir import model as ir
from codegen.oracle import Oracle
from codegen.python import Settings, decide
from codegen.samples.build import Builder
from tests.constraints import violations as constrained
from tests.sweeps import many
from tests.wire.mutations import mutations
from tests.wire.packages import Built
from tests.wire.test_tables import all_tables, strict_violations

MOST = many(12, 150)
"""So many changes of one document at most, spread evenly over all of them."""


def spread(document: Any) -> list[Any]:
    """The document itself and changes of it."""
    changes = list(mutations(document))
    step = -(-len(changes) // MOST)
    return [document, *itertools.islice(changes, 0, None, step or 1)]


def examples(module: ir.Module) -> Iterator[tuple[str, Any]]:
    """Every example of a named schema, those of messages included."""
    for name, schema_id in module.names.items():
        for example in module.schemas[schema_id].annotations.examples:
            yield name, example
    names = {schema_id: name for name, schema_id in module.names.items()}
    for message in module.messages:
        if message.payload in names:
            for example in message.examples:
                yield names[message.payload], example.value


def judge(built: Built, oracle: Oracle, name: str, value: Any) -> bool:
    """Hold every promise against one value; whether the value is valid."""
    sdk, schema = built.sdk, built.sdk.SCHEMAS[name]
    about = f"{name}: {text(value)[:400]}"
    before = text(value)
    violations = constrained(sdk, schema, value)
    decoded = schema.decode(value, strict=False)
    assert text(schema.encode(decoded)) == before, about
    assert text(json.loads(schema.to_json(decoded))) == before, about
    try:
        strictly = schema.decode(value)
    except sdk.ValidationError as error:
        assert list(error.violations) == violations != [], about
    else:
        assert not violations, about
        assert strictly == decoded, about
    if isinstance(decoded, built.model):
        assert text(json.loads(decoded.to_json())) == before, about
        kept = sdk.violations_of(decoded)
        # An object knows its own class, not the union that it was found in.
        if not {v.keyword for v in violations} & {"oneOf", "anyOf"}:
            # Where 1.0 came for an integer it is told as 1.
            assert pairs(kept) == pairs(violations), about
    assert oracle.valid(built.module.names[name], value) is not bool(violations), about
    assert text(value) == before, f"decoding changed the value: {about}"
    return not violations


@pytest.mark.parametrize("which", ["realtime", "openai_2025", "openai_2026"])
def test_every_change_of_every_example(
    which: str, request: pytest.FixtureRequest
) -> None:
    """Counts too: a corpus that lost its examples must not pass in silence."""
    built: Built = request.getfixturevalue(which)
    oracle = Oracle(built.module)
    valid = invalid = documents = 0
    for name, example in examples(built.module):
        documents += 1
        for value in spread(example):
            if judge(built, oracle, name, value):
                valid += 1
            else:
                invalid += 1
    assert documents >= 30
    assert valid >= many(60, 500)
    assert invalid >= many(250, 2_000)


def frames(built: Built, table: Any) -> Iterator[tuple[dict[str, Any], type]]:
    """Examples of the specification that are events of a table, with their class."""
    classes = set(table.values())
    for name, example in examples(built.module):
        cls = getattr(built.sdk, name, None)
        if isinstance(example, dict) and cls in classes:
            yield example, cls


@pytest.mark.parametrize("which", ["realtime", "openai_2025", "openai_2026"])
def test_every_change_of_every_frame(
    which: str, request: pytest.FixtureRequest
) -> None:
    """With its tag, a frame keeps its class; without, it is unknown. Never raises."""
    built: Built = request.getfixturevalue(which)
    sdk = built.sdk
    count = 0
    for table in all_tables(sdk).values():
        simple = {tag: cls for tag, cls in table.items() if "/" not in tag}
        for example, cls in frames(built, table):
            changes = itertools.islice(mutations(example), 0, None, many(23, 7))
            for frame in (example, *changes):
                count += 1
                event = table.decode(json.dumps(frame).encode())
                tag = frame.get(table.tag)
                about = f"{table.name}: {text(frame)[:300]}"
                if tag == example[table.tag]:
                    assert type(event) is cls, about
                elif not isinstance(tag, str) or tag not in simple:
                    assert type(event) is sdk.UnknownEvent, about
                    assert text(event.type) == text(tag), about
                    assert event.raw == frame, about
                again = json.loads(table.encode(event))
                assert text(again) == text(frame), about
                if isinstance(event, cls) and table.name.isupper():
                    expected = strict_violations(sdk, table, frame)
                    assert sdk.violations_of(event) == expected, about
    assert count > 200


def test_each_event_of_a_published_specification(openai_2026: Built) -> None:
    """One of each tagged class, built without its tag, is sent and read again."""
    builder, sent = Builder(openai_2026.module), 0
    package = decide(openai_2026.module, Settings("wire_openai_2026"))
    for table in package.all_tables:
        target = all_tables(openai_2026.sdk)[table.name]
        for entry in table.routes():
            cls = target[entry.key]
            whole = cls.from_dict(builder.smallest(entry.branch))
            tags = {path[-1] for path, _ in entry.path}
            given = {
                field.name: getattr(whole, field.name)
                for field in dataclasses.fields(whole)
                if field.metadata["name"] not in tags
                or field.default is dataclasses.MISSING
            }
            event = cls(**given)
            again = target.decode(target.encode(event))
            assert type(again) is cls, entry.key
            assert again == event, entry.key
            sent += 1
    assert sent > 80


@pytest.mark.parametrize("which", ["realtime", "openai_2025"])
def test_every_class_has_hints_fields_and_a_signature(
    which: str, request: pytest.FixtureRequest
) -> None:
    built: Built = request.getfixturevalue(which)
    classes = built.classes()
    assert len(classes) > 60
    # Each takes some milliseconds, and what may be wrong is wrong with many.
    for cls in classes[:: many(4, 1) if which == "openai_2025" else 1]:
        hints = typing.get_type_hints(cls)
        fields = dataclasses.fields(cls)
        parameters = inspect.signature(cls).parameters
        assert [f.name for f in fields] == list(parameters), cls
        assert {f.name for f in fields} <= set(hints), cls
