"""Media types and ranges of them, as they are compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, TypeAlias

from codegen.ir import model as ir
from codegen.ir import operations as ops

FORM: Final = "application/x-www-form-urlencoded"


def ranges(media: str) -> tuple[str, ...]:
    """The ranges that take a media type in, the nearest first. A type of which no
    charset is said takes in those of every charset."""
    key, free = media_key(media), of_any_charset(media)
    nearest = (free,) if free != key else ()
    return *nearest, f"{key.partition('/')[0]}/*", "*/*"


def of_any_charset(media: str) -> str:
    """A media type as it is compared, whatever its charset."""
    parts = media_key(media).split(";")
    return ";".join(part for part in parts if not part.startswith("charset="))


def in_range(media: str, other: str) -> bool:
    """Whether the other one is a range that takes a media type in."""
    return media_key(other) in ranges(media)


def media_key(media: str) -> str:
    """A media type as it is compared: no case, no order of parameters; JSON is UTF-8
    whether that is said or not."""
    name, *rest = (part.strip().lower() for part in media.split(";"))
    json = name.endswith(("/json", "+json"))
    kept = sorted(p for p in rest if p and not (json and p == "charset=utf-8"))
    return ";".join([name, *kept])


def essence(media: str) -> str:
    """A media type without its parameters."""
    return media_key(media).partition(";")[0]


# --- XML ---------------------------------------------------------------------------


def as_xml(interface: ops.Interface) -> frozenset[ir.SchemaId] | None:
    """The schemas of all that could travel as XML; None where a document does not say
    what travels."""
    found = list(_stated(interface))
    if not found or interface.gaps:
        return None
    return frozenset(
        schema
        for media, schemas in found
        for schema in schemas
        if schema is not None and not _no_xml(essence(media))
    )


def _no_xml(found: str) -> bool:
    kind, _, name = found.partition("/")
    if name.endswith("+xml"):
        return False
    return (
        name.endswith(("json", "+yaml"))
        or kind in ("image", "audio", "video", "multipart")
        or found in _NO_XML
    )


_NO_XML: Final = frozenset(
    (
        FORM, "application/octet-stream",
        "application/pdf", "application/zip", "application/jsonl",
        "application/x-ndjson", "application/x-jsonlines", "application/json-seq",
        "application/yaml", "text/plain", "text/csv", "text/event-stream",
    )
)  # fmt: skip


_Stated: TypeAlias = tuple[str, tuple[ir.SchemaId | None, ...]]
"""A media type, and the schemas of what travels as this."""


def _stated(interface: ops.Interface) -> Iterator[_Stated]:
    """Every media type that a document states."""
    for operation in interface.operations:
        yield from _of_parameters(operation.parameters)
        if operation.body is not None:
            yield from _of_bodies(operation.body.content)
        for response in operation.responses.values():
            yield from _of_parameters(response.headers.values())
            yield from _of_bodies(response.content)
    carriers = [channel.messages for channel in interface.channels]
    for action in interface.actions:
        carriers.append(action.messages)
        if action.reply is not None:
            carriers.append(action.reply.messages)
    for message in (one for many in carriers for one in many):
        schemas = message.payload, message.headers, *message.bound.values()
        yield message.content_type or "application/json", schemas


def _of_parameters(many: Iterable[ops.Parameter]) -> Iterator[_Stated]:
    for one in many:
        if "content" in one.settings:
            yield str(one.settings["content"]), (one.schema,)


def _of_bodies(content: Mapping[str, ops.Media]) -> Iterator[_Stated]:
    for media in content.values():
        schemas = media.schema, media.item, *media.data.values()
        yield media.media, schemas
        for one in media.encoding.values():
            for each in str(one.settings.get("contentType", media.media)).split(","):
                yield each, schemas
            yield from _of_parameters(one.headers.values())
