"""Containment of numbers and strings: intervals, multiples, lengths, patterns."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Final

from codegen.compat.normal import forms
from codegen.compat.normal.forms import Form
from codegen.ecma import languages
from codegen.ir import model as ir

MAX_LISTED: Final = 300
"""Integers of an interval that are looked at one by one."""


def listed(form: Form) -> tuple[ir.Json, ...] | None:
    """All values of an alternative, where they are few; otherwise None."""
    if form.values is not None:
        return form.values
    match form.facets:
        case forms.Bare():
            return (None,) if form.kind == "null" else (False, True)
        case forms.Number(True, forms.Bound() as low, forms.Bound() as high, _):
            first, last = low.limit.numerator, high.limit.numerator
            if last - first <= MAX_LISTED:
                every = range(first, last + 1)
                assert isinstance(form.facets, forms.Number)
                return tuple(
                    n for n in every if forms.number_accepts(form.facets, Fraction(n))
                )
        case forms.String(maximum=0):
            return ("",)
        case _:
            pass
    return None


def number_within(a: forms.Number, b: forms.Number) -> str:
    """Why not every number of `a` is one of `b`; empty where it is."""
    few = listed(Form("number", a))
    if few is not None:
        for value in few:
            if not forms.number_accepts(b, forms.exact(value)):
                return f"{value} is not accepted"
        return ""
    if b.lower is not None and (a.lower is None or a.lower < b.lower):
        return "numbers may be too small"
    if b.upper is not None and (a.upper is None or _beyond(a.upper, b.upper)):
        return "numbers may be too large"
    grid = [Fraction(1)] if a.integer else []
    grid.extend(a.divisors)
    divisors = [*b.divisors, *([Fraction(1)] if b.integer else [])]
    for divisor in divisors:
        if not any((step / divisor).denominator == 1 for step in grid):
            return f"numbers may be no multiple of {divisor}"
    return ""


def _beyond(a: forms.Bound, b: forms.Bound) -> bool:
    if a.limit != b.limit:
        return a.limit > b.limit
    return b.exclusive and not a.exclusive


def string_within(a: forms.String, b: forms.String) -> str:
    """Why not every string of `a` is one of `b`; empty where it is."""
    a, b = counted(a), counted(b)
    if a.minimum < b.minimum:
        return "strings may be too short"
    if b.maximum is not None and (a.maximum is None or a.maximum > b.maximum):
        return "strings may be too long"
    for pattern in b.patterns:
        if pattern not in a.patterns and not _matched(a, pattern):
            return f"strings may not match `{pattern}`"
    for name in b.formats:
        if name not in a.formats:
            return f"strings may not be of format {name!r}"
    return ""


def counted(facets: forms.String) -> forms.String:
    """The same, with the limits of patterns that only count characters as lengths."""
    low, high = facets.minimum, facets.maximum
    patterns: list[str] = []
    for regex in facets.patterns:
        sized = languages.sized(regex)
        if sized is None:
            patterns.append(regex)
            continue
        free, least, most = sized
        patterns.append(free)
        low = max(low, least)
        high = most if high is None else high if most is None else min(high, most)
    return forms.String(low, high, tuple(patterns), facets.formats)


def _matched(a: forms.String, pattern: str) -> bool:
    """Whether every string with these facets matches a pattern."""
    found = languages.escapee(a.patterns, pattern, a.minimum, a.maximum)
    return found is languages.PROVED


def string_accepts(facets: forms.String, text: str) -> bool:
    """Whether lengths and patterns let a text through."""
    return (
        facets.minimum <= len(text)
        and (facets.maximum is None or len(text) <= facets.maximum)
        and all(languages.matches(pattern, text) for pattern in facets.patterns)
    )


def follows(mine: tuple[str, ...], pattern: str) -> bool:
    """Whether every string that matches all of some patterns matches one more."""
    return pattern in mine or languages.escapee(mine, pattern) is languages.PROVED


def decimal(value: Fraction) -> str:
    """A number as people write it."""
    if value.denominator == 1:
        return str(value.numerator)
    return repr(float(value))


def show(value: ir.Json) -> str:
    """Compact JSON text."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
