"""Goals that golden documents have to meet beside their schemas."""

from __future__ import annotations

from codegen.ir import model as ir


def with_tag(name: str, value: str) -> ir.Schema:
    """A schema that asks for an object with one value of a property."""
    nowhere = ir.Location("", "")
    only = ir.Enum((value,), keyword="const")
    member = ir.Schema(ir.SchemaId(f"~{value}"), nowhere, (only,))
    return ir.Schema(
        ir.SchemaId(f"~{name}={value}"),
        nowhere,
        (ir.Type(("object",)), ir.Properties({name: member}), ir.Required((name,))),
    )
