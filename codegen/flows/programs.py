"""What a comparison means for programs that use the generated package."""

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
    """What changes from the package of the old version to that of the new one.

    `partner` maps named schemas of the old version to those that they became; `same`
    tells whether the documents mean the same. Both packages are decided as for
    generation. Where that is not possible, the result has the reason and no changes.
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
