"""Arrays and objects that meet facets, built from solved parts."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Protocol

from codegen.ecma import examples
from codegen.ir import model as ir
from codegen.ir.values import among
from codegen.samples import negation
from codegen.samples.facets import Facets, Goal

MANY: Final = 2_000
"""Longer arrays and larger objects are not built."""

_VARIANTS: Final = 8
STRING: Final = ir.Schema(
    ir.SchemaId("~string"), ir.Location("", ""), (ir.Type(("string",)),)
)


@dataclass(frozen=True, slots=True)
class NoSample:
    """No document was found; `reason` says why. None may exist."""

    reason: str


class Solver(Protocol):
    """Whoever can solve the goals of parts."""

    module: ir.Module

    def solve(self, goal: Goal, complete: bool) -> ir.Json | NoSample:
        """A valid value for a goal."""

    def several(self, goal: Goal, count: int) -> list[ir.Json]:
        """Up to `count` different valid values for a goal."""

    def holds(self, schema: ir.Schema, value: ir.Json) -> bool:
        """Whether a schema accepts a value."""


# --- arrays ------------------------------------------------------------------------


def arrays(solver: Solver, facets: Facets, complete: bool) -> Iterator[list[ir.Json]]:
    """Arrays as short as the facets let them be or, if complete, with every prefix
    item and at least one item."""
    sizes = [facets.least_items]
    if complete:
        sizes.insert(0, max(sizes[0], facets.prefix_size, 1))
    for size in dict.fromkeys(sizes):
        if size > MANY or (facets.max_items is not None and size > facets.max_items):
            continue
        for matched in _matched(facets):
            yield from _filled(solver, facets, size, matched, complete)


def _matched(facets: Facets) -> Iterator[str]:
    """How to deal with `contains`: matches first or last, or all over."""
    if not facets.contains:
        yield "none"
        return
    yield from ("first", "last", "all")


def _filled(
    solver: Solver, facets: Facets, size: int, matched: str, complete: bool
) -> Iterator[list[ir.Json]]:
    goals = [_item_goal(solver, facets, i, size, matched) for i in range(size)]
    if not facets.unique:
        items = [solver.solve(goal, complete) for goal in goals]
        if not any(isinstance(item, NoSample) for item in items):
            yield items
        yield from _variants(solver, goals, items)
        return
    choices = [solver.several(goal, min(size, 64) + 1) for goal in goals]
    items = []
    for options in choices:
        fresh = next((o for o in options if not among(o, items)), NoSample(""))
        if isinstance(fresh, NoSample):
            return
        items.append(fresh)
    yield items


def _item_goal(
    solver: Solver, facets: Facets, index: int, size: int, matched: str
) -> Goal:
    goal = facets.item(index)
    for contains in facets.contains:
        place = index if matched != "last" else size - 1 - index
        if matched == "all" or place < contains.minimum:
            goal = (*goal, contains.schema)
        elif contains.maximum is not None:
            goal = (*goal, *negation.denials(solver.module, contains.schema)[:1])
    return goal


def _variants(
    solver: Solver, goals: list[Goal], items: list[ir.Json | NoSample]
) -> Iterator[list[ir.Json]]:
    """The array with one item exchanged, for what only trying can tell."""
    if any(isinstance(item, NoSample) for item in items):
        return
    for index in range(min(len(items), _VARIANTS)):
        for other in solver.several(goals[index], 3):
            yield [*items[:index], other, *items[index + 1 :]]


# --- objects -----------------------------------------------------------------------


def objects(
    solver: Solver, facets: Facets, complete: bool
) -> Iterator[dict[str, ir.Json]]:
    """Objects with what is required or, if complete, with all that is declared."""
    least = _required(facets)
    if complete:
        names = [n for n in facets.properties if n not in least]
        full = _built(solver, facets, least, names, complete=True)
        if not isinstance(full, NoSample):
            yield from _extended(solver, facets, full, complete=True)
            yield from _without_one(full, names)
    small = _built(solver, facets, least, [], complete=complete)
    if isinstance(small, NoSample):
        return
    yield from _extended(solver, facets, small, complete=False)
    yield from _changed(solver, facets, small)


def _required(facets: Facets) -> list[str]:
    """The required names with all that depends on them, declared order first."""
    required = dict(facets.required)
    for _ in range(len(facets.dependent) + 1):
        for name, others in facets.dependent:
            if name in required:
                required |= dict.fromkeys(others)
    declared = [name for name in facets.properties if name in required]
    return declared + [name for name in required if name not in facets.properties]


def _built(
    solver: Solver,
    facets: Facets,
    required: list[str],
    optional: list[str],
    *,
    complete: bool,
) -> dict[str, ir.Json] | NoSample:
    """The object in declared order. An optional property nobody can fill stays out."""
    if len(required) > MANY:
        return NoSample("too many required properties")
    chosen = set(required) | set(optional)
    order = [name for name in facets.properties if name in chosen]
    order += [name for name in required if name not in facets.properties]
    built: dict[str, ir.Json] = {}
    for name in order:
        value = solver.solve(facets.at(name), complete)
        if not isinstance(value, NoSample):
            built[name] = value
        elif name in required:
            return NoSample(f"{name}: {value.reason}")
    spare = [name for name in optional if name in built]
    while facets.max_properties is not None and len(built) > facets.max_properties:
        if not spare:
            return NoSample("more properties required than allowed")
        del built[spare.pop()]
    return built


def _extended(
    solver: Solver, facets: Facets, built: dict[str, ir.Json], *, complete: bool
) -> Iterator[dict[str, ir.Json]]:
    """The object with as many more properties as it must have; a map that is to be
    complete gets one entry."""
    short = max(facets.min_properties - len(built), 0)
    full = facets.max_properties is not None and len(built) >= facets.max_properties
    if complete and not built and not full and _is_map(facets):
        short = max(short, 1)
    if short > MANY:
        return
    result = dict(built)
    for name in _more_names(solver, facets, short):
        if short <= 0:
            break
        if name in result:
            continue
        value = solver.solve(facets.at(name), complete)
        if not isinstance(value, NoSample):
            result[name] = value
            short -= 1
    if short <= 0:
        yield result


def _is_map(facets: Facets) -> bool:
    return bool(facets.by_pattern) or any(
        a.schema.assertions for a in facets.additional
    )


def _more_names(solver: Solver, facets: Facets, count: int) -> Iterator[str]:
    """Names for further properties: those that read well first, the empty one last."""
    yield from facets.properties
    late = []
    for name in _made_up(solver, facets, count):
        if name:
            yield name
        else:
            late.append(name)
    yield from late


def _made_up(solver: Solver, facets: Facets, count: int) -> Iterator[str]:
    for pattern, _ in facets.by_pattern:
        yield from itertools.islice(examples.matching([pattern], 1, 64), count + 1)
    plain = ("key", *(f"key{number}" for number in range(1, count + 8)))
    for name in plain:
        if all(solver.holds(schema, name) for schema in facets.names):
            yield name
    if facets.names:
        yield from solver.several((*facets.names, STRING), min(count + 4, 64))


def _without_one(
    full: dict[str, ir.Json], names: list[str]
) -> Iterator[dict[str, ir.Json]]:
    """The full object without one, then without more and more, optional properties."""
    for name in names[:_VARIANTS]:
        yield {key: value for key, value in full.items() if key != name}
    dropped: set[str] = set()
    for name in reversed(names):
        dropped.add(name)
        if len(dropped) > 1:
            yield {key: value for key, value in full.items() if key not in dropped}


def _changed(
    solver: Solver, facets: Facets, small: dict[str, ir.Json]
) -> Iterator[dict[str, ir.Json]]:
    """The smallest object with one value exchanged or one property more."""
    for name in list(small)[:_VARIANTS]:
        for other in solver.several(facets.at(name), 4):
            yield small | {name: other}
    room = facets.max_properties is None or len(small) < facets.max_properties
    for name in facets.properties if room else ():
        if name not in small:
            value = solver.solve(facets.at(name), False)
            if not isinstance(value, NoSample):
                yield small | {name: value}
