"""Which branch of the old union is which branch of the new one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from codegen.compat.changes.change import Step
from codegen.compat.normal import forms
from codegen.compat.normal.forms import Form
from codegen.compat.normal.normalise import Side, TooManyForms, unique
from codegen.compat.proof import scalars
from codegen.ir import model as ir
from codegen.ir.equality import Frozen, freeze

Partner = Callable[[ir.SchemaId], ir.SchemaId | None]
Aligned = tuple[list[tuple[Form, Form]], list[Form], list[Form]]


def merged(many: list[Form]) -> list[Form]:
    """Alternatives without those that others make superfluous; lists of values
    become one list."""
    if len(many) < 2 or many[0].kind in ("array", "object"):
        return many
    for form in many:
        if form.values is None and not form.residues and _says_nothing(form):
            return [form]
    listed = [f for f in many if f.values is not None and not f.residues]
    rest = [f for f in many if f.values is None or f.residues]
    if len(listed) > 1:
        values = unique(tuple(v for f in listed for v in f.values or ()))
        sources = forms.join(*(f.sources for f in listed))
        listed = [replace(listed[0], values=values, labels=(), sources=sources)]
    widest: list[Form] = []
    for index, form in enumerate(rest):
        others = [*widest, *rest[index + 1 :]]
        if not any(_within(form, other) for other in others):
            widest.append(form)
    return [*widest, *listed]


def _says_nothing(form: Form) -> bool:
    match form.facets:
        case forms.Bare():
            return True
        case forms.Number() as number:
            return number == forms.Number()
        case forms.String() as string:
            return string == forms.String()
        case _:
            return False


def _within(form: Form, other: Form) -> bool:
    if form.residues or other.residues or other.values is not None:
        return False
    match form.facets, other.facets:
        case forms.Number() as a, forms.Number() as b:
            return not scalars.number_within(a, b)
        case forms.String() as a, forms.String() as b:
            return not scalars.string_within(a, b)
        case _:
            return False


def align(
    old_side: Side,
    new_side: Side,
    partner: Partner,
    old: list[Form],
    new: list[Form],
    sole: bool,
) -> Aligned:
    """Pairs of alternatives of the same JSON type, and what is left on both sides.

    `sole` says that neither version has a choice there. Where only one of them has,
    an alternative must be very like to be taken for the same.
    """
    if sole:
        return [(old[0], new[0])], [], []
    choosy = old[0].kind == "object" and (len(old) == 1 or len(new) == 1)
    least = 0.8 if choosy else 0.0
    pairs: list[tuple[Form, Form]] = []
    gone, come = list(old), list(new)
    for score, a, b in _ranked(old_side, new_side, partner, old, new):
        if score > least and _holds(gone, a) and _holds(come, b):
            pairs.append((a, b))
            gone = [form for form in gone if form is not a]
            come = [form for form in come if form is not b]
    return pairs, gone, come


def _holds(many: list[Form], form: Form) -> bool:
    return any(other is form for other in many)


def _ranked(
    old_side: Side, new_side: Side, partner: Partner, old: list[Form], new: list[Form]
) -> list[tuple[float, Form, Form]]:
    old_tags = [tags(old_side, form) for form in old]
    new_tags = [tags(new_side, form) for form in new]
    scored = [
        (_score(partner, a, b, old_tags[i], new_tags[j]), -i, -j, a, b)
        for i, a in enumerate(old)
        for j, b in enumerate(new)
    ]
    scored.sort(key=lambda entry: entry[:3], reverse=True)
    return [(score, a, b) for score, _, _, a, b in scored]


Tags = dict[str, dict[Frozen, ir.Json]]
"""The values of each property that tells objects apart."""

_TAGS: Final = frozenset(("string", "number", "boolean"))
"""Types of values that tell objects apart."""


def _score(partner: Partner, a: Form, b: Form, mine: Tags, other: Tags) -> float:
    """How much two alternatives look like the same thing; 0 where they do not."""
    score = 0.0
    partners = {partner(label) for label in a.labels}
    if any(label in partners for label in b.labels):
        score += 4
    elif same_but_for_tags(partner, a, b):
        score += 1.5  # Less than a tag in common.
    for name in mine.keys() & other.keys():
        if mine[name].keys() & other[name].keys():
            score += 3
        elif not score:
            return 0.0
    titles = {s.annotations.title for s in a.sources} - {""}
    if titles & {s.annotations.title for s in b.sources}:
        score += 1
    match a.facets, b.facets:
        case forms.Object() as x, forms.Object() as y:
            names = x.properties.keys() | y.properties.keys()
            common = x.properties.keys() & y.properties.keys()
            score += len(common) / len(names) if names else 0.5
            return score if score >= 0.5 else 0.0
        case forms.Array() as x, forms.Array() as y:
            same = _kinds_of(x) == _kinds_of(y)
            return score + (0.6 if same else 0.1)
        case _:
            return score + (0.6 if a.facets == b.facets else 0.3)


def same_but_for_tags(partner: Partner, a: Form, b: Form) -> bool:
    """Whether discriminators of both versions confine the same named schema."""
    confined = {partner(target) for target, _ in _confined(a)}
    return any(target in confined for target, _ in _confined(b))


def told(partner: Partner, path: Sequence[Step]) -> Form | None:
    """The branch that the values of a place tell by discriminators of both versions,
    if it is the same schema in both; otherwise None."""
    names: list[str] = []
    for step in reversed(path):
        if step.kind != "property":
            return None
        names.insert(0, str(step.key))
        if same_but_for_tags(partner, step.old, step.new):
            both = _is_tag(step.old, names) and _is_tag(step.new, names)
            return step.old if both else None
    return None


def called(side: Side, form: Form) -> str:
    """What a specification calls a branch that a discriminator tells."""
    names = (side.named.get(target, "") for target, _ in _confined(form))
    return next(filter(None, names), "")


def _is_tag(form: Form, names: list[str]) -> bool:
    """Whether the property that these names lead to is the one by which a discriminator
    tells an alternative."""
    return any(_confines(branch, names) for _, branch in _confined(form))


def _confined(form: Form) -> list[tuple[ir.SchemaId, ir.Schema]]:
    """The named schemas of which a discriminator takes those with certain tags, each
    with the branch that says so."""
    return [
        (source.annotations.branch_of, source)
        for source in form.sources
        if source.annotations.branch_of is not None
    ]


def _confines(branch: ir.Schema, names: list[str]) -> bool:
    """Whether the property has been confined where the branch stands: nothing that is
    written inside of it stands there."""
    places = [branch]
    for name in names:
        places = [
            assertion.schemas[name]
            for place in places
            for assertion in place.assertions
            if isinstance(assertion, ir.Properties) and name in assertion.schemas
        ]
    return any(place.location == branch.location for place in places)


def _kinds_of(array: forms.Array) -> frozenset[str]:
    found: set[str] = set()
    for schema in array.items:
        for assertion in schema.assertions:
            if isinstance(assertion, ir.Type):
                found.update(assertion.types)
            elif isinstance(assertion, ir.Ref):
                found.add(assertion.target.rsplit("/", 1)[-1])
            else:
                found.add(type(assertion).__name__)
    return frozenset(found)


def tags(side: Side, form: Form) -> Tags:
    """The properties of an object that are confined to a few values; those that may be
    missing to one."""
    facets = form.facets
    if not isinstance(facets, forms.Object):
        return {}
    found: Tags = {}
    for name, node in facets.properties.items():
        try:
            every = list(side.expand(node).all()) if node else []
        except TooManyForms:
            continue
        if every and all(f.kind in _TAGS and f.values for f in every):
            values = {freeze(v): v for f in every for v in f.values or ()}
            if name in facets.required or len(values) == 1:
                found[name] = values
    return found
