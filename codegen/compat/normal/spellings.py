"""Values of one type that are, as texts, those of another: 1 and "1"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Final, TypeAlias

from codegen.compat.normal import forms
from codegen.compat.normal.forms import Form
from codegen.ecma import languages
from codegen.ir import model as ir

Told: TypeAlias = tuple[ir.Assertion, ...]

FLAT: Final = ir.Type(("boolean", "number"))
"""Types of values that have one text, beside texts themselves."""

_TRUTHS: Final = {"true": True, "false": False}

_NATURAL: Final = "^(0|[1-9][0-9]*)$"
_INTEGER: Final = "^(0|-?[1-9][0-9]*)$"

_NUMBERS: Final[tuple[tuple[str, Told], ...]] = (
    (_INTEGER, (ir.Type(("integer",)),)),
    (_NATURAL, (ir.Type(("integer",)), ir.Minimum(0))),
)
"""Texts of numbers without a fraction, the wider ones first."""

_MOST_DIGITS: Final = 400
"""Digits of numbers that are told by the length of their texts."""

_DIGITS: Final = re.compile(r"0|-?[1-9][0-9]{0,17}")


def free(form: Form) -> bool:
    """Whether an alternative takes every text."""
    top = forms.top("string").facets
    return form.facets == top and form.values is None and not form.residues


def others(form: Form) -> Iterator[Told]:
    """The values of other types that have a text which an alternative takes, or whose
    text is that of a value which it takes; as far as that is simple to say."""
    if form.residues:
        return
    if form.values is not None:
        spelled = map(_spelled, form.values)
        values = tuple(value for value in spelled if value is not None)
        if values:
            yield (ir.Enum(values),)
        return
    match form.facets:
        case forms.Bare() if form.kind == "boolean":
            yield (ir.Enum(tuple(_TRUTHS)),)
        case forms.Number(
            True, None | forms.Bound(Fraction(numerator=0), False), None, ()
        ):
            lower = form.facets.lower
            regex = _INTEGER if lower is None else _NATURAL
            yield ir.Type(("string",)), ir.Pattern(regex)
        case forms.Number(False, None, None, ()):
            yield ir.Type(("string",)), ir.Pattern(_INTEGER)
        case forms.String() as facets:
            yield from _of_texts(facets)
        case _:
            return


def _of_texts(facets: forms.String) -> Iterator[Told]:
    """The numbers and truth values whose texts some texts are."""
    if facets.formats:
        return
    truths = tuple(v for text, v in _TRUTHS.items() if _accepts(facets, text))
    if truths:
        yield (ir.Enum(truths),)
    for regex, told in _NUMBERS:
        if all(_within(regex, pattern) for pattern in facets.patterns):
            yield (*told, *_of_length(facets))
            return


def _of_length(facets: forms.String) -> Iterator[ir.Assertion]:
    """Which numbers without a fraction have texts of some length. Of texts that need
    more than one character only those without a sign are meant."""
    if facets.minimum > 1:
        yield ir.Minimum(10 ** (min(facets.minimum, _MOST_DIGITS) - 1))
    if facets.maximum is None:
        return
    digits = min(facets.maximum, _MOST_DIGITS)
    if facets.minimum <= 1:
        yield ir.Minimum(1 - 10 ** max(digits - 1, 0))
    yield ir.Maximum(10**digits - 1)


def _within(regex: str, pattern: str) -> bool:
    return languages.escapee((regex,), pattern) is languages.PROVED


def _accepts(facets: forms.String, text: str) -> bool:
    return (
        facets.minimum <= len(text)
        and (facets.maximum is None or len(text) <= facets.maximum)
        and all(languages.matches(pattern, text) for pattern in facets.patterns)
    )


def _spelled(value: ir.Json) -> ir.Json:
    """The value of another type with the same text; None where there is none."""
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case str() if value in _TRUTHS:
            return _TRUTHS[value]
        case str() if _DIGITS.fullmatch(value):
            return int(value)
        case _:
            return None
