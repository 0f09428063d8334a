"""How many references may follow each other before a package is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from codegen.diagnostics import Report
from codegen.frontend import Options, chains, load
from tests.memory import MemoryReader


def refused(schema: dict[str, Any]) -> list[tuple[str, int]]:
    """What is reported, with the line."""
    report = Report()
    text = json.dumps(schema, indent=1)
    reader = MemoryReader({"a.json": text})
    load("a.json", Options(), report, reader=reader)
    return [(problem.code, problem.span.line) for problem in report]


def chain(length: int, **inside: Any) -> dict[str, Any]:
    """A root whose value is asked about by this many schemas behind it."""
    steps = {
        f"s{i}": {"allOf": [{"$ref": f"#/$defs/s{i + 1}"}]} for i in range(length - 1)
    }
    end = {f"s{length - 1}": {"type": "object", **inside}}
    return {"$ref": "#/$defs/s0", "$defs": {**steps, **end}}


def test_a_chain_of_a_hundred_is_enough() -> None:
    assert refused(chain(chains.MOST)) == []
    assert refused(chain(chains.MOST + 1)) == [("too-large", 2)]
    assert [code for code, _ in refused(chain(3000))] == ["too-large"]


def test_circles_end_and_hide_no_chain() -> None:
    steps = chain(chains.MOST + 1)
    for name, target in (("x", "y"), ("y", "x"), ("z", "z")):
        steps["$defs"][name] = {"anyOf": [{"$ref": f"#/$defs/{target}"}]}
    steps["allOf"] = [{"$ref": "#/$defs/x"}, {"$ref": "#/$defs/z"}]
    codes = [code for code, _ in refused(steps)]
    assert sorted(codes) == ["circular-ref", "circular-ref", "too-large"]


def test_a_step_into_the_value_begins_anew() -> None:
    deeper = chain(chains.MOST, properties={"again": {"$ref": "#/$defs/s0"}})
    assert refused(deeper) == []


@pytest.mark.parametrize("keyword", ["anyOf", "oneOf", "allOf"])
def test_many_ways_to_one_schema_are_counted_once(keyword: str) -> None:
    both = {
        f"{side}{i}": {keyword: [{"$ref": f"#/$defs/{s}{i + 1}"} for s in "ab"]}
        for i in range(12)
        for side in "ab"
    }
    ends = {"a12": {"type": "string"}, "b12": {"type": "integer"}}
    assert refused({"$ref": "#/$defs/a0", "$defs": {**both, **ends}}) == []
