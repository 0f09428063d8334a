"""What is decided about a package, as entries of reference pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from codegen.ir import model as ir
from codegen.python.model import docstrings, enumerations
from codegen.python.model import shapes as sh
from codegen.python.model.fields import Field
from codegen.python.model.package import Package
from codegen.reference import types
from codegen.reference.examples import Examples
from codegen.reference.prose import blocks
from codegen.reference.views import Block, Entry, Example, Member, Part, Row
from codegen.text import json_text

Way: TypeAlias = Callable[[str], str]

EVENTS: Final = {
    ir.Direction.CLIENT_TO_SERVER: ("client-events", "Events you send"),
    ir.Direction.SERVER_TO_CLIENT: ("server-events", "Events you receive"),
}
"""Of each direction, the anchor and the title of its section, as the client has it."""


@dataclass(frozen=True, slots=True)
class Item:
    """Something that gets an entry: the schema with its shape and name, and of an event
    its tags. What travels both ways has an entry in each section, of which the second
    has an anchor of its own."""

    kind: str
    name: str
    schema: ir.Schema
    shape: sh.Shape
    tag: str = ""
    again: str = ""

    @property
    def anchor(self) -> str:
        """What the entry is linked by."""
        return self.again or self.name


@dataclass(slots=True)
class Listed:
    """The items of each section, in order."""

    sections: dict[str, list[Item]] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    def add(self, section: str, item: Item) -> None:
        """Put an item into a section, unless it has an entry already."""
        if item.anchor not in self.seen:
            self.seen.add(item.anchor)
            self.sections.setdefault(section, []).append(item)


OBJECTS: Final = "objects"
ENUMS: Final = "enumerations"
OTHERS: Final = "other-schemas"
TITLES: Final = {
    **dict(EVENTS.values()),
    OBJECTS: "Objects",
    ENUMS: "Enumerations",
    OTHERS: "Other schemas",
}


def items(package: Package) -> dict[str, list[Item]]:
    """What gets an entry, by the anchors of sections."""
    listed = Listed()
    names = package.names
    for direction, (section, _) in EVENTS.items():
        table = package.directions.get(direction)
        tags: dict[ir.SchemaId, list[str]] = {}
        branches: dict[ir.SchemaId, ir.Schema] = {}
        for key, branch in table.entries() if table is not None else ():
            tag = key if isinstance(key, str) else json_text(key) or ""
            tags.setdefault(branch.id, []).append(tag)
            branches[branch.id] = branch
        for id_, said in tags.items():
            name, tag = str(names.of(id_)), " · ".join(said)
            again = f"{section}-{name}" if name in listed.seen else ""
            event = sh.ClassShape(id_)
            listed.add(section, Item("event", name, branches[id_], event, tag, again))
    for schema, _ in package.classes:
        name = str(names.of(schema.id))
        listed.add(OBJECTS, Item("object", name, schema, sh.ClassShape(schema.id)))
    for schema in package.enums:
        name = str(names.of(schema.id))
        shape = package.shapes.own(schema)
        listed.add(ENUMS, Item("enumeration", name, schema, shape))
    for schema, shape, _ in package.aliases:
        name = str(names.of(schema.id))
        listed.add(OTHERS, Item("schema", name, schema, shape))
    order = [section for section in TITLES if section in listed.sections]
    return {section: listed.sections[section] for section in order}


class Writer:
    """Makes entries of items."""

    def __init__(
        self,
        package: Package,
        way: Way,
        uses: dict[str, list[str]],
        dataclasses: bool = True,
    ) -> None:
        self._package = package
        self._names = package.names
        self._way = way
        self._uses = uses
        self._examples = Examples(package, dataclasses)
        ids = {i: name for name, i in package.module.names.items()}
        self._spec_names = ids

    def entry(self, item: Item) -> Entry:
        """The entry of an item."""
        schema = item.schema
        describing = self._package.describing(schema)
        spec_name = self._spec_names.get(schema.id, "")
        is_alias = item.kind == "schema"
        return Entry(
            kind=item.kind,
            anchor=item.anchor,
            name=item.name,
            spec_name=spec_name if spec_name != item.name else "",
            tag=item.tag,
            text=_texts(describing, item.name, members=item.kind == "enumeration"),
            words=self._words(describing, own=is_alias or item.kind == "enumeration"),
            type=types.parts(self._names, item.shape, self._way) if is_alias else (),
            rows=self._rows(schema),
            members=self._members(item),
            example=self._example(item),
            used=tuple(Part(n, self._way(n)) for n in self._uses.get(item.name, ())),
            deprecated=schema.annotations.deprecated,
        )

    def _words(
        self, schemas: tuple[ir.Schema, ...], *, own: bool = True
    ) -> tuple[str, ...]:
        found = docstrings.notes(schemas, self._package.formats, own=own)
        return tuple(note for note in found if note != "Deprecated.")

    def _rows(self, schema: ir.Schema) -> tuple[Row, ...]:
        fields = self._package.class_fields.get(schema.id, ())
        return tuple(map(self._row, fields))

    def _row(self, of: Field) -> Row:
        words = list(docstrings.notes(of.schemas, self._package.formats))
        if of.nullable and not _says_null(of.shape):
            words.insert(0, "May be null.")
        attribute = str(of.attribute)
        return Row(
            wire=of.wire,
            attribute=attribute if attribute != of.wire else "",
            type=types.parts(self._names, of.shape, self._way),
            required=of.required,
            words=tuple(words),
            text=_texts(of.schemas, of.wire),
        )

    def _members(self, item: Item) -> tuple[Member, ...]:
        if item.kind != "enumeration":
            return ()
        schema = item.schema
        values = enumerations.members(self._package.module, schema)
        docs = enumerations.described(schema)
        known = schema.annotations.enum_metadata
        return tuple(
            Member(
                json_text(member.value) or "…",
                f"{item.name}.{member.name}",
                blocks(member.doc or docs.get(member.value, "")),
                tuple(
                    (key, json_text(value) or "…")
                    for key, value in known.get(str(member.value), {}).items()
                ),
            )
            for member in self._names.members(schema, values)
        )

    def _example(self, item: Item) -> Example | None:
        if item.kind == "enumeration":
            return None
        return self._examples.of(item.schema, item.shape)


def uses(package: Package) -> dict[str, list[str]]:
    """By the name of each thing, the names of the classes and aliases that hold it."""
    found: dict[str, dict[str, None]] = {}

    def hold(name: str, shapes: Iterable[sh.Shape]) -> None:
        for shape in shapes:
            for part in sh.walk(shape):
                if isinstance(part, sh.ClassShape | sh.EnumShape | sh.AliasShape):
                    held = str(package.names.of(part.id))
                    if held != name:
                        found.setdefault(held, {})[name] = None

    for schema, fields in package.classes:
        hold(str(package.names.of(schema.id)), (of.shape for of in fields))
    for schema, shape, _ in package.aliases:
        hold(str(package.names.of(schema.id)), [shape])
    return {name: list(holders) for name, holders in found.items()}


def _texts(
    schemas: tuple[ir.Schema, ...], called: str, *, members: bool = False
) -> tuple[Block, ...]:
    found = docstrings.descriptions(schemas, members=members, called=called)
    return tuple(block for text in found for block in blocks(text))


def _says_null(shape: sh.Shape) -> bool:
    return any(isinstance(member, sh.Null) for member in sh.members(shape))
