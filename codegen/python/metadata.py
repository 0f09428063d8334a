"""The `fields` module: what the specification says of a field beside its type."""

from __future__ import annotations

from codegen.ir import model as ir
from codegen.python.fields import Field
from codegen.python.lines import literal
from codegen.python.plan import Package


def pieces(package: Package) -> list[str]:
    """One statement for each class of whose fields there is something to say."""
    found = []
    for schema, fields in package.classes:
        entries = {f.attribute: _of(f) for f in fields}
        told = {name: entry for name, entry in entries.items() if entry}
        if told:
            name = literal(package.names.of(schema.id))
            found.append(f"FIELDS[{name}] = {literal(told)}\n")
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
