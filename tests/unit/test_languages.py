"""Inclusion of patterns, decided by automata."""

from __future__ import annotations

import itertools
import random

import pytest

from codegen.ecma import examples
from codegen.ecma.languages import (
    PROVED,
    UNDECIDED,
    Question,
    ask,
    escapee,
    sized,
)


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
        ("(?<!a)b", "b"),
        ("^(?:x(?!y).)+$", "^x"),
        ("^(a|b)\\1$", "^[ab]*$"),
        ("^(?!a)(\\w)\\1$", "^[^a]"),
        ("(^a)\\1", "a"),
        ("(a\\1)", "a"),
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
    assert escapee(("(?<=b)a",), "ba") is UNDECIDED
    assert escapee(("^(a)\\1$",), "^aa$") is UNDECIDED
    assert escapee(("(",), "a") is UNDECIDED
    assert escapee(("^(a{1,300}){1,300}$",), "^a+$") is UNDECIDED


def test_texts_of_a_pattern_as_long_as_a_page() -> None:
    regex = "a" * 5_000
    assert next(examples.matching((regex,), len(regex), None)) == regex


_REGEXES = (
    "^a", "b$", "^[ab]*$", "^.$", "^(?=.*b)a", "^(?!b)", "\\bb", "a\\b", "\\Ba",
    "^a{1,3}$", "^(?i:ab)$", "^(?=a)(?!ab)[abc]*$", "", "b\\b a",
)  # fmt: skip


def test_no_short_text_contradicts_an_answer() -> None:
    rng = random.Random(5)
    texts = ["".join(t) for n in range(4) for t in itertools.product("ab A", repeat=n)]
    matched = {r: {t for t in texts if examples.matches(r, t)} for r in _REGEXES}
    undecided = 0
    for _ in range(120):
        mine = tuple(rng.sample(_REGEXES, rng.randint(0, 2)))
        avoided = tuple(rng.sample(_REGEXES, rng.randint(0, 2)))
        low = rng.choice((0, 0, 1, 2))
        high = rng.choice((None, low, low + 1, 2048))
        excluded = frozenset(rng.sample(texts, rng.choice((0, 1, 3))))
        question = Question(mine, avoided, low, high, excluded)
        answer = ask(question)
        undecided += answer is UNDECIDED
        if isinstance(answer, str):
            assert question.fits(answer)
            assert all(examples.matches(regex, answer) for regex in mine)
            assert not any(examples.matches(regex, answer) for regex in avoided)
        elif answer is PROVED:
            for text in filter(question.fits, texts):
                fits = all(text in matched[regex] for regex in mine)
                assert not fits or any(text in matched[r] for r in avoided), question
    assert undecided < 6


def test_patterns_that_count_characters_are_lengths() -> None:
    assert sized("^[a-z]{1,2048}$") == ("^[a-z]*$", 1, 2048)
    assert sized("^[^]{2}$") == ("^[^]*$", 2, 2)
    assert sized("^\\u{1f600}+$") == ("^[\\u{1f600}]*$", 1, None)
    assert sized("^[a-z]{1,5}") is None
    assert sized("^(ab){1,5}$") is None


@pytest.mark.parametrize(
    "regex",
    [
        "^a{99999999999}$",
        "^(?:a{99999}){99999}$",
        "^(a{99999})" + r"\1" * 500 + "$",
        "^[a-z]{3}" + "a{99999}" * 500,
    ],
)
def test_no_text_is_made_that_is_too_long_to_be_tried(regex: str) -> None:
    assert list(examples.matching((regex,), 0, None)) == []
    assert len(list(examples.missing(regex, (), 0, None))) > 0
