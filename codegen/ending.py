"""What lives until the end of a process, which gives back all of its memory at once.

To give back millions of objects one by one, before that, takes as long as writing the
files that were made of them.
"""

from __future__ import annotations

_kept: list[object] | None = None
"""What lives until the end; None where the process goes on after the work at hand."""


def announce() -> None:
    """Say that this process ends with the work at hand."""
    global _kept
    _kept = []


def keep(*values: object) -> None:
    """Have these live until the end, if one is announced, in the place of what was kept
    before: of several packages only the last needs no giving back."""
    if _kept is not None:
        _kept[:] = values
