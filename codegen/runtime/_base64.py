"""Base64 to bytes, as RFC 4648 says and nothing else.

The standard library needs two to four nanoseconds for a character, most of the time
that a frame of audio takes. pybase64 is used when it is installed, which needs a
fiftieth of that; it is never required. Whatever it refuses is judged by the
standard library, so the verdict does not depend on it.
"""

from __future__ import annotations

import binascii

from ._depth import roomy
from .errors import counted

TYPE_CHECKING: bool = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def decode(text: str) -> bytes:
    """The bytes of a base64 text with its padding.

    Raises `ValueError` for characters outside the alphabet, line breaks included,
    and for padding that is missing or stands where nothing is to be padded.
    """
    if text.__class__ is not str:
        raise ValueError("not base64: no text")
    if len(text) % 4:
        # Strict mode overlooks a padding character behind complete groups.
        count = counted(len(text), "character", "characters")
        raise ValueError(f"not base64: {count}, no multiple of 4")
    if _fast is not None:
        try:
            return _fast(text)
        except ValueError:
            pass
    try:
        return binascii.a2b_base64(text, strict_mode=True)
    except ValueError as error:  # Not `binascii.Error` where it is not ASCII.
        raise ValueError(f"not base64: {error}") from None


_URL: dict[int, int] = str.maketrans("-_+/", "+/  ")


def decode_url(text: str) -> bytes:
    """The same for a text in the alphabet of URLs, which may do without its padding."""
    if text.__class__ is not str:
        raise ValueError("not base64: no text")
    padding = "" if text.endswith("=") else "=" * (-len(text) % 4)
    return decode(text.translate(_URL) + padding)


def decode_all(texts: Any, url: bool = False) -> list[bytes]:
    """The bytes of each text in a list, in base64 or base64url.

    Raises `ValueError`, also where there is no list, as in a field that was decoded
    tolerantly.
    """
    if texts.__class__ is not list:
        raise ValueError("not base64: no list of texts")
    one = decode_url if url else decode
    return [one(text) for text in texts]


def _first(text: str) -> bytes:
    """Stands in for `_fast` until the first text, which shows that one is needed."""
    global _fast
    from importlib import import_module

    try:
        b64decode = roomy(import_module, "pybase64").b64decode
    except ImportError:
        _fast = None
        raise ValueError from None  # which sends `decode` to the standard library

    def fast(text: str) -> bytes:
        decoded: bytes = b64decode(text, None, True)
        return decoded

    _fast = fast
    return fast(text)


_fast: Callable[[str], bytes] | None = _first
