"""Values that are kept as they stand, with what they refer to in other files.

A difference is one wherever it stands. What is compared as it is written must therefore
not depend on the file that it is written in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Final

from codegen.frontend.resources import Place, Unresolved
from codegen.frontend.scope import Lowerer
from codegen.ir import model as ir
from codegen.source.document import Document
from codegen.source.limits import MAX_WHOLE
from codegen.source.node import Json

_ELSEWHERE: Final = re.compile(r"""\$ref["']?\s*:\s*["']?[^"'#\s]""")
_DATA: Final = frozenset(
    ("example", "default", "enum", "const", "value", "dataValue", "serializedValue")
)
"""Where values are that may look like references."""


def _is_data(key: str, value: Json) -> bool:
    listed = key == "examples" and isinstance(value, list)
    return key in _DATA or listed or key.startswith("x-")


def is_alone(document: Document) -> bool:
    """Whether a document refers to no other one, overlays included."""
    texts = [document.text, *(graft.text for _, graft in document.grafts)]
    return not any(map(_ELSEWHERE.search, texts))


class Wholes:
    """Makes such values for one specification. Nothing is fetched for them."""

    def __init__(self, lowering: Lowerer) -> None:
        self._lowering = lowering
        workspace = lowering.resources.workspace
        self._home = next(iter(workspace.documents.values()))
        self._is_folder = workspace.folder
        self._made: dict[ir.Location, tuple[Json, int]] = {}
        self._written = 0
        self._open: set[ir.Location] = set()

    def value(self, place: Place) -> Json:
        """A value with the contents of other files in place of references to them, and
        with references to components as the document itself has them."""
        return place.data if self._is_alone else self._value(place)

    def is_at_home(self, place: Place) -> bool:
        """Whether a place is within what is compared as a whole."""
        return self._is_folder or place.resource.document is self._home

    @property
    def components(self) -> Mapping[ir.Location, Place]:
        """The entry of each component, by where the component stands."""
        return {}

    def _value(self, place: Place) -> Json:
        data, child = place.data, self._lowering.child
        self._count(1, place)
        if isinstance(data, list):
            return [self._value(child(place, str(i))) for i in range(len(data))]
        if not isinstance(data, dict):
            return data
        target = self._target(place)
        found = {
            key: value if _is_data(key, value) else self._value(child(place, key))
            for key, value in data.items()
            if target is None or key != "$ref"
        }
        inner = None if target is None else self._referred(target)
        return {**inner, **found} if isinstance(inner, dict) else inner or found

    def _referred(self, target: Place) -> Json:
        where = self._lowering.location(target)
        if where in self.components:
            return {"$ref": "#" + self.components[where].pointer}
        if self.is_at_home(target):
            return {"$ref": f"{where.document * self._is_folder}#{where.pointer}"}
        if where in self._open or self._written > MAX_WHOLE:
            return {"$ref": f"{where.document}#{where.pointer}"}
        if where in self._made:
            found, size = self._made[where]
            self._count(size, target)
        else:
            before = self._written
            self._open.add(where)
            found = self._value(target)
            self._open.remove(where)
            self._made[where] = found, self._written - before
        return found

    def _count(self, size: int, place: Place) -> None:
        """Count values that are written out; once there are too many, that is an
        error, and references stay what they are."""
        before = self._written
        self._written += size
        if before <= MAX_WHOLE < self._written:
            message = f"more than {MAX_WHOLE:,} values of other files, as often as "
            message += "references lead to them: refer to fewer, or leave this one out"
            where = self._lowering.location(place)
            self._lowering.problem("too-large", message, where)

    def _target(self, place: Place) -> Place | None:
        """Where a reference leads; None where it would have to be fetched."""
        text, resources = place.data.get("$ref"), self._lowering.resources
        if not isinstance(text, str) or not resources.is_local(text, place.resource):
            return None
        try:
            return resources.resolve(text, place.resource)
        except Unresolved:
            return None

    @cached_property
    def _is_alone(self) -> bool:
        """Whether the document refers to no other one."""
        return not self._is_folder and is_alone(self._home)
