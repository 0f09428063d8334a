"""Documents that a schema accepts, or that it only just rejects.

`Builder` makes the smallest document of any schema, and a full one. `near_misses`
changes a document in all the small ways that matter. Whether these are valid is for
`codegen.oracle` to say.
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
