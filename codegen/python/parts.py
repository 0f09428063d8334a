"""Divides long functions into parts. A function that decodes a class with hundreds of
properties has so many branches that type checkers call it too complex, and check
nothing in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from codegen.python.emit import search, tree

MOST: Final = 300
"""How many branches a part has at most. pyright follows 768 through a function; one
function may hold two such parts, and more around them."""

INSIDE_TRY: Final = MOST // 3
"""The same for what stands in a `try`, where each call and each lookup is a branch as
well."""


def runs(blocks: Sequence[tree.Block], most: int = MOST) -> list[tree.Block]:
    """Neighbouring blocks in groups that are each short enough for a function. Empty if
    all of them together are."""
    counts = list(map(_ways, blocks))
    if sum(counts) <= most:
        return []
    found: list[tree.Block] = []
    met = MOST + 1
    for block, more in zip(blocks, counts, strict=True):
        if met + more > MOST:
            found.append(())
            met = 0
        found[-1] += block
        met += more
    return found


def together(blocks: Iterable[tree.Block]) -> tree.Block:
    """Several blocks as one."""
    return tuple(statement for block in blocks for statement in block)


def _ways(block: tree.Block) -> int:
    """How many branches a block adds to the straight way through it."""
    found = 0
    for node in search.of_kinds(block, _FORKS):
        kind = type(node)
        found += _FORKS[kind] or len(node.parts) - 1
    return found


_FORKS: Final[Mapping[type[tree.Node], int]] = {
    tree.All: 0,
    tree.Some: 0,
    tree.If: 1,
    tree.Conditional: 1,
    tree.Comprehension: 1,
    tree.For: 2,
    tree.Try: 2,
}
"""How many branches each kind of node adds; 0 if that follows from its parts."""
