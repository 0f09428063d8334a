"""What people have decided about problems of a specification: accepted, or of another
severity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from codegen.diagnostics import CODES, Diagnostic, Report, Severity, Span
from codegen.linter.codes import RULES
from codegen.linter.places import NOWHERE, Place
from codegen.suppressions import ERROR, OFF, WARN, Accepted, Catalogue

CATALOGUE: Final = Catalogue(
    frozenset((*CODES, *RULES)), {"file": (), "schema": (), "pointer": ()}, "code"
)
"""An entry accepts a problem by its file, its schema, and its place in either."""

UNREADABLE: Final = frozenset(
    ("read", "syntax", "dialect", "too-large", "no-match", "config", "severity")
)
"""Codes of errors that leave nothing to judge, so that nobody can accept them."""

_SEVERITIES: Final = {ERROR: Severity.ERROR, WARN: Severity.WARNING}


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A problem that is not to be shown, and why: somebody has `accepted` it for a
    while, or it is off."""

    diagnostic: Diagnostic
    reason: str
    accepted: bool


def leaves_nothing(item: Diagnostic) -> bool:
    """Whether a problem keeps a specification from being judged."""
    return item.code in UNREADABLE and item.severity is Severity.ERROR


def accept(
    report: Report, accepted: Accepted, places: Mapping[Span, Place]
) -> list[Suppressed]:
    """Take what is accepted out of a report."""
    found = []
    for item in report:
        names = places.get(item.span, NOWHERE).names(item.span)
        entry = accepted.entry(item.code, names)
        if entry is not None and not leaves_nothing(item):
            report.drop(item)
            found.append(Suppressed(item, entry.promise, True))
    return found


def rate(report: Report, levels: Mapping[str, str]) -> list[Suppressed]:
    """Give the problems of a report the severities that people want, and take out what
    is off."""
    found = []
    for item in report:
        level = levels.get(item.code)
        if level is None or leaves_nothing(item):
            continue
        report.drop(item)
        if level == OFF:
            found.append(Suppressed(item, "its severity is off", False))
        else:
            report.put(replace(item, severity=_SEVERITIES[level]))
    return found
