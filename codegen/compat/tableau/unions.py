"""Two unions that differ in few branches: what could go wrong, branch by branch.

Of `oneOf` exactly one branch holds. What is written by one branch is accepted by its
other version, unless a second branch there holds that did not hold before. That needs a
branch that changed, and in it a place where one version holds and the other does not:
it is enough to look at these beside each other branch, which is much less than all
branches beside all others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from codegen.compat.normal.equivalence import Classes
from codegen.compat.normal.forms import Node
from codegen.compat.tableau import unevaluated
from codegen.compat.tableau.places import READER, WRITER, Places
from codegen.compat.tableau.saying import Said
from codegen.ir import model as ir

_DEEP: Final = 8
"""Unions in each other that are taken apart."""

_Way: Final = ir.Ref | ir.OneOf

_Pair: TypeAlias = tuple[ir.Schema, ir.Schema]
"""A schema of the writer and one of the reader."""


@dataclass(slots=True)
class Unions:
    """Looks at unions in place; `contained` is a proof about one branch."""

    places: Places
    classes: Classes
    contained: Callable[[Node, ir.Schema], bool]

    def within(self, writer: Node, reader: ir.Schema) -> bool:
        """Whether everything written by a `oneOf` is accepted by another one. False
        where they are none, or this does not tell."""
        pairs = self._branches(writer[0], reader) if len(writer) == 1 else None
        if pairs is None:
            return False
        changed = [pair for pair in pairs if not self._same(pair)]
        if not all(self.contained((mine,), other) for mine, other in changed):
            return False
        return all(
            self._apart(one, place)
            for pair in changed
            for place in self._differing(pair, 0)
            for one, _ in pairs
            if one is not pair[0]
        )

    def _branches(self, mine: ir.Schema, other: ir.Schema) -> list[_Pair] | None:
        """The branches of two schemas that say no more than a `oneOf` and a type."""
        for _ in range(_DEEP):
            if not all(isinstance(a, ir.Type | _Way) for a in mine.assertions):
                return None
            odd = self._odd(mine, other)
            if odd is None or not isinstance(odd[0], _Way):
                return None
            inner = self._inner(*odd)
            if inner is None or isinstance(odd[0], ir.OneOf):
                return inner
            ((mine, other),) = inner
        return None

    def _apart(self, one: ir.Schema, place: _Pair) -> bool:
        """Whether nothing that a branch writes is where another one differs."""
        mine, other = place
        return all(
            self.places.whole(
                (
                    Said(WRITER, one),
                    Said(WRITER, mine, holds, False),
                    Said(READER, other, not holds, False),
                )
            ).empty
            for holds in (False, True)
        )

    def _differing(self, pair: _Pair, depth: int) -> Iterator[_Pair]:
        """Pairs of schemas about the value itself: where one version of a pair holds
        and the other does not, that is so of one of these."""
        odd = self._odd(*pair) if depth < _DEEP else None
        inner = None if odd is None else self._inner(*odd)
        if inner is None:
            yield pair
            return
        for each in inner:
            if not self._same(each):
                yield from self._differing(each, depth + 1)

    def _inner(self, mine: ir.Assertion, other: ir.Assertion) -> list[_Pair] | None:
        """The schemas that two assertions of one kind apply to the value itself."""
        if isinstance(mine, ir.Ref) and isinstance(other, ir.Ref):
            return [(self._at(WRITER, mine.target), self._at(READER, other.target))]
        if type(mine) is not type(other):
            return None
        if isinstance(mine, ir.AllOf | ir.AnyOf | ir.OneOf):
            assert isinstance(other, ir.AllOf | ir.AnyOf | ir.OneOf)
            return self._paired(mine.schemas, other.schemas)
        return None

    def _odd(
        self, mine: ir.Schema, other: ir.Schema
    ) -> tuple[ir.Assertion, ir.Assertion] | None:
        """The one thing that two schemas say otherwise; None where there are more."""
        every = mine.assertions, other.assertions
        if any(isinstance(a, unevaluated.Rule) for many in every for a in many):
            return None
        known = [
            {self.classes.of_assertion(self._number(party), a): a for a in many}
            for party, many in enumerate(every)
        ]
        left = [
            [a for key, a in one.items() if key not in another]
            for one, another in (known, reversed(known))
        ]
        match left:
            case [[a], [b]]:
                return a, b
            case _:
                return None

    def _paired(
        self, mine: tuple[ir.Schema, ...], other: tuple[ir.Schema, ...]
    ) -> list[_Pair] | None:
        """As many schemas in pairs: those of equal meaning, then others in order."""
        left = {self.classes.of(self._number(READER), s): s for s in other}
        if len(mine) != len(other) or len(left) != len(other):
            return None
        equal = [left.pop(self.classes.of(self._number(WRITER), s), None) for s in mine]
        rest = iter(left.values())
        found = zip(mine, equal, strict=True)
        return [(s, e if e is not None else next(rest)) for s, e in found]

    def _at(self, party: int, target: ir.SchemaId) -> ir.Schema:
        return self.places.parties[party].side.module.schemas[target]

    def _same(self, pair: _Pair) -> bool:
        mine, other = (
            self.classes.of(self._number(party), schema)
            for party, schema in zip((WRITER, READER), pair, strict=True)
        )
        return mine == other

    def _number(self, party: int) -> int:
        return self.places.parties[party].number
