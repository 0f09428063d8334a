"""Merges assertions of the same kind that two keywords of a schema make."""

from __future__ import annotations

from typing import assert_never

from codegen.ir import model as ir
from codegen.ir.numbers import decimal
from codegen.ir.values import among


def merged(found: list[ir.Assertion]) -> list[ir.Assertion]:
    """The assertions with at most one of each kind, as far as two can be merged."""
    result: list[ir.Assertion] = []
    for assertion in found:
        if result and type(result[-1]) is type(assertion):
            both = _both(result[-1], assertion)
            if both is not None:
                result[-1] = both
                continue
        result.append(assertion)
    return result


def _both(first: ir.Assertion, second: ir.Assertion) -> ir.Assertion | None:
    """What two assertions of one kind say together; None where both have to stay."""
    match first:
        case ir.Minimum():
            assert isinstance(second, ir.Minimum)
            return max(first, second, key=lambda m: (decimal(m.limit), m.exclusive))
        case ir.Maximum():
            assert isinstance(second, ir.Maximum)
            return min(first, second, key=lambda m: (decimal(m.limit), not m.exclusive))
        case ir.Enum():
            assert isinstance(second, ir.Enum)
            common = [v for v in first.values if among(v, second.values)]
            # One is a `const`, whose value a list of members may name twice.
            return ir.Enum((common[0],), "const") if common else ir.Never()
        case ir.DependentRequired(one):
            assert isinstance(second, ir.DependentRequired)
            two = second.names
            every = {n: (*one.get(n, ()), *two.get(n, ())) for n in {**one, **two}}
            names = {name: tuple(dict.fromkeys(many)) for name, many in every.items()}
            return ir.DependentRequired(names)
        case ir.DependentSchemas():
            assert isinstance(second, ir.DependentSchemas)
            return ir.DependentSchemas({**first.schemas, **second.schemas})
        case ir.Ref() | ir.AllOf() | ir.AnyOf() | ir.OneOf():
            return None  # A schema may have several of these.
        case ir.Never() | ir.Type() | ir.MultipleOf() | ir.Not() | ir.IfThenElse():
            return None  # No two keywords of a schema give these, nor those below.
        case ir.MinLength() | ir.MaxLength() | ir.Pattern() | ir.Format():
            return None
        case ir.PrefixItems() | ir.Items() | ir.Contains() | ir.UniqueItems():
            return None
        case ir.MinItems() | ir.MaxItems() | ir.UnevaluatedItems():
            return None
        case (
            ir.Properties()
            | ir.PatternProperties()
            | ir.AdditionalProperties()
            | ir.PropertyNames()
            | ir.Required()
            | ir.MinProperties()
            | ir.MaxProperties()
            | ir.UnevaluatedProperties()
        ):
            return None
        case _:
            assert_never(first)
