"""Frozen views: what the templates of a package are given, and nothing to decide.

What is `Code` a template prints as it is; a `str` is text of the specification, for
which it names a door.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from codegen.ir import facts
from codegen.ir import model as ir
from codegen.python import shapes as sh
from codegen.python.annotations import ANY, NONE, annotation, field_annotation
from codegen.python.docs import described
from codegen.python.fields import Field
from codegen.python.lines import literal
from codegen.python.names import Names, fact_names, member_names
from codegen.text import Code, Name, listed, name


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field of a class; `default` is source or None."""

    name: Name
    annotation: Code
    default: Code | None
    doc: str


@dataclass(frozen=True, slots=True)
class BytesView:
    """A property that gives the bytes of a field `of`."""

    name: Name
    of: Name
    default: Code | None
    doc: str


@dataclass(frozen=True, slots=True)
class ClassView:
    """One class; `base` is what its module calls the base of all classes."""

    name: Name
    base: Name
    doc: str
    fields: tuple[FieldView, ...]
    encoded: tuple[BytesView, ...] = ()


@dataclass(frozen=True, slots=True)
class MemberView:
    """One member of an enum."""

    name: Name
    value: Code


@dataclass(frozen=True, slots=True)
class FactView:
    """A property of an enum's members: its annotation and its value by member."""

    name: Name
    annotation: Code
    doc: str
    values: tuple[tuple[Name, Code], ...]


@dataclass(frozen=True, slots=True)
class EnumView:
    """One enum, with the facts that the specification gives of its members."""

    name: Name
    doc: str
    members: tuple[MemberView, ...]
    facts: tuple[FactView, ...]


@dataclass(frozen=True, slots=True)
class AliasView:
    """A named schema that is neither class nor enum."""

    name: Name
    doc: str
    annotation: Code


@dataclass(frozen=True, slots=True)
class TableView:
    """One event table by its name in the specification: `classes` by their tags,
    `more` are the arguments that only few tables need."""

    constant: Name
    name: str
    tag: str
    union: Code
    classes: tuple[tuple[str, Code], ...]
    more: tuple[Code, ...]


def class_view(
    names: Names,
    schema: ir.Schema,
    told: tuple[ir.Schema, ...],
    fields: list[Field],
    formats: frozenset[str],
) -> ClassView:
    """The view of a schema that becomes a class; `told` are those that describe it."""
    doc = described(told, formats, own=False)
    views = tuple(
        FieldView(
            field.attribute,
            field_annotation(names, field),
            field.default(names),
            described(field.schemas, formats),
        )
        for field in fields
    )
    taken = {view.name for view in views}
    encoded = tuple(
        _bytes_view(view)
        for view, field in zip(views, fields, strict=True)
        if _is_base64(field) and f"{view.name}_bytes" not in taken
    )
    return ClassView(names.of(schema.id), names.base, doc, views, encoded)


def _bytes_view(field: FieldView) -> BytesView:
    doc = f"`{field.name}` as bytes, decoded once. `ValueError` if it is no base64."
    return BytesView(name(f"{field.name}_bytes"), field.name, field.default, doc)


_BASE64 = re.compile(r"base64[- ]encoded\b", re.IGNORECASE)


def _is_base64(field: Field) -> bool:
    """Whether a field holds base64, by its encoding or by how its description begins.

    Specifications of before 2020 have no other place to say so.
    """
    if field.nullable or field.shape != sh.Scalar("str"):
        return False
    return any(
        schema.annotations.content_encoding == "base64"
        or _BASE64.match(schema.annotations.description.lstrip())
        for schema in field.schemas
    )


def enum_view(names: Names, schema: ir.Schema, told: tuple[ir.Schema, ...]) -> EnumView:
    """The view of a schema that becomes an enum; `told` are those that describe it."""
    values = facts.finite_values(names.module, schema) or ()
    texts = tuple(dict.fromkeys(v for v in values if isinstance(v, str)))
    members = member_names(texts)
    return EnumView(
        names.of(schema.id),
        described(told, frozenset(), own=False),
        tuple(MemberView(member, literal(value)) for value, member in members.items()),
        tuple(_facts(schema, members)),
    )


def _facts(schema: ir.Schema, members: dict[str, Name]) -> list[FactView]:
    metadata = schema.annotations.enum_metadata
    found = []
    for key, fact in fact_names(metadata).items():
        values = {value: metadata.get(value, {}).get(key) for value in members}
        kinds = {facts.json_type(value) for value in values.values()}
        shown = tuple((members[v], literal(told)) for v, told in values.items())
        doc = f"`{fact}` of this member, from the specification."
        found.append(FactView(fact, _fact_type(kinds, values), doc, shown))
    return found


def _fact_type(kinds: set[str], values: dict[str, ir.Json]) -> Code:
    whole = all(isinstance(v, int) for v in values.values() if v is not None)
    words = {"string": "str", "boolean": "bool", "number": "int" if whole else "float"}
    parts = [name(words.get(kind, "Any")) for kind in sorted(kinds - {"null"})]
    if ANY in parts:
        return ANY
    return listed([*parts, *([NONE] if "null" in kinds else [])], " | ")


def alias_view(
    names: Names, schema: ir.Schema, shape: sh.Shape, later: frozenset[ir.SchemaId]
) -> AliasView:
    """The view of a named schema without a class or enum of its own."""
    text = annotation(names, shape, later)
    doc = described((schema,), frozenset())
    return AliasView(names.of(schema.id), doc, text)
