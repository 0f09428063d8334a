"""What the independent validator gets right, and where it is known to be wrong.

A deviation that is mended makes its test fail, and the list in
`codegen/oracle/validator.py` is to be shortened.
"""

from __future__ import annotations

import itertools
import json
import re
from typing import Any

import jsonschema_rs
import pytest

from codegen import ecma
from codegen.ecma import portable, translate
from codegen.oracle import Judge, Oracle, Undecided
from codegen.oracle.validator import Validator
from tests.corpus_paths import JSON_SCHEMA_SUITE, require
from tests.unit.samples.specs import module_of


def valid(schema: Any, value: Any) -> bool:
    module = module_of(schema)
    return Oracle(module).valid(module.names["#"], value)


def errors(schema: Any, value: Any) -> list[tuple[str, str]]:
    module = module_of(schema)
    return Oracle(module).errors(module.names["#"], value)


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        (r"^\d+$", "1\n", False),
        (r"^\d+$", "\u0663", False),
        (r"^\w$", "\u00e9", False),
        (r"^\s$", "\ufeff", True),
        (r"^\s$", "\x85", False),
        (r"^\p{L}+$", "\u00e9", True),
        (r"^\p{Script=Greek}$", "\u03b1", True),
        (r"^.$", "\U0001f600", True),
        (r"^.$", "\n", False),
        (r"^\cA$", "\x01", True),
        (r"(?<=a)b", "ab", True),
        (r"^(a)\1$", "aa", True),
    ],
)
def test_patterns_mean_what_ecma_says(pattern: str, text: str, expected: bool) -> None:
    assert valid({"pattern": pattern}, text) is expected


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        (r"\Aabc\z", "Aabcz", True),
        (r"\Aabc\z", "abc", False),
        (r"^\Z$", "Z", True),
        (r"^[\A-\C]$", "B", True),
        (r"^\pL$", "pL", True),
        (r"^\PL$", "1", False),
        (r"^a\x{3}$", "axxx", True),
        (r"^a\u{3}$", "a\x03", True),
        (r"\b{start}a", "b{start}a", True),
        (r"\b{start}a", "a", False),
        (r"^\\A$", "\\A", True),
        (r"^\\\A$", "\\A", True),
        (r"^\e\h\R\K$", "ehRK", True),
    ],
)
def test_letters_that_are_escaped_for_nothing_are_letters(
    pattern: str, text: str, expected: bool
) -> None:
    """Other engines read anchors and classes there."""
    assert bool(re.search(translate(pattern), text)) is expected
    assert valid({"pattern": pattern}, text) is expected
    assert valid({"patternProperties": {pattern: False}}, {text: 1}) is not expected


def test_patterns_that_are_one_when_they_are_spelled_out() -> None:
    schema = {"patternProperties": {r"\A": {"minimum": 1}, "A": {"maximum": 3}}}
    assert [valid(schema, {"A": value}) for value in (0, 2, 4)] == [False, True, False]


@pytest.mark.parametrize(
    ("pattern", "text", "wrong"),
    [
        (r"^.$", "\r", True),
        (r"^.$", "\u2028", True),
        (r"\b\u00e9", " \u00e9", True),
    ],
)
def test_known_deviations_of_patterns(pattern: str, text: str, wrong: bool) -> None:
    assert valid({"pattern": pattern}, text) is wrong


@pytest.mark.parametrize(
    "pattern",
    [
        *(r"^(x+)*\1$", r"^(?:(a)|b)\1$", r"^\1(x+)$", r"^(a*)(b)?\2\1$", r"^(a\1)$"),
        *(r"^((a)|b)\2x?\1$", r"^(?:(a)|(b)|x)\1\2[)(\]]?$", r"^(?<n>a)?b\1$"),
    ],
)
def test_references_to_groups_that_took_no_part_match_the_empty_text(
    pattern: str,
) -> None:
    judged = Validator({"pattern": portable(pattern)})
    for length in range(5):
        for letters in itertools.product("abx)", repeat=length):
            text = "".join(letters)
            assert judged.accepts(text) is ecma.matcher(pattern)(text), text


