"""Each folder of `dialects/` is a specification and what its schemas accept.

`verdicts.yaml` takes the name of a schema to values it accepts and rejects.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from codegen.diagnostics import Report
from codegen.frontend import Options, load
from codegen.ir.accepts import accepts
from codegen.source import yaml_text

CASES = sorted((Path(__file__).parent / "dialects").iterdir())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_verdicts(case: Path) -> None:
    (spec,) = case.glob("spec.*")
    report = Report()
    module = load(spec, Options(), report).module
    assert not report.failed, [str(problem) for problem in report]
    verdicts = yaml_text.read((case / "verdicts.yaml").read_text("utf-8")).data
    assert verdicts
    wrong = [
        (name, verdict, value)
        for name, lists in verdicts.items()
        for verdict, values in lists.items()
        for value in values
        if accepts(module, module.named(name), value) is not (verdict == "accept")
    ]
    assert wrong == []
