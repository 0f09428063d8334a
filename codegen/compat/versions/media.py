"""Media types and ranges of them, as they are compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

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


def may_be_xml(interface: ops.Interface) -> bool:
    """Whether anything could travel as XML: a document says so, or does not say what
    travels."""
    found = [essence(media) for media in _stated(interface)]
    return not found or bool(interface.gaps) or not all(map(_no_xml, found))


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


def _stated(interface: ops.Interface) -> Iterator[str]:
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
        yield message.content_type or "application/json"


def _of_parameters(many: Iterable[ops.Parameter]) -> Iterator[str]:
    for one in many:
        if "content" in one.settings:
            yield str(one.settings["content"])


def _of_bodies(content: Mapping[str, ops.Media]) -> Iterator[str]:
    for media in content.values():
        yield media.media
        for one in media.encoding.values():
            if "contentType" in one.settings:
                yield from str(one.settings["contentType"]).split(",")
            yield from _of_parameters(one.headers.values())
