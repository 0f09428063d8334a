"""Patterns that `re` may take for ever to refuse, matched in linear time.

`re` tries one way after the other, and `^(a+)+$` can split forty letters in a trillion
ways. Here all ways are followed at once: what is remembered is the set of places in the
pattern that the text read so far may have led to. That takes longer for short texts, so
only patterns that need it come here. Known is what the generator writes: groups, sets,
repeats, `^`, `\\Z`, `\\b` and lookarounds; no reference to a group, of which the set of
places knows nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple, TypeAlias

MOST_STATES: Final = 600
"""Places that a pattern may have; `{1,99}` has ninety-nine."""

_REMEMBERED: Final = 20_000

_TOKEN: Final = re.compile(
    r"(?P<open>\(\?(?:<?[=!]|:)|\()|(?P<close>\))|(?P<or>\|)"
    r"|(?P<count>(?:[*+?]|\{\d+(?:,\d*)?\})\??)"
    r"|(?P<place>\^|\\Z|\(\?a:\\b\))"
    r"|(?P<char>\(\?s:\.\)|\[(?:\\.|[^\\\]])*\]"
    r"|\\x..|\\u.{4}|\\U.{8}|\\.|[^\\\[\](){}*+?|^$.])",
    re.DOTALL,
)

_Places: TypeAlias = frozenset[int]


class _Part(NamedTuple):
    """A part of a pattern: its kind, what is inside, and bounds or a text."""

    kind: str
    parts: tuple[_Part, ...] = ()
    text: str = ""
    low: int = 0
    high: int | None = None


class NotLinear(ValueError):
    """A pattern with a reference to a group, or with too many places."""


@lru_cache(maxsize=1024)
def linear(pattern: str) -> Linear:
    """The matcher of a pattern. Raises `NotLinear`."""
    return Linear(pattern)


def matches_linear(pattern: str, text: str) -> bool:
    """Whether a pattern of `re` is found in a text, in time linear in the text."""
    return linear(pattern).search(text)


class Linear:
    """Matches one pattern."""

    def __init__(self, pattern: str) -> None:
        tokens = list(_tokens(pattern))[::-1]
        self._machine = _Machine(_choice(tokens), backwards=False)
        if tokens:
            raise NotLinear(pattern)

    def search(self, text: str) -> bool:
        """Whether some part of a text matches."""
        return any(self._machine.ends(text))


def _tokens(pattern: str) -> Iterator[tuple[str, str]]:
    place = 0
    while place < len(pattern):
        if pattern.startswith(("(?a:\\b)", "(?s:.)"), place):
            kind = "place" if pattern[place + 2] == "a" else "char"
            text = pattern[place : pattern.index(")", place) + 1]
        else:
            found = _TOKEN.match(pattern, place)
            refers = pattern.startswith("(?(", place)
            if found is None or found.lastgroup is None or refers:
                raise NotLinear(pattern)
            kind, text = found.lastgroup, found[0]
        yield kind, text
        place += len(text)


def _choice(tokens: list[tuple[str, str]]) -> _Part:
    """The alternatives up to a closing bracket or the end; takes them off the tokens,
    which are in reverse."""
    options = [_sequence(tokens)]
    while tokens and tokens[-1][0] == "or":
        tokens.pop()
        options.append(_sequence(tokens))
    return _Part("choice", tuple(options))


def _sequence(tokens: list[tuple[str, str]]) -> _Part:
    parts: list[_Part] = []
    while tokens and tokens[-1][0] not in ("or", "close"):
        kind, text = tokens.pop()
        if kind == "count":
            low, high = _bounds(text)
            parts.append(_Part("repeat", (parts.pop(),), low=low, high=high))
        elif kind == "open":
            inner = _choice(tokens)
            if not tokens:
                raise NotLinear("a bracket stays open")
            tokens.pop()
            plain = text in ("(", "(?:")
            parts.append(inner if plain else _Part("look", (inner,), text))
        else:
            parts.append(_Part(kind, text=text))
    return _Part("sequence", tuple(parts))


def _bounds(text: str) -> tuple[int, int | None]:
    if text[0] in "*+?":
        return int(text[0] == "+"), 1 if text[0] == "?" else None
    low, comma, high = text.rstrip("?")[1:-1].partition(",")
    return int(low), (int(high) if high else None) if comma else int(low)


class _Machine:
    """The places of a part and the ways between them.

    A step reads a character; a free way reads nothing and may ask for something that
    holds where it is taken. `backwards` is for what is read from its end.
    """

    def __init__(self, part: _Part, *, backwards: bool) -> None:
        self._backwards = backwards
        self._steps: list[list[tuple[Callable[[str], Any], int]]] = []
        self._free: list[list[tuple[int, int]]] = []
        self._asked: list[_Part] = []
        self._looks: list[_Machine | None] = []
        self._known: dict[tuple[_Places, str, int], _Places] = {}
        start = self._place()
        self._last = self._add(part, start)
        self._start = frozenset({start})

    def ends(self, text: str) -> Iterator[bool]:
        """Whether a match that begins anywhere ends before the first character, before
        the second and so on, and at the end; from the other side, if backwards."""
        asked = self._answers(text)
        known, last, start = self._known, self._last, self._start
        places = self._closed(start, asked[0])
        yield last in places
        for char, holds in zip(text, asked[1:], strict=True):
            key = places, char, holds
            after = known.get(key)
            if after is None:
                if len(known) >= _REMEMBERED:
                    known.clear()
                after = known[key] = self._closed(self._read(places, char), holds)
            places = after
            yield last in places

    def _read(self, places: _Places, char: str) -> _Places:
        """Where a character leads, and where a match may begin behind it."""
        steps = self._steps
        found = {to for place in places for fits, to in steps[place] if fits(char)}
        return self._start | found

    def _closed(self, places: _Places, holds: int) -> _Places:
        """All that free ways lead to; `holds` has a bit for all that may be asked."""
        found = set(places)
        pending = list(places)
        while pending:
            for need, to in self._free[pending.pop()]:
                if to not in found and (need < 0 or holds >> need & 1):
                    found.add(to)
                    pending.append(to)
        return frozenset(found)

    # --- what is asked of a place in the text ---

    def _answers(self, text: str) -> Sequence[int]:
        """For each place in a text what holds there of all that is asked."""
        found = [0] * (len(text) + 1)
        for bit, (part, look) in enumerate(zip(self._asked, self._looks, strict=True)):
            if look is not None:
                self._look(found, text, bit, part, look)
            elif part.text == "^":
                found[-1 if self._backwards else 0] |= 1 << bit
            elif part.text == "\\Z":
                found[0 if self._backwards else -1] |= 1 << bit
            else:
                words = [False, *map(_is_word, text), False]
                for place in range(len(found)):
                    if words[place] != words[place + 1]:
                        found[place] |= 1 << bit
        return found

    def _look(
        self, found: list[int], text: str, bit: int, part: _Part, look: _Machine
    ) -> None:
        """Note where a lookaround holds: it is read from the side that it looks to."""
        wanted = part.text[-1] == "="
        turned = self._backwards != look._backwards
        ends = list(look.ends(text[::-1] if turned else text))
        for place, end in enumerate(ends[::-1] if turned else ends):
            if end is wanted:
                found[place] |= 1 << bit

    # --- building ---

    def _place(self) -> int:
        if len(self._steps) >= MOST_STATES:
            raise NotLinear("too many places")
        self._steps.append([])
        self._free.append([])
        return len(self._steps) - 1

    def _way(self, start: int, end: int, need: int = -1) -> int:
        self._free[start].append((need, end))
        return end

    def _add(self, part: _Part, start: int) -> int:
        """Put a part behind a place; the place behind the part."""
        match part.kind:
            case "char":
                end = self._place()
                fits = re.compile(part.text, re.DOTALL).fullmatch
                self._steps[start].append((fits, end))
                return end
            case "sequence":
                parts = part.parts[::-1] if self._backwards else part.parts
                for inner in parts:
                    start = self._add(inner, start)
                return start
            case "choice":
                end = self._place()
                for inner in part.parts:
                    begin = self._way(start, self._place())
                    self._way(self._add(inner, begin), end)
                return end
            case "repeat":
                return self._repeat(part.parts[0], part.low, part.high, start)
            case _:
                behind = part.text.startswith("(?<")
                inside = part.parts[:1]
                self._asked.append(part)
                self._looks.append(
                    _Machine(inside[0], backwards=not behind) if inside else None
                )
                return self._way(start, self._place(), len(self._asked) - 1)

    def _repeat(self, part: _Part, low: int, high: int | None, start: int) -> int:
        for _ in range(low):
            start = self._add(part, start)
        if high is None:
            loop = self._way(start, self._place())
            self._way(self._add(part, loop), loop)
            return self._way(loop, self._place())
        end = self._place()
        self._way(start, end)
        for _ in range(high - low):
            start = self._add(part, start)
            self._way(start, end)
        return end


def _is_word(char: str) -> bool:
    return char == "_" or (char.isascii() and char.isalnum())
