"""Findings by their cause: what one change does in many places is said once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from codegen.compat import rules
from codegen.compat.findings import Finding, Verdict
from codegen.source.pointer import unescape
from codegen.suppressions import ERROR, WARN

SOME: Final = 8
"""How many names are told in a line."""


def places_of(many: Iterable[Finding]) -> tuple[str, ...]:
    """Where the findings of a group are: those of several members at what has them."""
    found = list(many)
    members = [member for finding in found if (member := _member(finding))]
    if len(members) == len(found) and len({member.name for member in members}) > 1:
        return tuple(dict.fromkeys(_written(*member.owner) for member in members))
    return tuple(dict.fromkeys(place_of(f) for f in found))


def place_of(finding: Finding) -> str:
    """Schema and place as people write them: `Session.tools[].name`."""
    return _written(finding.schema, finding.pointer)


def _written(schema: str, pointer: str) -> str:
    text = schema
    tokens = pointer.split("/")[1:]
    while tokens:
        match tokens:
            case ["properties", name, *rest]:
                text += "." + unescape(name)
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
        return _joined(list(dict.fromkeys(f.message for f in many)))
    member = _member(first)
    names = dict.fromkeys(other.name for one in many if (other := _member(one)))
    if member is None or len(names) < 2:
        return first.message
    listed = few(names) if first.verdict is Verdict.COMPATIBLE else ", ".join(names)
    became = member.became
    became = f"were{became.removeprefix('was')}" if became[:4] == "was " else became
    return f"{member.kind.replace('property', 'propertie')}s {listed} {became}"


def _joined(messages: list[str]) -> str:
    """Messages of one place; what several of them end in is said once."""
    said: dict[str, list[str]] = {}
    for message in messages:
        end = next((end for end in _ENDS if message.endswith(end)), "")
        said.setdefault(end or message, []).append(message.removesuffix(end))
    return "; ".join(
        f"{_ENDS[end]}: {', '.join(many)}" if len(many) > 1 else f"{many[0]}{end}"
        for end, many in ((e if e in _ENDS else "", m) for e, m in said.items())
    )


@dataclass(frozen=True, slots=True)
class _Member:
    """A property or a parameter that a finding is about: what it is, its name, what it
    became, and the schema and place of what has it."""

    kind: str
    name: str
    became: str
    owner: tuple[str, str]


_PROPERTY: Final = re.compile(r"((?:\w+ )?property) ('.*') ((?:was|became) \w+)")
_PARAMETER: Final = re.compile(r"((?:\w+ )+parameter) (\S+) (was .*)")


def _member(finding: Finding) -> _Member | None:
    """What a finding is about, if that may be told with others of the same object or
    operation."""
    if finding.verdict is Verdict.UNKNOWN:
        return None
    if finding.about in _PROPERTIES:
        found = _PROPERTY.fullmatch(finding.message)
        owner, _, place = finding.pointer.rpartition("/properties/")
        if found is None or not finding.pointer or "/" in place:
            return None
        kind, name, became = found.groups()
        return _Member(kind, name, became, (finding.schema, owner))
    if finding.about in _PARAMETERS and not finding.pointer:
        found = _PARAMETER.fullmatch(finding.message)
        kind, name, became = found.groups() if found else ("", "", "")
        return _Member(kind, name, became, (finding.schema, "")) if found else None
    return None


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


_TYPES: Final = frozenset({rules.TYPE_WIDENED, rules.TYPE_NARROWED})
"""Rules of types, which are told of the properties of one name."""


_LISTED: Final = frozenset(
    {
        rules.EVENT_ADDED,
        rules.EVENT_REMOVED,
        rules.UNION_BRANCH_ADDED,
        rules.UNION_BRANCH_REMOVED,
        rules.TYPE_WIDENED,
        rules.TYPE_NARROWED,
        rules.OPERATION_ADDED,
    }
)
"""Rules of which all findings at one place are reported in one go."""


_PROPERTIES: Final = frozenset(
    {
        rules.PROPERTY_ADDED,
        rules.PROPERTY_REMOVED,
        rules.PROPERTY_BECAME_OPTIONAL,
        rules.PROPERTY_BECAME_REQUIRED,
        rules.REQUIRED_PROPERTY_ADDED,
        rules.REQUIRED_PROPERTY_REMOVED,
    }
)
"""Rules of which all findings about the properties of one object are reported in one
go, where reports are read by people."""


_PARAMETERS: Final = frozenset(
    {rules.PARAMETER_ADDED, rules.REQUIRED_PARAMETER_ADDED, rules.PARAMETER_REMOVED}
)
"""The same of the parameters of one operation."""


_ENDS: Final = {
    " is a further branch": "further branches",
    " is no longer a branch": "no longer branches",
    " is no longer allowed": "no longer allowed",
    " is allowed": "allowed",
}
"""What messages end in, and what several of them begin with instead."""


def causes(findings: Iterable[Finding], together: bool = False) -> list[list[Finding]]:
    """Findings by their cause, what needs attention first: errors by the severity that
    people gave, whole operations and events, and then what reaches the most. What
    became of several members of one object alike is `together` one cause."""
    alike: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        alike.setdefault(_alike(finding), []).append(finding)
    merged: dict[tuple[object, ...], list[Finding]] = {}
    for key, many in alike.items():
        first = many[0]
        if first.about in _LISTED:
            last = first.pointer.rsplit("/", 1)[-1] if first.about in _TYPES else ""
            key = (first.rule, first.direction, said(many), last)
        elif together and (member := _member(first)):
            owners = tuple((one.schema, one.pointer.rpartition("/")[0]) for one in many)
            told = (first.rule, first.direction, first.severity, first.reason)
            key = (*told, member.kind, member.became, owners)
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
