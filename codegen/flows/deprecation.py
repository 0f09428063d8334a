"""Old names in the next release of an SDK: those that a change takes away, and those
that have stayed long enough."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from codegen.compat.programs import RENAMED, ProgramChange
from codegen.release import Release, number, raised
from codegen.styles import OldName


def following(release: Release, bump: str, changes: Sequence[ProgramChange]) -> Release:
    """The next release: names that changes take away stay for a major version, those
    that were there go where it is time, and lead to what theirs are called now."""
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
    """What becomes of a name, or of that of its owner."""
    names = {c.old: c.new for c in changes if c.kind in RENAMED and c.old and c.new}

    def moved(name: str) -> str:
        owner, dot, last = name.partition(".")
        return names.get(name) or f"{names.get(owner, owner)}{dot}{last}"

    return moved
