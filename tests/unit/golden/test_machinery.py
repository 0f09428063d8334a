"""The machinery of golden tests, piece by piece; whole it is run on packages."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, ClassVar

import openai_realtime_ga
import pytest

from codegen.golden.machinery.failures import Failures
from codegen.golden.machinery.files import Files, changes, shown
from codegen.golden.machinery.layout import layout
from codegen.golden.machinery.objects import containers, gathered, instances
from codegen.golden.machinery.operations import check_operation
from codegen.golden.machinery.plugin import Golden, Recorded
from codegen.golden.machinery.schemas import check_schema
from codegen.golden.machinery.sdk import Sdk
from codegen.golden.machinery.sessions import check_rule, played
from codegen.golden.machinery.shortened import opened, shortened
from codegen.golden.machinery.stack import answers, is_alone
from codegen.golden.machinery.values import (
    Looks,
    edited,
    holds,
    levels,
    places,
    same,
    text,
)
from codegen.golden.machinery.violations import agree, pairs
from tests.corpus_paths import ROOT

UNSET = object()


@dataclass
class Leaf:
    size: Any = field(default=UNSET, metadata={"name": "a/size"})
    more: Any = field(default=None, metadata={"name": "more"})
    _extra: ClassVar = {"x": 1}


@pytest.mark.parametrize(
    ("pointer", "remove", "result"),
    [
        ("", False, 9),
        ("/a", False, {"a": 9, "b/~": {"c": 0}}),
        ("/a/1", False, {"a": [1, 9], "b/~": {"c": 0}}),
        ("/a/2", False, {"a": [1, 2, 9], "b/~": {"c": 0}}),
        ("/a/0", True, {"a": [2], "b/~": {"c": 0}}),
        ("/b~1~0/c", True, {"a": [1, 2], "b/~": {}}),
        ("/new", True, {"a": [1, 2], "b/~": {"c": 0}}),
        ("/new", False, {"a": [1, 2], "b/~": {"c": 0}, "new": 9}),
    ],
)
def test_a_copy_is_edited(pointer: str, remove: bool, result: Any) -> None:
    document = {"a": [1, 2], "b/~": {"c": 0}}
    before = text(document)
    assert edited(document, pointer, 9, remove=remove) == result
    assert text(document) == before
    if "new" not in pointer and pointer != "/a/2":
        assert pointer in {"", *places(document)}


def test_places_are_all_pointers() -> None:
    found = list(places({"a": [{"b/": 1}, []], "~": None}))
    assert found == ["/a", "/a/0", "/a/0/b~1", "/a/1", "/~0"]


@pytest.mark.parametrize(
    ("value", "count"),
    [(1, 0), ([], 1), ({}, 1), ({"a": [1, {"b": []}], "c": {}}, 4)],
)
def test_levels_are_counted(value: Any, count: int) -> None:
    assert levels(value) == count


def test_answers_come_with_few_calls_left() -> None:
    def calls(number: int) -> int:
        return calls(number - 1) + 1 if number else 0

    everywhere = list(answers(lambda: calls(0)))
    assert len(everywhere) > 5
    assert 0 < len(list(answers(lambda: calls(20)))) < len(everywhere)
    assert list(answers(lambda: calls(500))) == []


def test_without_threads_nothing_is_asked_at_the_end_of_the_stack(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refused(*_: Any) -> int:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr("codegen.golden.machinery.stack.start_new_thread", refused)
    monkeypatch.setattr("openai_realtime_ga._runtime._depth.start_new_thread", refused)
    folder = ROOT / "generated/tests/openai_realtime_ga/golden"
    file, sdk = "RealtimeServerEventSessionUpdated.json", Sdk(openai_realtime_ga)
    record, recorded = Files(folder).schemas[file], Golden(False).of(file)
    try:
        is_alone.cache_clear()
        check_schema(sdk, record, recorded, deep=True)
        monkeypatch.undo()
        is_alone.cache_clear()
        assert not is_alone()
    finally:
        is_alone.cache_clear()


def test_a_violation_of_one_of_tells_whether_several_match() -> None:
    @dataclass
    class Violation:
        path: str
        keyword: str
        message: str

    found = [
        Violation("/b", "oneOf", "value: 1 matches more than one of the alternatives"),
        Violation("/a", "oneOf", "value: 1 matches none of the alternatives"),
        Violation("/c", "type", "value: 'x' is not an integer"),
    ]
    assert pairs(found) == [("/a", "oneOf"), ("/b", "oneOf: several"), ("/c", "type")]


@pytest.mark.parametrize(
    ("place", "other", "held"),
    [
        ("", "", True),
        ("", "/a", True),
        ("/a", "/a/0", True),
        ("/a", "/a", True),
        ("/a", "/ab", False),
        ("/a/0", "/a", False),
        ("/", "/", True),
        ("", "/", True),
        ("/", "/a", False),
    ],
)
def test_a_place_holds_what_is_inside_it(place: str, other: str, held: bool) -> None:
    assert holds(place, other) is held


def test_true_is_not_one() -> None:
    assert text({"b": True, "a": 1}) == text({"a": 1, "b": True})
    assert text(True) != text(1) == text(1.0) != text(1.5)


class _Member(StrEnum):
    A = "a"


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ({"a": 1, "b": [True, 1.5]}, {"b": [True, 1.5], "a": 1.0}, True),
        ([1], [True], False),
        ([0.0], [False], False),
        ([1], ["1"], False),
        (["a", "\ud800"], [_Member.A, "\ud800"], True),
        ({"a": None}, {}, False),
        ({"a": [1, 2]}, {"a": [2, 1]}, False),
    ],
)
def test_values_look_the_same_by_their_text(one: Any, other: Any, alike: bool) -> None:
    looks = Looks(one)
    assert [looks.same(other), looks.same(other)] == [alike] * 2
    assert same(one, other) is same(other, one) is alike
    assert looks.same(json.loads(json.dumps(one)))


@pytest.mark.parametrize(
    ("found", "expected", "same"),
    [
        ([("/a", "type")], [["/a", "type"]], True),
        ([("/a", "type"), ("/b", "type")], [["/b", "type"], ["/a", "type"]], True),
        ([("/a", "type")] * 2, [["/a", "type"]], False),
        ([("/a", "type")], [["/a", "type"]] * 2, True),
        ([("/a", "type")], [["/a", "type"], ["/a", "enum"]], False),
        ([], [], True),
        ([], [[None, "oneOf"]], False),
        ([("/a", "type")], [[None, "oneOf"]], True),
    ],
)
def test_violations_agree_in_number_and_place(
    found: Any, expected: Any, same: bool
) -> None:
    assert agree(found, expected) is same


def test_objects_are_found_outside_in() -> None:
    inner = Leaf(size=1)
    outer = Leaf(size=[inner], more={"k": inner})
    found = list(instances({"top": outer}))
    assert found == [
        ("/top", outer), ("/top/a~1size/0", inner), ("/top/more/k", inner),
    ]  # fmt: skip
    near = [place for place, _ in instances({"top": outer}, near="/top/a~1size")]
    assert near == ["/top", "/top/a~1size/0"]
    assert [place for place, _ in instances([outer, outer], near="/1/more/k/x")] == [
        "/1", "/1/more/k",
    ]  # fmt: skip
    assert list(containers(outer)) == [[inner], {"k": inner}]


def test_what_fields_hold_is_gathered() -> None:
    leaf = {"x": 1, "a/size": 2}
    assert gathered([Leaf(), Leaf(size=2)], UNSET) == [{"x": 1}, leaf]
    assert gathered({"k": Leaf(more=[Leaf(2)])}, UNSET) == {
        "k": {"x": 1, "more": [leaf]}
    }


GOLDEN = sorted(ROOT.glob("generated/tests/*/golden/*.json"))


def files(folder: Path, **records: Any) -> Files:
    for name, record in records.items():
        (folder / f"{name}.json").write_text(layout(record), "utf-8")
    return Files(folder)


def ids(parameters: list[Any]) -> list[str]:
    return [parameter.id for parameter in parameters]


def test_ids_name_schema_place_and_outcome(tmp_path: Path) -> None:
    cases = [
        {"in": "full", "at": "/a", "removed": True, "violations": [["", "required"]]},
        {"in": "full", "at": "/a", "values": [1], "violations": []},
        {"at": "", "values": [1], "violations": [["", "type"], [None, "oneOf"]]},
        {"at": "/b", "values": [1], "violations": [["/b", "type"], ["/c", "type"]]},
    ]
    documents = [{"name": "full", "value": {}}]
    schema = {"schema": "S", "facts": {}, "documents": documents, "cases": cases}
    table = {
        "table": "T",
        "tag": "",
        "events": [{"name": "a"}, {"name": "b", "frame": {}}],
    }
    scripts = [{"rule": rule, "broken": [False]} for rule in ("r", "q", "r")]
    found = files(
        tmp_path,
        one=schema,
        two={**table, "tag": "type"},
        three=table,
        four={"session": "Rules", "documents": [], "scripts": scripts},
    )
    assert ids(found.each()) == ["S"]
    assert [shown(case) for case in found.schemas["one.json"]["cases"]] == [
        "full /a required, removed",
        "full /a valid",
        "full type, oneOf",
        "full /b type",
    ]
    assert ids(found.events()) == ["T: b", "T: b"]
    assert ids(found.rules()) == ["r", "q"]
    assert found.tagged() == ["two.json"]


def test_of_many_schemas_some_are_asked_where_the_stack_ends(tmp_path: Path) -> None:
    names = [f"s{number:03}" for number in range(200)]
    found = files(tmp_path, **{name: {"schema": name} for name in names})
    deep = [parameter.id for parameter in found.each() if parameter.values[1]]
    assert 32 <= len(deep) < 50
    assert len(found.each()) == 200


def test_files_that_are_laid_out_otherwise_are_read_all_the_same(
    tmp_path: Path,
) -> None:
    (tmp_path / "one.json").write_text('{"schema": "S", "documents": []}')
    (tmp_path / "two.json").write_text('{\n\n"schema":\n"T"}')
    assert ids(Files(tmp_path).each()) == ["S", "T"]


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_what_is_left_out_can_be_told_again(path: Path) -> None:
    record = json.loads(path.read_text("utf-8"))
    assert shortened(opened(record)) == record


def test_only_what_goes_without_saying_is_left_out() -> None:
    other = {"value": [], "violations": [["", "false"]]}
    document = {"name": "full", "value": {"a": 1.0}, "repr": "A(a=1.0)", "json": "{}"}
    cases = [
        {"in": "full", "at": "/a", "values": [1], "violations": [["/a", "type"]]},
        {"in": "smallest", "at": "", "values": [1], "violations": [[None, "oneOf"]]},
    ]
    record = {
        "schema": "A",
        "fields": {"A": {"a_": {"name": "a"}, "b": {"name": "b", "x": 1}}, "B": {}},
        "refused": {"A": [other], "B": [], "C": [{**other, "value": {}}, other]},
        "documents": [document, {**document, "json": '{"a":1.0}'}],
        "cases": cases,
    }
    short = shortened(record)
    assert opened(short) == record
    assert short["documents"][0] == document
    assert "json" not in short["documents"][1]
    assert [case["violations"] for case in short["cases"]] == [
        ["type"],
        [[None, "oneOf"]],
    ]
    assert short["fields"] == {"A": {"a_": {"name": "a"}, "b": {"x": 1}}, "B": {}}


def test_all_that_fails_is_told_at_once() -> None:
    failures = Failures()
    with failures.of("full"):
        raise AssertionError("one")
    with failures.of("smallest"):
        pass
    with failures.of("full /a type"):
        pytest.fail("two")
    with failures.of("nesting"):
        _ = {}["three"]
    with pytest.raises(AssertionError) as caught:
        failures.tell()
    count, first, second, third = str(caught.value).splitlines()
    assert (count, first) == ("3 failed:", "[full] one")
    assert second == "[full /a type] two"
    assert third.startswith("[nesting] KeyError: 'three' (")
    Failures().tell()


RECORD = {
    "documents": [{"name": "full", "value": {"a": 1}}, {"name": "none", "value": {}}]
}


def test_an_operation_tells_all_that_is_otherwise() -> None:
    written = [{"operation": "send", "value": {"sent": number}} for number in (1, 2)]
    with pytest.raises(AssertionError) as raised:
        check_operation({}, {"operation": "send"}, written)
    told = str(raised.value)
    assert re.findall(r"^\[.*?\]", told, re.MULTILINE) == [
        "[types]",
        '[parameters {"sent": 1}]',
        '[parameters {"sent": 2}]',
    ]


def test_changes_say_what_they_change() -> None:
    case = {
        "in": "full",
        "at": "/a",
        "removed": True,
        "values": [2],
        "repeated": [["x", 3]],
    }
    assert _changes(case) == [
        ("/a removed in full", {}),
        ("/a = 2 in full", {"a": 2}),
        ('/a = "x" * 3 in full', {"a": "xxx"}),
    ]
    assert _changes({"at": "", "values": [7]}) == [("value = 7", 7)]


def _changes(case: dict[str, Any]) -> list[tuple[str, Any]]:
    return [(str(shown), value) for shown, value in changes(RECORD, case)]


def test_a_script_is_played_for_each_value() -> None:
    steps = [{"in": "none"}, {"in": "full", "at": "/a", "values": [2, 3]}]
    assert list(played(RECORD, steps)) == [[{}, {"a": 2}], [{}, {"a": 3}]]


def test_every_script_of_a_rule_that_fails_is_named() -> None:
    (path,) = (path for path in GOLDEN if path.match("*_ga/*/*.session.*"))
    record = opened(json.loads(path.read_text("utf-8")))
    sdk = Sdk(openai_realtime_ga)
    rules = [script["rule"] for script in record["scripts"]]
    rule = rules[0]
    first, *_, last = [n for n, other in enumerate(rules) if other == rule]
    check_rule(sdk, record, rule)
    for number in (first, last):
        record["scripts"][number]["broken"].append(False)
    with pytest.raises(AssertionError) as raised:
        check_rule(sdk, record, rule)
    said = str(raised.value)
    assert said.startswith("2 failed:")
    assert re.findall(r"^\[script (\d+)\]", said, re.M) == [str(first), str(last)]
    check_rule(sdk, record, next(other for other in rules if other != rule))


@pytest.mark.parametrize("update", [False, True])
def test_only_what_is_asked_for_is_rewritten(tmp_path: Path, update: bool) -> None:
    path = tmp_path / "S.json"
    entry = {"name": "full", "repr": "old", "json": "{}"}
    path.write_text(layout({"schema": "S", "documents": [entry]}), "utf-8")
    golden = Golden(update)
    recorded = Recorded(golden, path)
    assert recorded.same(entry, "json", "{}")
    assert not golden.changed
    assert recorded.same(entry, "repr", "new") is update
    assert {p: r["documents"][0]["repr"] for p, r in golden.changed.items()} == (
        {path: "new"} if update else {}
    )


def test_golden_files_have_an_element_a_line() -> None:
    record = {"schema": "Sé", "none": [], "documents": [{"a": 1}, {"b": "\ud800"}]}
    written = layout(record)
    assert written.splitlines() == [
        "{",
        ' "schema": "Sé",',
        ' "none": [],',
        ' "documents": [',
        '  {"a": 1},',
        '  {"b": "\\ud800"}',
        " ]",
        "}",
    ]
    assert json.loads(written) == record
