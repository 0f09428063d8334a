"""Numbers, strings and names with given facets, or just beyond those of a reader."""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Final

from codegen.compat.normal import forms
from codegen.compat.proof import scalars
from codegen.ecma import examples, languages
from codegen.ir import model as ir

_TRIED: Final = 24

MAX_TEXT: Final = 100_000
"""Code points beyond which no string is looked for."""

LONGEST: Final = 2**24
"""Code points beyond which not even one letter is repeated to show something."""

_FORMATS: Final[Mapping[str, str]] = {
    "date": "2000-01-01",
    "date-time": "2000-01-01T00:00:00Z",
    "time": "00:00:00Z",
    "duration": "P1D",
    "email": "a@b.co",
    "idn-email": "a@b.co",
    "hostname": "a.co",
    "idn-hostname": "a.co",
    "ipv4": "1.1.1.1",
    "ipv6": "::1",
    "uri": "a:b",
    "uri-reference": "a",
    "iri": "a:b",
    "iri-reference": "a",
    "uri-template": "a",
    "uuid": "00000000-0000-0000-0000-000000000000",
    "json-pointer": "",
    "relative-json-pointer": "0",
    "regex": "a",
}


def size(value: ir.Json) -> int:
    """Length of the compact JSON text."""
    return len(json.dumps(value, separators=(",", ":"), ensure_ascii=False))


def text_key(value: ir.Json) -> tuple[int, str]:
    """Orders documents: short ones first, then by text."""
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    return (len(text), text)


def plain(value: Fraction) -> int | float | None:
    """A fraction as a JSON number; None where floating point cannot write it."""
    if value.denominator == 1:
        return value.numerator
    try:
        number = float(value)
    except OverflowError:
        return None
    if not math.isfinite(number) or Fraction(repr(number)) != value:
        return None
    return number


def numbers(facets: forms.Number) -> Iterator[int | float]:
    """Numbers with given facets, those with short texts first."""
    low = facets.lower.limit if facets.lower else None
    high = facets.upper.limit if facets.upper else None
    points: list[Fraction] = [Fraction(n) for n in (0, 1, 2, -1, 10)]
    points += [Fraction(1, 2), Fraction(3, 2), Fraction(1, 10)]
    for end in (low, high):
        if end is not None:
            points += [end, end + 1, end - 1, end + Fraction(1, 2)]
            points += [end - Fraction(1, 2), end + Fraction(1, 10)]
            points += [end - Fraction(1, 10)]
    if low is not None and high is not None:
        points.append((low + high) / 2)
    step = Fraction(1) if facets.integer else Fraction(0)
    for divisor in facets.divisors:
        step = divisor if not step else lcm(step, divisor)
    if step and (facets.divisors or facets.integer):
        points += [step, -step, step * 2]
        for end in (low, high):
            if end is not None:
                base = math.floor(end / step) * step
                points += [base, base + step, base - step]
    yield from _fitting(points, facets)


def _fitting(points: Iterable[Fraction], facets: forms.Number) -> Iterator[int | float]:
    seen: set[Fraction] = set()
    for point in points:
        if point not in seen and forms.number_accepts(facets, point):
            seen.add(point)
            number = plain(point)
            if number is not None:
                yield number


def lcm(a: Fraction, b: Fraction) -> Fraction:
    """The least number that both divide."""
    bottom = math.gcd(a.denominator, b.denominator)
    top = math.lcm(a.numerator, b.numerator)
    return Fraction(top, bottom)


def texts(facets: forms.String) -> Iterator[str]:
    """Strings with given facets, short ones first."""
    if facets.minimum > MAX_TEXT:
        return
    known = [_FORMATS[name] for name in facets.formats if name in _FORMATS]
    for text in known:
        if scalars.string_accepts(facets, text):
            yield text
    if facets.formats:
        return
    if not facets.patterns:
        for text in ("", "a", "b", "0") if facets.minimum < 2 else ("a", "b", "c"):
            padded = text + "a" * (facets.minimum - len(text))
            if scalars.string_accepts(facets, padded):
                yield padded
        return
    yield from itertools.islice(
        languages.matching(facets.patterns, facets.minimum, facets.maximum), 6
    )


# --- beyond ---


def number_beyond(a: forms.Number, b: forms.Number) -> Iterator[int | float]:
    """Numbers of `a` that are not of `b`, those with short texts first."""
    points: list[Fraction] = []
    ends = [e.limit for e in (a.lower, a.upper, b.lower, b.upper) if e is not None]
    offsets = (Fraction(1), Fraction(1, 2), Fraction(1, 10), Fraction(1, 1000))
    for end in ends:
        points.append(end)
        for offset in offsets:
            points += [end - offset, end + offset]
    for divisor in (*a.divisors, *b.divisors):
        points += [divisor, divisor / 2, divisor * 3]
        for end in ends:
            base = end // divisor * divisor
            points += [base, base + divisor, base - divisor]
    points += [Fraction(n) for n in (0, 1, -1, 2, 3, 5, 7, 10, 1000)]
    points += [Fraction(1, 2), Fraction(1, 10), Fraction(1, 3000000)]
    inside = (p for p in points if forms.number_accepts(a, p))
    outside = {p for p in inside if not forms.number_accepts(b, p)}
    written = [n for p in sorted(outside) if (n := plain(p)) is not None]
    yield from sorted(written, key=text_key)


def string_beyond(
    a: forms.String, b: forms.String, longest: int = LONGEST
) -> Iterator[str]:
    """Strings of `a` that are not of `b`, short ones first, none beyond a length."""
    if b.minimum > a.minimum:
        shorter = _least(a.maximum, b.minimum - 1)
        yield from _long(forms.String(a.minimum, shorter, a.patterns), longest)
    if b.maximum is not None:
        longer = forms.String(
            max(a.minimum, b.maximum + 1), a.maximum, a.patterns, a.formats
        )
        if a.maximum is None or longer.minimum <= a.maximum:
            yield from _long(longer, longest)
    for pattern in b.patterns:
        if pattern in a.patterns:
            continue
        found = languages.escapee(a.patterns, pattern, a.minimum, a.maximum)
        if isinstance(found, str):
            yield found
        if found is languages.PROVED:
            continue
        for text in ("", "a", "A", "0", " ", "!", "é", "a" * 20):
            padded = text + "a" * (a.minimum - len(text))
            if scalars.string_accepts(a, padded):
                yield padded
        if found is languages.UNDECIDED:
            missing = examples.missing(pattern, a.patterns, a.minimum, a.maximum)
            yield from itertools.islice(missing, _TRIED)
    if any(name not in a.formats for name in b.formats):
        for text in ("", "a", "!", " ", "0"):
            if scalars.string_accepts(a, text):
                yield text
        yield from texts(a)


def _long(facets: forms.String, longest: int) -> Iterator[str]:
    """Strings of at least a length; enormous ones only where any letters will do."""
    free = not facets.patterns and not facets.formats
    if facets.minimum <= MAX_TEXT:
        yield from texts(replace(facets, formats=()))
    elif facets.minimum <= longest and free:
        yield "a" * facets.minimum


def _least(a: int | None, b: int) -> int:
    return b if a is None else min(a, b)


def unknown_names(a: forms.Object, b: forms.Object) -> list[str]:
    """Two names of properties that neither declares."""
    known = {*a.properties, *b.properties}
    return [n for n in ("a", "b", "x", "x0", "other") if n not in known][:2]
