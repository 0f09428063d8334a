"""Decoding of objects: one straight function for each class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from codegen.ir import facts, tags, walk
from codegen.ir import model as ir
from codegen.python import conditions as cond
from codegen.python import decode_values as values
from codegen.python import shapes as sh
from codegen.python.fields import Field
from codegen.python.lines import Lines, block, literal

if TYPE_CHECKING:
    from codegen.python.codec import Codec

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
class _Variables:
    """What the statements of one object call its value, the value of a property, its
    object, and the number of its properties that are there."""

    v: str = "v"
    x: str = "x"
    o: str = "o"
    n: str = "n"


def function(
    codec: Codec, schema: ir.Schema, told: tags.Path = ()
) -> tuple[Lines, Lines]:
    """The decoder of a class: what becomes of a value that is no object, and the rest,
    which reads each property, checks it, stores it. Tags that are `told`, because
    they led to the class, are not read again.

    Where that covers every constraint the class is decoded exactly; otherwise the
    generated check is asked first.
    """
    fields = codec.fields(schema)
    for field in fields:
        codec.want_classes(field.shape, schema)
    exact = is_exact(codec, schema)
    symbol, bound = codec.names.of(schema.id), codec.names.bound(schema.id)
    names = _Variables()
    body = [] if exact else codec.ask(schema, "v")
    body.append(f"o = New_{symbol}()")
    attributes = {field.wire: field.attribute for field in fields}
    body += [f"o.{attributes[name]} = {literal(value)}" for name, value in told]
    read = [field for field in fields if field.wire not in dict(told)]
    required = _required_fields(codec, read, names)
    if required:
        missing = block("except KeyError:", [f"return mend({bound}, v)"])
        body += [*block("try:", required), *missing]
    body += [*_rest(codec, schema, read, exact, names), "return o"]
    return _not_an_object(codec, schema), body


def can_be_told(codec: Codec, schema: ir.Schema, path: tags.Path) -> bool:
    """Whether the objects of a class have just these tags, and only that would be
    checked of them, so that nothing is lost by not reading them."""
    if not _is_plain(codec, schema) or _limits(codec, schema, "v"):
        return False
    by_name = {field.wire: field for field in codec.fields(schema)}
    return all(
        name in by_name
        and _field_value(codec, by_name[name], "x")
        == block(f"if x != {literal(value)}:", ["drift()"])
        for name, value in path
    )


def untold(codec: Codec, schema: ir.Schema, path: tags.Path) -> Lines:
    """The decoder of such a class for values that were not found by their tags."""
    symbol, bound = codec.names.of(schema.id), codec.names.bound(schema.id)
    listed = ", ".join(f"{literal(name)}: {literal(value)}" for name, value in path)
    return [f"return untold({bound}, tagged_{symbol}, {{{listed}}}, v)"]


def inlined(codec: Codec, schema: ir.Schema, x: str, sure: str) -> Lines:
    """The statements of a decoder in the place of its call, which takes as long as
    decoding two or three properties does. Empty unless the class is a small one
    that has no name of its own in the specification, so has a single place."""
    if not _fits_in_place(codec, schema):
        return []
    codec.want_class(schema)
    codec.loops += 1
    symbol, bound = codec.names.of(schema.id), codec.names.bound(schema.id)
    inner = codec.fresh()
    number = inner.removeprefix("x")
    names = _Variables(x, inner, f"o{number}", f"n{number}")
    lines = [f"{names.o} = New_{symbol}()"]
    fields = codec.fields(schema)
    required = _required_fields(codec, fields, names)
    rest = [*_rest(codec, schema, fields, True, names), f"{x} = {names.o}"]
    if required:
        missing = [f"{x} = mend({bound}, {names.v})"]
        lines += block("try:", required)
        lines += block("except KeyError:", missing)
        lines += block("else:", rest)
    else:
        lines += rest
    codec.loops -= 1
    return values.of_type("object", x, lines, sure)


def _fits_in_place(codec: Codec, schema: ir.Schema) -> bool:
    return (
        codec.loops < values.MOST_LOOPS
        and _is_plain(codec, schema)
        and codec.is_small(schema)
    )


def _is_plain(codec: Codec, schema: ir.Schema) -> bool:
    """Whether a schema is a class, takes objects only, and is decoded exactly."""
    return (
        codec.shapes.own(schema) == sh.ClassShape(schema.id)
        and facts.types(codec.module, schema) == {"object"}
        and is_exact(codec, schema)
    )


def _rest(
    codec: Codec,
    schema: ir.Schema,
    fields: list[Field],
    exact: bool,
    names: _Variables,
) -> Lines:
    """What follows the required properties; `fields` are those that are read."""
    symbol, bound = codec.names.of(schema.id), codec.names.bound(schema.id)
    total = len(codec.fields(schema))
    v, o = names.v, names.o
    body = _optional_fields(codec, fields, total, names)
    if schema.id in codec.kept:
        body.append(f"{o}._wire = {v}")
    body += [f"{o}._extra = None", f"{o}.__class__ = {bound}"]
    count = f"{total}" if all(f.required for f in fields) else names.n
    tail = [f"keep({o}, {v}, KNOWN_{symbol})"]
    if exact and _is_closed(codec, schema):
        tail = ["drift()", *tail]
    elif exact and walk.find(schema, ir.AdditionalProperties) is not None:
        tail = [*codec.ask(schema, v), *tail]
    body += block(f"if len({v}) != {count}:", tail)
    return body + (_limits(codec, schema, v) if exact else [])


def _not_an_object(codec: Codec, schema: ir.Schema) -> Lines:
    """What becomes of a value that is no object: decoded as the other shapes
    of the schema are, or kept as it is."""
    types = facts.types(codec.module, schema)
    body: Lines = []
    if types == {"object"}:
        body = ["drift()"]
    elif types == {"object", "null"}:
        body = ["if v is not None:", "    drift()"]
    else:
        body = codec.ask(schema, "v")
    return block("if v.__class__ is not dict:", [*body, "return v"])


def is_exact(codec: Codec, schema: ir.Schema) -> bool:
    """Whether checking the fields one by one leaves no constraint out."""
    parts = list(facts.conjuncts(codec.module, schema))
    kinds = (*_OBJECT_KINDS, ir.AllOf, ir.Ref)
    if not all(isinstance(a, kinds) for part in parts for a in part.assertions):
        return False
    if len(parts) > 1 and any(_limits_rest(codec, part) for part in parts):
        return False
    return all(len(_deep(codec, field)) <= 1 for field in codec.fields(schema))


def _limits_rest(codec: Codec, part: ir.Schema) -> bool:
    rest = walk.find(part, ir.AdditionalProperties)
    return rest is not None and not cond.is_true(rest.schema, codec.checks.formats)


def _deep(codec: Codec, field: Field) -> list[ir.Schema]:
    """The schemas of a field that need more than conditions on a scalar."""
    return [
        schema
        for schema in field.schemas
        if not cond.is_leaf(codec.target(schema))
        or codec.converts(codec.shapes.use(schema))
    ]


def _is_closed(codec: Codec, schema: ir.Schema) -> bool:
    rest = walk.find(schema, ir.AdditionalProperties)
    return rest is not None and walk.find(rest.schema, ir.Never) is not None


def _limits(codec: Codec, schema: ir.Schema, v: str) -> Lines:
    lines: Lines = []
    declared = {field.wire for field in codec.fields(schema)}
    for name in sorted(facts.required(codec.module, schema) - declared):
        lines += block(f"if {literal(name)} not in {v}:", ["drift()"])
    for part in facts.conjuncts(codec.module, schema):
        for a in part.assertions:
            if isinstance(a, ir.MinProperties) and a.limit > 0:
                lines += block(f"if len({v}) < {a.limit}:", ["drift()"])
            elif isinstance(a, ir.MaxProperties):
                lines += block(f"if len({v}) > {a.limit}:", ["drift()"])
    return lines


def _required_fields(codec: Codec, fields: list[Field], names: _Variables) -> Lines:
    """Read, check and store the fields that must be there.

    One `try` around them costs nothing while nothing is missing; what is called
    inside it never lets a KeyError out.
    """
    lines: Lines = []
    for field in fields:
        if field.required:
            lines.append(f"{names.x} = {names.v}[{literal(field.wire)}]")
            lines += _field_value(codec, field, names.x)
            lines.append(f"{names.o}.{field.attribute} = {names.x}")
    return lines


def _optional_fields(
    codec: Codec, fields: list[Field], total: int, names: _Variables
) -> Lines:
    """Read, check and store the fields that may be absent, counting those that
    are: most are there on the wire. `total` is the number of all fields."""
    if all(field.required for field in fields):
        return []
    lines = [f"{names.n} = {total}"]
    for field in fields:
        if field.required:
            continue
        body = _field_value(codec, field, names.x)
        absent = "UNSET" if field.nullable else "None"
        default = ", UNSET" if field.nullable else ""
        lines.append(f"{names.x} = get({names.v}, {literal(field.wire)}{default})")
        lines += block(f"if {names.x} is {absent}:", [f"{names.n} -= 1"])
        if field.nullable and body and _skips_null(body, names.x):
            lines += [f"el{body[0]}", *body[1:]]
        elif body:
            lines += _chained(body)
        lines.append(f"{names.o}.{field.attribute} = {names.x}")
    return lines


def _field_value(codec: Codec, field: Field, x: str) -> Lines:
    """Statements that check and convert the value of a field, in place."""
    deep = _deep(codec, field)
    lines: Lines = []
    for schema in field.schemas:
        if schema not in deep:
            lines += values.value(codec, schema, x)
    # Of several that need more, the first that converts does: such a class is not
    # decoded exactly, and its check has been asked.
    convert = [s for s in deep if codec.converts(codec.shapes.use(s))] or deep
    if convert:
        lines += values.value(codec, convert[0], x, checked=len(deep) == 1)
    return lines


def _skips_null(body: Lines, x: str) -> bool:
    """Whether statements are one `if` that null does not enter."""
    return body[0] == f"if {x} is not None:" and all(
        line.startswith("    ") for line in body[1:]
    )


def _chained(body: Lines) -> Lines:
    """Statements as the other branch of an `if`."""
    heads = [line for line in body if not line.startswith(" ")]
    if heads[0].startswith("if ") and not any(
        not line.startswith(("elif ", "else:")) for line in heads[1:]
    ):
        return [f"el{body[0]}", *body[1:]]
    return block("else:", body)
