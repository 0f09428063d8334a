"""AsyncAPI 2 and 3: channels, operations and the messages that travel there.

Whose document it is decides directions. In AsyncAPI 3 the described application
itself does what `send` and `receive` say; in AsyncAPI 2 `publish` is what *others*
send to it and `subscribe` what they receive from it. With the perspective `server`,
the default, the described application is the server.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePosixPath
from typing import Final

from codegen.diagnostics import Severity
from codegen.frontend import brokers, components, dialects, patches, session_rules
from codegen.frontend.context import Content, Context, Draft, spot
from codegen.frontend.dialects import Dialect
from codegen.frontend.media import is_binary, is_json
from codegen.frontend.resources import Place
from codegen.frontend.values import quoted
from codegen.ir import model as ir
from codegen.source.node import Json

SENDS: Final = {"send": True, "receive": False, "subscribe": True, "publish": False}
"""Whether the described application is the one who writes."""

_BYTES: Final = "the payload is bytes"


@dataclass(frozen=True, slots=True)
class _Use:
    """A message in an operation or a channel, before its traits are applied."""

    key: str
    message: Place
    direction: ir.Direction
    channel: str


def read(context: Context) -> Content:
    """Everything an AsyncAPI document says."""
    info = context.place("info")
    content = Content(
        title=context.text(info, "title"),
        version=context.text(info, "version"),
        dialect="asyncapi-" + ".".join(_version(context).split(".")[:2]),
    )
    schemas = context.place("components", "schemas")
    unwrap = None if is_2(context) else _schema
    context.lowering.meant = None if is_2(context) else partial(_meant, context)
    context.lowering.components = components.held(context, schemas)
    components.name_all(context, content, schemas, unwrap)
    uses = _uses_2(context) if is_2(context) else _uses_3(context)
    found: dict[tuple[str, str, str, str], _Use] = {}
    used: set[ir.Location] = set()
    for use in (*uses, *_unused(context)):
        where = context.lowering.location(use.message)
        if use.direction is ir.Direction.UNKNOWN and where in used:
            continue
        used.add(where)
        mark = (where.document, where.pointer, use.direction.value, use.channel)
        found.setdefault(mark, use)
    content.drafts += (_draft(context, use) for use in found.values())
    components.name_messages(context, content)
    session_rules.read(context, content, context.place())
    for _, channel in context.members(context.place("channels")):
        session_rules.read(context, content, context.follow(channel))
    return content


def _version(context: Context) -> str:
    return str(context.data["asyncapi"])


def is_2(context: Context) -> bool:
    """Whether a document is of AsyncAPI 2, not 3."""
    return _version(context).startswith("2")


def direction_of(context: Context, sends: bool) -> ir.Direction:
    """Which way a message goes that the described application sends or receives."""
    if sends == (context.options.perspective == "server"):
        return ir.Direction.SERVER_TO_CLIENT
    return ir.Direction.CLIENT_TO_SERVER


# --- where messages are used -------------------------------------------------------


def _uses_2(context: Context) -> Iterator[_Use]:
    _of_other_version(context, context.place(), "operations")
    for key, channel in context.members(context.place("channels")):
        _of_other_version(context, channel, "messages")
        address = address_of(context, key, channel)
        for verb in ("publish", "subscribe"):
            operation = context.member(channel, verb)
            message = operation and context.member(operation, "message")
            if operation is None or message is None:
                continue
            direction = direction_of(context, SENDS[verb])
            fallback = context.text(operation, "operationId") or f"{key} {verb}"
            for name, place in _each_of(context, message, fallback):
                yield _Use(name, place, direction, address)


def _of_other_version(context: Context, place: Place | None, *keys: str) -> None:
    """Warn of what another version of AsyncAPI has at a place, where this has not."""
    for key in keys:
        found = None if place is None else context.member(place, key)
        if found is not None:
            other = "3" if is_2(context) else "2"
            text = f"`{key}` here is of AsyncAPI {other}, and the document of "
            text += _version(context)
            context.invalid(found, text)


def _each_of(
    context: Context, message: Place, fallback: str
) -> Iterator[tuple[str, Place]]:
    """What a message is one of, or itself, by name."""
    for entry in alternatives(context, message):
        followed = context.mapping(entry)
        if followed is not None:
            yield key_of(context, entry, followed, fallback), followed


def alternatives(context: Context, message: Place) -> list[Place]:
    """What a message is one of, itself if of nothing. Where one of them is several
    again these stand in its place, once."""
    found: list[Place] = []
    opened: set[tuple[str, str]] = set()
    left = [message]
    while left:
        entry = left.pop()
        followed = context.follow(entry)
        data = None if followed is None else followed.data
        if followed is None or not isinstance(data, dict) or "oneOf" not in data:
            found.append(entry)
            continue
        mark = (followed.resource.document.name, followed.pointer)
        if mark not in opened:
            opened.add(mark)
            several = context.member(followed, "oneOf")
            if several is not None and several.data == []:
                context.invalid(several, "`oneOf` takes at least one message")
            left += reversed(list(context.elements(several)))
    return found


def key_of(context: Context, entry: Place, message: Place, fallback: str) -> str:
    """A message is known by the key it is kept under, or by what it says itself; one
    that is a whole file if need be by the name of that."""
    parent, _, last = message.pointer.rpartition("/")
    referred = isinstance(entry.data, dict) and "$ref" in entry.data
    if parent.endswith("/messages") or (referred and last):
        return components.last_token(last)
    named = context.text(message, "messageId") or context.text(message, "name")
    file = message.resource.document.name if referred else ""
    return named or PurePosixPath(file).stem or fallback


def _uses_3(context: Context) -> Iterator[_Use]:
    used: set[tuple[str, str]] = set()
    for _, operation in context.members(context.place("operations")):
        followed = context.mapping(operation)
        if followed is None:
            continue
        action = followed.data.get("action")
        if action not in ("send", "receive"):
            context.invalid(followed, "an operation's `action` is `send` or `receive`")
            continue
        if followed.data.get("channel") is None:
            wanted = "an operation names its `channel`"
            only = "only the messages that it lists are read"
            context.remark("invalid-keyword", wanted, followed, only)
        sends = SENDS[action]
        reply = context.member(followed, "reply")
        holders: tuple[tuple[Place | None, bool], ...] = (
            (followed, sends),
            (reply, not sends),
        )
        for holder, writes in holders:
            for use in _operation_3(context, holder, direction_of(context, writes)):
                used.add((use.channel, use.key))
                yield use
    for key, channel in context.members(context.place("channels")):
        address = address_of(context, key, channel)
        told = context.member(channel, "address")
        if told is not None and not isinstance(told.data, str | int | float | None):
            context.invalid(told, "the address of a channel is a text, or null")
        _of_other_version(context, channel, "publish", "subscribe")
        for name, message in messages_of(context, channel):
            _of_other_version(context, message, "oneOf")
            if (address, name) not in used:
                yield _Use(name, message, ir.Direction.UNKNOWN, address)


def _operation_3(
    context: Context, holder: Place | None, direction: ir.Direction
) -> Iterator[_Use]:
    """The messages of an operation or reply: those it lists, or all of its channel."""
    if holder is None:
        return
    key, channel = channel_of(context, holder)
    address = "" if channel is None else address_of(context, key, channel)
    listed = context.member(holder, "messages")
    if listed is None:
        if channel is not None:
            for key, place in messages_of(context, channel):
                yield _Use(key, place, direction, address)
        return
    for entry in context.elements(listed):
        once = context.follow_once(entry)
        message = None if once is None else context.mapping(once)
        if once is not None and message is not None:
            key = components.last_token(once.pointer)
            key = key or key_of(context, entry, message, "")
            yield _Use(key, message, direction, address)


def channel_of(context: Context, holder: Place) -> tuple[str, Place | None]:
    """The channel of an operation or a reply, with the key that the document has it
    under; what stands there may be a reference itself."""
    reference = context.member(holder, "channel")
    once = None if reference is None else context.follow_once(reference)
    channel = None if once is None else context.follow(once)
    if once is None or channel is None:
        return "", None
    standing, meant = context.channel_keys
    key = standing.get(spot(once)) or meant.get(spot(channel))
    return key or components.last_token(channel.pointer), channel


def address_of(context: Context, key: str, channel: Place) -> str:
    """How a channel is called on the wire; its key where nothing is stated."""
    found = context.follow(channel)
    if found is None or not isinstance(found.data, dict):
        return key
    return stated_address(context, key, found) or key


def stated_address(context: Context, key: str, channel: Place) -> str:
    """The same of a channel that is no reference; empty where nothing is stated, as
    AsyncAPI 3 allows."""
    said = key if is_2(context) else context.text(channel, "address")
    return brokers.name_of(context, channel) or said


def messages_of(context: Context, channel: Place) -> Iterator[tuple[str, Place]]:
    """The messages of a channel of AsyncAPI 3, by key."""
    for key, entry in context.members(context.member(channel, "messages")):
        message = context.mapping(entry)
        if message is not None:
            yield key, message


def _unused(context: Context) -> Iterator[_Use]:
    """Messages among the components, those that they are one of too: of unknown
    direction if nothing else has them."""
    for key, entry in context.members(context.place("components", "messages")):
        for name, message in _each_of(context, entry, key):
            yield _Use(name, message, ir.Direction.UNKNOWN, "")


# --- one message -------------------------------------------------------------------


def _draft(context: Context, use: _Use) -> Draft:
    sources = sources_of(context, use.message)
    content_type = _last(context, sources, "contentType")
    content_type = content_type or context.text(context.place(), "defaultContentType")
    payload = payload_of(context, use.message, sources)
    if payload is None:
        # Bytes, or a schema in a language that is not JSON Schema.
        foreign = "payload" in use.message.data
        binary = foreign or (bool(content_type) and not is_json(content_type))
    else:
        binary = is_binary(content_type, payload.data)
    message = ir.Message(
        name=use.key,
        kind="event",
        direction=use.direction,
        payload=None,
        location=context.lowering.location(use.message),
        channel=use.channel,
        content_type=content_type,
        description=_last(context, sources, "description", "summary"),
        examples=tuple(
            e for source in sources for e in examples_of(context, source, "payload")
        ),
        binary=binary,
    )
    headers = headers_of(context, use.message, sources)
    return Draft(message, None if binary else payload, headers)


def described(module: ir.Module) -> ir.Module:
    """The module with what messages say of themselves at the payloads that stand in
    them, as far as these have no description."""
    schemas = dict(module.schemas)
    for message in module.messages:
        schema = None if message.payload is None else schemas.get(message.payload)
        if schema is None or message.kind != "event" or not message.description:
            continue
        where, inside = schema.location, message.location.child("payload")
        stands = f"{where.pointer}/".startswith(f"{inside.pointer}/")
        told = bool(schema.annotations.description)
        if stands and where.document == inside.document and not told:
            added = replace(schema.annotations, description=message.description)
            schemas[schema.id] = replace(schema, annotations=added)
    return replace(module, schemas=schemas)


def _last(context: Context, sources: list[Place], *keys: str) -> str:
    """A text of the last source that has one, under the first key that it has."""
    for source in reversed(sources):
        for key in keys:
            if found := context.text(source, key):
                return found
    return ""


def headers_of(context: Context, message: Place, sources: list[Place]) -> Place | None:
    """The schema of a message's headers: the one schema that its sources have, or all
    of them merged. What is merged stands at the message, as it stands nowhere else."""
    every: list[Place] = []
    for source in sources:
        own = context.member(source, "headers")
        if own is not None and not is_2(context):
            own = _schema(context, own, "the headers are not read")
        if own is not None:
            every.append(own)
    if len(every) < 2:
        return every[0] if every else None
    targets = [target for own in every if (target := context.target(own)) is not None]
    return _merged(message, "headers", targets)


def joined(
    context: Context, holder: Place, sources: list[Place], key: str
) -> Place | None:
    """What an object and its traits say under a key: the one value that there is, or
    all of them merged."""
    every = [own for s in sources if (own := context.member(s, key)) is not None]
    if len(every) < 2:
        return every[0] if every else None
    found = [target for own in every if (target := context.follow(own)) is not None]
    return _merged(holder, key, found)


def _merged(holder: Place, key: str, places: list[Place]) -> Place | None:
    """The values of some places as one, which stands at an object."""
    if not places:
        return None
    pointer = f"{holder.pointer}/{key}"
    return Place(holder.resource, pointer, patches.merged(holder, places))


def sources_of(context: Context, message: Place) -> list[Place]:
    """The message and its traits, so that later ones override earlier ones: the
    message wins in AsyncAPI 3, its traits in AsyncAPI 2."""
    traits: list[Place] = []
    for entry in context.elements(context.member(message, "traits")):
        followed = context.mapping(entry)
        if followed is not None:
            traits.append(followed)
    return [message, *traits] if is_2(context) else [*traits, message]


def examples_of(context: Context, source: Place, field: str) -> Iterator[ir.Example]:
    """The examples that a message or a trait shows of its payload, or its headers."""
    yield from context.examples(source, list, (field,))


def payload_of(context: Context, message: Place, sources: list[Place]) -> Place | None:
    """The place of the payload's schema; None where there is none that JSON Schema
    describes."""
    if message.data.get("payload") is None:
        return None
    payload = context.lowering.child(message, "payload")
    # AsyncAPI 2 names the format beside the payload, or in a trait.
    named = [s.data["schemaFormat"] for s in sources if "schemaFormat" in s.data]
    if named and named[-1] is not None:
        return _in_format(context, payload, named[-1])
    return _schema(context, payload)


def _schema(context: Context, place: Place, otherwise: str = _BYTES) -> Place | None:
    """The schema that AsyncAPI 3 means by a schema object: itself, or the one inside
    it where it names a format, behind a reference or not. `otherwise` is said of a
    format that is no JSON Schema."""
    followed = context.target(place)
    if followed is None or not isinstance(followed.data, dict):
        return place
    if "schemaFormat" not in followed.data or "schema" not in followed.data:
        return place
    inner = context.lowering.child(followed, "schema")
    return _in_format(context, inner, followed.data["schemaFormat"], otherwise)


def _meant(context: Context, place: Place) -> Place:
    """The schema that a reference means inside of another schema."""
    return _schema(context, place, "they assert nothing here") or place


def _in_format(
    context: Context, place: Place, named: Json, otherwise: str = _BYTES
) -> Place | None:
    dialect = schema_format(str(named))
    if dialect is not None:
        return context.in_dialect(place, dialect)
    text = f"schemas of format {quoted(named)} are not understood; {otherwise}; "
    text += "`--overlay` can say in JSON Schema what they mean"
    where = context.lowering.location(place)
    context.lowering.problem("dialect", text, where, severity=Severity.WARNING)
    return None


def schema_format(text: str) -> Dialect | None:
    """The dialect that a `schemaFormat` names; None for one that is no JSON Schema."""
    essence, _, rest = text.partition(";")
    parameters = (one.partition("=") for one in rest.split(";"))
    told = {name.strip().lower(): value for name, _, value in parameters}
    version = told.get("version", "").strip().strip('"')
    kind = essence.strip().lower().removesuffix("+json").removesuffix("+yaml")
    if kind == "application/vnd.aai.asyncapi":
        return dialects.ASYNCAPI
    if kind == "application/schema":
        if not version:
            return dialects.DRAFT_7
        named = dialects.BY_NAME.get(version) or dialects.of_schema_uri(version)
        return named or dialects.BY_NAME.get(version.removeprefix("draft-"))
    if kind == "application/vnd.oai.openapi":
        name = "openapi-" + ".".join(version.split(".")[:2])
        return dialects.BY_NAME.get(name) if version else dialects.OPENAPI_3_0
    return None
