"""Patterns that a backtracking matcher takes very long to refuse.

Such a matcher tries one way of reading a text after the other. Three things make too
many of them: a loop that can read one text in two ways and come back to where it was
(`(a+)+`, `(a|a)*`), for which there are 2, 4, 8 ways and so on; repeats in succession
that read the same characters, from three on (`^a*a*a*b`, `^.*a.*b.*c`; without `^` two
of them, as every place of the text is tried); and many parts that may be left out (`a?`
thirty times). Where no text is refused after them nobody notices; so a text
has to be found that is read in many ways and not matched.
"""

from __future__ import annotations

import contextlib
import functools
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from codegen.ecma import successions
from codegen.ecma import syntax as ast
from codegen.ecma.positions import Positions, TooLarge, positions
from codegen.ecma.translate import parse, translate
from codegen.ecma.ways import components, letter_of, way
from codegen.runtime._linear import NotLinear, matches_linear

SHORT: Final = 20
"""Characters of the longest text that a slow pattern is held against where nothing but
trying one way after the other is left: `(a+)+` reads it in two to the power of that
many ways."""
LENGTH: Final = 60
"""How long the texts are for which ways are counted."""
WAYS: Final = 1_000_000
"""This many steps for a text of `LENGTH` characters are too many."""

_CUBIC: Final = 5.5
"""What twice the text multiplies the steps by, between four, where they grow with the
square of its length, which thousands of characters bear, and eight."""
_BEARABLE: Final = 4_000_000
"""So many steps a backtracking matcher takes in some tenths of a second."""
_PAIRS: Final = 60_000
_LETTERS: Final = 12
_ROUNDS: Final = 12
_ENDS: Final = ("", "!", "\n", "a", "0", "\x01")


@functools.lru_cache(maxsize=4096)
def slow(regex: str) -> int | None:
    """The offset of a repeat on whose account one text can be read in very many ways.

    A pattern that is too large to be looked at counts as fast. Raises
    `ECMASyntaxError`.
    """
    tree = parse(regex)
    tried = (_slow(part, tree, translate(regex)) for part in _tried(tree))
    found = next((offset for offset in tried if offset is not None), None)
    if found is None:
        once = {look.offset for look in _at_the_start(tree)}
        bodies = (
            _slow(look.body, tree, None, once=look.offset in once)
            for look in _lookarounds(tree)
        )
        found = next((offset for offset in bodies if offset is not None), None)
    return found


@functools.lru_cache(maxsize=4096)
def bearable(regex: str) -> int:
    """How long a text may be, at most `SHORT`, for trying one way of reading it after
    the other to take few steps. Raises `ECMASyntaxError`."""
    tree = parse(regex)
    longest = SHORT
    for part in (tree, *(look.body for look in _lookarounds(tree))):
        with contextlib.suppress(TooLarge, RecursionError):
            made = positions(part, tree)
            for choice in _choices(made):
                found = _counted(made, choice, _BEARABLE)
                if found is not None:
                    longest = min(longest, len(found[1]) - 1)
    return longest


def _slow(
    part: ast.Node, tree: ast.Node, pattern: str | None, *, once: bool = False
) -> int | None:
    """The offset of a repeat in a part that is tried `once`, or at each place.
    `pattern` is what decides whether a text is matched; None where that is more than
    the part, of which nobody knows."""
    try:
        made = positions(part, tree)
    except (TooLarge, RecursionError):
        return None
    for place, text in _candidates(made, starts=once or _starts(part)):
        if pattern is None or _refuses(pattern, text):
            return max(made.loops[place], 0)
    return None


def _lookarounds(node: ast.Node) -> Iterator[ast.Lookaround]:
    match node:
        case ast.Lookaround(body=body):
            yield node
            yield from _lookarounds(body)
        case ast.Group(body=body) | ast.Repeat(body=body):
            yield from _lookarounds(body)
        case ast.Sequence(items) | ast.Choice(items):
            for item in items:
                yield from _lookarounds(item)
        case _:
            return


def _at_the_start(node: ast.Node) -> Iterator[ast.Lookaround]:
    """The lookarounds directly behind `^`, which are tried at one place only."""
    match node:
        case ast.Sequence(items) if items and _starts(items[0]):
            for item in items[1:]:
                if not isinstance(item, ast.Lookaround):
                    break
                yield item
        case ast.Group(body=body):
            yield from _at_the_start(body)
        case ast.Choice(items):
            for item in items:
                yield from _at_the_start(item)
        case _:
            return


def _refuses(pattern: str, text: str) -> bool:
    """Whether a text can go on so that it is not matched."""
    try:
        return not all(matches_linear(pattern, text + end) for end in _ENDS)
    except NotLinear:
        return True


def _starts(tree: ast.Node) -> bool:
    """Whether a pattern begins with `^`, so that it is tried at one place only."""
    match tree:
        case ast.Start():
            return True
        case ast.Sequence(items):
            return bool(items) and _starts(items[0])
        case ast.Group(body=body):
            return _starts(body)
        case ast.Choice(items):
            return all(map(_starts, items))
        case _:
            return False


