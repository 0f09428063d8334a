"""Documents as they are, and with every field deleted, retyped and added.

Whatever arrives: decoding tolerantly never raises, what was decoded encodes to the
same JSON, strict decoding refuses exactly what `violations` names, and an
independent validator agrees on what is valid.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from typing import Any

import pytest

from codegen.golden.machinery.values import text
from codegen.golden.machinery.violations import pairs
from codegen.ir import model as ir
from codegen.oracle import Oracle
from tests.sweeps import LONG
from tests.wire.mutations import mutations
from tests.wire.packages import Built

MOST = 150 if LONG else 50
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
    violations = schema.violations(value)
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
    assert valid >= (500 if LONG else 300)
    assert invalid >= (2_000 if LONG else 1_000)
