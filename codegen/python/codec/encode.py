"""Writes the encoders: from a typed object back to its JSON object.

`encode_X(o)` is only called for objects of class X. Where a value may be something else
because it drifted, its class is looked at first, and other values are left to the
runtime's `wire`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from codegen.ir import model as ir
from codegen.python import conditions as cond
from codegen.python.codec import storing
from codegen.python.codec.context import DICT, LIST, Codec, build
from codegen.python.codec.retained import Retained
from codegen.python.declarations import declared, letters
from codegen.python.emit import tree
from codegen.python.emit.tree import (
    Assign,
    Attribute,
    Call,
    Constant,
    Name,
    Subscript,
    call,
    compare,
)
from codegen.python.model import shapes as sh
from codegen.python.model.annotations import ANY, UNSET
from codegen.python.model.fields import Field
from codegen.python.parts import runs, together

MOST_NESTED: Final = 3
"""How many classes one encoder writes inside each other."""

_WIRE: Final = "._runtime.wire"
_ITEM, _KEY = Name("i"), Name("k")

Found = tuple[tree.Block, tree.Expr]
"""Statements, and the expression that is the JSON value after them."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in an object an encoder is: inside how many objects and aliases, and in
    which field. This gives variables their names."""

    depth: int = 1
    nested: int = 0
    field: str = ""

    def local(self, letter: str) -> Name:
        depth = f"{self.depth}" if self.depth > 1 else ""
        return Name(f"{letter}{depth}_{self.field}" if self.field else letter + depth)

    def of(self, field: Field) -> _Place:
        """The place of the value of a field."""
        own = str(field.attribute) if field.required else ""
        return _Place(self.depth + 1, self.nested, own)

    def deeper(self) -> _Place:
        """The place of something inside the object or alias at this place."""
        return _Place(self.depth, self.nested + 1, self.field)


def encoder(
    codec: Codec, retained: Retained, schema: ir.Schema, fields: Sequence[Field]
) -> tree.Statement:
    """The function `encode_X` of the class of a schema."""
    name = f"encode_{codec.names.of(schema.id)}"
    o, d = Name("o"), Name("d")
    body, value = _Encoder(codec, retained).members(schema.id, fields, o, d, _Place())
    if schema.id in retained:
        return Assign(Name(name), Name("retained", _WIRE))
    given = (tree.Parameter("o", ANY),)
    locals_ = declared(body, given, _annotation)
    return tree.Function(name, given, ANY, (*locals_, *body, tree.Return(value)))


def _begun(d: Name, value: tree.Expr) -> tree.Statement:
    """The statement that begins the dict of an object."""
    return tree.Declare(d, DICT, value) if d == Name("d") else Assign(d, value)


_LOCALS: Final[dict[str, tree.Expr]] = {
    "items": LIST,
    "pairs": DICT,
    "d": DICT,
    "o": ANY,
    "x": ANY,
}
"""The types of variables, by the letters with which they begin. Undeclared, a variable
would have the type of the field that is read into it first."""


def _annotation(local: str) -> tree.Expr | None:
    """The declared type of a variable. `x` is read from objects of any type."""
    return None if local == "x" else _LOCALS.get(letters(local))


class _Encoder:
    """Writes the statements of one encoder."""

    def __init__(self, codec: Codec, retained: Retained) -> None:
        self.codec = codec
        self.retained = retained

    def members(
        self,
        schema_id: ir.SchemaId,
        fields: Sequence[Field],
        o: Name,
        d: Name,
        place: _Place,
    ) -> Found:
        """Statements that encode the object `o` of a class, and the expression that is
        its JSON object then: the one that was kept, or a dict `d` made from the fields.
        A property is left out if its field holds what stands for absence."""
        if schema_id in self.retained:
            return (), Attribute(o, "_wire")
        required = [field for field in fields if field.required]
        block = self._required(schema_id, required, (o, d), place)
        optional = (field for field in fields if not field.required)
        stored = [self._stored(field, o, d, place) for field in optional]
        block += self._in_parts(schema_id, stored, (o, d), place)
        extra = Attribute(o, "_extra")
        more = build("restore", d, extra)
        return block, tree.Conditional(compare(extra, "is", cond.NONE), d, more)

    def _required(
        self,
        schema_id: ir.SchemaId,
        fields: Sequence[Field],
        given: tuple[Name, Name],
        place: _Place,
    ) -> tree.Block:
        """Statements that begin the dict of an object with the properties that it
        always has. They are stored one by one where that takes several functions."""
        o, d = given
        held = [Attribute(o, field.attribute) for field in fields]
        made = [
            self._value(field.shape, one, place.of(field))
            for field, one in zip(fields, held, strict=True)
        ]
        if place == _Place() and runs([before for before, _ in made]):
            one_by_one = _Place(place.depth + 1)
            blocks = []
            for field, one in zip(fields, held, strict=True):
                before, value = self._value(field.shape, one, one_by_one)
                store = Assign(Subscript(d, Constant(field.wire)), value)
                blocks.append((*before, store))
            stored = self._in_parts(schema_id, blocks, given, place)
            return (_begun(d, tree.Mapping(())), *stored)
        pairs = [
            (Constant(field.wire), value)
            for field, (_, value) in zip(fields, made, strict=True)
        ]
        begun = _begun(d, tree.Mapping(tuple(pairs)))
        return (*together(before for before, _ in made), begun)

    def _in_parts(
        self,
        schema_id: ir.SchemaId,
        blocks: Sequence[tree.Block],
        given: tuple[Name, ...],
        place: _Place,
    ) -> tree.Block:
        """The statements that store properties; they are divided into parts where they
        are too many for one function."""
        parts = runs(blocks) if place == _Place() else []
        if len(parts) < 2:
            return together(blocks)
        schema = self.codec.by_id[schema_id]
        return tuple(tree.Do(self.codec.part(schema, given, part)) for part in parts)

    def _stored(self, field: Field, o: Name, d: Name, place: _Place) -> tree.Block:
        """Statements that store the property of a field in `d`, unless it is absent."""
        x = _Place(place.depth).local("x")
        absent = UNSET if field.required or field.nullable else cond.NONE
        inside = _Place(place.depth + 1, place.nested)
        before, value = self._value(field.shape, x, inside)
        put = storing.into(Subscript(d, Constant(field.wire)))
        store = (*before, put(value))
        if isinstance(value, Name):
            found = storing.put_where_made(before, value, put)
            store = found.block if found is not None and found.always else store
        held = Attribute(o, field.attribute)
        if storing.is_long(held):
            there = tree.If(compare(x, "is not", absent), store)
            return (Assign(x, held), there)
        gotten = tree.NamedExpr(x, held)
        return (tree.If(compare(gotten, "is not", absent), store),)

    def _value(self, shape: sh.Shape, v: tree.Expr, place: _Place) -> Found:
        """Statements that encode the value `v` of a shape, and the expression for its
        JSON then."""
        if not self.codec.converts(shape):
            return (), v
        match shape:
            case sh.ClassShape(schema_id):
                schema = self.codec.by_id[schema_id]
                fields = self.codec.fields(schema)
                small = place.nested < MOST_NESTED and self.codec.is_small(schema)
                if fields and small:
                    return self._object(schema_id, fields, v, place)
                return (), self._call(schema_id, v)
            case sh.EnumShape(schema_id):
                own = self.codec.own_class(self.codec.by_id[schema_id])
                known = compare(Attribute(v, "__class__"), "is", own)
                return (), tree.Conditional(known, Attribute(v, "_value_"), v)
            case sh.Array(item):
                return self._array(item, v, place)
            case sh.Map(item):
                return self._map(item, v, place)
            case sh.Union(members):
                some = [member for member in members if member != sh.Null()]
                if len(some) == 1:
                    return self._value(some[0], v, place)
                return (), self._any_of(shape, v)
            case sh.AliasShape(schema_id) if place.nested < MOST_NESTED:
                own_shape = self.codec.shapes.own(self.codec.by_id[schema_id])
                return self._value(own_shape, v, place.deeper())
            case _:
                return (), self._any_of(shape, v)

    def _any_of(self, shape: sh.Shape, v: tree.Expr) -> tree.Expr:
        """An expression for a value that is asked for its class."""
        table = Name("ENCODERS" if self._holds_objects(shape) else "SHALLOW", _WIRE)
        encode = Call(Subscript(table, Attribute(v, "__class__")), (v,))
        if _may_be_text(self.codec, shape):
            return tree.Conditional(cond.class_of(v, "str"), v, encode)
        return encode

    def _holds_objects(self, shape: sh.Shape) -> bool:
        """Whether the items or values of this shape have to be encoded."""
        codec = self.codec
        match shape:
            case sh.Array(item) | sh.Map(item):
                return codec.converts(item)
            case sh.Tuple(items):
                return any(map(codec.converts, items))
            case sh.Union(members):
                return any(map(self._holds_objects, members))
            case sh.AliasShape(schema_id):
                own = codec.shapes.own(codec.by_id[schema_id])
                return isinstance(own, sh.AliasShape) or self._holds_objects(own)
            case _:
                return False

    def _call(self, schema_id: ir.SchemaId, v: tree.Expr) -> tree.Expr:
        schema = self.codec.by_id[schema_id]
        known = compare(Attribute(v, "__class__"), "is", self.codec.own_class(schema))
        encoded = Call(self.codec.own("encode", schema), (v,))
        return tree.Conditional(known, encoded, call("wire", v, home=_WIRE))

    def _object(
        self,
        schema_id: ir.SchemaId,
        fields: Sequence[Field],
        v: tree.Expr,
        place: _Place,
    ) -> Found:
        o, d, x = place.local("o"), place.local("d"), place.local("x")
        own = self.codec.own_class(self.codec.by_id[schema_id])
        members, made = self.members(schema_id, fields, o, d, place.deeper())
        known = compare(Attribute(o, "__class__"), "is", own)
        other = Assign(x, call("wire", o, home=_WIRE))
        block = (Assign(o, v), tree.If(known, (*members, Assign(x, made)), (other,)))
        return block, x

    def _array(self, item: sh.Shape, v: tree.Expr, place: _Place) -> Found:
        x, out = _variable(v, place), place.local("items")
        append = Call(Attribute(out, "append"), (self._item(item),))
        body = (
            Assign(out, tree.Display("[]", ())),
            tree.For(_ITEM, x, (tree.Do(append),)),
            Assign(x, out),
        )
        return self._container("list", body, x, v)

    def _map(self, item: sh.Shape, v: tree.Expr, place: _Place) -> Found:
        x, out = _variable(v, place), place.local("pairs")
        pair = tree.Display("()", (_KEY, _ITEM))
        store = Assign(Subscript(out, _KEY), self._item(item))
        body = (
            Assign(out, tree.Mapping(())),
            tree.For(pair, Call(Attribute(x, "items")), (store,)),
            Assign(x, out),
        )
        return self._container("dict", body, x, v)

    def _item(self, shape: sh.Shape) -> tree.Expr:
        if isinstance(shape, sh.ClassShape):
            return self._call(shape.id, _ITEM)
        if isinstance(shape, sh.EnumShape):
            own = self.codec.own_class(self.codec.by_id[shape.id])
            known = compare(Attribute(_ITEM, "__class__"), "is", own)
            other = self._any_of(shape, _ITEM)
            return tree.Conditional(known, Attribute(_ITEM, "_value_"), other)
        return self._any_of(shape, _ITEM)

    def _container(self, kind: str, body: tree.Block, x: Name, v: tree.Expr) -> Found:
        other = Assign(x, call("wire", x, home=_WIRE))
        bound = () if x == v else (Assign(x, v),)
        return (*bound, tree.If(cond.class_of(x, kind), body, (other,))), x


def _variable(v: tree.Expr, place: _Place) -> Name:
    """The variable of a value, for which one is made only where it has none."""
    return v if isinstance(v, Name) else place.local("x")


def _may_be_text(codec: Codec, shape: sh.Shape) -> bool:
    """Whether a value of this shape is often a string, for which no encoder has to be
    looked up."""
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
