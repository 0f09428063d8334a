"""Properties of objects."""

from __future__ import annotations

from typing import Final

from codegen.compat.rules.rule import Rule

PROPERTY_ADDED: Final = Rule(
    "property-added",
    "Properties",
    "S/S",
    "An optional property was added",
    "Open readers ignore it; a reader that closed its object rejects it.",
    "`properties: {speed: {type: number}}` is new",
)

REQUIRED_PROPERTY_ADDED: Final = Rule(
    "required-property-added",
    "Properties",
    "B/S",
    "A required property was added",
    "Old senders do not write it.",
    "`required: [name]` → `required: [name, owner]` with `owner` new",
    hint="make it optional with a default to stay compatible",
)

REQUIRED_PROPERTY_ADDED_WITH_DEFAULT: Final = Rule(
    "required-property-added-with-default",
    "Properties",
    "B/S",
    "A required property with a default was added",
    (
        "The schema still rejects documents without it; a server may fill in"
        " the default, but nothing says that it does."
    ),
    "`owner: {default: me}` is new and required",
    hint="leave it out of `required`: the default already says what its absence means",
)

PROPERTY_REMOVED: Final = Rule(
    "property-removed",
    "Properties",
    "S/S",
    "An optional property was removed",
    "An open reader ignores what old senders still write; a closed one rejects it.",
    "`properties: {speed: …}` is gone",
)

REQUIRED_PROPERTY_REMOVED: Final = Rule(
    "required-property-removed",
    "Properties",
    "S/B",
    "A required property was removed",
    "Readers of the old version wait for it in vain.",
    "`owner` is gone from `properties` and `required`",
)

PROPERTY_BECAME_REQUIRED: Final = Rule(
    "property-became-required",
    "Properties",
    "B/S",
    "An optional property became required",
    "Old senders may leave it out.",
    "`required: []` → `required: [name]`",
    hint="keep it optional to stay compatible",
)

PROPERTY_BECAME_OPTIONAL: Final = Rule(
    "property-became-optional",
    "Properties",
    "S/B",
    "A required property became optional",
    "Old readers may not find it.",
    "`required: [name]` → `required: []`",
)

REQUIRED_NAME_ADDED: Final = Rule(
    "required-name-added",
    "Properties",
    "B/S",
    "A name is required that no property declares",
    "Easily overlooked: the name stands in `required` only.",
    "`required: [id]` without `properties: {id: …}`",
)

REQUIRED_NAME_REMOVED: Final = Rule(
    "required-name-removed",
    "Properties",
    "S/B",
    "A name is no longer required that no property declares",
    "Old readers still ask for it.",
    "`required: [id]` → `required: []`, `id` undeclared",
)

PROPERTY_RENAMED: Final = Rule(
    "property-renamed",
    "Properties",
    "B/B",
    "A property was renamed",
    "One property went and another with the same schema came.",
    "`voice` → `voice_name`",
)

PROPERTY_FORBIDDEN: Final = Rule(
    "property-forbidden",
    "Properties",
    "B/S",
    "A property was forbidden",
    "Its schema became `false`.",
    "`legacy: {type: string}` → `legacy: false`",
)

PROPERTY_ALLOWED: Final = Rule(
    "property-allowed",
    "Properties",
    "S/B",
    "A forbidden property was allowed",
    "Its schema was `false`.",
    "`legacy: false` → `legacy: {type: string}`",
)

READ_ONLY_CHANGED: Final = Rule(
    "read-only-changed",
    "Properties",
    "S/S",
    "`readOnly` changed",
    "Who may write the property changed; documents stay valid.",
    "`readOnly: true` is new",
)

WRITE_ONLY_CHANGED: Final = Rule(
    "write-only-changed",
    "Properties",
    "S/S",
    "`writeOnly` changed",
    "Who may see the property changed; documents stay valid.",
    "`writeOnly: true` is new",
)
