"""What is reported when one of two versions that are compared has errors."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from codegen.config import Sdk
from codegen.diagnostics import Diagnostic, Report, Severity
from codegen.flows import reading
from codegen.source.workspace import shown_path

NO_NAMES: Final[Mapping[str, str]] = MappingProxyType({})


def take(
    reports: Sequence[Report],
    sdk: Sdk,
    report: Report,
    names: Mapping[str, str] = NO_NAMES,
) -> None:
    """Report what is wrong with the versions. `names` are those of the files of the old
    one, with those that they have in the new one.

    Errors do not keep versions from being compared: what they leave open counts as
    unknown, so they are reported as warnings. Three kinds stay errors. A glob that
    matches nothing in either version, and an overlay that has no use in either, mean
    that something else than what was asked for would be compared. And a version beyond
    the limits is not compared, as it is not generated from.

    What is wrong with an overlay in both versions is said once, of the new one.
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
            again = own is not reports[-1] and item.span.file in overlays
            if again and reports[-1].knows(renamed(item, names)):
                continue
            if _said(item) not in nowhere and item.code != "too-large":
                item = replace(item, severity=Severity.WARNING)
            report.put(item)


def renamed(item: Diagnostic, names: Mapping[str, str]) -> Diagnostic:
    """The same problem where files have other names."""
    if not names:
        return item
    every = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    named = re.compile(rf"(?<!\S)({every})(?=[\s:;,]|$)")
    message = named.sub(lambda found: names[found[1]], item.message)
    span = replace(item.span, file=names.get(item.span.file, item.span.file))
    return replace(item, message=message, span=span)


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
