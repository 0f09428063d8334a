"""What people have decided about findings: accepted, or of another severity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from codegen.compat.findings import Comparison, Finding, Verdict
from codegen.compat.rules import RULES
from codegen.suppressions import OFF, Accepted, Catalogue

CATALOGUE: Final = Catalogue(
    RULES,
    {
        "schema": (),
        "pointer": (),
        "direction": ("client_to_server", "server_to_client"),
    },
)
"""An entry accepts a finding by its schema, its place in there and its direction."""


def apply(
    comparison: Comparison, accepted: Accepted, levels: Mapping[str, str]
) -> Comparison:
    """The comparison as people want it judged.

    An accepted finding stays as compatible, with the reason, so that reports still
    show it. A severity changes whether a finding fails a run and whether it is shown,
    and never the verdict.
    """
    findings: list[Finding] = []
    suppressed: list[Finding] = []
    for finding in comparison.findings:
        judged = replace(
            _accepted(finding, accepted), severity=levels.get(finding.rule, "")
        )
        (suppressed if judged.severity == OFF else findings).append(judged)
    return replace(comparison, findings=tuple(findings), suppressed=tuple(suppressed))


def _accepted(finding: Finding, accepted: Accepted) -> Finding:
    where = {
        "schema": (finding.schema,),
        "pointer": (finding.pointer,),
        "direction": (finding.direction.value,) if finding.direction else (),
    }
    entry = accepted.entry(finding.rule, where)
    if entry is None or finding.verdict is Verdict.COMPATIBLE:
        return finding
    return replace(
        finding, verdict=Verdict.COMPATIBLE, hint=entry.promise, accepted=True
    )
