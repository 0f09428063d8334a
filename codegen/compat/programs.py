"""What a new version asks of programs that use the generated package, as frozen data.

The comparison of the wire knows nothing of Python; who compares two packages
(`codegen.sdk_changes`) adds this to what it found.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_BUMPS: Final = ("none", "patch", "minor", "major", "unknown")
"""From the least to the most; what is not known may be anything."""

ADDITIONS: Final = frozenset(
    [
        "class-added",
        "alias-added",
        "attribute-added",
        "member-added",
        "type-widened",
        "event-table-added",
        "event-key-added",
    ]
)
"""The kinds of changes that a program need not notice. All others break some."""


def greater(*bumps: str) -> str:
    """The greatest of several version numbers to raise; what is not known asks for a
    major one."""
    found = max(bumps, key=_BUMPS.index)
    return "major" if found == "unknown" else found


@dataclass(frozen=True, slots=True)
class ProgramChange:
    """One thing that a program sees, what it was called and what it is called; None
    where there is none.

    `advice` says what to do about it. `types` are what it was and what it is, where
    that is what changed: annotations, kinds of definitions, classes, values.
    """

    kind: str
    old: str | None
    new: str | None
    advice: str
    types: tuple[str, str] | None = None

    @property
    def bump(self) -> str:
        """The version number that this change alone asks to raise."""
        return "minor" if self.kind in ADDITIONS else "major"

    @property
    def place(self) -> str:
        """What it is about: its old name if it has one."""
        return self.old or self.new or ""


@dataclass(frozen=True, slots=True)
class Programs:
    """All of it, what breaks programs first.

    `same` tells whether the two packages come from documents of one meaning; `reason`
    why nothing is known, where one of the packages cannot be made.
    """

    changes: tuple[ProgramChange, ...] = ()
    same: bool = False
    reason: str = ""

    @property
    def bump(self) -> str:
        """The version number to raise for the sake of programs: what only changes what
        is said or checked is a patch."""
        if self.reason:
            return "unknown"
        least = "none" if self.same else "patch"
        return greater(least, *(change.bump for change in self.changes))
