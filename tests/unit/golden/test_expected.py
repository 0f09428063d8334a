"""What a validator says of a value, in the words of the generated violations."""

from __future__ import annotations

from typing import Any

import pytest

from codegen.golden.expected import Expectations
from codegen.oracle import Oracle
from tests.differential.packages import module_of

DEFS = {"none": False, "short": {"maxLength": 2}, "number": {"type": "number"}}
REFUSED: list[tuple[dict[str, Any], Any, list[tuple[str | None, str]]]] = [
    ({"propertyNames": False}, {"a": 1, "b": 2}, [("/a", "false"), ("/b", "false")]),
    ({"propertyNames": {"$ref": "#/$defs/none"}}, {"abc": 1}, [("/abc", "false")]),
    (
        {"propertyNames": {"$ref": "#/$defs/short"}},
        {"abc": 1},
        [("/abc", "maxLength")],
    ),
    # The branch for strings fails by `maxLength`, but only the union is named.
    (
        {"propertyNames": {"oneOf": [{"$ref": "#/$defs/short"}], "maxLength": 9}},
        {"abc": 1},
        [(None, "")],
    ),
    ({"properties": {"a": {"$ref": "#/$defs/none"}}}, {"a": 1}, [("/a", "false")]),
    ({"additionalProperties": False}, {"a": 1}, [("/a", "additionalProperties")]),
    (
        {"anyOf": [{"$ref": "#/$defs/number"}, {"type": "array", "minItems": 1}]},
        [],
        [("", "minItems")],
    ),
    ({"oneOf": [{"maximum": 3}, {"minimum": 1}]}, 2, [("", "oneOf: several")]),
    ({"oneOf": [{"maximum": 1}, {"minimum": 3}]}, 2, [("", "oneOf")]),
    # Each of two unions says for itself whether no branch takes a value or several.
    (
        {
            "allOf": [
                {"oneOf": [{"maximum": 3}, {"minimum": 1}]},
                {"oneOf": [{"maximum": 1}, {"minimum": 3}]},
            ]
        },
        2,
        [("", "oneOf"), ("", "oneOf: several")],
    ),
    ({"contains": {"type": "null"}, "minContains": 2}, [None], [("", "minContains")]),
    (
        {"unevaluatedItems": False, "prefixItems": [{}]},
        [1, 2, 3],
        [("/1", "unevaluatedItems"), ("/2", "unevaluatedItems")],
    ),
    (
        {"unevaluatedProperties": {"type": "null"}, "properties": {"a": {}}},
        {"a": 1, "b": 1},
        [("/b", "type")],
    ),
    # Nothing would evaluate `b`, whatever else is wrong; `a` follows from that.
    (
        {
            "unevaluatedProperties": False,
            "allOf": [{"enum": [{"a": 1}], "properties": {"a": {}}}],
        },
        {"a": 2, "b": 1},
        [("", "enum"), ("/b", "unevaluatedProperties")],
    ),
    (
        {"unevaluatedItems": False, "minItems": 3, "prefixItems": [{}]},
        [1, 2],
        [("", "minItems"), ("/1", "unevaluatedItems")],
    ),
    # Whether the other branch would have evaluated it, nobody knows.
    (
        {
            "unevaluatedProperties": False,
            "if": {"required": ["k"]},
            "then": {"properties": {"a": {}}},
            "minProperties": 2,
        },
        {"a": 1},
        [("", "minProperties"), (None, "")],
    ),
    # Nobody can tell whether `a` would have been evaluated, were it not for `false`.
    (
        {"unevaluatedProperties": {"type": "null"}, "$ref": "#/$defs/none"},
        {"a": 1},
        [("", "false"), (None, "")],
    ),
]


@pytest.mark.parametrize(("schema", "value", "expected"), REFUSED)
def test_names_places_and_keywords(
    schema: dict[str, Any], value: Any, expected: list[tuple[str | None, str]]
) -> None:
    draft = "https://json-schema.org/draft/2020-12/schema"
    module = module_of({"$schema": draft, "$defs": DEFS, **schema})
    assert module is not None
    found = Expectations(module, Oracle(module)).of(module.named("#"), value)
    assert found == expected
