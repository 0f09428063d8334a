"""What specifications call the values of their enums."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from codegen.diagnostics import Report
from codegen.frontend import Options, load
from codegen.python.model import enumerations
from codegen.python.model.members import members_of


def members(schema: dict[str, Any], folder: Path) -> tuple[list[tuple[str, str]], str]:
    """Names and docs of the members of an enum, and what reading it had to say."""
    spec = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    path = folder / "spec.json"
    path.write_text(json.dumps({**spec, "$defs": {"E": schema}}), "utf-8")
    report = Report()
    module = load(path, Options(), report).module
    named = module.named("E")
    values = enumerations.members(module, named)
    found = members_of(enumerations.said(module, named), values)
    said = "\n".join(item.message for item in report)
    return [(str(member.name), member.doc) for member in found], said


NUMBERS: dict[str, Any] = {"type": "integer", "enum": [1, 2, -3]}


@pytest.mark.parametrize(
    ("keywords", "expected"),
    [
        ({}, [("VALUE_1", ""), ("VALUE_2", ""), ("VALUE_MINUS_3", "")]),
        (
            {
                "x-enum-varnames": ["LOW", "high", "two words"],
                "x-enum-descriptions": ["l", "", "t"],
            },
            [("LOW", "l"), ("high", ""), ("TWO_WORDS", "t")],
        ),
        (
            {"x-enumNames": ["A", "A", "_x"], "x-enumDescriptions": {"2": "two"}},
            [("A_6b86", ""), ("A_d473", "two"), ("X", "")],
        ),
        (
            {"x-speakeasy-enums": {"1": "ONE", "-3": "THREE"}},
            [("ONE", ""), ("VALUE_2", ""), ("THREE", "")],
        ),
        (
            {
                "x-ms-enum": {
                    "values": [{"value": 2, "name": "Two", "description": "d"}]
                }
            },
            [("VALUE_1", ""), ("Two", "d"), ("VALUE_MINUS_3", "")],
        ),
        (
            {"x-ms-enum": {"name": "E"}},
            [("VALUE_1", ""), ("VALUE_2", ""), ("VALUE_MINUS_3", "")],
        ),
        (
            {"x-enum-varnames": ["name", "value", "numerator"]},
            [("name_", ""), ("value_", ""), ("numerator_", "")],
        ),
        (
            {"enumNames": ["a", "b", "c"], "enumDescriptions": ["x", "y", "z"]},
            [("VALUE_1", "x"), ("VALUE_2", "y"), ("VALUE_MINUS_3", "z")],
        ),
        (
            {"meta:enum": {"1": "one"}},
            [("VALUE_1", "one"), ("VALUE_2", ""), ("VALUE_MINUS_3", "")],
        ),
    ],
)
def test_names_and_descriptions(
    keywords: dict[str, Any], expected: list[tuple[str, str]], tmp_path: Path
) -> None:
    assert members(NUMBERS | keywords, tmp_path) == (expected, "")


@pytest.mark.parametrize(
    "keywords",
    [
        {"x-enum-varnames": ["ONE", "TWO"]},
        {"x-enum-varnames": ["ONE", "TWO", 3]},
        {"x-enum-varnames": "ONE"},
        {"x-speakeasy-enums": {"4": "FOUR"}},
        {"x-ms-enum": {"values": [{"value": 4, "name": "Four"}]}},
        {"x-ms-enum": {"values": {"1": "One"}}},
        {"x-ms-enum": "Name"},
    ],
)
def test_what_means_nothing_is_a_warning(
    keywords: dict[str, Any], tmp_path: Path
) -> None:
    names, said = members(NUMBERS | keywords, tmp_path)
    assert [name for name, _ in names] == ["VALUE_1", "VALUE_2", "VALUE_MINUS_3"]
    assert next(iter(keywords)) in said
    assert "keep the names that follow from themselves" in said


def test_values_that_are_not_listed_cost_no_name(tmp_path: Path) -> None:
    entries = [{"value": 2, "name": "Two"}, {"value": 4, "name": "Four"}]
    names, said = members(NUMBERS | {"x-ms-enum": {"values": entries}}, tmp_path)
    assert [name for name, _ in names] == ["VALUE_1", "Two", "VALUE_MINUS_3"]
    assert said == (
        "`x-ms-enum` has values that are not in `enum`: '4'; this is left out"
    )


def test_descriptions_of_other_values_are_left_out(tmp_path: Path) -> None:
    names, said = members(NUMBERS | {"markdownEnumDescriptions": ["one"]}, tmp_path)
    assert [text for _, text in names] == ["", "", ""]
    assert "text for each value of `enum`; this is left out" in said


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"const": 7, "x-enum-varnames": ["SEVEN"]}, ["SEVEN"]),
        (
            {"oneOf": [{"const": "a"}, {"const": "b"}], "x-enumNames": ["LOW", "HIGH"]},
            ["LOW", "HIGH"],
        ),
        (
            {"type": "integer", "enum": [1.0, 2], "x-enum-varnames": ["ONE", "TWO"]},
            ["ONE", "TWO"],
        ),
        (
            {
                "allOf": [
                    {"enum": ["a", "b", "c"], "x-enum-varnames": ["LOW", "", "FAR"]},
                    {"enum": ["b", "a"], "x-enum-varnames": ["HIGH", "OTHER"]},
                ],
            },
            ["LOW", "HIGH"],
        ),
    ],
)
def test_names_of_whatever_lists_values(
    schema: dict[str, Any], expected: list[str], tmp_path: Path
) -> None:
    names, said = members(schema, tmp_path)
    assert ([name for name, _ in names], said) == (expected, "")


@pytest.mark.parametrize(
    ("keyword", "given"),
    [
        ("x-enum-varnames", ["ONE"]),
        ("x-ms-enum", {"values": [{"value": 1, "name": "One"}]}),
        ("enumDescriptions", ["The first."]),
    ],
)
def test_what_is_about_values_and_stands_beside_none_is_said(
    keyword: str, given: Any, tmp_path: Path
) -> None:
    parts = {"allOf": [{"$ref": "#/$defs/E/$defs/Whole"}], keyword: given}
    names, said = members({**parts, "$defs": {"Whole": {"enum": [1]}}}, tmp_path)
    assert [name for name, _ in names] == ["VALUE_1"]
    assert said == (
        f"`{keyword}` is about values, and no `enum` stands beside it; this is left out"
    )
    assert members({"type": "string", "x-ms-enum": {"name": "E"}}, tmp_path) == ([], "")
