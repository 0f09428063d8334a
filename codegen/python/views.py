"""Frozen views: what the templates of a package are given, and nothing to decide.

What is `Code` a template prints as it is; a `str` is text of the specification, for
which it names a door.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from codegen.ir import facts
from codegen.ir import model as ir
from codegen.python.emit import printer, tree
from codegen.python.emit.tokens import Renames
from codegen.python.model import enumerations
from codegen.python.model import shapes as sh
from codegen.python.model.aliases import Alias
from codegen.python.model.annotations import (
    ANY,
    NONE,
    UNSET,
    annotation,
    dict_of,
    either,
    field_annotation,
)
from codegen.python.model.docstrings import described
from codegen.python.model.encoded import Encoded
from codegen.python.model.fields import Field, accessors
from codegen.python.model.members import Member
from codegen.python.model.names import Names, fact_names
from codegen.python.model.old_names import Old
from codegen.python.model.typed_texts import NONE as NO_FORMATS
from codegen.python.model.typed_texts import Formats
from codegen.text import Code, Name, name


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field of a class: its declaration and its documentation."""

    declaration: Code
    doc: str


@dataclass(frozen=True, slots=True)
class BytesView:
    """A property that returns the bytes of a field: its first line, the code for an
    absent value, if the field may be absent, and the code for a value."""

    head: Code
    doc: str
    absent: Code
    decoded: Code


@dataclass(frozen=True, slots=True)
class ClassView:
    """One class; `head` is its first line, which contains `name` and `base`; `old` are
    properties under old names."""

    name: Name
    base: Name
    head: Code
    doc: str
    fields: tuple[FieldView, ...]
    encoded: tuple[BytesView, ...]
    old: tuple[Code, ...]
    extras: Code | None
    """The first line of the method that gives what no field holds, if it is typed."""


@dataclass(frozen=True, slots=True)
class FactView:
    """A property of an enum's members: its first line and the table of its values."""

    head: Code
    doc: str
    table: Code


@dataclass(frozen=True, slots=True)
class MemberView:
    """One member of an enum, and what the specification says of it."""

    assignment: Code
    doc: str


@dataclass(frozen=True, slots=True)
class EnumView:
    """One enum, with the facts that the specification gives of its members; `head` is
    its first line, which contains `name` and `base`; `old` are members under old
    names."""

    name: Name
    base: Name
    head: Code
    doc: str
    members: tuple[MemberView, ...]
    facts: tuple[FactView, ...]
    old: tuple[Code, ...] = ()


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
    if field.member is not None and isinstance(field.shape, sh.EnumShape):
        return tree.Attribute(tree.Name(names.of(field.shape.id)), field.member)
    if field.constant is not None:
        return tree.Constant(field.constant)
    if field.must_be_given:
        return None
    return UNSET if field.nullable else NONE


def class_view(
    names: Names,
    schema: ir.Schema,
    describing: tuple[ir.Schema, ...],
    fields: Sequence[Field],
    declared: Sequence[tree.Declare],
    formats: Formats,
    renames: Renames,
    old: Iterable[tree.Function] = (),
    extras: tree.Expr | None = None,
) -> ClassView:
    """The view of a schema that becomes a class; its documentation is that of those
    `describing` it; each field has been `declared`. `renames` are names that the module
    imports under others, `old` the properties of the class under old names, `extras` is
    the type of what no field holds, where it has one."""
    doc = described(describing, formats, own=False, called=names.of(schema.id))
    views = tuple(
        FieldView(
            printer.inside(shown, 1, renames),
            described(
                field.schemas,
                formats,
                types=sh.text_types(field.shape),
                called=field.wire,
            ),
        )
        for field, shown in zip(fields, declared, strict=True)
    )
    encoded = tuple(
        _bytes_view(names, field, field.encoded)
        for field in accessors(fields).values()
        if field.encoded
    )
    own, base = names.of(schema.id), names.base
    head = printer.class_head(own, base)
    shown = tuple(printer.inside(each, 1, renames) for each in old)
    given = None if extras is None else printer.method_head("_extras", extras, renames)
    return ClassView(own, base, head, doc, views, encoded, shown, given)


def extras_of(
    names: Names, shape: sh.Shape, fields: Sequence[Field]
) -> tree.Expr | None:
    """The type of the properties that no field holds, whose values are of a shape; None
    where any JSON may be among them."""
    known = sh.members(shape)
    if sh.Anything() in known or sh.Nothing() in known:
        return None
    if any(field.loose for field in fields):
        return None  # What fits into no field is among them as well.
    return annotation(names, sh.Map(shape))


def _bytes_view(names: Names, field: Field, encoded: Encoded) -> BytesView:
    own = field.attribute
    kind = "base64url" if encoded.url else "base64"
    no = f"{'one' if encoded.listed else 'it'} is no {kind}"
    doc = f"`{own}` as bytes, decoded once. `ValueError` if {no}."
    of = tree.Attribute(tree.Name("self"), own)
    tests = [tree.compare(of, "is", value) for value in _absent(field)]
    missing = tree.If(tree.some(tests), (tree.Return(NONE),)) if tests else None
    decode = "_decoded_items" if encoded.listed else "_decoded"
    arguments = [tree.Constant(str(own)), *[tree.Constant(True)] * encoded.url]
    found = tree.call(tree.Attribute(tree.Name("self"), decode), *arguments)
    return BytesView(
        printer.method_head(name(f"{own}_bytes"), _bytes_type(field)),
        doc,
        printer.inside(missing, 2) if missing else Code(),
        printer.inside(tree.Return(found), 2),
    )


