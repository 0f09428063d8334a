"""Builds the packages of the cases: through the command line's own entry point."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from codegen import cli
from tests import shared_runtime

HERE = Path(__file__).resolve().parent
CASES = sorted(path.parent for path in HERE.glob("*/cases.json"))


@dataclass(frozen=True)
class Check:
    """A value, the schema that judges it, and what is wrong with it."""

    case: str
    schema: str
    value: Any
    violations: list[dict[str, str]]
    """Each with its place and keyword and, where the words matter, its message."""
    decoded: str | None = None
    """The class that a tolerant reader makes of the value, where that matters."""

    def __str__(self) -> str:
        return f"{self.case}-{self.schema}-{json.dumps(self.value)[:40]}"


def checks() -> Iterator[Check]:
    """Every line of every `cases.json`."""
    for folder in CASES:
        for line in json.loads((folder / "cases.json").read_text(encoding="utf-8")):
            yield Check(folder.name, **line)


def _arguments(folder: Path, name: str, output: Path) -> list[str]:
    """The command for a case: with the choices of its `sdk.toml`, if it has one."""
    spec, chosen = next(folder.glob("spec.*")), folder / "sdk.toml"
    if not chosen.exists():
        return ["generate", str(spec), "--package", name, "--output", str(output)]
    table = {"spec": str(spec), "package": name, "output": str(output)}
    keys = "".join(f"{key} = {json.dumps(value)}\n" for key, value in table.items())
    config = output / f"{name}.toml"
    text = chosen.read_text("utf-8")
    config.write_text(f"[[tool.codegen.sdk]]\n{keys}{text}", encoding="utf-8")
    return ["generate", name, "--config", str(config)]


def build(output: Path, cases: Sequence[Path] = CASES) -> dict[str, ModuleType]:
    """Generate and import the packages of cases, below one folder."""
    names = {folder.name: f"case_{folder.name}" for folder in cases}
    for folder in cases:
        assert cli.main(_arguments(folder, names[folder.name], output)) == 0, folder
    shared_runtime.compile_once(output)
    sys.path.insert(0, str(output))
    try:
        return {case: importlib.import_module(name) for case, name in names.items()}
    finally:
        sys.path.remove(str(output))
