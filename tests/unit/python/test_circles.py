"""Which schemas lead back to themselves, and which of them on two ways with the same
value."""

from __future__ import annotations

from pathlib import Path

import pytest

from codegen import frontend
from codegen.diagnostics import Report
from codegen.python.model.circles import Circles

CASES = Path(__file__).parent / "circles"


@pytest.mark.parametrize("case", sorted(CASES.glob("*.yaml")), ids=lambda c: c.stem)
def test_circles(case: Path) -> None:
    """A comment behind each definition says what it is."""
    report = Report()
    module = frontend.load(case, frontend.Options(), report).module
    report.check()
    found = Circles.of(module, ())
    said: dict[str, str] = {}
    for name, schema_id in module.names.items():
        if schema_id in found.meetings:
            said[name] = "meeting"
        elif schema_id in found.ambiguous:
            said[name] = "ambiguous"
        elif schema_id in found.circular:
            said[name] = "circular"
        else:
            said[name] = "leading" if schema_id in found.leading else "plain"
    lines = case.read_text("utf-8").splitlines()
    del said["#"]
    assert [f"  {name}:  # {kind}" for name, kind in said.items()] == [
        line for line in lines if ":  # " in line
    ]
