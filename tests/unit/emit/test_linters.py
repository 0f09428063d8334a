"""Linters and formatters, as they come, find and change nothing in a package."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import black
import pytest

from codegen.cli import main
from tests.corpus_paths import ROOT

MODE = black.Mode()
LONG_NAME = "AName" + "ThatIsLong" * 8
LONG_NAMES = f"""
openapi: 3.1.0
info: {{title: long names, version: "1"}}
paths: {{}}
components:
  schemas:
    {LONG_NAME}: {{type: object, properties: {{a: {{type: string}}}}}}
    {LONG_NAME}Too:
      oneOf:
        - {{$ref: '#/components/schemas/{LONG_NAME}One'}}
        - {{$ref: '#/components/schemas/{LONG_NAME}Two'}}
    {LONG_NAME}One:
      {{type: object, required: [t], properties: {{t: {{const: one}}}}}}
    {LONG_NAME}Two:
      {{type: object, required: [t], properties: {{t: {{const: two}}}}}}
    lower_case: {{type: array, items: {{type: string}}}}
    Either:
      type: object
      patternProperties:
        "^a": {{$ref: '#/components/schemas/{LONG_NAME}Not'}}
        "^b": {{$ref: '#/components/schemas/{LONG_NAME}Not'}}
    {LONG_NAME}Not:
      not: {{anyOf: [{{required: [a], minProperties: 2}}, {{required: [b]}}]}}
"""
SPECS = (
    "benchmarks/every-keyword.yaml",
    "tests/generated/maps_by_pattern/spec.json",
    "tests/wire/typing/odd.yaml",
)
"""At the other cases of `tests/generated` the same tools look there."""


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The packages of this repository with their tests, and some others."""
    made = tmp_path_factory.mktemp("packages")
    (made / "long.yaml").write_text(LONG_NAMES, encoding="utf-8")
    for number, spec in enumerate(
        [*(ROOT / name for name in SPECS), made / "long.yaml"]
    ):
        package = ["--package", f"case{number}", "--output", str(made / "out")]
        assert main(["generate", str(spec), *package, "--lenient", "--no-tests"]) == 0
    return [ROOT / "generated", made / "out"]


def ruff(*arguments: str | Path) -> str:
    command = [sys.executable, "-m", "ruff", *map(str, arguments)]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=90, check=False
    )
    assert done.returncode in (0, 1), done.stderr
    return done.stdout if done.returncode else ""


@pytest.fixture(autouse=True)
def _installed() -> None:
    pytest.importorskip("ruff", reason="RUFF ABSENT")


def test_ruff_finds_nothing(folders: list[Path]) -> None:
    assert ruff("check", "--isolated", "--no-cache", *folders) == ""


def test_ruff_changes_nothing(folders: list[Path]) -> None:
    codec = folders[1] / f"case{len(SPECS)}" / "_codec.py"
    assert "# fmt: skip" in codec.read_text("utf-8")
    assert ruff("format", "--isolated", "--no-cache", "--diff", *folders) == ""


def test_black_changes_nothing(folders: list[Path]) -> None:
    """Every keyword is that of `test_packages`, with its tests."""

    def changed() -> Iterator[Path]:
        for path in folders[1].glob("case[!0]/**/*.py"):
            text = path.read_text("utf-8")
            copied = "_runtime" in path.parts
            if not copied and black.format_str(text, mode=MODE) != text:
                yield path

    assert list(changed()) == []
