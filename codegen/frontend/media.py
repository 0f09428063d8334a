"""Media types of bodies and payloads."""

from __future__ import annotations

from codegen.source.node import Json


def is_json(media: str) -> bool:
    """Whether a media type is JSON, alone or as a suffix."""
    essence = media.partition(";")[0].strip().lower()
    return essence.endswith(("/json", "+json"))


def is_binary(media: str, schema: Json) -> bool:
    """A body of bytes, which is written as an empty schema, or as a string of
    format `binary`, under a media type other than JSON."""
    if is_json(media) or not media or not isinstance(schema, dict):
        return False
    return not schema or schema.get("format") == "binary"
