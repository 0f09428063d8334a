"""Event tables: the right class for whatever arrives, and nothing lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.wire.packages import Built, build

TWO_LEVELS = """
openapi: 3.1.0
info: {title: Two levels, version: "1"}
paths: {}
components:
  schemas:
    Item:
      oneOf:
        - $ref: "#/components/schemas/Message"
        - $ref: "#/components/schemas/Call"
    Message:
      anyOf:
        - $ref: "#/components/schemas/UserMessage"
        - $ref: "#/components/schemas/SystemMessage"
    UserMessage:
      type: object
      required: [type, role, text]
      properties:
        type: {type: string, const: message}
        role: {type: string, const: user}
        text: {type: string}
    SystemMessage:
      type: object
      required: [type, role]
      properties:
        type: {type: string, enum: [message]}
        role: {type: string, enum: [system, developer]}
        inner: {$ref: "#/components/schemas/Item"}
    Call:
      type: object
      required: [type, name]
      properties:
        type: {type: string, const: call}
        name: {type: string}
"""


@pytest.fixture(scope="module")
def two_levels(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A union of unions, decided by `type` and then by `role`."""
    folder = tmp_path_factory.mktemp("two_levels")
    spec = folder / "spec.yaml"
    spec.write_text(TWO_LEVELS, encoding="utf-8")
    return build(spec, "wire_two_levels", folder).sdk


def all_tables(sdk: Any) -> dict[str, Any]:
    """Every table of a package by its name."""
    constants = [n for n in ("SERVER_EVENTS", "CLIENT_EVENTS") if n in dir(sdk)]
    return {**sdk.EVENTS, **{n: getattr(sdk, n) for n in constants}}


def strict_violations(sdk: Any, table: Any, frame: Any) -> list[Any]:
    """What strict mode says of a frame; empty if it is accepted."""
    try:
        table.decode(frame, strict=True)
    except sdk.ValidationError as error:
        assert error.violations
        return list(error.violations)
    return []


@pytest.mark.parametrize(
    "tag", [None, [], ["type"], {}, {"a": 1}, 5, 1.5, True, "", "no.such", "\ud800"]
)
def test_a_tag_that_is_none(realtime: Built, tag: Any) -> None:
    sdk = realtime.sdk
    frame = {"type": tag, "session": {"voice": "sage"}}
    event = sdk.SERVER_EVENTS.decode(frame)
    assert isinstance(event, sdk.UnknownEvent)
    assert event.type == tag
    assert event.raw == frame
    assert event.to_dict() == frame
    if tag != "\ud800":
        assert json.loads(sdk.SERVER_EVENTS.encode(event)) == frame
    assert sdk.violations_of(event) == []
    with pytest.raises(sdk.ValidationError) as caught:
        sdk.SERVER_EVENTS.decode(frame, strict=True)
    assert [v.path for v in caught.value.violations] == ["/type"]


@pytest.mark.parametrize("frame", [{}, {"typ": "error"}, {"Type": "error"}])
def test_no_tag_at_all(realtime: Built, frame: dict[str, Any]) -> None:
    sdk = realtime.sdk
    event = sdk.SERVER_EVENTS.decode(frame)
    assert isinstance(event, sdk.UnknownEvent)
    assert event.type is None
    assert (
        sdk.SERVER_EVENTS.encode(event)
        == json.dumps(frame, separators=(",", ":")).encode()
    )
    with pytest.raises(sdk.ValidationError):
        sdk.SERVER_EVENTS.decode(frame, strict=True)


@pytest.mark.parametrize("frame", [b"[]", b"1", b'"error"', b"null", b"true", "[{}]"])
def test_what_is_no_object_raises(realtime: Built, frame: bytes | str) -> None:
    for strict in (False, True):
        with pytest.raises(ValueError, match="an event is a JSON object, not "):
            realtime.sdk.SERVER_EVENTS.decode(frame, strict=strict)


