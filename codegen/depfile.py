"""Writes the files that a run has read as a rule for make and ninja."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Final

_SPECIAL: Final = str.maketrans({" ": "\\ ", "#": "\\#", "$": "$$", "\\": "\\\\"})


def text(targets: Iterable[str], read: Iterable[str]) -> str:
    """A rule that makes the targets stale when a file that was read is newer. Each file
    also has an empty rule of its own, so that a file that is gone is no error."""
    made = [_path(path) for path in targets]
    files = sorted({_path(path) for path in read})
    if not made:
        return ""
    rule = " \\\n  ".join([f"{' '.join(made)}:", *files])
    return "\n".join([rule, *(f"{file}:" for file in files), ""])


def _path(path: str) -> str:
    """A path relative to the working directory if it lies below, escaped for make."""
    near = os.path.relpath(path)
    found = os.path.abspath(path) if near.startswith("..") else near
    return found.replace(os.sep, "/").translate(_SPECIAL)
