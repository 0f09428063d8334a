"""What a schema looks like to a Python programmer.

A shape is the typed view of a schema: it says which class, enum or builtin a
valid value is turned into. It covers every valid value but may cover more; exact
validity is the business of checks, which work on the IR itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, TypeAlias, assert_never

from codegen.ir import model as ir
from codegen.ir import tags
from codegen.python.model.typed_texts import TextType


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
class Typed:
    """A value of a Python type that stands for a string, whose text it carries."""

    type: TextType


@dataclass(frozen=True, slots=True)
class EnumShape:
    """A member of the enum that a named schema becomes, of strings or of `integers`."""

    id: ir.SchemaId
    integers: bool = field(default=False, compare=False)


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
class Tuple:
    """A list of so many items, each of a kind of its own."""

    items: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Map:
    """An object without declared properties."""

    value: Shape


@dataclass(frozen=True, slots=True)
class Union:
    """Any of several shapes; never nested, no duplicates.

    With `Anything`, which is last, some values are of the other members, and which they
    are the schema says; all others may be anything. `tagged` decides among the classes
    where tags tell them apart.
    """

    members: tuple[Shape, ...]
    tagged: tags.Tagged | None = field(default=None, compare=False)


Shape: TypeAlias = (
    Anything
    | Nothing
    | Null
    | Scalar
    | Literals
    | Typed
    | EnumShape
    | ClassShape
    | AliasShape
    | Array
    | Tuple
    | Map
    | Union
)


def members(shape: Shape) -> tuple[Shape, ...]:
    """The alternatives of a union; any other shape alone."""
    return shape.members if isinstance(shape, Union) else (shape,)


_SIMPLE: Final = frozenset({Scalar, ClassShape, Literals, EnumShape, Null, AliasShape})


def inside(shape: Shape) -> tuple[Shape, ...]:
    """The shapes that a shape is made of directly."""
    if shape.__class__ in _SIMPLE:  # Most are, and to ask of each kind takes long.
        return ()
    match shape:
        case ClassShape() | EnumShape() | AliasShape():
            return ()
        case Array(inner) | Map(inner):
            return (inner,)
        case Union(parts) | Tuple(parts):
            return parts
        case Anything() | Nothing() | Null() | Scalar() | Literals() | Typed():
            return ()
        case _:
            assert_never(shape)


def walk(shape: Shape) -> Iterator[Shape]:
    """A shape and all that it is made of; names are not followed."""
    yield shape
    for part in inside(shape):
        yield from walk(part)


def is_whole(shape: Shape) -> bool:
    """Whether a value of the shape can be an `int` that is told from a float."""
    match shape:
        case Scalar(name):
            return name == "int"
        case Literals(values):
            return any(type(value) is int for value in values)
        case _:
            return False


def classes_in(shape: Shape) -> list[ir.SchemaId]:
    """The schemas of all classes that a shape mentions."""
    return [part.id for part in walk(shape) if isinstance(part, ClassShape)]


def text_types(shape: Shape) -> list[TextType]:
    """The types that a shape mentions for texts; names are not followed."""
    return [part.type for part in walk(shape) if isinstance(part, Typed)]


def named_in(shape: Shape) -> list[ir.SchemaId]:
    """The schemas of all classes, enums and aliases whose names a shape spells."""
    kinds = (ClassShape, EnumShape, AliasShape)
    return [part.id for part in walk(shape) if isinstance(part, kinds)]


def stands_for_itself(schema_id: ir.SchemaId, shape: Shape) -> bool:
    """Whether uses of a named schema spell its shape, because its name is that of a
    class or enum and nothing else, or because that is all there is to spell. An alias
    of `None` is none that `|` takes."""
    own = (ClassShape(schema_id), EnumShape(schema_id))
    found = members(shape)
    if shape == Null():
        return True
    if any(member in own for member in found):
        return True
    rest = [m for m in found if not isinstance(m, (Null, Anything))]
    return len(rest) == 1 and isinstance(rest[0], (ClassShape, EnumShape))


def union(shapes: Iterable[Shape], tagged: tags.Tagged | None = None) -> Shape:
    """A union flattened, without duplicates, null last."""
    flat: dict[Shape, None] = {}
    for shape in shapes:
        if shape == Anything():
            return shape
        flat.update(dict.fromkeys(members(shape)))
    flat.pop(Nothing(), None)
    if Anything() in flat:
        return _opened(list(flat))
    if Null() in flat:
        flat.pop(Null())
        flat[Null()] = None
    if not flat:
        return Nothing()
    if len(flat) == 1:
        return next(iter(flat))
    return Union(tuple(flat), tagged)


def opened(shape: Shape) -> Shape:
    """The shape of values of which only some are of a shape, while all others may be
    anything."""
    return _opened(list(members(shape)))


def mixed(shapes: Iterable[Shape]) -> Shape:
    """The shape of items or values of which each has one of several shapes by its
    place: if that of some says nothing, that of the others does."""
    found = list(shapes)
    telling = union(shape for shape in found if shape != Anything())
    return opened(telling) if Anything() in found else telling


def _opened(found: list[Shape]) -> Shape:
    """Builtin scalars say nothing beside `Any`; what a value is turned into does."""
    plain = (Anything, Nothing, Null, Scalar, Literals)
    bare = (Array(Anything()), Map(Anything()))
    telling = [s for s in found if not isinstance(s, plain) and s not in bare]
    return Union((*telling, Anything())) if telling else Anything()
