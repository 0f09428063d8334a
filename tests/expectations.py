"""Files that record what the tool says: held against it, or rewritten.

With `UPDATE_EXPECTATIONS=1` the tests write what they found into these files instead of
comparing, and `git diff` shows what to think about; where `CI` is set, nobody does, and
no test runs. What other tests expect is not the tool's own word (values with their
violations, tables, events of a session) and is written by hand.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import pytest

SWITCH: Final = "UPDATE_EXPECTATIONS"


def rewriting() -> bool:
    """Whether expectations are rewritten. Raises `UsageError` on a build server."""
    if not os.environ.get(SWITCH):
        return False
    if os.environ.get("CI"):
        raise pytest.UsageError(f"{SWITCH} rewrites nothing where CI is set")
    return True


def expect(found: str, path: Path) -> None:
    """Compare a text with the file that records it, or rewrite the file."""
    if rewriting():
        path.write_text(found, "utf-8")
    assert path.exists(), f"{path.name} is missing: {SWITCH}=1 writes it"
    assert found == path.read_text("utf-8"), f"if that is meant: {SWITCH}=1"
