"""Bytes of server-sent events, in pieces of any size: as the HTML standard reads the
whole text."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from codegen.runtime.event_stream import EventReader, ServerSentEvent, read_events

WORDS = (
    *(b"data:", b"data: ", b"data", b"datax: 1", b": comment", b"event: x", b"event:"),
    *(b"id: 1", b"id:\0", b"id", b"retry: 10", b"retry: x", b"retry: 1.5"),
    *(b"\r", b"\n", b"\r\n", b"\n\n", b"\xef\xbb\xbf", b" ", b'"a"', b"\xff"),
    *("é€😀".encode(), "€".encode()[:2]),
)
STREAMS = st.lists(st.sampled_from(WORDS), max_size=30).map(b"".join)


def by_the_letter(stream: bytes) -> list[ServerSentEvent]:
    """The events of a stream that is there as a whole."""
    text = stream.decode("utf-8", "replace").removeprefix("\ufeff")
    found, data, kind, last, wait = [], list[str](), "", "", None
    for line in re.findall(r"([^\r\n]*)(?:\r\n|\r|\n)", text):
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if not line and data:
            found.append(
                ServerSentEvent("\n".join(data), kind or "message", last, wait)
            )
        if not line:
            data, kind, wait = [], "", None
        elif name == "data":
            data.append(value)
        elif name == "event":
            kind = value
        elif name == "id" and "\0" not in value:
            last = value
        elif name == "retry" and re.fullmatch("[0-9]+", value):
            wait = int(value)
    return found


@given(STREAMS, st.lists(st.integers(0, 9), min_size=1, max_size=9))
@example(b"\xef\xbb\xbfdata: a\r\n\r\n", [1])
@example(b"data: a\r\rdata: b\r\n\rdata: c\n\r\n", [1])
@example(b"data: \xe2\x82\xac\n\n", [1])
@example(b": only a comment\n\nid: 7\n\ndata\n\n", [3])
def test_pieces_make_no_difference(stream: bytes, sizes: list[int]) -> None:
    pieces, at, turn = [], 0, 0
    while at < len(stream):
        # Some pieces are empty; not all, or there would be no end.
        size = sizes[turn % len(sizes)] or turn % 2
        pieces.append(stream[at : at + size])
        at, turn = at + size, turn + 1
    assert list(read_events(pieces)) == by_the_letter(stream)


def test_what_a_stream_says_of_itself_is_kept() -> None:
    reader = EventReader()
    assert list(reader.feed(b"id: 4\nretry: 250\n\ndata: x\n\nid: 5\ndata: y")) == [
        ServerSentEvent("x", id="4")
    ]
    assert (reader.last_event_id, reader.retry) == ("4", 250)


def test_an_event_without_an_end_does_not_fill_the_memory() -> None:
    reader = EventReader(longest=100)
    for _ in range(50):
        assert not list(reader.feed(b": keep alive\n"))
    assert list(reader.feed(b"data: x\n\n")) == [ServerSentEvent("x")]
    with pytest.raises(ValueError, match="more than 100"):
        [reader.feed(b"data: x\n") for _ in range(50)]
