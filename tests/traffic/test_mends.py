"""Overlays that mend specifications: what they say, and that they do.

A folder has a specification and a recording that departs from it. `overlay.yaml` and
`report.txt` are what comes of them; applied, the overlay leaves only what the report
says cannot be mended.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from codegen import cli, exits
from tests.expectations import expect

CASES = sorted(path.parent for path in Path(__file__).parent.glob("mends/*/frames.*"))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_case(
    case: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(shutil.copytree(case, tmp_path / "case"))
    Path("overlay.yaml").unlink(missing_ok=True)
    spec = next(name for name in ("spec.yaml", "spec.json") if Path(name).exists())
    check = ["check-traffic", spec, "frames.jsonl"]

    assert cli.main([*check, "--overlay-out", "overlay.yaml"]) == exits.FINDINGS
    out, err = capsys.readouterr()
    assert not err
    expect(out, case / "report.txt")
    expect(Path("overlay.yaml").read_text("utf-8"), case / "overlay.yaml")

    cli.main([*check, "--format", "json"])
    before = json.loads(capsys.readouterr().out)
    mended = ["--overlay", "overlay.yaml"]
    cli.main([*check, *mended, "--format", "json"])
    left, err = capsys.readouterr()
    assert not err, "every action selects something"
    places = {_place(found) for found in json.loads(left)["drift"]}
    assert len(places) == out.count("not mended:")
    assert places <= {_place(found) for found in before["drift"]}

    assert cli.main(["lint", spec, *mended]) != exits.BAD_INPUT
    assert cli.main(["diff", spec, spec, *mended]) == exits.OK


def _place(found: dict[str, str]) -> tuple[str, ...]:
    return found["direction"], found["event"], found["pointer"], found["keyword"]
