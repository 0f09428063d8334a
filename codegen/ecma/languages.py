"""Regular languages: whether all strings that match some patterns match another.

A breadth-first walk over sets of states of their automata looks for the shortest string
that escapes. Patterns that have none are undecided.
"""

from __future__ import annotations

import enum
import functools
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from codegen import ecma
from codegen.ecma import examples
from codegen.ecma import syntax as ast
from codegen.ecma.automata import Automaton, Part, looser_parts_of, parts_of
from codegen.ecma.charset import ALL, LAST, WORD, CharSet

MAX_VISITS: Final = 6000
MAX_STEPS: Final = 150_000
"""Edges that one search may look at, about a tenth of a second."""
_COUNTED: Final = 300
_LONGEST: Final = 100_000
_LIKED: Final = (*map(ord, "aA0-_ !"), 0xE9, 0x3B1, 0x4E2D, 0x1F600, 10, 1)


class Answer(enum.Enum):
    """What a search ends with when it finds no string."""

    PROVED = "proved"
    UNDECIDED = "undecided"


PROVED: Final = Answer.PROVED
UNDECIDED: Final = Answer.UNDECIDED


@dataclass(frozen=True, slots=True)
class Question:
    """Which string matches all of `mine` and none of `avoided`, has a length and is
    none of `excluded`?"""

    mine: tuple[str, ...] = ()
    avoided: tuple[str, ...] = ()
    minimum: int = 0
    maximum: int | None = None
    excluded: frozenset[str] = frozenset()

    def without(self, text: str) -> Question:
        """The same, with one string more excluded."""
        return replace(self, excluded=self.excluded | {text})

    def fits(self, text: str) -> bool:
        """Whether a string has the length, and is not excluded."""
        if text in self.excluded or len(text) < self.minimum:
            return False
        return self.maximum is None or len(text) <= self.maximum


@functools.lru_cache(maxsize=4096)
def ask(question: Question) -> str | Answer:
    """The shortest string that answers a question.

    `PROVED` where there is none; `UNDECIDED` beyond the limits. Least lengths count as
    far as they are small; ignoring them only makes a proof harder.
    """
    low, high = question.minimum, question.maximum
    if high is not None and low > high:
        return PROVED
    if not question.mine and not question.avoided:
        return _free(question)
    parts = [parts_of(regex) for regex in (*question.mine, *question.avoided)]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return _loosely(question)
    return _Search(question, known[: len(question.mine)], known).run()


def _loosely(question: Question) -> str | Answer:
    """Whether there is no string even if what is beyond automata matches more."""
    mine = [parts_of(one) or looser_parts_of(one) for one in question.mine]
    avoided = [parts for one in question.avoided if (parts := parts_of(one))]
    found = _Search(question, mine, [*mine, *avoided]).run()
    return PROVED if found is PROVED else UNDECIDED


def _free(question: Question) -> str | Answer:
    """Any string of a length; there are more letters than strings are excluded."""
    if question.minimum > _LONGEST:
        return UNDECIDED
    if question.fits(""):
        return ""
    if question.maximum == 0:
        return PROVED
    letters = (chr(0x61 + i) for i in range(len(question.excluded) + 1))
    texts = (letter * max(question.minimum, 1) for letter in letters)
    return next((text for text in texts if question.fits(text)), UNDECIDED)


def escapee(
    mine: tuple[str, ...], other: str, minimum: int = 0, maximum: int | None = None
) -> str | Answer:
    """The shortest string that matches all of `mine` and not `other`, as `ask`."""
    return ask(Question(mine, (other,), minimum, maximum))


def sized(regex: str) -> tuple[str, int, int | None] | None:
    """A pattern that only counts characters of one set, as the pattern without a limit
    and the least and the greatest length; None for others."""
    try:
        tree = ecma.parse(regex)
    except (ecma.ECMASyntaxError, RecursionError):
        return None
    match tree:
        case ast.Sequence(
            (ast.Start(), ast.Repeat(ast.Chars(chars), low, high), ast.End())
        ) if (low, high) != (0, None):
            return f"^[{_members(chars)}]*$", low, high
        case _:
            return None


def _members(chars: CharSet) -> str:
    """The inside of a character class."""
    if chars == ALL:
        return "^"
    return "".join(
        _member(low) if low == high else f"{_member(low)}-{_member(high)}"
        for low, high in chars.ranges
    )


def _member(code: int) -> str:
    return (
        chr(code) if chr(code).isascii() and chr(code).isalnum() else f"\\u{{{code:x}}}"
    )


def matches(regex: str, text: str) -> bool:
    """Whether a text matches, in time linear in the text for regular patterns."""
    parts = parts_of(regex)
    if parts is None:
        return examples.matches(regex, text)
    return all(_accepted(part.machine, text) is part.holds for part in parts)


def matched(regexes: tuple[str, ...], text: str) -> tuple[int, ...]:
    """Which of some patterns a text matches, by their numbers. Names of properties are
    asked about again and again, and there may be thousands, and as many patterns."""
    return _matched(_shared(regexes), text) if regexes else ()


@functools.lru_cache(maxsize=256)
def _shared(regexes: tuple[str, ...]) -> tuple[str, ...]:
    """The same list, as one object wherever it is remembered."""
    return regexes