def _absent(field: Field) -> list[tree.Expr]:
    """What a field holds where there are no bytes."""
    absent: list[tree.Expr] = [NONE] if field.nullable or not field.required else []
    return absent + ([UNSET] if field.nullable and not field.required else [])


def _bytes_type(field: Field) -> tree.Expr:
    given: tree.Expr = tree.Name("_Bytes")
    if field.encoded is not None and field.encoded.listed:
        given = tree.Subscript(tree.Name("list"), given)
    return either([given, NONE]) if _absent(field) else given


def old_attributes(
    names: Names, fields: Sequence[Field], olds: Iterable[Old]
) -> list[tree.Function]:
    """The properties of a class under old names."""
    types = {str(f.attribute): field_annotation(names, f) for f in fields}
    types |= {name: _bytes_type(field) for name, field in accessors(fields).items()}
    own = tree.Name("self")
    return [_old(old, tree.Name("_accessor"), own, types[str(old.new)]) for old in olds]


def _old(
    old: Old, decorator: tree.Name, owner: tree.Name, returns: tree.Expr
) -> tree.Function:
    """What gives something of its owner under an old name."""
    told = tree.call("_deprecated", tree.Constant(old.message))
    found = tree.Return(tree.Attribute(owner, old.new))
    own = (tree.Parameter("self"),)
    return tree.Function(old.name, own, returns, (found,), decorators=(decorator, told))


def enum_view(
    names: Names,
    schema: ir.Schema,
    describing: tuple[ir.Schema, ...],
    olds: Iterable[Old] = (),
) -> tuple[EnumView, tuple[tree.Expr, ...]]:
    """The view of a schema that becomes an enum, and the annotations in it; its
    documentation is that of those `describing` it."""
    values = enumerations.members(names.module, schema)
    docs = enumerations.described(schema)
    members = names.members(schema, values)
    numbers = any(isinstance(value, int) for value in values)
    found = _facts(schema, members)
    own, base = names.of(schema.id), name("IntEnum" if numbers else "StrEnum")
    itself, decorator = tree.Name(own), tree.Name("_OldMember")
    view = EnumView(
        own,
        base,
        printer.class_head(own, base),
        described(describing, NO_FORMATS, own=False, members=True, called=own),
        tuple(_member_view(member, docs) for member in members),
        tuple(view for view, _ in found),
        tuple(printer.inside(_old(o, decorator, itself, itself), 1) for o in olds),
    )
    return view, tuple(of for _, of in found)


def _member_view(member: Member, docs: Mapping[ir.Json, str]) -> MemberView:
    assigned = tree.Assign(tree.Name(member.name), tree.Constant(member.value))
    return MemberView(
        printer.inside(assigned, 1), member.doc or docs.get(member.value, "")
    )


def _facts(
    schema: ir.Schema, members: Iterable[Member]
) -> list[tuple[FactView, tree.Expr]]:
    """The facts of members, each with its annotation."""
    metadata = schema.annotations.enum_metadata
    found = []
    for key, fact in fact_names(metadata).items():
        values = {
            member.name: metadata.get(str(member.value), {}).get(key)
            for member in members
        }
        kinds = {facts.json_type(value) for value in values.values()}
        of = _fact_type(kinds, values)
        pairs = tuple(
            (tree.Constant(str(member)), tree.Constant(fact_value))
            for member, fact_value in values.items()
        )
        table = tree.Declare(
            tree.Name("facts"),
            dict_of(of),
            tree.Mapping(pairs, exploded=True),
        )
        doc = f"`{fact}` of this member, from the specification."
        head = printer.method_head(fact, of)
        found.append((FactView(head, doc, printer.inside(table, 2)), of))
    return found


def _fact_type(kinds: set[str], values: Mapping[Name, ir.Json]) -> tree.Expr:
    whole = all(isinstance(v, int) for v in values.values() if v is not None)
    words = {"string": "str", "boolean": "bool", "number": "int" if whole else "float"}
    parts: list[tree.Expr] = []
    for kind in sorted(kinds - {"null"}):
        parts.append(tree.Name(words[kind]) if kind in words else ANY)
    if ANY in parts:
        return ANY
    return either([*parts, *([NONE] if "null" in kinds else [])])


def declared_alias(names: Names, told: Names, alias: Alias) -> tree.Declare:
    """The declaration of a named schema without a class or enum of its own; `told` are
    the names by which it mentions others."""
    return tree.Declare(
        tree.Name(names.of(alias.schema.id)),
        tree.Name("TypeAlias", "typing"),
        annotation(told, alias.shape, alias.quoted),
    )


def alias_view(
    names: Names,
    declared: tree.Declare,
    alias: Alias,
    formats: Formats,
    renames: Renames,
) -> AliasView:
    """The view of such a schema, which has been `declared`; `renames` are as for
    `class_view`."""
    shown = printer.inside(declared, 0, renames)
    types = sh.text_types(alias.shape)
    called = names.of(alias.schema.id)
    doc = described((alias.schema,), formats, types=types, called=called)
    return AliasView(shown, doc)
