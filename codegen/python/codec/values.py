"""Decoding of values that are no object of a class: checked and converted in place."""

from __future__ import annotations

from codegen.ir import facts, tags, walk
from codegen.ir import model as ir
from codegen.python import conditions as cond
from codegen.python.codec import objects, unions, wide_integers
from codegen.python.codec.context import (
    DICT,
    LIST,
    MISSING_TAG,
    TOP,
    At,
    Codec,
    build,
)
from codegen.python.codec.objects import MOST_NESTED, of_type
from codegen.python.codec.wide_integers import DRIFT
from codegen.python.emit import search, tree
from codegen.python.emit.tree import Assign, Call, Name, compare
from codegen.python.model import shapes as sh
from codegen.python.model.shaping import alternatives_of, target_of

_MAP_KINDS = (
    ir.Type,
    ir.AdditionalProperties,
    ir.MinProperties,
    ir.MaxProperties,
    ir.Format,
)
_ARRAY_KINDS = (ir.Type, ir.Items, ir.MinItems, ir.MaxItems, ir.UniqueItems, ir.Format)

LOCALS = {"items": LIST, "pairs": DICT}
"""Variables that a function must declare, by the letters that they begin with."""


def value(
    codec: Codec,
    schema: ir.Schema,
    at: At,
    *,
    checked: bool = True,
    known_type: str = "",
) -> tree.Block:
    """Statements for a value in place: small ones here, others by their decoder."""
    if cond.is_true(schema, codec.checks.formats):
        return wide_integers.statements(codec.module, schema, at.v)
    if codec.shapes.is_named(schema) or isinstance(
        facts.only(schema), (ir.Ref, ir.AllOf)
    ):
        target = codec.target(schema)
        if cond.is_leaf(target) and not codec.converts(codec.shapes.use(target)):
            return _leaf(codec, target, at, checked, known_type)
        return _small(codec, target, at) or codec.decoded(target, at)
    if cond.is_leaf(schema) and not codec.converts(codec.shapes.own(schema)):
        return _leaf(codec, schema, at, checked, known_type)
    if _is_simple_array(schema) and at.nested < MOST_NESTED:
        return _array(codec, schema, at, checked, known_type)
    if _is_simple_map(schema) and at.nested < MOST_NESTED:
        return _map(codec, schema, at, checked, known_type)
    return (
        _small(codec, schema, at)
        or objects.inlined(codec, schema, at, known_type)
        or codec.decoded(schema, at)
    )


def _small(codec: Codec, schema: ir.Schema, at: At) -> tree.Block:
    """What is done in place because a call would cost more than the work."""
    own = codec.shapes.own(schema)
    if own == sh.EnumShape(schema.id) and _is_plain_enum(schema):
        codec.require(schema)
        member = tree.Subscript(codec.own("MEMBERS", schema), at.v)
        return (
            *wide_integers.statements(codec.module, schema, at.v),
            tree.Try((Assign(at.v, member),), MISSING_TAG, (DRIFT,)),
        )
    return unions.small(codec, schema, at)


def _leaf(
    codec: Codec, schema: ir.Schema, at: At, checked: bool = True, known_type: str = ""
) -> tree.Block:
    """Statements that check a scalar."""
    failing: list[tree.Expr] = []
    whole = cond.only_type(schema) == "integer"
    if checked:
        for test in cond.leaf_conditions(
            schema, at.v, codec.checks.formats, known_type
        ):
            if whole and test.keyword == "type":
                # 1.0 is an integer, too.
                other = tree.negated(cond.class_of(at.v, "int"))
                failing.append(tree.every([other, tree.Not(build("whole", at.v))]))
            else:
                failing.append(test.failing)
    doubtful = wide_integers.condition(codec.module, schema, at.v)
    if doubtful is not None and not (whole and checked):
        failing.append(doubtful)
    drift = (tree.If(tree.some(failing), (DRIFT,)),) if failing else ()
    return drift + wide_integers.inside(codec.module, schema, at.v)


# --- arrays and maps ------------------------------------------------------------------


def _is_simple_array(schema: ir.Schema) -> bool:
    items = walk.find(schema, ir.Items)
    if items is not None and items.start != 0:
        return False
    kinds = all(isinstance(a, _ARRAY_KINDS) for a in schema.assertions)
    return kinds and cond.only_type(schema) == "array"


def _array(
    codec: Codec, schema: ir.Schema, at: At, checked: bool = True, known_type: str = ""
) -> tree.Block:
    items = walk.find(schema, ir.Items)
    body: tree.Block = ()
    for a in schema.assertions:
        if checked and isinstance(a, ir.OnArrays):
            body += _drift_if(cond.array_conditions(a, at.v))
    if items is not None:
        body += _each_item(codec, items.schema, at)
    else:
        body += (wide_integers.note_rounded(at.v),)
    return of_type("array", at, body, known_type)


def _drift_if(conditions: list[cond.Condition]) -> tree.Block:
    return tuple(tree.If(test.failing, (DRIFT,)) for test in conditions)


def _each_item(codec: Codec, inner: ir.Schema, at: At) -> tree.Block:
    """Statements for the items of an array; one that converts becomes a new list."""
    x = at.local("x")
    body = codec.value(inner, at.inside(x, nested=True))
    if not body:
        return ()
    if not search.assigns(body, x):
        return (tree.For(x, at.v, body),)
    out = at.local("items")
    append = tree.Attribute(out, "append")
    match body:
        case (Assign(target, found),) if target == x:
            stored: tree.Block = (tree.Do(Call(append, (found,))),)
        case _:
            stored = (*body, tree.Do(Call(append, (x,))))
    empty = Assign(out, tree.Display("[]", ()))
    return (empty, tree.For(x, at.v, stored), Assign(at.v, out))


