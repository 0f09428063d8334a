"""Findings by their cause: what one change does in many places is said once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from codegen.compat import rules
from codegen.compat.findings import Finding, Verdict
from codegen.suppressions import ERROR, WARN

SOME: Final = 8
"""How many names are told in a line."""


def place_of(finding: Finding) -> str:
    """Schema and place as people write them: `Session.tools[].name`."""
    text = finding.schema
    tokens = finding.pointer.split("/")[1:]
    while tokens:
        match tokens:
            case ["properties", name, *rest]:
                text += "." + name.replace("~1", "/").replace("~0", "~")
                tokens = rest
            case ["items", *rest]:
                text += "[]"
                tokens = rest
            case ["additionalProperties", *rest]:
                text += "{}"
                tokens = rest
            case [token, *rest]:
                text += f"/{token}"
                tokens = rest
    return text


def said(many: list[Finding]) -> str:
    """What happened, once for all findings of a group."""
    first = many[0]
    if first.verdict is Verdict.COMPATIBLE and first.about in _SUMMED:
        return ""
    if first.about in _LISTED:
        return _joined(first, list(dict.fromkeys(f.message for f in many)))
    return first.message


def _joined(first: Finding, messages: list[str]) -> str:
    """Messages of one rule; what all of them end in is said once."""
    end, heading = _ENDS.get(first.about, ("", ""))
    if len(messages) < 2 or not end:
        return "; ".join(messages)
    return f"{heading}: {', '.join(m.removesuffix(end) for m in messages)}"


def _alike(finding: Finding) -> tuple[object, ...]:
    """Findings with the same key are reported once."""
    if finding.verdict is Verdict.COMPATIBLE and finding.about in _SUMMED:
        return (finding.rule,)
    if finding.about in _LISTED:
        return (finding.rule, finding.direction, finding.schema, finding.pointer)
    last = finding.pointer.rsplit("/", 1)[-1]
    if finding.about in _NULLS:
        last = ""
    return (finding.rule, finding.direction, finding.message, last)


_NULLS: Final = frozenset({rules.NULL_ALLOWED, rules.NULL_FORBIDDEN})
"""Rules whose message is the same everywhere: all places are reported in one go."""


_SUMMED: Final = frozenset(
    {
        rules.SCHEMA_ADDED,
        rules.SCHEMA_REMOVED,
        rules.DOCUMENTATION_CHANGED,
        rules.OPERATION_ADDED,
        rules.MESSAGE_ADDED,
    }
)
"""Harmless rules of which all findings are reported in one line."""


_LISTED: Final = frozenset(
    {
        rules.EVENT_ADDED,
        rules.EVENT_REMOVED,
        rules.UNION_BRANCH_ADDED,
        rules.UNION_BRANCH_REMOVED,
        rules.OPERATION_ADDED,
    }
)
"""Rules of which all findings at one place are reported in one go."""


_ENDS: Final = {
    rules.UNION_BRANCH_ADDED: (" is a further branch", "further branches"),
    rules.UNION_BRANCH_REMOVED: (" is no longer a branch", "no longer branches"),
}
"""What messages of a rule end in, and what several of them begin with instead."""


def causes(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Findings by their cause, what needs attention first: errors by the severity that
    people gave, whole operations and events, and then what reaches the most."""
    alike: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        alike.setdefault(_alike(finding), []).append(finding)
    merged: dict[tuple[object, ...], list[Finding]] = {}
    for key, many in alike.items():
        if many[0].about in _LISTED:
            key = (many[0].rule, many[0].direction, said(many))
        merged.setdefault(key, []).extend(many)
    return sorted(merged.values(), key=_weight)


def _weight(many: Sequence[Finding]) -> tuple[int, ...]:
    first = many[0]
    whole = first.about.family.startswith(("Operations", "Events"))
    reached = {name for f in many for name in (*f.affected, f.operation) if name}
    places = {(f.schema, f.pointer) for f in many}
    severity = _SEVERITIES.get(first.severity, 1)
    return (-first.verdict.badness, severity, not whole, -len(reached), -len(places))


_SEVERITIES: Final = {ERROR: 0, WARN: 2}


DIRECTIONS: Final = {
    "client_to_server": "client → server",
    "server_to_client": "server → client",
    "unknown": "either direction",
    "": "reaching the server",
}


def few(names: Iterable[str]) -> str:
    """Some names and how many more there are."""
    every = list(names)
    shown = ", ".join(every[:SOME])
    more = len(every) - SOME
    return f"{shown} and {more} more" if more > 0 else shown
