"""Each folder is a specification with problems and the complaints it must draw.

`UPDATE_EXPECTED=1 pytest tests/errors` rewrites the expectations; not under `CI`.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from codegen.diagnostics import CodegenError, Report
from codegen.frontend import Options, load

HERE = Path(__file__).parent
CASES = sorted(path for path in HERE.iterdir() if list(path.glob("spec.*")))
UPDATE = bool(os.environ.get("UPDATE_EXPECTED"))


def complaints(case: Path) -> str:
    """What is reported, each problem with its source line below it."""
    report = Report()
    (spec,) = case.glob("spec.*")
    try:
        load(spec.name, Options(), report)
    except CodegenError as error:
        assert error.report is report
    lines: list[str] = []
    for problem in report:
        lines.append(str(problem))
        if problem.source.strip():
            lines.append("    " + problem.source.strip()[:100])
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_complaints(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(case)
    found = complaints(case)
    expected = case / "expect.txt"
    if UPDATE:
        assert not os.environ.get("CI"), "expectations are not rewritten under CI"
        expected.write_text(found, encoding="utf-8")
    assert found.strip(), "a case without a problem belongs elsewhere"
    assert found == expected.read_text(encoding="utf-8")
