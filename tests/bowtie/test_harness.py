"""The harness says what the protocol asks, in conversations and over the suite.

A conversation is a folder in `cases`: `asked.jsonl` and `answered.jsonl`. Every draft
of the JSON Schema Test Suite that the corpus holds is asked with `CODEGEN_LONG=1`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.bowtie import harness, suite
from tests.corpus_paths import JSON_SCHEMA_SUITE, require
from tests.expectations import expect
from tests.sweeps import LONG

CASES = Path(__file__).parent / "cases"


@pytest.mark.parametrize("name", sorted(path.name for path in CASES.iterdir()))
def test_conversation(name: str) -> None:
    asked = (CASES / name / "asked.jsonl").read_text("utf-8").splitlines()
    answers = [known(answer) for answer in harness.answers(asked)]
    told = "".join(json.dumps(answer) + "\n" for answer in answers)
    expect(told, CASES / name / "answered.jsonl")


def known(answer: dict[str, Any]) -> dict[str, Any]:
    """An answer without what depends on the machine."""
    for name in ("os", "os_version", "language_version", "version"):
        answer.get("implementation", {}).pop(name, None)
    return answer


@pytest.mark.parametrize("draft", suite.DRAFTS)
def test_required_tests(draft: str) -> None:
    if not LONG:
        pytest.skip("runs with CODEGEN_LONG=1")
    require(JSON_SCHEMA_SUITE / "tests" / draft)
    cases = suite.cases(JSON_SCHEMA_SUITE, draft)
    answers = list(harness.answers(suite.asked(draft, cases)))[2:]
    assert list(suite.wrong(cases, answers)) == []


def test_wrong_verdicts_are_told() -> None:
    case = {"description": "case", "tests": [{"description": "t", "valid": True}]}
    answer: dict[str, Any] = {"seq": 0, "results": [{"valid": False}]}
    assert list(suite.wrong([case], [answer])) == ["case: t"]
    answer = {"seq": 0, "errored": True}
    assert list(suite.wrong([case], [answer])) == [f"case: {json.dumps(answer)}"]
