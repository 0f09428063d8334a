"""Long functions in several parts: of one that asks as much as a class of hundreds of
properties needs, type checkers say that it is too complex, and check nothing in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from codegen.python.emit import search, tree

MOST: Final = 300
"""So many ways beside the straight one lead through a part. pyright follows 768 through
a function; there may be two that are as long in one, and something around them."""

INSIDE_TRY: Final = MOST // 3
"""So many in what stands in a `try`, out of which each call and each look is a way."""


def runs(blocks: Sequence[tree.Block], most: int = MOST) -> list[tree.Block]:
    """Some blocks in a row, together where they are not too long; none, where no more
    than `most` ways lead through all of them."""
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
    """Some blocks as one."""
    return tuple(statement for block in blocks for statement in block)


def _ways(block: tree.Block) -> int:
    """How many ways lead through a block beside the straight one."""
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
"""How many more ways there are behind each; 0 where that follows from its parts."""
