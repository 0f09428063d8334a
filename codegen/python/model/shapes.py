"""What the values of a schema look like to a Python programmer.

A shape says which class, enum or builtin type a valid value is turned into. It covers
every valid value and may cover others, too: whether a value is valid is for checks to
say, which work on the IR itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias, assert_never

from codegen.ir import facts, tags
from codegen.ir import model as ir
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
    """One of some strings, integers or booleans that are not members of an enum."""

    values: tuple[str | int | bool, ...]
    kinds: tuple[str, ...] = field(init=False, repr=False)
    """Of what types they are: 1 and true are equal, and not the same."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "kinds", tuple(map(facts.json_type, self.values)))


@dataclass(frozen=True, slots=True)
class Typed:
    """A value of a Python type, such as `datetime`, that stands for a string and
    carries its text."""

    type: TextType


@dataclass(frozen=True, slots=True)
class EnumShape:
    """A member of the enum that a named schema becomes. Its values are integers if
    `integers`, and strings otherwise. If there are any in `only`, it is one of those
    that have these values."""

    id: ir.SchemaId
    integers: bool = field(default=False, compare=False)
    only: tuple[str | int, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class ClassShape:
    """An object of the class that a schema becomes."""

    id: ir.SchemaId


@dataclass(frozen=True, slots=True)
class AliasShape:
    """A value of a named schema that is neither class nor enum; annotations use the
    name."""

    id: ir.SchemaId


@dataclass(frozen=True, slots=True)
class Array:
    """A list whose items all have one shape."""

    item: Shape


@dataclass(frozen=True, slots=True)
class Tuple:
    """A list of fixed length, each item with a shape of its own."""

    items: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Map:
    """An object without declared properties, whose values all have one shape."""

    value: Shape


@dataclass(frozen=True, slots=True)
class Union:
    """Any of several shapes; never nested, and without duplicates.

    If `Anything` is among them, it is last: then some values have one of the other
    shapes (the schema says which), and all others may be anything. `tagged` decides
    among the classes, where tags tell them apart.
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
    """The shapes that stand directly inside a shape."""
    if shape.__class__ in _SIMPLE:  # Most are, and to ask of each kind takes long.
        return ()
    match shape:
        case Array(inner) | Map(inner):
            return (inner,)
        case Union(parts) | Tuple(parts):
            return parts
        case ClassShape() | EnumShape() | AliasShape() | Typed():
            return ()
        case Anything() | Nothing() | Null() | Scalar() | Literals():
            return ()
        case _:
            assert_never(shape)


def walk(shape: Shape) -> Iterator[Shape]:
    """A shape and all shapes inside it. What stands behind the names of classes and
    aliases is not included."""
    yield shape
    for part in inside(shape):
        yield from walk(part)


def is_whole(shape: Shape) -> bool:
    """Whether a value of the shape can be an `int`, so that a whole float has to become
    one."""
    match shape:
        case Scalar(name):
            return name == "int"
        case Literals(values):
            return any(type(value) is int for value in values)
        case _:
            return False


def classes_in(shape: Shape) -> list[ir.SchemaId]:
    """The ids of all classes that a shape mentions."""
    return [part.id for part in walk(shape) if isinstance(part, ClassShape)]


def text_types(shape: Shape) -> list[TextType]:
    """The types that a shape mentions for strings. Names are not followed."""
    return [part.type for part in walk(shape) if isinstance(part, Typed)]


def named_in(shape: Shape) -> list[ir.SchemaId]:
    """The ids of all classes, enums and aliases whose names appear in a shape."""
    kinds = (ClassShape, EnumShape, AliasShape)
    return [part.id for part in walk(shape) if isinstance(part, kinds)]


def is_own(shape: Shape, schema_id: ir.SchemaId) -> bool:
    """Whether a shape is the class or the enum that a schema becomes."""
    return isinstance(shape, (ClassShape, EnumShape)) and shape.id == schema_id


def stands_for_itself(schema_id: ir.SchemaId, shape: Shape) -> bool:
    """Whether annotations spell out the shape of a named schema instead of an alias.

    They do where the shape is the schema's own class or enum, which has the name, or
    nothing but another class or enum and null. An alias of `None` does not work with
    `|`, so null is spelled out, too.
    """
    found = members(shape)
    if isinstance(shape, Null):
        return True
    if any(is_own(member, schema_id) for member in found):
        return True
    rest = [m for m in found if not isinstance(m, (Null, Anything))]
    return len(rest) == 1 and isinstance(rest[0], (ClassShape, EnumShape))


def union(shapes: Iterable[Shape], tagged: tags.Tagged | None = None) -> Shape:
    """A union without nesting and duplicates, null last. Where one shape or none is
    left, it is no union."""
    every: list[Shape] = []
    for shape in shapes:
        if isinstance(shape, Anything):
            return shape
        every += members(shape)
    if len(every) == 1:
        return every[0]
    found = [shape for shape in every if not isinstance(shape, (Nothing, Null))]
    if any(isinstance(shape, Anything) for shape in found):
        return _opened(_each_once(found))
    nulls = [shape for shape in every if isinstance(shape, Null)]
    flat = tuple(_each_once((*found, *nulls)))
    if not flat:
        return Nothing()
    return flat[0] if len(flat) == 1 else Union(flat, tagged)


def _each_once(found: Iterable[Shape]) -> list[Shape]:
    """Each shape once; of an enum with all members that are any of these."""
    every: dict[Shape, Shape] = {}
    for shape in found:
        known = every.setdefault(shape, shape)
        if isinstance(shape, EnumShape) and isinstance(known, EnumShape):
            both = dict.fromkeys((*known.only, *shape.only))
            only = tuple(both) if known.only and shape.only else ()
            every[shape] = replace(known, only=only)
    return list(every.values())


def opened(shape: Shape) -> Shape:
    """The shape of values that may be anything, but of which some have this shape."""
    return _opened(list(members(shape)))


def mixed(shapes: Iterable[Shape]) -> Shape:
    """The shape that covers the items of a list, or the values of a map, whose places
    have different shapes. Where some places may hold anything, the shapes of the others
    still show."""
    found = list(shapes)
    telling = union(shape for shape in found if shape != Anything())
    return opened(telling) if Anything() in found else telling


def _opened(found: list[Shape]) -> Shape:
    """A union with `Anything`. Builtin types are left out, as they say nothing beside
    `Any`; shapes that values have to be turned into stay."""
    plain = (Anything, Nothing, Null, Scalar, Literals)
    bare = (Array(Anything()), Map(Anything()))
    telling = [s for s in found if not isinstance(s, plain) and s not in bare]
    return Union((*telling, Anything())) if telling else Anything()
