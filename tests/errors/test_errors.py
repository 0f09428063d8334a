"""Each folder is a specification with problems and the complaints it must draw.

`expect.txt` has what is said without options, and `lenient.txt` what is said with
`--lenient`, where that differs. Both are rewritten with `UPDATE_EXPECTATIONS=1`
(`tests/expectations.py`).
"""

from __future__ import annotations

from pathlib import Path

import pytest

from codegen.diagnostics import CodegenError, Report
from codegen.frontend import Options, load
from tests.expectations import expect

HERE = Path(__file__).parent
CASES = sorted(path for path in HERE.iterdir() if list(path.glob("spec.*")))


def complaints(case: Path, *, lenient: bool = False) -> str:
    """What is reported, each problem with its source line below it."""
    report = Report()
    (spec,) = case.glob("spec.*")
    try:
        load(spec.name, Options(root=case, lenient=lenient), report)
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
    assert found.strip(), "a case without a problem belongs elsewhere"
    expect(found, case / "expect.txt")
    lenient = complaints(case, lenient=True)
    if lenient != found or (case / "lenient.txt").exists():
        assert lenient != found, "lenient.txt says nothing new"
        expect(lenient, case / "lenient.txt")
