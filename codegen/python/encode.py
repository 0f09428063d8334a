"""Writes the encoders: from a typed object back to the JSON object it came from.

`encode_X(o)` is called for objects of class X only. Whoever holds a value that may
be something else, because it drifted in, looks at its class first and leaves the
rest to `wire`.
"""

from __future__ import annotations

import re
from typing import Final

from codegen.ir import model as ir
from codegen.python import shapes as sh
from codegen.python.codec import Codec
from codegen.python.fields import Field
from codegen.python.lines import Lines, block, literal

MOST_NESTED: Final = 3
"""Classes that one encoder writes inside each other."""


def encoder(codec: Codec, schema: ir.Schema, fields: list[Field]) -> Lines:
    """The function `encode_X` of the class of a schema."""
    symbol = codec.names.of(schema.id)
    lines = _Encoder(codec).members(schema.id, fields, "o", "d")
    if lines == [_kept("o", "d")]:
        return [f"encode_{symbol} = kept"]
    body = [*lines, "return d"]
    if any(re.match(r" *x = o\d", line) for line in body):
        # Or its type would be that of the field that is read first.
        body.insert(0, "x: Any")
    return block(f"def encode_{symbol}(o: Any) -> Any:", body)


def _kept(o: str, d: str) -> str:
    return f"{d}: dict[str, Any] = {o}._wire"


class _Encoder:
    """The statements of one function."""

    def __init__(self, codec: Codec) -> None:
        self.codec = codec
        self._count = 0
        self._depth = 0

    def members(
        self, schema_id: ir.SchemaId, fields: list[Field], o: str, d: str
    ) -> Lines:
        """Statements that make the dict `d` of the object `o` of a class."""
        if schema_id in self.codec.kept:
            return self._updated(fields, o, d)
        return self._gathered(fields, o, d)

    def _updated(self, fields: list[Field], o: str, d: str) -> Lines:
        """Statements that bring the JSON object that was kept up to date."""
        lines = [_kept(o, d)]
        for field in fields:
            if self.codec.kept.may_change(field.shape):
                lines += self._stored(field, o, d)
        return lines

    def _gathered(self, fields: list[Field], o: str, d: str) -> Lines:
        """Statements that put the JSON object together from the fields.

        An optional property is left out when its field holds what stands for
        absence.
        """
        lines: Lines = []
        pairs: Lines = []
        for field in fields:
            if field.required:
                held = f"{o}.{field.attribute}"
                before, value = self.value(field.shape, held)
                lines += before
                pairs.append(f"    {literal(field.wire)}: {value},")
        head = f"{d}: dict[str, Any] = {{"
        lines += [head, *pairs, "}"] if pairs else [head + "}"]
        for field in fields:
            if not field.required:
                lines += self._stored(field, o, d)
        extra = block(f"if {o}._extra is not None:", [f"restore({d}, {o}._extra)"])
        return lines + extra

    def _stored(self, field: Field, o: str, d: str) -> Lines:
        """Statements that store the property of a field in `d`, unless it is absent."""
        absent = "UNSET" if field.required or field.nullable else "None"
        before, value = self.value(field.shape, "x")
        store = [*before, f"{d}[{literal(field.wire)}] = {value}"]
        return [
            f"x = {o}.{field.attribute}",
            *block(f"if x is not {absent}:", store),
        ]

    def value(self, shape: sh.Shape, v: str) -> tuple[Lines, str]:
        """Statements, and the expression that is the JSON value of `v` after them."""
        if not self.codec.converts(shape):
            return [], v
        match shape:
            case sh.ClassShape(schema_id):
                schema = self.codec.by_id[schema_id]
                fields = self.codec.fields(schema)
                if fields and self._depth < MOST_NESTED and self.codec.is_small(schema):
                    return self._object(schema_id, fields, v)
                return [], self._call(schema_id, v)
            case sh.EnumShape(schema_id):
                bound = self.codec.names.bound(schema_id)
                return [], f"{v}._value_ if {v}.__class__ is {bound} else {v}"
            case sh.Array(item):
                return self._array(item, v)
            case sh.Map(item):
                return self._map(item, v)
            case sh.Union(members):
                some = [member for member in members if member != sh.Null()]
                if len(some) == 1:
                    return self.value(some[0], v)
                return [], self._any_of(shape, v)
            case sh.AliasShape(schema_id) if self._depth < MOST_NESTED:
                self._depth += 1
                found = self.value(
                    self.codec.shapes.own(self.codec.by_id[schema_id]), v
                )
                self._depth -= 1
                return found
            case _:
                return [], self._any_of(shape, v)

    def _any_of(self, shape: sh.Shape, v: str) -> str:
        """An expression for a value that is asked for its class."""
        table = "ENCODERS" if self._holds_objects(shape) else "SHALLOW"
        encode = f"{table}[{v}.__class__]({v})"
        if _may_be_text(self.codec, shape):
            return f"{v} if {v}.__class__ is str else {encode}"
        return encode

    def _holds_objects(self, shape: sh.Shape) -> bool:
        """Whether an array or map of this shape has anything to encode inside."""
        codec = self.codec
        match shape:
            case sh.Array(item) | sh.Map(item):
                return codec.converts(item)
            case sh.Union(members):
                return any(map(self._holds_objects, members))
            case sh.AliasShape(schema_id):
                own = codec.shapes.own(codec.by_id[schema_id])
                return isinstance(own, sh.AliasShape) or self._holds_objects(own)
            case _:
                return False

    def _call(self, schema_id: ir.SchemaId, v: str) -> str:
        names = self.codec.names
        symbol, bound = names.of(schema_id), names.bound(schema_id)
        return f"encode_{symbol}({v}) if {v}.__class__ is {bound} else wire({v})"

    def _object(
        self, schema_id: ir.SchemaId, fields: list[Field], v: str
    ) -> tuple[Lines, str]:
        number = self._fresh()
        o, d, x = f"o{number}", f"d{number}", f"x{number}"
        self._depth += 1
        body = [*self.members(schema_id, fields, o, d), f"{x} = {d}"]
        self._depth -= 1
        bound = self.codec.names.bound(schema_id)
        lines = [
            f"{o} = {v}",
            *block(f"if {o}.__class__ is {bound}:", body),
            *block("else:", [f"{x} = wire({o})"]),
        ]
        return lines, x

    def _array(self, item: sh.Shape, v: str) -> tuple[Lines, str]:
        number = self._fresh()
        out = f"items{number}"
        loop = block(f"for i in x{number}:", [f"{out}.append({self._item(item)})"])
        lines = [f"{out}: list[Any] = []", *loop, f"x{number} = {out}"]
        return self._container("list", lines, f"x{number}", v)

    def _map(self, item: sh.Shape, v: str) -> tuple[Lines, str]:
        number = self._fresh()
        out = f"items{number}"
        loop = block(
            f"for k, i in x{number}.items():", [f"{out}[k] = {self._item(item)}"]
        )
        lines = [f"{out}: dict[str, Any] = {{}}", *loop, f"x{number} = {out}"]
        return self._container("dict", lines, f"x{number}", v)

    def _item(self, shape: sh.Shape) -> str:
        if isinstance(shape, sh.ClassShape):
            return self._call(shape.id, "i")
        return self._any_of(shape, "i")

    def _container(self, kind: str, lines: Lines, x: str, v: str) -> tuple[Lines, str]:
        before = [
            f"{x} = {v}",
            *block(f"if {x}.__class__ is {kind}:", lines),
            *block("else:", [f"{x} = wire({x})"]),
        ]
        return before, x

    def _fresh(self) -> int:
        self._count += 1
        return self._count


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
