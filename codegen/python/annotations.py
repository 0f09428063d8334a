"""Shapes as type annotations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, assert_never

from codegen.ir import model as ir
from codegen.python import shapes as sh
from codegen.python.fields import Field
from codegen.python.lines import literal
from codegen.python.names import Names
from codegen.text import Code, code, listed, name

ANY: Final = code("Any")
NONE: Final = code("None")


def annotation(
    names: Names, shape: sh.Shape, later: frozenset[ir.SchemaId] = frozenset()
) -> Code:
    """The annotation of a shape, as source.

    `later` are aliases that are not defined yet where the annotation is
    evaluated; they are quoted.
    """
    match shape:
        case sh.Anything():
            return ANY
        case sh.Nothing():
            return ANY
        case sh.Null():
            return NONE
        case sh.Scalar(word):
            return name(word)
        case sh.Literals(values):
            return code("Literal[{}]", listed(literal(value) for value in values))
        case sh.EnumShape(schema_id) | sh.ClassShape(schema_id):
            return names.of(schema_id)
        case sh.AliasShape(schema_id):
            alias = names.of(schema_id)
            return literal(alias) if schema_id in later else alias
        case sh.Array(item):
            return code("list[{}]", annotation(names, item, later))
        case sh.Map(value):
            return code("dict[str, {}]", annotation(names, value, later))
        case sh.Union(members):
            parts = list(dict.fromkeys(annotation(names, m, later) for m in members))
            if any(part.startswith('"') for part in parts):
                return code("Union[{}]", listed(parts))
            return either(parts)
        case _:
            assert_never(shape)


def either(parts: Sequence[Code]) -> Code:
    """Several types as one. Python's compiler takes an operator more for a level
    deeper, and not many hundred of them."""
    if len(parts) > 200:
        return code("Union[{}]", listed(parts))
    return listed(parts, " | ")


def field_annotation(names: Names, field: Field) -> Code:
    """The annotation of a field, with what absence adds to it."""
    text = annotation(names, field.shape)
    if text == ANY:
        return text
    if field.nullable and not _holds_null(field.shape):
        text = code("{} | None", text) if text != NONE else text
    if field.required:
        return text
    if field.nullable:
        return code("{} | Unset", text)
    return text if _holds_null(field.shape) else code("{} | None", text)


def _holds_null(shape: sh.Shape) -> bool:
    if isinstance(shape, sh.Union):
        return sh.Null() in shape.members
    return isinstance(shape, sh.Null)
