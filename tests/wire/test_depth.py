"""Values that nest, with each engine and from any depth of the caller's stack."""

from __future__ import annotations

import copy
import importlib
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest

from tests.wire.packages import build

T = TypeVar("T")

SPEC = """
$schema: https://json-schema.org/draft/2020-12/schema
$ref: "#/$defs/Event"
$defs:
  Event: {oneOf: [{$ref: "#/$defs/Put"}, {$ref: "#/$defs/Drop"}]}
  Put:
    type: object
    required: [type]
    properties:
      type: {const: put}
      node: {$ref: "#/$defs/Node"}
      test: {$ref: "#/$defs/Test"}
      bag: {$ref: "#/$defs/Bag"}
      free: true
      apart: {type: array, uniqueItems: true}
      fixed: {not: {const: [[[[0]]]]}}
  Drop:
    type: object
    required: [type]
    properties:
      type: {const: drop}
      id: {type: string}
  Node:
    type: object
    required: [name]
    properties:
      name: {type: string}
      next: {$ref: "#/$defs/Node"}
      children: {type: array, items: {$ref: "#/$defs/Node"}}
      by_name: {type: object, additionalProperties: {$ref: "#/$defs/Node"}}
  Bag:
    type: object
    required: [any]
    properties: {any: true, next: {$ref: "#/$defs/Bag"}}
  Test:
    anyOf:
    - type: object
      required: [op]
      properties: {op: {const: not}, inner: {$ref: "#/$defs/Test"}}
    - type: object
      required: [op]
      properties:
        {op: {const: all}, parts: {type: array, items: {$ref: "#/$defs/Test"}}}
    - type: integer
"""

LIMIT = 1024
MOST = LIMIT - 1
"""Levels inside a frame, which is one itself."""


def nested(before: str, leaf: str, behind: str, levels: int = MOST) -> str:
    """Text of so many levels, of which a step opens one or two."""
    steps = levels // (before.count("{") + before.count("["))
    return before * steps + leaf + behind * steps


SHAPES = {
    "free array": ("put", "free", nested("[", "", "]")),
    "free object": ("put", "free", nested('{"a":', "1", "}")),
    "fixed": ("put", "fixed", nested("[", "", "]")),
    "unknown property": ("drop", "more", nested('{"a":[', "1", "]}")),
    "wrong type": ("drop", "id", nested("[", "", "]")),
    "unknown tag": ("other", "id", nested("[", "", "]")),
    "class": (
        "put",
        "node",
        nested('{"name":"n","next":', '{"name":"z"}', "}", MOST - 1),
    ),
    "class that drifts": (
        "put",
        "node",
        nested('{"name":1,"next":', "[]", "}", MOST - 1),
    ),
    "class without": ("put", "node", nested('{"next":', "{}", "}", MOST - 1)),
    "class without anything": ("put", "bag", nested('{"next":', "{}", "}", MOST - 1)),
    "list of class": ("put", "node", nested('{"name":"n","children":[', "", "]}")),
    "map of class": (
        "put",
        "node",
        nested('{"name":"n","by_name":{"k":', '{"name":"z"}', "}}"),
    ),
    "no class": ("put", "node", nested("[", "", "]")),
    "tags": ("put", "test", nested('{"op":"not","inner":', "1", "}")),
    "tags in lists": ("put", "test", nested('{"op":"all","parts":[', "1", "]}")),
    "tags that drift": ("put", "test", nested('{"op":"all","parts":[', '"x"', "]}")),
    "equal items": (
        "put",
        "apart",
        f"[{nested('[', '1', ']', 900)},{nested('[', '1.0', ']', 900)}]",
    ),
}
VALID = {"free array", "free object", "fixed", "unknown property", "class"} | {
    "list of class", "map of class", "tags", "tags in lists"
}  # fmt: skip


