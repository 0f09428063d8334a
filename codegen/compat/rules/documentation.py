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

NOT_COMPARED: Final = Rule(
    "not-compared",
    "Undecided",
    "W/W",
    "Something differs that no rule judges",
    (
        "The comparison knows no meaning of this place. Counts like a breaking change"
        " for the version number, until somebody has looked."
    ),
    "a binding that is not known: `mqtt.qos`",
)

UNUSED_COMPONENT_CHANGED: Final = Rule(
    "unused-component-changed",
    "Documentation",
    "-/-",
    "A component changed that nothing uses",
    "No operation and no channel leads to it.",
    "`components/parameters/Old` is gone",
)

KNOWN_VALUE_ADDED: Final = Rule(
    "known-value-added",
    "Documentation",
    "S/S",
    "A value was added to those that an open enumeration knows",
    "Readers of an open enumeration take any value.",
    "`x-extensible-enum: [a]` → `[a, b]`",
)

KNOWN_VALUE_REMOVED: Final = Rule(
    "known-value-removed",
    "Documentation",
    "D/S",
    "A value was removed from those that an open enumeration knows",
    "It is still taken, but may no longer be understood.",
    "`x-extensible-enum: [a, b]` → `[a]`",
    hint="stop sending the value",
)

VERSION_TOO_SMALL: Final = Rule(
    "version-too-small",
    "Documentation",
    "-/-",
    "The version moved less than the changes ask for",
    "`info.version` promises more than is kept.",
    "`1.2.0` → `1.2.1` with a removed operation",
)
