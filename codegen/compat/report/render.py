"""Comparisons as text: for terminals, programs, release notes, browsers, builds."""

from __future__ import annotations

from typing import Final

from codegen.compat.findings import Comparison, Finding, Witness
from codegen.compat.programs import ProgramChange, Programs
from codegen.compat.report import problems
from codegen.compat.report.places import Excerpt, Sides, excerpt
from codegen.compat.report.view import arrange
from codegen.escaping import Painted, json_text, painted
from codegen.ir import model as ir
from codegen.render import report

FORMATS: Final = ("text", "json", "markdown", "html", "github", "sarif")


def render(
    comparison: Comparison,
    form: str,
    sides: Sides,
    *,
    version: str = "",
    colour: bool = False,
) -> str:
    """A comparison in one of `FORMATS`, ending in a line break.

    `version` is that of the program. Workflow commands, and text in `colour`, are
    marked as such by their type. Raises ValueError for another format.
    """
    match form:
        case "json":
            return json_text(as_json(comparison, sides), indent=2) + "\n"
        case "github":
            return problems.commands(comparison, sides)
        case "sarif":
            return json_text(problems.log(comparison, sides, version), indent=2) + "\n"
        case "text":
            paint = painted if colour else _plain
            text = report("text", view=arrange(comparison, sides), paint=paint)
            return Painted(text) if colour else text
        case "markdown" | "html":
            return report(form, view=arrange(comparison, sides))
        case _:
            raise ValueError(f"no format {form!r}; there are {', '.join(FORMATS)}")


def _plain(style: str, *parts: str) -> str:
    return "".join(parts)


# --- JSON --------------------------------------------------------------------------


def as_json(comparison: Comparison, sides: Sides) -> dict[str, ir.Json]:
    """The result as the contract has it, with a few keys more."""
    return {
        "verdict": comparison.verdict.value,
        "bump": comparison.bump,
        "directions": {d: v.value for d, v in comparison.directions.items()},
        "release": comparison.release,
        "sdk": _programs(comparison.programs),
        "findings": [_finding(finding, sides) for finding in comparison.findings],
        "suppressed": [_finding(finding, sides) for finding in comparison.suppressed],
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


def _finding(finding: Finding, sides: Sides) -> dict[str, ir.Json]:
    return {
        "rule": finding.rule,
        "verdict": finding.verdict.value,
        "direction": finding.direction and finding.direction.value,
        "schema": finding.schema,
        "operation": finding.operation or None,
        "pointer": finding.pointer,
        "message": finding.message,
        "old": _place(excerpt(sides.old, finding.old)),
        "new": _place(excerpt(sides.new, finding.new)),
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
