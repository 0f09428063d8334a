"""The catalogue of rules and its documentation."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from codegen.compat.report.rule_reference import reference
from codegen.compat.rules import RULES
from tests.corpus_paths import ROOT
from tests.expectations import expect

PAGE = Path(__file__).parents[3] / "docs" / "diff-rules.md"


def test_documentation_is_current() -> None:
    expect(reference(), PAGE)


def test_the_catalogue_is_complete() -> None:
    assert len(RULES) >= 60
    for rule in RULES.values():
        assert rule.title
        assert rule.explanation
        assert rule.example
        assert rule.client_to_server in "BDSW-"
        assert rule.server_to_client in "BDSW-"


COMPAT = ROOT / "codegen" / "compat"
CATALOGUE = COMPAT / "rules"
ELSEWHERE = [
    path
    for path in sorted(COMPAT.rglob("*.py"))
    if CATALOGUE not in path.parents and path != COMPAT / "programs.py"
]
"""All but the catalogue, and that of what changes for programs, which is another."""

SHOWN = (COMPAT / "report", COMPAT / "findings.py", COMPAT / "suppressions.py")
"""Here rules are told, sorted and agreed to, not found."""


def constant(rule: str) -> str:
    return rule.upper().replace("-", "_")


def named(path: Path) -> Iterator[str]:
    """The rules that a module names as `rules.THAT`."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Attribute(value=ast.Name(id="rules"), attr=name):
                yield name
            case _:
                pass


def test_every_rule_is_found_by_its_name() -> None:
    """The constant is the id in capitals, so that one search without regard to case
    and hyphens finds the entry of the catalogue and where the change is found."""
    detected = {
        name
        for path in ELSEWHERE
        if not any(path.is_relative_to(place) for place in SHOWN)
        for name in named(path)
    }
    assert {constant(rule) for rule in RULES} <= detected
    text = "".join(path.read_text("utf-8") for path in CATALOGUE.glob("*.py"))
    for rule in RULES:
        assert f'\n{constant(rule)}: Final = Rule(\n    "{rule}",' in text


def test_no_rule_is_named_by_text() -> None:
    """Neither whole nor put together from pieces: a rule is only what the catalogue
    makes, and only its constants are compared."""
    made = re.compile(r"\bRule\(")
    wrong = []
    for path in ELSEWHERE:
        source = path.read_text("utf-8")
        texts = [
            node.value
            for node in ast.walk(ast.parse(source))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        ]
        # "deprecated" and the like are words of messages as well.
        found = [text for text in texts if text in RULES and "-" in text]
        if found or made.search(source):
            wrong.append((path.name, found))
    assert wrong == []
