"""Everything that is decided about a package before text is made.

`decide` makes all decisions. What it returns is plain data that nothing changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from codegen.ir import facts, sides, tags, walk
from codegen.ir import model as ir
from codegen.python.model import (
    event_tables,
    names,
    old_names,
    operations,
    pieces,
    sent_tags,
)
from codegen.python.model import shapes as sh
from codegen.python.model.aliases import Alias, Named, aliases_of
from codegen.python.model.circles import Circles
from codegen.python.model.event_tables import Table
from codegen.python.model.fields import Field, declared_properties, fields_of
from codegen.python.model.names import Names
from codegen.python.model.old_names import OldNames
from codegen.python.model.operations import Operation
from codegen.python.model.pieces import Pieces
from codegen.python.model.shaping import Shapes, Shaping
from codegen.python.model.typed_texts import Formats
from codegen.styles import PLAIN, OldName, Style
from codegen.templating.folder import OwnTemplates
from codegen.text import Name

Fields: TypeAlias = tuple[Field, ...]
"""The fields of a class, in the order of the specification."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of the configuration that shape a package."""

    package: str
    server_events: tuple[str, ...] = ()
    client_events: tuple[str, ...] = ()
    assert_formats: bool = False
    style: Style = PLAIN
    reader: sides.Side = sides.Side.CLIENT
    """The side that uses the package, and so reads what the other side sends."""
    way: str = "../.."
    """The relative path from the folder of the tests to that from which the package is
    imported."""
    old_names: tuple[OldName, ...] = ()
    templates: OwnTemplates | None = None
    """Templates of the user that take the place of ours."""


@dataclass(frozen=True, slots=True)
class Sides:
    """A module as each side reads it, where `readOnly` and `writeOnly` make a
    difference.

    `module` is what the side that uses the package reads, and `sending` what the other
    side reads, which is what the package sends. `sided` are the schemas that differ
    between the two, and `sent_parts` all schemas of `sending` by id, empty if none
    differ. `written` are the schemas of what the package sends.
    """

    module: ir.Module
    sending: ir.Module
    sent_parts: Mapping[ir.SchemaId, ir.Schema]
    sided: frozenset[ir.SchemaId]
    written: frozenset[ir.SchemaId]

    @classmethod
    def of(cls, module: ir.Module, reader: sides.Side) -> Sides:
        """Both readings of a module, for a package that `reader` uses."""
        sided = sides.differing(module)
        sending = sides.read_by(module, reader.other, sided=sided)
        sent_parts = {schema.id: schema for schema in _parts(sending)} if sided else {}
        return cls(
            sides.read_by(module, reader, sided=sided),
            sending,
            MappingProxyType(sent_parts),
            sided,
            sides.written_by(module, reader),
        )

    def apart(self, schema: ir.Schema) -> bool:
        """Whether objects of this class may be sent, and what is sent has to meet other
        conditions than what is received."""
        return schema.id in self.sided and schema.id in self.written

    def left_out(self, schema: ir.Schema) -> frozenset[str]:
        """The properties that every received object has, but an object that is sent
        need not have."""
        if not self.apart(schema):
            return frozenset()
        needed = facts.required(self.sending, self.sent_parts[schema.id])
        return facts.required(self.module, schema) - needed


@dataclass(frozen=True, slots=True)
class Package:
    """Everything that is decided about a package before text is made."""

    module: ir.Module
    """The module as the side that uses the package reads it."""
    sides: Sides
    settings: Settings
    parts: Mapping[ir.SchemaId, ir.Schema]
    """All schemas that are reached from the named ones, inner ones included, and the
    joints that were made of them."""
    shapes: Shapes
    names: Names
    formats: Formats
    """The formats that are enforced."""
    class_fields: Mapping[ir.SchemaId, Fields]
    """The fields of each class, by its schema."""
    class_schemas: Mapping[str, ir.Schema]
    """What the objects of each class have to meet (`meaning`), by the class's name."""
    tables: tuple[Table, ...]
    """The event tables of unions."""
    directions: Mapping[ir.Direction, Table]
    """The event tables of the two directions; each may be one of `tables`."""
    all_tables: tuple[Table, ...]
    """The tables of unions and directions, each once."""
    bases: Mapping[ir.SchemaId, ir.Schema]
    """The schemas that children extend under a discriminator, each with the union of
    itself and its children that stands wherever it is referred to."""
    sent: tuple[ir.Schema, ...]
    """The events that clients send."""
    received: tuple[ir.Schema, ...]
    """The events that servers send."""
    named: tuple[Named, ...]
    """The named schemas, in the order of the specification."""
    classes: tuple[tuple[ir.Schema, Fields], ...]
    """The classes that are written, each with its fields, in the order of `parts`. A
    class of which nothing in the package can hold an object is not written."""
    enums: tuple[ir.Schema, ...]
    aliases: tuple[Alias, ...]
    pieces: Pieces
    """Which module each schema is written to."""
    old_names: OldNames
    """Names that are still found although something is called otherwise today."""
    operations: tuple[Operation, ...]
    circles: Circles
    """The schemas that lead back to themselves."""

    def fields(self, schema: ir.Schema) -> Fields:
        """The fields of a schema that becomes a class."""
        return self.class_fields[schema.id]

    def meaning(self, schema: ir.Schema) -> ir.Schema:
        """What the objects of a class have to meet: its schema or, for a base, the
        union in which tags tell it from its children."""
        return self.bases.get(schema.id, schema)

    def describing(self, schema: ir.Schema) -> tuple[ir.Schema, ...]:
        """The schemas whose descriptions belong to a class or enum: the schema itself,
        or those it was made of, and a named schema that only adds null to it."""
        outer = [
            self.module.schemas[i]
            for i, inner in self.shapes.wrapped.items()
            if inner.id == schema.id
        ]
        return (*self.shapes.joints.parts(schema), *outer)

    def public_name(self, schema: ir.Schema) -> Name:
        """The name of a named schema among the models."""
        return self.names.of(self.shapes.wrapped.get(schema.id, schema).id)


