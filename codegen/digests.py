"""Digests of files and strings, and the newlines that do not count in files.

A version control system may give text files other newlines than were written; what is
generated, and what it is generated from, means the same with them.
"""

from __future__ import annotations

import hashlib


def unified(data: bytes) -> bytes:
    """The bytes of a text with newlines as we write them."""
    # A single byte is looked for ten times as fast as two.
    return data.replace(b"\r\n", b"\n") if b"\r" in data else data


def of(data: bytes) -> str:
    """The digest of bytes."""
    return hashlib.sha256(data).hexdigest()


def of_strings(*texts: str) -> str:
    """The digest of some strings, which may hold halves of surrogate pairs."""
    return of("\0".join(texts).encode("utf-8", "surrogatepass"))


def of_text(data: bytes) -> str:
    """The digest of a text, whichever newlines it has."""
    return of(unified(data))
