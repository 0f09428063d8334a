"""The linear matcher says what `re` says, and takes no longer for long texts."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codegen import ecma
from codegen.ecma.slow import slow
from codegen.runtime._linear import NotLinear, matches_linear

ATOMS = ["a", "b", "[ab]", ".", r"\d", "-", r"\w", "[^a]", r"\n", "[^]", "[]", "é"]
COUNTS = ["*", "+", "?", "{2}", "{1,3}", "{2,}", "*?"]
LOOKS = ["(?=", "(?!", "(?<=a)(?:", "(?<!ab)(?:", r"(?<=^|b)(?:"]


def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.lists(inner, min_size=2, max_size=3).map("".join),
        st.tuples(inner, inner).map(lambda two: f"(?:{two[0]}|{two[1]})"),
        inner.map(lambda one: f"({one}|)"),
        st.tuples(inner, st.sampled_from(COUNTS)).map(lambda x: f"(?:{x[0]}){x[1]}"),
        st.tuples(st.sampled_from(["^", "$", r"\b", r"\B"]), inner).map("".join),
        st.tuples(st.sampled_from(LOOKS), inner).map(lambda two: f"{''.join(two)})"),
    )


PATTERNS = st.recursive(st.sampled_from(ATOMS), larger, max_leaves=6)


@given(PATTERNS, st.lists(st.text("aab-1\né😀", max_size=7), max_size=8))
def test_it_agrees_with_re(pattern: str, texts: list[str]) -> None:
    spelled = ecma.translate(pattern)
    for text in texts:
        assert matches_linear(spelled, text) is bool(re.search(spelled, text))


def test_what_it_does_not_know() -> None:
    for pattern in (r"(a)\1", "a{601}", "(?:(?:a{1,99}){1,99}){1,99}"):
        with pytest.raises(NotLinear):
            matches_linear(ecma.translate(pattern), "a")


SLOW = [
    ("^(a|a)*b$", "a"),
    ("a?" * 30 + "a" * 30 + "b", "a"),
    ("(x+x+)+y", "x"),
    (r"^(?=(\w+\s?)*$)(?!b)[a ]+!$", "a "),
    ("^" + "a*" * 30 + "b$", "a"),
    ("(?:ab)?" * 30 + "(?:ab){30}c", "ab"),
]


@pytest.mark.parametrize(("pattern", "part"), SLOW)
def test_long_texts(pattern: str, part: str) -> None:
    assert slow(pattern) is not None
    assert ecma.way(pattern) is ecma.Way.LINEAR
    start = time.process_time()
    assert not ecma.matcher(pattern)(part * 10_000 + "?")
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    ("pattern", "matched", "longest"),
    [
        (r"^(a|a)*(b)\2$", "aaabb", 20),
        (r"^(a|a|a|a|a|a|a|a)*(b)\2$", "aabb", 7),
        ("((a{1,9}){1,9}){1,9}$", "baa", 14),
        (r"^(((a+)+)+)\1b$", "aab", 14),
        ("^((a{1,10}){1,10}){1,10}$", "aaa", 14),
    ],
)
def test_what_nothing_matches_fast_is_held_against_short_texts(
    pattern: str, matched: str, longest: int
) -> None:
    assert ecma.way(pattern) is ecma.Way.SHORT
    assert ecma.bearable(pattern) == longest
    match = ecma.matcher(pattern)
    assert match(matched)
    start = time.process_time()
    assert not match("a" * (longest - 1) + "!")
    assert time.process_time() - start < 5
    assert match("a" * longest + "!")
