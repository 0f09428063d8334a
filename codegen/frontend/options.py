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

    include      globs on names of schemas, or on ids, tags or `METHOD /path` of
                 operations; the closure of their references is taken
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
    everywhere   whether schemas are read, too, that no type is made of
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
    everywhere: bool = False
    span: Span | None = None

    def takes(self, name: str) -> bool:
        """Whether a schema of this name is asked for, not only as something that
        another refers to."""
        wanted = not self.include or _matches(name, self.include)
        return wanted and not _matches(name, self.exclude)


@dataclass(frozen=True, slots=True)
class OperationGlobs:
    """The globs of the options that mean operations: those that match no name of a
    schema. A glob that matches a schema does not also mean an operation with such a
    name or tag.

    `include` is None where every operation is included.
    """

    include: tuple[str, ...] | None = None
    exclude: tuple[str, ...] = ()

    @classmethod
    def of(cls, options: Options, schemas: Iterable[str]) -> OperationGlobs:
        """The globs of some options that mean operations, given the names of all
        schemas."""
        names = list(schemas)

        def others(globs: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(g for g in globs if not any(_matches(n, (g,)) for n in names))

        include = others(options.include) if options.include else None
        return cls(include, others(options.exclude))

    def take(self, names: Iterable[str], outer: bool | None) -> bool | None:
        """Whether an operation with these names is asked for; None where it is left
        out. `outer` is the same answer for the operation of which this is a callback: a
        callback goes with its operation."""
        known = list(names)
        if outer is None or any(_matches(name, self.exclude) for name in known):
            return None
        if outer or self.include is None:
            return True
        return any(_matches(name, self.include) for name in known)


def _matches(name: str, globs: Iterable[str]) -> bool:
    return any(fnmatch.fnmatchcase(name, glob) for glob in globs)
