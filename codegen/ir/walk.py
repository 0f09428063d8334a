"""Ways through the IR that every consumer needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Final, TypeVar, assert_never

from codegen.ir import model as ir

A = TypeVar("A")


def find(schema: ir.Schema, kind: type[A]) -> A | None:
    """The first assertion of one kind, or None."""
    for assertion in schema.assertions:
        if isinstance(assertion, kind):
            return assertion
    return None


def children(schema: ir.Schema) -> tuple[ir.Schema, ...]:
    """The subschemas that stand directly inside a schema, in canonical order. They are
    remembered in the schema, because a dozen consumers ask for them."""
    found = schema.children
    if found is None:
        found = tuple(
            inner
            for assertion in schema.assertions
            if not isinstance(assertion, _BARE)
            for inner in subschemas(assertion)
        )
        object.__setattr__(schema, "children", found)
    return found


_BARE: Final = (ir.OnAnyValue, ir.OnNumbers, ir.OnStrings, ir.Ref, ir.Required)
"""Most assertions are of these kinds and hold no schema; asking each of them takes
longer than this test."""


def is_leaf(schema: ir.Schema) -> bool:
    """Whether a schema leads to no other: it holds none and refers to none. Most
    schemas are such."""
    inner = schema.children
    if inner is None:
        inner = children(schema)
    if inner or schema.annotations.branch_of is not None:
        return False
    for assertion in schema.assertions:  # noqa: SIM110 - it is asked of every schema
        if assertion.__class__ is ir.Ref:
            return False
    return True


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
            yield from (s for s in (condition, then, otherwise) if s is not None)
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
        case ir.OnAnyValue() | ir.OnNumbers() | ir.OnStrings() | ir.Ref():
            return
        case ir.MinItems() | ir.MaxItems() | ir.UniqueItems():
            return
        case (
            ir.Required()
            | ir.MinProperties()
            | ir.MaxProperties()
            | ir.DependentRequired()
        ):
            return
        case _:
            assert_never(assertion)


def map_subschemas(
    assertion: ir.Assertion, change: Callable[[ir.Schema], ir.Schema]
) -> ir.Assertion:
    """The assertion with `change` applied to each of its subschemas, in the order of
    `subschemas`. An assertion without subschemas is returned as it is."""
    match assertion:
        case ir.PrefixItems() | ir.AllOf() | ir.AnyOf() | ir.OneOf():
            return replace(assertion, schemas=tuple(map(change, assertion.schemas)))
        case ir.Properties() | ir.PatternProperties() | ir.DependentSchemas():
            changed = {name: change(s) for name, s in assertion.schemas.items()}
            return replace(assertion, schemas=changed)
        case ir.IfThenElse(condition, then, otherwise):
            return ir.IfThenElse(
                change(condition),
                None if then is None else change(then),
                None if otherwise is None else change(otherwise),
            )
        case (
            ir.Items()
            | ir.Contains()
            | ir.UnevaluatedItems()
            | ir.AdditionalProperties()
            | ir.PropertyNames()
            | ir.UnevaluatedProperties()
            | ir.Not()
        ):
            return replace(assertion, schema=change(assertion.schema))
        case ir.OnAnyValue() | ir.OnNumbers() | ir.OnStrings() | ir.Ref():
            return assertion
        case ir.MinItems() | ir.MaxItems() | ir.UniqueItems():
            return assertion
        case (
            ir.Required()
            | ir.MinProperties()
            | ir.MaxProperties()
            | ir.DependentRequired()
        ):
            return assertion
        case _:
            assert_never(assertion)


def in_place(assertion: ir.Assertion) -> Iterator[ir.Schema]:
    """The subschemas of an assertion that are about the same value as the assertion,
    and not about a member of the value or the name of one."""
    match assertion:
        case ir.InPlace() | ir.DependentSchemas():
            yield from subschemas(assertion)
        case ir.OnAnyValue() | ir.OnNumbers() | ir.OnStrings() | ir.OnArrays():
            return
        case (
            ir.Properties()
            | ir.PatternProperties()
            | ir.AdditionalProperties()
            | ir.PropertyNames()
            | ir.Required()
            | ir.MinProperties()
            | ir.MaxProperties()
            | ir.DependentRequired()
            | ir.UnevaluatedProperties()
        ):
            return
        case _:
            assert_never(assertion)


def asserted(
    module: ir.Module,
    schemas: Iterable[ir.Schema],
    but: type | tuple[()] = (),
) -> Iterator[tuple[ir.Schema, ir.Assertion]]:
    """What is asserted of one value by schemas and all that they lead to, whatever that
    depends on, each with the schema that says it. What assertions of a kind lead to is
    left out."""
    seen: set[ir.SchemaId] = set()
    stack = list(schemas)
    while stack:
        schema = stack.pop()
        if schema.id in seen:
            continue
        seen.add(schema.id)
        for assertion in schema.assertions:
            yield schema, assertion
            if isinstance(assertion, ir.Ref):
                stack.append(module.schemas[assertion.target])
            elif not isinstance(assertion, but):
                stack.extend(in_place(assertion))


def walk(schema: ir.Schema) -> Iterator[ir.Schema]:
    """A schema and everything inside it, outside in; references are not followed."""
    stack = [schema]
    while stack:
        current = stack.pop()
        yield current
        inner = current.children
        if inner is None:
            inner = children(current)
        if inner:
            stack += inner[::-1]


def weaker(schema: ir.Schema) -> bool:
    """Whether something inside a schema is not enforced, so that it accepts more than
    the source says. References are not followed."""
    return any(d.weaker for s in walk(schema) for d in s.annotations.departures)


def references(schema: ir.Schema) -> Iterator[ir.SchemaId]:
    """The targets of all references inside a schema."""
    for inner in walk(schema):
        for assertion in inner.assertions:
            if assertion.__class__ is ir.Ref:
                yield assertion.target


def same_value(schema: ir.Schema) -> Iterator[tuple[ir.SchemaId, ir.Location]]:
    """The references inside a schema that are about the same value as the schema, and
    not about a member of it; each with the place where it stands."""
    stack = [schema]
    while stack:
        schema = stack.pop()
        for assertion in schema.assertions:
            if isinstance(assertion, ir.Ref):
                yield assertion.target, schema.location.child("$ref")
            stack.extend(in_place(assertion))


def closure(module: ir.Module, roots: list[ir.SchemaId]) -> list[ir.SchemaId]:
    """The roots and all they refer to, directly or not, in order of discovery."""
    seen: dict[ir.SchemaId, None] = {}
    queue = list(roots)
    for target in queue:
        if target not in seen:
            seen[target] = None
            queue.extend(references(module.schemas[target]))
    return list(seen)
