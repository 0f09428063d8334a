"""What one assertion says of values of one JSON type."""

from __future__ import annotations

from collections.abc import Collection
from typing import assert_never

from codegen.compat.normal import forms
from codegen.ir import model as ir


def facets_of(
    kind: str, assertion: ir.Assertion, formats: Collection[str]
) -> forms.Facets | None:
    """One assertion as facets of a JSON type; None where it says nothing of values of
    that type, or nothing that facets can hold. `formats` are those that count."""
    match assertion:
        case ir.OnNumbers():
            return _numbers(assertion) if kind == "number" else None
        case ir.OnStrings():
            return _strings(assertion, formats) if kind == "string" else None
        case ir.OnArrays():
            return _arrays(assertion) if kind == "array" else None
        case ir.OnObjects():
            return _objects(assertion) if kind == "object" else None
        case ir.OnAnyValue() | ir.InPlace():
            return None
        case _:
            assert_never(assertion)


def _numbers(assertion: ir.NumberAssertion) -> forms.Number:
    match assertion:
        case ir.Minimum(limit, exclusive):
            return forms.Number(lower=forms.Bound(forms.exact(limit), exclusive))
        case ir.Maximum(limit, exclusive):
            return forms.Number(upper=forms.Bound(forms.exact(limit), exclusive))
        case ir.MultipleOf(divisor):
            return forms.Number(divisors=(forms.exact(divisor),))
        case _:
            assert_never(assertion)


def _strings(
    assertion: ir.StringAssertion,
    formats: Collection[str],
) -> forms.String | None:
    match assertion:
        case ir.MinLength(limit):
            return forms.String(minimum=limit)
        case ir.MaxLength(limit):
            return forms.String(maximum=limit)
        case ir.Pattern(regex):
            return forms.String(patterns=(regex,))
        case ir.Format(name):
            return forms.String(formats=(name,)) if name in formats else None
        case _:
            assert_never(assertion)


def _arrays(assertion: ir.ArrayAssertion) -> forms.Array | None:
    match assertion:
        case ir.PrefixItems(schemas):
            return forms.Array(prefix=tuple((s,) for s in schemas))
        case ir.Items(schema, start):
            return forms.Array(prefix=((),) * start, items=(schema,))
        case ir.MinItems(limit):
            return forms.Array(minimum=limit)
        case ir.MaxItems(limit):
            return forms.Array(maximum=limit)
        case ir.UniqueItems():
            return forms.Array(unique=True)
        case ir.Contains():
            return forms.Array(contains=(assertion,))
        case ir.UnevaluatedItems():  # A residue: it asks about everything beside it.
            return None
        case _:
            assert_never(assertion)


def _objects(assertion: ir.ObjectAssertion) -> forms.Object | None:
    match assertion:
        case ir.Properties(schemas):
            return forms.Object(properties={n: (s,) for n, s in schemas.items()})
        case ir.PatternProperties(schemas):
            return forms.Object(patterns=tuple(schemas.items()))
        case ir.AdditionalProperties():
            return forms.Object(additional=(assertion,))
        case ir.PropertyNames(schema):
            return forms.Object(names=(schema,))
        case ir.Required(names):
            return forms.Object(required=names)
        case ir.MinProperties(limit):
            return forms.Object(minimum=limit)
        case ir.MaxProperties(limit):
            return forms.Object(maximum=limit)
        case ir.DependentRequired(by_name):
            return forms.Object(dependent_required=tuple(by_name.items()))
        case ir.DependentSchemas(schemas):
            return forms.Object(dependent_schemas=tuple(schemas.items()))
        case ir.UnevaluatedProperties():  # As with items.
            return None
        case _:
            assert_never(assertion)
