"""One object of a document: which of its fields are taken, and what the others are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, TypedDict, TypeVar

from codegen.frontend.context import Context
from codegen.frontend.interface.components import Components
from codegen.frontend.resources import Place
from codegen.ir import model as ir
from codegen.ir import operations as ops
from codegen.source.node import Json

A = TypeVar("A")

PROSE: Final = frozenset(
    (
        "summary", "description", "title", "externalDocs", "example", "examples",
        "tags", "operationId", "links", "$comment",
    )
)  # fmt: skip
"""Fields that say nothing to programs, wherever they stand."""


_REFERRING: Final = frozenset(("examples", "links", "tags", "externalDocs"))
"""Of these, what holds objects that a reference may stand for."""

_BYTES: Final = {"type": "string", "format": "binary"}


class Common(TypedDict):
    """The fields that all parts have."""

    location: ir.Location
    notes: dict[str, Json]
    unread: dict[str, Json]


class Reader:
    """Reads the parts of one document.

    If `types_only`, as far as types are made of them; what has no safe meaning there is
    then left out with a warning, for it is no named schema that suffers.
    """

    def __init__(self, context: Context, *, types_only: bool = False) -> None:
        self.context = context
        self.types_only = types_only
        self.wholes = Components(context)
        self.schemes: dict[str, ops.SecurityScheme] = {}
        """Security schemes that stand where they are needed, without a name."""

    def mapping(self, place: Place) -> Place | None:
        """Where a place leads if a mapping is there; what is none is a gap."""
        found = self.context.mapping(place)
        if found is None:
            lowering = self.context.lowering
            lowering.gaps[lowering.location(place)] = None
        return found

    def common(self, place: Place, found: Place, taken: str) -> Common:
        """What a part has in common with others, given the fields that it takes.

        `place` is where the part is used and `found` where it stands. What stands
        beside a reference belongs to it, too.
        """
        known = frozenset(taken.split())
        notes: dict[str, Json] = {}
        unread: dict[str, Json] = {}
        self.sort(found.data, known, notes, unread)
        for key in () if self.types_only else [k for k in notes if k in _REFERRING]:
            inner = self.context.lowering.child(found, key)
            notes[key] = self.wholes.value(inner)
        if place is not found and isinstance(place.data, dict):
            self.sort(place.data, frozenset(["$ref"]), notes, unread)
        location = self.context.lowering.location(found)
        return {"location": location, "notes": notes, "unread": unread}

    def prose(self, place: Place) -> ops.Part:
        """A part that is all for people, as `info` is, the version included."""
        common = self.common(place, place, "")
        notes = common["notes"] | common["unread"]
        return ops.Part(location=common["location"], notes=notes)

    @staticmethod
    def sort(
        data: dict[str, Json],
        known: frozenset[str],
        notes: dict[str, Json],
        unread: dict[str, Json],
    ) -> None:
        """Put the fields that nobody takes where they belong."""
        for key, value in data.items():
            if key not in known:
                prose = key in PROSE or key.startswith("x-")
                (notes if prose else unread)[key] = value

    def raw(self, schema: Place, common: Common) -> None:
        """A schema of bytes, which says nothing of a JSON value: kept as it stands.
        Bytes may be spelled as a string of the format `binary`, or not at all."""
        found = self.mapping(schema)
        if found is None:
            return
        spelled = {k: v for k, v in _BYTES.items() if found.data.get(k) == v}
        self.inside("schema", found.data, frozenset(spelled), common)
        common["notes"] |= {f"schema/{key}": value for key, value in spelled.items()}

    def inside(
        self, field: str, data: dict[str, Json], known: frozenset[str], common: Common
    ) -> None:
        """What an object in a field of a part says that nobody takes."""
        notes: dict[str, Json] = {}
        unread: dict[str, Json] = {}
        self.sort(data, known, notes, unread)
        common["notes"] |= {f"{field}/{key}": v for key, v in notes.items()}
        common["unread"] |= {f"{field}/{key}": v for key, v in unread.items()}

    def extensions(self, holder: Place, key: str) -> dict[str, Json]:
        """What stands beside the members of a field whose keys have a pattern."""
        members = self.context.members(self.context.member(holder, key))
        return {f"{key}/{k}": p.data for k, p in members if k.startswith("x-")}

    def map_of(
        self, holder: Place, key: str, read: Callable[[str, Place], A | None]
    ) -> dict[str, A]:
        """The members of a map, each read; extensions are none."""
        found: dict[str, A] = {}
        for name, place in self.context.entries(self.context.member(holder, key)):
            made = read(name, place)
            if made is not None:
                found[name] = made
        return found

    def texts(self, place: Place | None) -> tuple[str, ...]:
        """A list of texts; what is none is reported. A number is meant as text."""
        found = []
        for entry in self.context.elements(place):
            value = entry.data
            if isinstance(value, int | float) and not isinstance(value, bool):
                value = str(value)
            if isinstance(value, str):
                found.append(value)
            else:
                self.context.invalid(entry, "a text is expected here")
        return tuple(found)

    def schema(self, place: Place | None, *, quiet: bool = False) -> ir.SchemaId | None:
        """The identity of the schema at a place; `quiet` where somebody else says that
        it leads nowhere."""
        if place is None:
            return None
        target = self.context.target(place, quiet=quiet)
        if target is None:
            return None
        return self.context.lowering.require(target, tolerant=self.types_only)

    def settings(self, place: Place, keys: str) -> dict[str, Json]:
        """Some fields of a part as they stand, as far as they are there."""
        return {key: place.data[key] for key in keys.split() if key in place.data}

    def components(
        self, place: Place | None, but: str
    ) -> Iterator[tuple[str, ops.Component]]:
        """The objects of the document that can be referred to, by their pointers, of
        every kind but some."""
        for kind, entries in self.context.members(place):
            if kind in but.split() or kind.startswith("x-"):
                continue
            for _, entry in self.context.members(entries):
                yield entry.pointer, self.wholes.component(entry)
