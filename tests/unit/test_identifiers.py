"""Text of a specification becomes a name that Python reads as it is written."""

from __future__ import annotations

import ast
import keyword
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
        ("-None", "None_"),
        ("\ufb01t", "fit"),
        ("a\u2e2fb", "AB"),
        ("\u2e2f", "Schema"),
        ("__class__", "Class"),
        ("007", "Schema007"),
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
        ("\u2e2f", "field"),
        ('"""', "field"),
    ],
)
def test_names_of_fields(text: str, name: str) -> None:
    assert identifiers.attribute(text) == name


def test_letters_that_meet_form_others() -> None:
    """Of two Hangul letters Python makes one, so the name has that one."""
    assert identifiers.class_name("A\u1100-\u1161") == "A\uac00"
