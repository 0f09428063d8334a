"""Comparisons as text: for a terminal, programs, release notes, browsers, GitHub."""

from __future__ import annotations

from typing import Final

from codegen.compat.findings import Comparison, Finding, Verdict, Witness
from codegen.compat.programs import ProgramChange, Programs
from codegen.compat.report.view import Excerpt, Workspace, arrange, excerpt
from codegen.escaping import Commands, command, json_text
from codegen.ir import model as ir
from codegen.render import report

FORMATS: Final = ("text", "json", "markdown", "html", "github")


def render(
    comparison: Comparison,
    format: str,
    *,
    old_workspace: Workspace,
    new_workspace: Workspace,
) -> str:
    """A comparison in one of `FORMATS`, ending in a line break.

    The workspaces turn places into lines. Workflow commands are marked as such by
    their type. Raises ValueError for another format.
    """
    match format:
        case "json":
            data = as_json(comparison, old_workspace, new_workspace)
            return json_text(data, indent=2) + "\n"
        case "github":
            annotations = (
                _annotation(finding, old_workspace, new_workspace)
                for finding in comparison.findings
                if _level(finding)
            )
            return Commands("".join(annotations))
        case "text" | "markdown" | "html":
            view = arrange(comparison, old_workspace, new_workspace)
            return report(format, view=view)
        case _:
            raise ValueError(f"no format {format!r}; there are {', '.join(FORMATS)}")


# --- JSON --------------------------------------------------------------------------


def as_json(
    comparison: Comparison, old_workspace: Workspace, new_workspace: Workspace
) -> dict[str, ir.Json]:
    """The result as the contract has it, with a few keys more."""
    return {
        "verdict": comparison.verdict.value,
        "bump": comparison.bump,
        "directions": {d: v.value for d, v in comparison.directions.items()},
        "release": comparison.release,
        "sdk": _programs(comparison.programs),
        "findings": [
            _finding(finding, old_workspace, new_workspace)
            for finding in comparison.findings
        ],
        "suppressed": [
            _finding(finding, old_workspace, new_workspace)
            for finding in comparison.suppressed
        ],
        "old": comparison.old,
        "new": comparison.new,
        "judged": comparison.judged,
        "undecided": comparison.undecided,
    }


def _programs(programs: Programs | None) -> ir.Json:
    if programs is None:
        return None
    return {
        "bump": programs.bump,
        "changes": [_change(change) for change in programs.changes],
        "reason": programs.reason,
    }


def _change(change: ProgramChange) -> ir.Json:
    old_type, new_type = change.types or (None, None)
    return {
        "kind": change.kind.value,
        "old": change.old,
        "new": change.new,
        "advice": change.advice,
        "bump": change.bump,
        "old_type": old_type,
        "new_type": new_type,
    }


def _finding(finding: Finding, old: Workspace, new: Workspace) -> dict[str, ir.Json]:
    return {
        "rule": finding.rule,
        "verdict": finding.verdict.value,
        "direction": finding.direction and finding.direction.value,
        "schema": finding.schema,
        "operation": finding.operation or None,
        "pointer": finding.pointer,
        "message": finding.message,
        "old": _place(excerpt(old, finding.old)),
        "new": _place(excerpt(new, finding.new)),
        "witness": _witness(finding.witness),
        "title": finding.about.title,
        "affected": list(finding.affected),
        "carried": _witness(finding.carried),
        "hint": finding.hint,
        "reason": finding.reason,
        "accepted": finding.accepted,
        "severity": finding.severity or None,
    }


def _place(found: Excerpt | None) -> ir.Json:
    if found is None:
        return None
    return {"file": found.file, "line": found.line, "column": found.column}


def _witness(witness: Witness | None) -> ir.Json:
    if witness is None:
        return None
    return {
        "schema": witness.schema,
        "value": witness.value,
        "old_accepts": witness.old_accepts,
        "new_accepts": witness.new_accepts,
    }


# --- GitHub ------------------------------------------------------------------------

_LEVELS: Final = {
    Verdict.BREAKING: "error",
    Verdict.RISKY: "warning",
    Verdict.UNKNOWN: "warning",
}
_SEVERITIES: Final = {"error": "error", "warn": "warning"}


def _annotation(finding: Finding, old: Workspace, new: Workspace) -> Commands:
    """A workflow command that marks a line of the new file, or else of the old one."""
    place = excerpt(new, finding.new) or excerpt(old, finding.old)
    properties: dict[str, object] = {}
    if place is not None:
        properties |= {"file": place.file, "line": place.line, "col": place.column}
    properties["title"] = f"{finding.verdict.value}: {finding.rule}"
    said = [f"{finding.schema}{finding.pointer}: {finding.message}"]
    if finding.witness is not None:
        said.append(json_text(finding.witness.value)[:500])
    if finding.reason:
        said.append(finding.reason)
    return command(_level(finding), properties, said)


def _level(finding: Finding) -> str:
    """How much an annotation matters; empty for what needs none."""
    return _SEVERITIES.get(finding.severity) or _LEVELS.get(finding.verdict, "")