@pytest.fixture(scope="module", params=["orjson", "json"])
def sdk(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Any:
    engine: str = request.param
    folder = tmp_path_factory.mktemp("depth")
    Path(folder, "spec.yaml").write_text(SPEC, "utf-8")
    name = f"depth_{engine}"
    package = build(folder / "spec.yaml", name, folder).sdk
    with pytest.MonkeyPatch.context() as patch:
        if engine == "json":
            patch.setitem(sys.modules, "orjson", None)
        chosen = importlib.import_module(f"{name}._runtime._json").engine()
    assert chosen == engine
    return package


def below(levels: int, function: Callable[[], T]) -> T:
    """What a function returns that is called from so deep."""
    return below(levels - 1, function) if levels else function()


def attempt(function: Callable[[], Any]) -> Any:
    try:
        return function()
    except ValueError as error:
        return type(error).__name__, str(error)
    except TypeError as error:
        return str(error)


def everything(sdk: Any, text: str) -> dict[str, Any]:
    """What a package says of a frame, each answer as plain data."""
    table = sdk.EVENTS["Event"]
    event, other = table.decode(text), table.decode(text.encode())
    schema = sdk.SCHEMAS["Event"]
    seen: list[Any] = []
    dispatcher = table.dispatcher()
    dispatcher.on_drift(lambda event, violations: seen.append(violations))
    answers: dict[str, Callable[[], Any]] = {
        "class": lambda: type(event).__name__,
        "violations": lambda: sdk.violations_of(event),
        "of the schema": lambda: schema.violations(event.to_dict()),
        "strict": lambda: type(table.decode(text, strict=True)).__name__,
        "equal": lambda: event == other,
        "shown": lambda: repr(event),
        "copied": lambda: copy.deepcopy(event) == event,
        "encoded": lambda: table.encode(event),
        "as text": lambda: event.to_json(),
        "from a mapping": lambda: table.decode(event.to_dict()) == event,
        "hash": lambda: hash(event) == hash(other),
        "dispatched": lambda: dispatcher.dispatch(text) == event,
        "drift": lambda: seen,
    }
    if not isinstance(event, sdk.UnknownEvent):
        cls = type(event)
        fields = {name: getattr(event, name) for name in cls.__slots__}
        answers |= {
            "from text": lambda: cls.from_json(text, strict=False) == event,
            "from data": lambda: cls.from_dict(event.to_dict(), strict=False) == event,
            "built": lambda: repr(cls(**fields)),
        }
    return {name: attempt(answer) for name, answer in answers.items()}


EXPECTED: dict[str, str] = {}
"""What the first engine said of each shape: the other must say the same."""


@pytest.mark.parametrize("shape", SHAPES)
def test_up_to_the_limit_everything_works(sdk: Any, shape: str) -> None:
    tag, name, value = SHAPES[shape]
    text = f'{{"type":"{tag}","{name}":{value}}}'
    found = below(880, lambda: everything(sdk, text))
    if shape not in EXPECTED:
        # The other engine is held against what this one says with room to spare.
        EXPECTED[shape] = repr(everything(sdk, text))
    assert repr(found) == EXPECTED[shape]
    classes = {"put": "Put", "drop": "Drop", "other": "UnknownEvent"}
    assert found["class"] == classes[tag]
    assert found["equal"] is found["copied"] is found["from a mapping"] is True
    loads = importlib.import_module(f"{sdk.__name__}._runtime._json").loads
    for key in ("encoded", "as text"):
        assert repr(sdk.EVENTS["Event"].decode(found[key])) == found["shown"]
        assert len(loads(found[key])) == 2
    assert (found["strict"] == classes[tag]) is (shape in VALID)
    assert bool(found["of the schema"]) is (shape not in VALID)
    if tag != "other":
        assert found["violations"] == found["of the schema"]
        assert found["drift"] == ([found["violations"]] if shape not in VALID else [])


MISSING = """
import sys
sys.path.insert(0, {folder!r})
if {hidden}:
    sys.modules["orjson"] = None
import {name} as sdk

def below(levels, function):
    return below(levels - 1, function) if levels else function()

text = {frame!r}
decode = sdk.EVENTS["Event"].decode
expected = decode(text)
for levels in range(40):
    assert below(levels, lambda: decode(text)) == expected
"""


def test_what_is_missing_may_be_so_at_the_very_end_of_the_stack(sdk: Any) -> None:
    """With no call left, orjson does not survive that it cannot ask an enum for its
    value: what stands for an absent property is one."""
    tag, name, value = SHAPES["class without anything"]
    script = MISSING.format(
        folder=str(Path(sdk.__file__).parent.parent),
        hidden=sdk.__name__ == "depth_json",
        name=sdk.__name__,
        frame=f'{{"type":"{tag}","{name}":{value}}}',
    )
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]