@pytest.mark.parametrize(
    "frame", [b"", b"{", b'{"type":"error"', b"\xff\xfe", b'{"type":"error"}x', "nul"]
)
def test_what_is_no_json_raises(realtime: Built, frame: bytes | str) -> None:
    for strict in (False, True):
        with pytest.raises(ValueError) as found:  # noqa: PT011 - in various words
            realtime.sdk.SERVER_EVENTS.decode(frame, strict=strict)
        assert not isinstance(found.value, realtime.sdk.ValidationError)


def test_frames_of_every_kind_give_the_same_event(realtime: Built) -> None:
    sdk = realtime.sdk
    data = {"type": "response.audio.done", "event_id": "e", "response_id": "r"}
    data |= {"item_id": "i", "output_index": 0, "content_index": 0}
    raw = json.dumps(data)
    kinds = [raw, raw.encode(), bytearray(raw.encode()), memoryview(raw.encode()), data]
    apart = b" ".join(bytes([byte]) for byte in raw.encode())
    kinds.append(memoryview(apart)[::2])
    assert {sdk.SERVER_EVENTS.peek(frame) for frame in kinds} == {data["type"]}
    events = [sdk.SERVER_EVENTS.decode(frame, strict=True) for frame in kinds]
    assert len(set(map(type, events))) == 1
    assert all(event == events[0] for event in events)


def test_a_table_is_a_mapping_from_tag_to_class(realtime: Built) -> None:
    sdk = realtime.sdk
    table = sdk.SERVER_EVENTS
    assert table["session.updated"] is sdk.RealtimeServerEventSessionUpdated
    assert len(table) == len(list(table)) == 28
    assert "session.update" not in table
    assert table.get("nothing") is None
    with pytest.raises(KeyError):
        table["nothing"]


def test_both_levels_decide(two_levels: Any) -> None:
    sdk, table = two_levels, two_levels.EVENTS["Item"]
    assert dict(table) == {
        "message/user": sdk.UserMessage,
        "message/system": sdk.SystemMessage,
        "message/developer": sdk.SystemMessage,
        "call": sdk.Call,
    }
    for frame, cls in (
        ({"type": "message", "role": "user", "text": "hi"}, sdk.UserMessage),
        ({"type": "message", "role": "user"}, sdk.UserMessage),
        ({"type": "message", "role": "developer"}, sdk.SystemMessage),
        ({"type": "call", "name": None}, sdk.Call),
        ({"type": "call", "role": "user"}, sdk.Call),
        ({"type": "message", "role": "robot"}, sdk.UnknownEvent),
        ({"type": "message", "role": ["user"]}, sdk.UnknownEvent),
        ({"type": "message"}, sdk.UnknownEvent),
        ({"role": "user", "text": "hi"}, sdk.UnknownEvent),
    ):
        event = table.decode(frame)
        assert type(event) is cls, frame
        assert json.loads(table.encode(event)) == frame
    assert set(sdk.EVENTS) == {"Item", "Message"}


def test_unions_nest_in_events(two_levels: Any) -> None:
    sdk, table = two_levels, two_levels.EVENTS["Item"]
    frame = {
        "type": "message",
        "role": "system",
        "inner": {
            "type": "message",
            "role": "system",
            "inner": {"type": "call", "name": 7},
        },
    }
    event = table.decode(frame)
    assert type(event.inner.inner) is sdk.Call
    assert [v.path for v in sdk.violations_of(event)] == ["/inner/inner/name"]
    assert json.loads(table.encode(event)) == frame
    frame["inner"]["inner"]["type"] = "new"
    event = table.decode(frame)
    assert event.inner.inner == {"type": "new", "name": 7}
    assert sdk.violations_of(event)
    assert json.loads(table.encode(event)) == frame


def test_an_event_is_encoded_by_any_table(realtime: Built, tmp_path: Path) -> None:
    sdk = realtime.sdk
    event = sdk.RealtimeClientEventResponseCancel(type="response.cancel")
    assert sdk.CLIENT_EVENTS.encode(event) == event.to_json()
    with pytest.raises(TypeError):
        sdk.CLIENT_EVENTS.encode(tmp_path)


