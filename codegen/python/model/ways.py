"""Follows the ways through a circle of schemas, two at a time.

A way leads from a schema to those against which it holds the same value, or a member
of the value. Two ways that part, and take the same members, may meet again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, combinations, product
from typing import Final, TypeAlias, assert_never

from codegen.ir import model as ir
from codegen.ir import walk
from codegen.ir.values import matches
from codegen.python.model.union_dispatch import dispatch_of

_MOST: Final = 100_000
"""How many steps are looked at in a circle. One that is not decided by then counts as
all meetings: to remember answers is never wrong."""

_Pair: TypeAlias = tuple[ir.SchemaId, ir.SchemaId]
"""Two schemas against which the same value is held."""


# --- which parts of a value ways are about --------------------------------------------


@dataclass(frozen=True, slots=True)
class _Members:
    """The properties of an object, or items of an array, that an assertion is about:
    one `name`, those that match a `pattern`, or all but those in `known`; the item with
    an index, or all from one on."""

    kind: type[ir.OnObjects] | type[ir.OnArrays]
    name: str | None = None
    pattern: str | None = None
    known: frozenset[str] = frozenset()
    patterns: frozenset[str] = frozenset()
    first: int = 0
    last: int | None = None


def _overlap(one: _Members, other: _Members) -> bool:
    """Whether two assertions can be about the same member of a value."""
    if one.kind is not other.kind:
        return False
    if one.kind is ir.OnArrays:
        ends = [m.last for m in (one, other) if m.last is not None]
        return not ends or max(one.first, other.first) <= min(ends)
    return not (_apart(one, other) or _apart(other, one))


def _apart(one: _Members, other: _Members) -> bool:
    if one.name is not None:
        if other.name is not None:
            return one.name != other.name
        if other.pattern is not None:
            return not matches(other.pattern, one.name)
        return one.name in other.known
    return one.pattern is not None and one.pattern in other.patterns


_Step: TypeAlias = tuple[_Members, ir.SchemaId]


def _steps(assertion: ir.Assertion) -> Iterator[_Step]:
    """The schemas against which an assertion holds members of a value."""
    match assertion:
        case ir.Properties(schemas):
            for name, schema in schemas.items():
                yield _Members(ir.OnObjects, name=name), schema.id
        case ir.PatternProperties(schemas):
            for pattern, schema in schemas.items():
                yield _Members(ir.OnObjects, pattern=pattern), schema.id
        case ir.AdditionalProperties(schema, known, patterns):
            but = frozenset(known), frozenset(patterns)
            yield _Members(ir.OnObjects, None, None, *but), schema.id
        case ir.UnevaluatedProperties(schema):
            yield _Members(ir.OnObjects), schema.id
        case ir.PrefixItems(prefix):
            for index, schema in enumerate(prefix):
                yield _Members(ir.OnArrays, first=index, last=index), schema.id
        case ir.Items(schema, start):
            yield _Members(ir.OnArrays, first=start), schema.id
        case ir.Contains(schema=schema) | ir.UnevaluatedItems(schema):
            yield _Members(ir.OnArrays), schema.id
        case ir.OnAnyValue() | ir.OnNumbers() | ir.OnStrings() | ir.InPlace():
            return
        case ir.MinItems() | ir.MaxItems() | ir.UniqueItems():
            return
        case (
            ir.PropertyNames()
            | ir.Required()
            | ir.MinProperties()
            | ir.MaxProperties()
            | ir.DependentRequired()
            | ir.DependentSchemas()
        ):
            return
        case _:
            assert_never(assertion)


# --- ways -----------------------------------------------------------------------------


@dataclass(slots=True)
class Graph:
    """Which schemas lead to which others. `beside` are those against which the same
    value is held, in groups: of a group only one is asked about a value."""

    module: ir.Module
    steps: dict[ir.SchemaId, tuple[_Step, ...]] = field(default_factory=dict)
    beside: dict[ir.SchemaId, tuple[frozenset[ir.SchemaId], ...]] = field(
        default_factory=dict
    )
    twice: set[ir.SchemaId] = field(default_factory=set)
    """The schemas that ask those beside them again, for what these evaluate."""
    counted: set[ir.SchemaId] = field(default_factory=set)
    """The schemas with `contains`, whose items are asked again for the same."""

    def add(self, schema: ir.Schema) -> None:
        """Add what a schema leads to."""
        groups: list[frozenset[ir.SchemaId]] = []
        for assertion in schema.assertions:
            if isinstance(assertion, ir.Ref):
                groups.append(frozenset([assertion.target]))
            elif isinstance(assertion, ir.AnyOf | ir.OneOf):
                groups += self._branches(schema, assertion)
            else:
                inner = walk.in_place(assertion)
                groups += (frozenset([part.id]) for part in inner)
            if isinstance(assertion, ir.UnevaluatedItems | ir.UnevaluatedProperties):
                self.twice.add(schema.id)
            if isinstance(assertion, ir.Contains):
                self.counted.add(schema.id)
        self.beside[schema.id] = tuple(groups)
        self.steps[schema.id] = tuple(chain(*map(_steps, schema.assertions)))

    def _branches(
        self, schema: ir.Schema, union: ir.AnyOf | ir.OneOf
    ) -> Iterator[frozenset[ir.SchemaId]]:
        found = dispatch_of(self.module, union, schema.annotations.discriminator)
        if found is None or found.untagged:
            yield from (frozenset([branch.id]) for branch in union.schemas)
            return
        one_of = {branch.id for branch in union.schemas}
        one_of.update(branch.id for branch, _ in found.branches())
        if found.objects is not None:
            one_of.update(branch.id for branch in found.objects.branches)
        if found.default is not None:
            one_of.add(found.default.id)
        yield frozenset(one_of)

    def edges(self) -> Mapping[ir.SchemaId, set[ir.SchemaId]]:
        """The schemas to which each leads."""
        return {
            i: {*chain(*self.beside[i]), *(target for _, target in self.steps[i])}
            for i in self.steps
        }


def meetings_on(circle: set[ir.SchemaId], graph: Graph) -> set[ir.SchemaId]:
    """The schemas of a circle at which two ways meet that parted, with the same value.
    All of them where these cannot be found in bounded time."""
    return _Ways(graph, circle).meetings()


class _Ways:
    """The ways through a circle of schemas, followed two at a time."""

    def __init__(self, graph: Graph, circle: set[ir.SchemaId]) -> None:
        self._graph, self._circle = graph, circle
        self._beside = {
            i: [group & circle for group in graph.beside[i] if group & circle]
            for i in circle
        }
        self._steps = {
            i: [step for step in graph.steps[i] if step[1] in circle] for i in circle
        }
        self._asked: dict[ir.SchemaId, set[ir.SchemaId]] = {}
        self._seen: set[_Pair] = set()
        self._pending: deque[_Pair] = deque()
        self._work = 0

    def meetings(self) -> set[ir.SchemaId]:
        found: set[ir.SchemaId] = set()
        for i in self._circle:
            found |= self._asked_again(i) | self._parted(i)
        while self._pending and self._work <= _MOST:
            one, other = self._pending.popleft()
            asked, others = self._asked_with(one), self._asked_with(other)
            shared = asked & others
            found |= shared & {one, other}
            # What lies behind a meeting is asked once.
            apart = (asked | others) - shared
            found |= shared & self._beside_all(apart)
            ways = self._steps_of(asked - shared), self._steps_of(others - shared)
            found |= self._follow(product(*ways))
        return found if self._work <= _MOST else set(self._circle)

    def _asked_again(self, i: ir.SchemaId) -> set[ir.SchemaId]:
        """What is asked a second time to find what a schema evaluates."""
        if i not in self._graph.twice:
            return set()
        asked = self._asked_with(i)
        again = (asked - {i}) | (asked & self._graph.counted)
        led = (self._asked_with(target) for _, target in self._steps_of(again))
        return (asked - {i}).union(*led)

    def _asked_with(self, i: ir.SchemaId) -> set[ir.SchemaId]:
        """All schemas against which a value is held that is held against one."""
        found = self._asked.get(i)
        if found is None:
            found = self._asked[i] = {i}
            stack = [i]
            while stack and self._work <= _MOST:
                for other in self._beside_all((stack.pop(),)):
                    self._work += 1
                    if other not in found:
                        found.add(other)
                        stack.append(other)
        return found

    def _beside_all(self, some: Iterable[ir.SchemaId]) -> set[ir.SchemaId]:
        return {other for i in some for group in self._beside[i] for other in group}

    def _steps_of(self, some: Iterable[ir.SchemaId]) -> list[_Step]:
        return [step for i in some for step in self._steps[i]]

    def _parted(self, i: ir.SchemaId) -> set[ir.SchemaId]:
        """Begin with the ways that part at a schema. Returns where they meet at
        once."""
        groups = self._beside[i]
        named = [step for step in self._steps[i] if step[0].name is not None]
        others = [step for step in self._steps[i] if step[0].name is None]
        found = self._follow(chain(combinations(others, 2), product(named, others)))
        for number, group in enumerate(groups):
            later = set(chain(*groups[number + 1 :]))
            found |= group & later
            for one in group:
                asked = self._asked_with(one)
                found |= self._follow(product(self._steps[i], self._steps_of(asked)))
                for other in later - {one}:
                    self._note(one, other)
        return found

    def _follow(self, pairs: Iterable[tuple[_Step, _Step]]) -> set[ir.SchemaId]:
        """Note where two steps lead. Returns where they lead to the same schema."""
        found: set[ir.SchemaId] = set()
        for (members, one), (others, other) in pairs:
            self._work += 1
            if self._work > _MOST:
                break
            if _overlap(members, others):
                if one == other:
                    found.add(one)
                else:
                    self._note(one, other)
        return found

    def _note(self, one: ir.SchemaId, other: ir.SchemaId) -> None:
        pair = (one, other) if one < other else (other, one)
        if pair not in self._seen:
            self._seen.add(pair)
            self._pending.append(pair)
