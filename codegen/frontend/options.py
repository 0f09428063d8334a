"""What may be asked for when a specification is read."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from codegen.diagnostics import Span
from codegen.frontend.dialects import Dialect

if TYPE_CHECKING:
    from codegen.source.document import Document
    from codegen.source.remote import Remote


@dataclass(frozen=True, slots=True)
class Options:
    """How a specification is to be read.

    include      globs on schema names; the closure of their references is taken
    exclude      globs on names that are left out, unless something refers to them
    overlays     OpenAPI Overlay documents, applied in order
    changes      overlays that stand in no file, applied after those
    perspective  whose document an AsyncAPI file is: `server` or `client`
    lenient      accept anything where something has no safe meaning
    mounts       files and folders that stand for URIs and for beginnings of URIs
    root         the folder above which nothing is read, if one is named
    remote       what may be fetched from the web; None is nothing
    project      the folder of the configuration: the root of all that lies below it
    dialect      the dialect of a JSON Schema that does not name one itself
    interface    whether operations, channels, servers and security are read as well
    span         where the options stand, for what is wrong with them
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    overlays: tuple[Path, ...] = ()
    changes: tuple[Document, ...] = ()
    perspective: str = "server"
    lenient: bool = False
    mounts: Mapping[str, Path] = field(default_factory=dict)
    root: Path | None = None
    remote: Remote | None = None
    project: Path | None = None
    dialect: Dialect | None = None
    interface: bool = False
    span: Span | None = None

    def takes(self, name: str) -> bool:
        """Whether a schema of this name is taken for its own sake."""
        wanted = not self.include or _matches(name, self.include)
        return wanted and not _matches(name, self.exclude)


def _matches(name: str, globs: Iterable[str]) -> bool:
    return any(fnmatch.fnmatchcase(name, glob) for glob in globs)
