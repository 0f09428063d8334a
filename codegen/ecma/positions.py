"""The places of a pattern at which it reads a character, and what follows each.

It is the automaton of Glushkov, which reads a character with every step, with one thing
more: in how many ways one place follows another. A matcher that tries one way after the
other goes each of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, assert_never

from codegen.ecma import syntax as ast
from codegen.ecma.charset import LAST, CharSet

MOST: Final = 800
"""Places that a pattern may have, its counted repeats written out."""

ROUNDS: Final = 40
"""Rounds of a counted repeat that are written out: no longer text is looked at."""

MANY: Final = 100
"""So many ways from one place to another are not told from more."""

_ENDLESS: Final = (None, ROUNDS // 2, ROUNDS // 4, 2)
"""From how many rounds on a counted repeat is taken for one without end: what is tried
until a pattern is small enough. None where no repeat is."""

_LIKED: Final = (*map(ord, "aA0-_ !"), 0xE9, 0x4E2D)


class TooLarge(Exception):
    """A pattern has more than `MOST` places."""


@dataclass(slots=True)
class _Part:
    """A part of the pattern: in how many ways it matches nothing, and the places that
    it can begin and end with, each as often as there are ways."""

    empty: int = 1
    first: Counter[int] = field(default_factory=Counter)
    last: Counter[int] = field(default_factory=Counter)


@dataclass(slots=True)
class Positions:
    """The places of one pattern. `follow[p]` has those behind place p; `loops[p]` is
    the offset of the outermost repeat around it, or -1."""

    chars: list[CharSet] = field(default_factory=list)
    loops: list[int] = field(default_factory=list)
    follow: list[Counter[int]] = field(default_factory=list)
    first: Counter[int] = field(default_factory=Counter)
    masks: list[int] = field(default_factory=list)
    """For each place the characters of `alphabet` that it reads, as bits."""
    alphabet: list[str] = field(default_factory=list)
    """One character for each set of them that the pattern does not tell apart."""


def positions(tree: ast.Node, pattern: ast.Node) -> Positions:
    """The places of a part of a pattern, or of the whole.

    Where there are too many, repeats that are counted to so and so many are taken for
    repeats without end. Raises `TooLarge`.
    """
    groups = dict(ast.groups(pattern))
    for endless in _ENDLESS:
        builder = _Builder(groups, endless)
        try:
            whole = builder.part(tree, -1)
        except TooLarge:
            if endless == _ENDLESS[-1]:
                raise
        else:
            break
    found = builder.made
    found.first = whole.first
    _number(found)
    return found


def _number(made: Positions) -> None:
    cuts = {0, 0xD800, 0xE000}
    for chars in made.chars:
        for low, high in chars.ranges:
            cuts.update((low, high + 1))
    ordered = sorted(cut for cut in cuts if cut <= LAST)
    letters = []
    for low, high in zip(ordered, [*ordered[1:], LAST + 1], strict=True):
        if low != 0xD800:
            letters.append(next((c for c in _LIKED if low <= c < high), low))
    made.alphabet = [chr(letter) for letter in letters]
    known: dict[CharSet, int] = {}
    for chars in made.chars:
        if chars not in known:
            known[chars] = sum(
                1 << bit for bit, letter in enumerate(letters) if letter in chars
            )
        made.masks.append(known[chars])


class _Builder:
    def __init__(self, groups: Mapping[int, ast.Node], endless: int | None) -> None:
        self.made = Positions()
        self._groups = groups
        self._endless = endless
        self._again = False

    def part(self, node: ast.Node, loop: int) -> _Part:
        """The places of a node; `loop` is the offset of the outermost repeat."""
        match node:
            case ast.Chars(chars):
                return self._char(chars, loop)
            case ast.Group(body=body):
                return self.part(body, loop)
            case ast.Sequence(items):
                whole = _Part()
                for item in items:
                    whole = self._behind(whole, self.part(item, loop))
                return whole
            case ast.Choice(options):
                whole = _Part(empty=0)
                for option in options:
                    part = self.part(option, loop)
                    whole.empty = min(whole.empty + part.empty, MANY)
                    whole.first += part.first
                    whole.last += part.last
                return whole
            case ast.Repeat():
                return self._repeat(node, node.offset if loop < 0 else loop)
            case ast.Start() | ast.End() | ast.Boundary():
                return _Part()
            case ast.Lookaround():
                return _Part()
            case ast.Back(index):
                return self._back(self._groups[index], loop)
            case _:
                assert_never(node)

    def _back(self, body: ast.Node, loop: int) -> _Part:
        """What a group has read is read again. How long that is has been decided, so
        each repeat in it stands for as few rounds as there can be, but for one."""
        if self._again:
            return _Part()
        self._again = True
        found = self.part(body, loop)
        self._again = False
        return found

    def _char(self, chars: CharSet, loop: int) -> _Part:
        made = self.made
        place = len(made.chars)
        if place >= MOST:
            raise TooLarge
        made.chars.append(chars)
        made.loops.append(loop)
        made.follow.append(Counter())
        return _Part(0, Counter((place,)), Counter((place,)))

    def _behind(self, one: _Part, two: _Part) -> _Part:
        """One part and then another."""
        self._lead(one.last, two.first)
        first = one.first + _times(two.first, one.empty)
        last = two.last + _times(one.last, two.empty)
        return _Part(min(one.empty * two.empty, MANY), first, last)

    def _lead(self, last: Counter[int], first: Counter[int]) -> None:
        for place, ways in last.items():
            follow = self.made.follow[place]
            for target, more in first.items():
                follow[target] = min(follow[target] + ways * more, MANY)

    def _repeat(self, node: ast.Repeat, loop: int) -> _Part:
        low, high = min(node.minimum, ROUNDS), node.maximum
        if self._again:
            high = max(low, 1)
        if self._is_endless(low, high):
            low, high = min(low, 1), None
        whole = _Part()
        for _ in range(low - (high is None and low > 0)):
            whole = self._behind(whole, self.part(node.body, loop))
        if high is None:
            body = self.part(node.body, loop)
            self._lead(body.last, body.first)
            body.empty = max(body.empty, low == 0)
            return self._behind(whole, body)
        rest = _Part()
        for _ in range(min(high, ROUNDS) - low):
            rest = self._behind(self.part(node.body, loop), rest)
            rest.empty = 1
        return self._behind(whole, rest)

    def _is_endless(self, low: int, high: int | None) -> bool:
        """Whether a repeat is taken for one without end. One of few rounds is not where
        there is no choice between them."""
        if self._endless is None:
            return False
        if high is None or high >= ROUNDS // 2:
            return True
        return high >= self._endless and low < high


def _times(places: Counter[int], ways: int) -> Counter[int]:
    return Counter({p: min(n * ways, MANY) for p, n in places.items() if ways})