@pytest.mark.parametrize(
    "pattern",
    [
        *(r"^a+b?a+$", r"^a{1,}b*a+$", r"^(?:a+)(?:b?)a+$", r"^[ab]+(?:xb)?[ab]+$"),
        *(r"^(?:a+b?a+)+$", r"^(a+(b)?a+)x?\1$", r"^a+(?<n>b?)a+$", r"^\w+\u0062?\w+$"),
        *(r"^a+b{0,2}(?:a+x?a+)$", r"^a+?b?a+$", r"^[+]b?[+]$", r"^(?=a+b?a+$)[ab]*$"),
    ],
)
def test_what_repeats_stands_apart_from_what_may_be_missing(pattern: str) -> None:
    """The engine takes the same on both sides of it for one."""
    judged = Validator({"pattern": portable(pattern)})
    for length in range(6):
        for letters in itertools.product("abx", repeat=length):
            text = "".join(letters)
            assert judged.accepts(text) is ecma.matcher(pattern)(text), text


@pytest.mark.parametrize(
    "pattern", [r"^a{1-2}$", "^a{,2}$", "^a{1}{$", r"^}[{}]{1}a?$", r"^1\b{a}$"]
)
def test_a_brace_that_repeats_nothing_stands_for_itself(pattern: str) -> None:
    judged = Validator({"pattern": portable(pattern)})
    fitting = ("a{1-2}", "a{,2}", "a{", "}{", "}}a", "1{a}")
    verdicts = [judged.accepts(text) for text in fitting]
    assert verdicts == [bool(ecma.matcher(pattern)(text)) for text in fitting]
    assert any(verdicts)


def test_that_the_engine_takes_them_for_one() -> None:
    assert Validator({"pattern": "^a+b?a+$"}).accepts("a") is True


@pytest.mark.parametrize(
    "pattern",
    [r"^[^]$", r"^[]$", r"^[\b]$", r"^\0$", r"^(?<n>a)\k<n>$", r"^\ud83d\ude00$"],
)
def test_patterns_that_it_does_not_compile(pattern: str) -> None:
    with pytest.raises(Undecided):
        valid({"pattern": pattern}, "a")


@pytest.mark.parametrize(
    ("schema", "value", "expected"),
    [
        ({"const": 1}, 1.0, True),
        ({"const": True}, 1, False),
        ({"const": 2**53 + 1}, float(2**53), False),
        ({"type": "integer"}, 1.0, True),
        ({"type": "integer"}, 10**400, True),
        ({"maximum": 10**400}, 10**400 + 1, False),
        ({"maximum": 1e308}, 10**309, False),
        ({"multipleOf": 0.01}, 19.99, True),
        ({"multipleOf": 0.1}, 0.3, True),
        ({"multipleOf": 3}, 10**400, False),
        ({"multipleOf": 1e300}, 1e-300, False),
        ({"uniqueItems": True}, [1, 1.0], False),
        ({"uniqueItems": True}, [1, True, [1], [True]], True),
        ({"maxLength": 1}, "\U0001f600", True),
    ],
)
def test_numbers_strings_and_equality(schema: Any, value: Any, expected: bool) -> None:
    assert valid(schema, value) is expected


def test_known_deviation_of_unique_items() -> None:
    assert not valid({"uniqueItems": True}, [10**30, 1e30])
    assert 10**30 != 1e30


@pytest.mark.parametrize("value", [float("inf"), [float("nan")], {"a": "\ud800"}])
def test_values_that_it_cannot_read(value: Any) -> None:
    with pytest.raises(Undecided):
        valid({}, value)


@pytest.mark.parametrize(
    ("schema", "value", "expected"),
    [
        ({"additionalProperties": {"type": "null"}}, {"": 1}, ("/", "type")),
        ({"properties": {"": {"type": "null"}}}, {"": 1}, ("/", "type")),
        ({"properties": {"": False}}, {"": 1}, ("/", "properties")),
        ({"properties": {"type": False}}, {"type": 1, "": 1}, ("/type", "properties")),
        (
            {"properties": {"": {"properties": {"type": {"type": "null"}}}}},
            {"": {"type": 1}},
            ("//type", "type"),
        ),
        (
            {"properties": {"": {"type": "null"}, "type": {"minimum": 3}}},
            {"": 1, "type": 4},
            ("/", "type"),
        ),
        (
            {"items": {"required": ["a"]}},
            [{"": [], "a": 1}, {"": []}],
            ("/1", "required"),
        ),
    ],
)
def test_places_among_empty_names(
    schema: Any, value: Any, expected: tuple[str, str]
) -> None:
    assert errors(schema, value) == [expected]


