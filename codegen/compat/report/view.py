"""A comparison arranged for people: sections, groups, excerpts of both files."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import Final, Protocol

from codegen.compat import rules
from codegen.compat.findings import Comparison, Finding, Verdict, Witness
from codegen.compat.report import programs
from codegen.compat.report.programs import few
from codegen.compat.rules.rule import Rule
from codegen.diagnostics import Span
from codegen.escaping import json_text
from codegen.ir import model as ir

_WITNESS: Final = 400


class Workspace(Protocol):
    """What a report needs of the files of one version."""

    def span(self, document: str, pointer: str, *, key: bool = False) -> Span:
        """Where a value stands."""
        ...

    def line(self, span: Span) -> str:
        """The source line of a place."""
        ...


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A place in one version's file with its line of text."""

    span: str
    file: str
    line: int
    column: int
    text: str


@dataclass(frozen=True, slots=True)
class Group:
    """The same change in one or more schemas. The first stands for all."""

    rule: str
    title: str
    explanation: str
    verdict: str
    direction: str
    message: str
    places: str
    count: int
    old: Excerpt | None
    new: Excerpt | None
    witness: str
    witness_schema: str
    witness_says: str
    carried: str
    carried_schema: str
    affected: str
    reason: str
    hint: str


@dataclass(frozen=True, slots=True)
class Section:
    """Findings that ask the same of a reader."""

    title: str
    advice: str
    verdict: str
    count: int
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class View:
    """A whole report."""

    old: str
    new: str
    verdict: str
    bump: str
    directions: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    empty: bool
    internal: tuple[str, ...]
    suppressed: str
    release: str
    programs: programs.ProgramsView | None


_DIRECTIONS: Final = {
    "client_to_server": "client → server",
    "server_to_client": "server → client",
    "unknown": "either direction",
    "": "reaching the server",
}

_ANY: Final = "any"

_SECTIONS: Final = (
    (
        "Change what you send",
        "A new server rejects these documents of old clients.",
        Verdict.BREAKING,
        ir.Direction.CLIENT_TO_SERVER,
    ),
    (
        "Change what you read",
        "A new server may send these documents, and old clients reject them.",
        Verdict.BREAKING,
        ir.Direction.SERVER_TO_CLIENT,
    ),
    (
        "Change both sides",
        "What one side writes the other rejects, whoever it is.",
        Verdict.BREAKING,
        ir.Direction.UNKNOWN,
    ),
    (
        "Change how you reach the server",
        "Old clients no longer get there, or are not let in.",
        Verdict.BREAKING,
        None,
    ),
    (
        "Tolerate what is new",
        "A client that keeps unknown values and events survives these.",
        Verdict.RISKY,
        _ANY,
    ),
    (
        "Check by hand",
        "Neither proved harmless nor shown to do harm.",
        Verdict.UNKNOWN,
        _ANY,
    ),
)


def arrange(comparison: Comparison, old: Workspace, new: Workspace) -> View:
    """The view of a comparison."""
    maker = _Maker(old, new)
    sections = [
        maker.section(title, advice, verdict.value, found)
        for title, advice, verdict, direction in _SECTIONS
        if (found := _chosen(comparison, verdict, direction))
    ]
    accepted = [f for f in comparison.findings if f.accepted]
    if accepted:
        advice = "These no longer count until the day that is given."
        sections.append(maker.section("Accepted", advice, "accepted", accepted))
    safe = [
        f
        for f in comparison.findings
        if f.verdict is Verdict.COMPATIBLE and not f.accepted
    ]
    for title, advice, which in (
        ("Deprecated", "Works still; prepare to leave it.", _DEPRECATIONS),
        ("New and changed, harmless", "Proved to break nothing.", None),
        ("Documentation", "Says nothing to programs.", _DOCUMENTATION),
    ):
        found = [f for f in safe if _belongs(f, which)]
        if found:
            sections.append(maker.section(title, advice, "compatible", found))
    return View(
        comparison.old,
        comparison.new,
        comparison.verdict.value,
        comparison.bump,
        tuple((_DIRECTIONS[d], v.value) for d, v in comparison.directions.items()),
        tuple(sections),
        not comparison.all_findings,
        comparison.contradictions,
        few(dict.fromkeys(finding.rule for finding in comparison.suppressed)),
        comparison.release,
        programs.arrange(comparison.programs),
    )


