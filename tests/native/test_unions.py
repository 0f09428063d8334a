"""Unions that only trying decides: where one branch is taken, the others are out."""

from __future__ import annotations

import textwrap
from pathlib import Path

from tests.native.conftest import Run

SPEC = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Event",
    "oneOf": [{"$ref": "#/$defs/A"}, {"$ref": "#/$defs/B"}],
    "$defs": {
        "A": {
            "type": "object",
            "required": ["type"],
            "properties": {
                "type": {"const": "a"},
                "one": {
                    "oneOf": [
                        {
                            "type": "object",
                            "properties": {"b": {"type": "string"}},
                            "additionalProperties": {"enum": [1, 2]},
                        },
                        {"type": "object", "properties": {"c": {"type": "integer"}}},
                    ]
                },
                "any": {
                    "anyOf": [
                        {
                            "type": "object",
                            "patternProperties": {"^x": {"type": "integer"}},
                            "properties": {"a": {"type": "string"}},
                            "additionalProperties": False,
                        },
                        {"type": "object", "properties": {"b": {"type": "string"}}},
                    ]
                },
            },
        },
        "B": {
            "type": "object",
            "required": ["type"],
            "properties": {
                "type": {"const": "b"},
                "list": {
                    "anyOf": [
                        {"type": "array", "items": {"$ref": "#/$defs/A"}},
                        {"type": "null"},
                    ],
                    "contains": {"required": ["one"]},
                },
                "pair": {
                    "type": "array",
                    "prefixItems": [{"$ref": "#/$defs/A"}, {"multipleOf": 0.1}],
                    "minItems": 2,
                    "maxItems": 2,
                },
            },
        },
    },
}

FRAMES = [
    '{"type":"a","one":{"x":1}}',
    '{"type":"a","one":{"x":3}}',
    '{"type":"a","one":{"b":"","c":1.5}}',
    '{"type":"a","one":{"b":1,"c":2}}',
    '{"type":"a","one":{"b":null}}',
    '{"type":"a","any":{"x1":1}}',
    '{"type":"a","any":{"x1":"","b":""}}',
    '{"type":"a","any":{"a":"","new":1}}',
    '{"type":"a","any":{"a":"","a":1}}',
    '{"type":"a","any":{"a":"","b":1}}',
    '{"type":"a","any":[]}',
    '{"type":"b","list":[{"type":"a","one":{"c":9}}]}',
    '{"type":"b","list":[{"type":"a"}]}',
    '{"type":"b","list":null}',
    '{"type":"b","pair":[{"type":"a"},0.3]}',
    '{"type":"b","pair":[{"type":"a"},0.35]}',
    '{"type":"b","pair":[{"type":"a"},0.30000000000000004]}',
    '{"type":"b","pair":[{"type":"a"}]}',
]


def test_trying_takes_the_branch_that_python_takes(built: Path, run: Run) -> None:
    code = f"""
        from tests.differential.packages import compile_package, module_of
        from tests.native.fuzz import pairs_in
        import wirewright_native as native

        with compile_package(module_of({SPEC!r}), sent=False) as package:
            (pair,) = pairs_in(package)
            for frame in {FRAMES!r}:
                for kind in (frame, frame.encode(), frame + " ", frame + "  "):
                    print(pair.difference(kind) or "same")
            print(native.counts(pair.native)[0] > 20)
    """
    done = run("-c", textwrap.dedent(code), folders=(built,))
    assert done.returncode == 0, done.stderr
    assert done.stdout.split("\n") == ["same"] * 4 * len(FRAMES) + ["True", ""]
