"""Objects of events that hold others keep the JSON object that they were made from.

Fields are frozen, but the lists and maps in them are not: whatever a program puts
there is sent, as if every object were encoded from its fields alone.
"""

from __future__ import annotations

import copy
import dataclasses
import json
import pickle
from collections.abc import Callable, Iterator
from enum import Enum
from typing import Any

import pytest

from tests.wire.packages import build

SPEC = """
$schema: https://json-schema.org/draft/2020-12/schema
$ref: "#/$defs/Sent"
$defs:
  Mode: {type: string, enum: [fast, slow]}
  Part: {type: object, required: [id], properties: {id: {type: string}, free: true}}
  Group:
    type: object
    properties:
      parts: {type: array, items: {$ref: "#/$defs/Part"}}
  Node:
    type: object
    properties:
      mode: {$ref: "#/$defs/Mode"}
      nodes: {type: array, items: {$ref: "#/$defs/Node"}}
  Parts: {type: array, items: {$ref: "#/$defs/Part"}}
  Piece:
    type: object
    required: [type, first, between, second]
    properties:
      type: {const: piece}
      first: {type: string}
      between: {type: string}
      second: {type: string}
  Sent:
    type: object
    required: [type, parts]
    properties:
      type: {const: sent}
      parts: {type: array, items: {$ref: "#/$defs/Part"}}
      again: {$ref: "#/$defs/Parts"}
      by_name: {type: object, additionalProperties: {$ref: "#/$defs/Part"}}
      modes: {type: array, items: {$ref: "#/$defs/Mode"}}
      grid: {type: array, items: {type: array, items: {$ref: "#/$defs/Part"}}}
      either:
        anyOf:
          - {type: string}
          - {type: array, items: {$ref: "#/$defs/Mode"}}
          - {$ref: "#/$defs/Group"}
      plain: {type: [array, "null"], items: {type: string}}
      counts: {type: object, additionalProperties: {type: integer}}
      free: true
      still: {$ref: "#/$defs/Part"}
      group: {$ref: "#/$defs/Group"}
      tree: {$ref: "#/$defs/Node"}
      inline:
        type: object
        properties: {deep: {type: object, properties: {parts: {$ref: "#/$defs/Parts"}}}}
"""

WHOLE: dict[str, Any] = {
    "counts": {"h": 1},
    "type": "sent",
    "parts": [{"id": "a", "free": {"x": [1]}}, {"id": "b", "more": 1}],
    "again": [{"id": "c"}],
    "by_name": {"d": {"id": "d"}, "e": {"id": "e"}},
    "modes": ["fast", "slow"],
    "grid": [[{"id": "f"}], []],
    "either": ["slow"],
    "plain": ["g"],
    "free": {"i": [{"j": 1}]},
    "still": {"id": "k", "free": [1, 2]},
    "group": {"parts": [{"id": "l"}]},
    "tree": {"mode": "fast", "nodes": [{"nodes": [{"mode": "slow"}]}]},
    "inline": {"deep": {"parts": [{"id": "m"}]}},
    "unknown": {"n": 1},
}

DRIFTED: list[dict[str, Any]] = [
    {},
    {"type": "sent", "modes": None, "parts": None},
    {**WHOLE, "either": {"parts": [{"id": "a"}, {}, None, 1]}},
    {**WHOLE, "parts": {"id": "a"}, "modes": ["new", None], "still": [], "tree": 1},
    {**WHOLE, "group": None, "by_name": {"a": None, "b": {"id": 1}}, "plain": None},
    {**WHOLE, "inline": {"deep": None}, "grid": [{}, [[]]]},
]


