"""Schemas that describe objects or arrays and, as they name no type, accept anything
else as well."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from codegen.ir import facts
from codegen.ir import model as ir
from codegen.ir.walk import find, in_place, is_leaf
from codegen.linter.context import Context
from codegen.linter.objects import conditions

_KINDS: Final = (
    (ir.Properties, "properties", "object"),
    (ir.Items, "items", "array"),
    (ir.PrefixItems, "prefixItems", "array"),
)
"""What describes the inside of values of one type: its keyword, and the type."""


def check(context: Context) -> None:
    """All checks of this module."""
    asked = conditions(context)
    parts = {
        inner.id
        for schema in context.schemas
        for assertion in schema.assertions
        for inner in in_place(assertion)
    }
    told: set[ir.SchemaId] = set()
    for described in _unreferred(context):
        _look_at(context, described, told)
    for schema in context.schemas:
        if schema.id in asked or schema.id in parts or is_leaf(schema):
            continue
        for described in _inside(context.module, schema):
            _look_at(context, described, told)


def _unreferred(context: Context) -> Iterator[tuple[ir.Schema, ...]]:
    """The named schemas to which no other refers: those of whole documents."""
    referred = {
        assertion.target
        for schema in context.schemas
        for assertion in schema.assertions
        if isinstance(assertion, ir.Ref)
    }
    for schema_id in context.module.names.values():
        if schema_id not in referred:
            yield (context.module.schemas[schema_id],)


def _inside(module: ir.Module, schema: ir.Schema) -> Iterator[tuple[ir.Schema, ...]]:
    """For each value inside those of a schema, what describes it together."""
    yield from facts.properties(module, schema).values()
    yield tuple(items.schema for items in facts.stated(module, schema, ir.Items))
    for first in facts.stated(module, schema, ir.PrefixItems):
        yield from ((inner,) for inner in first.schemas)
    for rest in facts.stated(module, schema, ir.AdditionalProperties):
        yield (rest.schema,)
    for named in facts.stated(module, schema, ir.PatternProperties):
        yield from ((inner,) for inner in named.schemas.values())


def _look_at(
    context: Context, described: tuple[ir.Schema, ...], told: set[ir.SchemaId]
) -> None:
    """Report what is described together and may be of any type."""
    if not all(
        facts.types(context.module, one) == facts.ALL_TYPES for one in described
    ):
        return
    for one in described:
        for part in facts.conjuncts(context.module, one):
            if part.id not in told:
                told.add(part.id)
                _say(context, part)


def _say(context: Context, schema: ir.Schema) -> None:
    for kind, keyword, type_ in _KINDS:
        if find(schema, kind) is not None:
            message = (
                f"`{keyword}` without `type`: what is no {type_} is valid here as "
            )
            message += "well, so the type in code ends in `| Any`; "
            message += f"add `type: {type_}` if nothing else is meant"
            context.add("untyped", message, schema.location)
            return
