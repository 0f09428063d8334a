"""Which files a run has read, as make and ninja want to be told."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Final

_SPECIAL: Final = str.maketrans({" ": "\\ ", "#": "\\#", "$": "$$", "\\": "\\\\"})


def text(targets: Iterable[str], read: Iterable[str]) -> str:
    """A rule by which the targets are stale if one of the files that were read is
    newer. A file that is gone is no error: it has a rule of its own, with nothing to
    do."""
    made = [_path(path) for path in targets]
    files = sorted({_path(path) for path in read})
    if not made:
        return ""
    rule = " \\\n  ".join([f"{' '.join(made)}:", *files])
    return "\n".join([rule, *(f"{file}:" for file in files), ""])


def _path(path: str) -> str:
    """A path from the working directory if it lies below, escaped."""
    near = os.path.relpath(path)
    found = os.path.abspath(path) if near.startswith("..") else near
    return found.replace(os.sep, "/").translate(_SPECIAL)
