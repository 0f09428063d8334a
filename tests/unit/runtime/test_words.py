"""What the runtime says to people: numbers and the words for what they count."""

from __future__ import annotations

from typing import Any

import pytest

from codegen.runtime import _base64
from codegen.runtime.dispatcher import EventTable
from codegen.runtime.errors import ValidationError, Violation, counted, show


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "0 boxes"), (1, "1 box"), (2, "2 boxes"), (11, "11 boxes")],
)
def test_one_alone_is_singular(number: int, words: str) -> None:
    assert counted(number, "box", "boxes") == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ([], "an array of 0 items"),
        ([None], "an array of 1 item"),
        ({"a": 1}, "an object with 1 property"),
        ({"a": 1, "b": 2}, "an object with 2 properties"),
        (None, "null"),
        (True, "true"),
    ],
)
def test_values_are_shown_in_the_words_of_json(value: Any, words: str) -> None:
    assert show(value) == words


def test_violations_are_counted() -> None:
    one = Violation("/a", "type", "a: 1 is not a string")
    assert str(ValidationError("Box", [one])) == (
        "1 violation in Box\n  a: 1 is not a string"
    )
    assert str(ValidationError("Box", [one, one])).startswith("2 violations in Box\n")


def test_characters_of_base64_are_counted() -> None:
    said = "^not base64: 1 character, no multiple of 4$"
    with pytest.raises(ValueError, match=said):
        _base64.decode("A")


def test_events_of_a_table_are_counted() -> None:
    classes: dict[str, type] = {"a": int, "b": str}
    both: EventTable[Any] = EventTable("Both", "type", classes, "p")
    assert repr(both) == "<EventTable Both: 2 events>"
    one: EventTable[Any] = EventTable("One", "type", {"a": int}, "p")
    assert repr(one) == "<EventTable One: 1 event>"
