"""What says nothing to programs, and what could not be decided."""

from __future__ import annotations

from typing import Final

from codegen.compat.rules.rule import Rule

DEFAULT_CHANGED: Final = Rule(
    "default-changed",
    "Documentation",
    "S/S",
    "A default changed",
    "Documents stay valid; what an absent property stands for changed.",
    "`default: 1` → `default: 2`",
)

DOCUMENTATION_CHANGED: Final = Rule(
    "documentation-changed",
    "Documentation",
    "-/-",
    "Documentation changed",
    "Titles, descriptions, examples or annotations.",
    "`description` was rewritten",
)

DEPRECATED: Final = Rule(
    "deprecated",
    "Documentation",
    "S/S",
    "Something is deprecated",
    "It still works; prepare to leave it.",
    "`deprecated: true`",
)

UNDEPRECATED: Final = Rule(
    "undeprecated",
    "Documentation",
    "-/-",
    "Something is no longer deprecated",
    "The warning was withdrawn.",
    "`deprecated: true` → none",
)

CANNOT_DECIDE: Final = Rule(
    "cannot-decide",
    "Undecided",
    "W/W",
    "Neither proved nor refuted",
    (
        "The reason says what stood in the way. Counts like a breaking change"
        " for the version number."
    ),
    "two different regular expressions with lookarounds",
)
