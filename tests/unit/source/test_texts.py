"""Text to values: what YAML 1.2 and JSON say, and what both refuse."""

from __future__ import annotations

import json
import time

import pytest

from codegen.source import json_text, yaml_text
from codegen.source.limits import MAX_DEPTH
from codegen.source.node import Json, Problem


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on", "on"),
        ("No", "No"),
        ("y", "y"),
        ("True", True),
        ("~", None),
        ("", None),
        ("1:30", "1:30"),
        ("2024-12-17", "2024-12-17"),
        ("1_000", "1_000"),
        ("0o17", 15),
        ("0xFf", 255),
        ("0b11", "0b11"),
        ("0123", 123),
        ("+1", 1),
        ("1.", 1.0),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("1e400", 10**400),
        ("1e300", 1e300),
        ("12345678901234567890123.0", 12345678901234567890123),
        ("-9.223372036854775807e18", -(2**63) + 1),
        ("-a", "-a"),
        (".", "."),
        ("=", "="),
        ("'1'", "1"),
        ('"null"', "null"),
        ("!!str 1", "1"),
        ("!!float 1", 1),
        ("!custom 1", "1"),
        ("|\n 1\n", "1\n"),
    ],
)
def test_scalars_follow_the_core_schema(text: str, value: Json) -> None:
    parsed = yaml_text.read(f"a: {text}")
    assert parsed.problems == []
    assert parsed.data["a"] == value
    assert type(parsed.data["a"]) is type(value)


def test_keys_are_strings() -> None:
    assert yaml_text.read("200: a\nnull: b\ntrue: c\n1.0: d").data == {
        "200": "a",
        "null": "b",
        "true": "c",
        "1.0": "d",
    }


def test_merge_keys_give_way_to_keys_of_the_mapping_itself() -> None:
    text = "x: &x {p: 1, q: 1}\ny:\n  <<: [*x, {q: 2, r: 2}]\n  p: 3\n"
    assert yaml_text.read(text).data["y"] == {"p": 3, "q": 1, "r": 2}
    assert yaml_text.read('"<<": {p: 1}').data == {"<<": {"p": 1}}
    (problem,) = yaml_text.read("<<: 1").problems
    assert problem == Problem(
        "syntax", "`<<` takes a mapping or a sequence of mappings", 0, 4
    )


def test_aliases_share_their_value() -> None:
    data = yaml_text.read(
        "a: &x {p: [1]}\nb: *x\n? *k\n: 1\n" if 0 else "a: &x {p: [1]}\nb: *x"
    ).data
    assert data["a"] is data["b"]
    assert yaml_text.read("a: &k key\n*k : 1").data == {"a": "key", "key": 1}


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [*a]",
        "? [a]\n: b",
        "a: 1\n---\nb: 2",
        "a: *lost",
        "a: .nan",
        "a: -.inf",
        "a: !!int x",
        "a: " + "9" * 5000,
        "a: 1e99999999999",
        "a: b: c",
        "a: \x00",
        "a: [",
        'a: "\\ud83d"',
        "%YAML 3.0\n---\na: 1",
    ],
)
def test_what_is_no_json_is_refused_with_its_place(text: str) -> None:
    problems = yaml_text.read(text).problems
    assert [problem.code for problem in problems] == ["syntax"]


def test_depth_is_bounded_however_it_is_written() -> None:
    below, beyond = MAX_DEPTH, MAX_DEPTH + 1
    for reader in (yaml_text, json_text):
        assert not reader.read("[" * below + "]" * below).problems
        (problem,) = reader.read("[" * beyond + "]" * beyond).problems
        assert (problem.code, problem.column) == ("too-large", MAX_DEPTH)
        for opening in ("[", '{"\xe4": '):
            (problem,) = reader.read(opening * 200_000).problems
            assert problem.code == "too-large"
            assert problem.column == MAX_DEPTH * len(opening)
    (problem,) = yaml_text.read("- " * 100_000 + "a").problems
    assert problem.code == "too-large"
    (problem,) = yaml_text.read("a:\r\n  \u00e4: " + "[\r\n   " * 5_000).problems
    assert (problem.code, problem.line) == ("too-large", MAX_DEPTH - 1)
    # What is wrong before it is said first.
    (problem,) = yaml_text.read("a: [b, c: d: " + "[" * 5_000).problems
    assert (problem.code, problem.line) == ("syntax", 0)
    half = MAX_DEPTH // 2 + 2
    deep = "a: &a " + "[" * half + "]" * half + "\nb: " + "[" * half + "*a" + "]" * half
    (problem,) = yaml_text.read(deep).problems
    assert problem.code == "too-large"