def decide(module: ir.Module, settings: Settings) -> Package:
    """Decide everything about the package of a module."""
    sides_ = Sides.of(module, settings.reader)
    module = sides_.module
    formats = formats_of(settings)
    shaping = Shaping(module, settings.style, formats)
    parts = _with_joints(shaping, _parts(module))
    shapes = shaping.decided(parts.values())
    classes = [s for s in parts.values() if shapes.is_class(s)]
    called = _names(module, shapes, classes, sides_.sided, settings.style)
    tables = event_tables.tables_of(module, shapes)
    directions = _directions(module, shapes, tables, settings)
    every = {table.name: table for table in (*tables, *directions.values())}
    constants = sent_tags.of_classes(module, parts.values(), every.values())
    fields = _fields(shapes, called, classes, constants, sides_)
    named = _named(module, shapes)
    held = _held(shaping, fields, parts, _roots(named, every.values()))
    bases = _bases(parts.values())
    enums = tuple(_enums(shapes, [one.schema for one in named]))
    aliases = aliases_of(named, shapes.wrapped)
    written = tuple((s, fields[s.id]) for s in classes if s.id in held)
    return Package(
        module=module,
        sides=sides_,
        settings=settings,
        parts=MappingProxyType(parts),
        shapes=shapes,
        names=called,
        formats=formats,
        class_fields=MappingProxyType(fields),
        class_schemas=MappingProxyType(_meanings(called, classes, bases)),
        tables=tables,
        directions=MappingProxyType(directions),
        all_tables=tuple(every.values()),
        bases=MappingProxyType(bases),
        sent=_events(directions, ir.Direction.CLIENT_TO_SERVER),
        received=_events(directions, ir.Direction.SERVER_TO_CLIENT),
        named=named,
        classes=written,
        enums=enums,
        aliases=aliases,
        pieces=pieces.decide(module, called, shapes.joints, enums, aliases),
        old_names=_old_names(settings, called, written, enums, aliases),
        operations=operations.decide(module),
        circles=Circles.of(module, (j.schema for j in shapes.joints.found.values())),
    )


def _fields(
    shapes: Shapes,
    called: Names,
    classes: list[ir.Schema],
    constants: Mapping[ir.SchemaId, Mapping[str, facts.Tag]],
    sides_: Sides,
) -> dict[ir.SchemaId, Fields]:
    """The fields of each class."""
    module = sides_.module
    return {
        s.id: fields_of(
            module, shapes, called, s, constants.get(s.id, {}), sides_.left_out(s)
        )
        for s in classes
    }


def _old_names(
    settings: Settings,
    called: Names,
    written: tuple[tuple[ir.Schema, Fields], ...],
    enums: tuple[ir.Schema, ...],
    aliases: tuple[Alias, ...],
) -> OldNames:
    if not settings.old_names:
        return old_names.NONE
    known = old_names.Known(called, written, enums, aliases)
    return old_names.decide(settings.old_names, known)


def _names(
    module: ir.Module,
    shapes: Shapes,
    classes: list[ir.Schema],
    sided: frozenset[ir.SchemaId],
    style: Style,
) -> Names:
    ids = frozenset(schema.id for schema in classes)
    return names.decide(module, ids, shapes.wrapped, shapes.joints, sided, style)


def _parts(module: ir.Module) -> list[ir.Schema]:
    """All schemas that are reached from the named ones, inner ones included, each
    once."""
    reachable = walk.closure(module, list(module.names.values()))
    order: dict[ir.SchemaId, None] = {}
    for schema_id in (*module.names.values(), *reachable):
        order[schema_id] = None
        hint = module.schemas[schema_id].annotations.discriminator
        if hint is not None and hint.base is not None:
            order[hint.base] = None
    found: dict[ir.SchemaId, ir.Schema] = {}
    for schema_id in order:
        for schema in walk.walk(module.schemas[schema_id]):
            found.setdefault(schema.id, schema)
    return list(found.values())


