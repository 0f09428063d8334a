"""Classes that are found by their tags: decoded all the same without them.

Where a tag led to a class it is not read again. The same classes of a specification
without unions read every property, so the two must agree on every value.
"""

from __future__ import annotations

import dataclasses
import itertools
import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from tests.constraints import violations as constrained
from tests.wire.packages import build

CLASSES = """
$schema: https://json-schema.org/draft/2020-12/schema
$ref: "#/$defs/Holder"
$defs:
  Circle:
    type: object
    required: [type, size]
    properties:
      type: {const: circle}
      size: {type: integer, minimum: 0}
      title: {type: string}
  Square:
    type: object
    required: [size]
    properties:
      type: {type: string, enum: [square]}
      size: {type: integer}
  Closed:
    type: object
    required: [type]
    properties:
      type: {const: closed}
      size: {type: integer}
    additionalProperties: false
  Few:
    type: object
    maxProperties: 2
    properties:
      type: {const: few}
      size: {type: integer}
      title: {type: string}
  User:
    type: object
    required: [type, role]
    properties:
      type: {const: message}
      role: {const: user}
      size: {type: integer}
  System:
    type: object
    required: [type]
    properties:
      type: {const: message}
      role: {const: system}
      size: {type: integer}
  Ring:
    type: object
    required: [type]
    properties:
      type: {const: ring}
      size: {type: integer}
  Band:
    type: object
    allOf:
      - $ref: "#/$defs/Ring"
  Holder:
    type: object
    properties:
      band: {$ref: "#/$defs/Band"}
      circle: {$ref: "#/$defs/Circle"}
      square: {$ref: "#/$defs/Square"}
      closed: {$ref: "#/$defs/Closed"}
      few: {$ref: "#/$defs/Few"}
      user: {$ref: "#/$defs/User"}
      system: {$ref: "#/$defs/System"}
"""

UNIONS = """
  Shape:
    anyOf:
      - $ref: "#/$defs/Circle"
      - $ref: "#/$defs/Square"
      - $ref: "#/$defs/Closed"
      - $ref: "#/$defs/Few"
      - $ref: "#/$defs/Band"
  Message:
    oneOf:
      - $ref: "#/$defs/User"
      - $ref: "#/$defs/System"
      - $ref: "#/$defs/Circle"
"""

TAGS = {
    "Circle": {"type": "circle"},
    "Square": {"type": "square"},
    "Closed": {"type": "closed"},
    "Few": {"type": "few"},
    "Ring": {"type": "ring"},
    "User": {"type": "message", "role": "user"},
    "System": {"type": "message", "role": "system"},
}


@pytest.fixture(scope="module", params=["received", "sent"])
def sdks(tmp_path_factory: pytest.TempPathFactory, request: Any) -> tuple[Any, Any]:
    """The classes with unions of them, and without. What is sent keeps its JSON."""
    folder = tmp_path_factory.mktemp("told")
    found = []
    for name, text in (("unions", CLASSES + UNIONS), ("alone", CLASSES)):
        spec = folder / f"{name}.yaml"
        spec.write_text(text, encoding="utf-8")
        sent = ("Holder",) if request.param == "sent" else ()
        package = f"wire_told_{name}_{request.param}"
        found.append(build(spec, package, folder, client_events=sent).sdk)
    return found[0], found[1]


def values(name: str) -> Iterator[Any]:
    """Objects of a class with every state of its tags and other properties."""
    absent = object()
    tags = TAGS[name]
    choices: dict[str, list[Any]] = {
        **{
            tag: [right, absent, None, "other", 1, [right]]
            for tag, right in tags.items()
        },
        "size": [1, absent, None, "1", 2.0, -1],
        "title": [absent, None, "t"],
        "unknown": [absent, None, {"a": 1}],
    }
    for chosen in itertools.product(*choices.values()):
        made = zip(choices, chosen, strict=True)
        yield {key: value for key, value in made if value is not absent}
    yield from (None, 1, "circle", [], [tags], True)


def told(sdk: Any, name: str, value: Any) -> dict[str, Any]:
    """All that a package says of a value as an object of a class."""
    registry = import_module(f"{sdk.__name__}._runtime.registry")
    schema = sdk.SCHEMAS[name]
    before = registry.drift.mark, registry.drift.doubt
    found = schema.decode(value, strict=False)
    said: dict[str, Any] = {
        "mark": registry.drift.mark is not before[0],
        "doubt": registry.drift.doubt is not before[1],
        "class": type(found).__name__,
        "again": schema.encode(found),
        "valid": not constrained(sdk, schema, value),
    }
    if isinstance(value, dict):
        fields = [field.name for field in dataclasses.fields(found)]
        said["fields"] = {field: repr(getattr(found, field)) for field in fields}
        said["extra"] = found._extra, type(found._extra).__name__
        said["keeps"] = getattr(found, "_wire", None)
        said["violations"] = list(map(str, sdk.violations_of(found)))
    return said


@pytest.mark.parametrize("name", TAGS)
def test_what_is_not_told_is_read(sdks: tuple[Any, Any], name: str) -> None:
    unions, alone = sdks
    for value in values(name):
        before = json.dumps(value)
        said = told(unions, name, value)
        assert said == told(alone, name, value), value
        assert said["again"] == value
        assert said["mark"] is not said["valid"], value
        assert json.dumps(value) == before


@pytest.mark.parametrize("name", TAGS)
def test_what_is_told_is_the_same(sdks: tuple[Any, Any], name: str) -> None:
    """Found through the union, or as the class that it is found to be."""
    unions, _ = sdks
    home = "Message" if "role" in TAGS[name] else "Shape"
    for value in values(name):
        if isinstance(value, dict) and TAGS[name].items() <= value.items():
            assert told(unions, home, value)["class"] == name
            through = unions.SCHEMAS[home].decode(value, strict=False)
            itself = unions.SCHEMAS[name].decode(value, strict=False)
            assert through == itself
            assert repr(through) == repr(itself)


def test_classes_have_decoders_for_both(sdks: tuple[Any, Any]) -> None:
    """Those of which all constraints are seen in their fields. A branch that is but
    another name of a class leads to the decoder that reads everything."""
    source = Path(sdks[0].__file__).with_name("_codec.py").read_text(encoding="utf-8")
    have = {name for name in TAGS if f"def decode_tagged_{name}(" in source}
    assert have == {"Circle", "Square", "Closed", "User", "System"}
    assert "untagged(" not in Path(sdks[1].__file__).with_name("_codec.py").read_text()


def test_fields_of_a_class_are_read_as_any_value(sdks: tuple[Any, Any]) -> None:
    unions, alone = sdks
    for circle in values("Circle"):
        value = {"circle": circle, "user": {"type": "message", "role": "user"}}
        assert told(unions, "Holder", value) == told(alone, "Holder", value), value