def test_beyond_the_limit_nothing_is_read_or_built(sdk: Any) -> None:
    table, schema = sdk.EVENTS["Event"], sdk.SCHEMAS["Event"]
    told = "nested deeper than 1024 levels"
    deep: Any = []
    for _ in range(MOST):
        deep = [deep]
    text = '{"type":"put","free":' + "[" * LIMIT + "]" * LIMIT + "}"
    data = {"type": "put", "free": deep}
    calls: list[Callable[[], Any]] = [
        lambda: table.decode(text),
        lambda: table.decode(text.encode(), strict=True),
        lambda: table.decode(data),
        lambda: sdk.Put.from_json(text, strict=False),
        lambda: sdk.Put.from_dict(data, strict=False),
        lambda: sdk.Put(free=deep),
        lambda: sdk.Drop(_extra={"more": deep}),
        lambda: schema.from_json(text),
        lambda: schema.decode(data),
    ]
    for call in calls:
        for levels in (0, 880):
            with pytest.raises(ValueError, match=told):
                below(levels, call)
    (violation,) = schema.violations(data)
    assert (violation.path, violation.keyword) == ("", "depth")
    assert schema.is_valid(data)  # Which counts no levels: that takes as long again.
    # What a program makes deeper afterwards is not sent.
    put = sdk.Put(free=deep[0])
    put.free.append(deep)
    for call in (put.to_json, put.to_dict, lambda: table.encode(put)):
        with pytest.raises(ValueError, match=told):
            call()


SURROGATES = (
    '{"type":"drop","id":"\ud800"}',
    '{"type":"drop","id":"\udfff","more":1.5}',
    '{"type":"\ud800","id":1.5}',
    '{"type":"drop","\udabc":{"a":[1e3,"\udabc"]}}',
    '{"type":"put","node":{"name":"\ud83d"},"free":[0.5,123456789012345678901]}',
    '{"type":"put","node":{},"free":["\udc00",' + "1.5," * 2000 + "1]}",
    '{"type":"drop","id":["\ud800 \U0001f600"]}',
)


@pytest.mark.parametrize("text", SURROGATES, ids=range(len(SURROGATES)))
def test_half_a_surrogate_pair_is_kept_and_goes_out_escaped(
    sdk: Any, text: str
) -> None:
    table = sdk.EVENTS["Event"]
    data = json.loads(text)
    for frame in (text, json.dumps(data), json.dumps(data).encode(), data):
        event = table.decode(frame)
        assert event.to_dict() == data
        sent = table.encode(event)
        assert sent == event.to_json()
        assert b"\\ud" in sent
        assert json.loads(sent) == data
        assert table.decode(sent) == event
        assert copy.deepcopy(event) == event
        found = attempt(lambda frame=frame: table.decode(frame, strict=True))  # type: ignore[misc]  # bound here
        assert repr(found) == EXPECTED.setdefault(text, repr(found))
    with pytest.raises(ValueError, match="not UTF-8"):
        table.decode(text.encode("utf-8", "surrogatepass"))


FIRST_USE = """
import sys
sys.path.insert(0, {folder!r})
if {hidden}:
    sys.modules["orjson"] = None
import {name} as sdk

def below(levels, function):
    return below(levels - 1, function) if levels else function()

table, violations_of = sdk.EVENTS["Event"], sdk.violations_of

def use():
    event = table.decode({frame!r})
    return len(violations_of(event)), event.to_json(), repr(event)

found = below({levels}, use)
assert found[0] == 1 and found == use(), found
"""


@pytest.mark.parametrize("levels", [880, 920, 950, 970])
def test_the_first_use_may_be_at_the_end_of_the_stack(sdk: Any, levels: int) -> None:
    """Modules are imported then, among them one in C that does not survive to be
    stopped."""
    script = FIRST_USE.format(
        folder=str(Path(sdk.__file__).parent.parent),
        hidden=sdk.__name__ == "depth_json",
        name=sdk.__name__,
        frame='{"type":"put","node":{"name":' + nested("[", "", "]", 400) + "}}",
        levels=levels,
    )
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
