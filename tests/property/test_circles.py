"""The work that a value takes grows with the value, whatever leads back to itself.

`python -m tests.property.circles` asks as many random packages as one likes.
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from codegen.python.model import circles
from tests.property.circles.attack import calls, complaints, grown, questions
from tests.property.circles.schemas import Nest
from tests.sweeps import many
from tests.wire.packages import build
from tests.wire.test_depth import below

SPEC = """
$schema: https://json-schema.org/draft/2020-12/schema
$defs:
  Both:
    anyOf:
    - {required: [p], properties: {p: {type: string}, a: {$ref: "#/$defs/Both"}}}
    - {required: [q], properties: {q: {type: string}, a: {$ref: "#/$defs/Both"}}}
  Every:
    allOf:
    - {type: object, properties: {p: {type: string}, a: {$ref: "#/$defs/Every"}}}
    - {type: object, properties: {q: {type: string}, a: {$ref: "#/$defs/Every"}}}
  Told:
    type: object
    properties: {a: {$ref: "#/$defs/Told"}}
    if: {required: [p]}
    then: {properties: {a: {$ref: "#/$defs/Told"}}}
  Left:
    type: object
    anyOf: [{properties: {a: {$ref: "#/$defs/Left"}}}, {required: [z]}]
    unevaluatedProperties: {type: string}
  Held:
    type: object
    properties:
      a:
        type: array
        items: {$ref: "#/$defs/Held"}
        contains: {$ref: "#/$defs/Held"}
  Patterned:
    type: object
    patternProperties:
      "^a": {$ref: "#/$defs/Patterned"}
      "a$": {$ref: "#/$defs/Patterned"}
  Around:
    properties:
      a: {$ref: "#/$defs/Every"}
      b: {items: {items: {items: {items: {items: {$ref: "#/$defs/Every"}}}}}}
  Once:
    anyOf:
    - {required: [p], properties: {p: {type: string}, a: {$ref: "#/$defs/Once"}}}
    - {required: [q], properties: {q: {type: string}}}
"""
STEPS = {"Held": ("a", "[")}
RANDOM = many(3, 100)


@pytest.fixture(scope="module")
def sdk(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("circles")
    Path(folder, "spec.yaml").write_text(SPEC, "utf-8")
    return build(folder / "spec.yaml", "circles", folder).sdk


@pytest.mark.parametrize("leaf", [{}, {"q": "x"}, {"r": 1}, 5], ids=str)
@pytest.mark.parametrize(
    "name", ["Both", "Every", "Told", "Left", "Held", "Patterned", "Once"]
)
def test_twice_the_levels_take_twice_the_work(sdk: Any, name: str, leaf: Any) -> None:
    both = {} if name in STEPS or name == "Patterned" else {"p": "x", "q": "y"}
    values = Nest(STEPS.get(name, ("a",)), leaf, both)
    assert not list(grown(sdk.SCHEMAS[name], values, 40))


@pytest.mark.parametrize("levels", [3, 400, 900])
def test_nothing_is_remembered_afterwards(sdk: Any, levels: int) -> None:
    remembering = importlib.import_module(f"{sdk.__name__}._runtime._remembering")
    for name in ("Both", "Every", "Told", "Left"):
        value = Nest(("a",), {"r": 1}, {"p": "x", "q": "y"}).value(levels)
        for asked in questions(sdk.SCHEMAS[name]).values():
            asked(value)
    assert not any(remembering.BY_THREAD)


def test_many_values_of_few_levels(tmp_path: Path) -> None:
    """Ten branches are 100,000 ways through five levels, of which nothing is
    remembered at first."""
    ways = [
        {"required": [name], "properties": {"a": {"$ref": "#/$defs/S"}}}
        for name in "bcdefghijk"
    ]
    schemas = {"S": {"anyOf": ways}, "T": {"items": {"$ref": "#/$defs/S"}}}
    Path(tmp_path, "few.json").write_text(json.dumps({"$defs": schemas}), "utf-8")
    sdk = build(tmp_path / "few.json", "few", tmp_path).sdk
    value = Nest(("a",), {}, dict.fromkeys("bcdefghijk", 1)).value(5)
    for asked in questions(sdk.SCHEMAS["T"]).values():
        assert calls(lambda asked=asked: asked([value] * 20), 99_999) < 99_999


def test_long_chains_of_doubled_references(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(circles, "MANY", 1000)

    def doubled(schema: Any) -> Any:
        return {"allOf": [{"properties": {"a": schema}}, {"properties": {"a": schema}}]}

    length = 30
    schemas = {
        f"S{n}": doubled({"$ref": f"#/$defs/S{n + 1}"} if n < length else True)
        for n in range(length + 1)
    }
    Path(tmp_path, "chain.json").write_text(json.dumps({"$defs": schemas}), "utf-8")
    sdk = build(tmp_path / "chain.json", "chain", tmp_path).sdk
    value = Nest(("a",), {}, {}).value(length)
    schema = sdk.SCHEMAS["S0"]
    assert calls(lambda: schema.is_valid(value), 50_000) < 50_000
    assert calls(lambda: schema.violations(value), 50_000) < 50_000


def test_what_is_wrong_in_one_place_is_said_once(sdk: Any) -> None:
    found = sdk.SCHEMAS["Every"].violations({"a": {"a": {"p": 5}}})
    assert [(one.path, one.keyword) for one in found] == [("/a/a/p", "type")]


def test_everything_is_said_wherever_the_stack_ends(sdk: Any) -> None:
    """What was collected is collected again on another stack, by rules that lead back
    to themselves, too."""
    schema = sdk.SCHEMAS["Around"]
    value = {"a": {"p": 1}, "b": [[[[[{"p": 2, "a": {"q": 3}}]]]]]}
    expected = schema.violations(value)
    assert [one.path for one in expected] == [
        "/a/p", "/b/0/0/0/0/0/p", "/b/0/0/0/0/0/a/q",
    ]  # fmt: skip
    for levels in range(sys.getrecursionlimit()):
        try:
            found = below(levels, lambda: schema.violations(value))
        except RecursionError:
            break  # Of the caller, which has no room to ask.
        assert found == expected


def test_one_object_at_two_places_is_wrong_at_both(sdk: Any) -> None:
    shared = {"ab": 5}
    value = {"a1": shared, "a2": shared}
    found = sdk.SCHEMAS["Patterned"].violations(value)
    assert [one.path for one in found] == ["/a1/ab", "/a2/ab"]


@pytest.mark.parametrize("levels", [3, 15, 16, 17, 40, 400])
def test_long_integers_come_back_from_any_depth(sdk: Any, levels: int) -> None:
    value = Nest(("a",), {"n": 12345678901234567890123}, {"m": [1.5]}).value(levels)
    text = json.dumps(value)
    assert sdk.Told.from_json(text, strict=False).to_dict() == value


@pytest.mark.parametrize("seed", range(RANDOM))
def test_random_circles(seed: int, tmp_path: Path) -> None:
    assert not list(complaints(seed, tmp_path))
