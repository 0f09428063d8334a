"""Decodes objects: one function without detours for each class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from codegen.ir import facts, tags, walk
from codegen.ir import model as ir
from codegen.ir.accepts import accepts
from codegen.python import conditions as cond
from codegen.python.codec import conversion, retained, storing, wide_integers
from codegen.python.codec.context import (
    TOP,
    At,
    Codec,
    build,
    drift_if,
    of_type,
)
from codegen.python.codec.wide_integers import DRIFT
from codegen.python.emit import search, tree
from codegen.python.emit.tree import Assign, Attribute, Constant, Name, call, compare
from codegen.python.model import shapes as sh
from codegen.python.model.annotations import UNSET
from codegen.python.model.fields import Field
from codegen.python.parts import INSIDE_TRY, MOST, runs, together

MOST_NESTED: Final = 4
"""How many loops and inner objects one function has inside each other. Python itself
refuses more than 20."""

_OBJECT_KINDS = (
    ir.Type,
    ir.Properties,
    ir.Required,
    ir.AdditionalProperties,
    ir.MinProperties,
    ir.MaxProperties,
    ir.Format,
)


@dataclass(frozen=True, slots=True)
class _Object:
    """An object while its fields are filled: the place of its JSON value, the variables
    for the object, for the value of a property and for the number of properties found,
    and whether it keeps the JSON object."""

    at: At
    o: Name
    n: Name
    x: At
    keeps: bool

    @classmethod
    def of(cls, at: At, *, keeps: bool) -> _Object:
        """The variables for the object that a value becomes."""
        x = at.inside(at.local("x"))
        return cls(at, at.local("o"), at.local("n"), x, keeps)

    @property
    def v(self) -> Name:
        return self.at.v


def function(
    codec: Codec, schema: ir.Schema, known: tags.Path = ()
) -> tuple[tree.Block, tree.Block]:
    """The decoder of a class, in two parts: what is done with a value that is no
    object, and everything else, which reads, checks and stores each property.

    Tags that are `known`, because they led to the class, are not read again. If this
    covers every constraint, the class is decoded exactly; otherwise the generated check
    is asked first.
    """
    codec.parts.pop(schema.id, None)
    fields = codec.fields(schema)
    for field in fields:
        codec.require_classes(field.shape, schema)
    exact = is_exact(codec, schema)
    names = _Object.of(TOP, keeps=schema.id in codec.retained)
    body = () if exact else _asked(codec, schema, fields)
    if not known:
        body += _beside_children(codec, schema)
    body += (Assign(names.o, call(codec.own("Draft", schema))),)
    attributes = {field.wire: field.attribute for field in fields}
    for (name,), value in known:
        body += (Assign(Attribute(names.o, attributes[name]), Constant(value)),)
    read = [field for field in fields if (field.wire,) not in dict(known)]
    blocks = _required_fields(codec, read, names)
    required = _in_parts(codec, schema, blocks, names, INSIDE_TRY)
    if required:
        filled = tree.Return(build("fill_missing", codec.own_class(schema), names.v))
        body += (tree.Try(required, Name("KeyError"), (filled,)),)
    body += _rest(codec, schema, read, names, judged=exact)
    return _not_an_object(codec, schema), (*body, tree.Return(names.o))


_FITS: Final = Name("fits")
"""The variable that says whether the value of a decoder is valid."""


def _asked(codec: Codec, schema: ir.Schema, fields: tuple[Field, ...]) -> tree.Block:
    """The statement that asks the check of a class that is not decoded exactly."""
    if not any(map(_is_loose, fields)):
        return codec.ask(schema, TOP, "object")
    return (
        Assign(_FITS, codec.answer(schema, TOP.v)),
        tree.If(tree.Not(_FITS), (DRIFT,)),
        *wide_integers.statements(codec.module, schema, TOP.v, "object"),
    )


def _is_loose(field: Field) -> bool:
    """Whether a valid object can have a value that the field cannot hold."""
    return field.loose and not field.required


def _beside_children(codec: Codec, schema: ir.Schema) -> tree.Block:
    """For a base whose children have tags: the statement that decodes an object with
    the tag of a child as that child. None for any other class."""
    union = codec.bases.get(schema.id)
    if union is None:
        return ()
    tagged = tags.tagged(codec.module, union)
    asked = codec.ask(union, TOP, "object")
    if tagged is None or tagged.inside:
        return asked
    own = tuple(
        tag
        for tag, case in tagged.cases.items()
        if isinstance(case, ir.Schema)
        and facts.plain(codec.module, case).id == schema.id
    )
    tag = build("get", TOP.v, Constant(tagged.property))
    return (tree.If(compare(tag, "not in", Constant(own)), asked),) if own else asked


def can_be_tagged(codec: Codec, schema: ir.Schema, path: tags.Path) -> bool:
    """Whether objects of a class have exactly these tags and nothing but the tags would
    be checked about them, so that nothing is lost if they are not read."""
    if not _is_plain(codec, schema) or _limits(codec, schema, TOP.v):
        return False
    by_name = {(field.wire,): field for field in codec.fields(schema)}
    x = _Object.of(TOP, keeps=False).x
    return all(
        name in by_name
        and _field_value(codec, by_name[name], x)
        == (tree.If(compare(x.v, "!=", Constant(value)), (DRIFT,)),)
        for name, value in path
    )


def untagged(codec: Codec, schema: ir.Schema, path: tags.Path) -> tree.Expr:
    """The decoder of such a class for values whose tags have not been read."""
    tagged = tree.Mapping(tuple((Constant(n), Constant(value)) for (n,), value in path))
    return build("untagged", codec.own("decode_tagged", schema), tagged)


def inlined(codec: Codec, schema: ir.Schema, at: At, known_type: str) -> tree.Block:
    """The statements of a decoder, to be written instead of a call, which takes as long
    as decoding two or three properties. None unless the class is small and unnamed, so
    that there is only one place for it."""
    if not (_fits_in_place(codec, schema, at) and codec.is_held(schema)):
        return ()
    codec.require_class(schema)
    inside = replace(at, nested=at.nested + 1)
    names = _Object.of(inside, keeps=schema.id in codec.retained)
    block: tree.Block = (Assign(names.o, call(codec.own("Draft", schema))),)
    fields = codec.fields(schema)
    required = together(_required_fields(codec, fields, names))
    done = Assign(at.v, names.o)
    rest = (*_rest(codec, schema, fields, names, judged=not at.valid), done)
    if at.valid:
        block += (*required, *rest)
    elif required:
        filled = Assign(at.v, build("fill_missing", codec.own_class(schema), names.v))
        block += (tree.Try(required, Name("KeyError"), (filled,), rest),)
    else:
        block += rest
    return of_type("object", at, block, known_type)


def _fits_in_place(codec: Codec, schema: ir.Schema, at: At) -> bool:
    return (
        at.nested < MOST_NESTED and _is_plain(codec, schema) and codec.is_small(schema)
    )


def _is_plain(codec: Codec, schema: ir.Schema) -> bool:
    """Whether a schema is a class, accepts only objects, and is decoded exactly."""
    return (
        codec.shapes.own(schema) == sh.ClassShape(schema.id)
        and facts.types(codec.module, schema) == {"object"}
        and is_exact(codec, schema)
    )


def _rest(
    codec: Codec,
    schema: ir.Schema,
    fields: Sequence[Field],
    names: _Object,
    *,
    judged: bool,
) -> tree.Block:
    """The statements behind the required properties. `fields` are those that have been
    read. If the object has not been judged yet, its check is asked here."""
    total = Constant(len(codec.fields(schema)))
    v, o = names.v, names.o
    optional = _optional_fields(codec, fields, names)
    block: tree.Block = (Assign(names.n, total),) if optional else ()
    block += _in_parts(codec, schema, optional, names, MOST)
    if names.keeps:
        block += (Assign(Attribute(o, "_wire"), v),)
    count = total if all(f.required for f in fields) else names.n
    asked: tree.Block = ()
    if judged and _is_closed(schema):
        asked = (DRIFT,)
    elif judged and walk.find(schema, ir.AdditionalProperties) is not None:
        asked = _asked_again(codec, schema, fields, names)
    is_class = Assign(Attribute(o, "__class__"), codec.own_class(schema))
    if any(map(_is_loose, fields)):
        no_extra = Assign(Attribute(o, "_extra"), cond.NONE)
        tail = (*asked, tree.Do(build("collect_unheld", o, v)))
        more = tree.If(compare(cond.size(v), "!=", count), tail)
        block += (no_extra, is_class, more)
    else:
        block += (*_unknown(names, count, asked), is_class)
    return block + (_limits(codec, schema, v) if judged else ())


def _unknown(names: _Object, count: tree.Expr, asked: tree.Block) -> tree.Block:
    """Statements that keep the properties that no field holds. Most objects have none,
    because their number is that of the fields that were found; only otherwise are they
    looked for."""
    size, extra = cond.size(names.v), Attribute(names.o, "_extra")
    unknown = build("unknown_of", names.o, names.v)
    if not asked:
        none = tree.Conditional(compare(size, "==", count), cond.NONE, unknown)
        return (Assign(extra, none),)
    more = (*asked, Assign(extra, unknown))
    return (Assign(extra, cond.NONE), tree.If(compare(size, "!=", count), more))


def _asked_again(
    codec: Codec, schema: ir.Schema, fields: Sequence[Field], names: _Object
) -> tree.Block:
    """The statement that asks the check about an object after its fields have been
    filled."""
    if not (names.keeps and any(retained.is_apart(codec, f.shape) for f in fields)):
        return codec.ask(schema, names.at, "object")
    came = Assign(names.x.v, call("as_it_came", names.v, home="._runtime.wire"))
    return (came, *codec.ask(schema, replace(names.at, v=names.x.v), "object"))


def _not_an_object(codec: Codec, schema: ir.Schema) -> tree.Block:
    """What is done with a value that is no object: it is decoded as another shape of
    the schema, or kept as it is."""
    types = facts.types(codec.module, schema)
    if types == {"object", "null"} and not accepts(codec.module, schema, None):
        types = frozenset({"object"})  # More than the type is said of null.
    body: tree.Block
    if types == {"object"}:
        body = (DRIFT,)
    elif types == {"object", "null"}:
        body = (tree.If(compare(TOP.v, "is not", cond.NONE), (DRIFT,)),)
    else:
        shape = codec.shapes.own(schema)
        others = [m for m in sh.members(shape) if not isinstance(m, sh.ClassShape)]
        converted = conversion.of_builtins(codec, schema, sh.union(others))
        body = codec.ask(schema, TOP) + converted
    test = tree.negated(cond.class_of(TOP.v, "dict"))
    return (tree.If(test, (*body, tree.Return(TOP.v))),)


def is_exact(codec: Codec, schema: ir.Schema) -> bool:
    """Whether checking the fields one by one covers every constraint of the class."""
    parts = list(facts.conjuncts(codec.module, schema))
    kinds = (*_OBJECT_KINDS, ir.AllOf, ir.Ref)
    if not all(isinstance(a, kinds) for part in parts for a in part.assertions):
        return False
    return len(parts) == 1 or not any(_limits_rest(codec, part) for part in parts)


def _limits_rest(codec: Codec, part: ir.Schema) -> bool:
    rest = walk.find(part, ir.AdditionalProperties)
    return rest is not None and not cond.is_true(rest.schema, codec.checks.formats)


def _is_deep(codec: Codec, schema: ir.Schema) -> bool:
    """Whether checking a schema takes more than conditions on a scalar."""
    target = codec.target(schema)
    return not cond.is_leaf(target) or codec.converts(codec.shapes.use(schema))


def _is_closed(schema: ir.Schema) -> bool:
    rest = walk.find(schema, ir.AdditionalProperties)
    return rest is not None and facts.is_never(rest.schema)


def _limits(codec: Codec, schema: ir.Schema, v: Name) -> tree.Block:
    """Statements that check required names without a field, and the number of
    properties."""
    block: tree.Block = ()
    read = {field.wire for field in codec.fields(schema) if field.required}
    for name in sorted(facts.required(codec.module, schema) - read):
        block += (tree.If(compare(Constant(name), "not in", v), (DRIFT,)),)
    for part in facts.conjuncts(codec.module, schema):
        for a in part.assertions:
            if isinstance(a, ir.OnObjects):
                block += drift_if(cond.object_conditions(a, v))
    return block


def _in_parts(
    codec: Codec,
    schema: ir.Schema,
    blocks: Sequence[tree.Block],
    names: _Object,
    most: int,
) -> tree.Block:
    """The statements for fields, divided into parts where they are too many for one
    function. Parts that count optional properties return how many there are."""
    parts = runs(blocks, most) if names.at == TOP else []
    if not parts:
        return together(blocks)
    block: tree.Block = ()
    for part in parts:
        own = (names.v, names.o, names.n, _FITS)
        given = tuple(name for name in own if search.uses(part, name))
        counts = names.n in given
        done = (tree.Return(names.n),) if counts else ()
        called = codec.part(schema, given, (*part, *done))
        block += (Assign(names.n, called) if counts else tree.Do(called),)
    return block


def _required_fields(
    codec: Codec, fields: Sequence[Field], names: _Object
) -> list[tree.Block]:
    """Statements that read, check and store the fields of required properties. One
    `try` around them costs nothing as long as nothing is missing. What is called inside
    it lets no KeyError out."""
    blocks: list[tree.Block] = []
    for field in fields:
        if field.required:
            held = Attribute(names.o, field.attribute)
            value = tree.Subscript(names.v, Constant(field.wire))
            body = _field_value(codec, field, names.x) + _shared(codec, field, names)
            blocks.append(storing.read(held, value, names.x.v, body))
    return blocks


def _optional_fields(
    codec: Codec, fields: Sequence[Field], names: _Object
) -> list[tree.Block]:
    """Statements that read, check and store the fields of optional properties, and
    count those that are there."""
    x = names.x.v
    blocks: list[tree.Block] = []
    for field in fields:
        if field.required:
            continue
        absent = UNSET if field.nullable else cond.NONE
        default = (UNSET,) if field.nullable else ()
        fewer = tree.Change(names.n, "-=", Constant(1))
        there = _field_value(codec, field, names.x) + _shared(codec, field, names)
        if _is_loose(field):
            elsewhere = tree.If(_FITS, (fewer, Assign(x, absent)))
            there = (tree.If(codec.answer(field.schema, x), there, (elsewhere,)),)
        held = Attribute(names.o, field.attribute)
        value = build("get", names.v, Constant(field.wire), *default)
        blocks.append(
            storing.read_if_there(held, value, x, absent, lacking=(fewer,), there=there)
        )
    return blocks


def _shared(codec: Codec, field: Field, names: _Object) -> tree.Block:
    """The statement that puts the list or map of a field into the JSON object that is
    kept, so that changes that a program makes to it show there."""
    if not (names.keeps and retained.is_apart(codec, field.shape)):
        return ()
    return (Assign(tree.Subscript(names.v, Constant(field.wire)), names.x.v),)


def _field_value(codec: Codec, field: Field, at: At) -> tree.Block:
    """Statements that check and convert the value of a field."""
    deep = [schema for schema in field.schemas if _is_deep(codec, schema)]
    told = not deep or (len(deep) == 1 and codec.shapes.use(deep[0]) == field.shape)
    if field.loose and field.required:
        body = codec.value(field.schema, at) if codec.changes(field.shape) else ()
        return (tree.If(codec.answer(field.schema, at.v), body),) if body else ()
    if field.apart or not told:
        return codec.value(field.schema, at)
    block: tree.Block = ()
    for schema in (*(s for s in field.schemas if s not in deep), *deep):
        block += codec.value(schema, at)
    return block
