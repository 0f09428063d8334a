"""What all conjuncts of a schema together say of the items of arrays and the values of
maps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from codegen.ir import facts, walk
from codegen.ir import model as ir

_ALL_NAMES: Final = frozenset(
    ["", "^", "$", ".*", "^.*", ".*$", "^.*$", ".+", "^.+$", ".", "^.", "^(.*)$"]
)
"""Patterns by which authors mean any name."""

_OF_ITEMS: Final = (
    ir.PrefixItems,
    ir.Items,
    ir.UnevaluatedItems,
    ir.MinItems,
    ir.MaxItems,
)
_OF_VALUES: Final = (
    ir.PatternProperties,
    ir.AdditionalProperties,
    ir.UnevaluatedProperties,
)
_EVALUATING: Final = (
    ir.InPlace,
    ir.DependentSchemas,
    ir.Items,
    ir.AdditionalProperties,
)
"""Assertions that may evaluate members of a value and do not say which by name or
position."""
_UNDER_CONDITIONS: Final = (ir.AnyOf, ir.OneOf, ir.IfThenElse, ir.DependentSchemas)
"""Assertions that may evaluate members of some values and not of others."""


@dataclass(frozen=True, slots=True)
class Items:
    """The schemas of the items of an array.

    `prefix` has, for each of the first items, all schemas that apply to it; `rest`
    those that apply to each further item, or None where there may be none. An array has
    at least `least` items.
    """

    prefix: tuple[tuple[ir.Schema, ...], ...]
    rest: tuple[ir.Schema, ...] | None
    least: int

    @property
    def is_tuple(self) -> bool:
        """Whether an array has exactly as many items as `prefix` has places."""
        return (
            bool(self.prefix) and self.rest is None and self.least == len(self.prefix)
        )

    @property
    def says_something(self) -> bool:
        """Whether any item has a schema."""
        return any(self.prefix) or bool(self.rest)


@dataclass(frozen=True, slots=True)
class Values:
    """The schemas of the values of a map: by patterns of their names, and for all other
    names. `rest` is None where other names are not allowed."""

    patterns: tuple[tuple[str, ir.Schema], ...]
    rest: tuple[ir.Schema, ...] | None

    @property
    def covers_all(self) -> bool:
        """Whether one of the patterns is meant for every name."""
        return any(pattern in _ALL_NAMES for pattern, _ in self.patterns)

    @property
    def says_something(self) -> bool:
        """Whether any value has a schema."""
        return bool(self.patterns or self.rest)


def items_of(module: ir.Module, schema: ir.Schema) -> Items:
    """What the conjuncts of a schema say of the items of an array."""
    if not facts.states(module, schema, _OF_ITEMS):
        return Items((), (), 0)
    prefixes = [a.schemas for a in facts.stated(module, schema, ir.PrefixItems)]
    ruled: list[ir.Items] = []
    lowest = [a.limit for a in facts.stated(module, schema, ir.MinItems)]
    limits = [a.limit for a in facts.stated(module, schema, ir.MaxItems)]
    for a in _rests(module, schema):
        limits += [a.start] if facts.is_never(a.schema) else []
        ruled += [] if facts.is_never(a.schema) else [a]
    size = max(map(len, prefixes), default=0)
    closed = bool(limits) and min(limits) <= size
    size = min([size, *limits])
    prefix = tuple(
        (
            *(schemas[i] for schemas in prefixes if i < len(schemas)),
            *(items.schema for items in ruled if i >= items.start),
        )
        for i in range(size)
    )
    rest = None if closed and size else tuple(items.schema for items in ruled)
    return Items(prefix, rest, max(lowest, default=0))


def values_of(module: ir.Module, schema: ir.Schema) -> Values:
    """What the conjuncts of a schema say of the values of an object without declared
    properties. Where several of them have patterns, or one of them is closed, nothing
    is said."""
    anything = Values((), ())
    if not facts.states(module, schema, _OF_VALUES):
        return anything
    parts = [
        part
        for part in facts.conjuncts(module, schema)
        if any(isinstance(a, _OF_VALUES) for a in part.assertions)
    ]
    patterns = [walk.find(part, ir.PatternProperties) for part in parts]
    others = [additional(part) or _unevaluated(module, part) for part in parts]
    if len(parts) == 1:
        by_pattern = patterns[0].schemas if patterns[0] else {}
        other = others[0]
        rest = None if other and facts.is_never(other.schema) else _schemas([other])
        return Values(tuple(by_pattern.items()), rest)
    if any(patterns) or any(other and other.patterns for other in others):
        return anything
    if any(other and facts.is_never(other.schema) for other in others):
        return anything
    return Values((), _schemas(others))


def additional(part: ir.Schema) -> ir.AdditionalProperties | None:
    """What a conjunct says about the properties that it neither names nor has patterns
    for, by `additionalProperties` or `unevaluatedProperties`. The latter counts only if
    the conjunct alone decides which properties are left."""
    left = walk.find(part, ir.UnevaluatedProperties)
    if left is None or not is_alone(part):
        return walk.find(part, ir.AdditionalProperties)
    declared = walk.find(part, ir.Properties)
    patterns = walk.find(part, ir.PatternProperties)
    return ir.AdditionalProperties(
        left.schema,
        tuple(declared.schemas) if declared else (),
        tuple(patterns.schemas) if patterns else (),
    )


def _unevaluated(module: ir.Module, part: ir.Schema) -> ir.AdditionalProperties | None:
    """What a conjunct says by `unevaluatedProperties` about those that neither it nor
    anything that it extends declares. None where more than declarations evaluates."""
    left = walk.find(part, ir.UnevaluatedProperties)
    if left is None:
        return None
    for inner in facts.conjuncts(module, part):
        for assertion in inner.assertions:
            further = assertion is not left and isinstance(assertion, _OF_VALUES)
            if further or isinstance(assertion, _UNDER_CONDITIONS):
                return None
    declared = tuple(facts.properties(module, part))
    return ir.AdditionalProperties(left.schema, declared, ())


def _rests(module: ir.Module, schema: ir.Schema) -> Iterator[ir.Items]:
    """What each conjunct says about the items behind its first ones."""
    for part in facts.conjuncts(module, schema):
        left = walk.find(part, ir.UnevaluatedItems)
        found = walk.find(part, ir.Items)
        if found is not None:
            yield found
        elif left is not None and is_alone(part):
            first = walk.find(part, ir.PrefixItems)
            yield ir.Items(left.schema, len(first.schemas) if first else 0)


def is_alone(part: ir.Schema) -> bool:
    """Whether a conjunct alone decides which members are left unevaluated."""
    return not any(
        a.evaluates if isinstance(a, ir.Contains) else isinstance(a, _EVALUATING)
        for a in part.assertions
        if not isinstance(a, ir.Not)
    )


def _schemas(found: list[ir.AdditionalProperties | None]) -> tuple[ir.Schema, ...]:
    return tuple(other.schema for other in found if other is not None)
