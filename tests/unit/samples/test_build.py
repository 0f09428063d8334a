"""Every document that is built is valid by the independent validator's word."""

from __future__ import annotations

from typing import Any

import pytest

from codegen.oracle import Oracle
from codegen.samples import Builder, NoSample, near_misses
from codegen.samples.edits import REMOVED, Edit
from codegen.samples.effort import Effort
from codegen.samples.sizes import weigh
from tests.unit.samples.specs import module_of

TAGGED = {
    "oneOf": [{"$ref": "#/$defs/a"}, {"$ref": "#/$defs/b"}],
    "$defs": {
        name: {
            "type": "object",
            "properties": {"type": {"const": name}, "value": {"type": "integer"}},
            "required": ["type"],
        }
        for name in ("a", "b")
    },
}

SMALLEST: list[tuple[Any, Any]] = [
    (True, 0),
    ({"type": "string", "minLength": 2}, "aa"),
    ({"type": "number", "minimum": 0.6, "maximum": 0.9}, 0.8),
    ({"type": "number", "exclusiveMinimum": 5, "multipleOf": 0.7}, 7),
    ({"type": "integer", "minimum": 3, "multipleOf": 4}, 4),
    ({"type": ["null", "boolean"]}, None),
    ({"enum": ["long", "s", "medium"]}, "s"),
    ({"type": "array", "minItems": 2, "uniqueItems": True}, [0, ""]),
    ({"type": "array", "contains": {"const": "x"}, "minContains": 2}, ["x", "x"]),
    ({"type": "array", "prefixItems": [{"type": "null"}], "minItems": 1}, [None]),
    ({"type": "object", "required": ["a"], "properties": {"a": {"enum": [7]}}},
     {"a": 7}),
    ({"type": "object", "minProperties": 1, "additionalProperties": {"type": "null"}},
     {"key": None}),
    ({"not": {"type": ["integer", "string"]}}, []),
    ({"oneOf": [{"type": "integer"}, {"minimum": 0}]}, -1),
    ({"if": {"type": "integer"}, "then": {"minimum": 9}, "else": {"type": "null"}}, 9),
    ({"type": "object", "required": ["a"], "dependentRequired": {"a": ["b"]}},
     {"a": 0, "b": 0}),
    ({"type": "string", "pattern": r"^\d{3}-[A-Z]+$"}, "000-A"),
    ({"type": "string", "pattern": "^(?=.*[A-Z])(?=.*[0-9]).{8,}$"}, "aA0-aA0-"),
    ({"type": "string", "pattern": "^x", "not": {"maxLength": 2}}, "xaa"),
    (TAGGED, {"type": "a"}),
]  # fmt: skip


@pytest.mark.parametrize(("schema", "expected"), SMALLEST)
def test_smallest(schema: Any, expected: Any) -> None:
    module = module_of(schema)
    found = Builder(module).smallest(module.named("#"))
    assert Oracle(module).valid(module.names["#"], found)
    assert len(str(found)) == len(str(expected)), found


@pytest.mark.parametrize(("schema", "_"), SMALLEST)
def test_fullest_is_valid(schema: Any, _: Any) -> None:
    module = module_of(schema)
    found = Builder(module).fullest(module.named("#"))
    assert Oracle(module).valid(module.names["#"], found)


def test_fullest_has_every_property_and_enters_recursion_once() -> None:
    tree = {
        "type": "object",
        "properties": {
            "label": {"type": "string"},
            "limit": {"type": "integer", "default": 5, "minimum": 2},
            "kids": {"type": "array", "items": {"$ref": "#"}},
        },
    }
    module = module_of(tree)
    found = Builder(module).fullest(module.named("#"))
    assert found == {
        "label": "text",
        "limit": 5,
        "kids": [{"label": "text", "limit": 5}],
    }


@pytest.mark.parametrize(
    "schema",
    [
        False,
        {"type": "string", "enum": [1]},
        {"type": "object", "required": ["a"], "properties": {"a": False}},
        {"type": "object", "required": ["a"], "properties": {"a": {"$ref": "#"}}},
        {"type": "array", "minItems": 10**9},
        {"type": "string", "minLength": 10**12},
    ],
)
def test_no_sample(schema: Any) -> None:
    module = module_of(schema)
    assert isinstance(Builder(module).smallest(module.named("#")), NoSample)