_DEPRECATIONS: Final = frozenset({rules.EVENT_DEPRECATED, rules.DEPRECATED})
_DOCUMENTATION: Final = frozenset(
    {
        rules.DOCUMENTATION_CHANGED,
        rules.SCHEMA_ADDED,
        rules.SCHEMA_REMOVED,
        rules.SCHEMA_RENAMED,
        rules.OPERATION_ID_CHANGED,
        rules.PATH_PARAMETER_RENAMED,
        rules.UNUSED_COMPONENT_CHANGED,
        rules.SECURITY_SCHEME_ADDED,
        rules.SECURITY_SCHEME_REMOVED,
        rules.VERSION_TOO_SMALL,
    }
)


def _belongs(finding: Finding, which: frozenset[Rule] | None) -> bool:
    if which is None:
        told = finding.words or finding.about in _DEPRECATIONS | _DOCUMENTATION
        return not told
    return finding.about in which or (finding.words and which is _DOCUMENTATION)


def _chosen(
    comparison: Comparison, verdict: Verdict, direction: ir.Direction | str | None
) -> list[Finding]:
    return [
        f
        for f in comparison.findings
        if f.verdict is verdict and (direction == _ANY or f.direction is direction)
    ]


class _Maker:
    """Builds groups; knows the files of both versions."""

    def __init__(self, old: Workspace, new: Workspace) -> None:
        self._old = old
        self._new = new

    def section(
        self, title: str, advice: str, verdict: str, found: list[Finding]
    ) -> Section:
        groups: dict[tuple[object, ...], list[Finding]] = {}
        for finding in found:
            groups.setdefault(_alike(finding), []).append(finding)
        ordered = sorted(groups.values(), key=_weight)
        made = tuple(self._group(many) for many in ordered)
        return Section(title, advice, verdict, len(found), made)

    def _group(self, many: list[Finding]) -> Group:
        first = many[0]
        schemas = dict.fromkeys(f.schema for f in many)
        places = dict.fromkeys(place_of(f) for f in many)
        affected = dict.fromkeys(name for f in many for name in f.affected)
        about = first.about
        return Group(
            first.rule,
            about.title,
            about.explanation,
            first.verdict.value,
            _DIRECTIONS[first.direction.value if first.direction else ""],
            _said(many),
            few(places),
            len(many),
            excerpt(self._old, first.old),
            excerpt(self._new, first.new),
            _shown(first.witness),
            first.witness.schema if first.witness else "",
            _says(first.witness),
            _shown(first.carried),
            first.carried.schema if first.carried else "",
            few(affected) if list(affected) != list(schemas) else "",
            first.reason,
            first.hint,
        )


def _said(many: list[Finding]) -> str:
    """What happened, once for all findings of a group."""
    first = many[0]
    if first.verdict is Verdict.COMPATIBLE and first.about in _SUMMED:
        return ""
    if first.about in _LISTED:
        return "; ".join(dict.fromkeys(f.message for f in many))
    return first.message


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


def _weight(many: list[Finding]) -> tuple[int, int]:
    """Events before operations before the rest; otherwise as they come."""
    family = many[0].about.family
    return (0 if family.startswith(("Operations", "Events")) else 1, 0)


def _shown(witness: Witness | None) -> str:
    if witness is None:
        return ""
    short = _abridged(witness.value)
    text = json_text(short)
    if len(text) > _WITNESS:
        return f"{text[:_WITNESS]}… ({len(text)} characters)"
    return text


def _abridged(value: ir.Json) -> ir.Json:
    """A document with its long strings cut, for display only."""
    match value:
        case str() if len(value) > 60:
            return f"{value[:20]}… ({len(value)} characters)"
        case list():
            return [_abridged(item) for item in value]
        case dict():
            return {name: _abridged(item) for name, item in value.items()}
        case _:
            return value


def _says(witness: Witness | None) -> str:
    if witness is None:
        return ""
    words = {True: "accepts", False: "rejects"}
    return f"old {words[witness.old_accepts]}, new {words[witness.new_accepts]}"


def excerpt(workspace: Workspace, location: ir.Location | None) -> Excerpt | None:
    """The line on which a place stands; None for no place."""
    if location is None:
        return None
    try:
        span = workspace.span(location.document, location.pointer, key=True)
    except KeyError:
        return None
    text = workspace.line(span).strip()
    short = textwrap.shorten(text, 100, placeholder=" …") if text else ""
    return Excerpt(str(span), span.file, span.line, span.column, short)
