"""What a JSONPath selects, and what is refused."""

from __future__ import annotations

import time

import pytest

from codegen.source import selection
from codegen.source.limits import MAX_DEPTH, MAX_PATH
from codegen.source.node import Json
from codegen.source.selection import SelectionError, select

BIG = 2**53 + 1

DATA = {
    "n": [0, 1, 1.5, True, BIG, 10**400, "1"],
    "s": {"a": "abc", "dot": "\r", "none": None, "no": False, "\U0001f600": []},
}


def short(value: object) -> str:
    return str(value)[:30]


@pytest.mark.parametrize(
    ("target", "places"),
    [
        ("$", [()]),
        ("$.n[1,-6,1:2]", [("n", 1)]),
        ("$.n[-1]", [("n", 6)]),
        ("$.n[0:9007199254740991:9007199254740991]", [("n", 0)]),
        ("$.n[::0]", []),
        ("$.n[9007199254740991]", []),
        # A string is no list.
        ("$.s.a[0:2]", []),
        ("$.n[?@ == 1]", [("n", 1)]),
        ("$.n[?@ == 1.0]", [("n", 1)]),
        ("$.n[?@ == true]", [("n", 3)]),
        ("$.n[?@ < 1]", [("n", 0)]),
        ("$.n[?@ >= true]", [("n", 3)]),
        ("$.n[?@ == -0]", [("n", 0)]),
        ("$.n[?@ == 15e-1]", [("n", 2)]),
        (f"$.n[?@ == {BIG}]", [("n", 4)]),
        (f"$.n[?@ == {BIG - 1}]", []),
        ("$.n[?@ == 1e400]", [("n", 5)]),
        ("$.n[?@ > 1e401]", []),
        ("$.n[?@ > " + "9" * (MAX_PATH - 10) + "]", []),
        ("$.n[?@ < -1e400]", []),
        ("$.n[?@ == 1e-400]", [("n", 0)]),
        ("$[?length(@) > 1e400]", []),
        ("$.s['\\ud83d\\ude00']", [("s", "\U0001f600")]),
        ("$.s['\\u0061']", [("s", "a")]),
        # What has a value exists, also when the value is false.
        ("$.s[?@ == null]", [("s", "none")]),
        ("$.s[?@]", [("s", key) for key in DATA["s"]]),
        ("$.s[?@.x == @.y]", [("s", key) for key in DATA["s"]]),
        ("$.s[?@ == $.s['\\ud83d\\ude00']]", [("s", "\U0001f600")]),
        ("$.s[?match(@, '[a-c]+')]", [("s", "a")]),
        ("$.s[?search(@, 'b')]", [("s", "a")]),
        ("$.s[?match(@, '.')]", []),
        ("$.s[?match(@, $.n)]", []),
    ],
    ids=short,
)
def test_selected(target: str, places: list[selection.Parts]) -> None:
    assert sorted(select(target, DATA), key=str) == sorted(places, key=str)


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("$.n[1e5]", "unexpected token"),
        ("$.n[1.0]", "unexpected token"),
        ("$.n[" + "9" * 400 + "]", "unexpected token"),
        ("$.n[9007199254740992]", "index out of range"),
        ("$.n[::-9007199254740992]", "index out of range"),
        ("$.n[1:1e9]", "found 'TOKEN_FLOAT'"),
        ("$.n[-0]", "leading zero"),
        ("$.n[01]", "leading zero"),
        ("$.n[?@ == 01]", "01 is no number"),
        ("$.n[?@ == -01.5]", "-01.5 is no number"),
        ("$.n[?@ == :1.5]", ":1.5 is no number"),
        ("$.n[?@ == 1e99999]", "beyond what can be represented"),
        ("$.s['\\ud83d']", "incomplete escape sequence"),
        ("$.s['\\ude00']", "low surrogate"),
        ("$.s['\\u00zz']", "invalid"),
        ("$.s[?match(@, '(a')]", "no regular expression"),
        ("$.s[?search(@, 'a(?=b)')]", "no regular expression"),
        ("$.s[?nosuch(@)]", "not defined"),
        ("$[", "end of query"),
        ("", "expected 'TOKEN_ROOT'"),
        ("$" + "[?@" * 400 + "]" * 400, "nested too deeply"),
        ("$[?" + "(" * 1000 + "@" + ")" * 1000 + "]", "nested too deeply"),
        ("$" + ".a" * MAX_PATH, "longer than"),
    ],
    ids=short,
)
def test_refused(target: str, reason: str) -> None:
    with pytest.raises(SelectionError, match=reason) as caught:
        select(target, DATA)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("data", [None, 1, "[1]", '{"a": 1}', "x"])
def test_a_document_may_be_a_scalar(data: Json) -> None:
    assert select("$", data) == [()]
    assert select("$..*", data) == []
    assert select("$[?@ == $]", data) == []


def test_the_deepest_document_is_followed_to_its_end() -> None:
    data: Json = "end"
    for _ in range(MAX_DEPTH):
        data = [data]
    assert max(map(len, select("$..*", data))) == MAX_DEPTH
    assert select("$..[?@ == 'end']", data) == [(0,) * MAX_DEPTH]


def binary(levels: int) -> Json:
    inner = binary(levels - 1) if levels else "leaf"
    return {"a": inner, "b": inner}


@pytest.mark.parametrize(
    "target",
    [
        "$..[?count($..*) > 1]",
        "$..[?count(@..*..*..*..*) > 1]",
        "$..[?$ == $]",
        "$..[" + ",".join("*" * 1000) + "]",
        "$..[" + ",".join(["'x'"] * 900) + "]",
        "$..[" + ",".join(["?1 == 2"] * 400) + "]",
    ],
    ids=short,
)
def test_steps_are_bounded(target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selection, "MAX_STEPS", 20_000)
    with pytest.raises(SelectionError, match="more than 20000 steps"):
        select(target, binary(9))


def test_a_place_that_is_reached_on_many_ways_is_followed_once() -> None:
    chain: Json = {}
    for _ in range(60):
        chain = {"a": chain}
    begin = time.process_time()
    assert len(select("$" + "..*" * 12, chain)) == 49
    text = {"text": "a" * 100_000 + "!", "pattern": "((a+)+)+b"}
    assert select("$[?search($.text, '((a+)+)+b')]", text) == []
    assert select("$[?match($.text, $.pattern)]", text) == []
    assert time.process_time() - begin < 2
