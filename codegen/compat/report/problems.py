"""What somebody has to act on, where programs show it: beside the lines of a change.

Annotations of GitHub and SARIF mark the new version, by paths from the root of the
repository, since that is what is there to be marked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Final

from codegen import sarif
from codegen.compat.findings import Comparison, Finding, Verdict
from codegen.compat.report.causes import (
    DIRECTIONS,
    causes,
    few,
    place_of,
    places_of,
    said,
)
from codegen.compat.report.places import Sides, attached
from codegen.compat.rules.rule import Rule
from codegen.diagnostics import Span
from codegen.escaping import Commands, command, json_text
from codegen.sarif import Rule as SarifRule
from codegen.suppressions import ERROR, WARN

_WITNESS: Final = 500


_LEVELS: Final[dict[Verdict, sarif.Level]] = {
    Verdict.BREAKING: "error",
    Verdict.RISKY: "warning",
    Verdict.UNKNOWN: "warning",
}
_SEVERITIES: Final[dict[str, sarif.Level]] = {ERROR: "error", WARN: "warning"}


def _level(finding: Finding) -> sarif.Level | None:
    """How much a finding matters; None for what needs nobody."""
    return _SEVERITIES.get(finding.severity) or _LEVELS.get(finding.verdict)


def _open(comparison: Comparison) -> list[list[Finding]]:
    """What needs somebody, by its cause."""
    return causes(f for f in comparison.findings if _level(f))


def _message(many: list[Finding]) -> list[str]:
    """What to say of findings with one cause: lines."""
    first = many[0]
    places = few(places_of(many))
    ways = dict.fromkeys(f.direction.value if f.direction else "" for f in many)
    told = ", ".join(DIRECTIONS[way] for way in ways)
    lines = [f"{places}: {said(many) or first.message} ({told})"]
    if first.witness is not None:
        text = json_text(first.witness.value)
        more = f"… ({len(text)} characters)" if len(text) > _WITNESS else ""
        lines.append(f"{text[:_WITNESS]}{more}")
    advice = "" if first.accepted else first.hint
    return lines + [text for text in (first.reason, advice) if text]


# --- GitHub ------------------------------------------------------------------------

_SHOWN: Final = 10
"""GitHub shows as many annotations of a kind for a step, and drops the others."""


def commands(comparison: Comparison, sides: Sides) -> Commands:
    """Workflow commands that mark lines of the new version, one for each cause, and
    one that tells of those beyond what GitHub shows."""
    made: list[str] = []
    shown: Counter[str] = Counter()
    left: list[list[Finding]] = []
    for many in _open(comparison):
        level = _level(many[0]) or "warning"
        shown[level] += 1
        if shown[level] > _SHOWN:
            left.append(many)
            continue
        title = f"{many[0].verdict.value}: {many[0].rule}"
        properties = {**_where(attached(sides, many[0])), "title": title}
        made.append(command(level, properties, _message(many)))
    if left:
        made.append(command("notice", {"title": "codegen diff"}, [_rest(left)]))
    return Commands("".join(made))


def _where(span: Span) -> dict[str, object]:
    if not span.file or "://" in span.file:
        return {}  # Nothing that GitHub could mark.
    return {"file": span.file, "line": span.line, "col": span.column}


def _rest(left: list[list[Finding]]) -> str:
    counts = Counter(_level(many[0]) for many in left)
    told = " and ".join(
        f"{count} more {level}{'' if count == 1 else 's'}"
        for level, count in counts.items()
    )
    rules = few(dict.fromkeys(many[0].rule for many in left))
    return f"{told} ({rules}); --format markdown has them all"


# --- SARIF -------------------------------------------------------------------------


def log(comparison: Comparison, sides: Sides, version: str) -> dict[str, Any]:
    """The log of a comparison: what needs somebody, and what was accepted."""
    judged = not comparison.contradictions
    return sarif.log(version, list(_results(comparison, sides)), judged=judged)


def _results(comparison: Comparison, sides: Sides) -> Iterator[sarif.Result]:
    """A result for each cause and each line that it stands on."""
    for many in _open(comparison):
        level = _level(many[0]) or "warning"
        yield from _placed(many, level, sides)
    for many in causes(f for f in comparison.findings if f.accepted):
        if not _level(many[0]):
            yield from _placed(many, "note", sides)


def _placed(
    many: Iterable[Finding], level: sarif.Level, sides: Sides
) -> Iterator[sarif.Result]:
    at: dict[Span, list[Finding]] = {}
    for finding in many:
        at.setdefault(attached(sides, finding), []).append(finding)
    for span, mine in at.items():
        first = mine[0]
        yield sarif.Result(
            _rule(first.about),
            level,
            "; ".join(_message(mine)),
            span,
            place_of(first),
            first.hint if first.accepted else "",
        )


_USUALLY: Final[dict[str, sarif.Level]] = {"B": "error", "D": "warning", "W": "warning"}


def _rule(rule: Rule) -> SarifRule:
    help_ = f"{rule.title}. {rule.explanation} Example: {rule.example}."
    usual = {_USUALLY.get(side, "note") for side in rule.usual.split("/")}
    level: sarif.Level = "note"
    for worse in ("warning", "error"):
        level = worse if worse in usual else level
    return SarifRule(rule.id, rule.title, help_, level)
