"""Everything that is decided about a package before text is made."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from codegen.ir import model as ir
from codegen.ir import walk
from codegen.python import rules, tables
from codegen.python import shapes as sh
from codegen.python.checks import Checks
from codegen.python.codec import Codec
from codegen.python.fields import Field
from codegen.python.names import Names
from codegen.text import Code, code


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
        self.shapes = sh.Shapes(module)
        self.parts = _parts(module)
        self.class_ids = frozenset(_classes(self.parts, self.shapes))
        self.names = Names(module, self.class_ids, self.shapes.wrapped)
        formats = _formats() if settings.assert_formats else frozenset[str]()
        self.checks = Checks(module, self.names, formats)
        by_id = {schema.id: schema for schema in self.parts}
        self.tables = tables.tables_of(module, self.shapes)
        self.directions = tables.directions(
            module,
            self.shapes,
            self.tables,
            {
                ir.Direction.SERVER_TO_CLIENT: settings.server_events,
                ir.Direction.CLIENT_TO_SERVER: settings.client_events,
            },
        )
        sent = self.directions.get(ir.Direction.CLIENT_TO_SERVER)
        self.codec = Codec(
            module,
            self.shapes,
            self.names,
            self.checks,
            by_id,
            [branch for _, branch in sent.entries()] if sent else [],
        )
        self._write_functions()

    @cached_property
    def classes(self) -> list[tuple[ir.Schema, list[Field]]]:
        """Every class in the order of the specification, inline ones behind theirs."""
        return [
            (schema, self.codec.fields(schema))
            for schema in self.parts
            if schema.id in self.class_ids and self._is_used(schema)
        ]

    def _is_used(self, schema: ir.Schema) -> bool:
        name = f"decode_{self.names.of(schema.id)}"
        return self.shapes.is_named(schema) or name in self.codec.functions

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

    def public_name(self, schema: ir.Schema) -> str:
        """What a named schema is called among the models."""
        return self.names.of(self.shapes.wrapped.get(schema.id, schema).id)

    def model_names(self) -> list[Code]:
        """The classes and enums that the codec makes objects of, as it imports
        them."""
        made = {schema.id for schema in self.enums}
        made |= {schema.id for schema, _ in self.classes}
        pairs = sorted((self.names.of(i), self.names.bound(i)) for i in made)
        return [n if n == bound else code("{} as {}", n, bound) for n, bound in pairs]

    def _write_functions(self) -> None:
        for _, schema, _ in self.named:
            self.codec.want(schema)
            self.checks.enter(schema)
        for table in {
            t.name: t for t in [*self.tables, *self.directions.values()]
        }.values():
            self.codec.table(table.name, table.tagged, table.schema)
        self.codec.write()
        for schema, _ in self.classes:
            self.checks.enter(schema)
        rules.want(self)
        self.checks.write()


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


def _classes(parts: list[ir.Schema], shapes: sh.Shapes) -> dict[ir.SchemaId, ir.Schema]:
    """The schemas that become classes."""
    return {
        schema.id: schema
        for schema in parts
        if sh.ClassShape(schema.id) in sh.members(shapes.own(schema))
    }


def _formats() -> frozenset[str]:
    from codegen.runtime._formats import FORMATS

    return frozenset(FORMATS)


def class_schemas(module: ir.Module) -> dict[str, ir.Schema]:
    """The schemas that become classes, by the names of these classes."""
    shapes = sh.Shapes(module)
    classes = _classes(_parts(module), shapes)
    names = Names(module, frozenset(classes), shapes.wrapped)
    return {names.of(schema_id): schema for schema_id, schema in classes.items()}
