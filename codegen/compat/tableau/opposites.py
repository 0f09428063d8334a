"""What it means that an assertion does not hold, in terms of what holds instead.

Each answer takes for granted that the value has a JSON type that the assertion is
about. Where it cannot be said, more is allowed than there is: nothing that is possible
is left out.
"""

from __future__ import annotations

import itertools
from typing import Final, assert_never

from codegen.compat.normal import forms
from codegen.compat.tableau.saying import (
    FALSE,
    TRUE,
    Absent,
    Avoided,
    Clause,
    Excluded,
    Fact,
    Indivisible,
    ItemAt,
    MemberAt,
    Own,
    Repeats,
    Said,
    SomeItem,
    SomeMember,
    Vague,
)
from codegen.ecma import languages
from codegen.ir import facts
from codegen.ir import model as ir

_PAIRS: Final = 12
"""Branches of a `oneOf` of which any two may both hold; of more, this is left out."""


def opposite(said: Said, assertion: ir.Assertion) -> Clause:
    """What holds where an assertion of a schema does not."""
    match assertion:
        case ir.Never():
            return TRUE
        case ir.Type():  # Decided where the JSON type of the value is known.
            return TRUE
        case ir.Enum(values):
            return _one(said, Excluded(values))
        case ir.OnNumbers():
            return _of_number(said, assertion)
        case ir.OnStrings():
            return _of_string(said, assertion)
        case ir.OnArrays():
            return _of_array(said, assertion)
        case ir.OnObjects():
            return _of_object(said, assertion)
        case ir.InPlace():
            return _in_place(said, assertion)
        case _:
            assert_never(assertion)


def _one(said: Said, *whats: ir.Assertion | Own) -> Clause:
    return (tuple(Fact(said.party, what) for what in whats),)


def _of_number(said: Said, assertion: ir.NumberAssertion) -> Clause:
    match assertion:
        case ir.Minimum(limit, exclusive):
            return _one(said, ir.Maximum(limit, not exclusive))
        case ir.Maximum(limit, exclusive):
            return _one(said, ir.Minimum(limit, not exclusive))
        case ir.MultipleOf(divisor):
            return _one(said, Indivisible(forms.exact(divisor)))
        case _:
            assert_never(assertion)


def _of_string(said: Said, assertion: ir.StringAssertion) -> Clause:
    match assertion:
        case ir.MinLength(limit):
            return _one(said, ir.MaxLength(limit - 1)) if limit > 0 else FALSE
        case ir.MaxLength(limit):
            return _one(said, ir.MinLength(limit + 1))
        case ir.Pattern(regex):
            sized = languages.sized(regex)
            if sized is None:
                return _one(said, Avoided(regex))
            free, low, high = sized
            found = _one(said, Avoided(free))
            if low > 0:
                found = (*found, *_one(said, ir.MaxLength(low - 1)))
            if high is not None:
                found = (*found, *_one(said, ir.MinLength(high + 1)))
            return found
        case ir.Format(name):  # Only those that are asserted come here.
            return _one(said, Vague(f"format: {name}", said.place))
        case _:
            assert_never(assertion)


def _of_array(said: Said, assertion: ir.ArrayAssertion) -> Clause:
    party = said.party
    match assertion:
        case ir.PrefixItems(schemas):
            return tuple(
                (
                    Fact(party, ir.MinItems(index + 1)),
                    Fact(party, ItemAt(index, said.denied(schema))),
                )
                for index, schema in enumerate(schemas)
            )
        case ir.Items(schema, start):
            return _one(said, SomeItem(start, said.denied(schema)))
        case ir.Contains(schema, low, high):
            fewer = ir.Contains(schema, 0, low - 1)
            found = _one(said, fewer) if low > 0 else FALSE
            if high is None:
                return found
            return (*found, *_one(said, ir.Contains(schema, high + 1, None)))
        case ir.MinItems(limit):
            return _one(said, ir.MaxItems(limit - 1)) if limit > 0 else FALSE
        case ir.MaxItems(limit):
            return _one(said, ir.MinItems(limit + 1))
        case ir.UniqueItems():
            return _one(said, Repeats())
        case ir.UnevaluatedItems():  # Asked of who knows the module.
            return TRUE
        case _:
            assert_never(assertion)


