"""Schemas that describe objects or arrays and, as they name no type, accept anything
else as well."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from codegen.ir import facts
from codegen.ir import model as ir
from codegen.ir.walk import find, is_leaf
from codegen.linter.context import Context

_KINDS: Final = (
    (ir.Properties, ("properties",), "object"),
    (ir.Items, ("items", "additionalItems"), "array"),
    (ir.PrefixItems, ("prefixItems", "items"), "array"),
)
"""What describes the inside of values of one type: the keywords that say so, as the
dialect has them, and the type."""


def check(context: Context) -> None:
    """All checks of this module: of whole documents, and of values inside those of
    named schemas. What only a condition or a branch says of a value is left out, as
    another schema may say its type."""
    module = context.module
    referred = {
        assertion.target
        for schema in context.schemas
        for assertion in schema.assertions
        if isinstance(assertion, ir.Ref)
    }
    told: set[ir.SchemaId] = set()
    pending = [module.schemas[one] for one in module.names.values()]
    for schema in pending:
        if schema.id not in referred:
            _look_at(context, (schema,), told)
    seen: set[ir.SchemaId] = set()
    for schema in pending:
        if schema.id in seen or is_leaf(schema):
            continue
        seen.add(schema.id)
        for described in _inside(module, schema):
            _look_at(context, described, told)
            if len(described) == 1:
                pending += described


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
    raw = context.raw(schema.location)
    for kind, keywords, type_ in _KINDS:
        written = [one for one in keywords if isinstance(raw, dict) and one in raw]
        if written and find(schema, kind) is not None:
            message = (
                f"`{written[0]}` without `type`: what is no {type_} is valid here "
            )
            message += "as well, so the type in code has `Any` in it; "
            message += f"add `type: {type_}` if nothing else is meant"
            context.add("untyped", message, schema.location)
            return
