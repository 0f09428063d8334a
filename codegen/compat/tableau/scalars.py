"""Numbers and strings of a case: some of them, or that there are none."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from codegen.compat.normal import forms
from codegen.compat.proof import scalars
from codegen.compat.tableau.case import Case, Numbers
from codegen.compat.witness import values
from codegen.ecma import languages
from codegen.ir import model as ir
from codegen.ir.equality import freeze

_FEW: Final = 3
_STEPS: Final = 400
"""Multiples of a grid that are looked at one by one."""


class Nothing(Exception):
    """No value is left."""


def numbers(case: Case) -> tuple[ir.Json, ...]:
    """A few numbers of a case. Raises `Nothing` where there are none."""
    held = case.numbers
    facets = held.facets
    if forms.empty(facets) or _all_divisible(held):
        raise Nothing
    listed = _on_grid(facets)
    if listed is None and _is_point(facets):
        assert facets.lower is not None
        listed = [facets.lower.limit]
    if listed is not None:
        fitting = [p for p in listed if forms.number_accepts(facets, p)]
        found = list(_left(case, fitting))
        if not found and all(values.plain(p) is not None for p in fitting):
            raise Nothing
        return tuple(found[:_FEW])
    return tuple(itertools.islice(_left(case, _points(facets)), _FEW))


def every(case: Case) -> tuple[ir.Json, ...] | None:
    """All numbers of a case, where they are few; otherwise None."""
    listed = _on_grid(case.numbers.facets)
    if listed is None:
        return None
    return tuple(n for n in map(values.plain, listed) if n is not None)


def _left(case: Case, points: list[Fraction]) -> Iterator[ir.Json]:
    """The points that are not excluded, as JSON numbers."""
    for point in points:
        if any((point / d).denominator == 1 for d in case.numbers.indivisible):
            continue
        if not forms.number_accepts(case.numbers.facets, point):
            continue
        number = values.plain(point)
        if number is not None and freeze(number) not in case.excluded:
            yield number


def _step(facets: forms.Number) -> Fraction | None:
    """What all numbers are multiples of."""
    step = Fraction(1) if facets.integer else None
    for divisor in facets.divisors:
        step = divisor if step is None else values.lcm(step, divisor)
    return step


def _all_divisible(held: Numbers) -> bool:
    """Whether all numbers are multiples of what they must be no multiples of."""
    step = _step(held.facets)
    return step is not None and any(
        (step / divisor).denominator == 1 for divisor in held.indivisible
    )


def _is_point(facets: forms.Number) -> bool:
    low, high = facets.lower, facets.upper
    return low is not None and high is not None and low.limit == high.limit


def _on_grid(facets: forms.Number) -> list[Fraction] | None:
    """Every multiple between two bounds, where they are few."""
    step, low, high = _step(facets), facets.lower, facets.upper
    if step is None or low is None or high is None:
        return None
    first, last = math.ceil(low.limit / step), math.floor(high.limit / step)
    if last - first > _STEPS:
        return None
    return [step * count for count in range(first, last + 1)]


def _points(facets: forms.Number) -> list[Fraction]:
    """Numbers that are worth a try, those with short texts first."""
    exact = [forms.exact(n) for n in values.numbers(facets)]
    step = _step(facets) or Fraction(1, 7)
    low, high = facets.lower, facets.upper
    start = low or high
    base = Fraction(0) if start is None else start.limit
    near = math.floor(base / step)
    more = [step * (near + i) for i in range(-60, 61)]
    halves = [base + Fraction(i, 8) for i in range(-40, 41)]
    return [*exact, *more, *halves]


# --- strings -----------------------------------------------------------------------


def strings(case: Case) -> tuple[ir.Json, ...]:
    """A few strings of a case. Raises `Nothing` where there are none."""
    held = case.strings
    facets = held.facets
    excluded = frozenset(v for v in case.excluded.values() if isinstance(v, str))
    if facets.formats:
        case.vague[f"`format` {facets.formats[0]}"] = None
        found = [t for t in values.texts(facets) if t not in excluded]
        return tuple(t for t in found if _misses(t, held.avoided))[:_FEW]
    asked = languages.Question(
        facets.patterns, tuple(held.avoided), facets.minimum, facets.maximum, excluded
    )
    answer = languages.ask(asked)
    if answer is languages.PROVED:
        raise Nothing
    if isinstance(answer, str):
        more = languages.ask(asked.without(answer))
        return (answer, more) if isinstance(more, str) else (answer,)
    regexes = (*facets.patterns, *held.avoided)
    case.vague[f"`pattern` {', '.join(map(repr, regexes))}"] = None
    tried = itertools.chain(values.texts(facets), ("", "a", "A", "0", " ", "é", "\n"))
    fitting = (
        text
        for text in tried
        if text not in excluded
        and scalars.string_accepts(facets, text)
        and _misses(text, held.avoided)
    )
    return tuple(itertools.islice(fitting, _FEW))


def _misses(text: str, avoided: list[str]) -> bool:
    return not any(languages.matches(pattern, text) for pattern in avoided)