def _of_object(said: Said, assertion: ir.ObjectAssertion) -> Clause:
    party = said.party
    match assertion:
        case ir.Properties(schemas):
            return tuple(
                (
                    Fact(party, ir.Required((name,))),
                    Fact(party, MemberAt(name, said.denied(schema))),
                )
                for name, schema in schemas.items()
            )
        case ir.PatternProperties(schemas):
            return tuple(
                _one(said, SomeMember(regex, said=said.denied(schema)))[0]
                for regex, schema in schemas.items()
            )
        case ir.AdditionalProperties(schema, known, patterns):
            some = SomeMember(None, known, patterns, said=said.denied(schema))
            return _one(said, some)
        case ir.PropertyNames(schema):
            return _one(said, SomeMember(name=said.denied(schema)))
        case ir.Required(names):
            return tuple(_one(said, Absent(name))[0] for name in names)
        case ir.MinProperties(limit):
            return _one(said, ir.MaxProperties(limit - 1)) if limit > 0 else FALSE
        case ir.MaxProperties(limit):
            return _one(said, ir.MinProperties(limit + 1))
        case ir.DependentRequired(by_name):
            return tuple(
                (Fact(party, ir.Required((trigger,))), Fact(party, Absent(name)))
                for trigger, names in by_name.items()
                for name in names
            )
        case ir.DependentSchemas(schemas):
            return tuple(
                (Fact(party, ir.Required((trigger,))), said.denied(schema))
                for trigger, schema in schemas.items()
            )
        case ir.UnevaluatedProperties():  # Asked of who knows the module.
            return TRUE
        case _:
            assert_never(assertion)


def _in_place(said: Said, assertion: ir.InPlaceApplicator) -> Clause:
    match assertion:
        case ir.Ref():  # Followed by who knows the module.
            return TRUE
        case ir.AllOf(schemas):
            return tuple((said.denied(schema),) for schema in schemas)
        case ir.AnyOf(schemas):
            return (tuple(map(said.denied, schemas)),)
        case ir.OneOf(schemas):
            none = tuple(map(said.denied, schemas))
            if len(schemas) > _PAIRS:
                return none, (Fact(said.party, Vague("oneOf", said.place)),)
            pairs = itertools.combinations(schemas, 2)
            both = ((_held(said, a), _held(said, b)) for a, b in pairs)
            return (none, *both)
        case ir.Not(schema):
            return ((_held(said, schema),),)
        case ir.IfThenElse(condition, then, otherwise):
            found: list[tuple[Said, ...]] = []
            if then is not None:
                found.append((_held(said, condition), said.denied(then)))
            if otherwise is not None:
                found.append((said.denied(condition), said.denied(otherwise)))
            return tuple(found)
        case _:
            assert_never(assertion)


def _held(said: Said, schema: ir.Schema) -> Said:
    return Said(said.party, schema, True, False)


def alternatives(said: Said, assertion: ir.InPlaceApplicator) -> list[Clause]:
    """What holds where an assertion that applies schemas in place holds."""

    def same(schema: ir.Schema) -> Said:
        return Said(said.party, schema, True, said.told)

    match assertion:
        case ir.Ref():  # Followed by who knows the module.
            return []
        case ir.AllOf(schemas):
            return [((same(schema),),) for schema in schemas]
        case ir.AnyOf(schemas):
            return [tuple((same(schema),) for schema in schemas)]
        case ir.OneOf(schemas):
            denied = tuple(map(said.denied, schemas))
            return [
                tuple(
                    (same(schema), *denied[:i], *denied[i + 1 :])
                    for i, schema in enumerate(schemas)
                )
            ]
        case ir.Not(schema):
            only = facts.only(schema)
            if isinstance(only, ir.Not):
                return [((same(only.schema),),)]
            return [((said.denied(schema),),)]
        case ir.IfThenElse(condition, then, otherwise):
            first = () if then is None else (_held(said, then),)
            second = () if otherwise is None else (_held(said, otherwise),)
            met = (_held(said, condition), *first)
            return [(met, (said.denied(condition), *second))]
        case _:
            assert_never(assertion)
