"""Damaged specifications are reported on, never a reason to fail."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from codegen import frontend
from codegen.diagnostics import CodegenError, Report
from codegen.linter import run
from tests.sweeps import many

HERE = Path(__file__).parent
SPECS = [
    found
    for path in sorted(HERE.glob("*/spec.*"))
    for found in [yaml.safe_load(path.read_text("utf-8").replace("\t", " "))]
    if isinstance(found, dict | list)
]
ODD: list[Any] = [
    None, True, 0, -1, 1.5, "", "x", "(", "#", "object", "#/components/schemas/Nope",
    [], {}, [1], ["a", "a"], [[]], {"$ref": "#"}, {"$ref": 5}, {"type": "strng"},
    {"type": 5}, {"oneOf": []}, {"anyOf": [True, False, {}]}, {"enum": []},
    {"enum": [{}, [], None, 1, 1.0]}, {"properties": []}, {"required": "a"},
    {"discriminator": 5}, {"pattern": "(?<=a*)"}, {"minimum": "a"}, {"items": [{}]},
    {"default": 10**400}, {"x-oaiMeta": {"example": "{"}}, {"description": 5},
    {"examples": 5}, {"nullable": "x", "type": ["string", "null"]},
    {"if": {}, "then": 5},
    {"$id": "http://x/"}, {"$dynamicRef": "#a"}, {"patternProperties": {"(": {}}},
    {"discriminator": {"propertyName": "a", "mapping": {"a": "b"}}, "oneOf": [{}, {}]},
]  # fmt: skip


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every container of a document with each of its keys."""
    found: list[tuple[Any, Any]] = []
    keys = list(value) if isinstance(value, dict) else range(len(value))
    for key in keys:
        found.append((value, key))
        if isinstance(value[key], dict | list):
            found.extend(places(value[key]))
    return found


@settings(max_examples=many(80, 200))
@given(
    st.sampled_from(SPECS),
    st.lists(st.tuples(st.floats(0, 0.999), st.sampled_from(ODD), st.booleans())),
)
def test_nothing_stops_it(
    tmp_path_factory: Any, spec: Any, damages: list[tuple[float, Any, bool]]
) -> None:
    damaged = copy.deepcopy(spec)
    for position, odd, merge in damages[:6]:
        found = places(damaged)
        if not found:
            break
        container, key = found[int(position * len(found))]
        if merge and isinstance(container, dict) and isinstance(odd, dict):
            container.update(copy.deepcopy(odd))
        else:
            container[key] = copy.deepcopy(odd)
    path = tmp_path_factory.getbasetemp() / "damaged.json"
    path.write_text(json.dumps(damaged))
    report = Report()
    try:
        run(frontend.load(path, frontend.Options(), report), report)
    except CodegenError as error:
        assert len(error.report)
    assert all(diagnostic.span.line >= 1 for diagnostic in report)
