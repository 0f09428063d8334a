"""Inclusion of patterns, decided by automata."""

from __future__ import annotations

import pytest

from codegen.ecma import examples
from codegen.ecma.languages import PROVED, UNDECIDED, escapee


@pytest.mark.parametrize(
    ("mine", "other"),
    [
        ("^[a-z]+$", "^[a-z0-9]+$"),
        ("^a{2,4}$", "^a+$"),
        ("^abc", "b"),
        ("^(a|b)*$", "^[ab]*$"),
        ("^\\d{4}-\\d{2}$", "^[0-9-]*$"),
        ("x", ""),
        ("^$", "^a?$"),
        ("^(?=a)[a-z]+$", "^a"),
        ("^(?!b)[ab]c$", "^ac$"),
        ("^ac$", "^(?!b)[ab]c$"),
        ("^(?=.*\\d)(?=.*[a-z])[a-z\\d]{2}$", "^([a-z]\\d|\\d[a-z])$"),
        ("\\bcat\\b", "cat"),
        ("^cat$", "\\bcat\\b"),
        ("^a cat sat$", "\\bcat\\b"),
        ("^a\\Bb$", "^ab$"),
        ("^a\\bb$", "^$"),
        ("^[a-z][a-z0-9]{1,300}$", "^[a-z]+[a-z0-9]*$"),
        ("^(?i:Ab)$", "^[Aa][bB]$"),
    ],
)
def test_contained(mine: str, other: str) -> None:
    assert escapee((mine,), other) is PROVED


@pytest.mark.parametrize(
    ("mine", "other", "text"),
    [
        ("^[a-z0-9]+$", "^[a-z]+$", "0"),
        ("^a+$", "^a{2,4}$", "a"),
        ("b", "^abc", "b"),
        ("", "x", ""),
        ("^a?$", "^$", "a"),
        ("cat", "\\bcat\\b", "0cat"),
        ("^(?!b)[ab]c?$", "^ac$", "a"),
        ("^[ab]$", "^(?!a)", "a"),
    ],
)
def test_the_shortest_text_that_escapes(mine: str, other: str, text: str) -> None:
    assert escapee((mine,), other) == text


def test_lengths_count() -> None:
    assert escapee((), "^.{0,3}$", 0, 3) == "\n"
    assert escapee((), "^[^]{0,3}$", 0, 3) is PROVED
    assert escapee((), "^[^]{0,3}$", 0, 4) == "aaaa"


def test_several_patterns_hold_at_once() -> None:
    assert escapee(("^a", "b$"), "^a[^]*b$") is PROVED
    assert escapee(("^a", "b$"), "^a[^]+b$") == "ab"


def test_what_is_not_regular_stays_undecided() -> None:
    assert escapee(("b(?=a)",), "a") is UNDECIDED
    assert escapee(("(?<=b)a",), "a") is UNDECIDED
    assert escapee(("^(a)\\1$",), "^aa$") is UNDECIDED
    assert escapee(("(",), "a") is UNDECIDED
    assert escapee(("^(a{1,300}){1,300}$",), "^a+$") is UNDECIDED


def test_texts_of_a_pattern_as_long_as_a_page() -> None:
    regex = "a" * 5_000
    assert next(examples.matching((regex,), len(regex), None)) == regex
