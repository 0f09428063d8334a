"""What an unknown word was most likely meant to be, and how messages ask."""

from __future__ import annotations

import time

import pytest

from codegen import nearby


@pytest.mark.parametrize(
    ("word", "known", "said"),
    [
        ("naem", ("name", "size"), " (did you mean 'name'?)"),
        ("ORDER", ("border", "Order"), " (did you mean 'Order'?)"),
        ("ab", ("AB", "Ab", "zz"), " (did you mean 'AB'?)"),
        ("it's", ("its",), " (did you mean 'its'?)"),
        ("its", ("it's\n",), ' (did you mean "it\'s\\n"?)'),
        ("price", ("weight", "colour"), ""),
        ("name", (), ""),
        ("", ("a",), ""),
    ],
)
def test_one_word(word: str, known: tuple[str, ...], said: str) -> None:
    assert nearby.question(word, known) == said


def test_several_words() -> None:
    found = nearby.nearest("item", ["items", "Item", "itm", "other"], 3)
    assert found == ["Item", "items", "itm"]
    assert nearby.asked(found) == " (did you mean 'Item', 'items' or 'itm'?)"
    assert nearby.asked(found[:2]) == " (did you mean 'Item' or 'items'?)"
    assert nearby.asked([]) == ""


def test_long_and_many_words_take_no_time() -> None:
    begin = time.process_time()
    long = "x" * 10**6
    assert nearby.question(long, [long[:-1], *(long[:n] for n in range(999))]) != ""
    assert nearby.question("word", [f"word{n}" for n in range(10**5)]) == ""
    assert time.process_time() - begin < 1


def test_many_questions_compare_no_more_words_than_a_run_is_worth() -> None:
    questions = nearby.Questions(most=10)
    known = ["name", "size", "colour"]
    said = [questions.about(word, known) for word in ("naem", "sizes", "color", "nam")]
    assert said[:3] == [f" (did you mean {word!r}?)" for word in known]
    assert said[3] == ""
    assert questions.about("name", ()) == ""
