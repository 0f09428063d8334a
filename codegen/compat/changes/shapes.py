"""What alternatives look like: their names in messages, and parts of them alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher

from codegen.compat.normal import forms
from codegen.compat.normal.equivalence import Classes
from codegen.compat.normal.forms import Form, Node
from codegen.compat.normal.normalise import (
    Expansion,
    Side,
    is_never,
    is_open,
)
from codegen.ir import model as ir


def classes_of(classes: Classes, side: int, node: Node) -> tuple[int, ...]:
    return tuple(classes.of(side, schema) for schema in node)


def kinds(expansion: Expansion) -> str:
    return " or ".join(
        kind_of(form) for many in expansion.forms.values() for form in many[:1]
    )


def kind_of(form: Form) -> str:
    integer = isinstance(form.facets, forms.Number) and form.facets.integer
    return "integer" if integer else form.kind


def named(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def is_union(expansion: Expansion) -> bool:
    """Whether a place was spelled as a union of two or more things."""
    forms_ = [f for f in expansion.all() if f.kind != "null"]
    return len(forms_) > 1 and any(len(f.sources) > 1 for f in forms_)


def is_single(expansion: Expansion) -> bool:
    return sum(1 for f in expansion.all() if f.kind != "null") <= 1


def grouped(many: list[Form]) -> Iterator[Form]:
    """One alternative for each named schema that came or went with several."""
    seen: set[ir.SchemaId] = set()
    for form in many:
        if form.labels and form.labels[-1] in seen:
            continue
        seen.update(form.labels[-1:])
        yield form


def hinted(many: tuple[Form, ...]) -> list[str] | None:
    """The listed values of strings of which one alternative accepts all."""
    if not any(f.values is None and f.facets == forms.String() for f in many):
        return None
    return [v for f in many for v in f.values or () if not f.residues]


def count(many: list[Form]) -> str:
    return f"{len(list(grouped(many)))} branches"


def only_item(form: Form, index: str | int) -> forms.Array:
    assert isinstance(form.facets, forms.Array)
    array, place = form.facets, int(index)
    if place < len(array.prefix):
        return forms.Array(prefix=(*((),) * place, array.prefix[place]))
    return forms.Array(prefix=((),) * len(array.prefix), items=array.items)


def only_members(
    side: Side, facets: forms.Object, names: tuple[str, ...]
) -> forms.Object:
    return forms.Object(
        properties={name: side.member(facets, name) for name in names},
        required=tuple(name for name in names if name in facets.required),
    )


def requiring(facets: forms.Object, name: str) -> forms.Object:
    return forms.Object(required=(name,) if name in facets.required else ())


def only_rest(facets: forms.Object, other: forms.Object) -> forms.Object:
    """Only what is said of names that neither version declares."""
    declared = dict.fromkeys((*facets.properties, *other.properties))
    rules = tuple(
        replace(rule, known=tuple(dict.fromkeys((*rule.known, *declared))))
        for rule in facets.additional
    )
    return forms.Object(properties=dict.fromkeys(declared, ()), additional=rules)


def only_patterns(facets: forms.Object, other: forms.Object) -> forms.Object:
    """Only what is said of names by pattern. Where patterns came or went, that is also
    which names are left for what is said of the rest."""
    rest = forms.Object()
    if set(facets.regexes) != set(other.regexes) and (
        facets.additional and other.additional
    ):
        rest = only_rest(facets, other)
    return replace(rest, patterns=facets.patterns)


def openness(node: Node) -> str:
    if is_never(node):
        return "closed"
    return "open" if is_open(node) else "map"


def defaulted(node: Node) -> bool:
    return any(schema.annotations.default is not ir.MISSING for schema in node)


def alike(a: str, b: str) -> bool:
    """Whether two names share enough to be the same thing renamed."""
    plain_a, plain_b = a.replace("_", "").lower(), b.replace("_", "").lower()
    if min(len(plain_a), len(plain_b)) < 3:
        return plain_a == plain_b
    if plain_a in plain_b or plain_b in plain_a:
        return True
    return SequenceMatcher(None, plain_a, plain_b).ratio() >= 0.6
