"""Everything that is decided about a package before text is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from codegen.ir import facts, sides, tags, walk
from codegen.ir import model as ir
from codegen.python.model import event_tables
from codegen.python.model import shapes as sh
from codegen.python.model.fields import Field, fields_of
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
    reader: sides.Side = sides.Side.CLIENT
    """Who uses the package, and so reads what comes."""


class Package:
    """Everything that is decided about a package before text is made."""

    def __init__(self, module: ir.Module, settings: Settings) -> None:
        self.settings = settings
        self.sided = sides.differing(module)
        """The schemas that mean something else for what the package sends."""
        self.written = sides.written_by(module, settings.reader)
        """The schemas of what the package sends."""
        self.sending = sides.read_by(module, settings.reader.other)
        """The module as the other side reads it."""
        module = self.module = sides.read_by(module, settings.reader)
        self.shapes = Shapes(module)
        self.parts = {schema.id: schema for schema in _parts(module)}
        self.class_ids = frozenset(_classes(self.parts.values(), self.shapes))
        self.names = Names(module, self.class_ids, self.shapes.wrapped)
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
            left_out = self._left_out(schema)
            found = fields_of(self.module, self.shapes, self.names, schema, left_out)
            self._fields[schema.id] = found
        return found

    def constructs_apart(self, schema: ir.Schema) -> bool:
        """Whether objects of a class are made to be sent, and what is sent must meet
        something else than what comes."""
        return schema.id in self.sided and schema.id in self.written

    def _left_out(self, schema: ir.Schema) -> frozenset[str]:
        """The properties that all received objects have, and what is sent need not."""
        if not self.constructs_apart(schema):
            return frozenset()
        sent = self.sent_parts[schema.id]
        needed = facts.required(self.sending, sent)
        return facts.required(self.module, schema) - needed

    @cached_property
    def sent_parts(self) -> dict[ir.SchemaId, ir.Schema]:
        """All schemas as the other side reads them."""
        return {schema.id: schema for schema in _parts(self.sending)}

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
                    pending += field.schemas
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
            yield from tags.flatten(self.module, alternatives).branches
        for part in facts.conjuncts(self.module, schema):
            for a in part.assertions:
                if isinstance(a, ir.Items | ir.AdditionalProperties):
                    yield a.schema

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
        """The schemas whose descriptions are that of a class or enum: the schema,
        and the named one that only adds null to it."""
        outer = [
            self.module.schemas[i]
            for i, inner in self.shapes.wrapped.items()
            if inner.id == schema.id
        ]
        return (schema, *outer)

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
