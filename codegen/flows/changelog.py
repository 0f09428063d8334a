"""The changelog of an SDK, for those who use the package: an entry for each release."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from codegen.compat import Comparison, Verdict, rules
from codegen.compat.findings import Finding
from codegen.compat.programs import RENAMED, Kind, ProgramChange
from codegen.compat.report.causes import causes, place_of, said
from codegen.escaping import code, in_turns, legible
from codegen.release import Release, number
from codegen.styles import OldName

_HEADING: Final = re.compile(r"(?m)^## ")


def with_entry(text: str, package: str, entry: str) -> str:
    """The text of a changelog with a new entry above the earlier ones. What an update
    that was broken off has written is there already."""
    text = text or f"# Changes of {package}\n"
    latest = _HEADING.search(text)
    if latest and text.startswith(entry.rstrip(), latest.start()):
        return text
    at = latest.start() if latest else len(text)
    gap = "" if latest else "\n"
    return f"{text[:at]}{gap}{entry}\n{text[at:]}".rstrip() + "\n"


def entry(comparison: Comparison, was: Release, now: Release) -> str:
    """The entry of a release: what programs have to do, what changed on the wire (the
    worst first), and what is new."""
    programs = comparison.programs
    changes = programs.changes if programs else ()
    lines = [f"## {now.version}", "", *_documents(comparison)]
    if programs and programs.reason:
        lines += [f"What changes for programs is not known: {programs.reason}.", ""]
    lines += _section("To do in programs", _to_do(changes, was, now))
    lines += _wire(comparison)
    lines += _new([change for change in changes if not change.kind.breaks])
    return "\n".join(lines)


def _documents(comparison: Comparison) -> Iterator[str]:
    old, new = comparison.old, comparison.new
    if old != new:
        yield from (f"{code(old)} has become {code(new)}.", "")


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield from (f"### {title}", "", *found, "")


# --- what programs have to do ------------------------------------------------------

_GONE: Final = frozenset(
    {Kind.CLASS_REMOVED, Kind.ALIAS_REMOVED, Kind.ATTRIBUTE_REMOVED}
    | {Kind.MEMBER_REMOVED, Kind.SCHEMA_KEY_REMOVED}
    | {Kind.EVENT_TABLE_REMOVED, Kind.EVENT_KEY_REMOVED}
)
_GIVEN: Final = frozenset({Kind.REQUIRED_ARGUMENT_ADDED, Kind.ARGUMENT_REQUIRED})
_RENAMED: Final = frozenset(
    RENAMED
    | {Kind.EVENT_TABLE_RENAMED, Kind.EVENT_KEY_RENAMED}
    | {Kind.SCHEMA_KEY_RENAMED}
)
_TOLD: Final = _RENAMED | _GONE | _GIVEN


def _to_do(
    changes: Sequence[ProgramChange], was: Release, now: Release
) -> Iterator[str]:
    lasting = [c for c in changes if c.kind in RENAMED and c.lasts]
    until = max((name.until for name in now.names), key=number, default="")
    back = {change.new for change in changes}
    expired = [name for name in was.names if name.old not in back]
    for title, lines in (
        (f"Renamed; the old names warn, and go with {until}", _renamed(lasting)),
        ("Renamed", _renamed(c for c in changes if c.kind in _RENAMED and not c.lasts)),
        ("Old names that have been there long enough", _expired(expired, now)),
        ("Gone", _gone([c for c in changes if c.kind in _GONE])),
        ("To be given", _given(c for c in changes if c.kind in _GIVEN)),
        (
            "Of another type",
            _rest(c for c in changes if c.kind.breaks and c.kind not in _TOLD),
        ),
    ):
        if found := list(lines):
            yield from (f"- {title}:", *(f"  {line}" for line in found))


def _renamed(changes: Iterable[ProgramChange]) -> Iterator[str]:
    for change in changes:
        yield f"- {code(change.old or '')} is {code(change.new or '')}"


def _rest(changes: Iterable[ProgramChange]) -> Iterator[str]:
    yield from _together((_told(change), change.place) for change in changes)


def _expired(names: Iterable[OldName], now: Release) -> Iterator[str]:
    kept = {name.old for name in now.names}
    for name in names:
        if name.old not in kept:
            yield f"- {code(name.old)}, which is {code(name.new)}"


def _gone(changes: Sequence[ProgramChange]) -> Iterator[str]:
    yield from _by_owner(change.place for change in changes)
    taken = [change.place for change in changes if "is another" in change.advice]
    if taken:
        yield f"- something else is called so now: {_named(taken)}"


def _given(changes: Iterable[ProgramChange]) -> Iterator[str]:
    yield from _by_owner(change.new or change.place for change in changes)


_ONE: Final = re.compile(r"""Literal\[(?:'[^']*'|"[^"]*")\]""")
"""The type of a property that is always the same text."""


def _told(change: ProgramChange) -> tuple[str, ...]:
    """What to do about a change, in turns of words and code. All tags that became
    constants get the same sentence, so that they are listed together."""
    before, after = change.types or ("", "")
    if before == "str" and _ONE.fullmatch(after):
        return "expect the one value of its own instead of ", "str"
    return change.parts


def _together(said_of: Iterable[tuple[tuple[str, ...], str]]) -> Iterator[str]:
    """A line for each sentence, with everything that it is said of."""
    found: dict[tuple[str, ...], list[str]] = {}
    for what, place in said_of:
        found.setdefault(what, []).append(place)
    for what, places in found.items():
        yield f"- {_named(places)}: {in_turns(what)}"


def _named(names: Iterable[str]) -> str:
    return ", ".join(code(name) for name in dict.fromkeys(names))


def _by_owner(places: Iterable[str]) -> Iterator[str]:
    """A line for each owner, with the names that it has."""
    found: dict[str, list[str]] = {}
    for place in places:
        owner, name = _parted(place)
        found.setdefault(owner, []).append(name)
    if alone := found.pop("", None):
        yield f"- {_named(alone)}"
    for owner, names in found.items():
        yield f"- of {code(owner)}: {_named(names)}"


def _parted(place: str) -> tuple[str, str]:
    """The owner of something and its name: `A` and `b` of `A.b`, `EVENTS['A']` and
    `'b'` of `EVENTS['A']['b']`."""
    if place.endswith("]"):
        owner, _, key = place.rpartition("[")
        return owner, key.removesuffix("]")
    owner, _, name = place.rpartition(".")
    return owner, name


# --- the wire ----------------------------------------------------------------------

_SECTIONS: Final = {
    Verdict.BREAKING: "Breaking on the wire",
    Verdict.RISKY: "Survived by tolerant readers only",
    Verdict.UNKNOWN: "Not known to be harmless",
    Verdict.COMPATIBLE: "Compatible",
}

_OF_SCHEMAS: Final = (rules.SCHEMA_ADDED, rules.SCHEMA_REMOVED, rules.SCHEMA_RENAMED)
_WHOLE: Final = ("Operations", "Events")
"""Families of rules whose harmless findings are listed, too."""


def _wire(comparison: Comparison) -> Iterator[str]:
    """What changed on the wire, by verdict and cause. Harmless findings are only
    counted, except those on operations and events; what is new for programs has a
    section of its own."""
    for verdict, title in _SECTIONS.items():
        found = [one for one in comparison.findings if one.verdict is verdict]
        counted = [one for one in found if _is_counted(one)]
        told = [one for one in found if not _is_counted(one)]
        # What two directions have in common is one thing to say.
        lines = dict.fromkeys(_line(many) for many in causes(told))
        yield from _section(title, [*lines, *_counts(counted)])


def _is_counted(finding: Finding) -> bool:
    about = finding.about
    asks = about.family.startswith(_WHOLE) or about is rules.DEPRECATED
    harmless = finding.verdict is Verdict.COMPATIBLE
    return harmless and (about in _OF_SCHEMAS or not asks)


def _line(many: list[Finding]) -> str:
    first = many[0]
    places = [one.operation or place_of(one) for one in many]
    names = _named(places if any(places) else ())
    what = legible(said(many) or first.about.title)
    return f"- {names}{': ' if names else ''}{what} (`{first.about.id}`)"


def _counts(findings: Sequence[Finding]) -> Iterator[str]:
    counted = Counter(finding.about.id for finding in findings)
    if counted:
        parts = (f"{number} {code(rule)}" for rule, number in sorted(counted.items()))
        yield f"- {', '.join(parts)}"


# --- what is new -------------------------------------------------------------------

_NEW: Final[Mapping[Kind, str]] = {
    Kind.CLASS_ADDED: "Classes",
    Kind.ALIAS_ADDED: "Names of types",
    Kind.ATTRIBUTE_ADDED: "Attributes",
    Kind.MEMBER_ADDED: "Members",
    Kind.EVENT_TABLE_ADDED: "Tables of events",
    Kind.EVENT_KEY_ADDED: "Events",
    Kind.TYPE_WIDENED: "More values or classes than before",
}


def _new(changes: Sequence[ProgramChange]) -> Iterator[str]:
    lines: list[str] = []
    for kind, title in _NEW.items():
        places = [change.place for change in changes if change.kind is kind]
        shown = _LISTING.get(kind, _by_owner)(places)
        lines += (f"- {title}{line.removeprefix('-')}" for line in shown)
    yield from _section("New for programs", lines)


def _alone(places: Iterable[str]) -> Iterator[str]:
    named = _named(places)
    if named:
        yield f"-: {named}"


_LISTING: Final[Mapping[Kind, Callable[[Iterable[str]], Iterator[str]]]] = {
    Kind.CLASS_ADDED: _alone,
    Kind.ALIAS_ADDED: _alone,
    Kind.TYPE_WIDENED: _alone,
    Kind.EVENT_TABLE_ADDED: _alone,
}
