"""Templates of frames never say anything but what the parser would have said."""

from __future__ import annotations

import json
import threading
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codegen.runtime import _json
from codegen.runtime._frames import Templates
from tests.sweeps import many

TAG = "response.audio.delta"
OTHER = "response.text.delta"


class Event:
    """Stands for a generated class: one attribute for each property."""

    def __init__(self, value: dict[str, Any]) -> None:
        self.__dict__ |= value

    @property
    def value(self) -> dict[str, Any]:
        return dict(self.__dict__)


def again(event: Event, first: str, second: str) -> Event:
    return Event(event.value | {"event_id": first, "delta": second})


ENTRY = ("event_id", "delta", again, (("item", "item"),))
AGAIN: dict[str, Any] = dict.fromkeys((TAG, OTHER, "é"), ENTRY)


class Reader:
    """What an event table does with `Templates`."""

    def __init__(self) -> None:
        self.templates = Templates(AGAIN)
        self.recalled = 0

    def read(self, frame: str | bytes) -> Any:
        templates, event = self.templates, None
        if isinstance(frame, bytes):
            event = templates.recall_bytes(frame)
        elif frame[templates.at] in templates.signs:
            event = templates.recall(frame)
        if event is not None:
            self.recalled += 1
            return event.value
        value = _json.loads(frame, False)
        if isinstance(value, dict) and value.get("type") in AGAIN:
            self.templates.learn(frame, value["type"], value, Event(value))
        return value


def frame(
    event_id: str = "e1", delta: str = "x", tag: str = TAG, **others: object
) -> str:
    value: dict[str, object] = {"type": tag, "event_id": event_id, "item": "i1"}
    value |= {"index": 0, "last": False, "none": None} | others | {"delta": delta}
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def test_half_of_a_surrogate_pair_makes_no_template() -> None:
    """It has no form in UTF-8, which frames of bytes are compared in."""
    reader = Reader()
    text = frame(item="i\ud800")
    assert [reader.read(text) for _ in range(3)] == [json.loads(text)] * 3
    start = frame().partition(',"item"')[0]
    behind = start + ',"delta":"x","item":"i\ud800"}'
    assert [reader.read(behind) for _ in range(3)] == [json.loads(behind)] * 3
    assert reader.recalled == 0


def primed(text: str | None = None) -> Reader:
    reader = Reader()
    for _ in range(2):
        reader.read(text or frame())
    return reader


def plainly(text: str | bytes) -> Any:
    try:
        return _json.loads(text, False)
    except _json.JSONError:
        return "rejected"


def agree(reader: Reader, text: str | bytes) -> None:
    try:
        found = reader.read(text)
    except _json.JSONError:
        found = "rejected"
    assert repr(found) == repr(plainly(text))


@pytest.mark.parametrize("form", [str, str.encode])
def test_recalls_what_differs_in_two_strings(form: Any) -> None:
    reader = Reader()
    for number in range(10):
        text = form(frame(f"e{number}", "Zürich " * number))
        assert reader.read(text) == json.loads(text)
    assert reader.recalled == 8


@pytest.mark.parametrize("separators", [(",", ":"), (", ", ": ")])
def test_recalls_frames_of_other_writers(separators: tuple[str, str]) -> None:
    reader = Reader()
    for number in range(5):
        text = json.dumps(json.loads(frame(f"e{number}")), separators=separators)
        assert reader.read(text) == json.loads(text)
    assert reader.recalled == 3


def test_recalls_several_tags_in_turn() -> None:
    reader = Reader()
    for number in range(10):
        for tag in (TAG, OTHER):
            text = frame(f"e{number}", "x" * number, tag)
            assert reader.read(text) == json.loads(text)
    assert reader.recalled == 16


@pytest.mark.parametrize("form", [str, str.encode])
def test_a_string_between_the_two_may_change_now_and_then(form: Any) -> None:
    reader = Reader()
    for number in range(40):
        text = form(frame(f"e{number % 10}", "x" * number, item=f"i{number // 4}"))
        assert reader.read(text) == json.loads(text)
    assert reader.recalled == 38
    # Only if it is as long as before: places are fixed.
    reader.read(frame(item="longer"))
    assert reader.recalled == 38


LONG = "0123456789"
STEMS = [frame(), frame(tail=1), frame("", ""), frame(tag=OTHER), frame(LONG)]

