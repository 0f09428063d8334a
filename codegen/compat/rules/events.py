"""What travels: events, channels, messages, and schemas by name."""

from __future__ import annotations

from typing import Final

from codegen.compat.rules.rule import Rule

EVENT_ADDED: Final = Rule(
    "event-added",
    "Events and schemas",
    "S/D",
    "An event was added",
    (
        "A server that sends it meets clients that do not know its tag. A"
        " tolerant client passes it on as unknown; a strict one fails."
    ),
    "`RealtimeServerEvent` gains a branch with `type: response.paused`",
    survivable=True,
    hint="ignore events with unknown tags",
)

EVENT_REMOVED: Final = Rule(
    "event-removed",
    "Events and schemas",
    "B/S",
    "An event was removed",
    (
        "Clients that still send it are rejected. A server that no longer sends"
        " it disturbs nobody's parser."
    ),
    "`RealtimeClientEvent` loses the branch with `type: response.cancel`",
)

EVENT_RENAMED: Final = Rule(
    "event-renamed",
    "Events and schemas",
    "B/D",
    "An event was renamed",
    (
        "The tag changed while the schema stayed, or a new event has the shape"
        " of one that went. One finding, not a removal and an addition."
    ),
    "`type: response.audio.delta` → `type: response.output_audio.delta`",
    survivable=True,
    hint="handle both tags until every server and client has changed",
)

EVENT_MOVED: Final = Rule(
    "event-moved",
    "Events and schemas",
    "B/B",
    "An event changed its direction",
    "What clients sent is now sent by the server, or the other way round.",
    "`session.update` leaves the client's events and joins the server's",
    hint="whoever sent it must stop, whoever received it must start",
)

TAG_PROPERTY_CHANGED: Final = Rule(
    "tag-property-changed",
    "Events and schemas",
    "B/B",
    "Events are told apart by another property",
    "Every event carries its name elsewhere.",
    "`type: ping` → `event: ping`",
    hint="read both properties until every sender has changed",
)

CHANNEL_ADDED: Final = Rule(
    "channel-added",
    "Events and schemas",
    "S/S",
    "A channel of events was added",
    "Nobody listens there yet.",
    "`TranslationServerEvent` is new",
)

CHANNEL_REMOVED: Final = Rule(
    "channel-removed",
    "Events and schemas",
    "B/S",
    "A channel of events was removed",
    "Clients that send there are no longer understood.",
    "`TranslationClientEvent` is gone",
)

MESSAGE_ADDED: Final = Rule(
    "message-added",
    "Events and schemas",
    "S/D",
    "A message was added to an operation",
    (
        "A server that sends it meets clients that do not know it. A tolerant client"
        " passes it on; a strict one fails."
    ),
    "`receive commands` takes `pause` as well",
    survivable=True,
    hint="ignore messages that are not known",
)

MESSAGE_REMOVED: Final = Rule(
    "message-removed",
    "Events and schemas",
    "B/S",
    "A message was removed from an operation",
    "Clients that still send it are not understood.",
    "`receive commands` no longer takes `pause`",
)

EVENT_DEPRECATED: Final = Rule(
    "event-deprecated",
    "Events and schemas",
    "S/S",
    "An event is deprecated",
    "It still works; prepare to leave it.",
    "`deprecated: true` on the payload",
)

SCHEMA_ADDED: Final = Rule(
    "schema-added",
    "Events and schemas",
    "-/-",
    "A named schema was added",
    "On its own it changes no document; where it is used, that is reported there.",
    "`components/schemas/Usage` is new",
)

SCHEMA_REMOVED: Final = Rule(
    "schema-removed",
    "Events and schemas",
    "-/-",
    "A named schema was removed",
    (
        "On its own it changes no document; where it was used, that is reported"
        " there. Code that imports its type must change."
    ),
    "`components/schemas/Usage` is gone",
)

SCHEMA_RENAMED: Final = Rule(
    "schema-renamed",
    "Events and schemas",
    "-/-",
    "A named schema was renamed",
    "Its documents are compared under the new name; only the names of types change.",
    "`Session` → `RealtimeSession` with the same members",
)
