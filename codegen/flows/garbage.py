"""Work that makes millions of objects and hardly any garbage."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator
from typing import Final

_kept: Final[list[object]] = []
_ends = False


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Work without the collector of cyclic garbage.

    Documents, schemas and syntax trees are millions of objects; searching them for
    cycles again and again takes longer than making them.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def end_follows() -> None:
    """Say that this process does one thing, and ends."""
    global _ends
    _ends = True


def keep(*things: object) -> None:
    """Keep what work was done with, in the place of what was kept before, where the
    process ends soon: then nobody need take it apart."""
    if _ends:
        _kept[:] = things


def forget() -> None:
    """Let go of what was kept, before more work of the kind is done."""
    _kept.clear()
