"""Near misses: documents just inside and just outside each constraint.

A valid document is walked together with its schema. At every place each facet
proposes values: those that should still be valid and those that break exactly it.
Objects with a name of their own are entered at the root only, because they have
near misses of their own.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import cached_property
from typing import Final, NamedTuple

from codegen.ir import facts, tags
from codegen.ir import model as ir
from codegen.samples import near_values as values
from codegen.samples.build import DEFAULT_BUDGET, Builder
from codegen.samples.conditional import conditional
from codegen.samples.containers import NoSample
from codegen.samples.edits import Edit, Proposal, child
from codegen.samples.facets import Facets, Goal
from codegen.samples.sizes import weigh

MOST: Final = 600
"""How many near misses one schema may have."""

_OTHER_WAYS: Final = 32
_WAYS: Final = 64
_DEEP: Final = 5
_HEAVIEST: Final = 10_000
_WRITTEN: Final = 20_000
"""How many values the changes of one schema may hold together: all of them stand in its
golden file. Those of published specifications hold 4,000."""


class NearMiss(NamedTuple):
    """A document that differs from a valid one at one place.

    `value` is the whole document, `edit` the change of `base`; `variant` is 0 if
    that is the document asked about, and counts the variants of it otherwise.
    `valid` is what the construction intends, `keyword` the assertion at stake and
    `pointer` the place of it. `note` says in a few words what was done.
    """

    value: ir.Json
    base: ir.Json
    variant: int
    edit: Edit
    valid: bool
    pointer: str
    keyword: str
    note: str


def near_misses(
    builder: Builder, schema: ir.Schema, base: ir.Json, *, whole: bool = False
) -> list[NearMiss]:
    """The near misses of a schema, made from a document that is valid under it, and
    from variants of it that take the other ways of a union or a condition.

    If `whole`, there are no variants, and named objects are entered as well. In
    document order, without duplicates, at most `MOST`, and as many as `_WRITTEN` and
    the builder's effort allow: each is to be judged and decoded. What is said to be
    valid or not follows from the construction; conditions across fields may overrule
    it, so ask a judge.
    """
    finder = _Finder(builder, whole)
    found: list[NearMiss] = []
    seen: set[tuple[int, str, str]] = set()
    written = 0
    bases = [base, *([] if whole else finder.variants(schema, base))]
    for number, start in enumerate(bases):
        weight = weigh(start, _HEAVIEST)
        for edit, proposal in finder.visit((schema,), start, "", None, 0):
            # A document that is exchanged as a whole is the same from every base.
            key = (number if edit.pointer else 0, edit.pointer, repr(edit.value))
            if key in seen:
                continue
            written += weigh(edit.value, _WRITTEN)
            full = len(found) >= MOST or written > _WRITTEN
            if builder.effort.spent or full:
                return found
            builder.effort.spend(weight)
            seen.add(key)
            found.append(_near_miss(start, number, edit, proposal))
    return found


def _near_miss(base: ir.Json, number: int, edit: Edit, proposal: Proposal) -> NearMiss:
    return NearMiss(
        value=edit.apply(base),
        base=base,
        variant=number,
        edit=edit,
        valid=proposal.valid,
        pointer=edit.pointer,
        keyword=proposal.keyword,
        note=proposal.note,
    )


class _Finder:
    """Walks documents with their schema; remembers what it has been through."""

    def __init__(self, builder: Builder, whole: bool) -> None:
        self.builder = builder
        self.module = builder.module
        self.whole = whole
        self.visited: set[tuple[str, tuple[ir.SchemaId, ...]]] = set()
        self._known_ways: dict[tuple[ir.SchemaId, ...], list[Facets]] = {}
        self._known_tags: dict[ir.SchemaId, tags.Tagged | None] = {}

    def variants(self, schema: ir.Schema, base: ir.Json) -> list[ir.Json]:
        """Valid documents that take the ways that the base does not take."""
        self.builder.refill(DEFAULT_BUDGET)
        found: list[ir.Json] = []
        known = {repr(base)}
        for other in self._others((schema,), base, complete=True):
            if repr(other) not in known:
                known.add(repr(other))
                found.append(other)
        return found

    def visit(
        self,
        goal: Goal,
        value: ir.Json,
        pointer: str,
        anchor: tuple[str, ir.Json] | None,
        depth: int,
    ) -> Iterator[tuple[Edit, Proposal]]:
        """Changes at a place and below it.

        `anchor` is set while a value is visited that the base document does not
        hold: its place, and the value that has to be put there first.
        """
        self.builder.refill(DEFAULT_BUDGET)
        known = self._taken(goal, value)
        if known is None:
            return
        inside = depth > 0 and not self.whole
        for proposal in values.of_types(self._ways(goal), value, inside=inside):
            yield self._edit(pointer, proposal, anchor)
        if self._foreign((*goal, *known.chosen) if depth else known.chosen):
            for proposal in values.of_tags(map(self._tagged, goal), value):
                yield self._edit(pointer, proposal, anchor)
            for proposal in values.of_named(known, value):
                yield self._edit(pointer, proposal, anchor)
            if depth and anchor is None:
                yield from self._branches(goal, value, pointer)
                yield from self._scalars(goal, pointer)
            return
        if self._been(pointer, (*goal, *known.chosen)):
            return
        for proposal in values.of_value(self.builder, known, value):
            yield self._edit(pointer, proposal, anchor)
        for proposal in conditional(self.builder, goal):
            yield self._edit(pointer, proposal, anchor)
        yield from self._below(known, value, pointer, anchor, depth)
        if anchor is None and depth:
            yield from self._alternatives(goal, value, pointer, depth)

    def _scalars(self, goal: Goal, pointer: str) -> Iterator[tuple[Edit, Proposal]]:
        """The edges of the scalars that may stand in the place of named objects."""
        for way in self._ways(goal):
            if way.atoms & {"object", "array"}:
                continue
            sample = self.builder.of_leaf(goal, way, complete=False)
            if not isinstance(sample, NoSample):
                for proposal in values.of_value(self.builder, way, sample):
                    yield self._edit(pointer, proposal, None)

    def _branches(
        self, goal: Goal, value: ir.Json, pointer: str
    ) -> Iterator[tuple[Edit, Proposal]]:
        """A small value of each other branch, all of them named objects."""
        for other in self._others(goal, value, complete=False):
            if repr(other) != repr(value):
                valid = Proposal(other, True, "anyOf", "another branch")
                yield self._edit(pointer, valid, None)

    def _been(self, pointer: str, goal: Goal) -> bool:
        """Whether a place has been visited with the same schemas before."""
        key = (pointer, tuple(sorted({schema.id for schema in goal})))
        if key in self.visited:
            return True
        self.visited.add(key)
        return False

    def _alternatives(
        self, goal: Goal, value: ir.Json, pointer: str, depth: int
    ) -> Iterator[tuple[Edit, Proposal]]:
        """The other branches of a union, each entered with a value of its own."""
        for other in self._others(goal, value, complete=True):
            if repr(other) == repr(value):
                continue
            valid = Proposal(other, True, "anyOf", "another branch")
            yield self._edit(pointer, valid, None)
            if not self.whole:
                yield from self.visit(goal, other, pointer, (pointer, other), depth + 1)

    def _below(
        self,
        facets: Facets,
        value: ir.Json,
        pointer: str,
        anchor: tuple[str, ir.Json] | None,
        depth: int,
    ) -> Iterator[tuple[Edit, Proposal]]:
        if depth > _DEEP:
            return
        parts: Iterator[tuple[str | int, ir.Json, Goal]] = iter(())
        if isinstance(value, dict):
            parts = ((name, inner, facets.at(name)) for name, inner in value.items())
        elif isinstance(value, list):
            first = itertools.islice(enumerate(value), 8)
            parts = ((index, inner, facets.item(index)) for index, inner in first)
        for token, inner, goal in parts:
            if goal:
                place = child(pointer, token)
                yield from self.visit(goal, inner, place, anchor, depth + 1)

    def _edit(
        self, pointer: str, proposal: Proposal, anchor: tuple[str, ir.Json] | None
    ) -> tuple[Edit, Proposal]:
        token = proposal.token
        place = pointer if token is None else child(pointer, token)
        if anchor is None:
            return Edit(place, proposal.value), proposal
        root, value = anchor
        inner = Edit(place[len(root) :], proposal.value).apply(value)
        plain = Proposal(inner, proposal.valid, proposal.keyword, proposal.note)
        return Edit(root, inner), plain

    def _ways(self, goal: Goal) -> list[Facets]:
        key = tuple(schema.id for schema in goal)
        if key not in self._known_ways:
            leaves = self.builder.space.leaves(goal, complete=True)
            self._known_ways[key] = list(itertools.islice(leaves, _WAYS))
        return self._known_ways[key]

    def _taken(self, goal: Goal, value: ir.Json) -> Facets | None:
        """The way of making choices that a value has taken."""
        for facets in self._ways(goal):
            if all(self.builder.holds(schema, value) for schema in facets.chosen):
                return facets
        return None

    def _others(
        self, goal: Goal, value: ir.Json, *, complete: bool
    ) -> Iterator[ir.Json]:
        """For each option of a choice that a value has not taken, a value that takes
        it; also of choices that only its own options leave."""
        count = 0
        known = self._taken(goal, value)
        taken = known.chosen if known is not None else ()
        for choice in self.builder.space.gather((*goal, *taken)).choices:
            for option in choice.options:
                if all(self.builder.holds(schema, value) for schema in option):
                    continue
                other = self.builder.other(goal, choice, option, complete=complete)
                if not isinstance(other, NoSample):
                    yield other
                    count += 1
                if count >= _OTHER_WAYS:
                    return

    @cached_property
    def _named(self) -> frozenset[ir.SchemaId]:
        """The schemas whose business is left to them: those that have a name."""
        return frozenset() if self.whole else self.module.named_ids

    def _tagged(self, schema: ir.Schema) -> tags.Tagged | None:
        """How the branches of a union are told apart: the same for every value."""
        if schema.id not in self._known_tags:
            self._known_tags[schema.id] = tags.tagged(self.module, schema)
        return self._known_tags[schema.id]

    def _foreign(self, goal: Goal) -> bool:
        """Whether a place is the business of a named object schema."""
        return any(
            "object" in facts.types(self.module, part) and part.id in self._named
            for schema in goal
            for part in facts.conjuncts(self.module, schema)
        )
