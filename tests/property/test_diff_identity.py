"""A version compared with itself, and with versions that mean the same."""

from __future__ import annotations

import random

import pytest

from codegen.compat import Verdict, compare
from codegen.diagnostics import Report
from codegen.frontend import Options, load
from tests.corpus_paths import ASYNCAPI, OPENAI, require
from tests.property.schemas import module, random_schema, with_self
from tests.sweeps import LONG, many

SCHEMAS = many(100, 300)

FILES = [
    OPENAI / "openapi-2024-10-17.yaml",
    OPENAI / "openapi-2025-03-22.yaml",
    *([OPENAI / "openapi-2026-08-15.yaml"] if LONG else []),
    ASYNCAPI / "slack-rtm-asyncapi.yml",
    ASYNCAPI / "streetlights-mqtt-asyncapi.yml",
]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_real_specifications(path: object) -> None:
    from pathlib import Path

    assert isinstance(path, Path)
    found = load(require(path), Options(), Report()).module
    comparison = compare(found, found)
    assert comparison.verdict is Verdict.IDENTICAL
    assert comparison.bump == "none"
    assert not comparison.findings
    assert comparison.judged > 0


def test_random_schemas() -> None:
    rng = random.Random(3)
    judged = 0
    for _ in range(SCHEMAS):
        schema = with_self(random_schema(rng))
        try:
            old, new = module(schema), module(schema)
        except AssertionError:
            continue
        judged += 1
        assert not compare(old, new).findings
    assert judged > SCHEMAS * 2 // 3
