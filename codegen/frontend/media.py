"""Media types of bodies and payloads."""

from __future__ import annotations

from typing import Final

from codegen.source.node import Json

EVENT_STREAM: Final = "text/event-stream"
_SEQUENCES: Final = frozenset(
    (
        EVENT_STREAM,
        *("application/jsonl", "application/x-ndjson", "application/json-seq"),
    )
)


def essence(media: str) -> str:
    """A media type without its parameters, in small letters."""
    return media.partition(";")[0].strip().lower()


def is_sequence(media: str) -> bool:
    """Whether a body comes item by item."""
    name = essence(media)
    return name in _SEQUENCES or name.endswith("+json-seq")


def is_json(media: str) -> bool:
    """Whether a media type is JSON, or another type with the suffix `+json`."""
    return essence(media).endswith(("/json", "+json"))


def is_binary(media: str, schema: Json) -> bool:
    """Whether a body consists of bytes: its media type is not JSON, and its schema is
    empty or a string of the format `binary`."""
    if is_json(media) or not media or not isinstance(schema, dict):
        return False
    return not schema or schema.get("format") == "binary"
