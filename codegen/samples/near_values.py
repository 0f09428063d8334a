"""Values at the edge of each facet, inside and outside; arrays and objects."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator
from typing import Final

from codegen.ecma import examples
from codegen.ir import facts, tags
from codegen.ir import model as ir
from codegen.ir.accepts import judged
from codegen.ir.values import among
from codegen.samples import near_scalars as scalars
from codegen.samples.build import Builder, atom_of
from codegen.samples.containers import STRING, NoSample
from codegen.samples.edits import REMOVED, Proposal
from codegen.samples.facets import Facets, Goal

_MANY: Final = 200
"""Longer arrays and names are not made."""

_DEEP: Final = 64
"""So deep are items nested of which some are equal: a stack may end on the way."""

_SHALLOW: Final = 8
"""So deep they are where each level is judged, which takes calls of its own."""

_WRONG: Final[tuple[tuple[str, ir.Json], ...]] = (
    ("null", None),
    ("boolean", True),
    ("integer", 1),
    ("fraction", 1.5),
    ("string", "x"),
    ("array", []),
    ("object", {}),
)


_ALIKE: Final = {
    "boolean": "integer",
    "fraction": "integer",
    "string": "integer",
    "array": "integer",
    "object": "array",
}
"""Which type stands for another inside a document, where both are wrong. Where objects
are possible, arrays stand for themselves."""


def of_types(ways: list[Facets], value: ir.Json, *, inside: bool) -> Iterator[Proposal]:
    """One value of every type that no way of making choices allows; of those that are
    alike one if `inside` a document, where there are many such places."""
    possible: set[str] = set()
    for facets in ways:
        possible |= _atoms(facets)
    whole = isinstance(value, int) and not isinstance(value, bool)
    for atom, wrong in _WRONG:
        if inside and _stand_in(atom, possible) not in {atom, *possible}:
            continue
        if atom not in possible:
            name = "a fraction" if atom == "fraction" else f"{atom} instead"
            if atom == "fraction":
                wrong = _half(ways, value if whole else None)
            yield Proposal(wrong, False, "type", name)
    if whole and "integer" in possible and abs(value) < 2**53:
        yield Proposal(float(value), True, "type", "an integer written as float")


def _stand_in(atom: str, possible: set[str]) -> str:
    """The type that stands for another where both are wrong."""
    if atom == "array" and "object" in possible:
        return atom
    return _ALIKE.get(atom, atom)


def of_tags(
    decisions: Iterable[tags.Tagged | None], value: ir.Json
) -> Iterator[Proposal]:
    """The tag of a union's branch taken away, and one that no branch has; None is no
    such union."""
    for decision in decisions:
        if decision is not None and not decision.inside and isinstance(value, dict):
            name = decision.property
            if name in value:
                yield Proposal(
                    REMOVED, not decision.required, "required", "no tag", name
                )
                yield Proposal("no.such.tag", False, "enum", "no such tag", name)
            yield from _second_tags(decision, value)


def _second_tags(
    decision: tags.Tagged, value: dict[str, ir.Json]
) -> Iterator[Proposal]:
    """A tag that wants a second one, without it and with one that no branch has."""
    for tag, case in decision.cases.items():
        if isinstance(case, tags.Tagged) and not case.inside:
            first = {**value, decision.property: tag}
            first.pop(case.property, None)
            note = f"no second tag behind {tag}"
            yield Proposal(first, not case.required, "required", note)
            wrong = {**first, case.property: "no.such.tag"}
            yield Proposal(wrong, False, "enum", f"no such tag behind {tag}")


def of_named(facets: Facets, value: ir.Json) -> Iterator[Proposal]:
    """One violation inside an object that has near misses of its own elsewhere: it
    shows that what the object says is passed on."""
    if isinstance(value, dict):
        for name in [name for name in facets.required if name in value][-1:]:
            yield Proposal(REMOVED, False, "required", f"without {name}", name)


def _half(ways: list[Facets], near: int | None) -> float:
    """A number with a fraction that breaks no limit, if there is one to be had."""
    low, high = -math.inf, math.inf
    for facets in ways:
        if "integer" in facets.atoms:
            low = max([low, *(minimum.limit for minimum in facets.minima)])
            high = min([high, *(maximum.limit for maximum in facets.maxima)])
    candidates = [1.5]
    candidates += [low + 0.5] if abs(low) < 2**50 else []
    candidates += [high - 0.5] if abs(high) < 2**50 else []
    if near is not None and abs(near) < 2**50:
        candidates = [near + 0.5, near - 0.5, *candidates]
    return next((c for c in candidates if low < c < high and c % 1), 1.5)


def _atoms(facets: Facets) -> set[str]:
    if not facets.enums:
        return facets.atoms
    return set(map(atom_of, facets.enums[0]))


def of_value(builder: Builder, facets: Facets, value: ir.Json) -> Iterator[Proposal]:
    """Values at the edges of what the facets allow for the type of `value`."""
    if facets.enums:
        yield from scalars.of_members(facets, value)
        return
    match value:
        case bool() | None:
            return
        case int() | float():
            yield from scalars.of_numbers(facets)
        case str():
            yield from scalars.of_lengths(facets)
            yield from scalars.of_texts(facets, value, builder.typed)
        case list():
            yield from _arrays(builder, facets, value)
        case _:
            yield from _objects(builder, facets, value)


# --- arrays ------------------------------------------------------------------------


def _arrays(
    builder: Builder, facets: Facets, value: list[ir.Json]
) -> Iterator[Proposal]:
    yield Proposal([], facets.least_items == 0, "minItems", "empty")
    yield from _array_sizes(builder, facets, value)
    if facets.unique and value:
        room = facets.max_items is None or len(value) < facets.max_items
        twice = [*value, value[-1]] if room else [*value[:-1], value[0]]
        yield Proposal(twice, False, "uniqueItems", "the same item twice")
        yield from _equals(builder, facets)
    for contains in facets.contains:
        yield from _contained(builder, facets, contains, value)
    prefix = facets.prefix_size
    if prefix:
        yield Proposal(value[: prefix - 1], True, "prefixItems", "a shorter array")
        behind = facets.item(prefix)
        for atom, item in _WRONG:
            fits = all(builder.holds(schema, item) for schema in behind)
            longer = [*value[:prefix], item]
            yield Proposal(longer, fits, "items", f"{atom} as an item more")
        yield from _last_items(builder, facets, value, prefix)


def _last_items(
    builder: Builder, facets: Facets, value: list[ir.Json], prefix: int
) -> Iterator[Proposal]:
    """Arrays that end at each place of the prefix, with a wrong item there."""
    for index in range(min(prefix, len(value))):
        goal = facets.item(index)
        for atom, wrong in _WRONG:
            if not all(builder.holds(schema, wrong) for schema in goal):
                note = f"{atom} as the last item"
                yield Proposal([*value[:index], wrong], False, "type", note)
                break


def _contained(
    builder: Builder, facets: Facets, contains: ir.Contains, value: list[ir.Json]
) -> Iterator[Proposal]:
    """As few and as many items of a kind as allowed, and one beyond."""
    none = [item for item in value if not builder.holds(contains.schema, item)]
    if contains.minimum:
        yield Proposal(none, False, "contains", "none of the kind asked for")
    least, most = contains.minimum, contains.maximum
    edges = [(least, True, "the fewest"), (least - 1, False, "one too few")]
    if most is not None:
        edges += [(most, True, "the most"), (most + 1, False, "one too many")]
    matched = builder.several((*facets.item(0), contains.schema), 1)
    if matched and matched[0] in (0, 1) and contains.minimum:
        # In Python true equals 1, in JSON it does not.
        same = int(matched[0]) if isinstance(matched[0], bool) else bool(matched[0])
        fits = builder.holds(contains.schema, same)
        yield Proposal([same] * contains.minimum, fits, "contains", "what looks alike")
    for count, valid, note in edges:
        if matched and 0 < count <= _MANY:
            items = [*none, *matched * count]
            yield Proposal(items, valid, "contains", f"{note} of a kind")


def _equals(builder: Builder, facets: Facets) -> Iterator[Proposal]:
    """What is equal in JSON and what is not, where items are to be different."""
    items = (*facets.item(0), *facets.item(1))
    deep = _SHALLOW if any(_sees_all(builder, schema) for schema in items) else _DEEP
    for pair, differ, note in (
        ([1, True], True, "true is not 1"),
        ([0, False], True, "false is not 0"),
        ([True, False], True, "nor is it true"),
        ([1, 1.0], False, "1.0 is 1"),
        ([{"a": 1, "b": 2}, {"b": 2, "a": 1}], False, "order does not count"),
        ([[1], [True]], True, "nor inside"),
        ([{"a": 1}, {"a": 2}], True, "objects differ by a value"),
        ([_nested([1], deep), _nested([True], deep)], True, "nor deep inside"),
        (
            [_nested([1], deep), _nested([1.0], deep)],
            False,
            "1.0 is 1 deep inside, too",
        ),
    ):
        if all(
            builder.holds(schema, item)
            for index, item in enumerate(pair)
            for schema in facets.item(index)
        ):
            yield Proposal(pair, differ, "uniqueItems", note)


def _nested(value: ir.Json, levels: int) -> ir.Json:
    """A value in so many arrays."""
    for _ in range(levels):
        value = [value]
    return value


def _sees_all(builder: Builder, schema: ir.Schema) -> bool:
    """Whether a schema looks into arrays however deep they are: one more level is more
    to look at."""
    less, more = (
        judged(builder.module, schema, _nested(1, levels), builder.typed).steps
        for levels in (_SHALLOW, _SHALLOW + 1)
    )
    return more > less


def _array_sizes(
    builder: Builder, facets: Facets, value: list[ir.Json]
) -> Iterator[Proposal]:
    least, most = facets.min_items, facets.max_items
    if 0 < least <= _MANY:
        yield Proposal(
            _of_size(builder, facets, value, least), True, "minItems", "the fewest"
        )
        short = _of_size(builder, facets, value, least - 1)
        yield Proposal(short, False, "minItems", "one too few")
    if most is not None and most <= _MANY:
        full = _of_size(builder, facets, value, most)
        yield Proposal(full, True, "maxItems", "the most")
        long = _of_size(builder, facets, value, most + 1)
        yield Proposal(long, False, "maxItems", "one too many")


def _of_size(
    builder: Builder, facets: Facets, value: list[ir.Json], size: int
) -> list[ir.Json]:
    """An array of a length, with different items where they have to be."""
    result = value[:size]
    while len(result) < size:
        goal = facets.item(len(result))
        if not facets.unique:
            item = builder.part(goal)
            result.append(None if isinstance(item, NoSample) else item)
            continue
        options = builder.several(goal, size + 1)
        fresh = [o for o in options if not among(o, result)]
        if not fresh:
            break
        result.append(fresh[0])
    return result


# --- objects -----------------------------------------------------------------------


def _objects(
    builder: Builder, facets: Facets, value: dict[str, ir.Json]
) -> Iterator[Proposal]:
    for name in facets.required:
        if name in value:
            note = f"without {name}"
            yield Proposal(REMOVED, False, "required", note, token=name)
    for name in value:
        if name not in facets.required:
            yield Proposal(REMOVED, True, "required", f"without {name}", token=name)
    yield from _unknown(facets)
    yield from _nulls(builder, facets, value)
    for name in facets.properties:
        if name not in value:
            yield from _absent(builder, facets.at(name), name)
    yield from _names(builder, facets, value)
    yield from _object_sizes(builder, facets, value)


def _absent(builder: Builder, goal: Goal, name: str) -> Iterator[Proposal]:
    """A property that the document goes without, and values of every wrong type for
    it; what forbids it may be another part of the schema, so the types matter too."""
    typed = tuple(schema for schema in goal if not facts.is_never(schema))
    forbidden = len(typed) < len(goal)
    part = builder.part(typed)
    if not isinstance(part, NoSample):
        yield Proposal(part, not forbidden, "properties", f"with {name}", token=name)
    for atom, wrong in _WRONG:
        if not all(builder.holds(schema, wrong) for schema in typed):
            yield Proposal(wrong, False, "type", f"{atom} for {name}", token=name)


def _unknown(facets: Facets) -> Iterator[Proposal]:
    known = list(facets.properties)
    patterns = [pattern for pattern, _ in facets.by_pattern]
    name = examples.fresh(known, patterns)
    schemas = facets.at(name)
    closed = any(map(facts.is_never, schemas))
    if closed or not any(schema.assertions for schema in schemas):
        note = "an unknown property"
        yield Proposal(1, not closed, "additionalProperties", note, token=name)
    for escaped in ("a/b", "~c") if closed else ():
        note = "an unknown property with a name to escape"
        yield Proposal(1, False, "additionalProperties", note, token=escaped)


def _nulls(
    builder: Builder, facets: Facets, value: dict[str, ir.Json]
) -> Iterator[Proposal]:
    """Null wherever it is allowed, beside a property that is not declared."""
    nulls = {
        name: None
        for name in value
        if all(builder.holds(schema, None) for schema in facets.at(name))
    }
    name = examples.fresh(list(facets.properties), [p for p, _ in facets.by_pattern])
    schemas = facets.at(name)
    closed = any(map(facts.is_never, schemas))
    if nulls and (closed or not any(schema.assertions for schema in schemas)):
        note, beside = "nulls beside an unknown property", {**value, **nulls, name: 1}
        yield Proposal(beside, not closed, "additionalProperties", note)


def _names(
    builder: Builder, facets: Facets, value: dict[str, ir.Json]
) -> Iterator[Proposal]:
    """Properties whose names are just right or just wrong."""
    for schema in facets.names:
        # All of them first: what they take does not depend on what fills the property.
        for proposal in list(_of_names(builder, schema)):
            name = proposal.value
            if isinstance(name, str) and name not in value and len(name) <= _MANY:
                filler = builder.part(facets.at(name))
                filled = None if isinstance(filler, NoSample) else filler
                note = f"a property whose name is {proposal.note}"
                named = value | {name: filled}
                yield Proposal(named, proposal.valid, "propertyNames", note)
    for pattern, _ in facets.by_pattern:
        for name in itertools.islice(examples.matching([pattern], 1, 64), 1):
            yield from _wrong_values(builder, facets.at(name), name)


def _of_names(builder: Builder, schema: ir.Schema) -> Iterator[Proposal]:
    """Names that a schema of names just takes or just refuses."""
    for way in itertools.islice(builder.space.leaves((schema, STRING)), 1):
        yield from scalars.of_lengths(way)
        yield from scalars.of_texts(way, "", builder.typed)
    for name in ("extra", "x" * 70, "Extra name", "0", "é!"):
        if not builder.holds(schema, name):
            yield Proposal(name, False, "propertyNames", "no name")
            break


def _wrong_values(builder: Builder, goal: Goal, name: str) -> Iterator[Proposal]:
    """Values of every wrong type under a name that matches a pattern."""
    for atom, wrong in _WRONG:
        if not all(builder.holds(schema, wrong) for schema in goal):
            note = f"{atom} under a matching name"
            yield Proposal(wrong, False, "type", note, token=name)


def _object_sizes(
    builder: Builder, facets: Facets, value: dict[str, ir.Json]
) -> Iterator[Proposal]:
    least, most = facets.min_properties, facets.max_properties
    optional = [name for name in value if name not in facets.required]
    if least:
        for size, valid in ((least, True), (least - 1, False)):
            drop = set(optional[::-1][: max(len(value) - size, 0)])
            smaller = {n: v for n, v in value.items() if n not in drop}
            if len(smaller) == size:
                note = "as few properties as allowed" if valid else "one too few"
                yield Proposal(smaller, valid, "minProperties", note)
    if most is not None and most < _MANY:
        for size, valid in ((most, True), (most + 1, False)):
            grown = _grown(builder, facets, value, size)
            if len(grown) == size:
                note = "as many properties as allowed" if valid else "one too many"
                yield Proposal(grown, valid, "maxProperties", note)


def _grown(
    builder: Builder, facets: Facets, value: dict[str, ir.Json], size: int
) -> dict[str, ir.Json]:
    result = dict(value)
    names = [*facets.properties, *(f"key{n}" for n in range(size))]
    for name in names:
        if len(result) >= size:
            break
        item = builder.part(facets.at(name))
        if name not in result and not isinstance(item, NoSample):
            result[name] = item
    return result