def test_aliases_cannot_be_multiplied_without_end() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    for level in range(1, 30):
        many = ", ".join([f"*a{level - 1}"] * 10)
        lines.append(f"a{level}: &a{level} [{many}]")
    begin = time.process_time()
    (problem,) = yaml_text.read("\n".join(lines)).problems
    assert (problem.code, problem.line) == ("too-large", 3)
    assert time.process_time() - begin < 1


def test_what_many_places_share_may_be_an_anchor() -> None:
    answers = ", ".join(f"e{code}: {{a: [{code}]}}" for code in range(100))
    operations = [f"{{id: o{number}, of: [], answers: *all}}" for number in range(200)]
    shared = f"all: &all {{{answers}}}\nof: [{', '.join(operations)}]"
    assert not yaml_text.read(shared).problems


def test_each_anchor_may_not_double_the_one_before_it() -> None:
    lines = ["a0: &a0 {x: 1}"]
    lines += [f"a{n}: &a{n} {{p: *a{n - 1}, q: *a{n - 1}}}" for n in range(1, 20)]
    (problem,) = yaml_text.read("\n".join(lines)).problems
    assert problem.code == "too-large"
    assert "of 36 that are written" in problem.message


def test_json_may_have_tabs_and_keeps_integers_exact() -> None:
    parsed = json_text.read('{\n\t"a": 123456789012345678901234567890}')
    assert parsed.data == {"a": 123456789012345678901234567890}
    assert json_text.read("1e400").data == 10**400
    assert json_text.read("12345678901234567890123.0").data == 12345678901234567890123
    for text in ("1e300", "1.0", "90071992547409931.25", "1e16"):
        assert type(json_text.read(text).data) is float
    assert json_text.read('"\\ud83d\\ude00"').data == "\U0001f600"


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ('{"a": [1,\n NaN]}', 1, 1),
        ('{"NaN": -Infinity}', 0, 8),
        ('["1e9", 1.5e99999]', 0, 8),
        ("[1, " + "1" * 5000 + "]", 0, 4),
        ('["a", "\\ud800x"]', 0, 6),
        ("[1,]", 0, 2),
        ("", 0, 0),
        ("01", 0, 1),
        ("[1] 2", 0, 4),
    ],
)
def test_what_json_has_not_is_refused_with_its_place(
    text: str, line: int, column: int
) -> None:
    parsed = json_text.read(text)
    (problem,) = parsed.problems
    assert (problem.code, problem.line, problem.column) == ("syntax", line, column)
    assert not parsed.readable


def test_the_first_of_equal_keys_holds() -> None:
    for reader in (yaml_text, json_text):
        parsed = reader.read('{"a": 1, "b": {"c": 2, "c": 3}, "a": {}}')
        assert parsed.data == {"a": 1, "b": {"c": 2}}
        places = sorted((p.code, p.column) for p in parsed.problems)
        assert places == [("duplicate-key", 23), ("duplicate-key", 32)]


def test_positions_of_json_are_those_of_yaml() -> None:
    value = {"a": [1, {"b": "x\n, ]", "": None}, []], "c/d": {"~": True}}
    for indent in (None, 2):
        text = json.dumps(value, indent=indent)
        ours = json_text.positions(text)
        theirs = yaml_text.read(text).node
        # In the same order, too.
        assert json.dumps(ours) == json.dumps(theirs)
