"""What is not enforced, or not read by the letter, stands in a docstring."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from codegen import cli
from codegen.diagnostics import Report
from codegen.frontend import Options, load
from tests.corpus_paths import ROOT

ERRORS = ROOT / "tests/errors"
CASES = [
    "values-of-one-meaning",
    "words-of-later-dialects",
    "values-without-meaning",
    "null-beside-branches",
    "references-as-names",
    "parents-and-children",
]
SAID = re.compile(r"(`[^`]+`) is (?:not enforced|read as)")


def docstrings(module: Path) -> str:
    """All texts that stand alone as statements of a module."""
    return "\n".join(
        node.value.value
        for node in ast.walk(ast.parse(module.read_text("utf-8")))
        if isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


@pytest.mark.parametrize("case", CASES)
def test_every_warning_stands_in_a_docstring(case: str, tmp_path: Path) -> None:
    spec = ERRORS / case / "spec.yaml"
    arguments = ["--package", "departed", "--output", str(tmp_path), "--lenient"]
    assert cli.main(["generate", str(spec), *arguments]) == 0
    report = Report()
    load(spec, Options(root=spec.parent, lenient=True), report)
    # Docstrings are wrapped.
    text = " ".join(docstrings(tmp_path / "departed/models.py").split())
    said = [match[1] for item in report if (match := SAID.search(item.message))]
    assert said or case == "references-as-names"
    assert [words for words in said if words not in text] == []


def test_keywords_of_other_dialects_stand_in_a_docstring(tmp_path: Path) -> None:
    spec = ROOT / "tests/lint/keywords-json-schema/spec.json"
    arguments = ["--package", "departed", "--output", str(tmp_path), "--no-tests"]
    assert cli.main(["generate", str(spec), *arguments]) == 0
    text = " ".join(docstrings(tmp_path / "departed/models.py").split())
    assert "Not enforced: `prefixItems`, which has no meaning in" in text
    assert "Not enforced: `minContains: 2`, which has no meaning in" in text
