"""Arrays, objects and maps."""

from __future__ import annotations

from typing import Final

from codegen.compat.rules.rule import Rule

MIN_ITEMS_INCREASED: Final = Rule(
    "min-items-increased",
    "Arrays",
    "B/S",
    "Arrays must be longer",
    "`minItems` went up.",
    "`minItems: 1` → `minItems: 2`",
)

MIN_ITEMS_DECREASED: Final = Rule(
    "min-items-decreased",
    "Arrays",
    "S/B",
    "Arrays may be shorter",
    "`minItems` went down or away.",
    "`minItems: 2` → `minItems: 1`",
)

MAX_ITEMS_DECREASED: Final = Rule(
    "max-items-decreased",
    "Arrays",
    "B/S",
    "Arrays must be shorter",
    "`maxItems` went down or was added.",
    "`maxItems: 9` → `maxItems: 4`",
)

MAX_ITEMS_INCREASED: Final = Rule(
    "max-items-increased",
    "Arrays",
    "S/B",
    "Arrays may be longer",
    "`maxItems` went up or away.",
    "`maxItems: 4` → `maxItems: 9`",
)

UNIQUE_ITEMS_ADDED: Final = Rule(
    "unique-items-added",
    "Arrays",
    "B/S",
    "Items may not repeat",
    "`uniqueItems` was set.",
    "none → `uniqueItems: true`",
)

UNIQUE_ITEMS_REMOVED: Final = Rule(
    "unique-items-removed",
    "Arrays",
    "S/B",
    "Items may repeat",
    "`uniqueItems` was unset.",
    "`uniqueItems: true` → none",
)

ITEMS_ADDED: Final = Rule(
    "items-added",
    "Arrays",
    "B/S",
    "Items must have a certain shape",
    "Items were anything before.",
    "none → `items: {type: string}`",
)

ITEMS_REMOVED: Final = Rule(
    "items-removed",
    "Arrays",
    "S/B",
    "Items may be anything",
    "They had a certain shape before.",
    "`items: {type: string}` → none",
)

PREFIX_ITEMS_CHANGED: Final = Rule(
    "prefix-items-changed",
    "Arrays",
    "W/W",
    "The first items changed",
    "`prefixItems` gained or lost entries.",
    "`prefixItems: [A]` → `prefixItems: [A, B]`",
)

CONTAINS_CHANGED: Final = Rule(
    "contains-changed",
    "Arrays",
    "W/W",
    "What an array must contain changed",
    "`contains`, `minContains` or `maxContains` changed.",
    "`minContains: 1` → `minContains: 2`",
)

ADDITIONAL_PROPERTIES_CLOSED: Final = Rule(
    "additional-properties-closed",
    "Objects and maps",
    "S/S",
    "An object was closed",
    (
        "Senders that write declared properties only notice nothing; those that"
        " write others break."
    ),
    "none → `additionalProperties: false`",
)

ADDITIONAL_PROPERTIES_OPENED: Final = Rule(
    "additional-properties-opened",
    "Objects and maps",
    "S/S",
    "An object was opened",
    "Senders that write declared properties only notice nothing.",
    "`additionalProperties: false` → none",
)

MAP_VALUES_ADDED: Final = Rule(
    "map-values-added",
    "Objects and maps",
    "B/S",
    "Values of a map must have a certain shape",
    "They were anything before.",
    "none → `additionalProperties: {type: string}`",
)

MAP_VALUES_REMOVED: Final = Rule(
    "map-values-removed",
    "Objects and maps",
    "S/B",
    "Values of a map may be anything",
    "They had a certain shape before.",
    "`additionalProperties: {type: string}` → none",
)

PROPERTY_ONCE_IN_MAP: Final = Rule(
    "property-once-in-map",
    "Objects and maps",
    "B/B",
    "A property of a map got a schema of its own",
    "Old senders wrote it with the schema of the map.",
    (
        "`additionalProperties: {type: string}` beside `properties: {n: {type:"
        " integer}}`, new"
    ),
)

PATTERN_PROPERTIES_CHANGED: Final = Rule(
    "pattern-properties-changed",
    "Objects and maps",
    "W/W",
    "Properties by pattern changed",
    "`patternProperties` gained, lost or changed an entry.",
    "none → `patternProperties: {^x-: {type: string}}`",
)

PROPERTY_NAMES_CHANGED: Final = Rule(
    "property-names-changed",
    "Objects and maps",
    "W/W",
    "Names of properties are judged otherwise",
    "`propertyNames` changed.",
    "none → `propertyNames: {maxLength: 64}`",
)

MIN_PROPERTIES_INCREASED: Final = Rule(
    "min-properties-increased",
    "Objects and maps",
    "B/S",
    "Objects need more properties",
    "`minProperties` went up.",
    "none → `minProperties: 1`",
)

MIN_PROPERTIES_DECREASED: Final = Rule(
    "min-properties-decreased",
    "Objects and maps",
    "S/B",
    "Objects need fewer properties",
    "`minProperties` went down or away.",
    "`minProperties: 1` → none",
)

MAX_PROPERTIES_DECREASED: Final = Rule(
    "max-properties-decreased",
    "Objects and maps",
    "B/S",
    "Objects may have fewer properties",
    "`maxProperties` went down or was added.",
    "none → `maxProperties: 16`",
)

MAX_PROPERTIES_INCREASED: Final = Rule(
    "max-properties-increased",
    "Objects and maps",
    "S/B",
    "Objects may have more properties",
    "`maxProperties` went up or away.",
    "`maxProperties: 16` → `32`",
)

DEPENDENT_REQUIRED_CHANGED: Final = Rule(
    "dependent-required-changed",
    "Objects and maps",
    "W/W",
    "A property asks for others",
    "`dependentRequired` changed.",
    "none → `dependentRequired: {card: [address]}`",
)

DEPENDENT_SCHEMAS_CHANGED: Final = Rule(
    "dependent-schemas-changed",
    "Objects and maps",
    "W/W",
    "A property asks for another shape",
    "`dependentSchemas` changed.",
    "none → `dependentSchemas: {card: {required: [address]}}`",
)

UNEVALUATED_CHANGED: Final = Rule(
    "unevaluated-changed",
    "Objects and maps",
    "W/W",
    "What stays unevaluated is judged otherwise",
    "`unevaluatedProperties` or `unevaluatedItems` changed.",
    "none → `unevaluatedProperties: false` beside `anyOf`",
)
