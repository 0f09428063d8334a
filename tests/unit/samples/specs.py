"""Schemas for the tests of samples, written as JSON Schema."""

from __future__ import annotations

import json
from typing import Any

from codegen.diagnostics import Report
from codegen.frontend import Options, load
from codegen.ir import model as ir
from tests.memory import MemoryReader


def module_of(schema: Any) -> ir.Module:
    """The module of one JSON Schema document; its root is named `#`."""
    report = Report()
    reader = MemoryReader({"schema.json": json.dumps(schema)})
    loaded = load("schema.json", Options(), report, reader=reader)
    assert not report.failed, list(report)
    return loaded.module
