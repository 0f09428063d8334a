"""Two keywords that assert the same kind of thing become one assertion."""

from __future__ import annotations

import decimal
from collections.abc import Iterable

from codegen.ir import model as ir
from codegen.ir.accepts import equal
from codegen.source.node import Json


def merged(found: list[ir.Assertion]) -> Iterable[ir.Assertion]:
    """At most one assertion of each kind, where two keywords gave the same kind."""
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
    match first, second:
        case ir.Minimum(), ir.Minimum():
            return max(first, second, key=lambda m: (_exact(m.limit), m.exclusive))
        case ir.Maximum(), ir.Maximum():
            return min(first, second, key=lambda m: (_exact(m.limit), not m.exclusive))
        case ir.Enum(), ir.Enum():
            kept = [v for v in first.values if contains(second.values, v)]
            # One is a `const`, whose value a list of members may name twice.
            return ir.Enum((kept[0],), "const") if kept else ir.Never()
        case ir.DependentRequired(names=one), ir.DependentRequired(names=two):
            return ir.DependentRequired(
                {
                    name: tuple(dict.fromkeys((*one.get(name, ()), *two.get(name, ()))))
                    for name in {**one, **two}
                }
            )
        case ir.DependentSchemas(schemas=one_s), ir.DependentSchemas(schemas=two_s):
            return ir.DependentSchemas({**one_s, **two_s})
    return None


def _exact(limit: float) -> decimal.Decimal:
    return (
        decimal.Decimal(repr(limit))
        if isinstance(limit, float)
        else decimal.Decimal(limit)
    )


def contains(values: Iterable[Json], value: Json) -> bool:
    """Whether a value is among others under JSON equality."""
    return any(equal(value, other) for other in values)
