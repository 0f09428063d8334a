"""Breaks long lines in which there is no choice: displays and calls that hold one
another, as in tables, and conditions of several parts.

Most long statements are of this kind. What stands in the last brackets is moved below
them and divided where it is loosest, and so is each of its parts. Nothing has to be
tried, and whether something fits follows from two sums. Anything less plain is returned
as a `Part`, which `layout` breaks.
"""

from __future__ import annotations

import contextlib
from bisect import bisect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TypeAlias

from codegen.python.emit.line import INDENT
from codegen.python.emit.tokens import COMMA, COMMA_PRIORITY, DOT_PRIORITY, SPACE, Mark
from codegen.text import LINE_LENGTH, width


@dataclass(frozen=True, slots=True)
class Part:
    """A line that still has to be broken. It stands `inside` brackets, or is of a
    `kind`."""

    tokens: Sequence[str]
    depth: int
    kind: str = ""
    inside: bool = True


Broken: TypeAlias = list[str | Part]


class _Unclear(Exception):
    """The line is not as plain as that."""


def broken(tokens: Sequence[str], depth: int, kind: str) -> tuple[Broken, bool]:
    """The lines of a statement, as far as they are clear, and whether a comma was added
    to one of them."""
    if not kind:
        nested = _Nested(tokens)
        with contextlib.suppress(_Unclear):
            return list(nested.statement(depth)), nested.added
    return [Part(tokens, depth, kind, inside=False)], False


