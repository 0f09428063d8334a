"""Shapes as type annotations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from codegen.ir import model as ir
from codegen.python import shapes as sh
from codegen.python.fields import Field
from codegen.python.lines import literal
from codegen.python.names import Names


def annotation(
    names: Names, shape: sh.Shape, later: frozenset[ir.SchemaId] = frozenset()
) -> str:
    """The annotation of a shape, as source.

    `later` are aliases that are not defined yet where the annotation is
    evaluated; they are quoted.
    """
    match shape:
        case sh.Anything():
            return "Any"
        case sh.Nothing():
            return "Any"
        case sh.Null():
            return "None"
        case sh.Scalar(name):
            return name
        case sh.Literals(values):
            return f"Literal[{', '.join(literal(value) for value in values)}]"
        case sh.EnumShape(schema_id) | sh.ClassShape(schema_id):
            return names.of(schema_id)
        case sh.AliasShape(schema_id):
            name = names.of(schema_id)
            return f'"{name}"' if schema_id in later else name
        case sh.Array(item):
            return f"list[{annotation(names, item, later)}]"
        case sh.Map(value):
            return f"dict[str, {annotation(names, value, later)}]"
        case sh.Union(members):
            parts = list(dict.fromkeys(annotation(names, m, later) for m in members))
            if any(part.startswith('"') for part in parts):
                return f"Union[{', '.join(parts)}]"
            return either(parts)
        case _:
            assert_never(shape)


def either(parts: Sequence[str]) -> str:
    """Several types as one. Python's compiler takes an operator more for a level
    deeper, and not many hundred of them."""
    if len(parts) > 200:
        return f"Union[{', '.join(parts)}]"
    return " | ".join(parts)


def field_annotation(names: Names, field: Field) -> str:
    """The annotation of a field, with what absence adds to it."""
    text = annotation(names, field.shape)
    if text == "Any":
        return text
    if field.nullable and not _holds_null(field.shape):
        text = f"{text} | None" if text != "None" else text
    if field.required:
        return text
    if field.nullable:
        return f"{text} | Unset"
    return text if _holds_null(field.shape) else f"{text} | None"


def _holds_null(shape: sh.Shape) -> bool:
    if isinstance(shape, sh.Union):
        return sh.Null() in shape.members
    return isinstance(shape, sh.Null)