@functools.lru_cache(maxsize=8192)
def _matched(regexes: tuple[str, ...], text: str) -> tuple[int, ...]:
    return tuple(n for n, regex in enumerate(regexes) if matches(regex, text))


def _accepted(machine: Automaton, text: str) -> bool:
    states = machine.begin()
    for char in text:
        states = machine.read(states, ord(char))
        if not states:  # Nothing that follows changes that.
            return False
    return machine.accepts(states, text[-1:])


def matching(
    patterns: tuple[str, ...], minimum: int, maximum: int | None
) -> Iterator[str]:
    """Texts that match all patterns: the shortest, then a few more."""
    question = Question(patterns, (), minimum, maximum)
    found = ask(question)
    if isinstance(found, str):
        yield found
        second = ask(question.without(found))
        if isinstance(second, str):
            yield second
    elif found is UNDECIDED and minimum <= _COUNTED:
        yield from examples.matching(patterns, minimum, maximum)
    elif found is UNDECIDED:
        for text in (c * minimum for c in "aA0"):
            if all(matches(pattern, text) for pattern in patterns):
                yield text


class _Search:
    """The walk for one question. `known` are all patterns, `mine` those to match."""

    def __init__(
        self,
        question: Question,
        mine: list[tuple[Part, ...]],
        known: list[tuple[Part, ...]],
    ) -> None:
        self.question = question
        self.mine, self.avoided = len(mine), known[len(mine) :]
        self.groups = known
        self.machines = [part.machine for group in known for part in group]
        self.needed = [
            index < self.mine and part.holds
            for index, group in enumerate(known)
            for part in group
        ]
        self.bounded = any(machine.bounded for machine in self.machines)
        self.alphabet = _alphabet(self.machines, question.excluded, self.bounded)
        self.starts = frozenset(
            word[:end] for word in question.excluded for end in range(len(word) + 1)
        )

    def run(self) -> str | Answer:
        """The shortest string, or why there is none."""
        question, maximum = self.question, self.question.maximum
        # Shorter texts come first, so a length counts only until it is great enough.
        exact = question.minimum <= _COUNTED
        counted = question.minimum if exact else 0
        first = tuple(machine.begin() for machine in self.machines)
        seen: set[object] = {self._mark(first, "", counted)}
        queue = deque([(first, "")])
        steps = 0
        while queue:
            states, text = queue.popleft()
            # Counted as if nothing were known, so that the answer is always the same.
            steps += len(self.alphabet) * sum(map(len, states))
            if steps > MAX_STEPS:
                return UNDECIDED
            if self._accepted(states, text):
                if question.fits(text):
                    return text
                if not exact and text not in question.excluded:
                    return UNDECIDED
            if maximum is not None and len(text) >= maximum:
                continue
            for after, longer in self._next(states, text):
                mark = self._mark(after, longer, counted)
                if mark not in seen:
                    if len(seen) >= MAX_VISITS:
                        return UNDECIDED
                    seen.add(mark)
                    queue.append((after, longer))
        return PROVED

    def _next(
        self, states: tuple[frozenset[int], ...], text: str
    ) -> Iterator[tuple[tuple[frozenset[int], ...], str]]:
        for char in self.alphabet:
            after = tuple(
                m.read(s, char) for m, s in zip(self.machines, states, strict=True)
            )
            if all(
                s or not needed for s, needed in zip(after, self.needed, strict=True)
            ):
                yield after, text + chr(char)

    def _mark(
        self, states: tuple[frozenset[int], ...], text: str, counted: int
    ) -> object:
        """What the answer may depend on: where the automata stand, how long the text
        is, and which excluded strings it may still become."""
        length = min(len(text), counted)
        word = self.bounded and bool(text) and ord(text[-1]) in WORD
        # At the very start `^` holds still, so nothing else is the same.
        return states, length, word, not text, text if text in self.starts else None

    def _accepted(self, states: tuple[frozenset[int], ...], text: str) -> bool:
        """Whether a text matches all that it must and nothing else."""
        at = iter(
            m.accepts(s, text[-1:]) for m, s in zip(self.machines, states, strict=True)
        )
        found = []
        for group in self.groups:
            verdicts = [next(at) is part.holds for part in group]
            found.append(all(verdicts))
        return all(found[: self.mine]) and not any(found[self.mine :])


def _alphabet(
    machines: list[Automaton], excluded: frozenset[str], bounded: bool
) -> list[int]:
    """One code point for each set that nothing tells apart."""
    told_apart = {
        chars for machine in machines for edges in machine.steps for chars, _ in edges
    }
    if bounded:
        told_apart.add(WORD)
    sets = list(told_apart)
    alone = {ord(char) for word in excluded for char in word}
    cuts = {0, 0xD800, 0xE000}
    for low, high in (*(r for s in sets for r in s.ranges), *((c, c) for c in alone)):
        cuts.update((low, high + 1))
    ordered = sorted(c for c in cuts if c <= LAST)
    result: dict[object, int] = {}
    for low, high in zip(ordered, [*ordered[1:], LAST + 1], strict=True):
        if low == 0xD800:
            continue
        kind = low if low in alone else tuple(low in chars for chars in sets)
        result.setdefault(kind, next((c for c in _LIKED if low <= c < high), low))
    return list(result.values())
