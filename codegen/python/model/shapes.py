"""What a schema looks like to a Python programmer.

A shape is the typed view of a schema: it says which class, enum or builtin a
valid value is turned into. It covers every valid value but may cover more; exact
validity is the business of checks, which work on the IR itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from codegen.ir import model as ir
from codegen.ir import tags


@dataclass(frozen=True, slots=True)
class Anything:
    """Any JSON value."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No value at all."""


@dataclass(frozen=True, slots=True)
class Null:
    """Null."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """`str`, `int`, `float` or `bool`."""

    name: str


@dataclass(frozen=True, slots=True)
class Literals:
    """One of a few strings, integers or booleans, none of them named."""

    values: tuple[str | int | bool, ...]


@dataclass(frozen=True, slots=True)
class EnumShape:
    """A member of the enum that a named schema becomes."""

    id: ir.SchemaId


@dataclass(frozen=True, slots=True)
class ClassShape:
    """An object of the class that a schema becomes."""

    id: ir.SchemaId


@dataclass(frozen=True, slots=True)
class AliasShape:
    """The value of a named schema that is neither class nor enum."""

    id: ir.SchemaId


@dataclass(frozen=True, slots=True)
class Array:
    """A list of one kind of items."""

    item: Shape


@dataclass(frozen=True, slots=True)
class Map:
    """An object without declared properties."""

    value: Shape


@dataclass(frozen=True, slots=True)
class Union:
    """Any of several shapes; never nested, never with `Anything`, no duplicates.

    `tagged` decides among the classes where tags tell them apart.
    """

    members: tuple[Shape, ...]
    tagged: tags.Tagged | None = field(default=None, compare=False)


Shape: TypeAlias = (
    Anything
    | Nothing
    | Null
    | Scalar
    | Literals
    | EnumShape
    | ClassShape
    | AliasShape
    | Array
    | Map
    | Union
)


def members(shape: Shape) -> tuple[Shape, ...]:
    """The alternatives of a union; any other shape alone."""
    return shape.members if isinstance(shape, Union) else (shape,)


def classes_in(shape: Shape) -> list[ir.SchemaId]:
    """The schemas of all classes that a shape mentions."""
    match shape:
        case ClassShape(schema_id):
            return [schema_id]
        case Array(inner) | Map(inner):
            return classes_in(inner)
        case Union(parts):
            return [found for part in parts for found in classes_in(part)]
        case _:
            return []


def named_in(shape: Shape) -> list[ir.SchemaId]:
    """The schemas of all classes, enums and aliases whose names a shape spells."""
    match shape:
        case ClassShape(schema_id) | EnumShape(schema_id) | AliasShape(schema_id):
            return [schema_id]
        case Array(inner) | Map(inner):
            return named_in(inner)
        case Union(parts):
            return [found for part in parts for found in named_in(part)]
        case _:
            return []


def stands_for_itself(shape: Shape) -> bool:
    """Whether a named schema's shape is already spelled by its own name."""
    rest = [m for m in members(shape) if not isinstance(m, Null)]
    return len(rest) == 1 and isinstance(rest[0], (ClassShape, EnumShape))


def union(shapes: list[Shape], tagged: tags.Tagged | None = None) -> Shape:
    """A union flattened, without duplicates, null last."""
    flat: dict[Shape, None] = {}
    for shape in shapes:
        flat.update(dict.fromkeys(members(shape)))
    if Anything() in flat:
        return Anything()
    flat.pop(Nothing(), None)
    if Null() in flat:
        flat.pop(Null())
        flat[Null()] = None
    if not flat:
        return Nothing()
    if len(flat) == 1:
        return next(iter(flat))
    return Union(tuple(flat), tagged)


@dataclass(frozen=True, slots=True)
class Shapes:
    """The shapes of all schemas of a module.

    `wrapped` are named schemas that only add null to one that inherits the name.
    `by_id` has the shape that a schema itself describes, `used` the one that it has
    where it is used.
    """

    module: ir.Module
    named: frozenset[ir.SchemaId]
    wrapped: Mapping[ir.SchemaId, ir.Schema]
    by_id: Mapping[ir.SchemaId, Shape]
    used: Mapping[ir.SchemaId, Shape]

    def is_named(self, schema: ir.Schema) -> bool:
        """Whether the specification gives the schema a name."""
        return schema.id in self.named

    def own(self, schema: ir.Schema) -> Shape:
        """The shape that a schema itself describes."""
        return self.by_id[schema.id]

    def use(self, schema: ir.Schema) -> Shape:
        """The shape of a schema where it is used: named ones by their name."""
        return self.used[schema.id]

    def reached(self, shape: Shape) -> set[ir.SchemaId]:
        """The schemas of all classes that a shape mentions, through aliases too."""
        return {part.id for part in self._parts(shape) if isinstance(part, ClassShape)}

    def converts(self, shape: Shape) -> bool:
        """Whether a typed value of this shape differs from its JSON value."""
        return any(
            isinstance(part, ClassShape | EnumShape) for part in self._parts(shape)
        )

    def _parts(self, shape: Shape) -> Iterator[Shape]:
        """A shape and all shapes in it, through aliases too."""
        seen: set[ir.SchemaId] = set()
        pending = [shape]
        while pending:
            part = pending.pop()
            yield part
            match part:
                case Array(inner) | Map(inner):
                    pending.append(inner)
                case Union(parts):
                    pending.extend(parts)
                case AliasShape(schema_id) if schema_id not in seen:
                    seen.add(schema_id)
                    pending.append(self.by_id[schema_id])
                case _:
                    pass
