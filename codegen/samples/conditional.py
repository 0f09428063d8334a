"""Documents that break a condition across fields: `if`, `not`, `oneOf`, and the like.

Such an assertion is taken out of its schema and denied, the rest is kept, and the
builder looks for a document of the two together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final, assert_never

from codegen.ir import facts
from codegen.ir import model as ir
from codegen.samples import negation
from codegen.samples.build import Builder
from codegen.samples.edits import Proposal
from codegen.samples.facets import Goal

_DENIALS: Final = 8
_STEPS: Final = 1500
"""How many candidates each denial may cost."""


def conditional(builder: Builder, goal: Goal) -> Iterator[Proposal]:
    """Values that break one condition of a goal, and values that meet it otherwise."""
    parts = [p for schema in goal for p in facts.conjuncts(builder.module, schema)]
    for place, part in enumerate(parts):
        for index, assertion in enumerate(part.assertions):
            keyword = _keyword(assertion)
            if keyword is None or _plain_union(builder.module, assertion):
                continue
            rest = [*parts[:place], _without(part, index), *parts[place + 1 :]]
            bare = tuple(_bare(schema) for schema in rest)
            alone = replace(
                part, id=ir.SchemaId(f"{part.id}~only{index}"), assertions=(assertion,)
            )
            denials = negation.denials(builder.module, alone)[:_DENIALS]
            for denial in denials:
                builder.refill(_STEPS)
                for value in builder.several((*bare, denial), 1):
                    yield Proposal(value, False, keyword, f"breaks {keyword}")


def _keyword(assertion: ir.Assertion) -> str | None:
    """The keyword of an assertion that is a condition across fields; None for one that
    the values at the edges of each facet break already."""
    match assertion:
        case ir.AnyOf():
            return "anyOf"
        case ir.OneOf():
            return "oneOf"
        case ir.Not():
            return "not"
        case ir.IfThenElse():
            return "if"
        case ir.DependentRequired():
            return "dependentRequired"
        case ir.DependentSchemas():
            return "dependentSchemas"
        case ir.UnevaluatedProperties():
            return "unevaluatedProperties"
        case ir.UnevaluatedItems():
            return "unevaluatedItems"
        case ir.OnAnyValue() | ir.OnNumbers() | ir.OnStrings():
            return None
        case ir.PrefixItems() | ir.Items() | ir.Contains() | ir.UniqueItems():
            return None
        case ir.MinItems() | ir.MaxItems():
            return None
        case (
            ir.Properties()
            | ir.PatternProperties()
            | ir.AdditionalProperties()
            | ir.PropertyNames()
            | ir.Required()
            | ir.MinProperties()
            | ir.MaxProperties()
        ):
            return None
        case ir.Ref() | ir.AllOf():
            return None
        case _:
            assert_never(assertion)


def _plain_union(module: ir.Module, assertion: ir.Assertion) -> bool:
    """A union whose branches differ by type: wrong types and tags break it already."""
    if not isinstance(assertion, (ir.AnyOf, ir.OneOf)):
        return False
    seen: set[str] = set()
    for branch in assertion.schemas:
        types = facts.types(module, branch)
        if types & seen:
            return False
        seen |= types
    return True


def _without(schema: ir.Schema, index: int) -> ir.Schema:
    others = schema.assertions[:index] + schema.assertions[index + 1 :]
    return replace(
        schema, id=ir.SchemaId(f"{schema.id}~without{index}"), assertions=others
    )


def _bare(schema: ir.Schema) -> ir.Schema:
    """A conjunct without what leads to the other conjuncts, which stand beside it."""
    own = tuple(a for a in schema.assertions if not isinstance(a, (ir.Ref, ir.AllOf)))
    if len(own) == len(schema.assertions):
        return schema
    return replace(schema, id=ir.SchemaId(f"{schema.id}~bare"), assertions=own)
