"""The fields of a class: names, types, whether each may be absent or null."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import assert_never

from codegen.ir import facts
from codegen.ir import model as ir
from codegen.python.model.encoded import Encoded, encoding_of
from codegen.python.model.identifiers import attribute
from codegen.python.model.members import members_of
from codegen.python.model.names import Names, field_names
from codegen.python.model.shapes import (
    Anything,
    EnumShape,
    Literals,
    Null,
    Scalar,
    Shape,
    members,
    named_in,
    union,
)
from codegen.python.model.shaping import Shapes
from codegen.text import Name


@dataclass(frozen=True, slots=True)
class Field:
    """One property as a field. `schemas` are all schemas that apply to it.

    `nullable` tells whether null is a value of the property; an absent optional
    field holds UNSET if it is, and None if it is not.
    """

    wire: str
    attribute: Name
    schemas: tuple[ir.Schema, ...]
    shape: Shape
    required: bool
    nullable: bool
    constant: str | None
    member: Name | None = None
    """The member of an enum with a single one."""
    encoded: Encoded | None = None
    """What of base64 the field holds."""


def fields_of(
    module: ir.Module,
    shapes: Shapes,
    names: Names,
    schema: ir.Schema,
    left_out: frozenset[str] = frozenset(),
) -> list[Field]:
    """The fields of the class of a schema, in the order of the specification.

    `left_out` are required properties that an object may lack nevertheless.

    Properties that only branches of a union declare are fields as well: the class
    must hold them whichever branch an object meets.
    """
    declared = dict(facts.properties(module, schema))
    required = facts.required(module, schema) - left_out
    fields = [
        _field(module, shapes, name, schemas, name in required)
        for name, schemas in declared.items()
    ]
    for name, schemas in _branch_properties(module, schema).items():
        if name not in declared:
            found = _field(module, shapes, name, schemas, name in required, apart=True)
            fields.append(found)
            declared[name] = schemas
    types = {names.of(i) for field in fields for i in named_in(field.shape)}
    attributes = field_names(list(declared), frozenset(types))
    return [replace(field, attribute=attributes[field.wire]) for field in fields]


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
    name: str,
    schemas: tuple[ir.Schema, ...],
    required: bool,
    *,
    apart: bool = False,
) -> Field:
    """`apart` tells that not all schemas apply at once: they are of branches."""
    found = [shapes.use(schema) for schema in schemas]
    nulls = ["null" in facts.types(module, schema) for schema in schemas]
    nullable = any(nulls) if apart else all(nulls)
    if not apart:
        found = _together(module, schemas, found)
    shape = found[0] if len(set(found)) == 1 else union(_narrowest(found))
    if nullable and isinstance(shape, Null):
        shape = Null()
    constant = None
    for schema in schemas:
        values = facts.finite_values(module, schema)
        if values is not None and len(values) == 1 and isinstance(values[0], str):
            constant = values[0]
    member = None
    if constant is not None and isinstance(shape, EnumShape):
        member = members_of(shapes.enumerated(shape), (constant,))[0].name
    return Field(
        name,
        attribute(name),
        schemas,
        shape,
        required,
        nullable,
        constant,
        member,
        None if apart else encoding_of(module, schemas),
    )


def _together(
    module: ir.Module, schemas: tuple[ir.Schema, ...], found: list[Shape]
) -> list[Shape]:
    """Of the shapes of schemas that hold at once those that say most: enumerations,
    else those with the fewest types. Only among scalars, which are not converted."""
    plain = (Scalar, Literals, Null, Anything)
    if not all(isinstance(m, plain) for shape in found for m in members(shape)):
        return found
    listed = [
        shape
        for schema, shape in zip(schemas, found, strict=True)
        if facts.finite_values(module, schema) is not None
    ]
    types = [facts.types(module, schema) for schema in schemas]
    least = min(types, key=len)
    if listed or not all(least <= one for one in types):
        return listed or found
    return [s for s, one in zip(found, types, strict=True) if one == least]


def _narrowest(found: list[Shape]) -> list[Shape]:
    """Of several shapes for one value those that say something."""
    return [shape for shape in found if shape != Anything()] or found
