"""What is wrong with two versions of a specification that are compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from codegen.config import Sdk
from codegen.diagnostics import Diagnostic, Report, Severity
from codegen.flows import reading
from codegen.source.workspace import shown_path


def take(reports: Sequence[Report], sdk: Sdk, report: Report) -> None:
    """Take over what is wrong with the versions. Errors in them do not keep them from
    being compared: what they leave open is unknown, and they are reported as warnings.
    But where a glob matches nothing in either, or an overlay is of use for neither,
    it is not what was asked for that would be compared, and what goes beyond the limits
    is compared no more than it is generated."""
    overlays = _shown_overlays(sdk)
    unmatched = [
        {
            _said(item)
            for item in own
            if item.severity is Severity.ERROR
            and (item.code == "no-match" or item.span.file in overlays)
        }
        for own in reports
    ]
    nowhere = set.intersection(*unmatched) if unmatched else set()
    for own in reports:
        for item in own:
            if _said(item) not in nowhere and item.code != "too-large":
                item = replace(item, severity=Severity.WARNING)
            report.put(item)


def _said(item: Diagnostic) -> str:
    """A message without advice, which differs with the version."""
    return item.message.partition(";")[0]


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


def _shown_overlays(sdk: Sdk) -> frozenset[str]:
    """What the files of overlays are called in problems."""
    return frozenset(map(shown_path, reading.overlays(sdk)))
