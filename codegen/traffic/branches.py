"""New branches for unions, and new events for channels: what a specification needs for
objects with a tag that it does not know."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Final

from codegen.frontend import Loaded
from codegen.frontend.dialects import Dialect
from codegen.ir import model as ir
from codegen.ir import tags
from codegen.ir.basics import Location
from codegen.python import Package
from codegen.source import pointer as pointers
from codegen.traffic.actions import Action, CannotMend, Json
from codegen.traffic.blame import SEVERAL, Fault
from codegen.traffic.evidence import Evidence, type_of
from codegen.traffic.inferring import one_value, schema_of

__all__ = ["SEVERAL", "added", "event"]

_PLAIN: Final = re.compile(r"[A-Za-z0-9._-]{1,100}")


def added(
    loaded: Loaded, fault: Fault, keyword: str, seen: Evidence
) -> Iterator[Action]:
    """The actions that add a branch to the union of a fault, for objects with this tag.
    Its schema fits everything that was `seen`. Raises `CannotMend`."""
    assert isinstance(fault.assertion, ir.AnyOf | ir.OneOf)
    place, value = fault.schema.location, fault.value
    dialect = loaded.dialect(place)
    union = place.child(keyword)
    hint = fault.schema.annotations.discriminator
    tagged = tags.among(loaded.module, fault.assertion, hint)
    if tagged is None or not isinstance(value, dict):
        alone = Evidence()
        alone.add(value)
        schema = schema_of(alone, dialect)
        does = f"adds a branch for a value of type {type_of(value)}"
        yield Action(union, does, update=schema)
        return
    tag = _tag(value, tagged)
    schema = _tagged(schema_of(seen, dialect), tagged.path, tag, dialect)
    does = f"adds a branch for {tagged.name} {str(tag)[:60]}"
    if hint is None:
        yield Action(union, does, update=schema)
    else:
        yield from _component(loaded, place, union, (hint, tag), schema, does)


def _tag(value: Json, tagged: tags.Tagged) -> str | int:
    """The tag of an object. Raises `CannotMend` if it is of another type than known
    tags."""
    for name in tagged.path:
        value = value.get(name) if isinstance(value, dict) else None
    if not isinstance(value, str | int) or type(value) not in tagged.kinds:
        raise CannotMend("its tag is of another type than all others")
    return value


def _tagged(
    schema: dict[str, Json], path: tuple[str, ...], tag: str | int, dialect: Dialect
) -> dict[str, Json]:
    """A schema of objects in which the property of the tag has this value."""
    name, *inner = path
    properties = dict(schema.get("properties", {}))
    if inner:
        inside = properties.get(name, {"type": "object"})
        properties[name] = _tagged(inside, tuple(inner), tag, dialect)
    else:
        properties[name] = one_value(tag, dialect)
    required = [*dict.fromkeys([name, *schema.get("required", [])])]
    return {"type": "object", "properties": properties, "required": required}


def _component(
    loaded: Loaded,
    place: Location,
    union: Location,
    told: tuple[ir.Discriminator, str | int],
    schema: dict[str, Json],
    does: str,
) -> Iterator[Action]:
    """A branch with a name of its own, as a discriminator requires, which is added to
    its mapping."""
    hint, tag = told
    data = loaded.workspace.named(place.document).data
    components = data.get("components") if isinstance(data, dict) else None
    if not isinstance(components, dict) or "schemas" not in components:
        raise CannotMend(
            "a discriminator asks for a named branch, and there is no "
            "`components.schemas` in this document"
        )
    name = name_for(tag, components["schemas"])
    reference = f"#/components/schemas/{name}"
    schemas = Location(place.document, "/components/schemas")
    yield Action(schemas, f"declares {name}", update={name: schema})
    yield Action(union, does, update={"$ref": reference})
    mapping = {"mapping": {str(tag): reference}}
    if hint.mapping or name != tag:
        stated = pointers.step(_at(loaded, place), "discriminator")
        if isinstance(stated, dict):
            yield Action(place.child("discriminator"), does, update=mapping)


def _at(loaded: Loaded, place: Location) -> Json:
    value = loaded.workspace.named(place.document).data
    for token in pointers.tokens(place.pointer):
        value = pointers.step(value, token)
    return value


def name_for(tag: str | int, taken: Json) -> str:
    """A free name for a schema with this tag: the tag itself if possible."""
    text = str(tag)
    if _PLAIN.fullmatch(text) and text not in taken:
        return text
    return f"event-{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:8]}"


# --- events ------------------------------------------------------------------------


def event(
    loaded: Loaded,
    package: Package,
    direction: ir.Direction,
    value: Json,
    seen: Evidence,
) -> Iterator[Action]:
    """The actions that make an event of an object that is none, with a schema that fits
    everything that was seen with its tag. Raises `CannotMend`."""
    table = package.directions.get(direction)
    if table is None:
        only = package.tables if direction is ir.Direction.UNKNOWN else ()
        table = only[0] if len(only) == 1 else None
    if table is None:
        raise CannotMend("its direction is not known, so that it has no channel")
    if table.schema is not None:
        union = tags.alternatives(loaded.module, table.schema)
        if union is None:
            raise CannotMend("the union of all events stands in no single place")
        fault = Fault(union, table.schema, table.schema, "", value)
        keyword = "oneOf" if isinstance(union, ir.OneOf) else "anyOf"
        yield from added(loaded, fault, keyword, seen)
        return
    messages = [
        m for m in loaded.module.messages if m.direction is direction and m.channel
    ]
    to_client = direction is ir.Direction.SERVER_TO_CLIENT
    settings = package.settings
    if not messages or (
        settings.server_events if to_client else settings.client_events
    ):
        raise CannotMend("the configuration lists the events, not the document")
    tag = _tag(value, table.tagged)
    path = table.tagged.path
    dialect = loaded.dialect(messages[0].location)
    payload = _tagged(schema_of(seen, dialect), path, tag, dialect)
    yield from _message(loaded, messages, tag, payload)


def _message(
    loaded: Loaded, messages: list[ir.Message], tag: str | int, payload: Json
) -> Iterator[Action]:
    """A new message for the channel that has the messages of a direction."""
    document = loaded.workspace.home
    data = loaded.workspace.named(document).data
    names = {message.name for message in messages}
    root = Location(document, "")
    does = f"adds the event {str(tag)[:60]}"
    for key, channel in _mappings(data.get("channels")):
        own = channel.get("messages")
        if isinstance(own, dict) and names & own.keys():
            name = name_for(tag, own)
            where = root.child("channels", key, "messages")
            yield Action(where, does, update={name: {"payload": payload}})
            known = {f"#{where.child(other).pointer}" for other in names}
            reference = f"#{where.child(name).pointer}"
            yield from _listed(data, root, known, reference, does)
            return
        for action in ("publish", "subscribe"):
            operation = channel.get(action)
            message = operation.get("message") if isinstance(operation, dict) else None
            union = message.get("oneOf") if isinstance(message, dict) else None
            if isinstance(union, list) and _holds(union, names):
                where = root.child("channels", key, action, "message", "oneOf")
                new = {"name": name_for(tag, names), "payload": payload}
                yield Action(where, does, update=new, appends=True)
                return
    raise CannotMend("no channel of the document itself lists the events")


def _listed(
    data: Json, root: Location, known: set[str], reference: str, does: str
) -> Iterator[Action]:
    """The actions that add the message to each operation that lists other messages of
    the same channel and direction."""
    for key, operation in _mappings(data.get("operations")):
        messages = operation.get("messages")
        if isinstance(messages, list) and any(
            isinstance(message, dict) and message.get("$ref") in known
            for message in messages
        ):
            where = root.child("operations", key, "messages")
            yield Action(where, does, update={"$ref": reference}, appends=True)


def _holds(messages: list[Json], names: set[str]) -> bool:
    """Whether a list of messages has one with such a name."""
    for message in messages:
        if isinstance(message, dict):
            reference = message.get("$ref", "")
            last = pointers.unescape(str(reference).rpartition("/")[2])
            if last in names or message.get("name") in names:
                return True
    return False


def _mappings(value: Json) -> Iterator[tuple[str, dict[str, Json]]]:
    for key, inner in value.items() if isinstance(value, dict) else ():
        if isinstance(inner, dict):
            yield key, inner
