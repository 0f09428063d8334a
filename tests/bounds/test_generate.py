"""Small hostile documents end soon: `generate`, and the golden tests that it writes.

A few that take little run with the other tests; `CODEGEN_LONG=1` runs every kind.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from tests.bounds.bounded import ends, run
from tests.bounds.kinds import KINDS
from tests.sweeps import LONG

_SOME: Final = (
    *("required-pairs", "min-items", "reference-chain", "backreference"),
    *("dynamic-scopes", "node", "choices-one"),
)
_GENERATE: Final = ["generate", "old.json", "--package", "p", "--output", "out"]


@pytest.mark.parametrize("kind", KINDS if LONG else _SOME)
def test_it_ends(kind: str, tmp_path: Path) -> None:
    ends(kind, _GENERATE, tmp_path)


@pytest.mark.skipif(not LONG, reason="runs with CODEGEN_LONG=1")
@pytest.mark.parametrize("kind", ["metaschema", "node", "required-pairs"])
def test_golden_tests_end(kind: str, tmp_path: Path) -> None:
    ends(kind, _GENERATE, tmp_path)
    pytest_ = ["-m", "pytest", "-q", "-p", "no:cacheprovider"]
    code, told = run([*pytest_, "tests"], tmp_path / "out")
    assert code == 0, told[-2000:]
