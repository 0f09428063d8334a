"""Remembers what Black made of a piece: in memory, and on disk where there is a place.

The disk is only ever a help. A cache that cannot be opened, is damaged or was written
by another version of Black is as good as none, and is replaced. Entries carry a digest
of key and text, so a damaged one is not believed. This is a cache, not output: it is
the one place beside `codegen.output` that writes.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

try:
    import sqlite3
except ImportError:  # Some builds of Python lack it; then there is only memory.
    sqlite3 = None  # type: ignore[assignment]

FILE: Final = "format.sqlite3"
MAX_BYTES: Final = 64 * 1024 * 1024
"""The texts of a cache on disk take no more than this; the least used go first."""

_TABLE = (
    "CREATE TABLE IF NOT EXISTS entry "
    "(key BLOB PRIMARY KEY, text TEXT, digest BLOB, used INTEGER) WITHOUT ROWID"
)


class Cache:
    """Text by text, for one `version` of whatever makes the one from the other."""

    def __init__(self, version: str, folder: Path | None = None) -> None:
        self._version = version.encode()
        self._folder = folder
        self._memory: dict[bytes, str] = {}
        self._new: dict[bytes, str] = {}
        self._used: set[bytes] = set()
        self._disk = None if folder is None or sqlite3 is None else _open(folder)

    def get(self, text: str) -> str | None:
        """What was put for this text, if it is known."""
        key = self._key(text)
        known = self._memory.get(key)
        if known is None and self._disk is not None:
            known = self._read(key)
            if known is not None:
                self._memory[key] = known
                self._used.add(key)
        return known

    def put(self, text: str, made: str) -> None:
        """Remember what was made of a text."""
        key = self._key(text)
        self._memory[key] = self._new[key] = made

    def close(self) -> None:
        """Write what is new to disk. Never fails: a cache is not worth an error."""
        disk, self._disk = self._disk, None
        if disk is None:
            return
        with contextlib.suppress(sqlite3.Error):
            if self._new:
                self._write(disk)
        with contextlib.suppress(sqlite3.Error):
            disk.close()

    def _key(self, text: str) -> bytes:
        data = text.encode("utf-8", "surrogatepass")
        return hashlib.sha256(self._version + b"\0" + data).digest()

    def _read(self, key: bytes) -> str | None:
        assert self._disk is not None
        try:
            query = "SELECT text, digest FROM entry WHERE key = ?"
            row = self._disk.execute(query, (key,)).fetchone()
        except sqlite3.Error:
            self._disk = None
            return None
        if row is None or not isinstance(row[0], str):
            return None
        return row[0] if row[1] == _digest(key, row[0]) else None

    def _write(self, disk: sqlite3.Connection) -> None:
        with disk:
            last = disk.execute("SELECT max(used) FROM entry").fetchone()[0] or 0
            rows = (
                (key, text, _digest(key, text), last + 1)
                for key, text in self._new.items()
            )
            disk.executemany("INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?)", rows)
            touched = ((last + 1, key) for key in self._used)
            disk.executemany("UPDATE entry SET used = ? WHERE key = ?", touched)
            disk.executemany("DELETE FROM entry WHERE key = ?", _surplus(disk))


def _surplus(disk: sqlite3.Connection) -> list[tuple[bytes]]:
    """The keys of the least used entries beyond the size that is allowed."""
    total, surplus = 0, []
    query = "SELECT key, length(text) FROM entry ORDER BY used DESC, key"
    for key, size in disk.execute(query):
        total += size + 200
        if total > MAX_BYTES:
            surplus.append((key,))
    return surplus


def _digest(key: bytes, text: str) -> bytes:
    data = text.encode("utf-8", "surrogatepass")
    return hashlib.sha256(key + data).digest()[:16]


def _open(folder: Path) -> sqlite3.Connection | None:
    """The cache in a folder, made anew if it is damaged; None if that cannot be."""
    path = folder / FILE
    for _ in range(2):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            ignore = folder / ".gitignore"
            if not ignore.exists():
                ignore.write_text("*\n")
            disk = sqlite3.connect(path, timeout=2)
            disk.execute(_TABLE)
            disk.execute("SELECT key, text, digest, used FROM entry LIMIT 1").fetchone()
            return disk
        except sqlite3.OperationalError:
            return None
        except sqlite3.Error:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
        except OSError:
            return None
    return None


@contextlib.contextmanager
def opened(version: str, folder: Path | None = None) -> Iterator[Cache]:
    """A cache that is written to disk in the end."""
    cache = Cache(version, folder)
    try:
        yield cache
    finally:
        cache.close()
