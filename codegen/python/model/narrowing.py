"""What is left of a shape under constraints that allow fewer JSON types."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias, assert_never

from codegen.ir import facts
from codegen.ir import model as ir
from codegen.python.model.shapes import (
    AliasShape,
    Anything,
    Array,
    ClassShape,
    EnumShape,
    Literals,
    Map,
    Nothing,
    Null,
    Scalar,
    Shape,
    Tuple,
    Typed,
    Union,
    union,
)

Resolve: TypeAlias = Callable[[ir.SchemaId], Shape]
"""Gives the shape behind an alias."""

_TYPES: Final = {"str": "string", "int": "number", "float": "number", "bool": "boolean"}


def plain(types: frozenset[str], number: str) -> list[Shape]:
    """The shapes of values that are known only by their JSON types, null last. `number`
    is the name of the type for numbers."""
    found: list[Shape] = []
    for name, shape in (
        ("string", Scalar("str")),
        ("number", Scalar(number)),
        ("boolean", Scalar("bool")),
        ("array", Array(Anything())),
        ("object", Map(Anything())),
        ("null", Null()),
    ):
        found += [shape] if name in types else []
    return found


def narrowed(
    resolve: Resolve, shape: Shape, types: frozenset[str], *, whole: bool
) -> Shape:
    """The part of a shape that has one of these JSON types. With `whole`, numbers are
    integers."""
    match shape:
        case Union(parts, tagged):
            left = [narrowed(resolve, p, types, whole=whole) for p in parts]
            return shape if tuple(left) == parts else union(left, tagged)
        case AliasShape(schema_id):
            meant = resolve(schema_id)
            if isinstance(meant, AliasShape):
                return shape  # It is being worked out, and leads to itself.
            left_of_it = narrowed(resolve, meant, types, whole=whole)
            return shape if left_of_it == meant else left_of_it
        case Anything():
            if types == facts.ALL_TYPES:
                return shape
            return union(plain(types, "int" if whole else "float"))
        case Scalar("float") if whole and "number" in types:
            return Scalar("int")
        case Literals(values):
            kept = tuple(v for v in values if facts.json_type(v) in types)
            return Literals(kept) if kept else Nothing()
        case _:
            return shape if json_type(shape) in types else Nothing()


def json_type(shape: Shape) -> str:
    """The JSON type of the values of a shape. Not for unions and what they are made
    of."""
    match shape:
        case Null() | Nothing():
            return "null"
        case Scalar(name):
            return _TYPES[name]
        case Typed():
            return "string"
        case EnumShape():
            return "number" if shape.integers else "string"
        case ClassShape() | Map():
            return "object"
        case Array() | Tuple():
            return "array"
        case Anything() | Literals() | Union() | AliasShape():
            raise ValueError(f"{shape} has no JSON type of its own")
        case _:
            assert_never(shape)
