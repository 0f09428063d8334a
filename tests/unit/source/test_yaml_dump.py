"""What is written as YAML reads back as the same values, here and by PyYAML."""

from __future__ import annotations

import json

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from codegen.source import json_text, yaml_dump, yaml_text
from codegen.source.node import Json

NUMBERLIKE = st.from_regex(
    r"[-+]?(0[xob])?[0-9_]{1,4}(\.[0-9]*)?([eE][-+]?[0-9]{1,4})?|[-+]?\.(inf|nan)",
    fullmatch=True,
)
"""Texts that one version of YAML or the other takes for numbers."""

WORDS = st.sampled_from(
    ["", "~", "null", "True", "yes", "on", "y", "<<", "=", "1:30", "2024-12-17", "- a"]
)
TEXTS = NUMBERLIKE | WORDS | st.text(st.characters(codec="utf-8"), max_size=8)
VALUES = st.recursive(
    TEXTS | st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4)
    ),
    max_leaves=8,
).filter(lambda value: "Infinity" not in json.dumps(value))


@given(value=VALUES, allow_unicode=st.booleans())
@example("012345678912345678", True)
@example({"\x85": ["a\x85b", "a\n\x85", "\u2028", "\x7f\x85 09"]}, True)
@example({"091": ["1e3", "0o17", ".inf", "+.5", "1e400"]}, True)
def test_the_same_values_are_read_back(value: Json, allow_unicode: bool) -> None:
    text = yaml_dump.dumped({"v": value}, allow_unicode=allow_unicode)
    assert allow_unicode or text.isascii()
    expected = json_text.read(json.dumps({"v": value}))
    found = yaml_text.read(text)
    assert not found.problems
    assert repr(found.data) == repr(expected.data)
    assert yaml.safe_load(text) == {"v": value}


@pytest.mark.parametrize("text", ["1e400", "09", "1e3", "0o17", "-.inf"])
def test_texts_are_quoted_that_only_yaml_1_2_takes_for_numbers(text: str) -> None:
    assert yaml_dump.dumped([text], allow_unicode=True) == f"- '{text}'\n"
    assert yaml.safe_load(f"- {text}\n- '{text}'")[1] == text


def test_equal_values_are_written_out() -> None:
    same = {"a": 1}
    assert yaml_dump.dumped([same, same], allow_unicode=True) == "- a: 1\n- a: 1\n"