DAMAGED = [
    *(frame(delta=""), frame(delta='"'), frame(delta="\\"), frame(delta="\n")),
    *(frame(delta="\u2028🎧"), frame("e22"), frame(""), frame('"1'), frame("\\1")),
    *(frame(item="i2"), frame(index=1), frame(index=10**30), frame(index=0.0)),
    *(frame(index=True), frame(none=0), frame(extra=1), frame(tag=OTHER)),
    # Pieces that look complete but are not, and are more than they look.
    *(frame()[:-1], frame()[:-2], frame()[:-3] + "}", frame()[:-4] + '"}'),
    *(frame() + "}", frame() + " ", " " + frame(), frame() + "x", frame()[1:]),
    *(frame()[:-2] + '","delta":"y"}', frame()[:-2] + '","type":"z"}'),
    *(frame().replace('"e1"', '"e1","e'), frame().replace("0", "-0")),
    *(frame().replace("0", "00"), frame().replace("0", "0.0"), frame() * 2),
    *(frame().replace('"x"', "null"), frame().replace('"x"', '{"a":"b"}')),
    *(frame().replace('"x"', '"x",'), frame().replace('"x"', '"\\u0078"')),
    *(frame().replace('"x"', '"\\ud800"'), frame().replace("e1", "e\x00")),
    *(frame().replace('"x"}', '"x"]'), frame().replace('"x"}', "'x'}"), "", "{}"),
    # As long as the first string, but not one string.
    *(frame(LONG).replace(LONG, inside) for inside in ('0","x":"78', '0123"56789')),
    *(frame(LONG).replace(LONG, inside) for inside in ('",\n"last":"', '"0123456\\"')),
    # Shorter than the template, so that its three parts would overlap.
    *(frame().replace('"x"}', '"}'), frame().replace('"x"}', "}"), '"}', TAG),
]  # fmt: skip


@pytest.mark.parametrize("stem", STEMS, ids=range(len(STEMS)))
@pytest.mark.parametrize("damaged", DAMAGED, ids=range(len(DAMAGED)))
def test_leaves_everything_else_to_the_parser(stem: str, damaged: str) -> None:
    agree(primed(stem), damaged)
    agree(primed(stem), damaged.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("place", range(0, len(frame()), 3))
def test_bytes_that_are_not_utf8(place: int) -> None:
    text = bytearray(frame(delta="éé"), "utf-8")
    for byte in (0xFF, 0x80, 0xC3, 0x00, 0x22, 0x5C):
        damaged = bytes(text[:place]) + bytes([byte]) + bytes(text[place + 1 :])
        agree(primed(), damaged)


@settings(max_examples=many(200, 600), deadline=None)
@given(
    stem=st.sampled_from(STEMS),
    place=st.integers(0, 300),
    remove=st.integers(0, 3),
    insert=st.sampled_from(
        [*'"\\,:{}[]0-e.x \n\x00\x1f\u2028', '","', '":"', "1e5", "01", '"}', "\\u0041"]
    )
    | st.text(max_size=3),
    as_bytes=st.booleans(),
)
def test_agrees_with_the_parser_on_damaged_frames(
    stem: str, place: int, remove: int, insert: str, as_bytes: bool
) -> None:
    place %= len(stem) + 1
    damaged = stem[:place] + insert + stem[place + remove :]
    agree(primed(stem), damaged.encode() if as_bytes else damaged)


def test_learns_nothing_that_it_cannot_prove() -> None:
    duplicate = frame().replace('"none":null', '"none":1,"none":null')
    for text in (
        *(duplicate, frame(item={"a": 1}), frame(index=0.5), frame(item="\\")),
        *(
            frame().replace(",", " ,"),
            frame().replace("0", "-0"),
            frame(item="x" * 9000),
        ),
        *(frame(tag="é"), json.dumps({"delta": "x", "event_id": "y", "type": TAG})),
    ):
        reader = Reader()
        for _ in range(4):
            assert reader.read(text) == json.loads(text)
        assert reader.recalled == 0, text


def test_gives_up_on_tags_that_never_repeat() -> None:
    reader = Reader()
    for number in range(200):
        text = frame(index=number)
        assert reader.read(text) == json.loads(text)
    assert reader.recalled == 0
    assert len(reader.templates._candidates) == 1
    # Once they do repeat, that is noticed again.
    for _ in range(100):
        reader.read(frame(index=-1))
    assert reader.recalled > 0


def test_memory_is_bounded_by_the_table() -> None:
    reader = Reader()
    for number in range(300):
        reader.read(frame(f"e{number}", "x" * 5000, item=f"i{number // 3}"))
    templates: list[Any] = list(reader.templates._candidates.values())
    templates += reader.templates._recent
    assert len(templates) <= 2 * len(AGAIN)
    assert all(len(repr(template.event.value)) < 500 for template in templates)


def test_threads_may_share_a_table() -> None:
    reader = Reader()
    problems: list[str] = []

    def work(thread: int) -> None:
        for number in range(400):
            text = frame(
                f"e{number % 10}", "x" * number, item=f"{thread}{number // 50}"
            )
            if reader.read(text) != json.loads(text):
                problems.append(text)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not problems
