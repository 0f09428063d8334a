"""Writes the encoders: from a typed object back to the JSON object it came from."""

from __future__ import annotations

from codegen.ir import model as ir
from codegen.python import shapes as sh
from codegen.python.codec import Codec
from codegen.python.fields import Field
from codegen.python.lines import Lines, block, literal


def encoder(codec: Codec, schema: ir.Schema, fields: list[Field]) -> Lines:
    """The function `encode_X` of the class of a schema.

    Required fields are always there; an optional one is left out when it holds
    what stands for absence.
    """
    symbol, bound = codec.names.of(schema.id), codec.names.bound(schema.id)
    body = ["cls = o.__class__"]
    body += block(f"if cls is not {bound}:", ["return wire(o)"])
    required = [f for f in fields if f.required]
    pairs = [f"    {literal(f.wire)}: {_read(codec, f)}," for f in required]
    body += ["d = {", *pairs, "}"] if pairs else ["d: dict[str, Any] = {}"]
    for field in fields:
        if not field.required:
            absent = "UNSET" if field.nullable else "None"
            value = _value(codec, field.shape, "x")
            body += [
                f"x = o.{field.attribute}",
                f"if x is not {absent}:",
                f"    d[{literal(field.wire)}] = {value}",
            ]
    body += block("if o._extra is not None:", ["restore(d, o._extra)"])
    body.append("return d")
    return block(f"def encode_{symbol}(o: Any) -> Any:", body)


def _read(codec: Codec, field: Field) -> str:
    name = f"o.{field.attribute}"
    return _value(codec, field.shape, name)


def _value(codec: Codec, shape: sh.Shape, v: str) -> str:
    """An expression for the JSON value of a field; what drifted in passes through."""
    if not codec.converts(shape):
        return v
    match shape:
        case sh.ClassShape(schema_id):
            return f"encode_{codec.names.of(schema_id)}({v})"
        case sh.EnumShape(schema_id):
            bound = codec.names.bound(schema_id)
            return f"{v}._value_ if {v}.__class__ is {bound} else {v}"
        case sh.Array(sh.ClassShape(schema_id)):
            one = f"encode_{codec.names.of(schema_id)}"
            return f"[{one}(i) for i in {v}] if {v}.__class__ is list else wire({v})"
        case _:
            encode = f"ENCODERS[{v}.__class__]({v})"
            if _may_be_text(codec, shape):
                return f"{v} if {v}.__class__ is str else {encode}"
            return encode


def _may_be_text(codec: Codec, shape: sh.Shape) -> bool:
    """Whether a value is often a string, for which no encoder need be looked up."""
    match shape:
        case sh.Scalar("str") | sh.Literals():
            return True
        case sh.Union(members):
            return any(_may_be_text(codec, member) for member in members)
        case sh.AliasShape(schema_id):
            own = codec.shapes.own(codec.by_id[schema_id])
            return not isinstance(own, sh.AliasShape) and _may_be_text(codec, own)
        case _:
            return False
