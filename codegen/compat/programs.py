"""What a new version asks of programs that use the generated package, as frozen data.

The comparison of the wire knows nothing of Python; who compares two packages
(`codegen.sdk_changes`) adds this to what it found.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Final

_BUMPS: Final = ("none", "patch", "minor", "major", "unknown")
"""From the least to the most; what is not known may be anything."""


class Kind(enum.Enum):
    """What can change for a program."""

    CLASS_REMOVED = "class-removed"
    CLASS_RENAMED = "class-renamed"
    CLASS_ADDED = "class-added"
    ALIAS_REMOVED = "alias-removed"
    ALIAS_RENAMED = "alias-renamed"
    ALIAS_ADDED = "alias-added"
    KIND_CHANGED = "kind-changed"
    ATTRIBUTE_REMOVED = "attribute-removed"
    ATTRIBUTE_RENAMED = "attribute-renamed"
    ATTRIBUTE_ADDED = "attribute-added"
    REQUIRED_ARGUMENT_ADDED = "required-argument-added"
    ARGUMENT_REQUIRED = "argument-required"
    MEMBER_REMOVED = "member-removed"
    MEMBER_RENAMED = "member-renamed"
    MEMBER_VALUE_CHANGED = "member-value-changed"
    MEMBER_ADDED = "member-added"
    TYPE_CHANGED = "type-changed"
    TYPE_WIDENED = "type-widened"
    EVENT_TABLE_REMOVED = "event-table-removed"
    EVENT_TABLE_RENAMED = "event-table-renamed"
    EVENT_TABLE_ADDED = "event-table-added"
    EVENT_KEY_REMOVED = "event-key-removed"
    EVENT_KEY_RENAMED = "event-key-renamed"
    EVENT_KEY_ADDED = "event-key-added"
    EVENT_CLASS_CHANGED = "event-class-changed"
    SCHEMA_KEY_REMOVED = "schema-key-removed"
    SCHEMA_KEY_RENAMED = "schema-key-renamed"

    @property
    def breaks(self) -> bool:
        """Whether some program has to be changed; what is only added concerns none."""
        return self is not Kind.TYPE_WIDENED and (
            self is Kind.REQUIRED_ARGUMENT_ADDED or not self.value.endswith("-added")
        )


RENAMED: Final = frozenset(
    {Kind.CLASS_RENAMED, Kind.ALIAS_RENAMED}
    | {Kind.ATTRIBUTE_RENAMED, Kind.MEMBER_RENAMED}
)
"""What may be had under its old name, too."""


def greater(*bumps: str) -> str:
    """The greatest of several version numbers to raise; what is not known asks for a
    major one."""
    found = max(bumps, key=_BUMPS.index)
    return "major" if found == "unknown" else found


_MARK: Final = "\0"


def spelled(text: str) -> str:
    """Something that is code in what is told of a change."""
    return f"{_MARK}{text}{_MARK}"


def told(sentence: str, *code: str) -> str:
    """A sentence about a change, with code in its gaps."""
    return sentence.format(*map(spelled, code))


@dataclass(frozen=True, slots=True)
class ProgramChange:
    """One thing that a program sees, what it was called and what it is called; None
    where there is none.

    `told` says what to do about it, with code as `spelled` marks it. `types` are what
    it was and what it is, where that is what changed: annotations, kinds of
    definitions, classes, values. `lasts` tells whether something that was renamed can
    have its old name, too.
    """

    kind: Kind
    old: str | None
    new: str | None
    told: str
    types: tuple[str, str] | None = None
    lasts: bool = False

    @property
    def advice(self) -> str:
        """What to do about it, as plain text."""
        return self.told.replace(_MARK, "")

    @property
    def parts(self) -> tuple[str, ...]:
        """The same in turns of words and code."""
        return tuple(self.told.split(_MARK))

    @property
    def bump(self) -> str:
        """The version number that this change alone asks to raise."""
        return "major" if self.kind.breaks else "minor"

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
