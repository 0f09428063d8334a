"""JSON Pointers (RFC 6901)."""

from __future__ import annotations

import re
from typing import Final

from codegen.source.node import Json

_INDEX: Final = re.compile(r"(0|[1-9][0-9]{0,8})\Z")


class Missing(LookupError):
    """A pointer leads to nothing."""


def tokens(pointer: str) -> list[str]:
    """The unescaped tokens of a pointer. Raises ValueError on one without a slash."""
    if not pointer:
        return []
    if not pointer.startswith("/"):
        raise ValueError(f"{pointer!r} is not a JSON Pointer")
    return [unescape(token) for token in pointer[1:].split("/")]


def unescape(token: str) -> str:
    """The key that a token stands for."""
    return token.replace("~1", "/").replace("~0", "~")


def escape(key: str) -> str:
    """The token that stands for a key."""
    return key.replace("~", "~0").replace("/", "~1")


def step(value: Json, token: str) -> Json:
    """The member of a value under one token. Raises `Missing`."""
    if isinstance(value, dict) and token in value:
        return value[token]
    if isinstance(value, list) and _INDEX.match(token) and int(token) < len(value):
        return value[int(token)]
    raise Missing(token)
