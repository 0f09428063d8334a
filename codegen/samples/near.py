"""Near misses: documents just inside and just outside each constraint.

A valid document is walked together with its schema. At every place each facet
proposes values: those that should still be valid and those that break exactly it.
Objects with a name of their own are entered at the root only, because they have
near misses of their own.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from codegen.ir import facts
from codegen.ir import model as ir
from codegen.samples import near_values as values
from codegen.samples.build import DEFAULT_BUDGET, Builder
from codegen.samples.conditional import conditional
from codegen.samples.containers import NoSample
from codegen.samples.edits import Edit, at, child
from codegen.samples.facets import Facets, Goal
from codegen.samples.near_values import Proposal

MOST: Final = 600
"""How many near misses one schema may have."""

_OTHER_LEAVES: Final = 12
_DEEP: Final = 5


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A document that differs from a valid one at one place.

    `value` is the whole document, `edit` the change of the document it was made
    from. `valid` is what the construction intends; `keyword` is the assertion at
    stake and `pointer` the place of it. `note` says in a few words what was done.
    """

    value: ir.Json
    edit: Edit
    valid: bool
    pointer: str
    keyword: str
    note: str


def near_misses(
    builder: Builder, schema: ir.Schema, base: ir.Json, *, whole: bool = False
) -> list[NearMiss]:
    """The near misses of a schema, made from a document that is valid under it.

    If `whole`, named objects below the root are entered as well.
    In document order, without duplicates, at most `MOST`. What is said to be valid
    or not follows from the construction; conditions across fields may overrule it,
    so ask a judge.
    """
    finder = _Finder(builder, base, whole)
    found: list[NearMiss] = []
    seen: set[tuple[str, str]] = set()
    for edit, proposal in finder.visit((schema,), base, "", None, 0):
        key = (edit.pointer, repr(edit.value))
        if key in seen:
            continue
        seen.add(key)
        where = child(edit.pointer, proposal.token) if proposal.token else edit.pointer
        whole = edit.apply(base)
        found.append(
            NearMiss(
                whole, edit, proposal.valid, where, proposal.keyword, proposal.note
            )
        )
        if len(found) >= MOST:
            break
    return found


class _Finder:
    """Walks one document with its schema."""

    def __init__(self, builder: Builder, base: ir.Json, whole: bool) -> None:
        self.builder = builder
        self.module = builder.module
        self.base = base
        self.whole = whole
        self.named = set() if whole else set(builder.module.names.values())

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
        known, others = self._leaves(goal, value)
        if known is None:
            return
        everything = [known, *others]
        for proposal in values.of_types(everything, value):
            yield self._edit(pointer, proposal, anchor)
        if depth and self._foreign(goal):
            return
        for proposal in values.of_value(self.builder, known, value):
            yield self._edit(pointer, proposal, anchor)
        for proposal in conditional(self.builder, goal):
            yield self._edit(pointer, proposal, anchor)
        yield from self._below(known, value, pointer, anchor, depth)
        if anchor is None:
            yield from self._alternatives(goal, value, others, pointer, depth)

    def _alternatives(
        self,
        goal: Goal,
        value: ir.Json,
        others: list[Facets],
        pointer: str,
        depth: int,
    ) -> Iterator[tuple[Edit, Proposal]]:
        """The other branches of a union, each entered with a value of its own."""
        for facets in others[:_OTHER_LEAVES]:
            other = self.builder.of_leaf(goal, facets, complete=True)
            if isinstance(other, NoSample) or repr(other) == repr(value):
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
        place = child(pointer, proposal.token) if proposal.token else pointer
        if anchor is None:
            return Edit(place, proposal.value), proposal
        root, value = anchor
        inner = Edit(place[len(root) :], proposal.value).apply(value)
        plain = Proposal(inner, proposal.valid, proposal.keyword, proposal.note)
        return Edit(root, inner), plain

    def _leaves(self, goal: Goal, value: ir.Json) -> tuple[Facets | None, list[Facets]]:
        """The way of making choices that the value has taken, and the others."""
        known: Facets | None = None
        others: list[Facets] = []
        for facets in itertools.islice(
            self.builder.space.leaves(goal, complete=True), 64
        ):
            if known is None and self._taken(facets, value):
                known = facets
            else:
                others.append(facets)
        return known, others

    def _taken(self, facets: Facets, value: ir.Json) -> bool:
        return all(self.builder.holds(schema, value) for schema in facets.chosen)

    def _foreign(self, goal: Goal) -> bool:
        """Whether a place is the business of a named object schema."""
        return any(
            part.id in self.named and "object" in facts.types(self.module, part)
            for schema in goal
            for part in facts.conjuncts(self.module, schema)
        )


def present(document: ir.Json, pointer: str) -> bool:
    """Whether a document has a value at a pointer."""
    try:
        at(document, pointer)
    except (LookupError, ValueError, TypeError):
        return False
    return True
