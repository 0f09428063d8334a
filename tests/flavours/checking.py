"""What looks at generated packages from outside: checkers, formatters, their tests."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tests.corpus_paths import MYPY_CACHE

COPIED: Final = ("--extend-exclude", r"/_runtime/|/_golden_\w+/")
"""What Black need not look at: it is formatted where it comes from."""

GOLDEN: Final = ("pytest", "-q", "-p", "no:cacheprovider", "tests")
BLACK: Final = ("black", "--check", "-q", *COPIED)
LINTER: Final = ("ruff", "check", "--isolated", "--no-cache", "-q")
FORMATTER: Final = ("ruff", "format", "--isolated", "--no-cache", "--diff")
TYPES: Final = ("mypy", "--strict", "--no-error-summary", "--cache-dir", MYPY_CACHE)


def finds_nothing(folder: Path, *commands: Sequence[str]) -> None:
    """Modules of Python, each run in a folder with its arguments, find nothing."""
    for command in commands:
        done = subprocess.run(
            [sys.executable, "-m", *command],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": "."},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
