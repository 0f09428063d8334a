"""Whether a generated tree lies as it was to be written.

The manifest of a package names every file with its digest, so a manifest that is the
expected one says what the whole tree has to be. Files are read and compared with it.
What makes thousands of them quick is a stamp: a digest of all that the system says of
the files but for their content. It is sound because the system sets the time of the
last change of a file (ctime) by itself at every change, of content, name or mode, and
nobody can set it back; restoring a file, checking it out or copying it gives it a new
time. Only within one tick of the clock two changes have the same time, so a stamp is
made only of files that have been still for longer than any file system's tick. Windows
has no such time (its ctime is that of creation), so there files are always read.
"""

from __future__ import annotations

import json
import os
import stat
import time

from codegen import digests

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Final

MANIFEST: Final = ".codegen-manifest.json"
"""The manifest, in the folder of a package."""

STILL: Final = 2.0
"""The coarsest time, in seconds, that a file system stores (FAT)."""

_FLAGS: Final = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY")
)
_LARGEST: Final = 64 * 1024 * 1024
_STAMPED: Final = os.name == "posix"


class Tree:
    """A generated tree below `root`: its package, the digest of its manifest, and the
    stamp of its files, empty if it has none."""

    def __init__(self, root: str, package: str, manifest: str, stamp: str = "") -> None:
        self.root = root
        self.package = package
        self.manifest = manifest
        self.stamp = stamp

    def current(self) -> bool:
        """Whether every file is there, and as it should be. Remembers the stamp."""
        try:
            paths = self._listed()
            if paths is None or not self._folders_are_plain(paths):
                return False
            stamp = self._stamp(paths)
            if stamp and stamp == self.stamp:
                return True
            if all(self._is(path, digest) for path, digest in paths.items()):
                self.stamp = stamp
                return True
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            pass
        return False

    def _listed(self) -> dict[str, str] | None:
        """The files with their digests. None if the manifest is not the expected one,
        or if a run is writing or was interrupted."""
        place = os.path.join(self.root, self.package, MANIFEST)
        data = digests.unified(read(place))
        if digests.of(data) != self.manifest:
            return None
        folder, name = os.path.split(place)
        if os.path.lexists(os.path.join(folder, f".{name}.codegen.tmp")):
            return None
        files: dict[str, str] = json.loads(data)["files"]
        return files

    def _folders_are_plain(self, paths: Iterable[str]) -> bool:
        """Whether no folder on the way to a file is a link."""
        folders = {path.rpartition("/")[0] for path in (*paths, f"{self.package}/")}
        for folder in list(folders):
            while folder := folder.rpartition("/")[0]:
                folders.add(folder)
        return all(
            stat.S_ISDIR(os.lstat(os.path.join(self.root, folder)).st_mode)
            for folder in folders
        )

    def _stamp(self, paths: Iterable[str]) -> str:
        """What the system says about the files, before any of them is read; empty if
        that proves nothing."""
        said = stamp(os.lstat(f"{self.root}/{path}") for path in paths)
        return digests.of(repr(said).encode()) if said else ""

    def _is(self, path: str, digest: str) -> bool:
        data = read(os.path.join(self.root, path))
        return digests.of(data) == digest or (
            b"\r\n" in data and digests.of_text(data) == digest
        )


def stamp(files: Iterable[os.stat_result]) -> list[tuple[int, int, int, int]]:
    """What the system says about the files, except their names; empty if that cannot
    tell whether they have changed."""
    if not _STAMPED:
        return []
    said = []
    latest = 0
    for found in files:
        if not stat.S_ISREG(found.st_mode):
            return []
        latest = max(latest, found.st_ctime_ns)
        said.append((found.st_dev, found.st_ino, found.st_size, found.st_ctime_ns))
    return [] if latest > (time.time() - STILL) * 1e9 else said


def read(path: str) -> bytes:
    """The bytes of a plain file. Raises OSError."""
    with open(os.open(path, _FLAGS), "rb") as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode) or found.st_size > _LARGEST:
            raise OSError(path)
        return file.read()
