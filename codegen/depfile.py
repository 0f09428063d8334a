"""Writes the files that a run has read as a rule for make and ninja."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from typing import Final

_SPECIAL: Final = str.maketrans({" ": "\\ ", "#": "\\#", "$": "$$"})

_UNSAYABLE: Final = re.compile(r"[\x00-\x1f\x7f;:=|\\]")
"""What make takes for an end, a command or a value, whatever stands before it."""


def unsayable(paths: Iterable[str]) -> list[str]:
    """The paths that no rule can have, sorted."""
    return sorted({path for path in paths if _UNSAYABLE.search(_plain(path))})


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
    """A path as `_shown`, escaped for make."""
    return _shown(path).translate(_SPECIAL)


def _plain(path: str) -> str:
    """A path as `_shown`, without the letter of a drive, whose colon make knows."""
    return os.path.splitdrive(_shown(path))[1]


def _shown(path: str) -> str:
    """A path relative to the working directory if it lies below."""
    near = os.path.relpath(path)
    found = os.path.abspath(path) if near.startswith("..") else near
    return found.replace(os.sep, "/")
