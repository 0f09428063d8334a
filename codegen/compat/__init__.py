"""What changed between two versions of a specification, and whom it breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codegen.compat.findings import (
    Comparison,
    Finding,
    Policy,
    Verdict,
    Witness,
    unchanged,
)

if TYPE_CHECKING:
    from codegen.ir import model as ir

__all__ = [
    "Comparison",
    "Finding",
    "Policy",
    "Verdict",
    "Witness",
    "compare",
    "unchanged",
]


def compare(old: ir.Module, new: ir.Module, policy: Policy | None = None) -> Comparison:
    """What changed between two versions, and whom it breaks.

    Every breaking or risky finding carries a document that was confirmed by an
    independent validator; what is neither proved nor shown is unknown.
    """
    from codegen.compat import engine  # Two that are the same do not need it.

    return engine.compare(old, new, policy or Policy())
