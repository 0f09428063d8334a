"""Runs work that makes millions of objects and hardly any garbage."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """A context without Python's collector of cyclic garbage. Documents, schemas and
    syntax trees are millions of objects; searching them for cycles again and again
    takes longer than making them."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
