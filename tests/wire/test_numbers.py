"""Numbers survive, however long they are and wherever they stand.

orjson makes floats of integers beyond 64 bits, and the decoders have to notice. So
there is a place here for every way in which a decoder comes by a number, and for
those in which it does not look at one at all.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.wire.packages import build

SPEC = """
openapi: 3.1.0
info: {title: Numbers, version: "1"}
paths: {}
components:
  schemas:
    Event:
      oneOf:
        - $ref: "#/components/schemas/Sample"
        - $ref: "#/components/schemas/Other"
    Other:
      type: object
      required: [type]
      properties: {type: {type: string, const: other}}
    Big: {type: integer, enum: [1, 18446744073709551616]}
    Inner:
      type: object
      properties: {n: {type: integer}}
    Tried:
      anyOf:
        - {type: object, required: [a], properties: {a: {type: number}}}
        - {type: object, required: [b], properties: {b: {type: integer}}}
    Sample:
      type: object
      required: [type, required_integer]
      properties:
        type: {type: string, const: sample}
        required_integer: {type: integer}
        integer: {type: integer}
        number: {type: number}
        above: {type: number, minimum: 0}
        between: {type: number, minimum: 0, maximum: 1.0e+30}
        integer_or_null: {type: [integer, "null"]}
        integer_or_text: {oneOf: [{type: integer}, {type: string}]}
        number_or_object:
          oneOf: [{type: number}, {$ref: "#/components/schemas/Inner"}]
        anything: {}
        object: {type: object}
        array: {type: array}
        unlikely: {minLength: 3}
        integers: {type: array, items: {type: integer}}
        anythings: {type: array, items: {}}
        pair: {type: array, prefixItems: [{type: integer}, {type: number}]}
        numbers: {type: object, additionalProperties: {type: number}}
        pattern: {type: object, patternProperties: {"^n": {type: integer}}}
        inner: {$ref: "#/components/schemas/Inner"}
        nameless:
          type: object
          properties: {n: {type: number}, m: {}}
        inners: {type: array, items: {$ref: "#/components/schemas/Inner"}}
        tried: {$ref: "#/components/schemas/Tried"}
        chosen: {not: {type: string}}
        enum: {$ref: "#/components/schemas/Big"}
        const: {const: 18446744073709551616}
        text: {type: string}
