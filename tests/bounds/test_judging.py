"""Small hostile documents end soon: `lint` and `diff`.

Two that take little run with the other tests; `CODEGEN_LONG=1` runs every kind.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import pytest

from tests.bounds.bounded import ends, run
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


def test_references_that_come_to_lead_through_names(tmp_path: Path) -> None:
    """Each property held the whole; now it holds what is a little more than that."""
    names = [f"p{number}" for number in range(110)]
    added = {f"q{number}": {"type": "string"} for number in range(30)}

    def whole(target: str, modes: list[str], **more: object) -> dict[str, object]:
        held = {name: {"$ref": target.format(name)} for name in names}
        properties = {"mode": {"enum": modes}, **held, **more}
        return {"properties": properties, "additionalProperties": False}

    few = {"$ref": "#", "minProperties": 1}
    new = whole("#/$defs/{}", ["a"], **added) | {"$defs": dict.fromkeys(names, few)}
    (tmp_path / "old.json").write_text(json.dumps(whole("#", ["a", "b"])))
    (tmp_path / "new.json").write_text(json.dumps(new))
    code, told = run(["-m", "codegen", "diff", "old.json", "new.json"], tmp_path)
    assert code == 1, told[-2000:]
    assert told.count("is no longer allowed") == 1
