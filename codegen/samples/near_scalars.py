"""Scalars at the edge of each facet, inside and outside."""

from __future__ import annotations

import math
import sys
from collections.abc import Collection, Iterator
from fractions import Fraction
from typing import Final

from codegen import ecma
from codegen.ecma import examples
from codegen.ir import model as ir
from codegen.ir.equality import freeze
from codegen.samples.edits import Proposal
from codegen.samples.facets import Facets
from codegen.samples.formats import MISSES, SAMPLES, TYPED
from codegen.samples.numbers import exact, plain

_LONGEST: Final = 20_000
_EXACT: Final = 2**53
"""Below it every integer is a float."""

_LARGEST: Final = Fraction(sys.float_info.max)
_ASTRAL: Final = "\U0001f600"
_MEMBERS: Final = 64
_ALIKE: Final[tuple[ir.Json, ...]] = (False, True, 0, 1)


# --- enumerations ------------------------------------------------------------------


def of_members(facets: Facets, value: ir.Json) -> Iterator[Proposal]:
    """Other members of an enumeration, and what is nearly one."""
    members = facets.enums[0]
    known = set(map(freeze, members))
    for member in members[:_MEMBERS]:
        if freeze(member) != freeze(value):
            yield Proposal(member, True, "enum", "another member")
    for member in members[:_MEMBERS]:
        for changed in _inside(member):
            if freeze(changed) not in known:
                yield Proposal(changed, False, "enum", "no member")
    texts = [member for member in members if isinstance(member, str)]
    for text in texts[:1]:
        for changed in (text + "x", text.swapcase(), text[:-1]):
            if freeze(changed) not in known:
                yield Proposal(changed, False, "enum", "no member")
    whole = [m for m in members if isinstance(m, int) and not isinstance(m, bool)]
    if whole:
        yield Proposal(max(whole) + 1, False, "enum", "no member")
    for member in members[:_MEMBERS]:
        # In Python true equals 1, in JSON it does not.
        for like in _ALIKE if isinstance(member, int | float) else ():
            if like == member and freeze(like) not in known:
                yield Proposal(like, False, "enum", "what looks like a member")


def _inside(member: ir.Json) -> Iterator[ir.Json]:
    """Arrays and objects that differ from a member in one thing."""
    if isinstance(member, list):
        yield [*member, 0]
        yield from ([*member[:-1], other] for other in (None, True) if member)
    elif isinstance(member, dict):
        yield {**member, "extra": 0}
        for name in list(member)[:1]:
            yield {**member, name: False}
            yield {f"{name}x": member[name]}


# --- numbers -----------------------------------------------------------------------


def of_numbers(facets: Facets) -> Iterator[Proposal]:
    """Numbers at each limit, and on and beside multiples."""
    for minimum in facets.minima:
        keyword = "exclusiveMinimum" if minimum.exclusive else "minimum"
        yield from _edge(facets, minimum.limit, minimum.exclusive, -1, keyword)
    for maximum in facets.maxima:
        keyword = "exclusiveMaximum" if maximum.exclusive else "maximum"
        yield from _edge(facets, maximum.limit, maximum.exclusive, 1, keyword)
    for divisor in facets.multiples:
        yield from _off_step(facets, divisor)


def _edge(
    facets: Facets, limit: float, exclusive: bool, outward: int, keyword: str
) -> Iterator[Proposal]:
    """The limit and its neighbours, one step of the facet's own size apart."""
    edge = exact(limit)
    if edge is None:
        return
    step = _grain(facets)
    itself: float = limit
    if step is not None and edge.denominator == 1 and abs(edge) >= _EXACT:
        # Among integers a float of this size is the nearest one, maybe beyond it.
        itself = int(edge)
    if step is None and abs(edge) > _LARGEST:
        step = Fraction(1)  # No float is so large, so neighbours are integers.
    if step is None:
        towards = math.inf * outward
        beyond: ir.Json = math.nextafter(float(limit), towards)
        within: ir.Json = math.nextafter(float(limit), -towards)
    else:
        last = math.ceil(edge / step) if outward < 0 else math.floor(edge / step)
        at_limit = last * step == edge
        beyond = plain((last + outward) * step)
        within = plain((last - outward if at_limit else last) * step)
        if not at_limit:
            yield from _proposed(beyond, False, keyword, "just outside")
            yield from _proposed(within, True, keyword, "just inside")
            return
    yield from _proposed(itself, not exclusive, keyword, "the limit itself")
    if step is not None and edge.denominator == 1 and abs(edge) < _EXACT:
        as_float = float(edge) if isinstance(limit, int) else int(edge)
        yield from _proposed(as_float, not exclusive, keyword, "the limit as a float")
    if exclusive:
        yield from _proposed(within, True, keyword, "just inside")
    else:
        yield from _proposed(beyond, False, keyword, "just outside")


