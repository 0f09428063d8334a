"""Schemas that have a form in tables, each with frames that it decides natively."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.corpus_paths import ROOT

REST = "additionalProperties"
CASES: dict[str, tuple[dict[str, Any], list[str], int]] = {
    "members of an enum of integers": (
        {"$ref": "#/$defs/Code"},
        ["1", "-7", "1099511627776", "2", "1.0", "true", "null", '"1"', "1e0"],
        4,
    ),
    "texts that are values of a type": (
        {"type": ["string", "integer"], "format": "date", "maxLength": 10},
        ['"2024-02-29"', '"2023-02-29"', '""', "7", "null", '"2024-02-29 "'],
        3,
    ),
    "a list of them": (
        {"type": "array", "uniqueItems": True, "items": {"$ref": "#/$defs/Day"}},
        ['["2024-02-29","2024-02-28"]', "[]", '["2024-02-29","2024-02-29"]', '[""]'],
        2,
    ),
    "such a member beside others": (
        {"anyOf": [{"$ref": "#/$defs/Code"}, {"type": "string"}, {"type": "null"}]},
        ["1", '"a"', "null", "3", "[]"],
        3,
    ),
    "a map of such members": (
        {"type": "object", REST: {"$ref": "#/$defs/Code"}},
        ['{"a":1,"b":-7}', '{"a":5}', '{"a":1,"a":1}', "{}"],
        2,
    ),
    "values by patterns of their names": (
        {
            "type": "object",
            "patternProperties": {
                "^x": {"$ref": "#/$defs/O"},
                "y$": {"type": "integer"},
            },
            REST: {"type": "string"},
        },
        [
            '{"x":{"a":""}}',
            '{"z":"","by":3,"x1":{}}',
            '{"xy":{}}',
            '{"y":""}',
            '{"":1}',
        ],
        2,
    ),
    "only names of a pattern": (
        {
            "type": "object",
            "patternProperties": {"^x": {"$ref": "#/$defs/O"}},
            REST: False,
        },
        ['{"x":{"a":""}}', "{}", '{"z":{}}', '{"x":null}'],
        2,
    ),
    "properties without a field that are objects": (
        {
            "type": "object",
            "properties": {"known": {"type": "string"}},
            REST: {"$ref": "#/$defs/O"},
        },
        [
            '{"known":"","x":{"a":""}}',
            '{"x":{}}',
            '{"known":""}',
            '{"x":{"a":1}}',
            '{"x":1}',
        ],
        3,
    ),
}
"""A schema, values, and how many of them need no Python."""


SCRIPT = """
import json, sys, traceback
from tests.differential.packages import compile_package, module_of
from tests.native.fuzz import pairs_in
import wirewright_native as native

def asked(spec, values):
    with compile_package(module_of(spec), types=["date"]) as package:
        (pair,) = pairs_in(package)
        for value in values:
            frame = '{"type":"a","v":' + value + '}'
            for end in range(4):
                found = pair.difference(frame + " " * end)
                assert found is None, found
                found = pair.difference(frame.encode() + b" " * end)
                assert found is None, found
        before = native.counts(pair.native)[0]
        for value in values:
            pair.native('{"type":"a","v":' + value + '}')
        answered = native.counts(pair.native)[0] - before
        return f"{answered} {'Python' in package.__codec__}"

def told(spec, values):
    try:
        return asked(spec, values)
    except Exception:
        return traceback.format_exc()

cases = json.load(sys.stdin)
print(json.dumps({name: told(*case) for name, case in cases.items()}))
"""


def spec_of(schema: Any) -> dict[str, Any]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Event",
        "oneOf": [{"$ref": "#/$defs/A"}, {"$ref": "#/$defs/B"}],
        "$defs": {
            "Code": {"type": "integer", "enum": [1, -7, 2**40]},
            "O": {"type": "object", "properties": {"a": {"type": "string"}}},
            "Day": {"type": "string", "format": "date"},
            "A": {
                "type": "object",
                "required": ["type"],
                "properties": {"type": {"const": "a"}, "v": schema},
            },
            "B": {
                "type": "object",
                "required": ["type"],
                "properties": {"type": {"const": "b"}},
            },
        },
    }


@pytest.fixture(scope="module")
def found(built: Path) -> dict[str, str]:
    """What one process finds of each case."""
    cases = {name: (spec_of(schema), v) for name, (schema, v, _) in CASES.items()}
    path = os.pathsep.join(map(str, (built, ROOT)))
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": path},
        input=json.dumps(cases),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, str] = json.loads(done.stdout)
    return told


@pytest.mark.parametrize("name", CASES)
def test_what_tables_say_is_what_python_does(name: str, found: dict[str, str]) -> None:
    _, _, answered = CASES[name]
    assert found[name] == f"{answered} False"
