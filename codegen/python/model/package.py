"""Everything that is decided about a package before text is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from codegen.ir import model as ir
from codegen.ir import tags, walk
from codegen.python.model import event_tables
from codegen.python.model import shapes as sh
from codegen.python.model.fields import Field, declared_properties, fields_of
from codegen.python.model.names import Names
from codegen.python.model.shaping import Shapes
from codegen.text import Name


@dataclass(frozen=True, slots=True)
class Settings:
    """What of the configuration shapes a package."""

    package: str
    server_events: tuple[str, ...] = ()
    client_events: tuple[str, ...] = ()
    assert_formats: bool = False


class Package:
    """Everything that is decided about a package before text is made."""

    def __init__(self, module: ir.Module, settings: Settings) -> None:
        self.module = module
        self.settings = settings
        self.shapes = Shapes(module)
        self.parts = _with_joints(module, self.shapes, _parts(module))
        self.class_ids = frozenset(_classes(self.parts.values(), self.shapes))
        self.names = Names(
            module, self.class_ids, self.shapes.wrapped, self.shapes.joints
        )
        self.formats = _formats() if settings.assert_formats else frozenset[str]()
        self.tables = event_tables.tables_of(module, self.shapes)
        self.directions = event_tables.directions(
            module,
            self.shapes,
            self.tables,
            {
                ir.Direction.SERVER_TO_CLIENT: settings.server_events,
                ir.Direction.CLIENT_TO_SERVER: settings.client_events,
            },
        )
        self._fields: dict[ir.SchemaId, list[Field]] = {}

    def fields(self, schema: ir.Schema) -> list[Field]:
        """The fields of a schema that becomes a class."""
        found = self._fields.get(schema.id)
        if found is None:
            found = fields_of(self.module, self.shapes, self.names, schema)
            self._fields[schema.id] = found
        return found

    @cached_property
    def class_schemas(self) -> dict[str, ir.Schema]:
        """The schemas that become classes, by the names of these classes."""
        return {self.names.of(i): self.parts[i] for i in self.class_ids}

    @cached_property
    def all_tables(self) -> list[event_tables.Table]:
        """The tables of unions and of directions, each once."""
        return list(
            {t.name: t for t in [*self.tables, *self.directions.values()]}.values()
        )

    @cached_property
    def sent(self) -> list[ir.Schema]:
        """The events that clients send."""
        table = self.directions.get(ir.Direction.CLIENT_TO_SERVER)
        return [branch for _, branch in table.entries()] if table else []

    @cached_property
    def classes(self) -> list[tuple[ir.Schema, list[Field]]]:
        """Every class in the order of the specification, inline ones behind theirs:
        those whose objects something of the package can hold."""
        found: set[ir.SchemaId] = set()
        seen: set[ir.SchemaId] = set()
        pending = [schema for _, schema, _ in self.named]
        for table in self.all_tables:
            pending += [branch for _, branch in table.entries()]
        while pending:
            schema = pending.pop()
            if schema.id in seen:
                continue
            seen.add(schema.id)
            for schema_id in self.shapes.reached(self.shapes.own(schema)) - found:
                found.add(schema_id)
                for field in self.fields(self.parts[schema_id]):
                    pending += [*field.schemas, field.schema]
            pending += self._held(schema)
        return [(s, self.fields(s)) for s in self.parts.values() if s.id in found]

    def _held(self, schema: ir.Schema) -> Iterator[ir.Schema]:
        """The schemas by which values of a schema, and what is in them, are made,
        where it is no class itself."""
        own = self.shapes.own(schema)
        is_class = sh.ClassShape(schema.id) in sh.members(own)
        if is_class or not self.shapes.converts(own):
            return
        alternatives = self.shapes.alternatives(schema)
        if alternatives is not None:
            flat = tags.flatten(self.module, alternatives, self.shapes.is_enum)
            yield from flat.branches
            yield from (self.shapes.branch(schema, b) for b in alternatives.schemas)
        items, values = self.shapes.items(schema), self.shapes.values(schema)
        found = [*items.prefix, items.rest, values.rest]
        found += [inner for _, inner in values.patterns]
        yield from (inner for inner in found if inner is not None)
        yield from filter(None, [self.shapes.target(schema)])

    @cached_property
    def named(self) -> list[tuple[str, ir.Schema, sh.Shape]]:
        """Every named schema with its name in the specification and its shape."""
        return [
            (name, self.module.schemas[i], self.shapes.own(self.module.schemas[i]))
            for name, i in self.module.names.items()
        ]

    @cached_property
    def enums(self) -> list[ir.Schema]:
        """The schemas that become enums, in the order of the specification."""
        own = [
            self.shapes.wrapped.get(schema.id, schema) for _, schema, _ in self.named
        ]
        return [
            schema
            for schema in own
            if sh.EnumShape(schema.id) in sh.members(self.shapes.own(schema))
        ]

    def describing(self, schema: ir.Schema) -> tuple[ir.Schema, ...]:
        """The schemas whose descriptions are that of a class or enum: the schema, or
        those that it was made of, and the named one that only adds null to it."""
        outer = [
            self.module.schemas[i]
            for i, inner in self.shapes.wrapped.items()
            if inner.id == schema.id
        ]
        return (*self.shapes.joints.parts(schema), *outer)

    def public_name(self, schema: ir.Schema) -> Name:
        """What a named schema is called among the models."""
        return self.names.of(self.shapes.wrapped.get(schema.id, schema).id)


def _parts(module: ir.Module) -> list[ir.Schema]:
    """All schemas inside the named ones and what they reach, each once."""
    reachable = walk.closure(module, list(module.names.values()))
    named = set(module.names.values())
    order = [*module.names.values(), *(i for i in reachable if i not in named)]
    found: dict[ir.SchemaId, ir.Schema] = {}
    for schema_id in order:
        for schema in walk.walk(module.schemas[schema_id]):
            found.setdefault(schema.id, schema)
    return list(found.values())


def _with_joints(
    module: ir.Module, shapes: Shapes, parts: list[ir.Schema]
) -> dict[ir.SchemaId, ir.Schema]:
    """The parts of a module, and the schemas that stand for several of them: what is
    described twice is found by looking at every shape and every class."""
    found: dict[ir.SchemaId, ir.Schema] = {}
    pending = parts
    while pending:
        for schema in pending:
            found[schema.id] = schema
            if sh.ClassShape(schema.id) in sh.members(shapes.own(schema)):
                for name, declared in declared_properties(module, schema):
                    shapes.use(declared.schema(shapes, schema, name))
        made = [joint.schema for joint in shapes.joints.found.values()]
        pending = [schema for schema in made if schema.id not in found]
    return found


def _classes(
    parts: Iterable[ir.Schema], shapes: Shapes
) -> dict[ir.SchemaId, ir.Schema]:
    """The schemas that become classes."""
    return {
        schema.id: schema
        for schema in parts
        if sh.ClassShape(schema.id) in sh.members(shapes.own(schema))
    }


def _formats() -> frozenset[str]:
    from codegen.runtime._formats import FORMATS

    return frozenset(FORMATS)
