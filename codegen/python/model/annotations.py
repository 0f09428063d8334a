"""Shapes as type annotations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from typing import Final, assert_never

from codegen.ir import model as ir
from codegen.python.emit import tree
from codegen.python.emit.tree import Constant, Name, Subscript
from codegen.python.model import enumerations
from codegen.python.model import shapes as sh
from codegen.python.model.fields import Field
from codegen.python.model.names import Names

ANY: Final = Name("Any", "typing")
TEXT: Final = Name("str")
NONE: Final = Constant(None)
UNSET: Final = Name("UNSET", "._runtime.registry")
_UNSET_TYPE: Final = Name("Unset", "._runtime.registry")
_GROUP: Final = 200


def annotation(
    names: Names, shape: sh.Shape, later: frozenset[ir.SchemaId] = frozenset()
) -> tree.Expr:
    """The annotation of a shape in the module of the models.

    `later` are aliases that are not defined yet where the annotation is
    evaluated; they are quoted.
    """
    match shape:
        case sh.Anything() | sh.Nothing():
            return ANY
        case sh.Null():
            return NONE
        case sh.Scalar(word):
            return Name(word)
        case sh.Literals(values):
            return Subscript(Name("Literal", "typing"), _listed(map(Constant, values)))
        case sh.Typed(type_):
            return Name(type_.name, type_.module)
        case sh.EnumShape(schema_id, only=only) if only:
            enum, found = Name(names.of(schema_id)), names.module.schemas[schema_id]
            every = names.members(found, enumerations.values(names.module, found) or ())
            mine = [tree.Attribute(enum, m.name) for m in every if m.value in only]
            return Subscript(Name("Literal", "typing"), _listed(mine))
        case sh.EnumShape(schema_id) | sh.ClassShape(schema_id):
            return Name(names.of(schema_id))
        case sh.AliasShape(schema_id):
            alias = names.of(schema_id)
            return Constant(str(alias)) if schema_id in later else Name(alias)
        case sh.Array(item):
            return Subscript(Name("list"), annotation(names, item, later))
        case sh.Tuple(items):
            parts = [annotation(names, item, later) for item in items]
            return Subscript(Name("tuple"), _listed(parts))
        case sh.Map(value):
            return dict_of(annotation(names, value, later))
        case sh.Union(members):
            some = merged(members)
            parts = list(dict.fromkeys(annotation(names, m, later) for m in some))
            quoted = any(isinstance(p, Constant) and p.value for p in parts)
            return _union(parts) if quoted else either(parts)
        case _:
            assert_never(shape)


def dict_of(value: tree.Expr, key: tree.Expr = TEXT) -> tree.Expr:
    """A dict of such values."""
    return Subscript(Name("dict"), tree.Display("()", (key, value)))


def list_of(item: tree.Expr) -> tree.Expr:
    """A list of such values."""
    return Subscript(Name("list"), item)


def mapping_of(value: tree.Expr) -> tree.Expr:
    """A mapping from texts to such values, which nobody changes."""
    of = tree.Display("()", (TEXT, value))
    return Subscript(Name("Mapping", "collections.abc"), of)


def merged(members: Sequence[sh.Shape]) -> list[sh.Shape]:
    """The members of a union with all literals in one, where the first of them is."""
    found: list[sh.Shape] = []
    literals = [m for m in members if isinstance(m, sh.Literals)]
    for member in members:
        if not isinstance(member, sh.Literals):
            found.append(member)
        elif member is literals[0]:
            values = [value for one in literals for value in one.values]
            # 1 and true are equal, and not the same.
            apart = {(type(value), value): value for value in values}
            found.append(sh.Literals(tuple(apart.values())))
    return found


def either(parts: Sequence[tree.Expr]) -> tree.Expr:
    """Several types as one. What reads the annotation goes a level deeper for each
    operator, and not many hundred of them, so a long union is one of groups."""
    if len(parts) > _GROUP:
        groups = range(0, len(parts), _GROUP)
        return either([either(parts[start : start + _GROUP]) for start in groups])
    return reduce(lambda left, right: tree.Binary("|", left, right), parts)


def _union(parts: Sequence[tree.Expr]) -> tree.Expr:
    return Subscript(Name("Union", "typing"), _listed(parts))


def _listed(parts: Iterable[tree.Expr]) -> tree.Expr:
    """What stands between the brackets of a subscript."""
    found = tuple(parts)
    return found[0] if len(found) == 1 else tree.Display("()", found)


def field_annotation(names: Names, field: Field) -> tree.Expr:
    """The annotation of a field, with what absence adds to it."""
    found = annotation(names, field.shape)
    if found == ANY or sh.Anything() in sh.members(field.shape):
        return found
    if field.nullable and not _holds_null(field.shape) and found != NONE:
        found = either([found, NONE])
    if field.required:
        return found
    if field.nullable:
        return either([found, _UNSET_TYPE])
    return found if _holds_null(field.shape) else either([found, NONE])


def _holds_null(shape: sh.Shape) -> bool:
    if isinstance(shape, sh.Union):
        return sh.Null() in shape.members
    return isinstance(shape, sh.Null)
