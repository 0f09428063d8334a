"""One case of a place: all that holds at once of a value of one JSON type."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from fractions import Fraction
from typing import TypeVar, assert_never

from codegen.compat.normal import forms
from codegen.compat.normal.facets import facets_of
from codegen.compat.proof import scalars
from codegen.compat.tableau.saying import (
    Absent,
    Avoided,
    Clause,
    Denied,
    Excluded,
    Fact,
    Indivisible,
    ItemAt,
    Key,
    MemberAt,
    Own,
    Repeats,
    Said,
    SomeItem,
    SomeMember,
    Vague,
)
from codegen.ir import facts
from codegen.ir import model as ir
from codegen.ir.equality import Frozen, freeze


@dataclass(slots=True)
class Numbers:
    """`indivisible` has what the number is no multiple of."""

    facets: forms.Number = field(default_factory=forms.Number)
    indivisible: list[Fraction] = field(default_factory=list)


@dataclass(slots=True)
class Strings:
    """`avoided` has patterns that do not match."""

    facets: forms.String = field(default_factory=forms.String)
    avoided: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Arrays:
    """`items` hold from an index on, `at` of one index; `contains` and `some` ask for
    items, the latter from an index on."""

    minimum: int = 0
    maximum: int | None = None
    items: list[tuple[int, Said]] = field(default_factory=list)
    at: list[tuple[int, Said]] = field(default_factory=list)
    contains: list[tuple[Said, int, int | None]] = field(default_factory=list)
    some: list[SomeItem] = field(default_factory=list)
    unique: bool = False
    repeats: bool = False


@dataclass(slots=True)
class Objects:
    """`declared` are names and patterns that a writer says something of, `told` those
    that stand there whatever the object is like, `spread` whether it says what further
    properties hold."""

    minimum: int = 0
    maximum: int | None = None
    required: dict[str, None] = field(default_factory=dict)
    absent: set[str] = field(default_factory=set)
    members: list[tuple[str, Said]] = field(default_factory=list)
    patterns: list[tuple[str, Said]] = field(default_factory=list)
    additional: list[tuple[ir.AdditionalProperties, Said]] = field(default_factory=list)
    names: list[Said] = field(default_factory=list)
    some: list[SomeMember] = field(default_factory=list)
    declared: dict[str, None] = field(default_factory=dict)
    matched: dict[str, None] = field(default_factory=dict)
    told: bool = False
    spread: bool = False


@dataclass(slots=True)
class Case:
    """What was said so far. `clauses` are choices that are still open.

    `vague` names what is left out.
    """

    kind: str
    values: tuple[ir.Json, ...] | None = None
    excluded: dict[Frozen, ir.Json] = field(default_factory=dict)
    numbers: Numbers = field(default_factory=Numbers)
    strings: Strings = field(default_factory=Strings)
    arrays: Arrays = field(default_factory=Arrays)
    objects: Objects = field(default_factory=Objects)
    seen: set[Key] = field(default_factory=set)
    classes: dict[tuple[str, int], bool] = field(default_factory=dict)
    clauses: list[Clause] = field(default_factory=list)
    vague: dict[str, None] = field(default_factory=dict)

    def copy(self) -> Case:
        """The same, to go on with in another way."""
        return Case(
            self.kind,
            self.values,
            dict(self.excluded),
            _copied(self.numbers),
            _copied(self.strings),
            _copied(self.arrays),
            _copied(self.objects),
            set(self.seen),
            dict(self.classes),
            list(self.clauses),
            dict(self.vague),
        )

    def note(self, mark: tuple[str, int], holds: bool) -> bool:
        """Whether something of a class of equal meaning may hold, or may not hold, with
        what is known of that class; from now on it does, or does not."""
        return self.classes.setdefault(mark, holds) is holds

    # --- facts ---------------------------------------------------------------------

    def take(self, fact: Fact, formats: frozenset[str]) -> bool:
        """Whether a fact can hold with all that was said; from now on it does."""
        what = fact.what
        if isinstance(what, Own):
            return self._own(what)
        match what:
            case ir.Never():
                return False
            case ir.Type(types):
                return self._type(types)
            case ir.Enum(values):
                return self._listed(values)
            case ir.OnNumbers() | ir.OnStrings():
                return self._scalar(what, formats)
            case ir.OnArrays():
                return self.kind != "array" or self._array(fact, what)
            case ir.OnObjects():
                return self.kind != "object" or self._object(fact, what)
            case ir.InPlace():  # Taken apart by who knows both modules.
                return True
            case _:
                assert_never(what)

    def _type(self, types: tuple[str, ...]) -> bool:
        if self.kind in types:
            return True
        if self.kind == "number" and "integer" in types:
            return self._narrowed(forms.Number(integer=True))
        return False

    def _listed(self, values: tuple[ir.Json, ...]) -> bool:
        mine = [v for v in values if facts.json_type(v) == self.kind]
        if self.values is not None:
            known = {freeze(v) for v in self.values}
            mine = [v for v in mine if freeze(v) in known]
        self.values = tuple(v for v in mine if freeze(v) not in self.excluded)
        return bool(self.values)

    def _scalar(self, assertion: ir.Assertion, formats: frozenset[str]) -> bool:
        facets = facets_of(self.kind, assertion, formats)
        if isinstance(facets, forms.String):
            facets = scalars.counted(facets)
        return facets is None or self._narrowed(facets)

    def _narrowed(self, facets: forms.Facets) -> bool:
        kind = self.kind
        mine = self.numbers.facets if kind == "number" else self.strings.facets
        met = forms.meet(forms.Form(kind, mine), forms.Form(kind, facets)).facets
        if isinstance(met, forms.Number):
            met = self.numbers.facets = forms.tidy_number(met)
        elif isinstance(met, forms.String):
            self.strings.facets = met
        return not forms.empty(met)

    def _own(self, what: Own) -> bool:
        match what:
            case Excluded(values):
                self.excluded.update((freeze(v), v) for v in values)
                return self.values is None or self._listed(self.values)
            case Indivisible(divisor):
                self.numbers.indivisible.append(divisor)
            case Avoided(regex):
                self.strings.avoided.append(regex)
                return regex not in self.strings.facets.patterns
            case ItemAt(index, said):
                self.arrays.at.append((index, said))
            case SomeItem():
                self.arrays.some.append(what)
                return self._lengths(what.start + 1, None)
            case Repeats():
                self.arrays.repeats = True
                return self._lengths(2, None)
            case Absent(name):
                self.objects.absent.add(name)
                return name not in self.objects.required
            case MemberAt(name, said):
                self.objects.members.append((name, said))
            case SomeMember():
                self.objects.some.append(what)
                return self._counts(1, None)
            case Denied(number):
                return self.note(("assertion", number), False)
            case Vague():
                self.vague[what.text] = None
            case _:
                assert_never(what)
        return True

    # --- arrays --------------------------------------------------------------------

    def _lengths(self, low: int, high: int | None) -> bool:
        array = self.arrays
        array.minimum = max(array.minimum, low)
        array.maximum = _least(array.maximum, high)
        return array.maximum is None or array.minimum <= array.maximum

    def _array(self, fact: Fact, assertion: ir.ArrayAssertion) -> bool:
        def said(schema: ir.Schema) -> Said:
            return Said(fact.party, schema, True, fact.told)

        array = self.arrays
        match assertion:
            case ir.PrefixItems(schemas):
                array.at.extend((i, said(s)) for i, s in enumerate(schemas))
            case ir.Items(schema, start):
                array.items.append((start, said(schema)))
            case ir.Contains(schema, _, 0):
                self.arrays.items.append((0, said(schema).denied(schema)))
                return assertion.minimum <= 0
            case ir.Contains(schema, low, high):
                if high is not None and high < low:
                    return False
                array.contains.append((said(schema), low, high))
                return self._lengths(low, None)
            case ir.MinItems(limit):
                return self._lengths(limit, None)
            case ir.MaxItems(limit):
                return self._lengths(0, limit)
            case ir.UniqueItems():
                array.unique = True
            case ir.UnevaluatedItems():  # Known only in part; see `unevaluated`.
                pass
            case _:
                assert_never(assertion)
        return not (array.unique and array.repeats)

    # --- objects -------------------------------------------------------------------

    def _counts(self, low: int, high: int | None) -> bool:
        found = self.objects
        found.minimum = max(found.minimum, low)
        found.maximum = _least(found.maximum, high)
        least = max(found.minimum, len(found.required))
        return found.maximum is None or least <= found.maximum

    def _object(self, fact: Fact, assertion: ir.ObjectAssertion) -> bool:
        def said(schema: ir.Schema) -> Said:
            return Said(fact.party, schema, True, fact.told)

        found, writer = self.objects, fact.party == 0
        match assertion:
            case ir.Properties(schemas):
                found.members.extend((name, said(s)) for name, s in schemas.items())
                if writer:
                    found.declared.update(dict.fromkeys(schemas))
                    found.told = found.told or (fact.told and bool(schemas))
            case ir.PatternProperties(schemas):
                found.patterns.extend((p, said(s)) for p, s in schemas.items())
                if writer:
                    found.matched.update(dict.fromkeys(schemas))
                    found.told = found.told or (fact.told and bool(schemas))
            case ir.AdditionalProperties(schema):
                found.additional.append((assertion, said(schema)))
                if writer and schema.assertions:
                    found.spread = True
            case ir.PropertyNames(schema):
                found.names.append(said(schema))
            case ir.Required(names):
                found.required.update(dict.fromkeys(names))
                if writer:
                    found.declared.update(dict.fromkeys(names))
                fits = not any(name in found.absent for name in names)
                return fits and self._counts(0, None)
            case ir.MinProperties(limit):
                return self._counts(limit, None)
            case ir.MaxProperties(limit):
                return self._counts(0, limit)
            case ir.DependentRequired() | ir.DependentSchemas():  # Choices.
                pass
            case ir.UnevaluatedProperties():  # As with items.
                pass
            case _:
                assert_never(assertion)
        return True


def _least(a: int | None, b: int | None) -> int | None:
    if a is None or b is None:
        return b if a is None else a
    return min(a, b)


_State = TypeVar("_State", Numbers, Strings, Arrays, Objects)


def _copied(state: _State) -> _State:
    """A state whose collections are its own."""
    made = type(state)()
    for item in fields(state):
        value = getattr(state, item.name)
        own = value.copy() if isinstance(value, dict | list | set) else value
        setattr(made, item.name, own)
    return made
