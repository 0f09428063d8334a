"""The catalogue: every kind of change that the comparison knows.

A rule names a change from the old version to the new one. What it does to whom is
not looked up here but proved or shown by a document; `client_to_server` and
`server_to_client` say what is usual: B breaking, D risky, S safe, - no effect,
W by witness alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of change.

    `survivable` marks what a tolerant client survives when a server starts to send
    it. `patch` marks changes that say nothing to programs: they ask for a patch
    release at most.
    """

    id: str
    family: str
    title: str
    explanation: str
    example: str
    client_to_server: str
    server_to_client: str
    survivable: bool = False
    patch: bool = False


def _rule(
    id_: str, family: str, usual: str, title: str, explanation: str, example: str
) -> Rule:
    there, back = usual.split("/")
    return Rule(
        id_,
        family,
        title,
        explanation,
        example,
        there,
        back,
        survivable=id_ in SURVIVABLE,
        patch=usual == "-/-",
    )


SURVIVABLE: Final = frozenset(
    {"event-added", "event-renamed", "enum-value-added", "union-branch-added"}
)
"""What the contract calls risky, not breaking, where a server starts to send it."""

_E, _P, _T, _V = "Events and operations", "Properties", "Types", "Values"
_C, _A, _O = "Constraints", "Arrays", "Objects and maps"
_U, _D, _X = "Unions and logic", "Documentation", "Undecided"

