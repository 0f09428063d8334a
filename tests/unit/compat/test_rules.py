"""The catalogue of rules and its documentation."""

from __future__ import annotations

import os
from pathlib import Path

from codegen.compat.report.rule_reference import reference
from codegen.compat.rules import RULES, SURVIVABLE

PAGE = Path(__file__).parents[3] / "docs" / "diff-rules.md"


def test_documentation_is_current() -> None:
    if os.environ.get("UPDATE_EXPECTATIONS") and not os.environ.get("CI"):
        PAGE.write_text(reference(), "utf-8")
    assert reference() == PAGE.read_text("utf-8")


def test_the_catalogue_is_complete() -> None:
    assert len(RULES) >= 60
    for rule in RULES.values():
        assert rule.title and rule.explanation and rule.example
        assert rule.client_to_server in "BDSW-" and rule.server_to_client in "BDSW-"
    assert SURVIVABLE <= set(RULES)
