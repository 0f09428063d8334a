"""The module `_fields`: what the specification says of fields besides their types."""

from __future__ import annotations

from codegen.ir import model as ir
from codegen.python.emit import tree
from codegen.python.emit.tree import Assign, Constant, Declare, Name, Subscript
from codegen.python.model.annotations import ANY, dict_of
from codegen.python.model.fields import Field
from codegen.python.model.package import Package


def groups(package: Package) -> list[list[tree.Statement]]:
    """The table, with a statement for each class about whose fields something is
    said."""
    table = Name("FIELDS")
    of = dict_of(dict_of(dict_of(ANY)))
    found: list[list[tree.Statement]] = [[Declare(table, of, tree.Mapping(()))]]
    for schema, fields in package.classes:
        entries = {str(f.attribute): _of(f) for f in fields}
        metadata = {name: entry for name, entry in entries.items() if entry}
        if metadata:
            entry = Subscript(table, Constant(str(package.names.of(schema.id))))
            found.append([Assign(entry, Constant(metadata))])
    return found


def _of(field: Field) -> dict[str, ir.Json]:
    """Metadata of one field: `default`, `deprecated`, `read_only`, `write_only`."""
    entry: dict[str, ir.Json] = {}
    for schema in field.schemas:
        annotations = schema.annotations
        if annotations.default is not ir.MISSING and "default" not in entry:
            entry["default"] = annotations.default
        for flag in ("deprecated", "read_only", "write_only"):
            if getattr(annotations, flag):
                entry[flag] = True
    return entry
