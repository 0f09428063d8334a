"""Finds schemas that lead back to themselves on two ways with the same value.

`V: {anyOf: [{properties: {p: P, v: V}}, {properties: {q: Q, v: V}}]}` does: both
branches hold the value at `/v` against `V`. Each level of a value doubles what there is
to do, unless whoever judges remembers answers. Where every way back is about another
part of the value (`left` and `right` of a tree), nothing has to be remembered.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final

from codegen.ir import model as ir
from codegen.ir import walk
from codegen.python.model.ways import Graph, meetings_on

MANY: Final = 1_000_000
"""How many ways may lead on from a schema before answers are remembered: half a second
for whoever follows them all."""


@dataclass(frozen=True, slots=True)
class Circles:
    """The schemas that lead back to themselves (`circular`), those of them on circles
    where two ways meet again that parted, with the same value (`ambiguous`), where
    these meet (`meetings`), and all schemas that lead to circles (`leading`).

    Schemas from which very many ways lead on without a circle count as ambiguous, and
    as such where ways meet.
    """

    circular: frozenset[ir.SchemaId]
    ambiguous: frozenset[ir.SchemaId]
    meetings: frozenset[ir.SchemaId]
    leading: frozenset[ir.SchemaId]

    @classmethod
    def of(cls, module: ir.Module, joints: Iterable[ir.Schema]) -> Circles:
        """The circles of a module. A joint, to which no schema refers, is on the
        circles of those that it refers to."""
        units = {i: list(walk.references(one)) for i, one in module.schemas.items()}
        every: dict[ir.SchemaId, Collection[ir.SchemaId]] = {**units}
        circular: set[ir.SchemaId] = set()
        ambiguous: set[ir.SchemaId] = set()
        meetings: set[ir.SchemaId] = set()
        groups = circles(units)
        for group in groups:
            graph = Graph(module)
            for unit in group:
                for schema in walk.walk(module.schemas[unit]):
                    graph.add(schema)
            edges = graph.edges()
            every.update(edges)
            for circle in circles(edges):
                circular |= circle
                met = meetings_on(circle, graph)
                ambiguous |= circle if met else set()
                meetings |= met
        for unit in list(_with_many_ways(units, groups, ambiguous)):
            ambiguous |= {schema.id for schema in walk.walk(module.schemas[unit])}
            meetings.add(unit)
        leading = _leading(every, circular)
        for joint in joints:
            led = set(walk.references(joint))
            circular |= {joint.id} if led & circular else set()
            leading |= {joint.id} if led & leading else set()
        found = (circular, ambiguous, meetings, leading)
        return cls(*map(frozenset, found))


def _with_many_ways(
    units: Mapping[ir.SchemaId, Collection[ir.SchemaId]],
    groups: Iterable[Collection[ir.SchemaId]],
    ambiguous: Collection[ir.SchemaId],
) -> Iterator[ir.SchemaId]:
    """The schemas from which more than `MANY` ways lead on, where each circle is gone
    through once. Two references to the next schema, thirty times, are a billion."""
    circle_of = {unit: group for group in groups for unit in group}
    ways: dict[ir.SchemaId, int] = {}
    for unit in units:
        stack = [unit]
        while stack:
            one = stack.pop()
            if one in ways:
                continue
            circle = circle_of.get(one, (one,))
            led = [[o for o in units.get(i, ()) if o not in circle] for i in circle]
            missing = [other for other in chain(*led) if other not in ways]
            if missing:
                stack += [one, *missing]
                continue
            counts = [sum(ways[other] for other in others) for others in led]
            # Where ways part, a value may be held against all schemas of the circle.
            parts = any(i in ambiguous for i in circle)
            count = 1 + (sum(counts) if parts else max(counts))
            ways.update(dict.fromkeys(circle, min(count, MANY + 1)))
    yield from (unit for unit, count in ways.items() if count > MANY)


def _leading(
    edges: Mapping[ir.SchemaId, Iterable[ir.SchemaId]], to: Collection[ir.SchemaId]
) -> set[ir.SchemaId]:
    """The nodes that lead to some of these, and these."""
    back: dict[ir.SchemaId, list[ir.SchemaId]] = {}
    for node, others in edges.items():
        for other in others:
            back.setdefault(other, []).append(node)
    found = set(to)
    stack = list(to)
    while stack:
        for other in back.get(stack.pop(), ()):
            if other not in found:
                found.add(other)
                stack.append(other)
    return found


def circles(
    edges: Mapping[ir.SchemaId, Collection[ir.SchemaId]],
) -> list[set[ir.SchemaId]]:
    """The largest sets of nodes of a graph in which each leads to each, itself
    included: its strongly connected components, by Tarjan's algorithm."""
    found: list[set[ir.SchemaId]] = []
    order: dict[ir.SchemaId, int] = {}
    first: dict[ir.SchemaId, int] = {}
    """The earliest open node to which a node is known to lead."""
    open_: dict[ir.SchemaId, None] = {}
    for root in edges:
        way = [] if root in order else [(root, iter(edges[root]))]
        while way:
            node, others = way[-1]
            if node not in order:
                order[node] = first[node] = len(order)
                open_[node] = None
            for other in others:
                if other not in order and other in edges:
                    way.append((other, iter(edges[other])))
                    break
                if other in open_:
                    first[node] = min(first[node], order[other])
            else:
                way.pop()
                if way:
                    above = way[-1][0]
                    first[above] = min(first[above], first[node])
                if first[node] == order[node]:
                    found.append(_closed(node, open_))
    return [one for one in found if len(one) > 1 or one <= {*edges[min(one)]}]


def _closed(node: ir.SchemaId, open_: dict[ir.SchemaId, None]) -> set[ir.SchemaId]:
    """Takes a node and all behind it off the open ones."""
    found: set[ir.SchemaId] = set()
    while node not in found:
        found.add(open_.popitem()[0])
    return found
