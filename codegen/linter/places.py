"""Where problems are by names, not lines: what an ignore file says of a place, and what
stays as it is when lines move."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

from codegen.diagnostics import Span
from codegen.frontend import Loaded
from codegen.source import pointer
from codegen.source.document import Document
from codegen.source.node import Node

_Positions: TypeAlias = dict[tuple[int, int], list[str]]


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file. `pointers` lead to what starts there, the outermost first: in
    YAML a mapping starts where its first key does. `schema` is the named schema that
    it lies in, empty for none, and `inner` where in there."""

    pointers: tuple[str, ...] = ()
    schema: str = ""
    inner: tuple[str, ...] = ()

    @property
    def pointer(self) -> str | None:
        """The outermost pointer; None where nothing starts, as in a broken text."""
        return self.pointers[0] if self.pointers else None

    def names(self, span: Span) -> dict[str, tuple[str, ...]]:
        """What an entry of an ignore file may say of this place. A file may be named
        by the end of its path."""
        parts = span.file.split("/")
        files = tuple("/".join(parts[at:]) for at in range(len(parts)))
        return {
            "file": files,
            "schema": (self.schema,) if self.schema else (),
            "pointer": (*self.pointers, *self.inner),
        }


NOWHERE = Place()


class Finder:
    """Finds places in the files of a specification."""

    def __init__(self, loaded: Loaded) -> None:
        self._loaded = loaded
        self._positions: dict[str, _Positions] = {}

    def place(self, span: Span) -> Place:
        """The place at which a problem was reported."""
        for document, first in self._documents.get(span.file, ()):
            if document.path not in self._positions:
                self._positions[document.path] = _positions(document.root)
            start = (span.line - 1 + first, span.column - 1)
            pointers = tuple(self._positions[document.path].get(start, ()))
            if pointers and span.line:
                return self._within(document, pointers)
        return NOWHERE

    def _within(self, document: Document, pointers: tuple[str, ...]) -> Place:
        """The place with the named schema around it."""
        at, name = self._around(document.name, pointers[0])
        if not name:
            return Place(pointers)
        return Place(pointers, name, tuple(found[len(at) :] for found in pointers))

    @cached_property
    def _documents(self) -> dict[str, list[tuple[Document, int]]]:
        """The documents that have something of a file, each with the number of its
        first line there. What an overlay adds is what it becomes."""
        workspace = self._loaded.workspace
        found: dict[str, list[tuple[Document, int]]] = {}
        for document in workspace.documents.values():
            for first, one in ((0, document), *document.grafts):
                found.setdefault(one.path, []).append((document, first))
        for overlay in workspace.overlays:
            found.setdefault(overlay.path, []).append((overlay, 0))
        return found

    @cached_property
    def _named(self) -> dict[tuple[str, str], str]:
        module = self._loaded.module
        found = {}
        for name, schema_id in module.names.items():
            where = module.schemas[schema_id].location
            found[where.document, where.pointer] = name
        return found

    def _around(self, document: str, where: str) -> tuple[str, str]:
        """Pointer and name of the innermost named schema around a place."""
        while True:
            name = self._named.get((document, where))
            if name is not None or not where:
                return where, name or ""
            where = where.rpartition("/")[0]


def _positions(root: Node | None) -> _Positions:
    """What starts at each position of a text. What an alias stands for is where its
    anchor is, and is looked through once."""
    found: _Positions = {}
    seen: set[int] = set()
    stack = [("", root)] if root is not None else []
    while stack:
        where, node = stack.pop()
        members: Any
        line, column, members = node
        found.setdefault((line, column), []).append(where)
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(members, list):
            stack += [(f"{where}/{index}", item) for index, item in enumerate(members)]
        elif members is not None:
            for key, (line, column, item) in members.items():
                inner = f"{where}/{pointer.escape(key)}"
                if (line, column) != item[:2]:
                    found.setdefault((line, column), []).append(inner)
                stack.append((inner, item))
    return found