def _is_simple_map(schema: ir.Schema) -> bool:
    rest = walk.find(schema, ir.AdditionalProperties)
    if rest is None or rest.known or rest.patterns:
        return False
    kinds = all(isinstance(a, _MAP_KINDS) for a in schema.assertions)
    return kinds and cond.only_type(schema) == "object"


def _map(
    codec: Codec, schema: ir.Schema, at: At, checked: bool = True, known_type: str = ""
) -> tree.Block:
    body: tree.Block = ()
    for a in schema.assertions:
        if isinstance(a, ir.AdditionalProperties):
            body += _each_value(codec, a.schema, at)
        elif checked and isinstance(a, ir.OnObjects):
            body += _drift_if(cond.object_conditions(a, at.v))
    return of_type("object", at, body, known_type)


def _each_value(codec: Codec, inner: ir.Schema, at: At) -> tree.Block:
    """Statements for the values of a map; one that converts becomes a new dict."""
    k, x = at.local("k"), at.local("x")
    body = codec.value(inner, at.inside(x, nested=True))
    if not body:
        return ()
    if not search.assigns(body, x):
        return (tree.For(x, Call(tree.Attribute(at.v, "values")), body),)
    out = at.local("pairs")
    stored = (*body, Assign(tree.Subscript(out, k), x))
    pair = tree.Display("()", (k, x))
    loop = tree.For(pair, Call(tree.Attribute(at.v, "items")), stored)
    return (Assign(out, tree.Mapping(())), loop, Assign(at.v, out))


# --- whole decoders -------------------------------------------------------------------


def general(codec: Codec, schema: ir.Schema) -> tree.Block:
    """The body of a decoder: check, then convert in place."""
    shape = codec.shapes.own(schema)
    members = sh.members(shape)
    only = facts.only(schema)
    if isinstance(only, ir.Ref):
        return codec.value(codec.module.schemas[only.target], TOP)
    if isinstance(only, ir.AllOf) and len(only.schemas) == 1:
        return codec.value(only.schemas[0], TOP)
    named = any(isinstance(member, sh.EnumShape) for member in members)
    if named and _is_plain_enum(schema):
        doubts = wide_integers.statements(codec.module, schema, TOP.v)
        return doubts + _enum(codec, schema)
    if cond.is_leaf(schema):
        return _leaf(codec, schema, TOP)
    if _is_simple_array(schema):
        return _array(codec, schema, TOP)
    if _is_simple_map(schema):
        return _map(codec, schema, TOP)
    alternatives = unions.converting(codec, schema)
    if alternatives is not None:
        found = unions.decided(codec, schema)
        if found is not None:
            return unions.dispatched(codec, schema, found)
        if not codec.converts(shape):
            # Some branch accepts anything: what came stays what it is.
            return codec.ask(schema, TOP)
        return unions.tried(codec, schema, alternatives)
    return codec.ask(schema, TOP) + _convert(codec, schema, shape)


def _is_plain_enum(schema: ir.Schema) -> bool:
    """Whether a schema accepts exactly the values that it enumerates."""
    enum, type_ = walk.find(schema, ir.Enum), walk.find(schema, ir.Type)
    if enum is None or len(schema.assertions) > 1 + (type_ is not None):
        return False
    return type_ is None or all(
        cond.admits(type_, facts.json_type(value)) for value in enum.values
    )


def _enum(codec: Codec, schema: ir.Schema) -> tree.Block:
    v, member = TOP.v, Name("member")
    known = build("get", codec.own("MEMBERS", schema), v)
    found = tree.Conditional(cond.class_of(v, "str"), known, cond.NONE)
    block: tree.Block = (
        Assign(member, found),
        tree.If(compare(member, "is not", cond.NONE), (tree.Return(member),)),
    )
    enum = walk.find(schema, ir.Enum)
    if enum is not None and None in enum.values:
        return (*block, tree.If(compare(v, "is not", cond.NONE), (DRIFT,)))
    return (*block, DRIFT)


def _convert(codec: Codec, schema: ir.Schema, shape: sh.Shape) -> tree.Block:
    """Statements that convert a value whose validity was asked already."""
    if not codec.converts(shape):
        return ()
    target = target_of(codec.module, schema)
    if target is not None:
        return codec.decoded(target, TOP)
    alternatives = alternatives_of(codec.module, schema)
    if alternatives is not None:
        return unions.first_valid(codec, tags.flatten(codec.module, alternatives))
    block: tree.Block = ()
    for member in sh.members(shape):
        if isinstance(member, sh.EnumShape):
            known = Name(f"MEMBERS_{codec.names.of(member.id)}")
            test = unions.is_member(TOP.v, known)
            block += (tree.If(test, (Assign(TOP.v, tree.Subscript(known, TOP.v)),)),)
    rest = walk.find(schema, ir.AdditionalProperties)
    if rest is not None and codec.converts(codec.shapes.use(rest.schema)):
        body = _each_value(codec, rest.schema, TOP)
        block += (tree.If(cond.class_of(TOP.v, "dict"), body),)
    items = walk.find(schema, ir.Items)
    if items is not None and items.start == 0:
        body = _each_item(codec, items.schema, TOP)
        block += (tree.If(cond.class_of(TOP.v, "list"), body),) if body else ()
    return block