SHARED_TAG = """
openapi: 3.1.0
info: {title: Shared, version: "1"}
paths: {}
components:
  schemas:
    Event:
      oneOf:
        - $ref: "#/components/schemas/Hello"
        - $ref: "#/components/schemas/Bye"
        - $ref: "#/components/schemas/Added"
        - $ref: "#/components/schemas/Changed"
    Hello: {type: object, required: [t], properties: {t: {const: hello}}}
    Bye: {type: object, required: [t], properties: {t: {const: bye}}}
    Added:
      type: object
      required: [t, id]
      properties: {t: {const: item}, id: {type: string}}
    Changed:
      type: object
      required: [t, id, before]
      properties: {t: {const: item}, id: {type: string}, before: {type: string}}
"""


def test_a_union_in_which_two_share_a_tag(tmp_path: Path) -> None:
    spec = tmp_path / "spec.yaml"
    spec.write_text(SHARED_TAG, encoding="utf-8")
    sdk = build(spec, "wire_shared_tag", tmp_path).sdk
    table = sdk.EVENTS["Event"]
    assert dict(table) == {
        "hello": sdk.Hello,
        "bye": sdk.Bye,
        "item/Added": sdk.Added,
        "item/Changed": sdk.Changed,
    }
    for frame, cls in (
        ({"t": "bye", "more": 1}, sdk.Bye),
        ({"t": "item", "id": "i"}, sdk.Added),
        ({"t": "item", "id": None}, sdk.Added),
        ({"t": "item", "id": None, "before": "b"}, sdk.Changed),
        ({"t": "item"}, sdk.Added),
        ({"t": "other", "id": "i"}, sdk.UnknownEvent),
        ({"id": "i"}, sdk.UnknownEvent),
    ):
        for _ in range(2):
            event = table.decode(frame)
            assert type(event) is cls, frame
            assert json.loads(table.encode(event)) == frame
    # Strictly, the whole union decides, and `oneOf` wants one branch, not two.
    with pytest.raises(sdk.ValidationError):
        table.decode({"t": "item", "id": "i", "before": "b"}, strict=True)


REPEATED = """
openapi: 3.1.0
info: {title: Repeated, version: "1"}
paths: {}
components:
  schemas:
    Event:
      oneOf:
        - $ref: "#/components/schemas/Hello"
        - $ref: "#/components/schemas/Bye"
        - $ref: "#/components/schemas/Hello"
    Hello: {type: object, required: [t], properties: {t: {const: hello}}}
    Bye: {type: object, required: [t], properties: {t: {const: bye}}}
"""


def test_a_union_with_a_branch_twice(tmp_path: Path) -> None:
    """Tags decide; but that the repeated branch is valid no tag says."""
    spec = tmp_path / "spec.yaml"
    spec.write_text(REPEATED, encoding="utf-8")
    sdk = build(spec, "wire_repeated", tmp_path).sdk
    table = sdk.EVENTS["Event"]
    for frame, cls in (
        ({"t": "hello"}, sdk.Hello),
        ({"t": "bye"}, sdk.Bye),
        ({"t": "other"}, sdk.UnknownEvent),
        ({}, sdk.UnknownEvent),
    ):
        for _ in range(2):
            assert type(table.decode(frame)) is cls, frame
        violations = strict_violations(sdk, table, frame)
        assert violations == sdk.SCHEMAS["Event"].violations(frame)
        assert bool(violations) is (cls is not sdk.Bye)


SLASHES = """
openapi: 3.1.0
info: {title: Slashes, version: "1"}
paths: {}
components:
  schemas:
    Event:
      oneOf:
        - $ref: "#/components/schemas/ListAll"
        - $ref: "#/components/schemas/ListOne"
        - $ref: "#/components/schemas/ToolsList"
    ListAll:
      type: object
      required: [t, of]
      properties: {t: {const: tools}, of: {const: list}}
    ListOne:
      type: object
      required: [t, of]
      properties: {t: {const: tools}, of: {const: one}}
    ToolsList: {type: object, required: [t], properties: {t: {const: tools/list}}}
"""


