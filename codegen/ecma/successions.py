"""Repeats in succession that can read one text, whatever else stands between them.

`a.*b.*c$` is tried at each place of a text like `abab…`, at each such place each `b`
may be the one that is meant, and behind each of them `.*` is tried to the end. So the
steps grow with the cube of the length. One loop *passes on* to another if there is a
text that the first can read and stay, the second can read and stay, and that leads from
the first to the second: then each place where that text begins is another way. (Weber
and Seidl, "On the degree of ambiguity of finite automata", 1991.)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple, TypeAlias

from codegen.ecma.positions import Positions
from codegen.ecma.ways import components, letter_of, way

_STATES: Final = 60_000
"""So much is looked at for one pattern."""
_TIMES: Final = 20
"""How often a text stands in a row that each loop can read."""

_State: TypeAlias = tuple[int, int, int]
"""Places of one who stays in the first loop, of one who leaves it, and of one who stays
in the second loop."""


class _Passed(NamedTuple):
    """A text that leads from a place of one loop to a place of another one, and from
    each of these places back to it."""

    start: int
    end: int
    word: str


def candidates(made: Positions, *, starts: bool) -> Iterator[tuple[int, str]]:
    """Texts for which the steps grow with the cube of their length, each with a place
    of the first loop. Unless a pattern `starts` at one place, it is tried at each, as
    if a loop that reads anything stood before it."""
    here = len(made.follow)
    loops = [sorted(component) for component in components(made)]
    if not starts:
        made = _anywhere(made)
        loops.append([here])
    if len(loops) < 3:
        return
    search = _Search(made)
    for middle in loops:
        others = [loop for loop in loops if loop is not middle]
        before = search.first((loop, middle) for loop in others)
        after = before and search.first((middle, loop) for loop in others)
        if before and after:
            place = before.end if before.start == here else before.start
            yield place, _text(made, before, after, middle, starts)


def _anywhere(made: Positions) -> Positions:
    """The same with one more place, at which anything is read before the pattern."""
    here = len(made.follow)
    follow = [*made.follow, Counter({here: 1}) + made.first]
    everything = (1 << len(made.alphabet)) - 1
    return replace(
        made,
        follow=follow,
        masks=[*made.masks, everything],
        loops=[*made.loops, -1],
    )


def _text(
    made: Positions, before: _Passed, after: _Passed, middle: list[int], starts: bool
) -> str:
    begins = list(made.first) if starts else [before.start]
    start = way(made, begins, before.start, None) if starts else ""
    inside = set(middle)
    between = way(
        made, [*made.follow[before.end]], after.start, inside, here=before.end
    )
    return start + before.word * _TIMES + between + after.word * _TIMES


class _Search:
    """Looks for texts that loops pass on, until it has looked at enough."""

    def __init__(self, made: Positions) -> None:
        self._made = made
        self._left = _STATES

    def first(
        self, pairs: Iterator[tuple[Sequence[int], Sequence[int]]]
    ) -> _Passed | None:
        """The first of some pairs of loops of which one passes on to the other."""
        return next(filter(None, (self._passed(*pair) for pair in pairs)), None)

    def _passed(self, one: Sequence[int], other: Sequence[int]) -> _Passed | None:
        if not self._read(one) & self._read(other):
            return None
        for start in one:
            for end in other:
                word = self._word(start, end, set(one), set(other))
                if word:
                    return _Passed(start, end, word)
        return None

    def _read(self, loop: Sequence[int]) -> int:
        found = 0
        for place in loop:
            found |= self._made.masks[place]
        return found

    def _word(self, start: int, end: int, one: set[int], other: set[int]) -> str:
        """A text that leads from `start` to `end`, and from each back to itself without
        leaving its loop; empty if none was found."""
        first, goal = (start, start, end), (start, end, end)
        before: dict[_State, tuple[_State, int]] = {}
        pending = [first]
        for state in pending:
            for after, shared in self._steps(state, one, other):
                if after in before:
                    continue
                self._left -= 1
                if self._left < 0:
                    return ""
                before[after] = state, shared
                if after == goal:
                    return self._spelled(before, goal, first)
                pending.append(after)
        return ""

    def _steps(
        self, state: _State, one: set[int], other: set[int]
    ) -> Iterator[tuple[_State, int]]:
        masks, follow = self._made.masks, self._made.follow
        x, y, z = state
        for a in follow[x]:
            for c in follow[z] if a in one else ():
                both = masks[a] & masks[c] if c in other else 0
                for b in follow[y] if both else ():
                    if both & masks[b]:
                        yield (a, b, c), both & masks[b]

    def _spelled(
        self, before: dict[_State, tuple[_State, int]], state: _State, first: _State
    ) -> str:
        word = ""
        while True:
            state, shared = before[state]
            word = letter_of(self._made, shared) + word
            if state == first:
                return word
