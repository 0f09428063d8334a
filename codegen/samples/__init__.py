"""Documents that a schema accepts or only just rejects, and an independent judge.

`Builder` makes the smallest and a full document of any schema, `near_misses`
changes a document in all the small ways that matter, and `Oracle` says what is
valid, by a validator that this project did not write.
"""

from __future__ import annotations

from codegen.samples.build import DEFAULT_BUDGET, Builder, Judge
from codegen.samples.containers import NoSample
from codegen.samples.edits import REMOVED, Edit
from codegen.samples.near import NearMiss, near_misses
from codegen.samples.oracle import Oracle, Undecided

__all__ = [
    "DEFAULT_BUDGET",
    "REMOVED",
    "Builder",
    "Edit",
    "Judge",
    "NearMiss",
    "NoSample",
    "Oracle",
    "Undecided",
    "near_misses",
]
