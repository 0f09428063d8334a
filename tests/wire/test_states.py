"""Absent, null and a value, through everything that Python does with objects."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import itertools
import json
import pickle
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.sweeps import many
from tests.wire.packages import Built, build

SPEC = """
$schema: https://json-schema.org/draft/2020-12/schema
$ref: "#/$defs/Box"
$defs:
  Mode: {type: string, enum: [fast, slow]}
  Part:
    type: object
    required: [id]
    properties:
      id: {type: string, minLength: 2}
      note: {type: [string, "null"], default: none}
  Box:
    type: object
    required: [name, must]
    properties:
      name: {type: string, minLength: 1}
      must: {type: [integer, "null"]}
      plain: {type: integer, minimum: 0, default: 5}
      open: {type: [string, "null"]}
      mode: {$ref: "#/$defs/Mode"}
      part: {$ref: "#/$defs/Part"}
      parts: {type: array, items: {$ref: "#/$defs/Part"}, maxItems: 3}
      by_name: {type: object, additionalProperties: {$ref: "#/$defs/Part"}}
      free: true
      class: {type: boolean}
      from-here: {type: number}
"""


@pytest.fixture(scope="module", params=["received", "sent"])
def sdk(tmp_path_factory: pytest.TempPathFactory, request: Any) -> Any:
    """A class with a field of every kind; what is sent keeps its JSON object."""
    folder = tmp_path_factory.mktemp("states")
    spec = folder / "spec.yaml"
    spec.write_text(SPEC, encoding="utf-8")
    sent = ("Box",) if request.param == "sent" else ()
    name = f"wire_states_{request.param}"
    return build(spec, name, folder, client_events=sent).sdk


def states() -> Iterator[dict[str, Any]]:
    """Combinations of absent, null and a value, wrong ones included; all of them where
    all is asked."""
    absent = object()
    fields: dict[str, list[Any]] = {
        "must": [None, 1, absent, "x"],
        "plain": [absent, None, 0, -1],
        "open": [absent, None, ""],
        "mode": [absent, None, "fast", "new"],
        "part": [absent, None, {"id": "ab", "note": None}, {"id": "ab"}, {}, []],
        "unknown": [absent, None, {"a": 1}],
    }
    every = itertools.product(*fields.values())
    # A step that no field has so many values as leaves out no pair of values.
    for values in itertools.islice(every, 0, None, many(7, 1)):
        made = zip(fields, values, strict=True)
        yield {"name": "n", **{k: v for k, v in made if v is not absent}}


def replaced(obj: Any) -> Any:
    """`dataclasses.replace` without changes: validates, so only for valid objects."""
    return dataclasses.replace(obj)


def through_pickle(protocol: int) -> Callable[[Any], Any]:
    return lambda obj: pickle.loads(pickle.dumps(obj, protocol))


COPIES: list[Any] = [
    pytest.param(copy.copy, id="copy"),
    pytest.param(copy.deepcopy, id="deepcopy"),
    *(
        pytest.param(through_pickle(p), id=f"pickle-{p}")
        for p in range(2, pickle.HIGHEST_PROTOCOL + 1)
    ),
]


def same_json(one: Any, two: Any) -> bool:
    return json.dumps(one, sort_keys=True) == json.dumps(two, sort_keys=True)


@pytest.mark.parametrize("copied", COPIES)
def test_every_state_survives(sdk: Any, copied: Callable[[Any], Any]) -> None:
    for data in states():
        box = sdk.Box.from_dict(data, strict=False)
        again = copied(box)
        assert type(again) is sdk.Box
        assert again == box
        assert repr(again) == repr(box)
        assert same_json(again.to_dict(), data)
        assert sdk.violations_of(again) == sdk.violations_of(box)
        assert again.open is box.open or again.open == ""


def test_every_valid_state_survives_replace(sdk: Any) -> None:
    count = 0
    for data in states():
        box = sdk.Box.from_dict(data, strict=False)
        if sdk.violations_of(box):
            with pytest.raises(sdk.ValidationError):
                replaced(box)
            continue
        count += 1
        assert replaced(box) == box
        assert same_json(replaced(box).to_dict(), data)
        if sys.version_info >= (3, 13):
            assert copy.replace(box) == box
    assert count > many(20, 200)


def test_a_null_where_a_value_must_be_is_held_by_its_field(sdk: Any) -> None:
    data = {"id": None, "more": 1}
    part = sdk.Part.from_dict(data, strict=False)
    assert part.id is None
    assert part._extra == {"more": 1}
    assert part.to_dict() == data
    assert [v.keyword for v in sdk.violations_of(part)] == ["type"]


def test_three_states_differ(sdk: Any) -> None:
    absent = sdk.Box(name="n", must=1)
    null = sdk.Box(name="n", must=1, open=None)
    value = sdk.Box(name="n", must=1, open="")
    assert absent != null != value != absent
    assert len({absent, null, value}) == 3
    assert absent.open is sdk.UNSET
    assert null.open is None
    assert "open" not in absent.to_dict()
    assert null.to_dict()["open"] is None
    assert repr(null) == "Box(name='n', must=1, open=None)"
    assert repr(absent) == "Box(name='n', must=1)"
    assert dataclasses.replace(null, open=sdk.UNSET) == absent
    assert dataclasses.replace(absent, open=None) == null
    assert not sdk.UNSET
    assert copy.deepcopy(sdk.UNSET) is sdk.UNSET
    assert pickle.loads(pickle.dumps(sdk.UNSET)) is sdk.UNSET


def test_an_ordinary_optional_field_needs_no_sentinel(sdk: Any) -> None:
    box = sdk.Box(name="n", must=None)
    assert box.plain is None
    assert box.mode is None
    assert box.part is None
    assert box.parts is None
    assert box.to_dict() == {"name": "n", "must": None}


def test_no_sentinel_is_ever_sent(sdk: Any) -> None:
    for data in states():
        box = sdk.Box.from_dict(data, strict=False)
        assert b"UNSET" not in box.to_json()
        assert "UNSET" not in repr(box.to_dict())
        shown = box.to_dict()
        shown["name"] = "changed"
        assert box.name == "n", "to_dict gives a fresh object"


def test_null_where_no_null_can_be_is_kept(sdk: Any) -> None:
    box = sdk.Box.from_dict({"name": "n", "must": 1, "plain": None}, strict=False)
    assert box.plain is None
    assert [v.path for v in sdk.violations_of(box)] == ["/plain"]
    assert box.to_dict() == {"name": "n", "must": 1, "plain": None}
    assert box != sdk.Box(name="n", must=1)


def test_equality(sdk: Any) -> None:
    one = sdk.Box(name="n", must=1, parts=[sdk.Part(id="ab")])
    two = sdk.Box.from_dict({"name": "n", "must": 1, "parts": [{"id": "ab"}]})
    assert one == two
    assert one != sdk.Box(name="n", must=1)
    assert one != {"name": "n"}
    assert one.__eq__(5) is NotImplemented
    extra = sdk.Box.from_dict({**two.to_dict(), "more": 1})
    assert extra != two
    assert extra.to_dict()["more"] == 1


def test_hash(sdk: Any) -> None:
    box = sdk.Box(name="n", must=1, part=sdk.Part(id="ab"))
    assert hash(box) == hash(sdk.Box.from_dict(box.to_dict()))
    assert {box: "found"}[copy.deepcopy(box)] == "found"
    with pytest.raises(TypeError):
        hash(sdk.Box(name="n", must=1, parts=[]))


def test_frozen(sdk: Any) -> None:
    box = sdk.Box(name="n", must=1)
    for attempt in (
        lambda: setattr(box, "name", "m"),
        lambda: setattr(box, "other", 1),
        lambda: delattr(box, "name"),
    ):
        with pytest.raises(dataclasses.FrozenInstanceError):
            attempt()
    assert box.name == "n"
    assert not hasattr(box, "__dict__")


def test_construction(sdk: Any) -> None:
    with pytest.raises(TypeError, match="positional"):
        sdk.Box("n", 1)
    with pytest.raises(TypeError, match="got an unexpected keyword argument 'nope'"):
        sdk.Box(name="n", must=1, nope=1)
    with pytest.raises(TypeError, match="got unexpected keyword arguments 'no', 'nor'"):
        sdk.Box(name="n", must=1, nor=1, no=1)
    with pytest.raises(sdk.ValidationError) as caught:
        sdk.Box(name="", plain=-1, mode="new", part={"id": "a"}, parts=[1])
    assert {(v.path, v.keyword) for v in caught.value.violations} == {
        ("", "required"),
        ("/name", "minLength"),
        ("/plain", "minimum"),
        ("/mode", "enum"),
        ("/part/id", "minLength"),
        ("/parts/0", "type"),
    }
    for violation in caught.value.violations:
        assert str(violation) in str(caught.value)
    assert isinstance(caught.value, ValueError)
    again = pickle.loads(pickle.dumps(caught.value))
    assert again.violations == caught.value.violations
    assert str(again) == str(caught.value)
    assert copy.copy(caught.value).violations == caught.value.violations


def test_nested_values_may_be_objects_or_json(sdk: Any) -> None:
    part = sdk.Part(id="ab")
    made = [
        sdk.Box(name="n", must=1, part=part, parts=[part], by_name={"x": part}),
        sdk.Box(
            name="n",
            must=1,
            part={"id": "ab"},
            parts=({"id": "ab"},),
            by_name={"x": {"id": "ab"}},
        ),
    ]
    assert made[0] == made[1]
    assert made[0].part is part
    assert type(made[1].part) is type(made[1].by_name["x"]) is sdk.Part
    assert type(made[1].parts[0]) is sdk.Part
    mode = sdk.Box(name="n", must=1, mode="fast").mode
    assert mode is sdk.Mode.FAST
    free = sdk.Box(name="n", must=1, free={"deep": [part, None]}).free
    assert free == {"deep": [{"id": "ab"}, None]}


def test_what_a_caller_keeps_does_not_change_an_object(sdk: Any) -> None:
    parts = [{"id": "ab"}]
    box = sdk.Box(name="n", must=1, parts=parts, free={"a": [1]})
    parts.append({"id": "x"})
    parts[0]["id"] = "changed"
    assert box.to_dict()["parts"] == [{"id": "ab"}]


def test_names_that_python_keeps_for_itself(sdk: Any) -> None:
    box = sdk.Box(name="n", must=1, class_=True, from_here=1.5)
    assert box.to_dict() == {"name": "n", "must": 1, "class": True, "from-here": 1.5}
    names = {f.name: f.metadata["name"] for f in dataclasses.fields(box)}
    assert names["class_"] == "class"
    assert names["from_here"] == "from-here"


def test_the_face_of_a_dataclass(sdk: Any) -> None:
    box = sdk.Box(name="n", must=1, part=sdk.Part(id="ab"))
    assert dataclasses.is_dataclass(sdk.Box)
    assert dataclasses.is_dataclass(box)
    fields = {f.name: f for f in dataclasses.fields(sdk.Box)}
    assert list(fields)[:4] == ["name", "must", "plain", "open"]
    assert all(f.kw_only and f.init and f.repr and f.compare for f in fields.values())
    assert fields["plain"].default is None
    assert fields["open"].default is sdk.UNSET
    assert fields["name"].default is dataclasses.MISSING
    assert fields["plain"].metadata["default"] == 5
    assert "default" not in fields["name"].metadata
    assert sdk.Box.__dataclass_params__.frozen
    assert sdk.Box.__match_args__ == ()
    shown = dataclasses.asdict(box)
    assert shown["part"] == {"id": "ab", "note": sdk.UNSET}
    assert list(shown) == list(fields)
    assert dataclasses.astuple(box)[:2] == ("n", 1)
    assert dataclasses.fields(sdk.Part)[1].metadata["default"] == "none"


def test_match_patterns(sdk: Any) -> None:
    box = sdk.Box(name="n", must=None, part=sdk.Part(id="ab"))
    match box:
        case sdk.Box(name=name, must=None, part=sdk.Part(id=inner)):
            assert (name, inner) == ("n", "ab")
        case _:
            pytest.fail("no match")


def test_the_signature(sdk: Any) -> None:
    signature = inspect.signature(sdk.Box)
    kinds = {p.kind for p in signature.parameters.values()}
    assert kinds == {inspect.Parameter.KEYWORD_ONLY}
    assert signature.parameters["name"].default is inspect.Parameter.empty
    assert signature.parameters["plain"].default is None
    bound = signature.bind(name="n", must=1)
    assert bound.arguments == {"name": "n", "must": 1}


def test_subclasses_by_users(sdk: Any) -> None:
    class MyBox(sdk.Box):  # type: ignore[misc, name-defined]
        """A user's own."""

        def shout(self) -> str:
            return str(self.name.upper())

    box = MyBox(name="n", must=1, part={"id": "ab"})
    assert box.shout() == "N"
    assert repr(box).endswith("MyBox(name='n', must=1, part=Part(id='ab'))")
    assert inspect.signature(MyBox) == inspect.signature(sdk.Box)
    assert isinstance(box, sdk.Box)
    assert box.to_dict() == {"name": "n", "must": 1, "part": {"id": "ab"}}
    assert dataclasses.replace(box, name="m").shout() == "M"
    assert type(dataclasses.replace(box)) is MyBox
    assert type(MyBox.from_dict({"name": "n", "must": 1})) is MyBox
    assert [f.name for f in dataclasses.fields(MyBox)] == [
        f.name for f in dataclasses.fields(sdk.Box)
    ]
    assert copy.deepcopy(box) == box
    assert box != sdk.Box.from_dict(box.to_dict())
    with pytest.raises(sdk.ValidationError):
        MyBox(name="")
    drifting = MyBox.from_dict({"name": 5, "plain": None, "more": 1}, strict=False)
    assert drifting.to_dict() == {"name": 5, "plain": None, "more": 1}
    assert len(sdk.violations_of(drifting)) == 3
    held = sdk.Box.from_dict({"name": "o", "must": 2, "free": box.to_dict()})
    assert held.free == box.to_dict()


def test_threads_decode_at_once(sdk: Any, realtime: Built) -> None:
    """No thread sees another's trouble, and none hides its own."""
    table = realtime.sdk.SERVER_EVENTS
    good = {"type": "response.audio.done", "event_id": "e", "response_id": "r"}
    good |= {"item_id": "i", "output_index": 0, "content_index": 0}
    bad = {**good, "output_index": "zero"}
    failures: list[str] = []

    def work(frame: dict[str, Any], expected: int) -> None:
        for _ in range(400):
            event = table.decode(json.dumps(frame))
            if len(realtime.sdk.violations_of(event)) != expected:
                failures.append(f"tolerant: {frame}")
            try:
                table.decode(frame, strict=True)
            except realtime.sdk.ValidationError as error:
                if len(error.violations) != expected:
                    failures.append(f"strict: {frame}")
            else:
                if expected:
                    failures.append(f"let through: {frame}")

    switch = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        threads = [
            threading.Thread(target=work, args=pair)
            for pair in [(good, 0), (bad, 1)] * 3
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=30)
    finally:
        sys.setswitchinterval(switch)
    assert not failures
