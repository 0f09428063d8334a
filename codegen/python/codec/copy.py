"""Writes the functions by which an event table copies an event that it has just
decoded.

`copy_X(o, first, second)` is `o` with two other strings. `_runtime/_frames.py` decides
whether that is the event in a frame. It is written for classes in which replacing these
two strings can violate nothing but the type of the strings.
"""

from __future__ import annotations

from codegen.ir import facts
from codegen.ir import model as ir
from codegen.python import conditions as cond
from codegen.python.codec import objects
from codegen.python.codec.context import TOP, Codec
from codegen.python.emit import tree
from codegen.python.emit.tree import Assign, Attribute, Constant, Name
from codegen.python.model.annotations import ANY
from codegen.python.model.fields import Field


def strings(codec: Codec, schema: ir.Schema, told_by: frozenset[str]) -> list[Field]:
    """The two properties that may be any string: in streams the first is usually an id,
    and the last a piece of content. None where a class does not have two of them, or
    has constraints beyond its fields. Properties in `told_by` tell events apart, so
    they are not replaced."""
    if not objects.is_exact(codec, schema):
        return []
    fields = (f for f in codec.fields(schema) if f.wire not in told_by)
    found = [field for field in fields if _is_any_string(codec, field)]
    return found if len(found) > 1 else []


def entry(symbol: str, found: list[Field]) -> tree.Expr:
    """What the traits of a class say about copying its events."""
    first, *others, last = found
    pairs = tuple((field.wire, str(field.attribute)) for field in others)
    ends = (Constant(first.wire), Constant(last.wire))
    return tree.Display("()", (*ends, Name(f"copy_{symbol}"), Constant(pairs)))


def _is_any_string(codec: Codec, field: Field) -> bool:
    if len(field.schemas) != 1:
        return False
    target = facts.unwrap(codec.module, field.schemas[0])
    if not cond.is_leaf(target) or codec.converts(field.shape):
        return False
    tests = cond.leaf_conditions(target, TOP.v, codec.checks.formats)
    wrong = tree.negated(cond.class_of(TOP.v, "str"))
    return [test.failing for test in tests] == [wrong]


def copier(codec: Codec, schema: ir.Schema, found: list[Field]) -> tree.Function:
    """The function `copy_X` of a class. `found` are its two properties, see
    `strings`."""
    o, n, d = Name("o"), Name("n"), Name("d")
    first, second = Name("first"), Name("second")
    given = {found[0].wire: first, found[-1].wire: second}
    body: tree.Block = (Assign(n, tree.call(codec.own("Draft", schema))),)
    for field in codec.fields(schema):
        held = given.get(field.wire, Attribute(o, field.attribute))
        body += (Assign(Attribute(n, field.attribute), held),)
    if schema.id in codec.retained:
        copied = tree.Call(Attribute(Attribute(o, "_wire"), "copy"))
        body += (Assign(d, copied),)
        for wire, value in given.items():
            body += (Assign(tree.Subscript(d, Constant(wire)), value),)
        body += (Assign(Attribute(n, "_wire"), d),)
    body += (
        Assign(Attribute(n, "_extra"), cond.NONE),
        Assign(Attribute(n, "__class__"), codec.own_class(schema)),
        tree.Return(n),
    )
    text = Name("str")
    parameters = (
        tree.Parameter("o", ANY),
        tree.Parameter("first", text),
        tree.Parameter("second", text),
    )
    name = f"copy_{codec.names.of(schema.id)}"
    return tree.Function(name, parameters, ANY, body)
