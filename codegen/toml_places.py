"""Where keys and values stand in a TOML text; `tomllib` does not tell.

The text is one that `tomllib` has read, so nothing is checked here: this goes through
it once and notes where each key begins, in tables, inline tables and arrays alike.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from typing import Final, TypeAlias

from codegen.diagnostics import Span

Path: TypeAlias = tuple[str | int, ...]

_BLANK: Final = " \t\r\n"
_ENDS: Final = ",]}#\r\n"
_QUOTES: Final = ('"""', "'''", '"', "'")


class Places:
    """The places of a text. Paths begin below `inside`, a table."""

    def __init__(self, shown: str, text: str, inside: Sequence[str] = ()) -> None:
        self._shown = shown
        self._lines = text.split("\n")
        self._inside = tuple(inside)
        self._places = _Scanner(text).places
        self._starts = [0]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line) + 1)

    def find(self, path: Sequence[str | int]) -> Span:
        """The place of a path, or of the nearest of what holds it."""
        whole = (*self._inside, *path)
        for length in range(len(whole), 0, -1):
            at = self._places.get(whole[:length])
            if at is not None:
                return self._span(at)
        return Span(self._shown, 1, 1)

    def line(self, span: Span) -> str:
        """The text of the line of a span."""
        known = span.line <= len(self._lines)
        return self._lines[span.line - 1].rstrip("\r") if known else ""

    def _span(self, at: int) -> Span:
        import bisect

        line = bisect.bisect_right(self._starts, at)
        return Span(self._shown, line, at - self._starts[line - 1] + 1)


class _Scanner:
    """One way through a text; `places` has the offset of each path."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._tables: dict[Path, int] = {}
        self.places: dict[Path, int] = {}
        table: Path = ()
        while self._skip():
            if self._sees("["):
                table = self._header()
            else:
                self._pair(table)

    def _sees(self, text: str) -> bool:
        return self._text.startswith(text, self._at)

    def _skip(self) -> bool:
        """Go past blanks and comments; whether anything is left."""
        while self._at < len(self._text):
            if self._text[self._at] == "#":
                end = self._text.find("\n", self._at)
                self._at = len(self._text) if end < 0 else end
            elif self._text[self._at] not in _BLANK:
                return True
            else:
                self._at += 1
        return False

    def _header(self) -> Path:
        """A table, or the next of an array of tables."""
        start = self._at
        many = self._sees("[[")
        self._at += 2 if many else 1
        *above, last = self._key()
        self._at += 2 if many else 1
        path: Path = ()
        for part in above:
            path = self._latest((*path, part))
            self.places.setdefault(path, start)
        path = (*path, last)
        self.places.setdefault(path, start)
        if many:
            self._tables[path] = self._tables.get(path, -1) + 1
        path = self._latest(path)
        self.places.setdefault(path, start)
        return path

    def _latest(self, path: Path) -> Path:
        """A table by its path: of an array of tables the one that came last."""
        return (*path, self._tables[path]) if path in self._tables else path

    def _key(self) -> list[str]:
        """The parts of a dotted key; what ends it is not read."""
        parts = []
        while self._skip():
            if self._text[self._at] in "\"'":
                parts.append(tomllib.loads(f"key = {self._quoted()}")["key"])
            else:
                start = self._at
                while self._text[self._at] not in " \t.=]":
                    self._at += 1
                parts.append(self._text[start : self._at])
            self._skip()
            if not self._sees("."):
                break
            self._at += 1
        return parts

    def _quoted(self) -> str:
        """A string as it is written."""
        start = self._at
        quote = next(quote for quote in _QUOTES if self._sees(quote))
        self._at += len(quote)
        while not self._sees(quote):
            escaped = quote[0] == '"' and self._sees("\\")
            self._at += 2 if escaped else 1
        self._at += len(quote)
        # Up to two quotes may stand before those that end it.
        while len(quote) == 3 and self._sees(quote[0]):
            self._at += 1
        return self._text[start : self._at]

    def _pair(self, table: Path) -> None:
        start = self._at
        path = table
        for part in self._key():
            path = (*path, part)
            self.places.setdefault(path, start)
        self._at += 1
        self._skip()
        self._value(path)

    def _value(self, path: Path) -> None:
        if self._sees("["):
            self._items(path)
        elif self._sees("{"):
            self._members(path)
        elif self._text[self._at] in "\"'":
            self._quoted()
        else:
            while self._at < len(self._text) and self._text[self._at] not in _ENDS:
                self._at += 1

    def _items(self, path: Path) -> None:
        self._at += 1
        index = 0
        while self._skip() and not self._sees("]"):
            if self._sees(","):
                self._at += 1
                continue
            self.places[*path, index] = self._at
            self._value((*path, index))
            index += 1
        self._at += 1

    def _members(self, path: Path) -> None:
        self._at += 1
        while self._skip() and not self._sees("}"):
            if self._sees(","):
                self._at += 1
            else:
                self._pair(path)
        self._at += 1
