"""The fields of a class: names, types, whether each may be absent or null."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import assert_never

from codegen.ir import facts
from codegen.ir import model as ir
from codegen.python.model import enumerations
from codegen.python.model.encoded import Encoded, encoding_of
from codegen.python.model.identifiers import attribute, pascal
from codegen.python.model.names import Names
from codegen.python.model.shapes import (
    EnumShape,
    Shape,
    Typed,
    named_in,
    opened,
    walk,
)
from codegen.python.model.shaping import Shapes
from codegen.python.model.structure import Structure
from codegen.text import Name


@dataclass(frozen=True, slots=True)
class Field:
    """One property as a field. `schemas` are all schemas that apply to it, or of which
    one does if they stand `apart` in branches, and none need do if it is `loose`;
    `schema` is what they come to. A loose field that is not required holds nothing but
    what meets one of them, and anything else is kept beside the fields.

    `nullable` tells whether null is a value of the property; an absent optional
    field holds UNSET if it is, and None if it is not. `constant` is the one value that
    the constructor sends without being asked for: that of a required property which
    has no other, or the tag of the class. `member` is the member of an enum that is it.
    """

    wire: str
    attribute: Name
    schemas: tuple[ir.Schema, ...]
    shape: Shape
    required: bool
    nullable: bool
    constant: facts.Tag | None
    schema: ir.Schema
    apart: bool = False
    loose: bool = False
    member: Name | None = None
    encoded: Encoded | None = None
    """What of base64 the field holds."""

    @property
    def must_be_given(self) -> bool:
        """Whether the constructor has no value for it."""
        return self.required and self.constant is None

    @property
    def is_none_if_absent(self) -> bool:
        """Whether the field holds None where its property is absent."""
        has_default = self.constant is not None or self.member is not None
        return not (self.required or self.nullable or has_default)


def accessors(fields: Iterable[Field]) -> dict[str, Field]:
    """The properties that give the bytes of fields, by name; what is a field already
    has none."""
    every = tuple(fields)
    taken = {field.attribute for field in every}
    named = {f"{field.attribute}_bytes": field for field in every if field.encoded}
    return {name: field for name, field in named.items() if name not in taken}


def fields_of(
    module: ir.Module,
    shapes: Shapes,
    names: Names,
    schema: ir.Schema,
    tags: Mapping[str, facts.Tag],
    left_out: frozenset[str],
) -> tuple[Field, ...]:
    """The fields of the class of a schema, in the order of the specification.

    `tags` are those that tell its objects from others, by property; `left_out` are
    required properties that an object may lack nevertheless.

    Properties that only branches of a union declare are fields as well: the class
    must hold them whichever branch an object meets.
    """
    required = facts.required(module, schema) - left_out
    fields = [
        _field(module, shapes, schema, name, found, name in required)
        for name, found in declared_properties(module, schema)
    ]
    fields = [_with_tag(shapes, names, field, tags.get(field.wire)) for field in fields]
    types = {names.of(i) for field in fields for i in named_in(field.shape)}
    given = {f.wire: names.renames.of_field(f.schemas) for f in fields}
    attributes = names.fields(given, frozenset(types))
    return tuple(_called(f, attributes[f.wire]) for f in fields)


def _called(field: Field, name: Name) -> Field:
    return field if field.attribute == name else replace(field, attribute=name)


@dataclass(frozen=True, slots=True)
class Declared:
    """The schemas of a property; `apart` are those of branches, of which not all apply
    at once, and none need apply where it is `loose`."""

    schemas: tuple[ir.Schema, ...]
    apart: bool = False
    loose: bool = False

    def schema(self, shapes: Structure, outer: ir.Schema, name: str) -> ir.Schema:
        """The one schema that they come to, in the class of `outer`."""
        label = pascal(name) or "Property"
        made = shapes.joints.either if self.apart else shapes.joints.both
        return made(outer, label, self.schemas) or self.schemas[0]


def declared_properties(
    module: ir.Module, schema: ir.Schema
) -> list[tuple[str, Declared]]:
    """The properties of which a class has fields, in the order of the specification."""
    found = {
        name: Declared(schemas)
        for name, schemas in facts.properties(module, schema).items()
    }
    for name, schemas in _branch_properties(module, schema).items():
        if name not in found:
            loose = not _is_in_every_branch(module, schema, name)
            found[name] = Declared(schemas, apart=True, loose=loose)
    return list(found.items())


def _is_in_every_branch(module: ir.Module, schema: ir.Schema, name: str) -> bool:
    """Whether an object meets a schema for a property whichever branch it meets."""
    return any(
        all(name in facts.properties(module, branch) for branch in _branches(assertion))
        for part in facts.conjuncts(module, schema)
        for assertion in part.assertions
        if _decides(assertion)
    )


def _decides(assertion: ir.Assertion) -> bool:
    """Whether an object meets one of the branches of an assertion in any case."""
    if isinstance(assertion, ir.IfThenElse):
        return None not in (assertion.then, assertion.otherwise)
    return isinstance(assertion, (ir.AnyOf, ir.OneOf))


def _with_tag(
    shapes: Shapes, names: Names, field: Field, tag: facts.Tag | None
) -> Field:
    """The field with the value that is sent without being asked for."""
    if tag is not None and (field.required or not field.nullable):
        field = replace(field, constant=tag)
    elif not field.required and field.constant is not None:
        field = replace(field, constant=None)
    if not isinstance(field.shape, EnumShape) or field.constant is None:
        return field
    enum = shapes.enum(field.shape)
    members = names.members(enum, enumerations.values(shapes.module, enum) or ())
    found = [m.name for m in members if m.value == field.constant]
    return replace(field, member=found[0] if found else None)


def _branch_properties(
    module: ir.Module, schema: ir.Schema
) -> dict[str, tuple[ir.Schema, ...]]:
    found: dict[str, tuple[ir.Schema, ...]] = {}
    stack = list(facts.conjuncts(module, schema))
    seen = {part.id for part in stack}
    while stack:
        part = stack.pop(0)
        for assertion in part.assertions:
            for branch in _branches(assertion):
                for name, schemas in facts.properties(module, branch).items():
                    found[name] = (*found.get(name, ()), *schemas)
                deeper = facts.conjuncts(module, branch)
                fresh = [s for s in deeper if s.id not in seen]
                seen.update(s.id for s in fresh)
                stack.extend(fresh)
    return found


def _branches(assertion: ir.Assertion) -> tuple[ir.Schema, ...]:
    """The schemas that an object meets in some cases only."""
    match assertion:
        case ir.AnyOf(schemas) | ir.OneOf(schemas):
            return schemas
        case ir.IfThenElse(_, then, otherwise):
            return tuple(s for s in (then, otherwise) if s is not None)
        case ir.DependentSchemas(schemas=by_name):
            return tuple(by_name.values())
        case ir.Ref() | ir.AllOf() | ir.Not():
            return ()  # The first two are met in all cases, the last in none.
        case ir.OnAnyValue() | ir.OnNumbers() | ir.OnStrings() | ir.OnArrays():
            return ()
        case ir.Properties() | ir.PatternProperties() | ir.AdditionalProperties():
            return ()  # These and the rest are about the members of an object.
        case ir.PropertyNames() | ir.UnevaluatedProperties():
            return ()
        case ir.Required() | ir.DependentRequired():
            return ()
        case ir.MinProperties() | ir.MaxProperties():
            return ()
        case _:
            assert_never(assertion)


def _field(
    module: ir.Module,
    shapes: Shapes,
    outer: ir.Schema,
    name: str,
    declared: Declared,
    required: bool,
) -> Field:
    schemas = declared.schemas
    schema = declared.schema(shapes, outer, name)
    shape = shapes.use(schema)
    nulls = ["null" in facts.types(module, one) for one in schemas]
    constant = None
    for one in schemas:
        values = facts.finite_values(module, one)
        if values is not None and len(values) == 1 and isinstance(values[0], str):
            constant = values[0]
    plain_bytes = declared.apart or any(isinstance(s, Typed) for s in walk(shape))
    return Field(
        wire=name,
        attribute=attribute(name),
        schemas=schemas,
        shape=opened(shape) if declared.loose and required else shape,
        required=required,
        nullable=any(nulls) if declared.apart else all(nulls),
        constant=constant,
        schema=schema,
        apart=declared.apart,
        loose=declared.loose,
        encoded=None if plain_bytes else encoding_of(module, schemas),
    )
