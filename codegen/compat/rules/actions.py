"""AsyncAPI: channels, what is done with them, and messages around their payloads."""

from __future__ import annotations

from typing import Final

from codegen.compat.rules.rule import Rule

CHANNEL_ADDRESS_CHANGED: Final = Rule(
    "channel-address-changed",
    "Channels and messages",
    "B/B",
    "A channel has another address",
    "Whoever sends or listens at the old one is alone there. On brokers of one kind it "
    "is what their binding calls the channel: the `topic` of Kafka, the queue of AMQP, "
    "the `destination` of JMS and Anypoint MQ, the `name` of SNS.",
    "`room/{id}` → `rooms/{id}`",
    hint="use the new address",
)

CHANNEL_SERVERS_CHANGED: Final = Rule(
    "channel-servers-changed",
    "Channels and messages",
    "B/B",
    "A channel is on other servers",
    "Where it no longer is, nobody sends and nobody listens.",
    "`servers: [eu, us]` → `[eu]`",
)

ACTION_CHANGED: Final = Rule(
    "action-changed",
    "Channels and messages",
    "B/B",
    "What was sent is received, or the other way round",
    "Whoever wrote must read now.",
    "`action: send` → `action: receive`",
    hint="whoever sent must stop, whoever received must start",
)

MESSAGE_NAME_CHANGED: Final = Rule(
    "message-name-changed",
    "Channels and messages",
    "S/S",
    "A message has another name",
    "Payload and headers are compared under the new one.",
    "`name: note` → `name: notice`",
)

CONTENT_TYPE_CHANGED: Final = Rule(
    "content-type-changed",
    "Channels and messages",
    "B/B",
    "A message has another content type",
    "Readers take its bytes for something else.",
    "`application/json` → `application/cbor`",
)

CORRELATION_ID_CHANGED: Final = Rule(
    "correlation-id-changed",
    "Channels and messages",
    "B/B",
    "Messages are tied together by another value",
    "Readers look for it where it is not.",
    "`$message.header#/id` → `$message.payload#/id`",
)

HEADERS_ADDED: Final = Rule(
    "headers-added",
    "Channels and messages",
    "B/S",
    "The headers of a message have a schema now",
    "Required ones are not sent by those who do not know of them.",
    "`headers` with a required `trace`",
)

HEADERS_REMOVED: Final = Rule(
    "headers-removed",
    "Channels and messages",
    "S/B",
    "The headers of a message have no schema any more",
    "Required ones need not be sent any more.",
    "`headers` is gone",
)

REPLY_CHANGED: Final = Rule(
    "reply-changed",
    "Channels and messages",
    "B/B",
    "Replies come elsewhere, or no longer",
    "Whoever waits for one at the old place waits in vain.",
    "`reply.channel: answers` → `replies`",
)

REPLY_ADDED: Final = Rule(
    "reply-added",
    "Channels and messages",
    "S/S",
    "There are replies now",
    "Whoever does not wait for one is not concerned.",
    "`reply` is new",
)

BINDING_CHANGED: Final = Rule(
    "binding-changed",
    "Channels and messages",
    "B/B",
    "What is said of a protocol is another thing",
    "The method is another one, query or headers of a handshake came or went, or a "
    "setting that both sides share has another value: the topic or schema registry of "
    "`kafka`, the exchange or queue of `amqp`, what messages of `amqp`, `kafka` and "
    "`mqtt` say of themselves.",
    "`bindings.ws.method: GET` → `POST`",
)
