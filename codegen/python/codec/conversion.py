"""Turns values that were found valid into what their annotations say: enum members,
objects, tuples, ints."""

from __future__ import annotations

from codegen.ir import model as ir
from codegen.python import conditions as cond
from codegen.python.codec import containers
from codegen.python.codec.context import TOP, At, Codec, build
from codegen.python.emit import tree
from codegen.python.emit.tree import Assign, Name, compare
from codegen.python.model import enumerations
from codegen.python.model import shapes as sh
from codegen.python.model.typed_texts import TextType


def statements(codec: Codec, schema: ir.Schema, shape: sh.Shape) -> tree.Block:
    """Statements that convert the value of a decoder, after its check was asked."""
    if not codec.changes(shape):
        return ()
    if enumerations.values(codec.module, schema) is not None:
        return of_members(codec, shape, TOP) + of_numbers(shape, TOP)
    target = codec.shapes.target(schema)
    if target is not None:
        return codec.decoded(target, TOP) + of_numbers(shape, TOP)
    alternatives = codec.shapes.alternatives(schema)
    if alternatives is not None:
        return _first_valid(codec, schema, alternatives, shape)
    return of_builtins(codec, schema, shape)


def _first_valid(
    codec: Codec,
    schema: ir.Schema,
    alternatives: ir.AnyOf | ir.OneOf,
    shape: sh.Shape,
) -> tree.Block:
    """Statements that decode by the first branch that accepts the value, and by what is
    said beside the union."""
    v = TOP.v
    block: tree.Block = ()
    branches = alternatives.schemas
    meeting = codec.shapes.branches(schema)
    if all(meeting(branch) is branch for branch in branches):
        branches = codec.flatten(alternatives).branches
    for branch in branches:
        made = meeting(branch)
        left = codec.shapes.within(schema, made)
        if left == sh.Nothing():
            continue
        body = codec.value(made, TOP) if codec.changes(left) else ()
        if any(map(sh.is_whole, sh.members(left))):
            body = (*body, *of_numbers(shape, TOP))
        body = (*body, tree.Return(v))
        block += (tree.If(codec.answer(branch, v), body),)
    return block


def of_builtins(codec: Codec, schema: ir.Schema, shape: sh.Shape) -> tree.Block:
    """Statements that convert what is in arrays and maps, and numbers."""
    block: tree.Block = ()
    for member in sh.members(shape):
        if not codec.changes(member):
            continue
        match member:
            case sh.Array() | sh.Tuple():
                body = containers.items(codec, codec.shapes.items(schema), TOP)
                block += (tree.If(cond.class_of(TOP.v, "list"), body),)
            case sh.Map():
                found = codec.shapes.values(schema)
                body = containers.values(codec, found, TOP, checked=False)
                block += (tree.If(cond.class_of(TOP.v, "dict"), body),)
            case _:
                pass  # Scalars are for the others, classes have decoders.
    return block + of_numbers(shape, TOP) + of_texts(shape, TOP)


def text_types(shape: sh.Shape) -> list[TextType]:
    """The types of a shape that stand for strings. Shapes inside it do not count."""
    return [m.type for m in sh.members(shape) if isinstance(m, sh.Typed)]


def of_texts(shape: sh.Shape, at: At) -> tree.Block:
    """Statements that turn a text into a value of its Python type, where the type can
    hold it."""
    return tuple(
        Assign(at.v, tree.call(tree.Attribute(cond.form(type_), "read"), at.v))
        for type_ in text_types(shape)
    )


def of_members(codec: Codec, shape: sh.Shape, at: At) -> tree.Block:
    """Statements that turn a value into the enum member for it."""
    block: tree.Block = ()
    for member in sh.members(shape):
        if isinstance(member, sh.EnumShape):
            known = Name(f"MEMBERS_{codec.names.of(member.id)}")
            test = is_member(at.v, known, member)
            block += (tree.If(test, (Assign(at.v, tree.Subscript(known, at.v)),)),)
    return block


def of_numbers(shape: sh.Shape, at: At) -> tree.Block:
    """Statements that turn a whole float into an int, where the shape has ints and no
    floats."""
    found = sh.members(shape)
    if not any(map(sh.is_whole, found)) or sh.Scalar("float") in found:
        return ()
    made = Assign(at.v, build("whole", at.v))
    return (tree.If(cond.class_of(at.v, "float"), (made,)),)


def may_be_member(codec: Codec, schema: ir.Schema, v: Name) -> tree.Expr:
    """An expression that is true where a value can be looked up among the members of
    the schema's enum."""
    own = sh.members(codec.shapes.own(schema))
    enum = next(member for member in own if isinstance(member, sh.EnumShape))
    return _is_key(v, enum)


def is_member(v: Name, known: Name, enum: sh.EnumShape) -> tree.Expr:
    """An expression that is true where a value is that of an enum member."""
    return tree.every([_is_key(v, enum), compare(v, "in", known)])


def _is_key(v: Name, enum: sh.EnumShape) -> tree.Expr:
    if not enum.integers:
        return cond.class_of(v, "str")
    return tree.some([cond.class_of(v, "int"), cond.class_of(v, "float")])
