"""What a comparison means to programs that use the package of a specification."""

from __future__ import annotations

from collections.abc import Mapping

from codegen import frontend, sdk_changes
from codegen import python as python_sdk
from codegen.compat.programs import Programs
from codegen.config import Sdk
from codegen.flows import depths, reading
from codegen.flows.garbage import uncollected
from codegen.ir import model as ir


def of_pair(
    old: tuple[frontend.Outline, Sdk],
    new: tuple[frontend.Outline, Sdk],
    partner: Mapping[ir.SchemaId, ir.SchemaId],
    *,
    same: bool,
) -> Programs:
    """What changes from the package of one version to that of the other.

    `partner` has the named schemas that are each other; `same` tells whether the
    documents mean the same. It is made from what generation decides, and where that
    cannot be done, nothing is known.
    """
    try:
        with uncollected():
            before, after = (
                python_sdk.decide(loaded.module, reading.settings(sdk))
                for loaded, sdk in (old, new)
            )
            return Programs(sdk_changes.compare(before, after, partner), same)
    except RecursionError:
        return Programs(reason=depths.MESSAGE)
