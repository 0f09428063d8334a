"""How much a search may look at.

Counted are schemas, not seconds, so that two runs stop at the same place.
"""

from __future__ import annotations

from typing import Final

from codegen.ir import model as ir
from codegen.ir import walk

_LEAST: Final = 600_000
_EACH: Final = 400
"""Schemas that may be looked at for each that the module has; published specifications
take 10 to 700."""


class Effort:
    """What may still be looked at. Who asks for more finds nothing from then on."""

    __slots__ = ("left",)

    def __init__(self, limit: int) -> None:
        self.left = limit

    @property
    def spent(self) -> bool:
        """Whether nothing is left."""
        return self.left <= 0

    def spend(self, count: int) -> None:
        """Count what was looked at."""
        self.left -= count


def most(module: ir.Module) -> int:
    """What the samples of a module may take: in proportion to its size."""
    count = sum(1 for root in module.schemas.values() for _ in walk.walk(root))
    return _LEAST + _EACH * count


def enough(module: ir.Module) -> Effort:
    """The same, for one who looks at all of its schemas."""
    return Effort(most(module))
