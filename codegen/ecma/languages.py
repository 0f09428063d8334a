"""Regular languages: whether all strings that match some patterns match another.

Patterns become automata whose edges carry sets of code points, and a breadth-first
walk over sets of states looks for the shortest string that escapes. Backreferences,
lookarounds and word boundaries are not regular or not worth it: undecided.
"""

from __future__ import annotations

import enum
import functools
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from codegen import ecma
from codegen.ecma import examples
from codegen.ecma import syntax as ast
from codegen.ecma.charset import LAST, CharSet

MAX_STATES: Final = 600
MAX_VISITS: Final = 3000
MAX_STEPS: Final = 150_000
"""Edges that one search may look at, about a tenth of a second."""
_REMEMBERED: Final = 20_000
_COUNTED: Final = 64
_ALL: Final = CharSet(((0, LAST),))
_LIKED: Final = (*map(ord, "aA0-_ !"), 0xE9, 0x3B1, 0x4E2D, 0x1F600, 10, 1)


class Answer(enum.Enum):
    """What a search ends with when it finds no string."""

    PROVED = "proved"
    UNDECIDED = "undecided"


PROVED: Final = Answer.PROVED
UNDECIDED: Final = Answer.UNDECIDED


class _Irregular(Exception):
    """The pattern is not taken."""


@dataclass(slots=True)
class _Automaton:
    """`steps[s]` are edges with characters, `free[s]` edges without.

    A free edge may ask to stand at the start (`^`) or at the end (`$`).
    """

    steps: list[list[tuple[CharSet, int]]] = field(default_factory=list)
    free: list[list[tuple[str, int]]] = field(default_factory=list)
    last: int = 0
    known: dict[tuple[frozenset[int], int], frozenset[int]] = field(
        default_factory=dict
    )
    """What `read` has found."""

    def state(self) -> int:
        if len(self.steps) >= MAX_STATES:
            raise _Irregular
        self.steps.append([])
        self.free.append([])
        return len(self.steps) - 1

    def close(self, states: frozenset[int], where: str) -> frozenset[int]:
        """All that free edges reach; `where` holds `^` and `$` as they apply."""
        found = set(states)
        stack = list(states)
        while stack:
            for need, target in self.free[stack.pop()]:
                if need in where and target not in found:
                    found.add(target)
                    stack.append(target)
        return frozenset(found)

    def read(self, states: frozenset[int], char: int) -> frozenset[int]:
        """The states after one more character."""
        found = self.known.get((states, char))
        if found is None:
            reached = {
                target
                for state in states
                for chars, target in self.steps[state]
                if _has(chars, char)
            }
            found = self.close(frozenset(reached), "")
            if len(self.known) >= _REMEMBERED:
                self.known.clear()
            self.known[states, char] = found
        return found

    def accepts(self, states: frozenset[int], empty: bool) -> bool:
        """Whether the text may end here."""
        return self.last in self.close(states, "^$" if empty else "$")


def _has(chars: CharSet, char: int) -> bool:
    return any(low <= char <= high for low, high in chars.ranges)


@functools.lru_cache(maxsize=512)
def _automaton(regex: str) -> _Automaton | None:
    try:
        tree = ecma.parse(regex)
        made = _Automaton()
        first = made.state()
        made.steps[first].append((_ALL, first))
        made.last = _add(made, tree, first)
        made.steps[made.last].append((_ALL, made.last))
        return made
    except (_Irregular, ecma.ECMASyntaxError, RecursionError):
        return None


def _add(made: _Automaton, node: ast.Node, start: int) -> int:
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


def _fork(made: _Automaton, start: int) -> int:
    state = made.state()
    made.free[start].append(("", state))
    return state


def _repeat(
    made: _Automaton, body: ast.Node, minimum: int, maximum: int | None, start: int
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


@functools.lru_cache(maxsize=4096)
def escapee(
    mine: tuple[str, ...], other: str, minimum: int = 0, maximum: int | None = None
) -> str | Answer:
    """The shortest string that matches all of `mine` and not `other`.

    `PROVED` where there is none; `UNDECIDED` beyond the limits. Lengths count as
    far as they are small; ignoring them only makes a proof harder.
    """
    automata = [_automaton(regex) for regex in (*mine, other)]
    if any(a is None for a in automata):
        return UNDECIDED
    machines = [a for a in automata if a is not None]
    return _search(machines, _alphabet(machines), minimum, maximum)


def matches(regex: str, text: str) -> bool:
    """Whether a text matches, in time linear in the text for regular patterns."""
    machine = _automaton(regex)
    if machine is None:
        return examples.matches(regex, text)
    states = machine.close(frozenset({0}), "^")
    for char in text:
        states = machine.read(states, ord(char))
    return machine.accepts(states, not text)


def matching(
    patterns: tuple[str, ...], minimum: int, maximum: int | None
) -> Iterator[str]:
    """Texts that match all patterns: the shortest, then a few more."""
    found = escapee(patterns, "[]", minimum, maximum)
    if isinstance(found, str):
        yield found
        second = escapee(patterns, f"^{re.escape(found)}$", minimum, maximum)
        if isinstance(second, str):
            yield second
    elif found is UNDECIDED and minimum <= _COUNTED:
        yield from examples.matching(patterns, minimum, maximum)
    elif found is UNDECIDED:
        for text in (c * minimum for c in "aA0"):
            if all(matches(pattern, text) for pattern in patterns):
                yield text


def _search(
    machines: list[_Automaton],
    alphabet: list[int],
    minimum: int,
    maximum: int | None,
) -> str | Answer:
    counted = max(minimum, maximum or 0)
    if counted > _COUNTED:
        counted = 0
    first = tuple(m.close(frozenset({0}), "^") for m in machines)
    seen = {(first, 0)}
    queue = deque([(first, "")])
    steps = 0
    while queue:
        states, text = queue.popleft()
        # Counted as if nothing were known, so that the answer is always the same.
        steps += len(alphabet) * sum(map(len, states))
        if steps > MAX_STEPS:
            return UNDECIDED
        verdicts = [
            m.accepts(s, not text) for m, s in zip(machines, states, strict=True)
        ]
        fits = len(text) >= minimum and (maximum is None or len(text) <= maximum)
        if all(verdicts[:-1]) and not verdicts[-1]:
            if fits:
                return text
            if not counted:
                return UNDECIDED
        if maximum is not None and counted and len(text) >= maximum:
            continue
        for char in alphabet:
            after = tuple(
                m.read(s, char) for m, s in zip(machines, states, strict=True)
            )
            if not all(after[:-1]):
                continue
            mark = (after, min(len(text) + 1, counted + 1) if counted else 0)
            if mark not in seen:
                if len(seen) >= MAX_VISITS:
                    return UNDECIDED
                seen.add(mark)
                queue.append((after, text + chr(char)))
    return PROVED


def _alphabet(machines: list[_Automaton]) -> list[int]:
    """One code point for each set that the patterns do not tell apart."""
    cuts = {0, 0xD800, 0xE000}
    for machine in machines:
        for edges in machine.steps:
            for chars, _ in edges:
                for low, high in chars.ranges:
                    cuts.update((low, high + 1))
    ordered = sorted(c for c in cuts if c <= LAST)
    result = []
    for low, high in zip(ordered, [*ordered[1:], LAST + 1], strict=True):
        if low == 0xD800:
            continue
        result.append(next((c for c in _LIKED if low <= c < high), low))
    return result
