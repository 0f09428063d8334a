"""The annotation is the value, in packages of published specifications.

A few documents of a few specifications in every run; with `CODEGEN_LONG` every schema
of all that can be read.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from codegen.diagnostics import CodegenError, Report
from codegen.frontend import Options, load
from tests.annotated import documents, lies
from tests.corpus_paths import CORPUS, require
from tests.differential.packages import compile_package
from tests.sweeps import LONG

SHORT = (
    "asyncapi/gitter-streaming-asyncapi.yml",
    "vendors/mcp/2025-06-18.json",
    "vendors/schemastore/ruff.json",
    "vendors/schemastore/tsconfig.json",
    "vendors/twilio-messaging.json",
)
FOLDERS = ("asyncapi", "openai", "vendors", "vendors/mcp", "vendors/schemastore")


def names() -> list[str]:
    """The specifications that are looked at, below the corpus."""
    if not LONG:
        return list(SHORT)
    files = [
        path for folder in FOLDERS for path in sorted((CORPUS / folder).glob("*.*"))
    ]
    return [
        path.relative_to(CORPUS).as_posix() for path in files if path.suffix != ".md"
    ]


@pytest.mark.parametrize("name", names())
def test_values_are_as_annotated(name: str) -> None:
    path: Path = require(CORPUS / name)
    report = Report()
    try:
        loaded = load(path, Options(), report)
    except CodegenError:
        pytest.skip(f"is refused: {name}")
    if report.failed:
        pytest.skip(f"is refused: {name}")
    module, checked = loaded.module, 0
    with compile_package(module) as package:
        step = 1 if LONG else max(1, len(module.names) // 12)
        for schema_name in list(module.names)[::step]:
            values = list(
                documents(module, module.named(schema_name), near=40 if LONG else 10)
            )
            checked += len(values)
            assert not list(lies(package, schema_name, values))
    assert checked