def misses(schema: Any) -> dict[tuple[str, Any], bool]:
    """Near misses by place and value, with the oracle's verdict; intention and
    verdict have to agree."""
    module = module_of(schema)
    builder, oracle = Builder(module), Oracle(module)
    root = module.named("#")
    base = builder.fullest(root)
    found = {}
    for miss in near_misses(builder, root, base):
        verdict = oracle.valid(module.names["#"], miss.value)
        assert miss.edit.apply(base) == miss.value
        assert verdict is miss.valid, miss
        found[miss.edit.pointer, repr(miss.edit.value)] = verdict
    return found


@pytest.mark.parametrize(
    ("schema", "inside", "outside"),
    [
        ({"type": "number", "minimum": 0.6}, "0.6", "0.5999999999999999"),
        ({"type": "number", "maximum": 1.2}, "1.2", "1.2000000000000002"),
        ({"type": "integer", "maximum": 4096}, "4096", "4097"),
        ({"type": "integer", "exclusiveMinimum": 3}, "4", "3"),
        ({"type": "number", "multipleOf": 0.01}, "0.03", "0.015"),
        ({"type": "string", "maxLength": 2}, "'aa'", "'aaa'"),
        ({"type": "string", "maxLength": 1}, "'\U0001f600'", "'\U0001f600\U0001f600'"),
        ({"type": "string", "minLength": 2}, "'aa'", "'a'"),
        ({"type": "string", "pattern": "^[a-z]+$"}, "'z'", "'a\\n'"),
        ({"enum": ["a", "b"]}, "'b'", "'ax'"),
        ({"type": "array", "maxItems": 2}, "[{}, None]", "[{}, None, None]"),
        ({"type": "array", "uniqueItems": True}, "[]", "[0, 0]"),
        ({"type": "array", "contains": {"const": 1}}, "[1]", "[]"),
        ({"type": "integer"}, "0.0", "'x'"),
        ({"type": "string"}, "'text'", "None"),
    ],
)
def test_edges(schema: Any, inside: str, outside: str) -> None:
    found = misses(schema)
    assert found["", outside] is False
    module = module_of(schema)
    full = Builder(module).fullest(module.named("#"))
    assert repr(full) == inside or found.get(("", inside)) is True or inside == "[1]"


def test_edges_of_objects() -> None:
    closed = {
        "type": "object",
        "properties": {"a": {"type": "string"}, "b": {"type": "null"}},
        "required": ["a"],
        "additionalProperties": False,
    }
    found = misses(closed)
    assert found["/a", repr(REMOVED)] is False
    assert found["/b", repr(REMOVED)] is True
    assert found["/extra", "1"] is False
    assert found["/a", "None"] is False
    opened = misses({**closed, "additionalProperties": True})
    assert opened["/extra", "1"] is True


@pytest.mark.parametrize(
    "condition",
    [
        {"if": {"required": ["a"]}, "then": {"required": ["b"]}},
        {"not": {"required": ["a", "b"]}},
        {"dependentRequired": {"a": ["b"]}},
        {"dependentSchemas": {"a": {"required": ["b"]}}},
        {"oneOf": [{"required": ["a"]}, {"required": ["b"]}]},
        {"anyOf": [{"required": ["a"]}, {"required": ["b"]}]},
    ],
)
def test_conditions_are_broken_on_purpose(condition: dict[str, Any]) -> None:
    module = module_of(
        {"type": "object", "properties": {"a": {}, "b": {}}, **condition}
    )
    builder, oracle = Builder(module), Oracle(module)
    root = module.named("#")
    keyword = next(iter(condition))
    broken = [
        miss
        for miss in near_misses(builder, root, builder.fullest(root))
        if miss.keyword == keyword and not miss.valid
    ]
    assert broken
    assert not any(oracle.valid(module.names["#"], miss.value) for miss in broken)


def test_each_branch_of_many_is_another_way() -> None:
    names = [f"k{n}" for n in range(20)]
    module = module_of({"oneOf": [{"type": "object", "required": [n]} for n in names]})
    builder, root = Builder(module), module.named("#")
    found = near_misses(builder, root, builder.fullest(root))
    assert {tuple(miss.base) for miss in found} == {(name,) for name in names}


