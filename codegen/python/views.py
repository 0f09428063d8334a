"""Frozen views: what the templates of a package are given, and nothing to decide."""

from __future__ import annotations

import re
from dataclasses import dataclass

from codegen.ir import facts
from codegen.ir import model as ir
from codegen.python import shapes as sh
from codegen.python.annotations import annotation, field_annotation
from codegen.python.docs import described
from codegen.python.fields import Field
from codegen.python.lines import literal
from codegen.python.names import Names, fact_names, member_names


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field of a class; `default` is source or None."""

    name: str
    annotation: str
    default: str | None
    doc: str
    base64: bool = False


@dataclass(frozen=True, slots=True)
class ClassView:
    """One class; `base` is what its module calls the base of all classes."""

    name: str
    base: str
    doc: str
    fields: tuple[FieldView, ...]
    encoded: tuple[FieldView, ...] = ()


@dataclass(frozen=True, slots=True)
class MemberView:
    """One member of an enum; `value` is source."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class FactView:
    """A property of an enum's members: its annotation and its value by member."""

    name: str
    annotation: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class EnumView:
    """One enum, with the facts that the specification gives of its members."""

    name: str
    doc: str
    members: tuple[MemberView, ...]
    facts: tuple[FactView, ...]


@dataclass(frozen=True, slots=True)
class AliasView:
    """A named schema that is neither class nor enum."""

    name: str
    doc: str
    annotation: str


@dataclass(frozen=True, slots=True)
class TableView:
    """One event table: `classes` are (tag, class) as source, `more` the arguments
    that only few tables need."""

    constant: str
    name: str
    tag: str
    union: str
    named: bool
    doc: str
    classes: tuple[tuple[str, str], ...]
    more: tuple[str, ...]


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
            _is_base64(field),
        )
        for field in fields
    )
    taken = {view.name for view in views}
    encoded = tuple(
        view for view in views if view.base64 and f"{view.name}_bytes" not in taken
    )
    return ClassView(names.of(schema.id), names.base, doc, views, encoded)


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
        tuple(MemberView(name, literal(value)) for value, name in members.items()),
        tuple(_facts(schema, members)),
    )


def _facts(schema: ir.Schema, members: dict[str, str]) -> list[FactView]:
    metadata = schema.annotations.enum_metadata
    found = []
    for key, name in fact_names(metadata).items():
        values = {value: metadata.get(value, {}).get(key) for value in members}
        kinds = {facts.json_type(value) for value in values.values()}
        shown = tuple((members[v], literal(fact)) for v, fact in values.items())
        found.append(FactView(name, _fact_type(kinds, values), shown))
    return found


def _fact_type(kinds: set[str], values: dict[str, ir.Json]) -> str:
    whole = all(isinstance(v, int) for v in values.values() if v is not None)
    words = {"string": "str", "boolean": "bool", "number": "int" if whole else "float"}
    parts = [words.get(kind, "Any") for kind in sorted(kinds - {"null"})]
    if "Any" in parts:
        return "Any"
    return " | ".join([*parts, *(["None"] if "null" in kinds else [])])


def alias_view(
    names: Names, schema: ir.Schema, shape: sh.Shape, later: frozenset[ir.SchemaId]
) -> AliasView:
    """The view of a named schema without a class or enum of its own."""
    text = annotation(names, shape, later)
    doc = described((schema,), frozenset())
    return AliasView(names.of(schema.id), doc, text)
