"""What a value must meet: assertions gathered through `allOf` and references, with
every choice (`anyOf`, `oneOf`, `if`, `not`, `dependentSchemas`) made explicit.

A *goal* is a conjunction of schemas. `leaves` takes a goal apart into facets in
which each choice has been made one way, so that a value can be built for them.
The choices are sound for building, not for judging: whoever builds has to check
the result, because `oneOf` also wants the other branches to fail.
"""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, TypeAlias, assert_never

from codegen.ecma import examples
from codegen.ir import facts
from codegen.ir import model as ir
from codegen.samples import negation
from codegen.samples.effort import Effort

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

_ATOMS_OF: Final = {
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


_NODES: Final = 4_000
"""How many partial ways of making choices are looked at for one goal."""


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
        made = copy.copy(self)
        for name in _COLLECTIONS:
            setattr(made, name, getattr(self, name).copy())
        return made

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

    def impossible(self) -> bool:
        """Whether it is plain that nothing meets these facets."""
        return not self.atoms or any(not values for values in self.enums)


_NOTHING: Final = ir.Annotations()
_COLLECTIONS: Final = [
    field.name
    for field in dataclasses.fields(Facets)
    if field.default_factory is not dataclasses.MISSING
]
_COPIED: Final = 20
"""Parts that are copied in the time in which one schema is looked at."""


class Space:
    """The goals of one module; what follows from a schema alone is remembered."""

    def __init__(self, module: ir.Module, effort: Effort) -> None:
        self.module = module
        self.effort = effort
        self._choices: dict[tuple[ir.SchemaId, int], tuple[Choice, ...]] = {}

    def leaves(
        self, goal: Goal, *, complete: bool = False, made: Made = frozenset()
    ) -> Iterator[Facets]:
        """The facets of a goal for every way in which its choices can be made; those
        in `made` have been made and are left out.

        If `complete`, options that leave something out come last.
        """
        yield from _Leaves(self, complete).all(self.gather(goal, made), made)

    def gather(self, goal: Goal, made: Made = frozenset()) -> Facets:
        """The facets of a goal; choices in `made` have been made and are left out."""
        return self._add(Facets(), goal, made)

    def chosen(self, facets: Facets, option: Goal, made: Made) -> Facets:
        """The facets of a goal of which one more choice has been made, so that what is
        known of the goal is not gathered again for each way of choosing."""
        self.effort.spend(len(facets.parts) // _COPIED)
        found = facets.copy()
        found.chosen = (*facets.chosen, *option)
        found.choices = [choice for choice in found.choices if choice.key not in made]
        return self._add(found, option, made)

    def _add(self, facets: Facets, goal: Goal, made: Made) -> Facets:
        known = len(facets.parts)
        for schema in goal:
            for part in facts.conjuncts(self.module, schema):
                if part.id in facets.parts:
                    continue
                facets.parts.add(part.id)
                if part.annotations is not _NOTHING:
                    facets.annotations.append(part.annotations)
                for index, assertion in enumerate(part.assertions):
                    _collect(facets, assertion)
                    if isinstance(assertion, _CHOOSING):
                        for choice in self._choices_of(part.id, index, assertion):
                            if choice.key not in made:
                                facets.choices.append(choice)
        self.effort.spend(len(facets.parts) - known + 1)
        return facets

    def _choices_of(
        self, owner: ir.SchemaId, index: int, assertion: _Choosing
    ) -> tuple[Choice, ...]:
        known = self._choices.get((owner, index))
        if known is None:
            known = tuple(_choices(self.module, owner, index, assertion))
            self._choices[owner, index] = known
        return known


_Choosing: TypeAlias = (
    ir.AnyOf | ir.OneOf | ir.Not | ir.IfThenElse | ir.DependentSchemas
)
_CHOOSING: Final = (
    ir.AnyOf,
    ir.OneOf,
    ir.Not,
    ir.IfThenElse,
    ir.DependentSchemas,
)


class _Leaves:
    """Makes choices depth first. Where what is required already contradicts itself,
    no further choice is looked at; dead ends are bounded by `_NODES` all the same."""

    def __init__(self, space: Space, complete: bool) -> None:
        self.space = space
        self.module = space.module
        self.complete = complete
        self.nodes = _NODES

    def all(self, facets: Facets, made: Made) -> Iterator[Facets]:
        self.nodes -= 1
        if self.nodes < 0 or self.space.effort.spent:
            return
        if facets.impossible() or _contradicts(self.module, facets):
            return
        if not facets.choices:
            yield facets
            return
        choice = facets.choices[0]
        made |= {choice.key}
        for option in self._options(choice):
            yield from self.all(self.space.chosen(facets, option, made), made)

    def _options(self, choice: Choice) -> list[Goal]:
        options = list(choice.options)
        if self.complete:
            options.sort(key=lambda option: _only_null(self.module, option))
            return options[::-1] if choice.small_first else options
        return options


def _contradicts(module: ir.Module, facets: Facets) -> bool:
    """Whether a property that an object must have can plainly have no value.

    Objects that need not be objects are left alone.
    """
    if facets.atoms != {"object"}:
        return False
    return any(_is_empty(module, facets.at(name)) for name in facets.required)


def _is_empty(module: ir.Module, goal: Goal) -> bool:
    atoms = set(ATOMS)
    values: list[ir.Json] | None = None
    for schema in goal:
        for part in facts.conjuncts(module, schema):
            for assertion in part.assertions:
                match assertion:
                    case ir.Never():
                        return True
                    case ir.Type(types):
                        atoms &= {atom for t in types for atom in _ATOMS_OF[t]}
                    case ir.Enum(members):
                        known = members if values is None else values
                        values = [v for v in known if _among(v, members)]
                    case ir.OnNumbers() | ir.OnStrings() | ir.OnArrays():
                        pass
                    case ir.OnObjects() | ir.InPlace():
                        pass
                    case _:
                        assert_never(assertion)
    return not atoms or values == []


def _among(value: ir.Json, members: Iterable[ir.Json]) -> bool:
    # True equals 1 here, which only makes the check more careful.
    return value in members


def _only_null(module: ir.Module, goal: Goal) -> bool:
    return any(facts.types(module, schema) == {"null"} for schema in goal)


def _choices(
    module: ir.Module, owner: ir.SchemaId, index: int, assertion: _Choosing
) -> Iterator[Choice]:
    """The choices that an assertion leaves."""
    key = (owner, index, "")
    match assertion:
        case ir.AnyOf(schemas) | ir.OneOf(schemas):
            yield Choice(key, tuple((branch,) for branch in schemas))
        case ir.IfThenElse(condition, then, otherwise):
            met = (condition,) if then is None else (condition, then)
            rest = () if otherwise is None else (otherwise,)
            unmet = ((d, *rest) for d in negation.denials(module, condition))
            yield Choice(key, (met, *unmet, rest))
        case ir.Not(inner):
            if negation.irreducible(inner) is None:
                # Where no denial leads anywhere, anything may be tried.
                denials = negation.denials(module, inner)
                yield Choice(key, (*((denial,) for denial in denials), ()))
        case ir.DependentSchemas(by_name):
            for name, schema in by_name.items():
                absent = _with(
                    owner, f"no {name}", ir.Properties({name: negation.FORBIDDEN})
                )
                present = _with(owner, f"a {name}", ir.Required((name,)))
                options = ((absent,), (present, schema))
                yield Choice((owner, index, name), options, small_first=True)
        case _:
            assert_never(assertion)


def _with(owner: ir.SchemaId, what: str, assertion: ir.Assertion) -> ir.Schema:
    name = ir.SchemaId(f"{owner}~{what}")
    return ir.Schema(name, ir.Location("", ""), (assertion,))


def _collect(facets: Facets, assertion: ir.Assertion) -> None:
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
            facets.atoms &= {atom for name in types for atom in _ATOMS_OF[name]}
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
