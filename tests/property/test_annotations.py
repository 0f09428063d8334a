"""The annotation is the value: whatever a schema says, and whatever it accepts."""

from __future__ import annotations

import random

import pytest

from codegen.ir import model as ir
from tests.annotated import documents, lies
from tests.differential.packages import compile_package
from tests.property.schemas import module, random_document, random_schema, with_self
from tests.sweeps import many

SCHEMAS = many(20, 1500)


def schemas(seed: int) -> list[tuple[ir.Json, ir.Module]]:
    """Random schemas that can be read, most of them of objects with two properties."""
    rng = random.Random(seed)
    found = []
    while len(found) < SCHEMAS:
        schema = random_schema(rng)
        if rng.random() < 0.6:
            other = random_schema(rng, 2)
            schema = {"type": "object", "properties": {"p": schema, "q": other}}
        schema = with_self(schema)
        try:
            found.append((schema, module(schema)))
        except AssertionError:
            continue
    return found


@pytest.mark.parametrize("seed", [1, 2])
def test_values_are_as_annotated(seed: int) -> None:
    """Counts too: documents that no schema accepts would show nothing."""
    rng, wrong, accepted = random.Random(seed), list[str](), 0
    for schema, read in schemas(seed):
        values = [random_document(rng) for _ in range(10)]
        values += [
            {"p": random_document(rng), "q": random_document(rng)} for _ in "12345"
        ]
        values += documents(read, read.named("#"), near=30)
        with compile_package(read) as package:
            valid = [v for v in values if not package.SCHEMAS["#"].violations(v)]
            accepted += len(valid)
            wrong += [f"{lie} under {schema}" for lie in lies(package, "#", valid)]
    assert not wrong
    assert accepted > 5 * SCHEMAS
