"""Decodes values that are no objects of a class: they are checked and converted in
place."""

from __future__ import annotations

from typing import Final

from codegen.ir import facts, walk
from codegen.ir import model as ir
from codegen.python import conditions as cond
from codegen.python.codec import (
    containers,
    conversion,
    objects,
    trying,
    unions,
    wide_integers,
)
from codegen.python.codec.context import (
    DICT,
    LIST,
    MISSING_TAG,
    TOP,
    At,
    Codec,
    build,
)
from codegen.python.codec.objects import MOST_NESTED
from codegen.python.codec.wide_integers import DRIFT
from codegen.python.emit import tree
from codegen.python.emit.tree import Assign, Name, compare
from codegen.python.model import enumerations
from codegen.python.model import shapes as sh

_MOST_LISTED: Final = 64
"""An enumeration of at most so many values is written out wherever it is used."""

LOCALS = {"items": LIST, "pairs": DICT}
"""The types of variables that must be declared, by the letters with which they
begin."""


def value(
    codec: Codec,
    schema: ir.Schema,
    at: At,
    *,
    known_type: str = "",
) -> tree.Block:
    """Statements that decode a value: small ones in place, others by a call of their
    decoder."""
    if cond.is_true(schema, codec.checks.formats):
        return wide_integers.statements(codec.module, schema, at.v)
    if codec.leads_elsewhere(schema):
        target = codec.target(schema)
        if _is_scalar(codec, target, codec.shapes.use(target)):
            if not at.valid and _lists_many(target):
                return codec.decoded(target, at)
            return _leaf(codec, target, at, known_type)
        return _small(codec, target, at) or codec.decoded(target, at)
    if _is_scalar(codec, schema, codec.shapes.own(schema)):
        return _leaf(codec, schema, at, known_type)
    if containers.is_simple_array(schema) and at.nested < MOST_NESTED:
        return containers.array(codec, schema, at, known_type)
    if containers.is_simple_map(schema) and at.nested < MOST_NESTED:
        return containers.mapping(codec, schema, at, known_type)
    return (
        _small(codec, schema, at)
        or objects.inlined(codec, schema, at, known_type)
        or codec.decoded(schema, at)
    )


def _lists_many(schema: ir.Schema) -> bool:
    """Whether a schema lists too many values to write them out in each place."""
    listed = walk.find(schema, ir.Enum)
    return listed is not None and len(listed.values) > _MOST_LISTED


def _is_scalar(codec: Codec, schema: ir.Schema, shape: sh.Shape) -> bool:
    """Whether all values of a schema are scalars that are not enum members."""
    return cond.is_leaf(schema) and not codec.shapes.has_members(shape)


def _small(codec: Codec, schema: ir.Schema, at: At) -> tree.Block:
    """Statements for what is decoded in place because a call would cost more than the
    work."""
    own = codec.shapes.own(schema)
    if own == sh.EnumShape(schema.id) and enumerations.is_exact(schema):
        codec.require(schema)
        member = tree.Subscript(codec.own("MEMBERS", schema), at.v)
        found: tree.Block = (tree.Try((Assign(at.v, member),), MISSING_TAG, (DRIFT,)),)
        if isinstance(own, sh.EnumShape) and own.integers:
            # Which true would be a key of as well.
            found = (tree.If(cond.class_of(at.v, "bool"), (DRIFT,), found),)
        return (*wide_integers.statements(codec.module, schema, at.v), *found)
    return unions.small(codec, schema, at)


