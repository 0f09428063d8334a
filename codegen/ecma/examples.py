"""Strings that match patterns, by construction from the parsed expressions."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Collection, Iterator, Sequence
from typing import Final, assert_never

from codegen import ecma
from codegen.ecma import syntax as ast
from codegen.ecma.charset import CharSet

_TRIES: Final = 400
_CHOICES: Final = 6
_LONGEST: Final = 100_000
"""Texts are tried up to this length, and made no longer than is needed to see that they
are beyond it, whatever repeats ask for."""
_DEEP: Final = 64
"""Items of a sequence up to which each is put before those behind it."""
_FRIENDLY: Final = CharSet.of([(0x61, 0x7A)])
_PRINTABLE: Final = CharSet.of([(0x21, 0x7E)])
_SPACE: Final = CharSet.of([(0x20, 0x20)])
_BEYOND: Final = CharSet.of([(0xA1, 0xD7FF), (0xE000, 0xFFFD), (0x1F600, 0x1F64F)])


@functools.lru_cache(maxsize=4096)
def longest_tried(regex: str) -> int:
    """How long texts may be that are tried: short where trying may take for ever."""
    try:
        short = ecma.way(regex) is ecma.Way.SHORT
        return ecma.bearable(regex) if short else _LONGEST
    except ecma.ECMASyntaxError:
        return _LONGEST


def matches(regex: str, text: str) -> bool:
    """Whether a text matches; a pattern that does not compile matches everything."""
    try:
        return ecma.matcher(regex)(text)
    except ecma.ECMASyntaxError:
        return True


def matching(
    patterns: Sequence[str], minimum: int, maximum: int | None
) -> Iterator[str]:
    """Texts of `minimum` to `maximum` code points that match all patterns.

    Short ones come first; the search is bounded and may find nothing.
    """
    top = _top(minimum, maximum, patterns)
    if minimum > top:
        return
    seen: set[str] = set()
    for text in itertools.islice(_candidates(patterns, minimum, top), _TRIES):
        if text in seen or not minimum <= len(text) <= top:
            continue
        seen.add(text)
        if all(matches(pattern, text) for pattern in patterns):
            yield text


def fresh(known: Collection[str], patterns: Collection[str]) -> str:
    """A property name that is neither known nor matched by a pattern, if there is
    one near at hand."""
    for text in ("extra", "x_extra", "Extra", "0", "é", "~", "extra field", "!"):
        if text not in known and not any(matches(p, text) for p in patterns):
            return text
    count = itertools.count(1)
    return next(name for n in count if (name := f"extra{n}") not in known)


def missing(
    regex: str, others: Sequence[str], minimum: int, maximum: int | None
) -> Iterator[str]:
    """Texts that miss one pattern and keep everything else."""
    top = _top(minimum, maximum, (regex, *others))
    seen: set[str] = set()
    for text in _mutants(regex, others, minimum, maximum):
        if text in seen or not minimum <= len(text) <= top:
            continue
        seen.add(text)
        if not matches(regex, text) and all(matches(other, text) for other in others):
            yield text


def _top(minimum: int, maximum: int | None, patterns: Sequence[str]) -> int:
    """The greatest length that is tried."""
    longest = minimum + 64 if maximum is None else maximum
    return min([longest, *(longest_tried(regex) for regex in patterns)])


def _mutants(
    regex: str, others: Sequence[str], minimum: int, maximum: int | None
) -> Iterator[str]:
    """Changes of texts that match: those just outside come first."""
    for text in itertools.islice(matching((regex, *others), minimum, maximum), 3):
        yield text + "\n"
        for place in range(len(text)):
            for char in "\n!A0 é":
                yield text[:place] + char + text[place + 1 :]
        for char in "!A0 é":
            yield text + char
            yield char + text
        yield text[:-1]
        yield text[1:]
        yield text.swapcase()
    for char in "a!0 \né":
        yield char * max(minimum, 1)
    yield ""
    yield from matching(others, minimum, maximum)


def _candidates(patterns: Sequence[str], minimum: int, top: int) -> Iterator[str]:
    if not patterns:
        yield "a" * minimum
        return
    for regex in patterns:
        try:
            tree = ecma.parse(regex)
        except ecma.ECMASyntaxError:
            continue
        for extra in dict.fromkeys((0, 1, 2, 3, minimum)):
            for text in itertools.islice(_texts(tree, extra, {}), _TRIES // 8):
                yield text
                yield from _stretched(tree, text, minimum)
    for regex in patterns:
        # A pattern that is open at an end leaves room for what tells texts apart.
        for text in _shortest(regex):
            for tail in "abcdefgh0123456789":
                yield from (text + tail, tail + text)
    # What lookaheads ask for in one text: a letter of each case, a digit, a sign.
    for length in dict.fromkeys((minimum, 4, 8, 12, 16, 32)):
        yield ("aA0-" * (length // 4 + 1))[:length]
        yield "a" * length


def _shortest(regex: str) -> list[str]:
    try:
        return list(itertools.islice(_texts(ecma.parse(regex), 0, {}), 1))
    except ecma.ECMASyntaxError:
        return []


def _stretched(tree: ast.Node, text: str, minimum: int) -> Iterator[str]:
    """The text brought to a length, by repeats of the pattern or by padding."""
    short = minimum - len(text)
    if short > 0:
        yield from itertools.islice(_texts(tree, short, {}), 2)
        yield text + "a" * short
        yield "a" * short + text


def _texts(node: ast.Node, extra: int, groups: dict[int, str]) -> Iterator[str]:
    """Texts of a node, with every unbounded repeat taken `extra` times more than
    it must. Lookarounds and boundaries say nothing here: the caller tests."""
    match node:
        case ast.Chars(chars):
            yield from _friendly(chars)
        case ast.Start() | ast.End() | ast.Boundary() | ast.Lookaround():
            yield ""
        case ast.Group(index, body):
            for text in _texts(body, extra, groups):
                groups[index] = text
                yield text
        case ast.Back(index):
            yield groups.get(index, "")
        case ast.Repeat():
            yield from _repeated(node, extra, groups)
        case ast.Sequence(items):
            yield from _sequence(items, extra, groups)
        case ast.Choice(options):
            for option in options:
                yield from itertools.islice(_texts(option, extra, groups), _CHOICES)
        case _:
            assert_never(node)


def _sequence(
    items: tuple[ast.Node, ...], extra: int, groups: dict[int, str]
) -> Iterator[str]:
    if not items:
        yield ""
        return
    # A long one in halves, because generators stand inside each other.
    middle = 1 if len(items) <= _DEEP else len(items) // 2
    heads = (
        _texts(items[0], extra, groups)
        if middle == 1
        else _sequence(items[:middle], extra, groups)
    )
    for head in itertools.islice(heads, _CHOICES):
        rest = _sequence(items[middle:], extra, groups)
        for tail in itertools.islice(rest, _CHOICES):
            too_long = len(tail) > _LONGEST
            yield tail if too_long else (head + tail)[: _LONGEST + 1]


def _repeated(node: ast.Repeat, extra: int, groups: dict[int, str]) -> Iterator[str]:
    count = node.minimum + extra
    if node.maximum is not None:
        count = min(count, node.maximum)
    if count == 0:
        yield ""
        return
    # Each round may differ, but one text over and over is what people expect.
    for text in itertools.islice(_texts(node.body, 0, groups), _CHOICES):
        yield text * min(count, _LONGEST // max(len(text), 1) + 1)


@functools.lru_cache(maxsize=1024)
def _friendly(chars: CharSet) -> tuple[str, ...]:
    """Members of a set, those that read well first."""
    found: list[str] = []
    for liked in (_FRIENDLY, _PRINTABLE, _SPACE, _BEYOND, chars):
        both = chars & liked
        for low, high in both.ranges[:2]:
            if not 0xD800 <= low <= 0xDFFF:
                found.append(chr(low))
            if high != low and not 0xD800 <= high <= 0xDFFF:
                found.append(chr(high))
    return tuple(found)
