"""A command in a process of its own, whose processor time and memory are what the
system says."""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
from pathlib import Path
from typing import Final

from codegen.golden.author import ALL
from tests.bounds.kinds import NEW, OLD, text
from tests.corpus_paths import ROOT
from tests.sweeps import LONG

SECONDS: Final = 30.0 if LONG else 10.0
"""Processor time that nothing may take. A full sweep asks about the largest documents
too, on slow machines that have more to do."""

MEMORY: Final = 1 << 30


def ends(kind: str, arguments: list[str], folder: Path) -> None:
    """A command ends within the bounds about a kind of document, which lies in the
    folder in two versions: done, or `too-large` at a place."""
    (folder / "old.json").write_text(text(kind, OLD))
    (folder / "new.json").write_text(text(kind, NEW))
    code, told = run(["-m", "codegen", *arguments], folder)
    assert code in (0, 1, 2), told[-2000:]
    if code == 2:
        assert re.search(r"^\w+\.json:\d+:\d+: error\[[a-z-]+\]", told, re.MULTILINE)
        assert "error[too-large]" in told


_MEASURING: Final = """\
import json, resource, subprocess, sys
code = subprocess.run([sys.executable, *sys.argv[2:]]).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
with open(sys.argv[1], "w") as file:
    json.dump([code, used.ru_utime + used.ru_stime, 1024 * used.ru_maxrss], file)
"""
"""A process begins with what the one that makes it has in memory, so a small one stands
between."""


def run(arguments: list[str], folder: Path) -> tuple[int, str]:
    """The exit code of what Python runs and what it says; negative where it goes
    beyond the bounds and is stopped."""

    def bound() -> None:
        most = int(SECONDS)
        resource.setrlimit(resource.RLIMIT_CPU, (most, most + 1))
        resource.setrlimit(resource.RLIMIT_AS, (2 * MEMORY, 2 * MEMORY))

    measured = folder / "measured.json"
    told = subprocess.run(
        [sys.executable, "-c", _MEASURING, str(measured), *arguments],
        cwd=folder,
        # As users run it: the naive reading judges a sample.
        env={**os.environ, "PYTHONPATH": str(ROOT), ALL: ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=bound,
        check=True,
    ).stdout
    code, seconds, memory = json.loads(measured.read_text("utf-8"))
    assert seconds < SECONDS, told[-2000:]
    assert memory < MEMORY
    return code, told
