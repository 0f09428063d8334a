"""Goals that golden documents have to meet beside their schemas."""

from __future__ import annotations

from codegen.ir import facts
from codegen.ir import model as ir


def with_tag(path: tuple[str, ...], value: facts.Tag) -> ir.Schema:
    """A schema that asks for an object with one value of the property at a path."""
    nowhere = ir.Location("", "")
    only = ir.Enum((value,), keyword="const")
    found = ir.Schema(ir.SchemaId(f"~{value!r}"), nowhere, (only,))
    for name in reversed(path):
        found = ir.Schema(
            ir.SchemaId(f"~{name}={found.id}"),
            nowhere,
            (ir.Type(("object",)), ir.Properties({name: found}), ir.Required((name,))),
        )
    return found


def together(*schemas: ir.Schema) -> ir.Schema:
    """A schema that asks for all that some schemas ask for."""
    if len(schemas) == 1:
        return schemas[0]
    name = "&".join(schema.id for schema in schemas)
    return ir.Schema(ir.SchemaId(f"~{name}"), ir.Location("", ""), (ir.AllOf(schemas),))
