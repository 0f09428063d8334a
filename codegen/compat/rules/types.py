"""Types and values."""

from __future__ import annotations

from typing import Final

from codegen.compat.rules.rule import Rule

TYPE_WIDENED: Final = Rule(
    "type-widened",
    "Types",
    "S/B",
    "More types are allowed",
    "Old readers meet values of a type that they do not expect.",
    "`type: string` → `type: [string, integer]`",
)

TYPE_NARROWED: Final = Rule(
    "type-narrowed",
    "Types",
    "B/S",
    "Fewer types are allowed",
    "Old senders may write a value of a type that is no longer read.",
    "`type: number` → `type: integer`",
)

TYPE_CHANGED: Final = Rule(
    "type-changed",
    "Types",
    "B/B",
    "The type was replaced",
    "Nothing that was valid is valid still.",
    "`type: string` → `type: integer`",
)

NULL_ALLOWED: Final = Rule(
    "null-allowed",
    "Types",
    "S/B",
    "Null is allowed",
    "Old readers do not expect it.",
    '`type: string` → `type: [string, "null"]`',
)

NULL_FORBIDDEN: Final = Rule(
    "null-forbidden",
    "Types",
    "B/S",
    "Null is no longer allowed",
    "Old senders may still write it.",
    "`nullable: true` is gone",
)

ENUM_VALUE_ADDED: Final = Rule(
    "enum-value-added",
    "Values",
    "S/D",
    "A value was added to an enumeration",
    "Readers of the old version do not know it; a tolerant one keeps it as it is.",
    "`enum: [a, b]` → `enum: [a, b, c]`",
    survivable=True,
    hint="decode enumerations tolerantly",
)

ENUM_VALUE_REMOVED: Final = Rule(
    "enum-value-removed",
    "Values",
    "B/S",
    "A value was removed from an enumeration",
    "Old senders may still write it.",
    "`enum: [a, b]` → `enum: [a]`",
)

ENUM_CLOSED: Final = Rule(
    "enum-closed",
    "Values",
    "B/S",
    "Values were confined to a list",
    "What was any value is now one of a few.",
    "`type: string` → `type: string, enum: [a, b]`",
)

ENUM_OPENED: Final = Rule(
    "enum-opened",
    "Values",
    "S/B",
    "A list of values was opened",
    "Any value may come now.",
    "`enum: [a, b]` → `type: string`",
)

OPEN_ENUM_CHANGED: Final = Rule(
    "open-enum-changed",
    "Values",
    "-/-",
    "The known values of an open list changed",
    "The list beside `type: string` is a hint; nothing was or is rejected.",
    "`anyOf: [{type: string}, {enum: [a]}]` → `…{enum: [a, b]}…`",
)

CONST_CHANGED: Final = Rule(
    "const-changed",
    "Values",
    "B/B",
    "A constant was changed",
    "The only value is another one.",
    "`const: 1` → `const: 2`",
)
