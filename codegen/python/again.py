"""Writes the functions with which an event table copies an event it has just seen.

`again_X(o, first, second)` is `o` with two other strings. `_runtime/_frames.py`
says when that is the event in a frame. It is written for classes of which nothing
but the type of these two strings could be violated by replacing them.
"""

from __future__ import annotations

from codegen.ir import facts
from codegen.ir import model as ir
from codegen.python import conditions as cond
from codegen.python import decode_objects
from codegen.python.codec import Codec
from codegen.python.fields import Field
from codegen.python.lines import Lines, block, literal


def strings(codec: Codec, schema: ir.Schema) -> list[Field]:
    """The properties that may be any string: in streams the first is an id and the
    last a piece of content. None where a class has no two of them, or has
    constraints beyond its fields."""
    if not decode_objects.is_exact(codec, schema):
        return []
    found = [field for field in codec.fields(schema) if _is_any_string(codec, field)]
    return found if len(found) > 1 else []


def entry(symbol: str, found: list[Field]) -> str:
    """What the codec of a class knows of copying its events."""
    first, *others, last = found
    pairs = tuple((field.wire, field.attribute) for field in others)
    names = f"{literal(first.wire)}, {literal(last.wire)}"
    return f"({names}, again_{symbol}, {literal(pairs)})"


def _is_any_string(codec: Codec, field: Field) -> bool:
    if len(field.schemas) != 1:
        return False
    target = facts.unwrap(codec.module, field.schemas[0])
    if not cond.is_leaf(target) or codec.converts(field.shape):
        return False
    tests = cond.leaf_conditions(target, "x", codec.checks.formats)
    return [test.failing for test in tests] == ["x.__class__ is not str"]


def copier(codec: Codec, schema: ir.Schema, found: list[Field]) -> Lines:
    """The function `again_X` of a class; `found` are its `strings`."""
    symbol, bound = codec.names.of(schema.id), codec.names.bound(schema.id)
    first, second = found[0], found[-1]
    body = [f"n = New_{symbol}()"]
    for field in codec.fields(schema):
        value = f"o.{field.attribute}"
        if field is first or field is second:
            value = "first" if field is first else "second"
        body.append(f"n.{field.attribute} = {value}")
    if schema.id in codec.kept:
        body += [
            "d = o._wire.copy()",
            f"d[{literal(first.wire)}] = first",
            f"d[{literal(second.wire)}] = second",
            "n._wire = d",
        ]
    body += ["n._extra = None", f"n.__class__ = {bound}", "return n"]
    return block(f"def again_{symbol}(o: Any, first: str, second: str) -> Any:", body)
