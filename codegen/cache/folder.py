"""The folder of the cache: where it lies, whose it is, what goes into it and out again.

Whoever can write into the folder could have us say that something is current which is
not. So it is ours alone, or it is not used: a folder, no link, that belongs to us and
lets nobody else in. Files are read and written relative to the folder that was looked
at, so that nobody can exchange it meanwhile. They begin with the digest of what they
say and are called, so that one that was damaged or altered counts as absent. They are
written under another name and renamed, so that a reader finds a whole one or none, and
of two writers the last wins.
"""

from __future__ import annotations

import contextlib
import json
import os
import stat
import sys
import time

from codegen import digests

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Final

OFF: Final = "CODEGEN_NO_CACHE"
"""The variable that turns the cache off, whatever it is set to."""

PLACE: Final = "CODEGEN_CACHE_DIR"
"""The variable that puts the cache elsewhere."""

NAME: Final = "wirewright"
MOST_BYTES: Final = 256 * 1024 * 1024
MOST_FILES: Final = 1_000
MOST_DAYS: Final = 30
"""How much is kept: so many bytes, so many files, and each for so many days after it
was last used. Beyond that, files go that were not used for longest."""

_LARGEST: Final = 64 * 1024 * 1024
"""The largest file, in bytes, that is read."""

_OURS: Final = (".json", ".tmp")
_NO_LINK: Final = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_UNIX: Final = os.name == "posix"


def place() -> str | None:
    """Where the cache is. None if it is turned off, or if there is no place for it."""
    if os.environ.get(OFF):
        return None
    if named := os.environ.get(PLACE):
        return os.path.abspath(named)
    above = _place_of_caches()
    return os.path.join(above, NAME) if os.path.isabs(above) else None


def _place_of_caches() -> str:
    """The folder in which this system keeps the caches of users; "" if it is not
    known."""
    if sys.platform == "win32":
        return os.environ.get("LOCALAPPDATA", "")
    if sys.platform == "darwin":
        return os.path.expanduser("~/Library/Caches")
    named = os.environ.get("XDG_CACHE_HOME", "")
    # A relative one is to be ignored, says the specification of the variable.
    return named if os.path.isabs(named) else os.path.expanduser("~/.cache")


class Folder:
    """The folder, held open.

    `refused` is why it is not used, for people; it is empty where there is nothing to
    be said about it. What fails for another reason fails in silence: a run without a
    cache is a run.
    """

    def __init__(self) -> None:
        self.path = place()
        self.refused = ""
        self._handle: int | None = None

    def __enter__(self) -> Folder:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def read(self, name: str) -> Any:
        """What is stored under a name; None if there is nothing that can be used."""
        try:
            if not self._open(make=False):
                return None
            handle = os.open(self._at(name), os.O_RDONLY | _NO_LINK, **self._inside())
            with open(handle, "rb") as file:
                found = os.fstat(handle)
                if not _may_be_read(found):
                    return None
                data = file.read()
            with contextlib.suppress(OSError):
                os.utime(self._at(name), **self._inside())
            return json.loads(_said(name, data))
        except (OSError, ValueError, RecursionError):
            return None

    def write(self, name: str, value: Any) -> None:
        """Store data under a name, in place of what was there."""
        temporary = f"{name}.{os.getpid()}.{os.urandom(4).hex()}.tmp"
        text = json.dumps(value, separators=(",", ":")).encode()
        data = _seal(name, text) + text
        try:
            if len(data) > _LARGEST or not self._open(make=True):
                return
            self._prune(len(data))
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK
            handle = os.open(self._at(temporary), flags, 0o600, **self._inside())
            with open(handle, "wb") as file:
                file.write(data)
            self._rename(temporary, name)
        except OSError:
            with contextlib.suppress(OSError):
                os.unlink(self._at(temporary), **self._inside())

    # --- the folder itself ---------------------------------------------------------

    def _open(self, *, make: bool) -> bool:
        """Whether the folder is there and ours alone."""
        if self.path is None or self.refused:
            return False
        if self._handle is not None:
            return True
        try:
            found = os.lstat(self.path)
        except FileNotFoundError:
            if not make:
                return False
            os.makedirs(os.path.dirname(self.path), exist_ok=True)
            with contextlib.suppress(FileExistsError):
                os.mkdir(self.path, 0o700)
            found = os.lstat(self.path)
        self.refused = _objection(found)
        if self.refused:
            return False
        if not _UNIX:
            return True
        handle = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        self.refused = _objection(os.fstat(handle))
        if self.refused:
            os.close(handle)
            return False
        self._handle = handle
        return True

    def _at(self, name: str) -> str:
        """A file of the folder, in the form that the system is asked for it."""
        if self._handle is not None:
            return name
        assert self.path is not None
        return os.path.join(self.path, name)

    def _inside(self) -> dict[str, Any]:
        return {} if self._handle is None else {"dir_fd": self._handle}

    def _rename(self, old: str, new: str) -> None:
        if self._handle is None:
            os.replace(self._at(old), self._at(new))
        else:
            os.replace(old, new, src_dir_fd=self._handle, dst_dir_fd=self._handle)

    def _prune(self, coming: int) -> None:
        """Delete old files to make room for one of this size."""
        place = self.path if self._handle is None else self._handle
        assert place is not None
        found = []
        with os.scandir(place) as entries:
            for entry in entries:
                if entry.name.endswith(_OURS):
                    with contextlib.suppress(OSError):
                        about = entry.stat(follow_symlinks=False)
                        found.append((about.st_mtime, about.st_size, entry.name))
        oldest = time.time() - MOST_DAYS * 24 * 3600
        size = coming
        for number, (used, bytes_of_it, name) in enumerate(sorted(found)[::-1], 2):
            size += bytes_of_it
            if used < oldest or size > MOST_BYTES or number > MOST_FILES:
                with contextlib.suppress(OSError):
                    os.unlink(self._at(name), **self._inside())


def _seal(name: str, text: bytes) -> bytes:
    return digests.of(f"{name}\n".encode() + text).encode() + b"\n"


def _said(name: str, data: bytes) -> bytes:
    """The data in a file. Raises ValueError if its digest does not match."""
    seal, _, text = data.partition(b"\n")
    if seal + b"\n" != _seal(name, text):
        raise ValueError("not what was written")
    return text


def _objection(found: os.stat_result) -> str:
    """Why a folder is not used; empty if it belongs to us alone."""
    if not stat.S_ISDIR(found.st_mode):
        linked = stat.S_ISLNK(found.st_mode)
        return "it is a symbolic link" if linked else "it is no folder"
    if not _UNIX:  # It lies in the user's profile, which the system keeps closed.
        return ""
    if found.st_uid != os.geteuid():
        return "it belongs to another user"
    if stat.S_IMODE(found.st_mode) & 0o077:
        return "it is open to others; `chmod 700` closes it"
    return ""


def _may_be_read(found: os.stat_result) -> bool:
    ours = not _UNIX or found.st_uid == os.geteuid()
    return stat.S_ISREG(found.st_mode) and ours and found.st_size <= _LARGEST
