"""The documents of one specification, loaded when first asked for."""

from __future__ import annotations

import contextlib
import json
import os
import posixpath
import re
from collections.abc import Mapping
from functools import cache, cached_property
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, unquote

from codegen import addresses, sightings
from codegen.diagnostics import Report, Severity, Span
from codegen.source.document import Document
from codegen.source.limits import MAX_DOCUMENTS
from codegen.source.reader import FileReader, OutsideError, Reader, ReadError
from codegen.source.remote import MAP, Remote, RemoteError

if TYPE_CHECKING:
    from referencing.jsonschema import SchemaRegistry

    from codegen.source.selection import Steps

LOCAL: Final = "file:///specification/"
"""Base URI that stands for the root folder, so that no identifier depends on where
that folder lies. A reference that climbs above it is seen."""

_WIDER: Final = "`--root`, or `root` of the configuration, names one further up"
_IDENTIFIER: Final = re.compile(rb"""\b(?:id|self)["']?\s*:""")
_HEAD: Final = 64 * 1024
"""In how much of a file its identifier is looked for; it stands at the top."""


class Unavailable(LookupError):
    """A document cannot be had: `code` and message of the diagnostic."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Workspace:
    """Documents by their URI without a fragment; the root document comes first."""

    def __init__(
        self,
        reader: Reader,
        *,
        shown: str = "",
        folder: bool = False,
        mounts: Mapping[str, Path] | None = None,
        remote: Remote | None = None,
        report: Report,
    ) -> None:
        """`shown` is put before a document's name where people see it; `folder` tells
        that the specification is the folder as a whole; `mounts` takes a URI, or the
        beginning of some, to the file or folder that stands for it; `remote` has what
        may be fetched."""
        self._reader = reader
        self.folder = folder
        self._shown = shown
        self._mounts = dict(mounts or {})
        self._remote = remote or Remote({})
        self._report = report
        self.documents: dict[str, Document] = {}
        self.overlays: list[Document] = []
        self._awaiting: dict[str, list[tuple[Document, str]]] = {}
        self._steps: Steps | None = None
        self._aside: set[str] = set()
        self._names: dict[str, Document] = {}
        self._reads_on = False

    @property
    def home(self) -> str:
        """The name of the root document."""
        return next(iter(self.documents.values())).name

    def uri(self, name: str) -> str:
        """The URI of a file by its path relative to the specification's folder.

        Names of files are bytes, which need not be UTF-8 where it matters to us.
        """
        path = posixpath.normpath(posixpath.join(self._reader.home, name))
        return LOCAL + quote(path, errors="surrogateescape")

    def document(self, uri: str, *, fetch: bool = False) -> Document:
        """The document of a URI. What is on the web is had with `fetch` only, for
        there may be a file that is it. Raises `Unavailable`, every time again."""
        found = self.documents.get(uri)
        if found is None:
            if len(self.documents) >= MAX_DOCUMENTS:
                message = f"more than {MAX_DOCUMENTS} documents"
                raise Unavailable("too-large", message)
            found = self._load(uri, fetch=fetch)
            self.documents[uri] = found
            self._names[found.name] = found
            if not self._reads_on:
                found.report(self._report)
            for changes, extends in self._awaiting.pop(uri, ()):
                if found.readable:
                    from codegen.source import overlay

                    given = (changes, self._report, extends, self._steps)
                    overlay.apply(found, *given)
        return found

    def forget(self, uri: str) -> None:
        """Take a document for one that was never loaded: it is none of these."""
        del self._names[self.documents.pop(uri).name]

    def read_on(self) -> None:
        """From here on documents are loaded whose values nobody needs, so that faults
        in their text are not reported."""
        self._reads_on = True

    # --- overlays ------------------------------------------------------------------

    def add_overlay(self, path: Path, spec: str) -> None:
        """Have an overlay, which may lie anywhere, applied to the document that its
        `extends` names when that is loaded; without it, to that of the URI `spec`."""
        shown = shown_path(path)
        self._aside.add(sightings.real(path))
        try:
            content = FileReader(path.parent).read(path.name)
        except ReadError as error:
            message = f"the overlay cannot be read: {error}"
            self._report.add("read", message, Span(shown))
            return
        found = Document(self._name(path), shown, content)
        target = self._extended(found, path.parent)
        self._add(found, target or spec, named=target is not None)

    def _name(self, path: Path) -> str:
        """The name of a file that may lie anywhere: its path relative to the folder of
        the specification, if it lies below the root."""
        home = sightings.real(self._reader.folder)
        try:
            name = os.path.relpath(sightings.real(path), home).replace(os.sep, "/")
        except ValueError:  # On another drive.
            return path.name
        above = len([part for part in self._reader.home.split("/") if part])
        outside = name.split("/")[: above + 1] == [".."] * (above + 1)
        return path.name if outside else name

    def add_changes(self, changes: Document, spec: str) -> None:
        """Have an overlay that stands in no file applied to the document of the URI
        `spec`."""
        self._add(changes, spec)

    def _add(self, changes: Document, target: str, *, named: bool = False) -> None:
        from codegen.source import overlay, selection

        self._steps = self._steps or selection.Steps()
        self.overlays.append(changes)
        changes.report(self._report)
        if self.folder and not named:
            overlay.of_a_folder(changes, self._report)
        else:
            self._awaiting.setdefault(target, []).append((changes, ""))
        for name in overlay.extended(changes):
            uri = name if "://" in name else self.uri(name)
            self._awaiting.setdefault(uri, []).append((changes, name))

    def _extended(self, overlay: Document, folder: Path) -> str | None:
        """The URI of the document that an overlay extends; None where it names none
        that can be had: many name where their document was published."""
        named = overlay.data.get("extends") if isinstance(overlay.data, dict) else None
        if not isinstance(named, str) or not named.partition("#")[0]:
            return None
        text = named.partition("#")[0]
        if self._mounted(text) is not None:
            return text
        if ":" in text.partition("/")[0]:
            return None
        home = sightings.real(self._reader.folder)
        file = sightings.real(folder / unquote(text))
        name = posixpath.normpath(os.path.relpath(file, home).replace(os.sep, "/"))
        with contextlib.suppress(ReadError):
            self._reader.read(
                posixpath.normpath(posixpath.join(self._reader.home, name))
            )
            return self.uri(name)
        span = overlay.span("/extends")
        message = f"`extends` names {named!r}, which is not there; "
        message += "this is applied to the specification"
        source = overlay.line(span.line)
        warning = Severity.WARNING
        self._report.add("overlay", message, span, severity=warning, source=source)
        return None

    def idle_overlays(self) -> None:
        """Warn of each overlay whose document no reference has led to."""
        for waiting in self._awaiting.values():
            for found, _ in waiting:
                span = found.span("/extends")
                message = "no reference leads to the document that this extends"
                source = found.line(span.line)
                warning = Severity.WARNING
                self._report.add(
                    "overlay", message, span, severity=warning, source=source
                )

    def below(self) -> list[str]:
        """The names of all documents of a specification that is a folder; overlays of
        it may lie there as well."""
        names = self._reader.below()
        if not self._aside:
            return names
        folder = self._reader.folder
        return [n for n in names if sightings.real(folder / n) not in self._aside]

    # --- what is known -------------------------------------------------------------

    def named(self, name: str) -> Document:
        """The document that has been loaded under a name. Raises KeyError."""
        return self._names[name]

    def span(self, document: str, pointer: str, *, key: bool = False) -> Span:
        """Where a value of a loaded document stands."""
        return self._names[document].span(pointer, key=key)

    def let_go(self) -> None:
        """Give up the values of all documents: what remains to be asked for are places
        and lines."""
        for document in self.documents.values():
            document.let_go()

    def line(self, span: Span) -> str:
        """The source line of a span of this workspace, empty where unknown."""
        for document in (*self._names.values(), *self.overlays):
            if document.path == span.file:
                return document.line(span.line)
        return ""

    def bearer(self, uri: str) -> str | None:
        """The URI of the file beside the specification that bears `uri` as its
        identifier; None where there is none. Raises `Unavailable` where there is more
        than one."""
        names = self._identified.get(uri.removesuffix("#"), ())
        if len(names) > 1:
            message = f"{' and '.join(names)} have the identifier {uri!r}; {MAP}"
            raise Unavailable("dangling-ref", message)
        return self.uri(names[0]) if names else None

    @cached_property
    def siblings(self) -> list[str]:
        """The documents that lie beside the specification."""
        return self._reader.siblings()[:MAX_DOCUMENTS]

    @cached_property
    def _identified(self) -> dict[str, list[str]]:
        """The files beside the specification by the identifier of each."""
        found: dict[str, list[str]] = {}
        for name in self.siblings:
            try:
                content = self._reader.read(posixpath.join(self._reader.home, name))
            except ReadError:
                continue
            # Most files have none, and need not be parsed to know.
            if not _IDENTIFIER.search(content[:_HEAD]):
                continue
            data = Document(name, name, content).data
            for keyword in ("$id", "id", "$self"):
                own = data.get(keyword) if isinstance(data, dict) else None
                if isinstance(own, str) and ":" in own:
                    found.setdefault(own.removesuffix("#"), []).append(name)
                    break
        return found

    # --- loading -------------------------------------------------------------------

    def _load(self, uri: str, *, fetch: bool) -> Document:
        if uri.startswith(LOCAL):
            path = unquote(uri[len(LOCAL) :], errors="surrogateescape") or "."
            name = posixpath.relpath(path, self._reader.home or ".")
            shown = self._shown + name
            if name.startswith("../"):
                # Behind the colon of a revision stands a path from its root.
                start = self._shown.find(":") + 1 if self._shown else 0
                shown = shown[:start] + posixpath.normpath(shown[start:])
            return self._read(self._reader, path, name, shown)
        mounted = self._mounted(uri)
        if mounted is not None:
            folder, path = mounted
            return self._read(FileReader(folder), path, uri, _shown_file(folder, path))
        known = _metaschemas().get(uri) or _metaschemas().get(uri + "#")
        if known is not None:
            return _metaschema(uri, known.contents)
        if addresses.is_one(uri):
            if not fetch:
                raise Unavailable("remote-ref", f"{uri} would have to be fetched")
            try:
                return Document(uri, uri, self._remote.read(uri))
            except RemoteError as error:
                raise Unavailable("remote-ref", str(error)) from None
        if uri.startswith("file:"):
            message = f"the reference leaves the root folder; {_WIDER}"
            raise Unavailable("remote-ref", message)
        message = f"no document has the identifier {uri!r}; {MAP}"
        raise Unavailable("dangling-ref", message)

    def _mounted(self, uri: str) -> tuple[Path, str] | None:
        """The folder and the path within it that stand for a URI; the longest of the
        beginnings that were given decides."""
        for prefix in sorted(self._mounts, key=len, reverse=True):
            place = self._mounts[prefix]
            if uri == prefix.removesuffix("#") and not _is(place, sightings.FOLDER):
                return place.parent, place.name
            inner = uri.removeprefix(prefix)
            within = prefix.endswith("/") or inner.startswith("/")
            if uri.startswith(prefix) and within and not _is(place, sightings.FILE):
                path = unquote(inner, errors="surrogateescape")
                return place, path.removeprefix("/")
        return None

    def _read(self, reader: Reader, path: str, name: str, shown: str) -> Document:
        try:
            content = reader.read(path)
        except OutsideError as error:
            message = f"{name!r}: {error}; {_WIDER}"
            raise Unavailable("remote-ref", message) from None
        except ReadError as error:
            told = f"{name!r}, mapped to {shown!r}" if "://" in name else repr(name)
            raise Unavailable("dangling-ref", f"{told}: {error}") from None
        return Document(name, shown, content)


@cache
def _metaschemas() -> SchemaRegistry:
    """All there are, which few documents refer to."""
    # It has no type information of its own.
    found: SchemaRegistry = import_module("jsonschema_specifications").REGISTRY
    return found


def _is(place: Path, kind: str) -> bool:
    return sightings.kind(place) == kind


def _metaschema(uri: str, contents: Any) -> Document:
    return Document(uri, uri, json.dumps(contents, indent=1).encode())


def _shown_file(folder: Path, path: str) -> str:
    """A file that stands for a URI, as people are shown it."""
    try:
        return Path(os.path.relpath(folder / path)).as_posix()
    except ValueError:  # On another drive.
        return path


def shown_path(path: Path) -> str:
    """A file as people are shown it, its folder as `shown_folder` has that."""
    return shown_folder(path.parent) + path.name or "."


def shown_folder(folder: Path) -> str:
    """The folder of a specification as people are shown it, with a trailing slash.

    As the user typed it; an absolute one relative to the working directory if it
    lies below that, and otherwise not at all. Paths at a revision begin behind its
    colon.
    """
    if folder.is_absolute():
        try:
            here = Path(sightings.real(os.getcwd()))
            folder = Path(sightings.real(folder)).relative_to(here)
        except (OSError, ValueError):
            return ""
    text = str(PurePosixPath(*folder.parts)) if folder.parts else ""
    return "" if text in ("", ".") else f"{text}/".replace(":./", ":", 1)
