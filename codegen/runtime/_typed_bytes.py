"""`byte`, base64 (RFC 4648), as `bytes`."""

from __future__ import annotations

import binascii

from ._base64 import decode
from ._typed import Carrying, Form


class Base64(Carrying, bytes):
    """Bytes with the text that they came as."""

    def _plain(self) -> bytes:
        return bytes(self)


def _made(text: str) -> Base64 | None:
    try:
        made = Base64(decode(text))
    except ValueError:
        return None
    return made if _tail(made) == text[-4:] else None


def _tail(value: bytes) -> str:
    """The last four characters, in which alone bits may be left over."""
    start = max(len(value) - 1, 0) // 3 * 3
    return binascii.b2a_base64(value[start:], newline=False).decode()


def _why(text: str) -> str:
    try:
        decode(text)
    except ValueError as error:
        return f"is {error}"
    return "is base64 with bits behind its end, which bytes cannot hold"


def _spelled(value: bytes) -> str:
    return binascii.b2a_base64(value, newline=False).decode()


BYTES = Form(Base64, bytes, make=_made, why=_why, spell=_spelled)
