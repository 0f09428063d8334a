"""How many characters, items or properties there are, in words.

Messages and docstrings of a package say it alike, and as its runtime does.
"""

from __future__ import annotations

from codegen.runtime.errors import counted


def characters(number: int) -> str:
    """So many characters."""
    return counted(number, "character", "characters")


def items(number: int) -> str:
    """So many items."""
    return counted(number, "item", "items")


def properties(number: int) -> str:
    """So many properties."""
    return counted(number, "property", "properties")