def _leaf(codec: Codec, schema: ir.Schema, at: At, known_type: str = "") -> tree.Block:
    """Statements that check a scalar, and make an int of a whole float where an int is
    meant."""
    other = None if known_type else facts.beside_null(schema)
    if other is not None:
        return tree.guarded(cond.present(at.v), _leaf(codec, other, at))
    shape, formats = codec.shapes.own(schema), codec.checks.formats
    read = conversion.of_texts(shape, at)
    if read:
        # What reads a text judges it as well.
        formats = formats.without(conversion.text_types(shape))
    tests = cond.leaf_conditions(schema, at.v, formats, known_type)
    type_ = walk.find(schema, ir.Type)
    if type_ is not None and "integer" in type_.types:
        limits = [t.failing for t in tests if not at.valid and t.keyword != "type"]
        block = (*_integer(type_, at, limits, known_type), *read)
        return block + wide_integers.inside(codec.module, schema, at.v)
    failing = [test.failing for test in tests if not at.valid]
    doubtful = wide_integers.condition(codec.module, schema, at.v)
    failing += [] if doubtful is None else [doubtful]
    if failing == [tree.Constant(True)]:
        return (DRIFT,)
    return (
        *((tree.If(tree.some(failing), (DRIFT,)),) if failing else ()),
        *conversion.of_numbers(shape, at),
        *read,
        *wide_integers.inside(codec.module, schema, at.v),
    )


def _integer(
    type_: ir.Type, at: At, limits: list[tree.Expr], known_type: str
) -> tree.Block:
    """Statements for an integer under some limits. Most arrive as an int, for which one
    question is enough."""
    is_int = cond.class_of(at.v, "int")
    made = Assign(at.v, build("whole", at.v))
    others = tuple(name for name in type_.types if name != "integer")
    if tree.Constant(True) in limits:
        return (DRIFT,) if others else (made, DRIFT)
    if not others:
        body: tree.Block = (made,)
        if limits:
            beyond = tree.every([is_int, tree.some(limits)])
            body += (tree.If(beyond, (DRIFT,)),)
        return (tree.If(tree.some([tree.negated(is_int), *limits]), body),)
    neither = [tree.negated(is_int)]
    neither += [] if known_type == "number" else [cond.not_type(others, at.v)]
    block: tree.Block = (tree.If(tree.every(neither), (made,)),)
    return (*block, tree.If(tree.some(limits), (DRIFT,))) if limits else block


# --- whole decoders -------------------------------------------------------------------


def general(codec: Codec, schema: ir.Schema) -> tree.Block:
    """The body of a decoder that asks the check, and then converts in place."""
    shape = codec.shapes.own(schema)
    members = sh.members(shape)
    only = facts.only(schema)
    if isinstance(only, ir.Ref):
        return codec.value(codec.module.schemas[only.target], TOP)
    enum = sh.EnumShape(schema.id) in members
    if isinstance(only, ir.AllOf) and len(only.schemas) == 1 and not enum:
        return codec.value(only.schemas[0], TOP)
    if enum and enumerations.is_exact(schema):
        doubts = wide_integers.statements(codec.module, schema, TOP.v)
        return doubts + _enum(codec, schema)
    if cond.is_leaf(schema):
        return _leaf(codec, schema, TOP) + conversion.of_members(codec, shape, TOP)
    if containers.is_simple_array(schema):
        return containers.array(codec, schema, TOP)
    if containers.is_simple_map(schema):
        return containers.mapping(codec, schema, TOP)
    alternatives = unions.converting(codec, schema)
    if alternatives is not None:
        found = unions.decided(codec, schema)
        if found is not None:
            return unions.dispatched(codec, schema, found)
        if not codec.changes(shape):
            # Some branch accepts anything: what came stays what it is.
            return codec.ask(schema, TOP)
        return trying.tried(codec, schema, alternatives)
    converted = conversion.statements(codec, schema, shape)
    return codec.ask(schema, TOP) + converted + trying.nearest(codec, schema)


def _enum(codec: Codec, schema: ir.Schema) -> tree.Block:
    v, member = TOP.v, Name("member")
    known = build("get", codec.own("MEMBERS", schema), v)
    found = tree.Conditional(
        conversion.may_be_member(codec, schema, v), known, cond.NONE
    )
    block: tree.Block = (
        Assign(member, found),
        tree.If(compare(member, "is not", cond.NONE), (tree.Return(member),)),
    )
    if sh.Null() in sh.members(codec.shapes.own(schema)):
        return (*block, tree.If(compare(v, "is not", cond.NONE), (DRIFT,)))
    return (*block, DRIFT)
