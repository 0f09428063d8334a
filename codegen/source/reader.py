"""Where the bytes of a specification come from: below a root
folder, or in a git revision."""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import Final, Protocol

from codegen import sightings
from codegen.source import git
from codegen.source.limits import MAX_BYTES, MAX_DOCUMENTS, TOO_LARGE


class ReadError(Exception):
    """A file cannot be read; the message says why, without a path of the machine."""


class OutsideError(ReadError):
    """A file lies outside the root folder, above which nothing is read."""


DOCUMENTS: Final = (".json", *sightings.YAML)
"""How the names of files end that may be documents."""

INPUT: Final = "-"
"""The name of what comes by standard input."""

_OUTSIDE: Final = "it lies outside the root folder"


class Reader(Protocol):
    """Reads files by their path relative to a root folder.

    `home` is the specification's own folder below that root, without slashes at the
    ends, and `folder` where in the file system that folder is or would be: overlays,
    which may lie anywhere, name files relative to themselves.
    """

    home: str
    folder: Path

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises `ReadError`."""

    def siblings(self) -> list[str]:
        """The names of the documents that lie beside the specification, sorted."""

    def is_folder(self, name: str) -> bool:
        """Whether a name beside the specification is that of a folder."""

    def within(self, name: str) -> Reader:
        """The same, of a specification that is a folder beside this one's place."""

    def below(self) -> list[str]:
        """The documents in the specification's folder and in those inside, by their
        paths from it, sorted. Raises `ReadError`."""


class FileReader:
    """Reads from one folder and never from outside it, symbolic links resolved."""

    def __init__(self, root: Path, home: str = "") -> None:
        self.root = root
        self.home = home
        self.folder = root / home

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises `ReadError`."""
        try:
            root = Path(sightings.real(self.root))
            target = Path(sightings.real(self.root / path))
            if not target.is_relative_to(root):
                raise OutsideError(_OUTSIDE)
            kind = sightings.kind(target)
            if kind not in (sightings.FILE, sightings.NOTHING):
                raise ReadError("it is not a file")
            if kind and sightings.size(target) > MAX_BYTES:
                raise ReadError(TOO_LARGE)
            return sightings.content(target)
        except (OSError, ValueError, RuntimeError) as error:
            raise ReadError(_reason(error)) from None

    def siblings(self) -> list[str]:
        """The names of the documents that lie beside the specification, sorted."""
        try:
            return sightings.names(self.folder, *DOCUMENTS)
        except OSError:
            return []

    def is_folder(self, name: str) -> bool:
        """Whether a name beside the specification is that of a folder."""
        return sightings.kind(self.folder / name) == sightings.FOLDER

    def within(self, name: str) -> FileReader:
        """The same, of a specification that is a folder beside this one's place."""
        return FileReader(self.root, posixpath.join(self.home, name))

    def below(self) -> list[str]:
        """The documents in the specification's folder and in those inside, by their
        paths from it, sorted. What is hidden is not looked into. Raises `ReadError`."""
        found: list[str] = []
        pending = [""]
        while pending and len(found) <= MAX_DOCUMENTS:
            within = pending.pop()
            try:
                names = sightings.names(self.folder / within, *DOCUMENTS)
                inner = sightings.folders(self.folder / within)
            except OSError as error:
                if not within:
                    raise ReadError(_reason(error)) from None
                continue
            found += [posixpath.join(within, name) for name in names]
            pending += [posixpath.join(within, name) for name in inner]
            pending = [name for name in pending if not _hidden(name)]
        return sorted(name for name in found if not _hidden(name))


class StandardInput(FileReader):
    """Reads a specification from standard input, and all that it refers to from a
    folder, as if it lay there."""

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises `ReadError`."""
        if path != posixpath.join(self.home, INPUT):
            return super().read(path)
        try:
            found = sightings.standard_input(MAX_BYTES)
        except (OSError, ValueError):
            raise ReadError("standard input cannot be read") from None
        if len(found) > MAX_BYTES:
            raise ReadError(TOO_LARGE)
        return found

    def is_folder(self, name: str) -> bool:
        """Whether a name beside the specification is that of a folder."""
        return name != INPUT and super().is_folder(name)


class GitReader:
    """Reads `REVISION:path` from a repository, whatever is checked out."""

    def __init__(self, repository: Path, revision: str, home: str) -> None:
        """`home` is the folder of the specification within the repository, whose root
        is the root of all reading."""
        self.repository = repository
        self.revision = revision
        self.home = "" if home == "." else home.strip("/")
        self.folder = repository / self.home

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises `ReadError`."""
        parts = path.split("/")
        if ".." in parts or path.startswith("/"):
            raise OutsideError(_OUTSIDE)
        where = "/".join(part for part in parts if part not in ("", "."))
        try:
            content = git.blob(self.repository, self.revision, where)
            if _may_be_link(content) and git.is_link(
                self.repository, self.revision, where
            ):
                raise ReadError(
                    "it is a symbolic link, which a revision has no files for"
                )
        except git.GitError as error:
            raise ReadError(str(error)) from None
        return content

    def siblings(self) -> list[str]:
        """The names of the documents that lie beside the specification, sorted."""
        try:
            found = git.names(self.repository, self.revision, self.home)
        except git.GitError:
            return []
        return [name for name in found if name.endswith(DOCUMENTS)]

    def is_folder(self, name: str) -> bool:
        """Whether a name beside the specification is that of a folder."""
        where = self._beside(name)
        try:
            return git.is_folder(self.repository, self.revision, where)
        except git.GitError:
            return False

    def within(self, name: str) -> GitReader:
        """The same, of a specification that is a folder beside this one's place."""
        return GitReader(self.repository, self.revision, self._beside(name))

    def _beside(self, name: str) -> str:
        """The path of what lies beside the specification, from the root of the
        repository. The root itself has no name but that of the revision."""
        return "" if name == f"{self.revision}:." else posixpath.join(self.home, name)

    def below(self) -> list[str]:
        """The documents in the specification's folder and in those inside, by their
        paths from it, sorted. What is hidden is not looked into."""
        try:
            found = git.below(self.repository, self.revision, self.home)
        except git.GitError:
            return []
        return [n for n in found if n.endswith(DOCUMENTS) and not _hidden(n)]


def _hidden(path: str) -> bool:
    return any(part.startswith(".") for part in path.split("/"))


def _may_be_link(content: bytes) -> bool:
    """Whether the content of a file may be where a symbolic link leads: git keeps that
    as the content, and it is not what was meant to be read."""
    return len(content) < 4096 and b"\n" not in content


def _reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return "the path cannot be followed"
