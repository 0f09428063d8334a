"""Values that are kept as they stand, with what they refer to in other files.

A difference is one wherever it stands. What is compared as it is written must therefore
not depend on the file that it is written in.
"""

from __future__ import annotations

from functools import cached_property
from typing import Final

from codegen.frontend import extent
from codegen.frontend.components import last_token
from codegen.frontend.context import Context
from codegen.frontend.resources import Place, Unresolved
from codegen.ir import model as ir
from codegen.ir import operations as ops
from codegen.source.limits import MAX_WHOLE
from codegen.source.node import Json

_DATA: Final = frozenset(
    ("example", "default", "enum", "const", "value", "dataValue", "serializedValue")
)
"""Where values are that may look like references."""


def _is_data(key: str, value: Json) -> bool:
    listed = key == "examples" and isinstance(value, list)
    return key in _DATA or listed or key.startswith("x-")


class Wholes:
    """Makes such values for one specification. Nothing is fetched for them."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._made: dict[ir.Location, tuple[Json, int]] = {}
        self._written = 0
        self._open: set[ir.Location] = set()

    def component(self, entry: Place) -> ops.Component:
        """A component, or what stands for it in another file."""
        once = self._context.follow_once(entry, quiet=True)
        away = once is not None and not self._is_at_home(once)
        end = self._context.follow(entry, quiet=True) if away else None
        found = end or entry
        return ops.Component(self._context.lowering.location(found), self.value(found))

    def value(self, place: Place) -> Json:
        """A value with the contents of other files in place of references to them, and
        with references to components as the document itself has them."""
        return place.data if self._is_alone else self._value(place)

    def key(self, place: Place) -> str | None:
        """The key of the component that stands at a place, or for which it stands; None
        where that is none."""
        found = self._components.get(self._context.lowering.location(place))
        return None if found is None else last_token(found.pointer)

    def _value(self, place: Place) -> Json:
        data, child = place.data, self._context.lowering.child
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
        where = self._context.lowering.location(target)
        if where in self._components:
            return {"$ref": "#" + self._components[where].pointer}
        if self._is_at_home(target):
            return {"$ref": "#" + where.pointer}
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
            where = self._context.lowering.location(place)
            self._context.lowering.problem("too-large", message, where)

    def _target(self, place: Place) -> Place | None:
        """Where a reference leads; None where it would have to be fetched."""
        text, resources = place.data.get("$ref"), self._context.lowering.resources
        if not isinstance(text, str) or not resources.is_local(text, place.resource):
            return None
        try:
            return resources.resolve(text, place.resource)
        except Unresolved:
            return None

    @cached_property
    def _is_alone(self) -> bool:
        """Whether the document refers to no other one."""
        return extent.is_alone(self._context.root.document)

    def _is_at_home(self, place: Place) -> bool:
        return place.resource.document is self._context.root.document

    @cached_property
    def _components(self) -> dict[ir.Location, Place]:
        """The entry of each component, by where the component stands."""
        context = self._context
        found: dict[ir.Location, Place] = {}
        for kind, entries in context.members(context.place("components")):
            for _, entry in () if kind.startswith("x-") else context.entries(entries):
                end = context.follow(entry, quiet=True)
                if end is not None:
                    found.setdefault(context.lowering.location(end), entry)
        return found
