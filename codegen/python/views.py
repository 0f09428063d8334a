"""Frozen views: what the templates of a package are given, and nothing to decide.

What is `Code` a template prints as it is; a `str` is text of the specification, for
which it names a door.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from codegen.ir import facts
from codegen.ir import model as ir
from codegen.python.emit import printer, tree
from codegen.python.model import shapes as sh
from codegen.python.model.annotations import (
    ANY,
    NONE,
    UNSET,
    annotation,
    either,
    field_annotation,
)
from codegen.python.model.docstrings import described
from codegen.python.model.fields import Field
from codegen.python.model.names import Names, fact_names, member_names
from codegen.text import Code, Name, name


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field of a class: its declaration, and what it says."""

    declaration: Code
    doc: str


@dataclass(frozen=True, slots=True)
class BytesView:
    """A property that gives the bytes of a field `of`, which may be `absent`; `head`
    is its first line."""

    head: Code
    of: Name
    absent: bool
    doc: str


@dataclass(frozen=True, slots=True)
class ClassView:
    """One class; `head` is its first line."""

    head: Code
    doc: str
    fields: tuple[FieldView, ...]
    encoded: tuple[BytesView, ...] = ()


@dataclass(frozen=True, slots=True)
class FactView:
    """A property of an enum's members: its first line and the table of its values."""

    head: Code
    doc: str
    table: Code


@dataclass(frozen=True, slots=True)
class EnumView:
    """One enum, with the facts that the specification gives of its members."""

    head: Code
    doc: str
    members: tuple[Code, ...]
    facts: tuple[FactView, ...]
    uses: tuple[tree.Expr, ...]


@dataclass(frozen=True, slots=True)
class AliasView:
    """A named schema that is neither class nor enum."""

    declaration: Code
    doc: str


def declared(names: Names, field: Field) -> tree.Declare:
    """The declaration of a field."""
    return tree.Declare(
        tree.Name(field.attribute),
        field_annotation(names, field),
        _default(names, field),
    )


def _default(names: Names, field: Field) -> tree.Expr | None:
    """What a field holds when it is not given; None if it must be."""
    if not field.required:
        return UNSET if field.nullable else NONE
    member = field.member()
    if member is not None and isinstance(field.shape, sh.EnumShape):
        return tree.Attribute(tree.Name(names.of(field.shape.id)), member)
    return None if field.constant is None else tree.Constant(field.constant)


def class_view(
    names: Names,
    schema: ir.Schema,
    describing: tuple[ir.Schema, ...],
    fields: list[Field],
    formats: frozenset[str],
) -> ClassView:
    """The view of a schema that becomes a class; its documentation is that of those
    `describing` it."""
    doc = described(describing, formats, own=False)
    views = tuple(
        FieldView(
            printer.inside(declared(names, field), 1), described(field.schemas, formats)
        )
        for field in fields
    )
    taken = {field.attribute for field in fields}
    encoded = tuple(
        _bytes_view(names, field)
        for field in fields
        if is_base64(field) and f"{field.attribute}_bytes" not in taken
    )
    head = printer.class_head(names.of(schema.id), names.base)
    return ClassView(head, doc, views, encoded)


def _bytes_view(names: Names, field: Field) -> BytesView:
    own = field.attribute
    doc = f"`{own}` as bytes, decoded once. `ValueError` if it is no base64."
    absent = _default(names, field) is not None
    given = tree.Name("_Bytes")
    returns = either([given, NONE]) if absent else given
    head = printer.method_head(name(f"{own}_bytes"), returns)
    return BytesView(head, own, absent, doc)


_BASE64 = re.compile(r"base64[- ]encoded\b", re.IGNORECASE)


def is_base64(field: Field) -> bool:
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


def enum_view(
    names: Names, schema: ir.Schema, describing: tuple[ir.Schema, ...]
) -> EnumView:
    """The view of a schema that becomes an enum; its documentation is that of those
    `describing` it."""
    values = facts.finite_values(names.module, schema) or ()
    texts = tuple(dict.fromkeys(v for v in values if isinstance(v, str)))
    members = member_names(texts)
    found = _facts(schema, members)
    return EnumView(
        printer.class_head(names.of(schema.id), "StrEnum"),
        described(describing, frozenset(), own=False),
        tuple(
            printer.inside(tree.Assign(tree.Name(member), tree.Constant(value)), 1)
            for value, member in members.items()
        ),
        tuple(view for view, _ in found),
        tuple(of for _, of in found),
    )


def _facts(
    schema: ir.Schema, members: dict[str, Name]
) -> list[tuple[FactView, tree.Expr]]:
    """The facts of members, each with its annotation."""
    metadata = schema.annotations.enum_metadata
    found = []
    for key, fact in fact_names(metadata).items():
        values = {value: metadata.get(value, {}).get(key) for value in members}
        kinds = {facts.json_type(value) for value in values.values()}
        of = _fact_type(kinds, values)
        pairs = tuple(
            (tree.Constant(str(members[v])), tree.Constant(fact_value))
            for v, fact_value in values.items()
        )
        table = tree.Declare(
            tree.Name("facts"),
            tree.Subscript(
                tree.Name("dict"), tree.Display("()", (tree.Name("str"), of))
            ),
            tree.Mapping(pairs, exploded=True),
        )
        doc = f"`{fact}` of this member, from the specification."
        head = printer.method_head(fact, of)
        found.append((FactView(head, doc, printer.inside(table, 2)), of))
    return found


def _fact_type(kinds: set[str], values: dict[str, ir.Json]) -> tree.Expr:
    whole = all(isinstance(v, int) for v in values.values() if v is not None)
    words = {"string": "str", "boolean": "bool", "number": "int" if whole else "float"}
    parts: list[tree.Expr] = []
    for kind in sorted(kinds - {"null"}):
        parts.append(tree.Name(words[kind]) if kind in words else ANY)
    if ANY in parts:
        return ANY
    return either([*parts, *([NONE] if "null" in kinds else [])])


def alias(
    names: Names, schema: ir.Schema, shape: sh.Shape, later: frozenset[ir.SchemaId]
) -> tree.Declare:
    """The declaration of a named schema without a class or enum of its own."""
    return tree.Declare(
        tree.Name(names.of(schema.id)),
        tree.Name("TypeAlias", "typing"),
        annotation(names, shape, later),
    )


def alias_view(
    names: Names,
    schema: ir.Schema,
    shape: sh.Shape,
    later: frozenset[ir.SchemaId],
    formats: frozenset[str],
) -> AliasView:
    """The view of such a schema."""
    shown = printer.inside(alias(names, schema, shape, later), 0)
    return AliasView(shown, described((schema,), formats))
