"""The documents of one specification, loaded when first asked for."""

from __future__ import annotations

import importlib
import json
import os
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any, Final
from urllib.parse import quote, unquote

from referencing.jsonschema import SchemaRegistry

from codegen.diagnostics import Report, Span
from codegen.source import overlay
from codegen.source.document import Document
from codegen.source.limits import MAX_DOCUMENTS
from codegen.source.reader import FileReader, OutsideError, Reader, ReadError

METASCHEMAS: Final[SchemaRegistry] = importlib.import_module(
    "jsonschema_specifications"  # which has no type information of its own
).REGISTRY
LOCAL: Final = "file:///specification/"
"""Base URI that stands for the folder of the specification, so that no identifier
depends on where that folder lies. A reference that climbs above it is seen."""


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
        mounts: Mapping[str, Path] | None = None,
        report: Report,
    ) -> None:
        """`shown` is put before a document's name where people see it; `mounts`
        takes URI prefixes to folders that stand for them."""
        self._reader = reader
        self._shown = shown
        self._mounts = dict(mounts or {})
        self._report = report
        self.documents: dict[str, Document] = {}
        self.overlays: list[Document] = []
        self._names: dict[str, Document] = {}

    def document(self, uri: str) -> Document:
        """The document of a URI. Raises `Unavailable`, every time again."""
        found = self.documents.get(uri)
        if found is None:
            if len(self.documents) >= MAX_DOCUMENTS:
                message = f"more than {MAX_DOCUMENTS} documents"
                raise Unavailable("too-large", message)
            found = self._load(uri)
            self.documents[uri] = found
            self._names[found.name] = found
            found.report(self._report)
        return found

    def overlay(self, document: Document, path: Path) -> None:
        """Apply an overlay, which may lie anywhere, to a loaded document."""
        shown = shown_folder(path.parent) + path.name
        try:
            content = FileReader(path.parent).read(path.name)
        except ReadError as error:
            self._report.add("read", f"cannot be read: {error}", Span(shown))
            return
        found = Document(path.name, shown, content)
        self.overlays.append(found)
        found.report(self._report)
        overlay.apply(document, found, self._report)

    def named(self, name: str) -> Document:
        """The document that has been loaded under a name. Raises KeyError."""
        return self._names[name]

    def span(self, document: str, pointer: str, *, key: bool = False) -> Span:
        """Where a value of a loaded document stands."""
        return self._names[document].span(pointer, key=key)

    def line(self, span: Span) -> str:
        """The source line of a span of this workspace, empty where unknown."""
        for document in (*self._names.values(), *self.overlays):
            if document.path == span.file:
                return document.line(span.line)
        return ""

    def _load(self, uri: str) -> Document:
        if uri.startswith(LOCAL):
            name = unquote(uri[len(LOCAL) :], errors="surrogateescape")
            return self._read(self._reader, name, name, self._shown + name)
        for prefix, folder in self._mounts.items():
            if uri.startswith(prefix):
                path = unquote(uri[len(prefix) :], errors="surrogateescape")
                return self._read(FileReader(folder), path, uri, uri)
        known = METASCHEMAS.get(uri) or METASCHEMAS.get(uri + "#")
        if known is not None:
            return _metaschema(uri, known.contents)
        if uri.partition(":")[0] in ("http", "https"):
            message = f"{uri} would have to be fetched, and remote references are off"
            raise Unavailable("remote-ref", message)
        if uri.startswith("file:"):
            message = "the reference leaves the folder of the specification"
            raise Unavailable("remote-ref", message)
        raise Unavailable("dangling-ref", f"no document has the identifier {uri!r}")

    def _read(self, reader: Reader, path: str, name: str, shown: str) -> Document:
        try:
            content = reader.read(path)
        except OutsideError as error:
            raise Unavailable("remote-ref", f"{path!r}: {error}") from None
        except ReadError as error:
            raise Unavailable("dangling-ref", f"{path!r}: {error}") from None
        return Document(name, shown, content)


def _metaschema(uri: str, contents: Any) -> Document:
    return Document(uri, uri, json.dumps(contents, indent=1).encode())


def local_uri(name: str) -> str:
    """The URI of a file of the specification by its relative path.

    Names of files are bytes, which need not be UTF-8 where it matters to us.
    """
    return LOCAL + quote(name, errors="surrogateescape")


def shown_folder(folder: Path) -> str:
    """The folder of a specification as people are shown it, with a trailing slash.

    As the user typed it; an absolute one relative to the working directory if it
    lies below that, and otherwise not at all.
    """
    if folder.is_absolute():
        try:
            folder = folder.resolve().relative_to(Path(os.getcwd()).resolve())
        except (OSError, ValueError):
            return ""
    text = str(PurePosixPath(*folder.parts)) if folder.parts else ""
    return "" if text in ("", ".") else text + "/"
