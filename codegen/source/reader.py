"""Where the bytes of a specification come from: a folder, or a git revision."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from codegen.source import git
from codegen.source.limits import MAX_BYTES


class ReadError(Exception):
    """A file cannot be read; the message says why, without a path of the machine."""


class OutsideError(ReadError):
    """A file lies outside the folder of the specification."""


class Reader(Protocol):
    """Reads files by their path relative to the folder of the specification."""

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises `ReadError`."""


class FileReader:
    """Reads from one folder and never from outside it, symbolic links resolved."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises `ReadError`."""
        try:
            root = self.root.resolve(strict=True)
            target = (root / path).resolve(strict=True)
            if not target.is_relative_to(root):
                raise OutsideError("it lies outside the folder of the specification")
            if not target.is_file():
                raise ReadError("it is not a file")
            if target.stat().st_size > MAX_BYTES:
                raise ReadError(f"it is larger than {MAX_BYTES} bytes")
            return target.read_bytes()
        except (OSError, ValueError, RuntimeError) as error:
            raise ReadError(_reason(error)) from None


class GitReader:
    """Reads `REVISION:path` from a repository, whatever is checked out."""

    def __init__(self, repository: Path, revision: str, root: str) -> None:
        """`root` is the folder of the specification within the repository."""
        self.repository = repository
        self.revision = revision
        self.root = root.strip("/")

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises `ReadError`."""
        parts = path.split("/")
        if ".." in parts or path.startswith("/"):
            raise OutsideError("it lies outside the folder of the specification")
        where = "/".join(part for part in (self.root, path) if part not in ("", "."))
        try:
            content = git.blob(self.repository, self.revision, where)
        except git.GitError as error:
            raise ReadError(str(error)) from None
        if len(content) > MAX_BYTES:
            raise ReadError(f"it is larger than {MAX_BYTES} bytes")
        return content


def _reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return "the path cannot be followed"
