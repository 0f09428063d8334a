"""The assertions of a goal by kind, gathered one by one."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Final, TypeAlias, assert_never

from codegen.ecma import examples
from codegen.ir import model as ir
from codegen.samples import negation

Goal: TypeAlias = tuple[ir.Schema, ...]

ATOMS: Final = (
    "integer",
    "fraction",
    "string",
    "array",
    "object",
    "null",
    "boolean",
)
"""The types, with `number` split so that intersection is exact."""

ATOMS_OF: Final = {
    "null": ("null",),
    "boolean": ("boolean",),
    "integer": ("integer",),
    "number": ("integer", "fraction"),
    "string": ("string",),
    "array": ("array",),
    "object": ("object",),
}


ChoiceKey: TypeAlias = tuple[ir.SchemaId, int, str]
Made: TypeAlias = frozenset[ChoiceKey]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several further goals must be met as well; `key` tells choices apart.

    `small_first` says that the options go from the smaller document to the larger.
    """

    key: ChoiceKey
    options: tuple[Goal, ...]
    small_first: bool = False


@dataclass(slots=True)
class Facets:
    """The assertions of a goal by kind; whatever stands in a list must all hold."""

    atoms: set[str] = field(default_factory=lambda: set(ATOMS))
    enums: list[tuple[ir.Json, ...]] = field(default_factory=list)
    excluded: list[ir.Json] = field(default_factory=list)
    minima: list[ir.Minimum] = field(default_factory=list)
    maxima: list[ir.Maximum] = field(default_factory=list)
    multiples: list[int | float] = field(default_factory=list)
    min_length: int = 0
    max_length: int | None = None
    patterns: list[str] = field(default_factory=list)
    missed_patterns: list[str] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)
    prefixes: list[tuple[ir.Schema, ...]] = field(default_factory=list)
    items: list[ir.Items] = field(default_factory=list)
    contains: list[ir.Contains] = field(default_factory=list)
    min_items: int = 0
    max_items: int | None = None
    unique: bool = False
    unevaluated_items: list[ir.Schema] = field(default_factory=list)
    properties: dict[str, Goal] = field(default_factory=dict)
    by_pattern: list[tuple[str, ir.Schema]] = field(default_factory=list)
    additional: list[ir.AdditionalProperties] = field(default_factory=list)
    names: list[ir.Schema] = field(default_factory=list)
    required: dict[str, None] = field(default_factory=dict)
    min_properties: int = 0
    max_properties: int | None = None
    dependent: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    unevaluated_properties: list[ir.Schema] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    annotations: list[ir.Annotations] = field(default_factory=list)
    chosen: Goal = ()
    """The options taken to get here."""
    parts: set[ir.SchemaId] = field(default_factory=set)
    """The schemas whose assertions these are."""

    def copy(self) -> Facets:
        """The same facets, to which more can be added."""
        # All are given, as those that are made for a field that is not take as long.
        collections = {name: getattr(self, name).copy() for name in _COLLECTIONS}
        return Facets(**collections, **{name: getattr(self, name) for name in _OTHERS})

    def at(self, name: str) -> Goal:
        """The goal of a property."""
        schemas = list(self.properties.get(name, ()))
        covered = bool(schemas)
        for pattern, schema in self.by_pattern:
            if examples.matches(pattern, name):
                schemas.append(schema)
                covered = True
        for extra in self.additional:
            if name in extra.known or any(
                examples.matches(p, name) for p in extra.patterns
            ):
                continue
            schemas.append(extra.schema)
            covered = True
        if not covered:
            schemas.extend(self.unevaluated_properties)
        return tuple(schemas)

    def item(self, index: int) -> Goal:
        """The goal of an item."""
        schemas = [p[index] for p in self.prefixes if index < len(p)]
        schemas.extend(i.schema for i in self.items if index >= i.start)
        if not schemas and not self.contains:
            schemas.extend(self.unevaluated_items)
        return tuple(schemas)

    @property
    def prefix_size(self) -> int:
        """How many of the first items have a schema for their place."""
        return max(map(len, self.prefixes), default=0)

    @property
    def least_items(self) -> int:
        """How many items there are at least, those that `contains` asks for among
        them."""
        return max(self.min_items, 0, *(c.minimum for c in self.contains))

    def impossible(self) -> bool:
        """Whether it is plain that nothing meets these facets."""
        return not self.atoms or any(not values for values in self.enums)


