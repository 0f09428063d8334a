"""Arrays of a case: some of them, or that there are none."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol, TypeAlias

from codegen.compat.tableau.case import Case
from codegen.compat.tableau.saying import Place, Said, joined
from codegen.compat.tableau.scalars import Nothing
from codegen.ir import model as ir
from codegen.ir.equality import freeze

_LONGEST: Final = 400
"""Items of the longest array that is built."""
_FEW: Final = 3

_Need: TypeAlias = tuple[int, Said, int, int | None]
"""From which index on there must be items that are what is said, how many at least and
at most."""


class Found(Protocol):
    """What can stand at a place."""

    @property
    def values(self) -> tuple[ir.Json, ...]: ...

    @property
    def empty(self) -> bool: ...


class Looking(Protocol):
    """What is asked about places inside."""

    def look(self, place: Place) -> Found:
        """What can stand at a place."""

    def listed(self, place: Place) -> tuple[ir.Json, ...] | None:
        """All values of a place, where it plainly lists them."""


@dataclass(slots=True)
class Arrays:
    """Looks at one case. Items from `tail` on are all alike."""

    places: Looking
    case: Case

    @property
    def tail(self) -> int:
        """The index from which on the same is said of each item."""
        held = self.case.arrays
        ends = [index + 1 for index, _ in held.at]
        ends += [start for start, _ in held.items]
        ends += [some.start for some in held.some]
        return max(ends, default=0)

    def at(self, index: int) -> Place:
        """What is said of the item at an index."""
        held = self.case.arrays
        mine = [said for place, said in held.at if place == index]
        mine += [said for start, said in held.items if start <= index]
        return joined(tuple(mine))

    def some(self) -> tuple[ir.Json, ...]:
        """A few arrays. Raises `Nothing` where there are none."""
        held = self.case.arrays
        tail = self.tail
        if tail > _LONGEST:
            return ()
        longest = held.maximum
        for index in range(tail + 1):
            if longest is not None and index >= longest:
                break
            if self.places.look(self.at(index)).empty:
                longest = index
        if longest is not None and held.minimum > longest:
            raise Nothing
        self._contained(longest)
        if held.unique:
            self._different(tail)
        pairs = self._pairs(longest) if held.repeats else []
        return tuple(itertools.islice(self._built(longest, pairs), _FEW))

    def every(self) -> tuple[list[ir.Json], ...] | None:
        """All arrays, where they are few; otherwise None. Of what the case asks for as
        a whole only their length counts."""
        held, longest = self.case.arrays, self.case.arrays.maximum
        if longest is None or longest > _FEW:
            return None
        items: list[tuple[ir.Json, ...]] = []
        for index in range(longest):
            listed = self.places.listed(self.at(index))
            if listed is None:
                return None
            items.append(listed)
        if math.prod(len(listed) + 1 for listed in items) > _LONGEST:
            return None
        return tuple(
            list(pick)
            for length in range(held.minimum, longest + 1)
            for pick in itertools.product(*items[:length])
        )

    # --- what there must be --------------------------------------------------------

    def _indices(self, longest: int | None) -> range:
        """One index of each kind that an array can have."""
        tail = self.tail
        return range(tail + 1 if longest is None else min(tail + 1, longest))

    def _able(self, said: Said, longest: int | None, start: int = 0) -> list[int]:
        """The indices at which an item can be that is what is said."""
        return [
            index
            for index in self._indices(longest)
            if index >= start
            and not self.places.look(joined(self.at(index), (said,))).empty
        ]

    def _contained(self, longest: int | None) -> None:
        held = self.case.arrays
        for some in held.some:
            if not self._able(some.said, longest, some.start):
                raise Nothing
        for said, low, high in held.contains:
            if low > 0:
                if held.unique:
                    self._enough([(said,)], low)
                able = self._able(said, longest)
                if self.tail not in able and len(able) < low:
                    raise Nothing
                if not able or (
                    self.tail in able
                    and longest is not None
                    and len(able) - 1 + longest - self.tail < low
                ):
                    raise Nothing
            if high is not None:
                self._at_most(said, high)
        for (one, low, _), (other, _, high) in itertools.permutations(held.contains, 2):
            # More of the one than there may be of the other: one of it is no other.
            if high is not None and low > high:
                unlike = other.denied(other.schema)
                both = (
                    joined(self.at(i), (one, unlike)) for i in self._indices(longest)
                )
                if all(self.places.look(place).empty for place in both):
                    raise Nothing

        self._apart(longest)

    def _apart(self, longest: int | None) -> None:
        """What no item can be at once takes an item each."""
        held = self.case.arrays
        needs = [(said, low) for said, low, _ in held.contains]
        needs += [(some.said, 1) for some in held.some]
        if longest is None or sum(low for _, low in needs) <= longest:
            return
        apart: list[Said] = []
        least = 0
        for said, low in needs:
            if all(self.places.look(joined((said, one))).empty for one in apart):
                apart.append(said)
                least += low
        if least > longest:
            raise Nothing

    def _at_most(self, said: Said, high: int) -> None:
        """No more items may be what is said than that; some have to be."""
        held = self.case.arrays
        forced = 0
        for index in range(min(held.minimum, self.tail + 1)):
            other = joined(self.at(index), (said.denied(said.schema),))
            if self.places.look(other).empty:
                same = held.minimum - index if index == self.tail else 1
                forced += same
        if forced > high:
            raise Nothing

    def _different(self, tail: int) -> None:
        """No two items are equal, so there are no more than there are values."""
        every = [self.at(index) for index in range(tail + 1)]
        self._enough(every, self.case.arrays.minimum)

    def _enough(self, places: Sequence[Place], count: int) -> None:
        """Of all values of some places there must be so many."""
        values: dict[object, None] = {}
        for place in places:
            listed = self.places.listed(place)
            if listed is None:
                return
            values.update(dict.fromkeys(freeze(value) for value in listed))
        if count > len(values):
            raise Nothing

    def _pairs(self, longest: int | None) -> list[tuple[int, int]]:
        """Indices of which two items can be equal. Raises `Nothing`."""
        tail = self.tail
        every = itertools.combinations([*range(tail + 1), tail + 1], 2)
        found = [
            (i, j)
            for i, j in every
            if (longest is None or j < longest)
            and not self.places.look(joined(self.at(i), self.at(j))).empty
        ]
        if not found:
            raise Nothing
        return found

    # --- documents -----------------------------------------------------------------

    def _built(
        self, longest: int | None, pairs: list[tuple[int, int]]
    ) -> Iterator[list[ir.Json]]:
        held = self.case.arrays
        if held.minimum > _LONGEST:
            return
        for length in range(held.minimum, held.minimum + 3):
            if longest is not None and length > longest:
                break
            for wanted in itertools.islice(self._wants(length, pairs), 6):
                for variant in range(2):
                    made = self._filled(length, wanted, variant)
                    if made is not None:
                        yield made

    def _wants(
        self, length: int, pairs: list[tuple[int, int]]
    ) -> Iterator[dict[int, tuple[Said, ...]]]:
        """Which item is to be what, so that there is everything that must be."""
        held = self.case.arrays
        twins: list[tuple[int, ...]] = [(i, j) for i, j in pairs if j < length]
        needs: list[_Need] = [(some.start, some.said, 1, None) for some in held.some]
        needs += [(0, said, low, high) for said, low, high in held.contains if low > 0]
        for shift in range(max(length, 1) if needs else 1):
            for alike in twins if held.repeats else [()]:
                wanted = self._wanted(length, shift, needs, alike)
                if wanted is not None:
                    yield wanted

    def _wanted(
        self, length: int, shift: int, needs: list[_Need], alike: tuple[int, ...]
    ) -> dict[int, tuple[Said, ...]] | None:
        """The same, where items that are `alike` are to be equal, and places are tried
        from one on."""
        both = joined(*(self.at(index) for index in alike))
        wanted = dict.fromkeys(alike, both)
        for start, said, count, most in needs:
            places = [*range(start, length)]
            places = places[shift:] + places[:shift]
            few = most is not None and most < len(alike)
            free = [
                index
                for index in places
                if not (few and index in alike)
                and self._goes(index, (*wanted.get(index, ()), said))
            ]
            if len(free) < count:
                return None
            for index in free[:count]:
                for one in alike if index in alike else (index,):
                    wanted[one] = (*wanted.get(one, ()), said)
        return wanted

    def _goes(self, index: int, wanted: tuple[Said, ...]) -> bool:
        return bool(self.places.look(joined(self.at(index), wanted)).values)

    def _filled(
        self, length: int, wanted: dict[int, tuple[Said, ...]], variant: int
    ) -> list[ir.Json] | None:
        """An array of a length; None where an item is not to be had."""
        held = self.case.arrays
        limited = [said for said, _, high in held.contains if high is not None]
        items: list[ir.Json] = []
        used: set[object] = set()
        for index in range(length):
            asked = wanted.get(index, ())
            own = joined(self.at(index), asked)
            few = tuple(s.denied(s.schema) for s in limited if s not in asked)
            choices = self.places.look(joined(own, few)).values
            choices = choices or self.places.look(own).values
            if held.unique:
                choices = tuple(c for c in choices if freeze(c) not in used)
            if not choices:
                return None
            chosen = choices[variant % len(choices) if index not in wanted else 0]
            used.add(freeze(chosen))
            items.append(chosen)
        return items
