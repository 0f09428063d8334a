"""Breaks lines that are too long, as Black does.

It tries what Black tries, in the same order: inside brackets a line is broken at its
loosest delimiters; otherwise its last pair of brackets is opened up, or parentheses are
put around a whole expression where that reads better. Tests compare the result with
Black's.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TypeAlias

from codegen.python.emit import nested
from codegen.python.emit.line import INDENT, Leaf, Leaves, Line, is_magic
from codegen.python.emit.nested import Part
from codegen.python.emit.tokens import COMMA, COMMA_PRIORITY, DOT_PRIORITY, SPACE
from codegen.text import LINE_LENGTH, width


class CannotBreak(Exception):
    """A way of breaking does not fit the line; the next one is tried."""


def broken(tokens: Sequence[str], depth: int, kind: str = "") -> list[str]:
    """The lines of a statement, or of its head, that does not fit on one line."""
    found, added = nested.broken(tokens, depth, kind)
    lines = iter(_tried([part for part in found if isinstance(part, Part)], added))
    return [
        text
        for part in found
        for text in ([part] if isinstance(part, str) else next(lines))
    ]


def _tried(parts: Sequence[Part], added: bool) -> list[list[str]]:
    """The lines of each part of a statement. `added` is whether a comma was added
    outside of these parts."""
    leaves = [_leaves(part.tokens) for part in parts]
    lines = list(map(_lines, parts, leaves))
    again = [[leaf for line in some for leaf in line.leaves] for some in lines]
    if added or list(map(len, again)) != list(map(len, leaves)):
        # Like Black, which reads what it wrote once more: commas that were put in may
        # ask for other breaks.
        for leaf in itertools.chain(*again):
            if leaf.optional:
                leaf.show("")
            elif leaf.owner == "test" and leaf.text:
                leaf.owner = "atom"
        lines = list(map(_lines, parts, again))
    return [[line.text for line in some] for some in lines]


def _leaves(tokens: Sequence[str]) -> Leaves:
    found: Leaves = []
    gap = False
    for token in tokens:
        if token != SPACE:
            found.append(Leaf(token, gap))
        gap = token == SPACE
    return found


def _lines(part: Part, leaves: Leaves) -> list[Line]:
    opened: Leaves = []
    before = ""
    for leaf in leaves:
        if leaf.kind == "open":
            opened.append(leaf)
        elif leaf.kind == "close":
            leaf.opening = opened.pop()
            leaf.trails = before == "comma"
        before = leaf.kind
    line = Line(part.depth, leaves, kind=part.kind, inside=part.inside).mark(leaves)
    return _transformed(line, line.text, forced=False)


Omitted: TypeAlias = AbstractSet[int]
"""The ids of closing brackets at which a line is not broken."""

Attempt: TypeAlias = Callable[[Line, bool], list[Line]]


def _transformed(line: Line, shown: str, *, forced: bool) -> list[Line]:
    """The lines into which a line is broken until each fits, as far as possible.
    `shown` is its text. `forced` is whether hidden brackets must be shown if the line
    can be broken at them."""
    if width(shown) <= LINE_LENGTH and not line.asks():
        return [line]
    if not line.marked:
        line.mark(line.leaves)
    attempts: tuple[Attempt, ...] = (_at_last_brackets,)
    if line.kind == "def":
        attempts = (_at_parameters,)
    elif line.inside:
        attempts = (_at_delimiters, _at_last_brackets)
    for attempt in attempts:
        try:
            return _run(line, attempt, shown, forced)
        except CannotBreak:
            continue
    return [line]


def _run(line: Line, attempt: Attempt, shown: str, forced: bool) -> list[Line]:
    result: list[Line] = []
    for part in attempt(line, forced):
        text = part.text
        if text == shown:
            raise CannotBreak
        result += _transformed(part, text, forced=forced)
    if (
        forced
        or attempt is not _at_last_brackets
        or not line.hidden
        or any(leaf.text for leaf in line.outermost)
        or result[0].fits()
    ):
        return result
    second = _run(line.copy(), attempt, shown, True)
    return second if all(part.fits() for part in second) else result


# --- at delimiters --------------------------------------------------------------------


def _at_delimiters(line: Line, _forced: bool) -> list[Line]:
    """Break at all of the loosest delimiters."""
    priority = line.loosest()
    if not priority:
        raise CannotBreak
    count = sum(p == priority for p in line.delimiters.values())
    if priority == DOT_PRIORITY and count == 1:
        raise CannotBreak
    breaks = {key for key, p in line.delimiters.items() if p == priority}
    ends = [n for n, leaf in enumerate(line.leaves, 1) if id(leaf) in breaks]
    starts = [0, *ends]
    parts = [line.leaves[s:e] for s, e in zip(starts, [*ends, None], strict=True)]
    parts = [part for part in parts if part]
    if priority == COMMA_PRIORITY and parts[-1][-1].kind != "comma":
        parts[-1].append(Leaf(COMMA, gap=False))
    return [Line(line.depth, part, inside=line.inside) for part in parts]


# --- at brackets ----------------------------------------------------------------------


@dataclass(slots=True)
class _Split:
    """A line in three parts: up to an opening bracket, inside the brackets, and from
    the closing bracket on."""

    head: Line
    body: Line
    tail: Line
    opening: Leaf
    closing: Leaf

    def lines(self) -> list[Line]:
        """The parts as lines, with brackets that hidden ones become."""
        if self.opening.hidden:
            self.opening.show("(")
            self.closing.show(")")
        return [part for part in (self.head, self.body, self.tail) if part.leaves]


def _split(line: Line, start: int, end: int) -> _Split:
    """The split of a line at the brackets at two places."""
    opening, closing = line.leaves[start], line.leaves[end]
    front, inner = line.leaves[: start + 1], line.leaves[start + 1 : end]
    head = Line(line.depth, front, kind=line.kind)
    head.mark(_matching(front))
    if inner and _wants_comma(inner, opening):
        inner.append(Leaf(COMMA, gap=False))
    body = Line(line.depth + 1, inner, inside=True).mark(inner)
    asked = bool(inner) and inner[-1].kind == "comma"
    body.exploded = body.loosest() == COMMA_PRIORITY and (
        asked or opening.owner == "atom"
    )
    tail = Line(line.depth, line.leaves[end:])
    tail.marked = True  # It is only broken in front.
    if not inner and sum(map(tail.size, range(len(tail.leaves)))) < 3:
        raise CannotBreak
    return _Split(head, body, tail, opening, closing)


def _wants_comma(inner: Leaves, opening: Leaf) -> bool:
    """Whether a comma is added to what stands in brackets: behind a parameter that
    stands alone."""
    if opening.owner != "def":
        return False
    commas = Line(0, inner).mark(inner).delimiters
    return COMMA_PRIORITY not in commas.values()


def _matching(leaves: Sequence[Leaf]) -> Leaves:
    """The leaves that are brackets in pairs, or stand inside a pair."""
    places = {id(leaf): place for place, leaf in enumerate(leaves)}
    found: Leaves = []
    end = len(leaves)
    for place in reversed(range(len(leaves))):
        leaf = leaves[place]
        if place < end and leaf.kind == "close" and id(leaf.opening) in places:
            start = places[id(leaf.opening)]
            found[:0] = leaves[start : place + 1]
            end = start
    return found


def _at_parameters(line: Line, _forced: bool) -> list[Line]:
    """Break the head of a function at its parameters; without parameters, at what it
    returns."""
    for end, leaf in enumerate(line.leaves):
        if leaf.kind == "close" and leaf.text in (")", ""):
            start = line.place(leaf.opening)
            if start is not None and end > start + 1:
                return _split(line, start, end).lines()
    raise CannotBreak


def _at_last_brackets(line: Line, forced: bool) -> list[Line]:
    """Break at the last brackets for which the first line fits."""
    first: list[Line] | None = None
    for omitted in _omissions(line):
        if omitted:
            opening = _last_opening(line, omitted)
            place = line.place(opening) if opening and opening.text else None
            if place is not None and line.column(place) > LINE_LENGTH:
                continue
        lines = _at_brackets(line, forced, omitted)
        if first is None and not omitted:
            first = lines
        if lines[0].fits():
            return lines
    return first if first is not None else _at_brackets(line, forced, frozenset())


def _last_opening(line: Line, omitted: Omitted) -> Leaf | None:
    for leaf in reversed(line.leaves):
        if leaf.kind == "close" and id(leaf) not in omitted:
            return leaf.opening
    return None


def _omissions(line: Line) -> Iterator[Omitted]:
    """Sets of closing brackets at which a line is not broken. Each set has more of the
    end of the line, as long as what is left alone fits on one line."""
    omitted: set[int] = set()
    if not line.magic:
        yield frozenset()
    length = len(INDENT) * line.depth
    opening: Leaf | None = None
    closing: Leaf | None = None
    inner: set[int] = set()
    for place in reversed(range(len(line.leaves))):
        leaf = line.leaves[place]
        length += line.size(place)
        if length > LINE_LENGTH:
            return
        if opening is not None:
            if leaf is opening:
                opening = None
            elif leaf.kind == "close":
                if is_magic(line.leaves, place):
                    return
                inner.add(id(leaf))
        elif leaf.kind == "close":
            if place and line.leaves[place - 1].kind == "open":
                # Nothing between them: they go with whatever else is left alone.
                inner.add(id(leaf))
                continue
            if closing is not None:
                omitted |= {id(closing), *inner}
                inner.clear()
                yield frozenset(omitted)
            if is_magic(line.leaves, place):
                return
            if leaf.text:
                opening, closing = leaf.opening, leaf


def _at_brackets(line: Line, forced: bool, omitted: Omitted) -> list[Line]:
    return _best(_last_brackets(line, omitted), line, forced, omitted)


def _last_brackets(line: Line, omitted: Omitted) -> _Split:
    """The split at the last brackets that have something inside."""
    leaves = line.leaves
    end = len(leaves)
    while end:
        end -= 1
        closing = leaves[end]
        if closing.kind != "close" or id(closing) in omitted:
            continue
        start = line.place(closing.opening)
        if start is None:
            raise CannotBreak
        if start + 1 < end:
            return _split(line, start, end)
        end = start
    raise CannotBreak


def _best(split: _Split, line: Line, forced: bool, omitted: Omitted) -> list[Line]:
    """The lines of a split. If it is at hidden brackets, the split without them is used
    if that reads better."""
    if (
        not forced
        and split.opening.hidden
        and split.closing.hidden
        and _can_stay_hidden(split)
    ):
        without = {id(split.closing), *omitted}
        try:
            other = _last_brackets(line, without)
            if _is_better(other, split):
                return _best(other, line, forced, without)
        except CannotBreak:
            if len(split.body.leaves) < 2 and not split.body.fits():
                raise
    return split.lines()


def _can_stay_hidden(split: _Split) -> bool:
    """Whether the content of hidden brackets may be broken without showing them."""
    body = split.body
    if not body.delimiters:
        return True
    priority = max(body.delimiters.values())
    if sum(p == priority for p in body.delimiters.values()) > 1:
        return False
    if priority == DOT_PRIORITY:
        return True
    first, second, *_ = body.leaves
    *_, penultimate, last = body.leaves
    if first.kind == "open" and second.kind != "close" and _ends_well(body, first):
        return True
    if last.kind == "close" and (last.text != "]" or last.owner != "trailer"):
        return penultimate.kind != "open" and _begins_well(body, last)
    return False


def _ends_well(line: Line, first: Leaf) -> bool:
    """Whether what follows the brackets at the beginning of a line fits, or can be
    broken further."""
    behind = False
    length = len(INDENT) * line.depth
    for place, leaf in enumerate(line.leaves):
        behind = behind or leaf.opening is first
        if behind:
            length += line.size(place)
            if length > LINE_LENGTH:
                return False
            if leaf.kind == "open":
                behind = False
    return True


def _begins_well(line: Line, last: Leaf) -> bool:
    """Whether what precedes the brackets at the end of a line fits, or can be broken
    further."""
    length = len(INDENT) * line.depth
    others = False
    for place, leaf in enumerate(line.leaves):
        length += line.size(place)
        if leaf is last.opening:
            return others or length <= LINE_LENGTH
        others = others or leaf.kind == "open"
    return False


def _is_better(other: _Split, split: _Split) -> bool:
    """Whether `other`, a split without hidden brackets, is preferred to a split at
    these."""
    head = split.head.leaves
    if not (len(head) >= 2 and head[-2].text == "="):
        return True
    if not any(leaf.kind in ("open", "close") for leaf in head[:-1]):
        return True
    if split.head.magic or not split.head.fits(LINE_LENGTH - 1):
        return True
    texts = [leaf.text for leaf in other.head.leaves]
    count = [leaf.text for leaf in head].count("=")
    if count > 1 and count > texts.count("="):
        return False
    behind = texts[::-1].index("=") if "=" in texts else len(texts)
    closes = any(
        leaf.kind == "close" for leaf in other.head.leaves[len(texts) - behind :]
    )
    return closes or ("=" in texts and other.head.fits())
