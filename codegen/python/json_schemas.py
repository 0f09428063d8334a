"""The module `_json_schemas`: each class as a JSON Schema, for tools that want one."""

from __future__ import annotations

from codegen.ir import export
from codegen.ir import model as ir
from codegen.python.emit import tree
from codegen.python.emit.tree import Assign, Constant, Declare, Name, Subscript
from codegen.python.model.package import Package


def groups(package: Package) -> list[list[tree.Statement]]:
    """The table, and a statement for each schema: every class, and what they refer to,
    by the names that the package has for them. A `$ref` is such a name."""
    table, text = Name("SCHEMAS"), Name("str")
    of = Subscript(Name("dict"), tree.Display("()", (text, Name("Any", "typing"))))
    found: list[list[tree.Statement]] = [[Declare(table, of, tree.Mapping(()))]]
    classes = {schema.id for schema, _ in package.classes}
    for schema in _schemas(package):
        entry = Subscript(table, Constant(str(package.names.of(schema.id))))
        written = export.written_for_people(schema, package.names.of)
        if schema.id in classes and isinstance(written, dict) and "type" in written:
            written["type"] = "object"  # Null, or what else there may be, is no object.
        found.append([Assign(entry, Constant(written))])
    return found


def _schemas(package: Package) -> list[ir.Schema]:
    """The classes, and what is reached from them by references."""
    found = {schema.id: schema for schema, _ in package.classes}
    pending = list(found.values())
    for schema in pending:
        for target in export.targets_for_people(schema):
            if target not in found:
                found[target] = package.parts[target]
                pending.append(found[target])
    return list(found.values())