def _with_joints(
    shaping: Shaping, parts: list[ir.Schema]
) -> dict[ir.SchemaId, ir.Schema]:
    """The parts of a module by id, and the joints that are made of several of them.
    What is described twice is found by looking at every shape and every class."""
    found: dict[ir.SchemaId, ir.Schema] = {}
    pending = parts
    while pending:
        for schema in pending:
            found[schema.id] = schema
            if walk.is_leaf(schema):
                continue
            shaping.look_inside(schema)
            if shaping.is_class(schema):
                for name, declared in declared_properties(shaping.module, schema):
                    shaping.use(declared.schema(shaping, schema, name))
        made = [joint.schema for joint in shaping.joints.found.values()]
        pending = [schema for schema in made if schema.id not in found]
    return found


def _named(module: ir.Module, shapes: Shapes) -> tuple[Named, ...]:
    """The named schemas in the order of the specification."""
    found = ((name, module.schemas[i]) for name, i in module.names.items())
    return tuple(Named(name, schema, shapes.own(schema)) for name, schema in found)


def _directions(
    module: ir.Module, shapes: Shapes, tables: tuple[Table, ...], settings: Settings
) -> dict[ir.Direction, Table]:
    configured = {
        ir.Direction.SERVER_TO_CLIENT: settings.server_events,
        ir.Direction.CLIENT_TO_SERVER: settings.client_events,
    }
    return event_tables.directions(module, shapes, tables, configured)


def _meanings(
    called: Names, classes: list[ir.Schema], bases: Mapping[ir.SchemaId, ir.Schema]
) -> dict[str, ir.Schema]:
    """What the objects of each class have to meet, by the class's name."""
    return {called.of(schema.id): bases.get(schema.id, schema) for schema in classes}


def _events(
    directions: Mapping[ir.Direction, Table], direction: ir.Direction
) -> tuple[ir.Schema, ...]:
    """The schemas of the events of a direction."""
    table = directions.get(direction)
    return tuple(branch for _, branch in table.entries()) if table else ()


def _roots(named: tuple[Named, ...], tables: Iterable[Table]) -> list[ir.Schema]:
    """The schemas about whose values programs can ask: named ones, and events."""
    events = [branch for table in tables for _, branch in table.entries()]
    return [*(one.schema for one in named), *events]


def _held(
    shapes: Shaping,
    fields: Mapping[ir.SchemaId, Fields],
    parts: Mapping[ir.SchemaId, ir.Schema],
    roots: list[ir.Schema],
) -> set[ir.SchemaId]:
    """The classes whose objects can be made from values of these schemas, or from
    anything inside such values."""
    found: set[ir.SchemaId] = set()
    seen: set[ir.SchemaId] = set()
    pending = list(roots)
    while pending:
        schema = pending.pop()
        if schema.id in seen:
            continue
        seen.add(schema.id)
        if walk.is_leaf(schema):
            continue
        for schema_id in shapes.reached(shapes.own(schema)) - found:
            found.add(schema_id)
            for field in fields[schema_id]:
                pending += [*field.schemas, field.schema]
            extra = shapes.extra(parts[schema_id])
            pending += [inner for _, inner in extra.patterns]
            pending += [extra.rest] if extra.rest is not None else []
        pending += _makers(shapes, schema)
    return found


def _makers(shapes: Shaping, schema: ir.Schema) -> Iterator[ir.Schema]:
    """The schemas by which the values of a schema that is no class, and what is inside
    them, are turned into objects."""
    own = shapes.own(schema)
    if isinstance(own, sh.ClassShape) or shapes.is_class(schema):
        return  # The class does it, whatever stands beside its properties.
    if not shapes.converts(own):
        return
    alternatives = shapes.alternatives(schema)
    if alternatives is not None:
        yield from tags.flatten(shapes.module, alternatives, shapes.is_enum).branches
        yield from map(shapes.branches(schema), alternatives.schemas)
    items, values = shapes.items(schema), shapes.values(schema)
    found = [*items.prefix, items.rest, values.rest, shapes.target(schema)]
    found += [inner for _, inner in values.patterns]
    yield from (inner for inner in found if inner is not None)


def _enums(shapes: Shapes, named: list[ir.Schema]) -> Iterator[ir.Schema]:
    """The schemas that become enums, in the order of the specification."""
    for schema in named:
        own = shapes.wrapped.get(schema.id, schema)
        if shapes.is_enum(own):
            yield own


def _bases(parts: Iterable[ir.Schema]) -> dict[ir.SchemaId, ir.Schema]:
    """The union of each base and its children, by the id of the base."""
    hints = ((schema.annotations.discriminator, schema) for schema in parts)
    return {h.base: s for h, s in hints if h is not None and h.base is not None}


def formats_of(settings: Settings) -> Formats:
    """The formats that a package enforces."""
    return Formats.enforced(settings.assert_formats, settings.style.types)