_COLLECTIONS: Final = [
    field.name
    for field in dataclasses.fields(Facets)
    if field.default_factory is not dataclasses.MISSING
]
_OTHERS: Final = [
    field.name
    for field in dataclasses.fields(Facets)
    if field.default_factory is dataclasses.MISSING
]


def collect(facets: Facets, assertion: ir.Assertion) -> None:
    """Add an assertion; those that leave a choice have been dealt with."""
    match assertion:
        case ir.OnAnyValue():
            _collect_any_value(facets, assertion)
        case ir.OnNumbers():
            _collect_number(facets, assertion)
        case ir.OnStrings():
            _collect_string(facets, assertion)
        case ir.OnArrays():
            _collect_array(facets, assertion)
        case ir.OnObjects():
            _collect_object(facets, assertion)
        case ir.Not(inner):
            _exclude(facets, inner)
        case ir.Ref() | ir.AllOf() | ir.AnyOf() | ir.OneOf() | ir.IfThenElse():
            pass  # The first two lead to other conjuncts, the rest are choices.
        case _:
            assert_never(assertion)


def _collect_any_value(facets: Facets, assertion: ir.AnyValueAssertion) -> None:
    match assertion:
        case ir.Never():
            facets.atoms.clear()
        case ir.Type(types):
            facets.atoms &= {atom for name in types for atom in ATOMS_OF[name]}
        case ir.Enum(values):
            facets.enums.append(values)
        case _:
            assert_never(assertion)


def _exclude(facets: Facets, inner: ir.Schema) -> None:
    match negation.irreducible(inner):
        case ir.Enum(values):
            facets.excluded.extend(values)
        case ir.Pattern(regex):
            facets.missed_patterns.append(regex)
        case ir.MultipleOf() | ir.Format() | ir.UniqueItems() | ir.Contains():
            pass  # Values are tried until one is not so.
        case ir.PropertyNames() | ir.UnevaluatedItems() | ir.UnevaluatedProperties():
            pass
        case None:
            pass  # It is a choice.
        case other:
            assert_never(other)


def _collect_number(facets: Facets, assertion: ir.NumberAssertion) -> None:
    match assertion:
        case ir.Minimum():
            facets.minima.append(assertion)
        case ir.Maximum():
            facets.maxima.append(assertion)
        case ir.MultipleOf(divisor):
            facets.multiples.append(divisor)
        case _:
            assert_never(assertion)


def _collect_string(facets: Facets, assertion: ir.StringAssertion) -> None:
    match assertion:
        case ir.MinLength(limit):
            facets.min_length = max(facets.min_length, limit)
        case ir.MaxLength(limit):
            facets.max_length = _lower(facets.max_length, limit)
        case ir.Pattern(regex):
            facets.patterns.append(regex)
        case ir.Format(name):
            facets.formats.append(name)
        case _:
            assert_never(assertion)


def _collect_array(facets: Facets, assertion: ir.ArrayAssertion) -> None:
    match assertion:
        case ir.PrefixItems(schemas):
            facets.prefixes.append(schemas)
        case ir.Items():
            facets.items.append(assertion)
        case ir.Contains():
            facets.contains.append(assertion)
        case ir.MinItems(limit):
            facets.min_items = max(facets.min_items, limit)
        case ir.MaxItems(limit):
            facets.max_items = _lower(facets.max_items, limit)
        case ir.UniqueItems():
            facets.unique = True
        case ir.UnevaluatedItems(schema):
            facets.unevaluated_items.append(schema)
        case _:
            assert_never(assertion)


def _collect_object(facets: Facets, assertion: ir.ObjectAssertion) -> None:
    match assertion:
        case ir.Properties(schemas):
            for name, schema in schemas.items():
                facets.properties[name] = (*facets.properties.get(name, ()), schema)
        case ir.PatternProperties(schemas):
            facets.by_pattern.extend(schemas.items())
        case ir.AdditionalProperties():
            facets.additional.append(assertion)
        case ir.PropertyNames(schema):
            facets.names.append(schema)
        case ir.Required(names):
            facets.required |= dict.fromkeys(names)
        case ir.MinProperties(limit):
            facets.min_properties = max(facets.min_properties, limit)
        case ir.MaxProperties(limit):
            facets.max_properties = _lower(facets.max_properties, limit)
        case ir.DependentRequired(by_name):
            facets.dependent.extend(by_name.items())
        case ir.UnevaluatedProperties(schema):
            facets.unevaluated_properties.append(schema)
        case ir.DependentSchemas():
            pass  # It is a choice.
        case _:
            assert_never(assertion)


def _lower(known: int | None, limit: int) -> int:
    return limit if known is None else min(known, limit)
