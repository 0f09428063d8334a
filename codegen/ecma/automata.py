"""Automata of patterns: what a text must be read by to match.

Edges carry sets of code points. A word boundary is a promise about the next character;
lookaheads at the start of a pattern are patterns of their own, which match or do not.
Backreferences and other lookarounds are not regular, or not worth it; of such patterns
there is one that matches more.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, assert_never

from codegen import ecma
from codegen.ecma import syntax as ast
from codegen.ecma.charset import LAST, WORD, CharSet

MAX_STATES: Final = 2500
_REMEMBERED: Final = 20_000
_ALL: Final = CharSet(((0, LAST),))
_ANY, _WORD_NEXT, _OTHER_NEXT = 0, 1, 2
"""What a state asks of the next character; the end of a text is no letter of a word."""


class _Irregular(Exception):
    """The pattern is not taken."""


@dataclass(slots=True)
class Automaton:
    """`steps[s]` are edges with characters, `free[s]` edges without.

    A free edge may ask to stand at the start (`^`), at the end (`$`), at a boundary of
    a word (`b`) or at none (`B`). Sets hold a number for a state and what it asks of
    the next character: three times the state, and that.
    """

    steps: list[list[tuple[CharSet, int]]] = field(default_factory=list)
    free: list[list[tuple[str, int]]] = field(default_factory=list)
    last: int = 0
    bounded: bool = False
    known: dict[tuple[frozenset[int], int], frozenset[int]] = field(
        default_factory=dict
    )
    """What `read` has found."""
    first: frozenset[int] | None = None
    """What `begin` has found."""

    def state(self) -> int:
        if len(self.steps) >= MAX_STATES:
            raise _Irregular
        self.steps.append([])
        self.free.append([])
        return len(self.steps) - 1

    def begin(self) -> frozenset[int]:
        """The states before the first character."""
        if self.first is None:
            self.first = self.close(frozenset({0}), "^", False)
        return self.first

    def close(
        self, states: frozenset[int], where: str, behind_word: bool
    ) -> frozenset[int]:
        """All that free edges reach; `where` holds `^` and `$` as they apply, and
        `behind_word` says whether the character before is one of a word."""
        found = set(states)
        stack = list(states)
        while stack:
            state, asked = divmod(stack.pop(), 3)
            for need, target in self.free[state]:
                asks = asked
                if need in ("b", "B"):
                    asks = _OTHER_NEXT if behind_word is (need == "b") else _WORD_NEXT
                    if asked not in (_ANY, asks):
                        continue
                elif need not in where:
                    continue
                mark = target * 3 + asks
                if mark not in found:
                    found.add(mark)
                    stack.append(mark)
        return frozenset(found)

    def read(self, states: frozenset[int], char: int) -> frozenset[int]:
        """The states after one more character."""
        found = self.known.get((states, char))
        if found is None:
            word = char in WORD
            refused = _OTHER_NEXT if word else _WORD_NEXT
            reached = {
                target * 3
                for mark in states
                if mark % 3 != refused
                for chars, target in self.steps[mark // 3]
                if char in chars
            }
            found = self.close(frozenset(reached), "", word)
            if len(self.known) >= _REMEMBERED:
                self.known.clear()
            self.known[states, char] = found
        return found

    def accepts(self, states: frozenset[int], last: str) -> bool:
        """Whether the text may end here, behind its last character, if any."""
        word = bool(last) and ord(last) in WORD
        ends = self.close(states, "$" if last else "^$", word)
        return self.last * 3 in ends or self.last * 3 + _OTHER_NEXT in ends


@dataclass(frozen=True, slots=True)
class Part:
    """An automaton that must accept, or must not."""

    machine: Automaton
    holds: bool


@functools.lru_cache(maxsize=2048)
def parts_of(regex: str) -> tuple[Part, ...] | None:
    """What a text must meet to match a pattern; None where it is not taken."""
    try:
        return tuple(
            Part(_made(tree), holds) for tree, holds in _split(ecma.parse(regex))
        )
    except (_Irregular, ecma.ECMASyntaxError, RecursionError):
        return None


@functools.lru_cache(maxsize=512)
def looser_parts_of(regex: str) -> tuple[Part, ...]:
    """What a text that matches a pattern meets at least, where `parts_of` does not take
    the pattern; nothing where not even that is known."""
    found: list[Part] = []
    try:
        whole = ecma.parse(regex)
        bodies = dict(ast.groups(whole))
        for tree, holds in _split(whole):
            if holds:
                found.append(Part(_made(_looser(tree, bodies)), True))
            elif _looser(tree, {}) == tree:
                found.append(Part(_made(tree), False))
    except (_Irregular, ecma.ECMASyntaxError, RecursionError):
        pass
    return tuple(found)


def _looser(node: ast.Node, bodies: Mapping[int, ast.Node] | None) -> ast.Node:
    """A pattern that matches whatever another one does, without lookarounds and
    references. What a group captured is read elsewhere by what it is made of, where
    nothing is asked of what stands around it (`bodies` is None)."""
    match node:
        case ast.Lookaround():
            return _EMPTY
        case ast.Back(index):
            body = None if bodies is None else bodies.get(index)
            again = _ANYTHING if body is None else _looser(body, None)
            return ast.Choice((_EMPTY, again))
        case ast.Start() | ast.End() | ast.Boundary():
            return _EMPTY if bodies is None else node
        case ast.Group(_, body) | ast.Repeat(body):
            return replace(node, body=_looser(body, bodies))
        case ast.Sequence(items):
            return ast.Sequence(tuple(_looser(one, bodies) for one in items))
        case ast.Choice(options):
            return ast.Choice(tuple(_looser(one, bodies) for one in options))
        case ast.Chars():
            return node
        case _:
            assert_never(node)


_EMPTY: Final = ast.Sequence(())
_ANYTHING: Final = ast.Repeat(ast.Chars(_ALL), 0, None, False, 0)


def _split(tree: ast.Node) -> Iterator[tuple[ast.Node, bool]]:
    """A pattern and the lookaheads that it begins with, each from the start."""
    while isinstance(tree, ast.Group):
        tree = tree.body
    items = tree.items if isinstance(tree, ast.Sequence) else (tree,)
    count = 0
    while count < len(items) and isinstance(items[count], ast.Start | ast.Lookaround):
        count += 1
    looks = [item for item in items[:count] if isinstance(item, ast.Lookaround)]
    anchored = len(looks) < count
    if not anchored or any(look.behind for look in looks):
        yield tree, True
        return
    for look in looks:
        yield ast.Sequence((ast.Start(), look.body)), not look.negated
    yield ast.Sequence((ast.Start(), *items[count:])), True


def _made(tree: ast.Node) -> Automaton:
    made = Automaton()
    first = made.state()
    made.steps[first].append((_ALL, first))
    made.last = _add(made, tree, first)
    made.steps[made.last].append((_ALL, made.last))
    return made


def _add(made: Automaton, node: ast.Node, start: int) -> int:
    """Append a node behind a state; the state behind the node."""
    match node:
        case ast.Chars(chars):
            end = made.state()
            made.steps[start].append((chars, end))
            return end
        case ast.Start() | ast.End():
            end = made.state()
            made.free[start].append(("^" if isinstance(node, ast.Start) else "$", end))
            return end
        case ast.Boundary(negated):
            end = made.state()
            made.bounded = True
            made.free[start].append(("B" if negated else "b", end))
            return end
        case ast.Group(_, body):
            return _add(made, body, start)
        case ast.Sequence(items):
            for item in items:
                start = _add(made, item, start)
            return start
        case ast.Choice(options):
            end = made.state()
            for option in options:
                made.free[_add(made, option, _fork(made, start))].append(("", end))
            return end
        case ast.Repeat(body, minimum, maximum):
            return _repeat(made, body, minimum, maximum, start)
        case _:
            raise _Irregular


def _fork(made: Automaton, start: int) -> int:
    state = made.state()
    made.free[start].append(("", state))
    return state


def _repeat(
    made: Automaton, body: ast.Node, minimum: int, maximum: int | None, start: int
) -> int:
    for _ in range(minimum):
        start = _add(made, body, start)
    if maximum is None:
        loop = _fork(made, start)
        made.free[_add(made, body, loop)].append(("", loop))
        return _fork(made, loop)
    end = made.state()
    made.free[start].append(("", end))
    for _ in range(maximum - minimum):
        start = _add(made, body, start)
        made.free[start].append(("", end))
    return end