def test_places_that_look_alike_are_told_by_what_failed() -> None:
    schema = {"properties": {"a": {"type": "null"}}}
    value = {"": {"a": 1}, "a": 1}
    found = errors({**schema, "additionalProperties": schema}, value)
    assert sorted(found) == [("//a", "type"), ("/a", "type")]


NUMBERS = [
    "0",
    "1",
    "+1",
    "01",
    "007",
    "7",
    "000",
    "+0",
    "-0",
    "-1",
    "++1",
    "1_0",
    " 1",
]
NUMBERS += ["\uff11", "\u0663", "", f"{2**64 - 1}", f"+{2**64 - 1}", f"{2**64}"]
NUMBERS += ["0" * 5000, "9" * 5000, "1.0", "+"]


@pytest.mark.parametrize("name", NUMBERS, ids=lambda name: ascii(name)[:24])
def test_names_that_look_like_numbers(name: str) -> None:
    place = f"/{name}"
    for keyword in ({"properties": {name: {"type": "null"}}},
                    {"additionalProperties": {"type": "null"}}):  # fmt: skip
        assert errors(keyword, {name: 1}) == [(place, "type")]
        nested = {"items": {"anyOf": [keyword, {"type": "null"}]}}
        assert errors(nested, [None, {name: 1}]) == [("/1", "anyOf")]
    assert errors({"properties": {name: False}}, {name: 1}) == [(place, "properties")]
    inner = {"items": {"additionalProperties": {"required": ["a"]}}}
    assert errors(inner, [{name: {}}]) == [(f"/0{place}", "required")]
    depends = {"dependentSchemas": {name: {"maxProperties": 0}}}
    assert errors(depends, {name: 1}) == [("", "maxProperties")]


def test_names_that_are_the_same_number_are_told_apart() -> None:
    """Each alone, and all at once, with values that are equal or not."""
    schema = {"additionalProperties": {"additionalProperties": {"type": "null"}}}
    for wrong in NUMBERS:
        value = {name: {wrong: 1 if name == wrong else None} for name in NUMBERS}
        assert errors(schema, value) == [(f"/{wrong}/{wrong}", "type")]
    value = {name: {"1": "", "+1": ""} for name in NUMBERS}
    places = {f"/{name}/{inner}" for name in NUMBERS for inner in ("1", "+1")}
    assert {pointer for pointer, _ in errors(schema, value)} == places


def test_the_keyword_of_names_that_are_the_same_number() -> None:
    module = module_of(
        {"properties": {"1": {"$ref": "#/$defs/A"}, "+1": {"$ref": "#/$defs/A"},
                        "01": {"contains": {"type": "null"}},
                        "001": {"contains": {"type": "string"}}},
         "$defs": {"A": {"minimum": 5}}}
    )  # fmt: skip
    root = module.schemas[module.names["#"]]
    value: Any = {"1": 1, "+1": 1, "01": [1], "001": [2]}
    found = Oracle(module).failures(root, value)
    owners = {failure.pointer: failure.owner for failure in found}
    assert owners == {
        "/1": "schema.json#/$defs/A",
        "/+1": "schema.json#/$defs/A",
        "/01": "schema.json#/properties/01",
        "/001": "schema.json#/properties/001",
    }


@pytest.mark.parametrize(
    ("schema", "value", "expected"),
    [
        ({"properties": {"a": {"type": "string"}}}, {"a": 1}, [("/a", "type")]),
        ({"properties": {"a": False}}, {"a": 1}, [("/a", "properties")]),
        (
            {"properties": {"items": {"minimum": 1}}},
            {"items": 0},
            [("/items", "minimum")],
        ),
        ({"required": ["a", "b"]}, {}, [("", "required")]),
        ({"items": {"type": "null"}}, [None, 1], [("/1", "type")]),
        ({"propertyNames": {"maxLength": 1}}, {"ab": 1}, [("", "propertyNames")]),
        (
            {"properties": {"a/b~": {"type": "null"}}},
            {"a/b~": 1},
            [("/a~1b~0", "type")],
        ),
        ({"anyOf": [{"type": "null"}, {"type": "string"}]}, 1, [("", "anyOf")]),
        ({"minContains": 2, "contains": {}}, [1], [("", "minContains")]),
        (False, 1, [("", "")]),
    ],
)
def test_errors(schema: Any, value: Any, expected: list[tuple[str, str]]) -> None:
    assert errors(schema, value) == expected