_TABLE: Final = (
    _rule(
        "event-added", _E, "S/D", "An event was added",
        "A server that sends it meets clients that do not know its tag. A tolerant"
        " client passes it on as unknown; a strict one fails.",
        "`RealtimeServerEvent` gains a branch with `type: response.paused`",
    ),
    _rule(
        "event-removed", _E, "B/S", "An event was removed",
        "Clients that still send it are rejected. A server that no longer sends it"
        " disturbs nobody's parser.",
        "`RealtimeClientEvent` loses the branch with `type: response.cancel`",
    ),
    _rule(
        "event-renamed", _E, "B/D", "An event was renamed",
        "The tag changed while the schema stayed, or a new event has the shape of"
        " one that went. One finding, not a removal and an addition.",
        "`type: response.audio.delta` → `type: response.output_audio.delta`",
    ),
    _rule(
        "event-moved", _E, "B/B", "An event changed its direction",
        "What clients sent is now sent by the server, or the other way round.",
        "`session.update` leaves the client's events and joins the server's",
    ),
    _rule(
        "tag-property-changed", _E, "B/B", "Events are told apart by another property",
        "Every event carries its name elsewhere.",
        "`type: ping` → `event: ping`",
    ),
    _rule(
        "channel-added", _E, "S/S", "A channel of events was added",
        "Nobody listens there yet.",
        "`TranslationServerEvent` is new",
    ),
    _rule(
        "channel-removed", _E, "B/S", "A channel of events was removed",
        "Clients that send there are no longer understood.",
        "`TranslationClientEvent` is gone",
    ),
    _rule(
        "operation-added", _E, "S/S", "An operation was added",
        "Existing clients do not call it.",
        "`POST /sessions` is new",
    ),
    _rule(
        "operation-removed", _E, "B/S", "An operation was removed",
        "Clients that call it are rejected.",
        "`DELETE /sessions/{id}` is gone",
    ),
    _rule(
        "message-added", _E, "S/S", "A body was added to an operation",
        "A request or response carries a document for a status or media type that"
        " had none.",
        "`GET /sessions` gains a body for `404`",
    ),
    _rule(
        "message-removed", _E, "B/S", "A body was removed from an operation",
        "A request body that is no longer described is no longer read.",
        "`POST /sessions` loses its request body",
    ),
    _rule(
        "event-deprecated", _E, "S/S", "An event is deprecated",
        "It still works; prepare to leave it.",
        "`deprecated: true` on the payload",
    ),
    _rule(
        "schema-added", _E, "-/-", "A named schema was added",
        "On its own it changes no document; where it is used, that is reported there.",
        "`components/schemas/Usage` is new",
    ),
    _rule(
        "schema-removed", _E, "-/-", "A named schema was removed",
        "On its own it changes no document; where it was used, that is reported"
        " there. Code that imports its type must change.",
        "`components/schemas/Usage` is gone",
    ),
    _rule(
        "schema-renamed", _E, "-/-", "A named schema was renamed",
        "Its documents are compared under the new name; only the names of types"
        " change.",
        "`Session` → `RealtimeSession` with the same members",
    ),
    _rule(
        "property-added", _P, "S/S", "An optional property was added",
        "Open readers ignore it; a reader that closed its object rejects it.",
        "`properties: {speed: {type: number}}` is new",
    ),
    _rule(
        "required-property-added", _P, "B/S", "A required property was added",
        "Old senders do not write it.",
        "`required: [name]` → `required: [name, owner]` with `owner` new",
    ),
    _rule(
        "required-property-added-with-default", _P, "B/S",
        "A required property with a default was added",
        "The schema still rejects documents without it; a server may fill in the"
        " default, but nothing says that it does.",
        "`owner: {default: me}` is new and required",
    ),
    _rule(
        "property-removed", _P, "S/S", "An optional property was removed",
        "An open reader ignores what old senders still write; a closed one rejects"
        " it.",
        "`properties: {speed: …}` is gone",
    ),
    _rule(
        "required-property-removed", _P, "S/B", "A required property was removed",
        "Readers of the old version wait for it in vain.",
        "`owner` is gone from `properties` and `required`",
    ),
    _rule(
        "property-became-required", _P, "B/S", "An optional property became required",
        "Old senders may leave it out.",
        "`required: []` → `required: [name]`",
    ),
    _rule(
        "property-became-optional", _P, "S/B", "A required property became optional",
        "Old readers may not find it.",
        "`required: [name]` → `required: []`",
    ),
    _rule(
        "required-name-added", _P, "B/S", "A name is required that no property declares",
        "Easily overlooked: the name stands in `required` only.",
        "`required: [id]` without `properties: {id: …}`",
    ),
    _rule(
        "required-name-removed", _P, "S/B",
        "A name is no longer required that no property declares",
        "Old readers still ask for it.",
        "`required: [id]` → `required: []`, `id` undeclared",
    ),
    _rule(
        "property-renamed", _P, "B/B", "A property was renamed",
        "One property went and another with the same schema came.",
        "`voice` → `voice_name`",
    ),
    _rule(
        "property-forbidden", _P, "B/S", "A property was forbidden",
        "Its schema became `false`.",
        "`legacy: {type: string}` → `legacy: false`",
    ),
    _rule(
        "property-allowed", _P, "S/B", "A forbidden property was allowed",
        "Its schema was `false`.",
        "`legacy: false` → `legacy: {type: string}`",
    ),
    _rule(
        "read-only-changed", _P, "S/S", "`readOnly` changed",
        "Who may write the property changed; documents stay valid.",
        "`readOnly: true` is new",
    ),
    _rule(
        "write-only-changed", _P, "S/S", "`writeOnly` changed",
        "Who may see the property changed; documents stay valid.",
        "`writeOnly: true` is new",
    ),
    _rule(
        "type-widened", _T, "S/B", "More types are allowed",
        "Old readers meet values of a type that they do not expect.",
        "`type: string` → `type: [string, integer]`",
    ),
    _rule(
        "type-narrowed", _T, "B/S", "Fewer types are allowed",
        "Old senders may write a value of a type that is no longer read.",
        "`type: number` → `type: integer`",
    ),
    _rule(
        "type-changed", _T, "B/B", "The type was replaced",
        "Nothing that was valid is valid still.",
        "`type: string` → `type: integer`",
    ),
    _rule(
        "null-allowed", _T, "S/B", "Null is allowed",
        "Old readers do not expect it.",
        "`type: string` → `type: [string, \"null\"]`",
    ),
    _rule(
        "null-forbidden", _T, "B/S", "Null is no longer allowed",
        "Old senders may still write it.",
        "`nullable: true` is gone",
    ),
    _rule(
        "enum-value-added", _V, "S/D", "A value was added to an enumeration",
        "Readers of the old version do not know it; a tolerant one keeps it as it is.",
        "`enum: [a, b]` → `enum: [a, b, c]`",
    ),
    _rule(
        "enum-value-removed", _V, "B/S", "A value was removed from an enumeration",
        "Old senders may still write it.",
        "`enum: [a, b]` → `enum: [a]`",
    ),
    _rule(
        "enum-closed", _V, "B/S", "Values were confined to a list",
        "What was any value is now one of a few.",
        "`type: string` → `type: string, enum: [a, b]`",
    ),
    _rule(
        "enum-opened", _V, "S/B", "A list of values was opened",
        "Any value may come now.",
        "`enum: [a, b]` → `type: string`",
    ),
    _rule(
        "open-enum-changed", _V, "-/-", "The known values of an open list changed",
        "The list beside `type: string` is a hint; nothing was or is rejected.",
        "`anyOf: [{type: string}, {enum: [a]}]` → `…{enum: [a, b]}…`",
    ),
    _rule(
        "const-changed", _V, "B/B", "A constant was changed",
        "The only value is another one.",
        "`const: 1` → `const: 2`",
    ),
    _rule(
        "min-length-increased", _C, "B/S", "Strings must be longer", "`minLength` went up.",
        "`minLength: 1` → `minLength: 8`",
    ),
    _rule(
        "min-length-decreased", _C, "S/B", "Strings may be shorter",
        "`minLength` went down or away.", "`minLength: 8` → none",
    ),
    _rule(
        "max-length-decreased", _C, "B/S", "Strings must be shorter",
        "`maxLength` went down or was added.", "none → `maxLength: 512`",
    ),
    _rule(
        "max-length-increased", _C, "S/B", "Strings may be longer",
        "`maxLength` went up or away.", "`maxLength: 64` → `maxLength: 512`",
    ),
    _rule(
        "pattern-added", _C, "B/S", "Strings must match a pattern",
        "There was none.", "none → `pattern: '^[a-z]+$'`",
    ),
    _rule(
        "pattern-removed", _C, "S/B", "Strings need no longer match a pattern",
        "It was dropped.", "`pattern: '^[a-z]+$'` → none",
    ),
    _rule(
        "pattern-changed", _C, "W/W", "A pattern was changed",
        "Regular expressions are compared as languages where that is possible;"
        " a rewriting that means the same is no change.",
        "`pattern: '^[a-z]+$'` → `pattern: '^[a-z0-9]+$'`",
    ),
    _rule(
        "format-added", _C, "B/S", "Strings must be of a format",
        "Counts where the configuration asserts the format; otherwise documentation.",
        "none → `format: date-time`",
    ),
    _rule(
        "format-removed", _C, "S/B", "Strings need no longer be of a format",
        "Counts where the configuration asserts the format; otherwise documentation.",
        "`format: date-time` → none",
    ),
    _rule(
        "format-changed", _C, "W/W", "A format was replaced",
        "Counts where the configuration asserts one of them; otherwise documentation.",
        "`format: uri` → `format: uuid`",
    ),
    _rule(
        "minimum-increased", _C, "B/S", "Numbers must be larger",
        "The lower bound went up or was added.", "`minimum: 0` → `minimum: 1`",
    ),
    _rule(
        "minimum-decreased", _C, "S/B", "Numbers may be smaller",
        "The lower bound went down or away.", "`minimum: 1` → `minimum: 0`",
    ),
    _rule(
        "maximum-decreased", _C, "B/S", "Numbers must be smaller",
        "The upper bound went down or was added.", "`maximum: 2` → `maximum: 1`",
    ),
    _rule(
        "maximum-increased", _C, "S/B", "Numbers may be larger",
        "The upper bound went up or away.", "`maximum: 1` → `maximum: 2`",
    ),
    _rule(
        "multiple-of-added", _C, "B/S", "Numbers must be multiples",
        "`multipleOf` was added.", "none → `multipleOf: 0.01`",
    ),
    _rule(
        "multiple-of-removed", _C, "S/B", "Numbers need no longer be multiples",
        "`multipleOf` was dropped.", "`multipleOf: 5` → none",
    ),
    _rule(
        "multiple-of-changed", _C, "W/W", "Numbers must be multiples of another number",
        "A multiple of the old one narrows, a divisor widens, anything else breaks"
        " both ways.",
        "`multipleOf: 5` → `multipleOf: 10`",
    ),
    _rule(
        "min-items-increased", _A, "B/S", "Arrays must be longer",
        "`minItems` went up.", "`minItems: 1` → `minItems: 2`",
    ),
    _rule(
        "min-items-decreased", _A, "S/B", "Arrays may be shorter",
        "`minItems` went down or away.", "`minItems: 2` → `minItems: 1`",
    ),
    _rule(
        "max-items-decreased", _A, "B/S", "Arrays must be shorter",
        "`maxItems` went down or was added.", "`maxItems: 9` → `maxItems: 4`",
    ),
    _rule(
        "max-items-increased", _A, "S/B", "Arrays may be longer",
        "`maxItems` went up or away.", "`maxItems: 4` → `maxItems: 9`",
    ),
    _rule(
        "unique-items-added", _A, "B/S", "Items may not repeat",
        "`uniqueItems` was set.", "none → `uniqueItems: true`",
    ),
    _rule(
        "unique-items-removed", _A, "S/B", "Items may repeat",
        "`uniqueItems` was unset.", "`uniqueItems: true` → none",
    ),
    _rule(
        "items-added", _A, "B/S", "Items must have a certain shape",
        "Items were anything before.", "none → `items: {type: string}`",
    ),
    _rule(
        "items-removed", _A, "S/B", "Items may be anything",
        "They had a certain shape before.", "`items: {type: string}` → none",
    ),
    _rule(
        "prefix-items-changed", _A, "W/W", "The first items changed",
        "`prefixItems` gained or lost entries.",
        "`prefixItems: [A]` → `prefixItems: [A, B]`",
    ),
    _rule(
        "contains-changed", _A, "W/W", "What an array must contain changed",
        "`contains`, `minContains` or `maxContains` changed.",
        "`minContains: 1` → `minContains: 2`",
    ),
    _rule(
        "additional-properties-closed", _O, "S/S", "An object was closed",
        "Senders that write declared properties only notice nothing; those that write"
        " others break.",
        "none → `additionalProperties: false`",
    ),
    _rule(
        "additional-properties-opened", _O, "S/S", "An object was opened",
        "Senders that write declared properties only notice nothing.",
        "`additionalProperties: false` → none",
    ),
    _rule(
        "map-values-added", _O, "B/S", "Values of a map must have a certain shape",
        "They were anything before.",
        "none → `additionalProperties: {type: string}`",
    ),
    _rule(
        "map-values-removed", _O, "S/B", "Values of a map may be anything",
        "They had a certain shape before.",
        "`additionalProperties: {type: string}` → none",
    ),
    _rule(
        "property-once-in-map", _O, "B/B", "A property of a map got a schema of its own",
        "Old senders wrote it with the schema of the map.",
        "`additionalProperties: {type: string}` beside `properties: {n: {type:"
        " integer}}`, new",
    ),
    _rule(
        "pattern-properties-changed", _O, "W/W", "Properties by pattern changed",
        "`patternProperties` gained, lost or changed an entry.",
        "none → `patternProperties: {^x-: {type: string}}`",
    ),
    _rule(
        "property-names-changed", _O, "W/W", "Names of properties are judged otherwise",
        "`propertyNames` changed.", "none → `propertyNames: {maxLength: 64}`",
    ),
    _rule(
        "min-properties-increased", _O, "B/S", "Objects need more properties",
        "`minProperties` went up.", "none → `minProperties: 1`",
    ),
    _rule(
        "min-properties-decreased", _O, "S/B", "Objects need fewer properties",
        "`minProperties` went down or away.", "`minProperties: 1` → none",
    ),
    _rule(
        "max-properties-decreased", _O, "B/S", "Objects may have fewer properties",
        "`maxProperties` went down or was added.", "none → `maxProperties: 16`",
    ),
    _rule(
        "max-properties-increased", _O, "S/B", "Objects may have more properties",
        "`maxProperties` went up or away.", "`maxProperties: 16` → `32`",
    ),
    _rule(
        "dependent-required-changed", _O, "W/W", "A property asks for others",
        "`dependentRequired` changed.",
        "none → `dependentRequired: {card: [address]}`",
    ),
    _rule(
        "dependent-schemas-changed", _O, "W/W", "A property asks for another shape",
        "`dependentSchemas` changed.",
        "none → `dependentSchemas: {card: {required: [address]}}`",
    ),
    _rule(
        "unevaluated-changed", _O, "W/W", "What stays unevaluated is judged otherwise",
        "`unevaluatedProperties` or `unevaluatedItems` changed.",
        "none → `unevaluatedProperties: false` beside `anyOf`",
    ),
    _rule(
        "union-branch-added", _U, "S/D", "A branch was added to a union",
        "A tolerant reader of the union keeps what it does not know.",
        "`anyOf: [A, B]` → `anyOf: [A, B, C]`",
    ),
    _rule(
        "union-branch-removed", _U, "B/S", "A branch was removed from a union",
        "Old senders may still write it.",
        "`anyOf: [A, B, C]` → `anyOf: [A, B]`",
    ),
    _rule(
        "union-introduced", _U, "S/B", "A single shape became a union",
        "Readers that expect the one shape meet others.",
        "`$ref: A` → `anyOf: [A, B]`",
    ),
    _rule(
        "union-dissolved", _U, "B/S", "A union became a single shape",
        "Old senders may still write one of the branches.",
        "`anyOf: [A, B]` → `$ref: A`",
    ),
    _rule(
        "union-overlap-changed", _U, "W/W", "Branches of a `oneOf` overlap otherwise",
        "A document that matches two branches of a `oneOf` matches none.",
        "`anyOf: [A, B]` → `oneOf: [A, B]` with overlapping branches",
    ),
    _rule(
        "not-added", _U, "B/S", "Something was excluded", "`not` was added.",
        "none → `not: {const: root}`",
    ),
    _rule(
        "not-removed", _U, "S/B", "Something is no longer excluded",
        "`not` was dropped.", "`not: {const: root}` → none",
    ),
    _rule(
        "not-changed", _U, "W/W", "Something else is excluded", "`not` was changed.",
        "`not: {const: a}` → `not: {const: b}`",
    ),
    _rule(
        "condition-changed", _U, "W/W", "A condition changed",
        "`if`, `then` or `else` was added, dropped or changed.",
        "none → `if: {required: [a]}, then: {required: [b]}`",
    ),
    _rule(
        "schema-forbidden", _U, "B/S", "A place accepts nothing any more",
        "Its schema became contradictory or `false`.",
        "`{type: string}` → `false`",
    ),
    _rule(
        "schema-allowed", _U, "S/B", "A place that accepted nothing accepts something",
        "Its schema was contradictory or `false`.",
        "`false` → `{type: string}`",
    ),
    _rule(
        "document-rejected", _U, "W/W", "Documents of one version are rejected by the other",
        "No single change was found to be the cause; the document shows the effect.",
        "two rewritings that cross",
    ),
    _rule(
        "default-changed", _D, "S/S", "A default changed",
        "Documents stay valid; what an absent property stands for changed.",
        "`default: 1` → `default: 2`",
    ),
    _rule(
        "documentation-changed", _D, "-/-", "Documentation changed",
        "Titles, descriptions, examples or annotations.",
        "`description` was rewritten",
    ),
    _rule(
        "deprecated", _D, "S/S", "Something is deprecated",
        "It still works; prepare to leave it.", "`deprecated: true`",
    ),
    _rule(
        "undeprecated", _D, "-/-", "Something is no longer deprecated",
        "The warning was withdrawn.", "`deprecated: true` → none",
    ),
    _rule(
        "cannot-decide", _X, "W/W", "Neither proved nor refuted",
        "The reason says what stood in the way. Counts like a breaking change for"
        " the version number.",
        "two different regular expressions with lookarounds",
    ),
)  # fmt: skip

HINTS: Final = {
    "event-renamed": "handle both tags until every server and client has changed",
    "event-moved": "whoever sent it must stop, whoever received it must start",
    "tag-property-changed": "read both properties until every sender has changed",
    "required-property-added": "make it optional with a default to stay compatible",
    "required-property-added-with-default": "leave it out of `required`: the default"
    " already says what its absence means",
    "property-became-required": "keep it optional to stay compatible",
    "enum-value-added": "decode enumerations tolerantly",
    "event-added": "ignore events with unknown tags",
    "union-branch-added": "keep branches that are not known as they are",
}
"""Advice by rule, for findings that do harm."""

RULES: Final = {rule.id: rule for rule in _TABLE}
"""Every rule by its id, in the order of the documentation."""
