"""The channels of an AsyncAPI document, what is done with them, and their messages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from codegen.frontend import asyncapi, brokers, components
from codegen.frontend.context import Context
from codegen.frontend.interface import access, bindings
from codegen.frontend.interface.parts import Common, Reader
from codegen.frontend.media import is_binary
from codegen.frontend.resources import Place
from codegen.ir import operations as ops
from codegen.source.node import Json

_ROOT: Final = """asyncapi info servers channels operations components
    defaultContentType id"""
_CHANNEL: Final = {
    2: "parameters servers bindings publish subscribe $ref",
    3: "address parameters servers bindings messages $ref",
}
_ACTION: Final = {
    2: "message security bindings traits operationId",
    3: "action channel messages reply security bindings traits",
}
_MESSAGE: Final = """payload headers contentType name messageId correlationId bindings
    schemaFormat traits oneOf"""
_NOT_OF_TRAITS: Final = """payload traits oneOf action channel message messages reply
    operationId"""
"""What messages and operations have, but their traits have not."""
_PARAMETER: Final = "schema enum default location"


def read(context: Context) -> ops.Interface:
    """Everything that an AsyncAPI document offers."""
    found = _Found(Reader(context))
    reader, root = found.reader, context.place()
    assert root is not None
    held = context.place("components")
    schemes = {}
    if held is not None:
        schemes = reader.map_of(
            held, "securitySchemes", lambda n, p: access.scheme(reader, n, p)
        )
    common = reader.common(root, root, _ROOT)
    common["notes"] |= reader.extensions(root, "components")
    common["notes"] |= reader.settings(root, "id")
    parts = {"the document": ops.Part(**common)}
    info = context.place("info")
    if info is not None and reader.mapping(info) is not None:
        parts["info"] = reader.prose(info)
    channels = reader.map_of(root, "channels", found.channel)
    servers = reader.map_of(root, "servers", lambda n, p: _server(reader, n, p))
    actions = found.actions_2() if asyncapi.is_2(context) else found.actions_3()
    return ops.Interface(
        channels=tuple(channels.values()),
        actions=tuple(actions),
        servers=tuple(servers.values()),
        schemes={**schemes, **reader.schemes},
        parts=parts,
        components=dict(reader.components(held, "schemas securitySchemes")),
    )


def _server(reader: Reader, name: str, place: Place) -> ops.Server | None:
    """A server. The address that AsyncAPI 2 has in one text is taken apart, as that of
    AsyncAPI 3 is. A path that is empty is none."""
    found = access.server(reader, name, place)
    if found is None:
        return None
    said = dict(found.settings)
    url = said.pop("url", None)
    if isinstance(url, str):
        host, _, path = (url.partition("://")[2] or url).partition("/")
        said = {"host": host, "pathname": f"/{path}", **said}
    elif url is not None:
        return found
    if said.get("pathname") in ("", "/"):
        del said["pathname"]
    return replace(found, settings=said)


class _Found:
    """Reads the channels and actions of one document."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.version = 2 if asyncapi.is_2(reader.context) else 3

    # --- channels ------------------------------------------------------------------

    def channel(self, key: str, place: Place) -> ops.Channel | None:
        """Where messages travel."""
        context = self.reader.context
        found = self.reader.mapping(place)
        if found is None:
            return None
        bound, handshake = bindings.read(
            self.reader, context.member(found, "bindings"), bindings.CHANNEL
        )
        return ops.Channel(
            key=key,
            address=asyncapi.stated_address(context, key, found) or None,
            parameters=self.reader.map_of(found, "parameters", self._parameter),
            servers=brokers.servers_of(context, found),
            messages=tuple(
                self.reader.map_of(found, "messages", self._message_at).values()
            ),
            bindings=bound,
            handshake={key.removeprefix("ws "): one for key, one in handshake.items()},
            **self.reader.common(place, found, _CHANNEL[self.version]),
        )

    def _parameter(self, name: str, place: Place) -> ops.Parameter | None:
        """A part of an address. AsyncAPI 3 says which texts it can be."""
        context = self.reader.context
        found = self.reader.mapping(place)
        if found is None:
            return None
        if asyncapi.is_2(context):
            schema = context.member(found, "schema")
        else:
            told = self.reader.settings(found, "enum default")
            schema = Place(found.resource, found.pointer, {"type": "string", **told})
        return ops.Parameter(
            name=name,
            where="address",
            required=True,
            schema=self.reader.schema(schema),
            settings=self.reader.settings(found, "location"),
            **self.reader.common(place, found, _PARAMETER),
        )

    # --- actions -------------------------------------------------------------------

    def actions_2(self) -> Iterator[ops.Action]:
        """What AsyncAPI 2 says beneath each channel."""
        context = self.reader.context
        for address, channel in context.members(context.place("channels")):
            for verb in ("publish", "subscribe"):
                place = context.member(channel, verb)
                found = None if place is None else self.reader.mapping(place)
                if place is None or found is None:
                    continue
                key = context.text(found, "operationId") or address
                message = context.member(found, "message")
                entries = asyncapi.alternatives(context, message) if message else []
                yield self._action(place, found, key, verb, address, entries)

    def actions_3(self) -> Iterator[ops.Action]:
        """What AsyncAPI 3 lists apart from channels."""
        context = self.reader.context
        for key, place in context.members(context.place("operations")):
            found = self.reader.mapping(place)
            if found is None or found.data.get("action") not in ("send", "receive"):
                continue
            verb = found.data["action"]
            channel, entries = self._messages_3(found)
            reply = self._reply(context.member(found, "reply"))
            action = self._action(place, found, key, verb, channel, entries)
            yield replace(action, reply=reply)

    def _action(
        self,
        place: Place,
        found: Place,
        key: str,
        verb: str,
        channel: str,
        entries: list[Place],
    ) -> ops.Action:
        """What an operation says in both versions: all but its reply. `entries` are its
        messages."""
        reader, context = self.reader, self.reader.context
        taken = _ACTION[self.version]
        common = reader.common(place, found, taken)
        common["unread"] |= self._around(found)
        sources = asyncapi.sources_of(context, found)
        data = self._with_traits(found, sources, common, taken)
        writes = asyncapi.direction_of(context, asyncapi.SENDS[verb])
        said, bound = bindings.read(
            reader,
            asyncapi.joined(context, found, sources, "bindings"),
            bindings.of_action(writes),
        )
        messages = (self._message(entry, key) for entry in entries)
        security = None
        if isinstance(data.get("security"), list):
            holder = next(s for s in reversed(sources) if "security" in s.data)
            security = access.requirements(reader, context.member(holder, "security"))
        return ops.Action(
            key=key,
            action=verb,
            channel=channel,
            writes=writes,
            messages=tuple(one for one in messages if one is not None),
            security=security,
            bound=bound,
            bindings=said,
            **common,
        )

    def _around(self, action: Place) -> dict[str, Json]:
        """What stands beside the messages of which AsyncAPI 2 has one or another."""
        place = self.reader.context.member(action, "message")
        found = None if place is None else self.reader.context.follow(place)
        data = None if found is None else found.data
        if not isinstance(data, dict) or "oneOf" not in data:
            return {}
        return {f"message/{k}": v for k, v in data.items() if k != "oneOf"}

    def _messages_3(self, holder: Place) -> tuple[str, list[Place]]:
        """The channel of an operation or a reply, and the messages that it lists, or
        all of its channel."""
        context = self.reader.context
        key, channel = asyncapi.channel_of(context, holder)
        listed = context.member(holder, "messages")
        if listed is not None:
            entries = (context.follow_once(e) for e in context.elements(listed))
            return key, [entry for entry in entries if entry is not None]
        if channel is None:
            return key, []
        every = context.members(context.member(channel, "messages"))
        return key, [entry for _, entry in every]

    def _reply(self, place: Place | None) -> ops.Reply | None:
        reader = self.reader
        found = None if place is None else reader.mapping(place)
        if place is None or found is None:
            return None
        channel, entries = self._messages_3(found)
        address = reader.context.member(found, "address")
        told = None if address is None else reader.mapping(address)
        messages = (self._message(entry, "reply") for entry in entries)
        common = reader.common(place, found, "channel messages address")
        if told is not None:
            reader.inside("address", told.data, frozenset(("location",)), common)
        return ops.Reply(
            channel=channel,
            address=None if told is None else told.data.get("location"),
            messages=tuple(one for one in messages if one is not None),
            **common,
        )

    # --- messages ------------------------------------------------------------------

    def _message_at(self, key: str, place: Place) -> ops.MessagePart | None:
        return self._message(place, key)

    def _message(self, place: Place, fallback: str) -> ops.MessagePart | None:
        """A message where it is used, with its traits."""
        reader, context = self.reader, self.reader.context
        found = self.reader.mapping(place)
        if found is None:
            return None
        common = reader.common(place, found, _MESSAGE)
        sources = asyncapi.sources_of(context, found)
        data = self._with_traits(found, sources, common, _MESSAGE)
        media = data.get("contentType") or context.data.get("defaultContentType") or ""
        payload = asyncapi.payload_of(context, found, sources)
        if payload is None and found.data.get("payload") is not None:
            keys = ("payload", "schemaFormat")
            common["unread"] |= {k: data[k] for k in keys if k in data}
        binary = payload is None or is_binary(str(media), payload.data)
        if payload is not None and binary:
            reader.raw(payload, common)
        headers = asyncapi.headers_of(context, found, sources)
        said, bound = bindings.read(
            reader,
            asyncapi.joined(context, found, sources, "bindings"),
            bindings.MESSAGE,
        )
        common["unread"] |= self._wrapping(found)
        return ops.MessagePart(
            key=_key(context, place, found, fallback),
            name=str(data.get("name") or ""),
            payload=None if binary else reader.schema(payload),
            headers=reader.schema(headers),
            content_type=str(media),
            settings=self._correlation(found, sources, common),
            bound=bound,
            bindings=said,
            **common,
        )

    def _correlation(
        self, message: Place, sources: list[Place], common: Common
    ) -> dict[str, Json]:
        """Where the id that ties messages together is found; the words of that are
        words of the message."""
        key = "correlationId"
        place = asyncapi.joined(self.reader.context, message, sources, key)
        target = None if place is None else self.reader.context.follow(place)
        told = None if target is None else target.data
        if isinstance(told, dict):
            known = frozenset(("location",))
            self.reader.inside(key, told, known, common)
            return {key: {k: told[k] for k in known if k in told}}
        return {} if told is None else {key: told}

    def _wrapping(self, message: Place) -> dict[str, Json]:
        """What stands beside a payload's schema where its format is named."""
        place = self.reader.context.member(message, "payload")
        found = None if place is None else self.reader.context.follow(place)
        data = None if found is None else found.data
        if not isinstance(data, dict) or not {"schemaFormat", "schema"} <= data.keys():
            return {}
        known = ("schemaFormat", "schema")
        return {f"payload/{k}": v for k, v in data.items() if k not in known}

    def _with_traits(
        self, found: Place, sources: list[Place], common: Common, taken: str
    ) -> dict[str, Json]:
        """All that an object and its traits say, later ones first."""
        data: dict[str, Json] = {}
        for source in sources:
            data |= source.data
            known = frozenset(taken.split())
            if source is not found:
                known -= frozenset(_NOT_OF_TRAITS.split())
            self.reader.sort(source.data, known, common["notes"], common["unread"])
        if "messageId" in data:
            common["notes"]["messageId"] = data["messageId"]
        return data


def _key(context: Context, place: Place, found: Place, fallback: str) -> str:
    """What a message is called where it is used."""
    if asyncapi.is_2(context):
        return asyncapi.key_of(context, place, found, fallback)
    parent, _, last = place.pointer.rpartition("/")
    if parent.endswith("/messages"):
        return components.last_token(last)
    return context.text(found, "name") or fallback