def _tried(tree: ast.Node) -> list[ast.Node]:
    """A pattern, or its alternatives that are tried at each place and those that are
    tried at one only (`^a*b|c`)."""
    if not isinstance(tree, ast.Choice):
        return [tree]
    once = tuple(one for one in tree.options if _starts(one))
    others = tuple(one for one in tree.options if not _starts(one))
    return [ast.Choice(some) for some in (others, once) if some]


def _candidates(made: Positions, *, starts: bool) -> Iterator[tuple[int, str]]:
    """Texts that can be read in many ways, each with a place that it goes through."""
    yield from _loops(made)
    yield from successions.candidates(made, starts=starts)
    for choice in _choices(made):
        found = _counted(made, choice, WAYS) or _growing(made, choice, starts=starts)
        if found is not None:
            place, text = found
            yield place, text
            yield place, (text * LENGTH)[:LENGTH]


def _choices(made: Positions) -> list[list[int]]:
    """The letters that texts are made of: each alone, and all together."""
    used = functools.reduce(int.__or__, made.masks, 0)
    letters = [bit for bit in range(len(made.alphabet)) if used >> bit & 1]
    letters = letters[:_LETTERS]
    return [*([bit] for bit in letters), letters]


def _counted(made: Positions, letters: list[int], most: int) -> tuple[int, str] | None:
    """Where a text is read in more ways than are meant to be, and the text."""
    steps = 0
    text = ""
    for ways, letter in _read(made, letters, starts=True):
        text += letter
        steps += sum(ways.values())
        if steps > most:
            return _looped(made, ways), text
    return None


def _growing(
    made: Positions, letters: list[int], *, starts: bool
) -> tuple[int, str] | None:
    """Where a text of twice the length takes eight times the steps, and the text."""
    steps = [0]
    text = ""
    for ways, letter in _read(made, letters, starts=starts):
        text += letter
        steps.append(steps[-1] + sum(ways.values()))
        if len(text) == LENGTH and steps[-1] > _CUBIC * steps[LENGTH // 2]:
            return _looped(made, ways), text
    return None


def _looped(made: Positions, ways: Mapping[int, int]) -> int:
    return min((place for place in ways if made.loops[place] >= 0), default=0)


def _read(
    made: Positions, letters: list[int], *, starts: bool
) -> Iterator[tuple[dict[int, int], str]]:
    """In how many ways each place is reached by a text, letter by letter: at each step
    it goes on with the letter that makes the most of them. Unless a pattern `starts` at
    one place, it is tried at each."""
    after: Mapping[int, int] = made.first
    for _ in range(LENGTH):
        ways: dict[int, int] = {}
        for bit in letters:
            some = {p: n for p, n in after.items() if made.masks[p] >> bit & 1}
            if sum(some.values()) > sum(ways.values()):
                ways, letter = some, made.alphabet[bit]
        if not ways:
            return
        yield ways, letter
        following = Counter() if starts else made.first.copy()
        for place, count in ways.items():
            for target, more in made.follow[place].items():
                following[target] += count * more
        after = following


# --- loops that come back to where they were in two ways ---------------------------


def _loops(made: Positions) -> Iterator[tuple[int, str]]:
    for component in components(made):
        inside = set(component)
        found = _twofold(made, component, inside)
        if found is not None:
            place, word = found
            start = way(made, list(made.first), place, None)
            yield place, start + word * _ROUNDS


def _twofold(
    made: Positions, component: list[int], inside: set[int]
) -> tuple[int, str] | None:
    """A place, and a text that leads from it to it in two ways."""
    for place in component:
        for target, ways in made.follow[place].items():
            if ways > 1 and target in inside:
                return place, letter_of(made, made.masks[target]) + way(
                    made, [*made.follow[target]], place, inside, here=target
                )
    before: dict[tuple[int, int], tuple[tuple[int, int], int] | None]
    before = {(place, place): None for place in component}
    pending = list(before)
    for pair in pending:
        one, other = pair
        for a in made.follow[one]:
            for b in made.follow[other] if a in inside else ():
                shared = made.masks[a] & made.masks[b]
                if b not in inside or not shared or (one == other and a == b):
                    continue
                if a == b:
                    return _round(made, before, pair, a, inside)
                after = (a, b) if a < b else (b, a)
                if after not in before:
                    if len(before) > _PAIRS:
                        return None
                    before[after] = pair, shared
                    pending.append(after)
    return None


def _round(
    made: Positions,
    before: dict[tuple[int, int], tuple[tuple[int, int], int] | None],
    pair: tuple[int, int],
    end: int,
    inside: set[int],
) -> tuple[int, str]:
    """The place where two ways part, and the text of both until they come back."""
    word = letter_of(made, made.masks[end])
    while (step := before[pair]) is not None:
        pair, mask = step
        word = letter_of(made, mask) + word
    start = pair[0]
    return start, word + way(made, [*made.follow[end]], start, inside, here=end)