class _Nested:
    """The tokens of a line, with what is known about each place."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self._tokens = tokens
        # Nearly all are as wide as they are long, which takes no call for each.
        wide: Callable[[str], int] = len if "".join(tokens).isascii() else width
        self._ends = list(accumulate(map(wide, tokens), initial=0))
        self.added = False
        self._other: dict[int, int] = {}
        """For the place of each bracket, the place of the other bracket of its pair."""
        self._asking: list[int] = []
        """The places of closing brackets that demand one element a line: those behind a
        comma, except that of a tuple of one element."""
        opened: list[tuple[int, int]] = []
        commas = 0
        for place, token in enumerate(tokens):
            if type(token) is not Mark:
                continue
            if token.kind == "open":
                opened.append((place, commas))
                commas = 0
            elif token.kind == "comma":
                commas += 1
            elif token.kind == "close":
                start, outer = opened.pop()
                self._other[start], self._other[place] = place, start
                if self._kind(place - 1) == "comma":
                    of_one = token == ("]" if token.owner == "trailer" else ")")
                    if not of_one or commas > 1:
                        self._asking.append(place)
                commas = outer

    # --- what is known ---

    def _fits(self, start: int, end: int, depth: int, more: int = 0) -> bool:
        taken = self._ends[end] - self._ends[start] + more
        return len(INDENT) * depth + taken <= LINE_LENGTH

    def _asks(self, start: int, end: int) -> bool:
        """Whether a comma demands that something between these places is broken, even
        if it fits."""
        asking = self._asking
        return bool(asking) and bisect(asking, start - 1) != bisect(asking, end - 1)

    def _line(self, start: int, end: int, depth: int, more: str = "") -> str:
        return INDENT * depth + "".join(self._tokens[start:end]) + more

    def _kind(self, place: int) -> str:
        token = self._tokens[place]
        return token.kind if isinstance(token, Mark) else ""

    def _opening(self, closing: int) -> int:
        """The place of the opening bracket for a closing one, if both are visible and
        there is something between them. Raises `_Unclear`."""
        start = self._other.get(closing, closing)
        if start >= closing - 1 or not self._tokens[closing]:
            raise _Unclear
        return start

    def _loosest(self, start: int, end: int) -> tuple[int, list[int]]:
        """The priority at which the tokens between two places are divided, and the
        places where the parts behind the first begin. 0 if they are not divided; a
        comma at the end divides nothing."""
        found = 0
        places: list[int] = []
        place = start
        while place < end:
            token = self._tokens[place]
            if isinstance(token, Mark):
                if token.kind == "open":
                    place = self._other[place]
                elif token.priority >= found and token.priority:
                    here = place + 1 if token.kind == "comma" else place
                    if here < end and here > start:
                        places = [] if token.priority > found else places
                        found = token.priority
                        places.append(here)
            place += 1
        return found, places

    # --- lines ---

    def statement(self, depth: int) -> Iterator[str | Part]:
        """The lines of the whole statement. Raises `_Unclear`."""
        end = len(self._tokens)
        last = end - 1 - (self._tokens[end - 1] == ":")
        if self._kind(last) != "close":
            raise _Unclear
        if self._tokens[last]:
            yield from self._opened(0, self._opening(last), end, depth)
            return
        outer = self._other[last]
        priority, parts = self._loosest(outer + 1, last)
        if len(parts) > 1:
            yield from self._shown(outer, last, depth)
            return
        if priority or self._tokens[:outer].count("=") > 1:
            raise _Unclear
        yield from self._opened(0, self._opening(last - 1), end, depth)

    def _shown(self, outer: int, closing: int, depth: int) -> Iterator[str | Part]:
        """The lines of a statement that gets brackets around what is divided at its
        end. Raises `_Unclear`."""
        end = len(self._tokens)
        if self._asks(0, end) or self._fits(0, end, depth):
            raise _Unclear
        if not self._fits(0, outer, depth, 1):
            raise _Unclear
        yield self._line(0, outer, depth, "(")
        yield from self._part(outer + 1, closing, depth + 1)
        yield f"{INDENT * depth}){self._line(closing + 1, end, 0)}"

    def _opened(
        self, begin: int, start: int, end: int, depth: int, comma: str = ""
    ) -> Iterator[str | Part]:
        """The lines of something that is opened up at the brackets at its end, with a
        comma behind it if there is one to add. Raises `_Unclear`."""
        closing = self._other[start]
        if self._asks(begin, start) or not self._fits(begin, start + 1, depth):
            raise _Unclear
        if self._fits(begin, end, depth) and not self._asks(closing, closing + 1):
            raise _Unclear
        yield self._line(begin, start + 1, depth)
        yield from self._body(start, closing, depth + 1)
        yield self._line(closing, end, depth, comma)

    def _body(self, start: int, closing: int, depth: int) -> Iterator[str | Part]:
        """The lines of what stands in brackets."""
        opening = self._tokens[start]
        priority, parts = self._loosest(start + 1, closing)
        owned = isinstance(opening, Mark) and opening.owner == "atom"
        asked = self._kind(closing - 1) == "comma"
        if priority == COMMA_PRIORITY and (owned or asked):
            yield from self._divided(start + 1, closing, depth, priority, parts)
        else:
            yield from self._part(start + 1, closing, depth)

    def _part(
        self, start: int, end: int, depth: int, comma: str = ""
    ) -> Iterator[str | Part]:
        """The lines of the content of brackets, or of a part of it, with a comma behind
        it if there is one to add."""
        asks = self._asks(start, end)
        fits = self._fits(start, end, depth, len(comma))
        if (fits and not asks) or start + 1 == end:
            # One token is as it is, however long.
            yield self._line(start, end, depth, comma)
            return
        added = self.added
        try:
            if fits:
                raise _Unclear
            priority, parts = self._loosest(start, end)
            if priority == DOT_PRIORITY:
                raise _Unclear
            if priority:
                yield from self._divided(start, end, depth, priority, parts, comma)
                return
            last = end - 1 - (self._kind(end - 1) == "comma")
            opening = self._opening(last)
            yield from list(self._opened(start, opening, end, depth, comma))
        except _Unclear:
            self.added = added
            more = [COMMA] if comma else []
            yield Part([*self._tokens[start:end], *more], depth)

    def _divided(
        self,
        start: int,
        end: int,
        depth: int,
        priority: int,
        parts: Sequence[int],
        comma: str = "",
    ) -> Iterator[str | Part]:
        """The lines of something that is divided at these places."""
        if priority == COMMA_PRIORITY and self._kind(end - 1) != "comma":
            comma, self.added = ",", True
        for begin, stop in pairwise((start, *parts, end)):
            begin += self._tokens[begin] == SPACE
            stop -= self._tokens[stop - 1] == SPACE
            yield from self._part(begin, stop, depth, comma if stop == end else "")
