"""Small pieces: modules, functions and templates that fit into a head."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.corpus_paths import ROOT

MODULE_LINES: Final = 450
FUNCTION_LINES: Final = 45
TEMPLATE_LINES: Final = 60
"""About 400, 40 and 60, with a little room, so that a line more is no event."""

LONG_MODULES: Final[dict[str, str]] = {}
"""Modules that may be longer, each with the reason. One that no longer is fails."""

LONG_FUNCTIONS: Final[dict[str, str]] = {}
"""Functions that may be longer, each with the reason."""

SOURCES = sorted((ROOT / "codegen").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.jinja"))

LONG_TEMPLATES: Final[dict[str, str]] = {}
"""Templates that may be longer, each with the reason."""


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """The functions of a module and how many lines each has, docstring aside."""
    for node in _statements(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first, last = node.body[0], node.end_lineno or 0
            start = first.lineno
            if ast.get_docstring(node, clean=False) is not None:
                start = (first.end_lineno or 0) + 1
            yield f"{name(path)}:{node.name}", last - start + 1


def _statements(around: ast.AST) -> Iterator[ast.AST]:
    """Statements and what has some inside, at any depth; expressions have none."""
    for node in ast.iter_child_nodes(around):
        if isinstance(node, ast.stmt | ast.excepthandler | ast.match_case):
            yield node
            yield from _statements(node)


def test_modules_are_short() -> None:
    lengths = {name(path): len(path.read_text().splitlines()) for path in SOURCES}
    long = {path: lines for path, lines in lengths.items() if lines > MODULE_LINES}
    assert set(long) == set(LONG_MODULES), long


def test_functions_are_short() -> None:
    # Not by name first: two classes of a module may each have an `__init__`.
    lengths = [pair for path in SOURCES for pair in functions(path)]
    long = {where: lines for where, lines in lengths if lines > FUNCTION_LINES}
    assert set(long) == set(LONG_FUNCTIONS), long


def test_templates_are_short() -> None:
    lengths = {name(path): len(path.read_text().splitlines()) for path in TEMPLATES}
    long = {path: lines for path, lines in lengths.items() if lines > TEMPLATE_LINES}
    assert set(long) == set(LONG_TEMPLATES), long


def test_templates_decide_nothing() -> None:
    """No `set`, no type tests, no string building: that is what views are for."""
    forbidden = re.compile(
        r"\{%-?\s*set\b|\bis\s+(?:string|mapping|number|sequence|iterable|integer)\b"
        r"|\{\{[^}]*~[^}]*\}\}|\{%-?\s*do\b"
    )
    wrong = [
        f"{name(path)}:{number}: {line.strip()}"
        for path in TEMPLATES
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if forbidden.search(line)
    ]
    assert wrong == []


def test_there_are_templates() -> None:
    assert {path.parent.name for path in TEMPLATES} >= {"python", "report"}