def test_a_tag_that_looks_like_two(tmp_path: Path) -> None:
    """No event loses its key to one whose tag is spelled like it."""
    spec = tmp_path / "spec.yaml"
    spec.write_text(SLASHES, encoding="utf-8")
    sdk = build(spec, "wire_slashes", tmp_path).sdk
    table = sdk.EVENTS["Event"]
    assert dict(table) == {
        "tools/list 2": sdk.ListAll,
        "tools/one": sdk.ListOne,
        "tools/list": sdk.ToolsList,
    }
    for frame in ({"t": "tools", "of": "list"}, {"t": "tools/list"}):
        event = table.decode(frame)
        assert type(event) is (sdk.ListAll if "of" in frame else sdk.ToolsList)
        assert json.loads(table.encode(event)) == frame


OPTIONAL = """
openapi: 3.1.0
info: {title: Optional, version: "1"}
paths: {}
components:
  schemas:
    Event:
      anyOf:
        - $ref: "#/components/schemas/Asked"
        - $ref: "#/components/schemas/Ended"
        - $ref: "#/components/schemas/Told"
    Asked:
      type: object
      required: [text]
      properties: {t: {const: said}, by: {const: user}, text: {type: string}}
    Ended:
      type: object
      required: [why]
      properties: {t: {const: end}, why: {type: string}}
    Told:
      type: object
      required: [why]
      properties: {t: {const: said}, by: {const: system}, why: {type: string}}
"""


def test_what_has_no_tag_is_the_first_in_the_specification(tmp_path: Path) -> None:
    """Keys that share a tag stand together, whatever the order of their events."""
    spec = tmp_path / "spec.yaml"
    spec.write_text(OPTIONAL, encoding="utf-8")
    sdk = build(spec, "wire_optional", tmp_path).sdk
    table, union = sdk.EVENTS["Event"], sdk.SCHEMAS["Event"]
    assert list(table) == ["said/user", "said/system", "end"]
    for frame, cls in (
        ({"text": "t"}, sdk.Asked),
        ({"why": "w"}, sdk.Ended),
        ({"why": "w", "by": "system"}, sdk.Ended),
        ({"why": "w", "t": "said"}, sdk.Told),
    ):
        assert type(table.decode(frame)) is cls, frame
        assert table.decode(frame) == union.decode(frame)


@pytest.mark.parametrize("levels", [100, 400, 600, 1020])
def test_no_depth_of_nesting_loses_an_event(two_levels: Any, levels: int) -> None:
    table = two_levels.EVENTS["Item"]
    head = '{"type":"message","role":"system","inner":'
    frame = head * levels + '{"type":"call","name":"x"}' + "}" * levels
    event = table.decode(frame)
    assert event.type == "message"
    assert table.encode(event).decode() == frame
    if isinstance(event, two_levels.UnknownEvent):
        with pytest.raises(two_levels.ValidationError, match="too deeply"):
            table.decode(frame, strict=True)
    else:
        assert table.encode(table.decode(frame, strict=True)).decode() == frame
    with pytest.raises(ValueError, match="nested"):
        table.decode(head * 1030 + "{}" + "}" * 1030)


HOOKS = """
openapi: 3.2.0
info: {title: Hooks, version: "1"}
webhooks:
  anything:
    post:
      requestBody:
        content: {application/json: {schema: {$ref: "#/components/schemas/News"}}}
components:
  schemas:
    News:
      oneOf:
        - $ref: "#/components/schemas/Paid"
        - $ref: "#/components/schemas/Other"
      discriminator:
        propertyName: about
        mapping: {paid: "#/components/schemas/Paid"}
        defaultMapping: Other
    Paid:
      type: object
      required: [about]
      properties: {about: {type: string}, sum: {type: integer}}
    Other: {type: object, properties: {about: {type: string}}}
"""


def test_webhooks_have_the_default_of_their_union(tmp_path: Path) -> None:
    spec = tmp_path / "spec.yaml"
    spec.write_text(HOOKS, encoding="utf-8")
    sdk = build(spec, "hooks_with_default", tmp_path).sdk
    table = sdk.SERVER_EVENTS
    assert dict(table) == {"paid": sdk.Paid, "Other": sdk.Other}
    assert type(table.decode({"about": "paid", "sum": 1})) is sdk.Paid
    assert type(table.decode({"about": "rain"})) is sdk.Other
