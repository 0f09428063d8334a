"""The catalogue of rules and its documentation."""

from __future__ import annotations

from pathlib import Path

from codegen.compat.reference import reference
from codegen.compat.rules import RULES, SURVIVABLE
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
    assert set(RULES) >= SURVIVABLE
