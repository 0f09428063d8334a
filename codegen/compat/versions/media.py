"""Media types and ranges of them, as they are compared."""

from __future__ import annotations


def ranges(media: str) -> tuple[str, str]:
    """The ranges that take a media type in, the nearest first."""
    return f"{media_key(media).partition('/')[0]}/*", "*/*"


def in_range(media: str, other: str) -> bool:
    """Whether the other one is a range that takes a media type in."""
    return media_key(other) in ranges(media)


def media_key(media: str) -> str:
    """A media type as it is compared: no case, no order of parameters; JSON is UTF-8
    whether that is said or not."""
    essence, *rest = (part.strip().lower() for part in media.split(";"))
    json = essence.endswith(("/json", "+json"))
    kept = sorted(p for p in rest if p and not (json and p == "charset=utf-8"))
    return ";".join([essence, *kept])
