"""Everything that is decided about a package before text is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from codegen.ir import facts, tags, walk
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


class Package:
    """Everything that is decided about a package before text is made."""

    def __init__(self, module: ir.Module, settings: Settings) -> None:
        self.module = module
        self.settings = settings
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
            tags_ = self.sent_tags.get(schema.id, {})
            found = fields_of(self.module, self.shapes, self.names, schema, tags_)
            self._fields[schema.id] = found
        return found

    @cached_property
    def sent_tags(self) -> dict[ir.SchemaId, dict[str, facts.Tag]]:
        """The tags that objects of a class have wherever a tag tells them from others,
        by property; none where unions give a class different tags."""
        found: dict[ir.SchemaId, dict[str, set[facts.Tag]]] = {}
        for path, branch in self._tagged_branches():
            for names, tag in path:
                holder = self._holder(branch, names[:-1])
                if holder is not None:
                    by_name = found.setdefault(holder, {})
                    by_name.setdefault(names[-1], set()).add(tag)
        return {
            schema_id: {n: next(iter(v)) for n, v in by_name.items() if len(v) == 1}
            for schema_id, by_name in found.items()
        }

    def _holder(self, branch: ir.Schema, path: tuple[str, ...]) -> ir.SchemaId | None:
        """The class that has the tag of a branch, whose properties lead there."""
        for name in path:
            declared = facts.properties(self.module, branch).get(name, ())
            if len(declared) != 1:
                return None
            branch = facts.unwrap(self.module, declared[0])
        return branch.id

    def _tagged_branches(self) -> Iterator[tuple[tags.Path, ir.Schema]]:
        """The tags of each branch of each union, and of each key of each table."""
        for schema in self.parts.values():
            for union in schema.assertions:
                if isinstance(union, ir.AnyOf | ir.OneOf):
                    hint = schema.annotations.discriminator
                    tagged = tags.among(self.module, union, hint)
                    if tagged is not None:
                        yield from event_tables.branches_of(self.module, tagged)
        for table in self.all_tables:
            yield from ((e.path, e.branch) for e in table.routes())

    @cached_property
    def class_schemas(self) -> dict[str, ir.Schema]:
        """What the objects of each class have to meet, by the name of the class."""
        return {self.names.of(i): self.meaning(self.parts[i]) for i in self.class_ids}

    def meaning(self, schema: ir.Schema) -> ir.Schema:
        """What the objects of a class have to meet: its schema, but those of a base
        are also told from its children by their tags."""
        return self.bases.get(schema.id, schema)

    @cached_property
    def bases(self) -> dict[ir.SchemaId, ir.Schema]:
        """The bases whose children stand wherever they are referred to, each with the
        union of both."""
        hints = ((s.annotations.discriminator, s) for s in self.parts.values())
        return {h.base: s for h, s in hints if h is not None and h.base is not None}

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
