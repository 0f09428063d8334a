"""Documents that a schema accepts or only just rejects.

`Builder` makes the smallest and a full document of any schema, `near_misses`
changes a document in all the small ways that matter. What is valid of these,
`codegen.oracle` says.
"""

from __future__ import annotations

from codegen.samples.build import DEFAULT_BUDGET, Builder
from codegen.samples.containers import NoSample
from codegen.samples.edits import REMOVED, Edit
from codegen.samples.near import NearMiss, near_misses

__all__ = [
    "DEFAULT_BUDGET",
    "REMOVED",
    "Builder",
    "Edit",
    "NearMiss",
    "NoSample",
    "near_misses",
]
