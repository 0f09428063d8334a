"""A comparison arranged for people: sections, groups, excerpts of both files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from codegen.compat import rules
from codegen.compat.findings import Comparison, Finding, Verdict, Witness
from codegen.compat.report import programs
from codegen.compat.report.causes import DIRECTIONS, SOME, causes, few, places_of, said
from codegen.compat.report.places import Excerpt, Sides, excerpt
from codegen.compat.rules.rule import Rule
from codegen.escaping import json_text
from codegen.ir import model as ir

_WITNESS: Final = 400
_MUCH: Final = 8


@dataclass(frozen=True, slots=True)
class Group:
    """The same change in one or more schemas. The first stands for all. `lists` are
    the names of which `places` and `affected` tell some only, under their headings;
    `line` is where it stands, in the new file if it is there."""

    rule: str
    title: str
    explanation: str
    verdict: str
    direction: str
    message: str
    places: str
    lists: tuple[tuple[str, tuple[str, ...]], ...]
    line: str
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

    @property
    def opened(self) -> Group | None:
        """What is shown without being asked for, of what somebody has to act on."""
        return self.groups[0] if self.groups and self.verdict != "compatible" else None

    @property
    def folded(self) -> bool:
        """Whether there is much in it that asks nothing of anybody."""
        return self.verdict == "compatible" and len(self.groups) > _MUCH


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


def arrange(comparison: Comparison, sides: Sides) -> View:
    """The view of a comparison."""
    maker = _Maker(sides)
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
        _called(comparison.old, sides.old_name) or "old version",
        _called(comparison.new, sides.new_name) or "new version",
        comparison.verdict.value,
        comparison.bump,
        tuple((DIRECTIONS[d], v.value) for d, v in comparison.directions.items()),
        tuple(sections),
        not comparison.all_findings,
        comparison.contradictions,
        few(dict.fromkeys(finding.rule for finding in comparison.suppressed)),
        comparison.release,
        programs.arrange(comparison.programs),
    )


def _called(title: str, name: str) -> str:
    """A version by its title and by the file or revision that it is."""
    return f"{title} ({name})" if title and name else title or name


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

    def __init__(self, sides: Sides) -> None:
        self._sides = sides

    def section(
        self, title: str, advice: str, verdict: str, found: list[Finding]
    ) -> Section:
        made = tuple(self._group(many) for many in causes(found, together=True))
        return Section(title, advice, verdict, len(found), made)

    def _group(self, many: list[Finding]) -> Group:
        first = many[0]
        schemas = dict.fromkeys(f.schema for f in many)
        places = places_of(many)
        old = excerpt(self._sides.old, first.old)
        new = excerpt(self._sides.new, first.new)
        affected = tuple(dict.fromkeys(name for f in many for name in f.affected))
        witness = first.witness
        if witness is not None and witness.value == first.schema:
            witness = None  # It says no more than the place.
        about = first.about
        return Group(
            first.rule,
            about.title,
            about.explanation,
            "accepted" if first.accepted else first.verdict.value,
            DIRECTIONS[first.direction.value if first.direction else ""],
            said(many),
            few(places),
            tuple(
                (f"All {len(names)} {what}", names)
                for what, names in (("places", places), ("reached", affected))
                if len(names) > SOME
            ),
            f"{place.file}:{place.line}" if (place := new or old) else "",
            len(places),
            old,
            new,
            _shown(witness),
            witness.schema if witness else "",
            _says(witness),
            _shown(first.carried),
            first.carried.schema if first.carried else "",
            few(affected) if affected != tuple(schemas) else "",
            first.reason,
            first.hint,
        )


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