"""

LONG = 123456789012345678901
PLACES: list[dict[str, Any]] = [
    *({"required_integer": LONG}, {"required_integer": -LONG}),
    *({name: LONG} for name in ("integer", "number", "above", "between")),
    *({name: LONG} for name in ("integer_or_null", "integer_or_text")),
    *({"number_or_object": LONG}, {"number_or_object": {"n": LONG}}),
    *({"number_or_object": {"x": [LONG]}}, {"anything": LONG}),
    *({"anything": {"a": [{"b": LONG}]}}, {"object": {"a": [LONG]}}),
    *({"array": [1, LONG]}, {"array": {"a": LONG}}, {"unlikely": LONG}),
    *({"unlikely": [[LONG]]}, {"integers": [1, LONG]}, {"integers": LONG}),
    *({"anythings": ["a", LONG]}, {"anythings": [{"a": LONG}]}, {"pair": [1, LONG]}),
    *({"pair": [LONG, 1]}, {"pair": [1, 1, LONG]}, {"numbers": {"a": 1, "b": LONG}}),
    *({"numbers": {"a": {"b": LONG}}}, {"pattern": {"n1": LONG}}),
    *({"pattern": {"other": LONG}}, {"inner": {"n": LONG}}, {"inner": {"x": LONG}}),
    *({"nameless": {"n": LONG}}, {"nameless": {"m": {"a": LONG}}}),
    *({"nameless": {"x": {"a": LONG}}}, {"inners": [{}, {"n": LONG}]}),
    *({"tried": {"a": LONG}}, {"tried": {"b": LONG}}, {"tried": {"c": LONG}}),
    *({"chosen": LONG}, {"chosen": {"a": LONG}}, {"enum": LONG}, {"const": LONG}),
    *({"enum": 2**64}, {"enum": 2**64 + 1}, {"const": 2**64}, {"const": 2**64 + 1}),
    *({"text": LONG}, {"text": {"a": LONG}}, {"unknown": LONG}),
    *({"unknown": {"a": [LONG]}}, {"type": LONG}, {"type": "unheard", "a": LONG}),
]


@pytest.fixture(scope="module")
def sdk(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("numbers")
    spec = folder / "spec.yaml"
    spec.write_text(SPEC, encoding="utf-8")
    return build(spec, "wire_numbers", folder).sdk


@pytest.mark.parametrize("place", PLACES, ids=json.dumps)
def test_long_integers_survive_in_every_place(sdk: Any, place: dict[str, Any]) -> None:
    value = {"type": "sample", "required_integer": 1} | place
    table, schema = sdk.EVENTS["Event"], sdk.SCHEMAS["Event"]
    for text in (json.dumps(value), json.dumps(value, indent=1) + " " * 600):
        for frame in (text, text.encode(), value):
            event = table.decode(frame)
            assert json.loads(table.encode(event)) == value
            # As if the frame had been read exactly from the start.
            assert event == table.decode(value)
            assert sdk.violations_of(event) == sdk.violations_of(table.decode(value))
            expected = schema.violations(value)
            if not expected and value["type"] == "sample":
                assert table.decode(frame, strict=True) == event
            else:
                with pytest.raises(sdk.ValidationError) as caught:
                    table.decode(frame, strict=True)
                assert not expected or list(caught.value.violations) == expected


@pytest.mark.parametrize("name", ["required_integer", "integer", "number", "anything"])
@pytest.mark.parametrize("number", ["1.0", "1e2", "1e300", "9223372036854775808.0"])
def test_floats_are_what_they_say(sdk: Any, name: str, number: str) -> None:
    text = f'{{"type":"sample","required_integer":1,"{name}":{number}}}'
    event = sdk.EVENTS["Event"].decode(text, strict=True)
    said: float = float(number)
    # What is annotated as an int is one, whatever its text looks like.
    said = int(said) if name.endswith("integer") else said
    assert repr(getattr(event, name)) == repr(said)
    assert json.loads(sdk.EVENTS["Event"].encode(event)) == json.loads(text)


def test_what_json_cannot_say_is_no_event(sdk: Any) -> None:
    for name in ("number", "anything", "between"):
        value = {"type": "sample", "required_integer": 1, name: float("nan")}
        for strict in (True, False):
            with pytest.raises(ValueError, match="nan"):
                sdk.EVENTS["Event"].decode(value, strict=strict)
            with pytest.raises(TypeError, match="nan"):
                sdk.Sample.from_dict(value, strict=strict)
        with pytest.raises(TypeError, match="nan"):
            sdk.Sample(**value)


def test_objects_share_nothing_with_what_they_were_made_from(sdk: Any) -> None:
    value: dict[str, Any] = {"type": "sample", "required_integer": 1}
    value |= {"anything": {"a": []}, "integers": [1], "unknown": [1]}
    made = [
        sdk.Sample.from_dict(value),
        sdk.SCHEMAS["Sample"].decode(value),
        sdk.EVENTS["Event"].decode(value),
        sdk.EVENTS["Event"].decode(value, strict=True),
        sdk.Sample(required_integer=1, anything=value["anything"], integers=[1]),
    ]
    before = [event.to_dict() for event in made]
    value["anything"]["a"].append(1)
    value["integers"].append(2)
    value["unknown"].append(2)
    assert [event.to_dict() for event in made] == before
    for event in made:
        event.to_dict()["anything"]["a"].append(1)
    assert [event.to_dict() for event in made] == before
