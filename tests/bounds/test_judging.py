"""Small hostile documents end soon: `lint` and `diff`.

Two that take little run with the other tests; `CODEGEN_LONG=1` runs every kind.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from tests.bounds.bounded import ends
from tests.bounds.kinds import KINDS
from tests.sweeps import LONG

_SOME: Final = ("allof-doubling", "unevaluated")
_COMMANDS: Final = {
    "lint": ["lint", "old.json"],
    "diff": ["diff", "old.json", "new.json"],
}


@pytest.mark.parametrize("command", _COMMANDS)
@pytest.mark.parametrize("kind", KINDS if LONG else _SOME)
def test_it_ends(kind: str, command: str, tmp_path: Path) -> None:
    ends(kind, _COMMANDS[command], tmp_path)