@pytest.mark.parametrize(
    ("schema", "value", "expected"),
    [
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, 1, [("", "anyOf")]),
        ({"oneOf": [{"minimum": 1}, {"minimum": 0}]}, 2, [("", "oneOf")]),
        (
            {"anyOf": [{"anyOf": [{"type": "null"}]}], "oneOf": [{"type": "null"}]},
            1,
            [("", "anyOf"), ("", "oneOf")],
        ),
        (
            {"properties": {"a": {"allOf": [{"oneOf": [False]}]}}},
            {"a": 1},
            [("/a", "oneOf")],
        ),
        (
            {"propertyNames": {"anyOf": [{"const": "a"}, {"const": "b"}]}},
            {"c": 1},
            [("", "propertyNames")],
        ),
        (
            {"allOf": [{"if": {"anyOf": [{"type": "null"}]}, "else": False}]},
            1,
            [("", "else")],
        ),
        (
            {
                "oneOf": [{"properties": {"a": True}}, {"required": ["b"]}],
                "unevaluatedProperties": False,
            },
            {"a": 1, "c": 1},
            [("", "unevaluatedProperties")],
        ),
    ],
)
def test_a_union_is_one_failure(
    schema: Any, value: Any, expected: list[tuple[str, str]]
) -> None:
    assert sorted(errors(schema, value)) == expected


def test_it_passes_the_test_suite() -> None:
    """The validator itself, on the schemas as they are: all but what needs drafts
    whose remote documents the corpus does not hold."""
    suite = require(JSON_SCHEMA_SUITE) / "tests" / "draft2020-12"
    remotes = JSON_SCHEMA_SUITE / "remotes" / "draft2020-12"
    prefix = "http://localhost:1234/draft2020-12/"

    def retrieve(uri: str) -> Any:
        if not uri.startswith(prefix):
            raise LookupError(uri)
        return json.loads((remotes / uri.removeprefix(prefix)).read_text("utf-8"))

    wrong, count = [], 0
    for path in sorted(suite.rglob("*.json")):
        asserted = "format" in path.parts or None
        for group in json.loads(path.read_text("utf-8")):
            if path.name == "cross-draft.json":
                continue
            validator = jsonschema_rs.Draft202012Validator(
                group["schema"], retriever=retrieve, validate_formats=asserted
            )
            for test in group["tests"]:
                count += 1
                if validator.is_valid(test["data"]) is not test["valid"]:
                    wrong.append((path.name, group["description"], test["description"]))
    assert count > 2000
    assert wrong == []


def test_schemas_that_lead_to_each_other_are_compiled_together() -> None:
    """One validator for each would hold all of them: 14,400 schemas."""
    count = 120
    ring = {
        f"S{n}": {
            "properties": {
                "own": {"const": n},
                "next": {"$ref": f"#/$defs/S{(n + 1) % count}"},
            }
        }
        for n in range(count)
    }
    module = module_of({"$defs": ring})
    judge = Judge(module, most=3_000)
    for n in range(count):
        schema = module.names[f"S{n}"]
        assert judge.valid(schema, {"own": n, "next": {"own": (n + 1) % count}})
        assert not judge.valid(schema, {"next": {"own": n}})


def test_a_schema_that_does_not_compile_spoils_no_other() -> None:
    count = 60
    refs = {f"x{n}": {"$ref": f"#/$defs/S{n}"} for n in range(count)}
    first = {"S0": {"properties": {"own": {"const": 0}, **refs}}}
    others = {
        f"S{n}": {"properties": {"own": {"const": n}, "up": {"$ref": "#/$defs/S0"}}}
        for n in range(1, count)
    }
    bad = {"properties": {"p": {"pattern": "(?:a{900}){900}"}, **refs}}
    module = module_of({"$defs": {**first, **others, "Bad": bad}})
    judge = Judge(module)
    for n in range(count):
        assert judge.valid(module.names[f"S{n}"], {"own": n})
        assert not judge.valid(module.names[f"S{n}"], {"own": -1})
    with pytest.raises(Undecided):
        judge.valid(module.names["Bad"], {"p": "d"})