def _proposed(
    number: ir.Json, valid: bool, keyword: str, note: str
) -> Iterator[Proposal]:
    if number is None or (isinstance(number, float) and not math.isfinite(number)):
        return
    yield Proposal(number, valid, keyword, note)


def _grain(facets: Facets) -> Fraction | None:
    """The distance between neighbouring numbers; None where they are dense."""
    divisors = [exact(divisor) for divisor in facets.multiples]
    known = [divisor for divisor in divisors if divisor]
    if known:
        return max(known)
    return None if "fraction" in facets.atoms else Fraction(1)


def _off_step(facets: Facets, divisor: float) -> Iterator[Proposal]:
    step = exact(divisor)
    if not step:
        return
    lows = [n for m in facets.minima if (n := exact(m.limit)) is not None]
    start = math.ceil(max(lows) / step) if lows else 0
    for count in (1, 3, 7):
        inside = plain((start + count) * step)
        yield from _proposed(inside, True, "multipleOf", "a multiple")
    for part in (Fraction(1, 2), Fraction(1, 10)):
        off = (start + 1) * step + step * part
        if off.denominator == 1 or "fraction" in facets.atoms:
            yield from _proposed(plain(off), False, "multipleOf", "between multiples")
    if step.denominator == 1 and step > 1:
        off = (start + 1) * step + 1
        yield from _proposed(plain(off), False, "multipleOf", "one more")


# --- strings -----------------------------------------------------------------------


def of_lengths(facets: Facets) -> Iterator[Proposal]:
    """Texts of the least and the greatest length, and of one character beyond."""
    least, most = facets.min_length, facets.max_length
    if 0 < least <= _LONGEST:
        yield from _of_length(facets, least, True, "minLength", "as short as allowed")
        yield from _of_length(facets, least - 1, False, "minLength", "one too short")
    if most is not None and most <= _LONGEST:
        yield from _of_length(facets, most, True, "maxLength", "as long as allowed")
        yield from _of_length(facets, most + 1, False, "maxLength", "one too long")


def _of_length(
    facets: Facets, length: int, valid: bool, keyword: str, note: str
) -> Iterator[Proposal]:
    if not facets.patterns:
        yield Proposal("a" * length, valid, keyword, note)
        if 0 < length <= 64:
            # Counted in UTF-16 units it would be twice as long.
            yield Proposal(_ASTRAL * length, valid, keyword, f"{note}, beyond the BMP")
        return
    for text in examples.matching(facets.patterns, length, length):
        yield Proposal(text, valid, keyword, note)
        return


def _too_long_to_ask(
    facets: Facets, pattern: str, others: list[str]
) -> Iterator[Proposal]:
    """For a pattern against which only short texts are held: the longest of these, and
    one that is longer."""
    if ecma.way(pattern) is not ecma.Way.SHORT:
        return
    longest = ecma.bearable(pattern)
    for text in examples.missing(pattern, others, longest, longest):
        yield Proposal(text, False, "pattern", "does not match, and is just held")
        if facets.max_length is None or facets.max_length > longest:
            longer = text + text[-1]
            yield Proposal(longer, True, "pattern", "is not held against it")
        return


def of_texts(facets: Facets, value: str, typed: Collection[str]) -> Iterator[Proposal]:
    """Texts that match patterns and formats, and such that do not; `typed` are the
    formats with a Python type."""
    for index, pattern in enumerate(facets.patterns):
        others = facets.patterns[:index] + facets.patterns[index + 1 :]
        missing = examples.missing(
            pattern, others, facets.min_length, facets.max_length
        )
        for text, _ in zip(missing, range(3), strict=False):
            yield Proposal(text, False, "pattern", "does not match")
        yield from _too_long_to_ask(facets, pattern, others)
    if facets.patterns:
        matching = examples.matching(
            facets.patterns, facets.min_length, facets.max_length
        )
        for text, _ in zip(matching, range(2), strict=False):
            if text != value:
                yield Proposal(text, True, "pattern", "matches")
    for name in facets.formats:
        if name in typed:
            for text in TYPED[name].held:
                yield Proposal(text, True, "format", f"a {name}")
            for text in TYPED[name].beyond:
                yield Proposal(text, False, "format", f"no {name} with a value")
        elif name in SAMPLES:
            yield Proposal(SAMPLES[name], True, "format", f"a {name}")
            yield Proposal(MISSES[name], False, "format", f"no {name}")
