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
    """One property as a field of a class.

    `schemas` are those that describe the property, and `schema` is what they come to
    together. All of them apply to the value, unless they stand `apart` in branches of a
    union, when one of them does. If the field is `loose`, some branch does not declare
    the property, so that none need apply: a value that meets none of them is then kept
    beside the fields, unless the property is required.

    `nullable` tells whether null is a value of the property. If the property is absent,
    an optional field holds UNSET where it is nullable, and None otherwise. `constant`
    is a value that the constructor fills in: the only value of a required property, or
    the tag of the class; `member` is the enum member for it.
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
    """How the field holds base64, if it does."""

    @property
    def must_be_given(self) -> bool:
        """Whether the constructor requires a value."""
        return self.required and self.constant is None

    @property
    def is_none_if_absent(self) -> bool:
        """Whether the field holds None if the property is absent."""
        has_default = self.constant is not None or self.member is not None
        return not (self.required or self.nullable or has_default)


def accessors(fields: Iterable[Field]) -> dict[str, Field]:
    """The properties of a class that give the bytes of fields with base64, by name. One
    whose name is that of a field is left out."""
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

    `tags` are the values, by property, that tell objects of the class from others.
    `left_out` are properties that the schema requires and that an object may lack all
    the same.

    A property that only branches of a union declare is a field, too, because one class
    holds the objects of all branches.
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
    """The schemas that describe a property. They stand `apart` if they are in different
    branches, of which not all apply at once; they are `loose` if an object may meet a
    branch without any of them."""

    schemas: tuple[ir.Schema, ...]
    apart: bool = False
    loose: bool = False

    def schema(self, shapes: Structure, outer: ir.Schema, name: str) -> ir.Schema:
        """The one schema that they come to, made inside the class of `outer` if it has
        to be made."""
        label = pascal(name) or "Property"
        made = shapes.joints.either if self.apart else shapes.joints.both
        return made(outer, label, self.schemas) or self.schemas[0]


def declared_properties(
    module: ir.Module, schema: ir.Schema
) -> list[tuple[str, Declared]]:
    """The properties that are fields of a class, in the order of the specification."""
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
    """Whether each branch of some union has a schema for the property."""
    return any(
        all(name in facts.properties(module, branch) for branch in _branches(assertion))
        for part in facts.conjuncts(module, schema)
        for assertion in part.assertions
        if _decides(assertion)
    )


def _decides(assertion: ir.Assertion) -> bool:
    """Whether an object always meets one of the branches of the assertion."""
    if isinstance(assertion, ir.IfThenElse):
        return None not in (assertion.then, assertion.otherwise)
    return isinstance(assertion, (ir.AnyOf, ir.OneOf))


def _with_tag(
    shapes: Shapes, names: Names, field: Field, tag: facts.Tag | None
) -> Field:
    """The field with its constant: the tag of the class if there is one."""
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
        values = facts.tag_values(module, (one,))
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
