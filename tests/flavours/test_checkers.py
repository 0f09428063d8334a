"""What looks at packages of every flavour from outside, each once at all of them."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from codegen import cli
from codegen.flavours.flavour import FLAVOURS
from tests.flavours import checking

SPECS = ("shop", "odd", "names")
"""`names` has types that are called like what the classes of a flavour are made of."""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the packages of each flavour, and the tests of most."""
    folder = tmp_path_factory.mktemp("written")
    for spec in SPECS:
        for flavour in FLAVOURS:
            path = Path(__file__).parent / f"{spec}.yaml"
            arguments = ["generate", str(path), "--package", f"{spec}_{flavour}"]
            arguments += ["--output", str(folder), "--models", flavour, "--no-cache"]
            arguments += ["--no-tests"] if spec == "names" else []
            assert cli.main([*arguments, "-q"]) in ((0, 1) if spec == "odd" else (0,))
    return folder


def test_checkers_and_golden_tests(written: Path) -> None:
    packages = [f"{spec}_{flavour}" for spec in SPECS for flavour in FLAVOURS]
    laid_out = [name for name in packages if not name.startswith("names_")]
    checking.finds_nothing(
        written,
        checking.GOLDEN,
        (*checking.BLACK, *laid_out, "tests"),
        (*checking.LINTER, *packages),
        (*checking.FORMATTER, *packages),
        (*checking.TYPES, *packages),
    )


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_a_package_and_its_golden_files(flavour: str, written: Path) -> None:
    for file in (written / f"shop_{flavour}").rglob("*.py"):
        assert "codegen" not in {
            name.partition(".")[0] for name in _imports(file.read_text("utf-8"))
        }
    for record in (written / "tests" / f"shop_{flavour}" / "golden").glob("*.json"):
        found = json.loads(record.read_text("utf-8"))
        assert found.get("changed", []) == []
        # By itself a branch may have any tag; its class has that of the union.
        narrow = flavour != "typeddict" and record.stem in ("Card", "Cash")
        assert bool(found.get("refused")) is narrow


def _imports(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module or ""
