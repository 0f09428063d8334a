"""The old names of an SDK's next release: those that a change takes away are added, and
those that have stayed long enough go."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from codegen.compat.programs import RENAMED, ProgramChange
from codegen.release import Release, number, raised
from codegen.styles import OldName


def following(release: Release, bump: str, changes: Sequence[ProgramChange]) -> Release:
    """The next release. Names that the changes take away stay until the next major
    version. Old names whose version has come go, and the others lead to what is there
    now."""
    version = raised(release.version, bump)
    until = raised(version, "major")
    moved = _moves(changes)
    kept = (replace(name, new=moved(name.new)) for name in release.names)
    found = {name.old: name for name in kept if number(name.until) > number(version)}
    for change in changes:
        if change.kind in RENAMED and change.lasts and change.old and change.new:
            found[change.old] = OldName(change.old, change.new, until)
    return Release(version, tuple(found.values()))


def _moves(changes: Iterable[ProgramChange]) -> Callable[[str], str]:
    """A function from a name to what it is called after the changes; an attribute also
    follows its renamed owner."""
    names = {c.old: c.new for c in changes if c.kind in RENAMED and c.old and c.new}

    def moved(name: str) -> str:
        owner, dot, last = name.partition(".")
        return names.get(name) or f"{names.get(owner, owner)}{dot}{last}"

    return moved
