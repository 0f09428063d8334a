"""What changed between two versions of a specification, and whom it breaks."""

from codegen.compat.engine import compare, unchanged
from codegen.compat.findings import Comparison, Finding, Policy, Verdict, Witness

__all__ = [
    "Comparison",
    "Finding",
    "Policy",
    "Verdict",
    "Witness",
    "compare",
    "unchanged",
]
