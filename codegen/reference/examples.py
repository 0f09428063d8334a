"""Examples of a schema: a document of it, and the Python that makes the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from codegen.ir import accepts
from codegen.ir import model as ir
from codegen.python.emit import printer, tree
from codegen.python.emit.tree import Attribute, Call, Constant, Display, Expr, Mapping
from codegen.python.model import enumerations
from codegen.python.model import shapes as sh
from codegen.python.model.package import Package
from codegen.reference.views import Example
from codegen.samples import Builder, NoSample

_LARGEST: Final = 4_000
"""Characters of an example; a larger one gives way to the smallest document."""


class Examples:
    """Makes the examples of a package; in Python only of `dataclasses`."""

    def __init__(self, package: Package, dataclasses: bool) -> None:
        self._package = package
        self._dataclasses = dataclasses
        self._module = package.module
        self._typed = package.formats.holding()
        formats = tuple(package.formats)
        self._builder = Builder(package.module, formats=formats, typed=self._typed)

    def of(self, schema: ir.Schema, shape: sh.Shape) -> Example | None:
        """An example of a schema; None where none is found."""
        found = self._document(schema)
        if isinstance(found, NoSample):
            return None
        text = json.dumps(found, indent=2, ensure_ascii=False)
        python = self._python(shape, found) if self._dataclasses else ""
        return Example(text, python)

    def _document(self, schema: ir.Schema) -> ir.Json | NoSample:
        """One that the specification gives, if it is valid; else one that is full, if
        it is small enough to be read; else the smallest."""
        for given in schema.annotations.examples:
            if self._accepts(schema, given):
                return given
        full = self._builder.fullest(schema)
        if isinstance(full, NoSample) or len(json.dumps(full)) > _LARGEST:
            return self._builder.smallest(schema)
        return full

    def _accepts(self, schema: ir.Schema, value: ir.Json) -> bool:
        return accepts.accepts(self._module, schema, value, self._typed)

    def _is_held(self, shape: sh.Typed, value: ir.Json) -> bool:
        return isinstance(value, str) and self._typed[shape.type.format](value)

    def _python(self, shape: sh.Shape, value: ir.Json) -> str:
        found = self._expression(shape, value)
        if not isinstance(found, Call | Attribute):
            return ""
        return printer.inside(tree.Do(found), 0).strip()

    def _expression(self, shape: sh.Shape, value: ir.Json) -> Expr:
        """What makes a value of a shape."""
        match shape:
            case sh.ClassShape(target) if isinstance(value, dict):
                return self._object(self._package.parts[target], value)
            case sh.EnumShape(target):
                return self._member(target, value)
            case sh.Typed(type_) if isinstance(value, str):
                return _made(type_.name, value)
            case sh.AliasShape(target):
                inner = self._package.shapes.own(self._module.schemas[target])
                return self._expression(inner, value)
            case sh.Array(item) if isinstance(value, list):
                return Display("[]", tuple(self._expression(item, v) for v in value))
            case sh.Tuple(items) if isinstance(value, list):
                pairs = zip(items, value, strict=False)
                return Display("()", tuple(self._expression(s, v) for s, v in pairs))
            case sh.Map(inner) if isinstance(value, dict):
                return Mapping(
                    tuple(
                        (Constant(key), self._expression(inner, v))
                        for key, v in value.items()
                    )
                )
            case sh.Union(members):
                return self._one_of(members, value)
            case _:
                return _plain(value)

    def _one_of(self, members: tuple[sh.Shape, ...], value: ir.Json) -> Expr:
        """The first member that has a class or a name for the value."""
        for member in members:
            if isinstance(member, sh.Typed) and self._is_held(member, value):
                return self._expression(member, value)
            for schema_id in _ids(member):
                schema = self._package.parts.get(schema_id)
                if schema and self._accepts(schema, value):
                    return self._expression(member, value)
        kind = sh.Array if isinstance(value, list) else sh.Map
        for member in members:
            if isinstance(member, kind):
                return self._expression(member, value)
        return _plain(value)

    def _member(self, target: ir.SchemaId, value: ir.Json) -> Expr:
        schema = self._package.parts[target]
        values = enumerations.members(self._module, schema)
        for member in self._package.names.members(schema, values):
            if member.value == value and isinstance(value, str | int):
                name = tree.Name(self._package.names.of(target))
                return Attribute(name, member.name)
        return _plain(value)

    def _object(self, schema: ir.Schema, value: dict[str, ir.Json]) -> Expr:
        """A call of the constructor; where it cannot be given all, of `from_dict`."""
        name = tree.Name(self._package.names.of(schema.id))
        fields = {field.wire: field for field in self._package.class_fields[schema.id]}
        if not value.keys() <= fields.keys():
            return tree.call(Attribute(name, tree.Name("from_dict").id), _plain(value))
        keywords = []
        for wire, inner in value.items():
            field = fields[wire]
            if field.constant is not None and field.constant == inner:
                continue
            shown = self._expression(field.shape, inner)
            keywords.append((str(field.attribute), shown))
        return Call(name, (), tuple(keywords))


def _ids(shape: sh.Shape) -> Iterator[ir.SchemaId]:
    if isinstance(shape, sh.ClassShape | sh.EnumShape | sh.AliasShape):
        yield shape.id


def _made(type_: str, text: str) -> Expr:
    """What makes a value of a Python type that stands for a text; the text itself,
    which a constructor takes as well, where nothing short does."""
    name, given = tree.Name(type_), Constant(text)
    match type_:
        case "UUID" | "Decimal":
            return Call(name, (given,))
        case "datetime" | "date" | "time":
            return Call(Attribute(name, "fromisoformat"), (given,))
        case _:
            return given


def _plain(value: ir.Json) -> Expr:
    """A JSON value as Python writes it."""
    if isinstance(value, dict):
        pairs = tuple((Constant(key), _plain(v)) for key, v in value.items())
        return Mapping(pairs)
    if isinstance(value, list):
        return Display("[]", tuple(map(_plain, value)))
    return Constant(value)
