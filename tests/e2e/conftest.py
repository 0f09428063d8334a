"""A small specification, and the command line run as a program."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from tests import forks
from tests.corpus_paths import ROOT
from tests.e2e.talk import SPEC

Run: TypeAlias = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    """The small specification, alone in a folder."""
    path = tmp_path / "talk.yaml"
    path.write_text(SPEC)
    return path


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs `python -m codegen` with arguments, in the test's folder."""

    def codegen(*args: object, **changes: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "codegen", *map(str, args)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), **changes}
        if not changes and forks.POSSIBLE:
            return forks.codegen(command[3:], environment, tmp_path)
        return subprocess.run(
            command,
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    return codegen
