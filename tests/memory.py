"""A reader of files that exist in a test only."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from codegen.source.reader import ReadError


class MemoryReader:
    """Serves files from a mapping of path to text or bytes."""

    home = ""
    folder = Path()

    def __init__(self, files: Mapping[str, str | bytes]) -> None:
        self.files = files

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises `ReadError`."""
        if path not in self.files:
            raise ReadError("no such file")
        content = self.files[path]
        return content.encode("utf-8") if isinstance(content, str) else content

    def siblings(self) -> list[str]:
        """The names of the files that lie beside the specification, sorted."""
        return sorted(self.files)

    def is_folder(self, name: str) -> bool:
        """Whether a name beside the specification is that of a folder: of none."""
        return False

    def within(self, name: str) -> MemoryReader:
        """The same, of a folder, which there is none of."""
        raise NotImplementedError

    def below(self) -> list[str]:
        """The names of all files, sorted."""
        return sorted(self.files)
