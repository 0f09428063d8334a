"""Which files earlier runs have printed, and the guard has passed, so that they can be
left as they are.

What is known about a file is what it was made from, and which text came of it, both as
digests. The text itself is what lies on disk. So no text comes out of the cache, and a
file that was edited or is missing is printed again. Comments at the head of a file do
not count: they may name the specification, which is different after each change.
"""

from __future__ import annotations

import re

from codegen import digests
from codegen.cache import made_of
from codegen.cache.memo import Memo

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


class Printed:
    """The files of one package. `read` returns the bytes of a file on disk by its path,
    or None. `ours` is the digest of the tool. Nothing is stored before `save`."""

    def __init__(
        self, subject: str, ours: str, read: Callable[[str], bytes | None]
    ) -> None:
        self._memo = Memo(f"{subject}\0printed", ours)
        self._read = read

    @property
    def active(self) -> bool:
        """Whether anything can be stored."""
        return self._memo.active

    def key(self, parts: object, about: made_of.About) -> str:
        """The key of what something is made of; empty if it has none."""
        if not self.active:
            return ""
        try:
            return made_of.digest(parts, about)[:_SHORT]
        except (TypeError, ValueError, RecursionError):
            return ""

    @property
    def empty(self) -> bool:
        """Whether nothing is known of any file."""
        return self._memo.empty

    def knows(self, path: str) -> bool:
        """Whether anything is known of a file."""
        return self._memo.last(path) is not None

    def text(self, path: str, key: str) -> tuple[str, Any] | None:
        """The text of a file behind the comments at its head, and what was stored with
        it, if it was made from what has this key and is still unchanged on disk.
        Newlines may differ."""
        found = self._memo.get(path, key) if key else None
        if not (isinstance(found, list) and len(found) == 2):
            return None
        data = self._read(path)
        if data is None:
            return None
        data = _body(digests.unified(data))
        if digests.of(data)[:_SHORT] != found[0]:
            return None
        return data.decode("utf-8"), found[1]

    def passed(self, path: str, text: str) -> bool:
        """Whether this is the text that the guard passed the last time."""
        found = self._memo.last(path)
        if not (isinstance(found, list) and found):
            return False
        return bool(found[0] == digests.of(_body(text.encode()))[:_SHORT])

    def keep(self, path: str, key: str, text: str, more: Any = None) -> None:
        """Store that this text was made from what has this key, and `more` plain data
        about it. There must be no other comments directly behind those at its head."""
        value = [digests.of(_body(text.encode()))[:_SHORT], more]
        known = self._memo.get(path, key) == value
        self._memo.keep(path, key, None if known else value)

    def save(self) -> None:
        """Store everything that was kept."""
        self._memo.save()


def _body(data: bytes) -> bytes:
    """A text without the comments at its head."""
    match = _COMMENTS.match(data)
    return data[match.end() :] if match else data


_COMMENTS = re.compile(rb"(?:#[^\n]*\n)*")
_SHORT = 40
"""Digits of a digest that are kept; no two things have them in common by chance."""
