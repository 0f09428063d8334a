"""Schemas that lead to each other through more levels than Python can follow."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from codegen import cli

COMMANDS = {
    "lint": [],
    "generate": ["--package", "deep", "--output", "out"],
    "docs": ["--output", "out"],
    "init": [],
    "check-traffic": ["frames.jsonl"],
}


def deep() -> str:
    """Ninety definitions, each of which nests twelve schemas and then refers to the
    next; every definition on a line of its own."""
    lines = []
    for number in range(90):
        schema: Any = {"$ref": f"#/$defs/D{number + 1}"}
        for _ in range(12):
            schema = {"anyOf": [schema]}
        lines.append(f'"D{number}": {json.dumps(schema)},')
    lines.append('"D90": {"type": "string"}}}')
    return '{"properties": {"way": {"$ref": "#/$defs/D0"}}, "$defs": {\n' + "\n".join(
        lines
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_the_schema_is_shown_that_leads_too_deep(
    command: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("spec.json").write_text(deep())
    Path("frames.jsonl").write_text('{"way": "a"}\n')
    assert cli.main([command, "spec.json", *COMMANDS[command]]) == 2
    said = capsys.readouterr().err
    assert "spec.json:2:7: error[too-large]: the schemas refer to each other" in said
    assert not Path("out").exists()
