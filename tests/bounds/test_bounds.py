"""Small hostile documents end soon, by every command: done, or `too-large` at a place.

Each runs in a process of its own, whose processor time and memory are what the system
says. A few run with the other tests; `CODEGEN_LONG=1` runs every kind.
"""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.bounds.documents import KINDS, NEW, OLD, text
from tests.corpus_paths import ROOT

SECONDS: Final = 10.0
MEMORY: Final = 1 << 30
SOME: Final = (
    *("allof-doubling", "oneof-doubling", "required-pairs", "map-patterns"),
    *("min-items", "reference-chain", "optional-characters", "backreference"),
    *("dynamic-scopes", "nested-objects", "node", "choices-one"),
)
LONG: Final = bool(os.environ.get("CODEGEN_LONG"))


@pytest.mark.parametrize("command", ["generate", "lint", "diff"])
@pytest.mark.parametrize("kind", KINDS if LONG else SOME)
def test_it_ends(kind: str, command: str, tmp_path: Path) -> None:
    if command != "generate" and not LONG and kind not in SOME[:4]:
        pytest.skip("runs with CODEGEN_LONG=1")
    (tmp_path / "old.json").write_text(text(kind, OLD))
    (tmp_path / "new.json").write_text(text(kind, NEW))
    arguments = {
        "generate": ["generate", "old.json", "--package", "p", "--output", "out"],
        "lint": ["lint", "old.json"],
        "diff": ["diff", "old.json", "new.json"],
    }[command]
    code, told = run(arguments, tmp_path)
    assert code in (0, 1, 2), told[-2000:]
    if code == 2:
        assert re.search(r"^\w+\.json:\d+:\d+: error\[[a-z-]+\]", told, re.MULTILINE)
        assert "error[too-large]" in told


def run(arguments: list[str], folder: Path) -> tuple[int, str]:
    """The exit code of a command and what it says; negative where it goes beyond the
    bounds and is stopped."""

    def bound() -> None:
        most = int(SECONDS)
        resource.setrlimit(resource.RLIMIT_CPU, (most, most + 1))
        resource.setrlimit(resource.RLIMIT_AS, (2 * MEMORY, 2 * MEMORY))

    with subprocess.Popen(
        [sys.executable, "-m", "codegen", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=bound,
    ) as process:
        assert process.stdout is not None
        told = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert used.ru_utime + used.ru_stime < SECONDS, told[-2000:]
    assert used.ru_maxrss * 1024 < MEMORY
    return process.returncode, told
