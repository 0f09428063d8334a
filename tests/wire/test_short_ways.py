"""The short ways say what the long ones say: `to_json`, frames that are bytes, `peek`,
`is_valid`, events that keep their frames."""

from __future__ import annotations

import copy
import dataclasses
import json
import pickle
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.constraints import violations as constrained
from tests.wire.packages import Built, build

UPDATED = {"type": "session.updated", "event_id": "e", "session": {"voice": "sage"}}
DELTA = {
    "type": "response.text.delta",
    **{"event_id": "event_1", "response_id": "r", "item_id": "i"},
    **{"output_index": 0, "content_index": 0, "delta": "hé"},
}


@pytest.fixture(scope="module")
def sdk(realtime: Built) -> Any:
    return realtime.sdk


def frames(value: Any) -> list[Any]:
    """The ways in which one object may come."""
    texts = [
        json.dumps(value),
        json.dumps(value, separators=(",", ":")),
        json.dumps(value, ensure_ascii=False, indent=1),
    ]
    return [*texts, *(text.encode() for text in texts), bytearray(texts[0], "utf-8")]


def test_an_event_is_written_alike_both_ways(sdk: Any) -> None:
    for value in (UPDATED, DELTA, {**UPDATED, "session": {"voice": 1, "x": [None]}}):
        event = sdk.SERVER_EVENTS.decode(value)
        assert json.loads(event.to_json()) == value
        assert event.to_json() == sdk.SERVER_EVENTS.encode(event)
    deep: Any = 1
    for _ in range(900):
        deep = [deep]
    event = sdk.SERVER_EVENTS.decode({**UPDATED, "x": deep, "y": "\ud800", "z": 2**70})
    assert json.loads(event.to_json()) == event.to_dict()


@given(
    deltas=st.lists(st.text(max_size=30), min_size=3, max_size=6),
    ids=st.lists(st.text(min_size=5, max_size=5), min_size=3, max_size=3),
    more=st.text(max_size=3),
)
def test_a_stream_of_bytes_is_a_stream_of_text(
    realtime: Built, deltas: list[str], ids: list[str], more: str
) -> None:
    """Also where the text around the two strings is not ASCII, or they are not."""
    table = realtime.sdk.SERVER_EVENTS
    stream = [
        {**DELTA, "event_id": ids[n % 3], "item_id": more, "delta": delta}
        for n, delta in enumerate(deltas * 2)
    ]
    for ascii_ in (True, False):
        texts = [json.dumps(value, ensure_ascii=ascii_) for value in stream]
        for text, value in zip(texts, stream, strict=True):
            try:
                data = text.encode()
            except UnicodeEncodeError:
                continue
            assert table.decode(data) == table.decode(text) == table.decode(value)


def test_bytes_that_are_no_text_are_refused_behind_a_template(sdk: Any) -> None:
    text = json.dumps({**DELTA, "delta": "hello"})
    for _ in range(3):
        sdk.SERVER_EVENTS.decode(text.encode())
    for broken in (b"\xff", b"\xc3", b"\xed\xa0\x80"):
        with pytest.raises(ValueError, match=r"UTF-8|utf-8|JSON|invalid"):
            sdk.SERVER_EVENTS.decode(text.encode().replace(b"hello", broken))


NAMES = st.sampled_from(["type", "typ", "type2", "event_id", "t\\ype", 'ty"pe', ""])
VALUES = st.one_of(
    st.text(max_size=6),
    st.sampled_from(["session.updated", "é", "\ud800", '"', "\\", "a\tb", "no.such"]),
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False),
    st.just({"type": "inner"}),
    st.just([{"type": "inner"}]),
)


@given(value=st.dictionaries(NAMES, VALUES, max_size=5))
def test_peek_finds_what_decode_finds(realtime: Built, value: dict[str, Any]) -> None:
    table = realtime.sdk.SERVER_EVENTS
    surrogate = "\ud800" in "".join(
        text for text in value.values() if text.__class__ is str
    )
    long = {"first": "a" * 2000, **value}
    for frame in frames(long) if not surrogate else []:
        assert table.peek(frame) == value.get("type")
    for frame in frames(value) if not surrogate else [json.dumps(value), value]:
        event = table.decode(frame)
        found = table.peek(frame)
        assert (found, found.__class__) == (event.type, event.type.__class__)
    assert table.peek(value) == value.get("type")


