"""What is reported when one of two versions that are compared has errors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from codegen.config import Sdk
from codegen.diagnostics import Diagnostic, Report, Severity
from codegen.flows import reading
from codegen.source.workspace import shown_path


def take(reports: Sequence[Report], sdk: Sdk, report: Report) -> None:
    """Report what is wrong with the versions.

    Errors do not keep versions from being compared: what they leave open counts as
    unknown, so they are reported as warnings. Three kinds stay errors. A glob that
    matches nothing in either version, and an overlay that has no use in either, mean
    that something else than what was asked for would be compared. And a version beyond
    the limits is not compared, as it is not generated from.
    """
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
    """The message without the advice behind it, which may differ between the
    versions."""
    return item.message.partition(";")[0]


def unsound(reports: Sequence[Report]) -> str:
    """Why no package can be generated from one of the versions, or from both; empty if
    one can. An error that comparing takes for a warning still stops generation. A glob
    that matches nothing in one version does not count: that is the change itself."""
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
    """The files of overlays, as diagnostics name them."""
    return frozenset(map(shown_path, reading.overlays(sdk)))
