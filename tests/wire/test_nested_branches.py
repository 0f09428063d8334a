"""Branches that look into the same property ask first what tells them apart.

Otherwise each level of a value is looked into once for each branch, and so the next
level twice as often as that: a frame of 300 bytes would take minutes.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest

from tests.differential.packages import compile_package, module_of

NODE = {"$ref": "#/$defs/Node"}
UNIONS: dict[str, list[dict[str, Any]]] = {
    "a": [
        {"properties": {"child": NODE}, "required": ["text"]},
        {"properties": {"child": NODE}, "required": ["number"]},
    ],
    "b": [
        {"properties": {"child": NODE, "value": {"type": "string"}}},
        {"properties": {"child": NODE, "value": {"type": "number"}}},
    ],
    "c": [
        {"properties": {"child": NODE, "kind": {"$ref": "#/$defs/One"}}},
        {
            "properties": {
                "child": NODE,
                "list": {"type": "array", "items": {"type": "string"}},
            }
        },
        {"properties": {"child": NODE}},
    ],
}
PARTS = {"a": {"number": 1}, "b": {"value": 1}, "c": {"kind": 2, "list": [1]}}


def nested(part: dict[str, Any], levels: int, last: Any) -> dict[str, Any]:
    value = {**part, "child": last}
    for _ in range(levels):
        value = {**part, "child": value}
    return value


def calls(function: Callable[[Any], object], value: Any) -> int:
    """How many functions of Python are called."""
    count = 0

    def note(_: object, event: str, __: object) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        function(value)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("union", UNIONS)
@pytest.mark.parametrize("last", [None, {}], ids=["wrong", "right"])
def test_time_does_not_double_with_each_level(union: str, last: Any) -> None:
    branches = [{"type": "object", **branch} for branch in UNIONS[union]]
    module = module_of(
        {"$defs": {"Node": {"anyOf": branches}, "One": {"enum": [0, 1]}}}
    )
    assert module is not None
    with compile_package(module) as package:
        schema = package.SCHEMAS["Node"]
        for ask in (schema._check(), schema.violations):
            few, many = (nested(PARTS[union], n, last) for n in (8, 16))
            ask(few)  # What is asked for the first time is found out.
            assert calls(ask, many) < 4 * calls(ask, few)
