"""The command: recordings of every kind, which document is meant, and what strangers
may write into a recording.

Each folder of `commands/` is a working directory with commands (`tests/commands.py`).
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import commands

CASES = commands.cases(Path(__file__).parent / "commands")


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_case(
    case: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    commands.check(case, tmp_path, monkeypatch, capsys)
