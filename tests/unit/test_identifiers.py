"""Text of a specification becomes a name that Python reads as it is written."""

from __future__ import annotations

import ast
import keyword
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codegen.python.model import identifiers
from codegen.text import Name

DOORS = (identifiers.class_name, identifiers.attribute, identifiers.constant)

TEXTS = st.text(max_size=12) | st.lists(
    st.sampled_from(
        [
            *("a", "B1", "_", "-", "class", "None", "\ufb01", "\u210c", "\u2e2f"),
            *("\u00b2", "\u1100", "\u1161", "\u0301", "\u0149", "\u00b7", "\ud800"),
            *('"""', "\n"),
        ]
    ),
    max_size=5,
).map("".join)


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
@given(text=TEXTS)
def test_whatever_comes_a_name_goes(door: object, text: str) -> None:
    assert callable(door)
    name = door(text)
    assert type(name) is Name
    assert name.isidentifier()
    assert not keyword.iskeyword(name)
    assert name[0].isalpha()
    assert unicodedata.is_normalized("NFKC", name)
    read = ast.parse(name, mode="eval").body
    assert isinstance(read, ast.Name)
    assert read.id == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("-None", "MinusNone"),
        ("None.", "None_"),
        (">=", "GreaterEqual"),
        ("+1", "Plus1"),
        ("gr\u00f6\u00dfe-\u00e9l\u00e9ment", "Gr\u00f6\u00dfe\u00c9l\u00e9ment"),
        ("\ufb01t", "fit"),
        ("a\u2e2fb", "AB"),
        ("\u2e2f", "U2E2F"),
        ("__class__", "Class"),
        ("007", "Schema007"),
        ("Page<Item>", "PageItem"),
        ("Map<string,List<Item>>", "MapStringListItem"),
        ("a<b", "ALessB"),
        ("a<b>c", "ALessBGreaterC"),
        ("a<=b>", "ALessEqualBGreater"),
        ('say"""; exec("1")', "SayExec1"),
    ],
)
def test_names_of_classes(text: str, name: str) -> None:
    assert identifiers.class_name(text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("__class__", "class__"),
        ("class", "class_"),
        ("__\uff43lass__", "class__"),
        ("\u2e2f", "U2E2F"),
        ("", "field"),
        ('"', "quotation_mark"),
        ("$ref", "ref"),
        ("+1", "plus_1"),
        ("> 1", "greater_1"),
        ("StartTime<", "StartTime_less"),
        ("StartTime<>", "StartTime_less_greater"),
    ],
)
def test_names_of_fields(text: str, name: str) -> None:
    assert identifiers.attribute(text) == name


def test_much_space_takes_a_bounded_time() -> None:
    before = time.process_time()
    assert identifiers.class_name(f"a<{' ' * 30_000}b{' ' * 30_000}c") == "ALessBC"
    assert time.process_time() - before < 2


def test_letters_that_meet_form_others() -> None:
    """Of two Hangul letters Python makes one, so the name has that one."""
    assert identifiers.class_name("A\u1100-\u1161") == "A\uac00"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("gpt-4o.mini", "GPT_4O_MINI"),
        ("+1", "PLUS_1"),
        ("-1", "MINUS_1"),
        ("-1.5", "MINUS_1_5"),
        ("1-2", "VALUE_1_2"),
        ("10 - 20", "VALUE_10_20"),
        ("GMT+1", "GMT_PLUS_1"),
        ("-created_at", "MINUS_CREATED_AT"),
        ("--flag", "FLAG"),
        ("A+", "A_PLUS"),
        ("A-", "A_MINUS"),
        ("C#", "C_HASH"),
        ("50%", "VALUE_50_PERCENT"),
        ("<= 5", "LESS_EQUAL_5"),
        ("a<b", "A_LESS_B"),
        ("vector<int>", "VECTOR_INT"),
        ("<unknown>", "UNKNOWN"),
        ("!=", "NOT_EQUAL"),
        ("*", "STAR"),
        ("\u20ac", "EURO_SIGN"),
        ("\U0001f44d", "U1F44D"),
        ("", "EMPTY"),
        (" ", "SPACE"),
        ("gr\u00f6\u00dfe", "GR\u00d6SSE"),
        ("\u65e5\u672c", "\u65e5\u672c"),
        ("\u0939\u093f\u0928", "\u0939\u093f\u0928"),
    ],
)
def test_names_of_members(text: str, name: str) -> None:
    assert identifiers.constant(text) == name


@pytest.mark.parametrize(
    "letter",
    [
        "\U0001e030",  # of Unicode 15, read as another letter
        "\U0001ccd6",  # of Unicode 16, read as A
        "\u1c89",  # of Unicode 16
        "\u30fb",  # in identifiers from Unicode 15.1 on
    ],
)
def test_letters_that_an_older_python_lacks_part_words(letter: str) -> None:
    assert identifiers.constant(f"a{letter}b") == "A_B"
    assert identifiers.class_name(f"a{letter}b") == "AB"


def test_capitals_that_an_older_python_lacks_are_none() -> None:
    """Unicode 16 has a capital for this letter."""
    assert identifiers.constant("\u0264") == "\u0264"
