"""What the commands do, from Python."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import codegen
from tests.corpus_paths import ROOT

OLD = ROOT / "specs/realtime/2024-10-01/asyncapi.yaml"
NEW = ROOT / "specs/realtime/2024-12-17/asyncapi.yaml"


def test_load_gives_the_schemas() -> None:
    module = codegen.load(NEW, include=["RealtimeSession"], perspective="client")
    assert "RealtimeSession" in module.names
    assert "RealtimeServerEventError" not in module.names


def test_generate_writes_what_the_configuration_would(tmp_path: Path) -> None:
    written = codegen.generate(
        NEW, "openai_realtime", tmp_path / "generated", perspective="client"
    )
    found = {path.relative_to(tmp_path): path.read_bytes() for path in written}
    committed = {
        path.relative_to(ROOT): path.read_bytes()
        for path in (ROOT / "generated").rglob("*")
        if path.is_file()
        and "openai_realtime" in path.parts
        and "__pycache__" not in path.parts
    }
    assert found.keys() == committed.keys()
    for path, content in found.items():
        assert content == committed[path], path


def test_lint_finds_problems_and_raises_nothing(tmp_path: Path) -> None:
    spec = tmp_path / "spec.json"
    spec.write_text(json.dumps({"$ref": "#/$defs/nowhere", "minimum": "x"}))
    report = codegen.lint(spec, tmp_path / "missing.yaml")
    assert {item.code for item in report} >= {"dangling-ref"}
    assert report.failed
    assert not codegen.lint(NEW).failed
    (tmp_path / "loop").symlink_to("loop")
    for nothing in (tmp_path / "loop", "a\0b"):
        assert [item.code for item in codegen.lint(nothing)] == ["read"]


def test_diff_compares(tmp_path: Path) -> None:
    found = codegen.diff(str(OLD), str(NEW))
    assert found.verdict.value == "breaking"
    with pytest.raises(codegen.CodegenError, match="missing"):
        codegen.diff(str(tmp_path / "missing.yaml"), str(NEW))
