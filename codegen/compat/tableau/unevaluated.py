"""What `unevaluatedProperties` and `unevaluatedItems` ask for in any case.

What is evaluated depends on which schemas beside them accept the value. Names and
places that none of these speaks of are left over whatever the value is like.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, assert_never

from codegen.compat.normal.normalise import Side
from codegen.compat.tableau.saying import (
    FALSE,
    Clause,
    Fact,
    Own,
    Said,
    SomeItem,
    Vague,
)
from codegen.ir import model as ir
from codegen.ir import walk


def known(
    side: Side,
    owner: ir.Schema,
    rule: ir.UnevaluatedProperties | ir.UnevaluatedItems,
) -> tuple[ir.Assertion | Own, ...]:
    """What holds of an object or array for which the rule holds."""
    beside = list(_beside(side.module, owner, rule))
    if isinstance(rule, ir.UnevaluatedItems):
        return _items(owner, rule, beside)
    return _properties(side, owner, rule, beside)


def _properties(
    side: Side,
    owner: ir.Schema,
    rule: ir.UnevaluatedProperties,
    beside: list[ir.Assertion],
) -> tuple[ir.Assertion | Own, ...]:
    static = side.static_properties(rule, owner)
    if static is not None:
        return (static,)
    vague = Vague("unevaluatedProperties", owner.location.pointer)
    names: dict[str, None] = {}
    patterns: dict[str, None] = {}
    for assertion in beside:
        if isinstance(assertion, ir.Properties):
            names.update(dict.fromkeys(assertion.schemas))
        elif isinstance(assertion, ir.PatternProperties):
            patterns.update(dict.fromkeys(assertion.schemas))
        elif isinstance(assertion, ir.AdditionalProperties | ir.UnevaluatedProperties):
            return (vague,)
    rest = ir.AdditionalProperties(rule.schema, tuple(names), tuple(patterns))
    return rest, vague


def _items(
    owner: ir.Schema, rule: ir.UnevaluatedItems, beside: list[ir.Assertion]
) -> tuple[ir.Assertion | Own, ...]:
    vague = Vague("unevaluatedItems", owner.location.pointer)
    start = 0
    contained: list[ir.Schema] = []
    for assertion in beside:
        if isinstance(assertion, ir.PrefixItems):
            start = max(start, len(assertion.schemas))
        if isinstance(assertion, ir.Items | ir.UnevaluatedItems):
            return (vague,)
        if isinstance(assertion, ir.Contains) and assertion.evaluates:
            contained.append(assertion.schema)
    items = ir.Items(either(rule.schema, contained), start)
    chosen = any(isinstance(assertion, ir.InPlace) for assertion in beside)
    return (items, vague) if chosen else (items,)


def either(schema: ir.Schema, contained: list[ir.Schema]) -> ir.Schema:
    """What holds of an item that is evaluated where it is what an array contains."""
    if not contained:
        return schema
    target = ir.SchemaId(" or ".join(one.id for one in (schema, *contained)))
    return ir.Schema(target, schema.location, (ir.AnyOf((schema, *contained)),))


def denied(said: Said, schema: ir.Schema) -> Clause:
    """What holds where `unevaluatedItems` does not: an item of which nothing beside it
    knows is not accepted."""
    if walk.find(said.schema, ir.Items) is not None:
        return FALSE
    prefix = walk.find(said.schema, ir.PrefixItems)
    contains = walk.find(said.schema, ir.Contains)
    start = 0 if prefix is None else len(prefix.schemas)
    known = [contains.schema] if contains is not None and contains.evaluates else []
    some = Fact(said.party, SomeItem(start, said.denied(either(schema, known))))
    if not any(isinstance(a, ir.InPlace) for a in said.schema.assertions):
        return ((some,),)
    return ((some, Fact(said.party, Vague("unevaluatedItems", said.place))),)


def _beside(
    module: ir.Module, owner: ir.Schema, rule: ir.Assertion
) -> Iterator[ir.Assertion]:
    """Every assertion that may speak of the same value, but for the rule."""
    seen: set[ir.SchemaId] = set()
    stack = [owner]
    while stack:
        schema = stack.pop()
        if schema.id in seen:
            continue
        seen.add(schema.id)
        for assertion in schema.assertions:
            if assertion is rule:
                continue
            yield assertion
            if isinstance(assertion, ir.Ref):
                stack.append(module.schemas[assertion.target])
            elif isinstance(assertion, ir.DependentSchemas):
                stack.extend(assertion.schemas.values())
            else:
                stack.extend(walk.in_place(assertion))


def essence(
    owner: ir.Schema, rule: ir.UnevaluatedProperties | ir.UnevaluatedItems
) -> ir.Schema:
    """A schema that means the same wherever the rule does: the rule, and what of the
    things beside it decides what is evaluated.

    Of members that are evaluated whatever they are, only the names count: that they are
    valid is asked elsewhere. What is said of values of other JSON types does not count.
    """
    kind = "object" if isinstance(rule, ir.UnevaluatedProperties) else "array"
    kept: list[ir.Assertion] = []
    for assertion in owner.assertions:
        if assertion is rule:
            kept.append(rule)
        elif isinstance(assertion, ir.Properties | ir.PatternProperties):
            names = dict.fromkeys(assertion.schemas, _ANYTHING)
            kept.append(type(assertion)(names))
        elif isinstance(assertion, ir.PrefixItems):
            kept.append(ir.PrefixItems((_ANYTHING,) * len(assertion.schemas)))
        elif isinstance(assertion, ir.AdditionalProperties | ir.Items | ir.Contains):
            kept.append(assertion)
        elif isinstance(assertion, ir.InPlace | ir.DependentSchemas):
            kept.append(walk.map_subschemas(assertion, lambda s: _about(s, kind)))
    return ir.Schema(owner.id, owner.location, tuple(kept))


def _about(schema: ir.Schema, kind: str) -> ir.Schema:
    """A schema without what says nothing of values of a JSON type."""
    kept = tuple(
        (
            walk.map_subschemas(assertion, lambda inner: _about(inner, kind))
            if isinstance(assertion, ir.InPlace | ir.DependentSchemas)
            else assertion
        )
        for assertion in schema.assertions
        if concerns(kind, assertion)
    )
    return ir.Schema(schema.id, schema.location, kept)


def concerns(kind: str, assertion: ir.Assertion) -> bool:
    """Whether an assertion says anything of values of a JSON type."""
    match assertion:
        case ir.OnNumbers():
            return kind == "number"
        case ir.OnStrings():
            return kind == "string"
        case ir.OnArrays():
            return kind == "array"
        case ir.OnObjects():
            return kind == "object"
        case ir.OnAnyValue() | ir.InPlace():
            return True
        case _:
            assert_never(assertion)


_ANYTHING: Final = ir.Schema(ir.SchemaId("#true"), ir.Location("", ""))
