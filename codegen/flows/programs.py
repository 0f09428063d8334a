"""What a comparison means to programs that use the package of a specification."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from codegen import frontend, sdk_changes
from codegen import python as python_sdk
from codegen.compat.programs import Programs
from codegen.config import Sdk
from codegen.diagnostics import Report, Severity
from codegen.flows import reading
from codegen.flows.garbage import uncollected
from codegen.ir import model as ir

DEEP = "the schemas refer to each other through too many levels"


def of_pair(
    old: tuple[frontend.Loaded, Sdk],
    new: tuple[frontend.Loaded, Sdk],
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
        return Programs(reason=DEEP)


def unsound(reports: Sequence[Report]) -> str:
    """Why no package can be made of one of the versions, or of both: generation refuses
    what is only a warning where versions are compared. A glob that matches nothing in
    one of them is the change itself."""
    failing = [
        name
        for name, own in zip(("old", "new"), reports, strict=True)
        if any(
            item.severity is Severity.ERROR and item.code != "no-match" for item in own
        )
    ]
    if not failing:
        return ""
    each = "the old and the new version have" if len(failing) > 1 else ""
    subject = each or f"the {failing[0]} version has"
    return f"{subject} errors, so that no package can be generated"
