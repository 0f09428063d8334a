"""What a specification offers around its schemas: operations, channels, servers.

Every `Part` is one object of the document, references followed and defaults filled
in. What it means to programs stands in its own fields; `notes` holds what is for
people only, and `unread` what no field here takes, so that nothing of the document
is lost: whoever compares two parts can tell a difference of words from one that
nobody has judged.

Schemas are given by identity. Those that neither a name nor a message leads to (of
parameters and headers, say) stand in `Module.aside`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from codegen.ir.basics import Direction, Json, Location, SchemaId


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One object of the document."""

    location: Location
    notes: Mapping[str, Json] = field(default_factory=dict)
    unread: Mapping[str, Json] = field(default_factory=dict)


Requirement: TypeAlias = Mapping[str, tuple[str, ...]]
"""Schemes that are needed together, each with the scopes that it needs."""


# --- HTTP --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter(Part):
    """A parameter of requests or of a channel's address, or a header.

    `where` is `path`, `query`, `querystring`, `header`, `cookie`, or `address`.
    `settings` says how a value is written (`style`, `explode` and the like).
    """

    name: str
    where: str
    required: bool = False
    deprecated: bool = False
    schema: SchemaId | None = None
    settings: Mapping[str, Json] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from others of its operation; headers have no case."""
        header = self.where == "header"
        return self.where, self.name.lower() if header else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoding(Part):
    """How one property of a form is written."""

    settings: Mapping[str, Json] = field(default_factory=dict)
    headers: Mapping[str, Parameter] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Media(Part):
    """A body of one media type. `title` is the name of its message, `item` the schema
    of each item of a body that is a stream. Where items are server-sent events, `data`
    has the schemas of what these hold as JSON, by the type of the event."""

    media: str
    title: str
    schema: SchemaId | None = None
    item: SchemaId | None = None
    data: Mapping[str, SchemaId] = field(default_factory=dict)
    encoding: Mapping[str, Encoding] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Body(Part):
    """What a request may carry."""

    required: bool = False
    content: Mapping[str, Media] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Response(Part):
    """An answer; `status` is a code, a range such as `4XX`, or `default`."""

    status: str
    headers: Mapping[str, Parameter] = field(default_factory=dict)
    content: Mapping[str, Media] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable(Part):
    """A variable of a server's address."""

    default: str = ""
    values: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Server(Part):
    """Where an API is served. `settings` are the parts of its address, `bindings` what
    is said of protocols."""

    name: str
    settings: Mapping[str, Json] = field(default_factory=dict)
    bindings: Mapping[str, Json] = field(default_factory=dict)
    variables: Mapping[str, Variable] = field(default_factory=dict)
    security: tuple[Requirement, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityScheme(Part):
    """A way to authenticate.

    `settings` say how, `addresses` where tokens come from; `scopes` are those that
    each flow gives. `inline` tells that it stands where it is needed, and not under
    its name.
    """

    name: str
    inline: bool = False
    settings: Mapping[str, Json] = field(default_factory=dict)
    addresses: Mapping[str, Json] = field(default_factory=dict)
    scopes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation(Part):
    """A request and its answers.

    `kind` is empty for an operation of the API, `webhook` or `callback` for one that
    the server calls; `within` is then the operation and the name it belongs to.
    `parameters_at` is where its parameters are listed, or those of its path.
    `security` and `servers` are those in force, `own_security` and `own_servers` tell
    whether they stand with the operation.
    """

    kind: str
    method: str
    path: str
    within: str = ""
    id: str = ""
    parameters: tuple[Parameter, ...] = ()
    parameters_at: Location | None = None
    body: Body | None = None
    responses: Mapping[str, Response] = field(default_factory=dict)
    security: tuple[Requirement, ...] = ()
    own_security: bool = False
    servers: tuple[Server, ...] = ()
    own_servers: bool = False
    deprecated: bool = False

    @property
    def label(self) -> str:
        """What people call it."""
        return f"{self.method} {self.path}"

    @property
    def direction(self) -> Direction:
        """The direction of its requests."""
        if self.kind:
            return Direction.SERVER_TO_CLIENT
        return Direction.CLIENT_TO_SERVER


# --- messages ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagePart(Part):
    """A message where it is used, with what its traits add. `location` is where it is
    written.

    `bound` are the schemas that its bindings have, by protocol and field: `kafka key`.
    `bindings` is what else is said of protocols.
    """

    key: str
    name: str = ""
    payload: SchemaId | None = None
    headers: SchemaId | None = None
    content_type: str = ""
    settings: Mapping[str, Json] = field(default_factory=dict)
    bound: Mapping[str, SchemaId] = field(default_factory=dict)
    bindings: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel(Part):
    """Where messages travel. `address` is None where it is not known beforehand. Of a
    channel on brokers of one kind it is what they call it, if bindings say that.

    `messages` are all that the channel has, whether anything is done with them or not.
    `handshake` are the schemas of what a client says to open a connection, its query
    and its headers; `bindings` is what else is said of protocols.
    """

    key: str
    address: str | None
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    servers: tuple[str, ...] | None = None
    messages: tuple[MessagePart, ...] = ()
    bindings: Mapping[str, Json] = field(default_factory=dict)
    handshake: Mapping[str, SchemaId] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply(Part):
    """The answer to a message: where it comes, and what."""

    channel: str
    address: Json = None
    messages: tuple[MessagePart, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Action(Part):
    """What is done with a channel: its messages are sent or received.

    `channel` is the key of the channel; `writes` is the direction of the messages.
    `bound` and `bindings` are as those of a message.
    """

    key: str
    action: str
    channel: str
    writes: Direction
    messages: tuple[MessagePart, ...] = ()
    reply: Reply | None = None
    security: tuple[Requirement, ...] | None = None
    bound: Mapping[str, SchemaId] = field(default_factory=dict)
    bindings: Mapping[str, Json] = field(default_factory=dict)


# --- the whole ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Component:
    """An object that can be referred to, as it stands, and where that is: in another
    file, if the document only refers to it."""

    location: Location
    value: Json


@dataclass(frozen=True, slots=True)
class Interface:
    """Everything that a specification offers.

    `parts` are the objects that say something of the document as a whole, by name.
    `components` holds every other object that can be referred to, by the pointer of
    its key. `gaps` are the values that could not be read, by place: they have no
    meaning here. `beside` is what stands beside references, where it has none.
    """

    operations: tuple[Operation, ...] = ()
    channels: tuple[Channel, ...] = ()
    actions: tuple[Action, ...] = ()
    servers: tuple[Server, ...] = ()
    security: tuple[Requirement, ...] = ()
    schemes: Mapping[str, SecurityScheme] = field(default_factory=dict)
    parts: Mapping[str, Part] = field(default_factory=dict)
    components: Mapping[str, Component] = field(default_factory=dict)
    gaps: Mapping[Location, Json] = field(default_factory=dict)
    beside: Mapping[Location, Json] = field(default_factory=dict)


def values(interface: Interface) -> Iterator[tuple[SchemaId, Direction, str]]:
    """The schemas of parameters and headers, with direction and a name to show."""
    for operation in interface.operations:
        yield from _of_operation(operation)
    for channel in interface.channels:
        yield from _of_channel(channel)
    for action in interface.actions:
        for what, target in action.bound.items():
            writes = direction_of(what, action.writes)
            yield target, writes, f"{action.key} {what}"
        yield from _of_messages(action.messages, action.writes)
        if action.reply is not None:
            yield from _of_messages(action.reply.messages, action.writes.back)


NAMED_BY: Final = {
    "kafka": "topic",
    "jms": "destination",
    "anypointmq": "destination",
    "sns": "name",
    "amqp": "queue/name",
    "nats": "subject",
    "redis": "channel",
}
"""By protocol, where a channel's binding has what brokers call it, if that is not its
address. For the last two no specification has any, and frameworks do."""


def name_on(kind: str, binding: Json) -> str:
    """What a binding says that brokers of a kind call a channel; empty where it says
    nothing. A channel of AMQP may be a routing key, which is its address."""
    path = NAMED_BY.get(kind, "")
    if kind == "amqp" and isinstance(binding, dict) and binding.get("is") != "queue":
        return ""
    for key in path.split("/"):
        binding = binding.get(key) if isinstance(binding, dict) else None
    return binding if isinstance(binding, str) else ""


def names_on_brokers(channel: Channel) -> frozenset[str]:
    """What bindings say a channel is called on brokers."""
    said = (name_on(kind, channel.bindings.get(kind)) for kind in NAMED_BY)
    return frozenset(filter(None, said))


def _of_channel(channel: Channel) -> Iterator[tuple[SchemaId, Direction, str]]:
    label = channel.address or channel.key
    for parameter in channel.parameters.values():
        if parameter.schema is not None:
            title = f"{label} parameter {parameter.name}"
            yield parameter.schema, Direction.CLIENT_TO_SERVER, title
    for part, target in channel.handshake.items():
        yield target, Direction.CLIENT_TO_SERVER, f"{label} {part}"


def _of_messages(
    messages: Iterable[MessagePart], direction: Direction
) -> Iterator[tuple[SchemaId, Direction, str]]:
    for message in messages:
        if message.headers is not None:
            yield message.headers, direction, f"{message.key} headers"
        for what, target in message.bound.items():
            yield target, direction, f"{message.key} {what}"


OF_READERS: Final = ("groupId", "clientId")
"""Fields of bindings that say how those call themselves who read messages."""


def direction_of(bound: str, messages: Direction) -> Direction:
    """The direction in which a value of a binding's schema travels, given that of the
    messages."""
    return messages.back if bound.endswith(OF_READERS) else messages


def _of_operation(operation: Operation) -> Iterator[tuple[SchemaId, Direction, str]]:
    label = operation.label
    for parameter in operation.parameters:
        if parameter.schema is not None:
            title = f"{label} {parameter.where} {parameter.name}"
            yield parameter.schema, operation.direction, title
    for status, response in operation.responses.items():
        for name, header in response.headers.items():
            if header.schema is not None:
                title = f"{label} {status} header {name}"
                yield header.schema, operation.direction.back, title


def path_item(operation: Operation) -> str:
    """The key in `Interface.parts` of the path item of an operation."""
    return " ".join(filter(None, (operation.within, operation.kind, operation.path)))


def of_operations(whole: Interface, found: Collection[Operation]) -> Interface:
    """What is offered of some operations of HTTP, and nothing that is said of all."""
    asked = {name for one in found for way in one.security for name in way}
    items = set(map(path_item, found))
    inherits = not all(one.own_security for one in found)
    return Interface(
        operations=tuple(found),
        servers=() if all(one.own_servers for one in found) else whole.servers,
        security=whole.security if inherits else (),
        schemes={name: one for name, one in whole.schemes.items() if name in asked},
        parts={name: one for name, one in whole.parts.items() if name in items},
    )


def of_messages(whole: Interface, taken: Collection[Location]) -> Interface:
    """What is offered of the messages at these places, and nothing that is said of all
    of them."""

    def kept(messages: tuple[MessagePart, ...]) -> tuple[MessagePart, ...]:
        return tuple(one for one in messages if one.location in taken)

    actions: list[Action] = []
    channels: list[Channel] = []
    for action in whole.actions:
        reply = action.reply
        if reply is not None:
            reply = replace(reply, messages=kept(reply.messages))
        found = replace(action, messages=kept(action.messages), reply=reply)
        if found.messages or (reply is not None and reply.messages):
            actions.append(found)
    used = {one.channel for one in actions}
    used |= {one.reply.channel for one in actions if one.reply is not None}
    for channel in whole.channels:
        messages = kept(channel.messages)
        if messages or channel.key in used:
            channels.append(replace(channel, messages=messages))
    named = {name for one in channels for name in one.servers or ()}
    every = any(one.servers is None for one in channels)
    servers = [one for one in whole.servers if every or one.name in named]
    ways = [way for server in servers for way in server.security or ()]
    ways += [way for action in actions for way in action.security or ()]
    asked = {name for way in ways for name in way}
    return Interface(
        channels=tuple(channels),
        actions=tuple(actions),
        servers=tuple(servers),
        schemes={name: one for name, one in whole.schemes.items() if name in asked},
    )
