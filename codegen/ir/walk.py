"""Ways through the IR that every consumer needs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from codegen.ir import model as ir

A = TypeVar("A")


def find(schema: ir.Schema, kind: type[A]) -> A | None:
    """The first assertion of one kind, or None."""
    for assertion in schema.assertions:
        if isinstance(assertion, kind):
            return assertion
    return None


def children(schema: ir.Schema) -> Iterator[ir.Schema]:
    """The subschemas that stand directly inside a schema, in canonical order."""
    for assertion in schema.assertions:
        yield from subschemas(assertion)


def subschemas(assertion: ir.Assertion) -> Iterator[ir.Schema]:
    """The subschemas of one assertion; a `Ref` has none."""
    match assertion:
        case (
            ir.PrefixItems(schemas=many)
            | ir.AllOf(schemas=many)
            | ir.AnyOf(schemas=many)
            | ir.OneOf(schemas=many)
        ):
            yield from many
        case (
            ir.Properties(schemas=by_name)
            | ir.PatternProperties(schemas=by_name)
            | ir.DependentSchemas(schemas=by_name)
        ):
            yield from by_name.values()
        case ir.IfThenElse(condition, then, otherwise):
            yield condition
            if then is not None:
                yield then
            if otherwise is not None:
                yield otherwise
        case (
            ir.Items(schema=one)
            | ir.Contains(schema=one)
            | ir.UnevaluatedItems(schema=one)
            | ir.AdditionalProperties(schema=one)
            | ir.PropertyNames(schema=one)
            | ir.UnevaluatedProperties(schema=one)
            | ir.Not(schema=one)
        ):
            yield one
        case _:
            return


def walk(schema: ir.Schema) -> Iterator[ir.Schema]:
    """A schema and everything inside it, outside in; references are not followed."""
    stack = [schema]
    while stack:
        current = stack.pop()
        yield current
        stack.extend(reversed(list(children(current))))


def references(schema: ir.Schema) -> Iterator[ir.SchemaId]:
    """The targets of all references inside a schema."""
    for inner in walk(schema):
        for assertion in inner.assertions:
            if isinstance(assertion, ir.Ref):
                yield assertion.target


def same_value(schema: ir.Schema) -> Iterator[tuple[ir.SchemaId, ir.Location]]:
    """The references of a schema, with their places, that are asked about the value it
    is asked about: not those about a member of it."""
    stack = [schema]
    while stack:
        schema = stack.pop()
        for assertion in schema.assertions:
            match assertion:
                case ir.Ref(target):
                    yield target, schema.location.child("$ref")
                case ir.AllOf(many) | ir.AnyOf(many) | ir.OneOf(many):
                    stack.extend(many)
                case ir.DependentSchemas(by_name):
                    stack.extend(by_name.values())
                case ir.Not(one):
                    stack.append(one)
                case ir.IfThenElse(condition, then, otherwise):
                    parts = (condition, then, otherwise)
                    stack.extend(part for part in parts if part is not None)
                case _:
                    pass


def closure(module: ir.Module, roots: list[ir.SchemaId]) -> list[ir.SchemaId]:
    """The roots and all they refer to, directly or not, in order of discovery."""
    seen: dict[ir.SchemaId, None] = {}
    queue = list(roots)
    for target in queue:
        if target not in seen:
            seen[target] = None
            queue.extend(references(module.schemas[target]))
    return list(seen)
