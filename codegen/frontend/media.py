"""Media types of bodies and payloads."""

from __future__ import annotations

from codegen.source.node import Json


def essence(media: str) -> str:
    """A media type without its parameters, in small letters."""
    return media.partition(";")[0].strip().lower()


def is_json(media: str) -> bool:
    """Whether a media type is JSON, or another type with the suffix `+json`."""
    return essence(media).endswith(("/json", "+json"))


def is_binary(media: str, schema: Json) -> bool:
    """Whether a body consists of bytes: its media type is not JSON, and its schema is
    empty or a string of the format `binary`."""
    if is_json(media) or not media or not isinstance(schema, dict):
        return False
    return not schema or schema.get("format") == "binary"
