"""Remembers what Black made of a piece: in memory, and on disk where there is a place.

The disk is only ever a help. A cache that cannot be opened, is damaged or was written
by another version of Black is as good as none, and is replaced. Entries carry a digest
of key and text, so a damaged one is not believed; against one that was forged, whoever
asks must compare what it gets with what it asked for. This is a cache, not output: it
is the one place beside `codegen.output` that writes.

Its place is the cache folder of the user, never a repository, which comes from others.
A folder or file that somebody else could have written is not opened.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

try:
    import sqlite3
except ImportError:  # Some builds of Python lack it; then there is only memory.
    sqlite3 = None  # type: ignore[assignment]

FILE: Final = "format.sqlite3"
MAX_BYTES: Final = 64 * 1024 * 1024
"""The texts of a cache on disk take no more than this; the least used go first."""

MAX_TEXT: Final = 16 * 1024 * 1024
"""No row is read or written that is longer than this."""

VARIABLE: Final = "CODEGEN_CACHE_DIR"
"""Names another folder than that of the user."""

_TABLE: Final = (
    "entry (key BLOB PRIMARY KEY, text TEXT, digest BLOB, used INTEGER) WITHOUT ROWID"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A folder for a cache, and how to call it where no path of a machine may stand."""

    folder: Path
    shown: str


def place() -> Place | None:
    """Where the cache of this user is; None where there is no such place.

    A variable that holds no absolute path is none: a relative one would lead into
    whatever folder is the current one. The user's own choice may. Nor is the root of
    the file system, where an empty HOME leads, the home of anybody.
    """
    if chosen := os.environ.get(VARIABLE):
        return Place(Path(chosen), chosen)
    for base, *below in _USUAL:
        root = os.path.expandvars(os.path.expanduser(base))
        if os.path.isabs(root) and os.path.dirname(root) != root:
            return Place(Path(root, *below), "/".join((base, *below)))
    return None


_USUAL: Final[tuple[tuple[str, ...], ...]] = (
    (("$LOCALAPPDATA", "codegen", "Cache"),)
    if sys.platform == "win32"
    else (
        (("~", "Library", "Caches", "codegen"),)
        if sys.platform == "darwin"
        else (("$XDG_CACHE_HOME", "codegen"), ("~", ".cache", "codegen"))
    )
)
"""The cache folder of the user by platform, the first that there is."""


class Cache:
    """Text by text, for one `version` of whatever makes the one from the other."""

    def __init__(self, version: str, folder: Path | None = None) -> None:
        self._version = version.encode()
        self._memory: dict[bytes, str] = {}
        self._new: dict[bytes, str] = {}
        self._used: set[bytes] = set()
        self.refused = ""
        """Why the folder is not used; empty if it is, or simply cannot be."""
        self._disk = None
        if folder is not None and sqlite3 is not None:
            self.refused = _prepare(folder)
            self._disk = None if self.refused else _open(folder)

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
        self._memory[key] = made
        if len(made) < MAX_TEXT // 4:  # Of UTF-8, which takes up to four bytes.
            self._new[key] = made

    def close(self) -> None:
        """Write what is new to disk. Never fails: a cache is not worth an error."""
        disk, self._disk = self._disk, None
        if disk is None:
            return
        # Values of another type than they should have raise what they like.
        with contextlib.suppress(sqlite3.Error, TypeError, ValueError, OverflowError):
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
        except sqlite3.DataError:  # A row beyond measure; others may be as they should.
            return None
        except sqlite3.Error:
            self.close()
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


def _prepare(folder: Path) -> str:
    """Make the folder; why it, or the file in it, is not to be trusted, if so."""
    with contextlib.suppress(OSError, ValueError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path, kind in ((folder, stat.S_ISDIR), (folder / FILE, stat.S_ISREG)):
        try:
            found = path.lstat()
        except (OSError, ValueError):
            continue  # There is none; opening it will tell.
        what = "the folder" if path == folder else f"{FILE} in it"
        if stat.S_ISLNK(found.st_mode):
            return f"{what} is a symbolic link"
        if not kind(found.st_mode):
            return f"{what} is something else"
        if sys.platform != "win32":
            if found.st_uid != os.geteuid():
                return f"{what} belongs to another user"
            if found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
                return f"others may write to {what}"
    return ""


def _open(folder: Path) -> sqlite3.Connection | None:
    """The cache in a folder, made anew if it is damaged; None if that cannot be."""
    path = folder / FILE
    for _ in range(2):
        try:
            return _connect(path)
        except (sqlite3.OperationalError, OSError, ValueError):
            return None
        except sqlite3.Error:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
    return None


def _connect(path: Path) -> sqlite3.Connection:
    """A database with our table and nothing else; raises `sqlite3.DatabaseError`."""
    disk = sqlite3.connect(path, timeout=2)
    try:
        disk.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_TEXT)
        # A view or a trigger would run whatever its author liked.
        found = disk.execute("SELECT sql FROM sqlite_master").fetchall()
        if not found:
            disk.execute(f"CREATE TABLE IF NOT EXISTS {_TABLE}")
        elif found != [(f"CREATE TABLE {_TABLE}",)]:
            raise sqlite3.DatabaseError("not a cache")
        disk.execute("SELECT key, text, digest, used FROM entry LIMIT 1").fetchone()
    except BaseException:
        disk.close()
        raise
    return disk


@contextlib.contextmanager
def opened(version: str, folder: Path | None = None) -> Iterator[Cache]:
    """A cache that is written to disk in the end."""
    cache = Cache(version, folder)
    try:
        yield cache
    finally:
        cache.close()
