"""What `unevaluatedProperties` and `unevaluatedItems` ask for in any case.

What is evaluated depends on which schemas beside them accept the value. Names and
places that none of these speaks of are left over whatever the value is like.
"""

from __future__ import annotations

from collections.abc import Iterator

from codegen.compat.normal.normalise import Side
from codegen.compat.tableau.saying import Own, Vague
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
        return _items(rule, beside)
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
    vague = Vague("unevaluatedProperties")
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
    rule: ir.UnevaluatedItems, beside: list[ir.Assertion]
) -> tuple[ir.Assertion | Own, ...]:
    vague = Vague("unevaluatedItems")
    start = 0
    for assertion in beside:
        if isinstance(assertion, ir.PrefixItems):
            start = max(start, len(assertion.schemas))
        if isinstance(assertion, ir.Items | ir.UnevaluatedItems):
            return (vague,)
        if isinstance(assertion, ir.Contains) and assertion.evaluates:
            return (vague,)
    return ir.Items(rule.schema, start), vague


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
