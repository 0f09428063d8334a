"""Black changes nothing in a package, whatever it was made from.

`CODEGEN_LONG=1` takes specifications of the corpus and hundreds of random schemas.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import black
import pytest
from hypothesis import HealthCheck, given, settings

from codegen import frontend, golden, python
from codegen.artifact import printed
from codegen.diagnostics import Report
from codegen.ir import model as ir
from tests.corpus_paths import CORPUS, ROOT, require
from tests.differential.packages import module_of
from tests.differential.strategies import documents
from tests.differential.test_differential import lowered

MODE = black.Mode(target_versions={black.TargetVersion.PY311})
LONG = bool(os.environ.get("CODEGEN_LONG"))

SPECS = [
    "openai/openapi-2025-02-10.yaml",
    "asyncapi/slack-rtm-asyncapi.yml",
    "vendors/mcp/2025-06-18.json",
    "vendors/xero-accounting.yaml",
    "vendors/discord.json",
    "vendors/schemastore/github-workflow.json",
    "vendors/schemastore/ruff.json",
]


def changed(module: ir.Module, *, tests: bool = False) -> Iterator[str]:
    """The Python files of a package that Black would write otherwise; runtime and
    machinery are copies, which `make check` sees."""
    settings = python.Settings("sdk")
    package = python.decide(module, settings)
    files = list(python.package_files(package))
    if tests:
        report = Report()
        files += printed(golden.strategies(module, settings))
        files += golden.test_files(package, files, {}, report, lambda _: None)  # type: ignore[arg-type]  # no problem is told
    for file in files:
        copied = "/_runtime/" in file.path or "/_golden_" in file.path
        if copied or not file.path.endswith(".py"):
            continue
        if black.format_str(file.text, mode=MODE) != file.text:
            yield file.path


def loaded(path: Path) -> ir.Module:
    return frontend.load(path, frontend.Options(), Report()).module


def test_with_every_keyword() -> None:
    module = loaded(ROOT / "benchmarks" / "every-keyword.yaml")
    assert list(changed(module, tests=True)) == []


def test_with_numbers_at_every_depth() -> None:
    """At one of them the second half of a condition takes just the line."""
    properties: dict[str, Any] = {}
    for depth in range(6):
        inner: dict[str, Any] = {"type": ["boolean", "number", "string"]}
        for _ in range(depth // 2):
            inner = {"type": "object", "patternProperties": {"^a": inner}}
        if depth % 2:
            inner = {"type": "object", "additionalProperties": inner}
        properties[f"p{depth}"] = inner
    module = module_of({"type": "object", "properties": properties})
    assert module is not None
    assert list(changed(module)) == []


@settings(
    max_examples=300 if LONG else 5,
    suppress_health_check=list(HealthCheck),
    deadline=None,
)
@given(documents())
def test_with_random_schemas(document: dict[str, Any]) -> None:
    assert list(changed(lowered(document))) == []


@pytest.mark.skipif(not LONG, reason="CODEGEN_LONG=1 takes minutes")
@pytest.mark.parametrize("name", SPECS)
def test_with_the_corpus(name: str) -> None:
    assert list(changed(loaded(require(CORPUS / name)))) == []