@pytest.fixture(scope="module", params=["client", "server"])
def sdk(request: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A package of events that clients send, and one of those that they receive."""
    folder = tmp_path_factory.mktemp("kept")
    spec = folder / "spec.yaml"
    spec.write_text(SPEC, encoding="utf-8")
    events: dict[str, Any] = {f"{request.param}_events": ("Sent", "Piece")}
    return build(spec, f"wire_kept_{request.param}", folder, **events).sdk


def table_of(sdk: Any) -> Any:
    return getattr(sdk, "CLIENT_EVENTS", None) or sdk.SERVER_EVENTS


def from_fields(value: Any) -> Any:
    """The JSON of a value, put together from what the fields hold."""
    if isinstance(value, list):
        return [from_fields(item) for item in value]
    if isinstance(value, dict):
        return {name: from_fields(item) for name, item in value.items()}
    if isinstance(value, Enum):
        return value.value
    if not dataclasses.is_dataclass(value):
        return value
    found = dict(getattr(value, "_extra", None) or {})
    for field in dataclasses.fields(value):
        held = getattr(value, field.name)
        if repr(held) != "UNSET" and not (held is None and field.default is None):
            found[field.metadata["name"]] = from_fields(held)
    return found


def containers(value: Any) -> Iterator[Any]:
    """Every list and map that a program can reach through the fields."""
    if isinstance(value, (list, dict)):
        yield value
        inside = list(value.values()) if isinstance(value, dict) else value
    elif dataclasses.is_dataclass(value):
        inside = [getattr(value, field.name) for field in dataclasses.fields(value)]
    else:
        inside = []
    for item in inside:
        yield from containers(item)


def emptied(container: Any) -> None:
    container.clear()


def lengthened(container: Any) -> None:
    if isinstance(container, list):
        container += container[:1]
    else:
        container["new"] = next(iter(container.values()), "new")


def turned(container: Any) -> None:
    items = list(container.items() if isinstance(container, dict) else container)[::-1]
    container.clear()
    container.update(items) if isinstance(container, dict) else container.extend(items)


def constructed(sdk: Any, data: dict[str, Any]) -> Any:
    """The object of valid data, by its constructor and those of inner objects."""
    decoded = sdk.Sent.from_dict(data)
    fields = {f.name: getattr(decoded, f.name) for f in dataclasses.fields(decoded)}
    return sdk.Sent(**fields, _extra=decoded._extra)


WAYS: list[Any] = [
    pytest.param(lambda sdk, data: sdk.Sent.from_dict(data), id="from_dict"),
    pytest.param(lambda sdk, data: table_of(sdk).decode(json.dumps(data)), id="frame"),
    pytest.param(constructed, id="constructor"),
    pytest.param(
        lambda sdk, data: dataclasses.replace(sdk.Sent.from_dict(data)), id="replace"
    ),
    pytest.param(lambda sdk, data: copy.copy(sdk.Sent.from_dict(data)), id="copy"),
    pytest.param(
        lambda sdk, data: copy.deepcopy(sdk.Sent.from_dict(data)), id="deepcopy"
    ),
    pytest.param(
        lambda sdk, data: pickle.loads(pickle.dumps(sdk.Sent.from_dict(data))),
        id="pickle",
    ),
]


def assert_sent(sdk: Any, sent: Any, expected: Any) -> None:
    """An object encodes to a value, by whichever way, more than once."""
    assert sent.to_dict() == expected
    assert json.loads(sent.to_json()) == expected
    if expected.get("type") == "sent":
        assert json.loads(table_of(sdk).encode(sent)) == expected
    assert sent.to_dict() == expected


@pytest.mark.parametrize("change", [emptied, lengthened, turned])
@pytest.mark.parametrize("way", WAYS)
def test_what_is_put_into_lists_and_maps_is_sent(
    sdk: Any, way: Callable[[Any, Any], Any], change: Callable[[Any], None]
) -> None:
    count = len(list(containers(way(sdk, WHOLE))))
    assert count == 20
    for number in range(count):
        sent = way(sdk, WHOLE)
        assert_sent(sdk, sent, WHOLE)
        places = list(containers(sent))
        change(places[number])
        assert_sent(sdk, sent, from_fields(sent))


@pytest.mark.parametrize("number", range(len(DRIFTED)))
def test_what_drifted_goes_out_as_it_came(sdk: Any, number: int) -> None:
    data = DRIFTED[number]
    sent = sdk.Sent.from_dict(data, strict=False)
    assert_sent(sdk, sent, data)
    assert sdk.violations_of(sent)
    for place in list(containers(sent)):
        lengthened(place)
    assert_sent(sdk, sent, from_fields(sent))


def test_properties_are_sent_in_the_order_in_which_they_came(sdk: Any) -> None:
    text = json.dumps(WHOLE, separators=(",", ":"))
    assert sdk.Sent.from_json(text).to_json().decode() == text


def test_an_object_that_was_passed_in_is_sent_as_it_is_by_then(sdk: Any) -> None:
    part = sdk.Part(id="a", free={"x": 1})
    group = sdk.Group(parts=[part])
    sent = sdk.Sent(type="sent", parts=[], still=part, group=group)
    part.free["y"] = 2
    group.parts.append(part)
    assert sent.to_dict()["still"] == {"id": "a", "free": {"x": 1, "y": 2}}
    assert sent.to_dict()["group"] == from_fields(group)
    assert len(sent.to_dict()["group"]["parts"]) == 2


def test_what_is_handed_out_is_nobody_elses(sdk: Any) -> None:
    sent = sdk.Sent.from_dict(WHOLE)
    for place in [*containers(sent.to_dict())]:
        place.clear()
    assert sent.to_dict() == WHOLE
    source = copy.deepcopy(WHOLE)
    sent = table_of(sdk).decode(source)
    for place in [*containers(source)]:
        place.clear()
    assert sent.to_dict() == WHOLE
    unknown = table_of(sdk).decode({**WHOLE, "type": "unheard of"})
    for place in [*containers(unknown.to_dict())]:
        place.clear()
    assert unknown.to_dict() == {**WHOLE, "type": "unheard of"}


def test_derived_classes_send_what_they_hold(sdk: Any) -> None:
    class Mine(sdk.Sent):  # type: ignore[misc]  # a package made for this test
        pass

    for sent in (Mine.from_dict(WHOLE), Mine(**vars_of(sdk.Sent.from_dict(WHOLE)))):
        sent.parts.pop()
        sent.still.free.append(3)
        assert type(sent) is Mine
        assert_sent(sdk, sent, from_fields(sent))


def vars_of(sent: Any) -> dict[str, Any]:
    fields = {f.name: getattr(sent, f.name) for f in dataclasses.fields(sent)}
    return {**fields, "_extra": sent._extra}


def test_events_of_a_stream_send_their_own_strings(sdk: Any) -> None:
    """Most are copied from the event before them, with other strings."""
    for number in range(40):
        frame = {
            "type": "piece",
            "first": f"{number:04}",
            "between": "abcd"[number // 10],
            "second": f"{number}" * number,
        }
        text = json.dumps(frame, separators=(",", ":"))
        sent = table_of(sdk).decode(text)
        assert from_fields(sent) == frame
        assert table_of(sdk).encode(sent).decode() == text
    native = sdk.__codec__.startswith("native")
    assert native or table_of(sdk)._templates._recent
