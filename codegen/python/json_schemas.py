"""The module `_json_schemas`: every class as a JSON Schema, for tools that ask for
one."""

from __future__ import annotations

import json

from codegen.ir import for_people
from codegen.ir import model as ir
from codegen.python.emit import tree
from codegen.python.emit.tree import Constant, Declare, Name
from codegen.python.model.annotations import TEXT, mapping_of
from codegen.python.model.package import Package


def groups(package: Package) -> list[list[tree.Statement]]:
    """The table: every class and what it refers to, by the names of the package, which
    are also the targets of `$ref`. Each entry is JSON text, because hardly any is ever
    asked for, and nothing is smaller or faster to import than text."""
    classes = {schema.id: schema for schema, _ in package.classes}
    values = [*classes.values(), *package.enums]
    nullable = {schema.id for schema in values if _states_null(schema)}
    found, pending, pairs = dict(classes), list(classes.values()), []

    def reference(target: ir.SchemaId) -> str:
        if target not in found:
            found[target] = package.parts[target]
            pending.append(found[target])
        return package.names.of(target)

    for schema in pending:
        written = for_people.written(schema, reference, package.parts, nullable)
        if schema.id in classes and isinstance(written, dict) and "type" in written:
            written["type"] = "object"  # Null, or what else there may be, is no object.
        text = json.dumps(written, separators=(",", ":"))
        pairs.append((Constant(str(package.names.of(schema.id))), Constant(text)))
    table = tree.Mapping(tuple(pairs), exploded=True)
    return [[Declare(Name("SCHEMAS"), mapping_of(TEXT), table)]]


def _states_null(schema: ir.Schema) -> bool:
    """Whether a class or enum may be null by its own words, which is none of its
    values."""
    types = ["null" in a.types for a in schema.assertions if isinstance(a, ir.Type)]
    lists = [None in a.values for a in schema.assertions if isinstance(a, ir.Enum)]
    return bool(types or lists) and all(types) and all(lists)