CUT_OFF = '{"type":"session.updated'


@pytest.mark.parametrize(
    "frame",
    ["", "[]", "1", '{"type":"abc', CUT_OFF, CUT_OFF.encode(), b"\xff", "null", 3],
)
def test_peek_refuses_what_is_no_object(sdk: Any, frame: Any) -> None:
    for way in (sdk.SERVER_EVENTS.peek, sdk.SERVER_EVENTS.decode):
        with pytest.raises((ValueError, TypeError)):
            way(frame)


def test_peek_does_not_read_what_is_behind_the_tag(sdk: Any) -> None:
    for behind in (", and so on", "}", ' , "a": ', "", "\n}", ',"a":"' + "b" * 2000):
        frame = f'{{"type":"session.updated"{behind}'
        assert sdk.SERVER_EVENTS.peek(frame) == "session.updated"
        assert sdk.SERVER_EVENTS.peek(frame.encode()) == "session.updated"
    assert sdk.SERVER_EVENTS.peek('{"a":"\\"","type":"\\u0061"}') == "a"


def test_of_a_valid_value_no_constraint_is_interpreted(
    sdk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    schema = sdk.SCHEMAS["RealtimeSession"]
    assert schema.violations({}) == []
    asked = import_module(f"{sdk.__name__}._runtime._asked")
    monkeypatch.setattr(asked, "violations", lambda *given: ["interpreted"])
    assert schema.violations({"voice": "sage"}) == []
    assert schema.violations({"voice": 1}) == ["interpreted"]
    assert schema.violations({"voice": "sage"}, side="client") == ["interpreted"]


def test_is_valid_says_what_violations_say(sdk: Any) -> None:
    session = {"voice": "sage", "modalities": ["text"], "temperature": 0.7}
    cases = [
        {},
        session,
        {**session, "temperature": 7},
        {**session, "voice": None},
        {**session, "tools": [{"type": "function", "name": 3}]},
        {**session, "max_response_output_tokens": 5.0},
        {**session, "tools": ()},
        sdk.RealtimeSession(voice="sage"),
        [session],
        "x",
    ]
    schema = sdk.SCHEMAS["RealtimeSession"]
    found = [schema.is_valid(case) for case in cases]
    assert found == [not constrained(sdk, schema, case) for case in cases]
    assert found == [not schema.violations(case) for case in cases]
    assert found.count(True) > 3
    assert found.count(False) > 3
    for side in ("client", "server"):
        assert schema.is_valid(session, side=side)
        assert not schema.is_valid({"temperature": "hot"}, side=side)


COUNTS = """
openapi: 3.1.0
info: {title: Counts, version: "1"}
paths: {}
components:
  schemas:
    Counts:
      type: object
      properties:
        row: {type: array, items: {type: integer}}
        map: {type: object, additionalProperties: {type: integer}}
    Numbered:
      oneOf: [{$ref: "#/components/schemas/One"}, {$ref: "#/components/schemas/Two"}]
    One: {type: object, required: [kind], properties: {kind: {const: 1}}}
    Two: {type: object, required: [kind], properties: {kind: {const: 2}}}
    Headed:
      oneOf: [{$ref: "#/components/schemas/Up"}, {$ref: "#/components/schemas/Down"}]
    Up:
      type: object
      required: [head]
      properties: {head: {$ref: "#/components/schemas/UpHead"}}
    UpHead: {type: object, required: [is], properties: {is: {const: up}}}
    Down:
      type: object
      required: [head]
      properties: {head: {$ref: "#/components/schemas/DownHead"}}
    DownHead: {type: object, required: [is], properties: {is: {const: down}}}
"""


@pytest.fixture(scope="module")
def counts(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("counts")
    (folder / "spec.yaml").write_text(COUNTS, encoding="utf-8")
    return build(folder / "spec.yaml", "wire_counts", folder).sdk


def test_is_valid_changes_nothing(counts: Any) -> None:
    schema = counts.SCHEMAS["Counts"]
    value = {"row": [1.0, 2], "map": {"a": 3.0}, "more": [4.0]}
    before = repr(value)
    assert schema.is_valid(value)
    assert repr(value) == before
    assert not schema.is_valid({"row": [1.0, 2.5]})
    assert repr(schema.decode(value).row) == "[1, 2]"


def test_peek_finds_tags_that_are_no_texts_or_lie_inside(counts: Any) -> None:
    tables = counts.EVENTS
    for frame in [*frames({"x": [], "kind": 1}), {"kind": 1}]:
        assert tables["Numbered"].peek(frame) == 1
    assert tables["Numbered"].peek('{"kind":"1"}') == "1"
    assert tables["Numbered"].peek('{"kind":true}') is True
    for name, table in tables.items():
        if name == "Headed":
            assert table.peek('{"is":"down","head":{"is":"up"}}') == "up"
            assert table.peek('{"head":["up"]}') is None


@pytest.mark.parametrize("strict", [False, True])
def test_an_event_is_sent_on_as_it_came(sdk: Any, strict: bool) -> None:
    table = sdk.SERVER_EVENTS
    for frame in frames(DELTA)[:-1]:
        event = table.decode(frame, keep_frame=True, strict=strict)
        same = frame if isinstance(frame, bytes) else frame.encode()
        assert table.encode(event) == event.to_json() == same
        assert event == table.decode(frame)
        assert event.to_dict() == DELTA
        for made in (copy.deepcopy(event), dataclasses.replace(event, delta="x")):
            assert json.loads(table.encode(made)) == made.to_dict()
            assert made.to_json() != same or made == event
        assert pickle.loads(pickle.dumps(event)) == event
        assert sdk.violations_of(event) == []
    # What has no bytes to keep is encoded as ever, and so is what nobody knows.
    for frame in (DELTA, json.dumps(DELTA, ensure_ascii=False).replace("é", "\ud800")):
        event = table.decode(frame, keep_frame=True)
        assert json.loads(table.encode(event)) == event.to_dict()
    unknown = table.decode('{"type": "no.such"}', keep_frame=True)
    assert json.loads(table.encode(unknown)) == {"type": "no.such"}
    # An event of the same class without its frame.
    assert json.loads(table.encode(table.decode(DELTA))) == DELTA


def test_the_first_event_of_a_class_goes_out_as_it_came(
    tmp_path: Path,
) -> None:
    """Also where its class was never encoded before."""
    (tmp_path / "spec.yaml").write_text(FIRST, encoding="utf-8")
    sdk: Any = build(tmp_path / "spec.yaml", "wire_first", tmp_path).sdk
    frame = '{"n": 1,  "type":"a"}'
    table = sdk.EVENTS["Either"]
    assert table.encode(table.decode(frame, keep_frame=True)) == frame.encode()


def test_what_a_class_writes_with_is_nobody_elses(tmp_path: Path) -> None:
    """The first event gives its class a method of its own, which frames that are kept,
    of users' classes too, take away again, and which takes the place of none."""
    (tmp_path / "spec.yaml").write_text(FIRST, encoding="utf-8")
    sdk: Any = build(tmp_path / "spec.yaml", "wire_own", tmp_path).sdk
    table, a, b = sdk.EVENTS["Either"], sdk.A, sdk.B

    class Derived(a):  # type: ignore[misc]
        """A user's own."""

    own = table.with_classes({"a": Derived})
    frame = '{"n": 1,  "type":"a"}'
    for _ in range(2):
        assert a(type="a", n=1).to_json() == b'{"type":"a","n":1}'
        assert Derived(type="a", n=1).to_json() == b'{"type":"a","n":1}'
    b.to_json = lambda self: b"{}"
    assert table.encode(b(type="b")) == b'{"type":"b"}'
    assert b(type="b").to_json() == b"{}"
    kept = own.decode(frame, keep_frame=True)
    assert kept.__class__ is Derived
    assert kept.to_json() == own.encode(kept) == frame.encode()
    assert a(type="a", n="\ud800").to_json() == b'{"type":"a","n":"\\ud800"}'


FIRST = """
$schema: https://json-schema.org/draft/2020-12/schema
$defs:
  A: {type: object, required: [type], properties: {type: {const: a}, n: true}}
  B: {type: object, required: [type], properties: {type: {const: b}}}
  Either: {oneOf: [{$ref: "#/$defs/A"}, {$ref: "#/$defs/B"}]}
"""
