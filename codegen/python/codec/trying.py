"""Decodes unions by trying, where nothing about a value decides alone."""

from __future__ import annotations

from codegen.ir import facts, tags
from codegen.ir import model as ir
from codegen.python import conditions as cond
from codegen.python.codec import branches, unions
from codegen.python.codec.context import MISSING_TAG, TOP, Codec, known_tag
from codegen.python.codec.wide_integers import DRIFT
from codegen.python.emit import tree
from codegen.python.emit.tree import Assign, Name, call, compare
from codegen.python.model import event_tables


def tried(
    codec: Codec, schema: ir.Schema, alternatives: ir.AnyOf | ir.OneOf
) -> tree.Block:
    """A union that only trying decides: by the first branch that accepts the value; if
    none does, by the first branch whose required properties are all there; otherwise
    the value stays as it is. Where there is a tag, it decides alone."""
    v = TOP.v
    union = codec.flatten(alternatives)
    hint = schema.annotations.discriminator
    objects_ = branches.objects_of(codec, union)
    others = branches.others_of(codec, union, objects_)
    tagged = None if others else _exact_tags(codec, union, objects_, hint)
    block: tree.Block = ()
    if tagged is not None:
        table = unions.tag_table(codec, codec.names.of(schema.id), tagged, schema)
        body = unions.routed(table, tagged, unions.of_unknown_tag(codec, schema))
        has_tag = cond.has_property(tagged.path, TOP.v)
        is_tagged = tree.every([cond.class_of(TOP.v, "dict"), has_tag])
        block += (tree.If(is_tagged, body),)
    beside = () if others else _beside_default(codec, schema)
    left = [b for b in union.branches if not beside or b not in objects_]
    block += beside
    if union.exclusive:
        block += codec.ask(schema, TOP)
    block += branches.first_valid(codec, left)
    if not union.exclusive:
        null = tree.If(compare(v, "is", cond.NONE), (tree.Return(v),))
        block += (null, DRIFT) if union.nullable else (DRIFT,)
    base = unions.of_unknown_tag(codec, schema)
    if base:
        body = (*base, tree.Return(v))
        return (*block, tree.If(cond.class_of(v, "dict"), body))
    if beside:
        return block
    return block + branches.resembling(codec, objects_, (cond.class_of(v, "dict"),))


def _beside_default(codec: Codec, schema: ir.Schema) -> tree.Block:
    """Statements that decode an object by its tag, where a discriminator names a branch
    for all other tags."""
    hint = tags.hint_of(codec.module, schema)
    found = event_tables.beside_default(codec.module, schema)
    if hint is None or found is None or found[0].name != hint.property:
        return ()
    tagged, default = found
    table = unions.tag_table(codec, codec.names.of(schema.id), tagged, schema)
    entry = Assign(unions.DECODE, known_tag(Name(table), TOP.v, tagged))
    other = (*codec.value(default, TOP), tree.Return(TOP.v))
    decoded = tree.Return(call(unions.DECODE, TOP.v))
    body = (tree.Try((entry,), MISSING_TAG, other), decoded)
    return (tree.If(cond.class_of(TOP.v, "dict"), body),)


def nearest(codec: Codec, schema: ir.Schema) -> tree.Block:
    """Statements that decode an object that no branch of a union accepts together with
    what is asserted beside the union: by its tag, or by the first branch whose required
    properties it has. Empty if that says more of objects than which are valid."""
    union = _only_judged(codec, schema)
    objects_ = () if union is None else branches.objects_of(codec, union)
    if union is None or not objects_ or branches.others_of(codec, union, objects_):
        return ()
    is_object = cond.class_of(TOP.v, "dict")
    hint = tags.hint_of(codec.module, schema)
    tagged = _exact_tags(codec, union, objects_, hint)
    if tagged is None:
        return branches.resembling(codec, objects_, (is_object,))
    table = unions.tag_table(codec, codec.names.of(schema.id), tagged, schema)
    return (tree.If(is_object, unions.routed(table, tagged)),)


def _exact_tags(
    codec: Codec,
    union: tags.Union,
    objects_: tuple[ir.Schema, ...],
    hint: ir.Discriminator | None,
) -> tags.Tagged | None:
    """The tags that decide among the objects of a union whenever one of them is
    there."""
    if len(objects_) < 2 or union.counts:
        return None
    found = tags.decide(codec.module, objects_, hint)
    return found if found is not None and found.exact else None


def _only_judged(codec: Codec, schema: ir.Schema) -> tags.Union | None:
    """The branches of a union beside which nothing is said but which of its objects are
    valid; None for any other schema."""
    found = codec.shapes.alternatives(schema)
    if found is None or codec.shapes.target(schema) is not None:
        return None
    if "object" not in facts.types(codec.module, schema):
        return None
    meeting = codec.shapes.branches(schema)
    whole = all(meeting(branch) is branch for branch in found.schemas)
    return codec.flatten(found) if whole else None