def test_changes_hold_no_more_than_a_golden_file_has_room_for() -> None:
    draft = {"$ref": "http://json-schema.org/draft-07/schema#"}
    module = module_of({"type": "array", "items": draft})
    builder, root = Builder(module), module.named("schemaArray")
    found = near_misses(builder, root, builder.fullest(root))
    written = sum(weigh(miss.edit.value, 10_000) for miss in found)
    assert 19_000 < written <= 20_000


def test_a_search_ends_where_values_only_grow() -> None:
    """Each schema needs the next two, so that the smallest value doubles and doubles;
    what else there is to put in would only make it larger."""
    names = [f"p{number}" for number in range(30)]
    properties = {name: {"$ref": f"#/$defs/{name}"} for name in names}
    defs = {
        name: {
            "type": "object",
            "properties": properties,
            "required": names[number + 1 : number + 3],
        }
        for number, name in enumerate(names)
    }
    module = module_of({"$ref": "#/$defs/p0", "$defs": defs})
    builder = Builder(module)
    before = builder.effort.left
    assert isinstance(builder.smallest(module.named("p0")), NoSample)
    assert before - builder.effort.left < 10_000


@pytest.mark.parametrize("complete", [False, True])
def test_what_another_builder_has_found_costs_the_same(complete: bool) -> None:
    text = {"type": "string", "pattern": "^[a-z]{3}[0-9]", "minLength": 9}
    inner = {"properties": {"t": text, "n": {"type": "integer"}}, "required": ["t"]}
    module = module_of({"properties": {"t": text, "o": inner}, "required": ["o"]})

    def asked(builder: Builder) -> tuple[Any, int]:
        root, before = module.named("#"), builder.effort.left
        found = builder.fullest(root) if complete else builder.smallest(root)
        return found, before - builder.effort.left

    first = Builder(module)
    expected = asked(first)
    for limit in (expected[1] + 1, expected[1], expected[1] // 2, 1):
        known = Builder(module, effort=Effort(limit), space=first.space)
        assert asked(known) == asked(Builder(module, effort=Effort(limit)))


def test_a_schema_that_leads_back_to_itself_is_not_followed_all_the_way() -> None:
    # A judge needs some twenty calls for each level.
    module = module_of(
        {
            "type": "array",
            "uniqueItems": True,
            "items": {
                "anyOf": [{"$ref": "#/$defs/a"}, {"type": ["integer", "boolean"]}]
            },
            "$defs": {
                "a": {"anyOf": [{"$ref": "#/$defs/b"}, {"type": "null"}]},
                "b": {"oneOf": [{"$ref": "#/$defs/c"}, {"type": "string"}]},
                "c": {"$ref": "#"},
            },
        }
    )
    found = near_misses(Builder(module), module.named("#"), [1])
    notes = {miss.note for miss in found if miss.keyword == "uniqueItems"}
    assert {"nor deep inside", "1.0 is 1 deep inside, too"} <= notes
    oracle = Oracle(module)
    for miss in found:
        assert oracle.valid(module.names["#"], miss.value) == miss.valid


def test_building_is_deterministic() -> None:
    first, second = (
        [repr(m) for m in near_misses(Builder(m_), m_.named("#"), {"type": "a"})]
        for m_ in (module_of(TAGGED), module_of(TAGGED))
    )
    assert first == second


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (Edit("", 1), 1),
        (Edit("/a", 1), {"a": 1, "b": [1, 2]}),
        (Edit("/c~1d", 1), {"a": {}, "b": [1, 2], "c/d": 1}),
        (Edit("/b/0", REMOVED), {"a": {}, "b": [2]}),
        (Edit("/b/2", 3), {"a": {}, "b": [1, 2, 3]}),
        (Edit("/a", REMOVED), {"b": [1, 2]}),
    ],
)
def test_edits(edit: Edit, expected: Any) -> None:
    document = {"a": {}, "b": [1, 2]}
    assert edit.apply(document) == expected
    assert document == {"a": {}, "b": [1, 2]}
