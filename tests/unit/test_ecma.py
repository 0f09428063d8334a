"""ECMA-262 patterns in Python: tables, the JSON Schema Test Suite, node as a peer."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import unicodedata
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from codegen.ecma import ECMASyntaxError, ECMAUnsupportedError, translate
from codegen.ecma.slow import slow
from codegen.ecma.unicode_sets import property_set
from tests.corpus_paths import JSON_SCHEMA_SUITE, require
from tests.sweeps import many

SUITE = JSON_SCHEMA_SUITE / "tests" / "draft2020-12"
NODE = shutil.which("node")


def found(pattern: str, text: str) -> bool:
    return re.compile(translate(pattern)).search(text) is not None


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"^[a-z]+$", r"^[a-z]+\Z"),
        (r"\d", "[0-9]"),
        (r"\w", "[0-9A-Z_a-z]"),
        (r"[\s\S]", "(?s:.)"),
        (r"[]", "(?!)"),
        (r"[^]", "(?s:.)"),
        (r"\b", r"(?a:\b)"),
        (r"(a)|b", r"(?:a)|b"),
        (r"(?<q>['\"]).*?\k<q>", r"(['\"])".replace("\\", "").replace("'\"", "\"'")
         + r"[^\n\r\u2028\u2029]*?(?(1)\1)"),
        (r"(?<=a|bc)d", r"(?:(?<=a)|(?<=bc))d"),
        (r"(?<!a+b)c", r"(?<!ab)c"),
        (r"[a&&b~~\-\[]", r"[\&\-\[ab\~]"),
        (r"\cA\0\x41\u0042\u{43}", r"\x01\x00ABC"),
        (r"\ud83d\udc32", r"\U0001f432"),
        (r"\1(a\1)", "(?:a)"),
        (r"(?:ab|c)+?", "(?:ab|c)+?"),
    ],
)  # fmt: skip
def test_translation(pattern: str, expected: str) -> None:
    assert translate(pattern) == expected


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("^a$", "a\n", False),
        (r"^\d$", "٠", False),
        (r"^\w$", "é", False),
        (r"^\s$", "\ufeff", True),
        (r"^\s$", "\x1c", False),
        (r"^.$", "\u2028", False),
        (r"^.$", "\x85", True),
        (r"\Bb", "éb", False),
        (r"^\B$", "", True),
        (r"^(?:(a)|b)\1$", "b", True),
        (r"^\p{Lu}\P{Lu}$", "Éé", True),
        (r"^\p{Script=Greek}+$", "λόγος", True),
        (r"^\p{scx=Deva}$", "\u0964", True),
        (r"^\p{Emoji}$", "🐲", True),
        (r"^\p{L}\-$", "é-", True),
        (r"(?<!^)(?!$)", "🐲", False),
        (r"(?!(?:\W*a*?)??$)", "🐲", False),
    ],
)
def test_meaning(pattern: str, text: str, expected: bool) -> None:
    assert found(pattern, text) is expected


@pytest.mark.parametrize(
    ("pattern", "accepts", "rejects"),
    [
        ("(?i)^[a-f]+$", "aF", "g"),
        (r"(?i)^\x6b$", "K\u212a", "j"),  # The sign of kelvin folds to k.
        (r"(?i)^[\x61-\x66]$", "aF", "g"),
        ("(?i)^[^a]$", "bB", "aA"),
        (r"(?i)^\W$", "-", "sS\u017f"),
        ("(?i)^straße$", "", "x"),
        ("(?i:a)b", "", "x"),
        ("^a(?i)$", "a", "A"),
        ("^(?:(?i)a|b)$", "aABb", "c"),
        ("^(?:(?i)a)$|^b$", "aAb", "B"),
        ("(?i)^(?-i:a)$", "a", "A"),
        ("(?s)^.$", "a\n", ""),
    ],
)
def test_flags_inside_of_a_pattern(pattern: str, accepts: str, rejects: str) -> None:
    compiled = re.compile(translate(pattern))
    assert [c for c in accepts if not compiled.search(c)] == []
    assert [c for c in rejects if compiled.search(c)] == []


def test_lines_and_references_under_flags() -> None:
    assert re.search(translate("(?m)^b$"), "a\nb\rc")
    assert re.search(translate("(?i)^straße$"), "STRA\u1e9eE")
    with pytest.raises(ECMAUnsupportedError):
        translate(r"(?i)(a)\1")


@pytest.mark.parametrize(
    ("pattern", "offset"),
    [
        ("(", 0), ("a)", 1), ("[a", 0), ("(?x)a", 0), ("(?P<n>a)", 0), ("(?>a)", 0),
        ("a++", 2), ("a{2}{3}", 4), ("*", 0), ("^*", 0), ("{1}", 0), ("[b-a]", 1),
        ("a{2,1}", 1), ("(?<n>a)(?<n>b)", 7), (r"(?<n>a)\k<m>", 7), ("\\", 0),
        ("(?<=a)*", 0), (r"(?<1>a)", 0),
    ],
)  # fmt: skip
def test_syntax_error(pattern: str, offset: int) -> None:
    with pytest.raises(ECMASyntaxError) as caught:
        translate(pattern)
    assert caught.value.offset == offset
    assert not isinstance(caught.value, ECMAUnsupportedError)


@pytest.mark.parametrize(
    "pattern", [r"(?:(a)|b)*\1", r"(?<=^a*)b", "(" * 200 + ")" * 200, r"(?<=(a))\1"]
)
def test_unsupported_is_said(pattern: str) -> None:
    with pytest.raises(ECMAUnsupportedError):
        translate(pattern)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("a{", "a{"), ("a{,2}", "a{,2}"), ("x]}", "x]}"), (r"\-\_", "-_"),
        (r"\a", "a"), (r"[\w-.]", "-"), (r"\c", "\\c"), (r"\101", "A"),
        (r"[\c1]", "\x11"), (r"\8", "8"), (r"\u12", "u12"), ("(?=a)*b", "b"),
    ],
)  # fmt: skip
def test_patterns_written_without_u(pattern: str, text: str) -> None:
    assert re.compile(translate(pattern)).search(text)


@pytest.mark.parametrize(
    ("pattern", "offset"),
    [
        ("(a+)+$", 0), (r"^(\w+\s?)+$", 1), ("(a|a)*b", 0), (r"^(([a-z])+.)+X", 1),
        ("(x+x+)+y", 0), ("^(aa|a)*$", 1), ("^(foo-[a-z]+,)+$", None), ("(a+)+", None),
        ("^([a-z]+)(-[a-z]+)*$", None), ("^(a|b)*$", None),
        ("^a*a*a*b", 1), ("^a*a*b", None), ("a*a*b", 0), ("a*b", None),
        ("^(?:a+){3}b$", 1), ("^(a.)*(.a)*(a.)*b$", 1), (r"^\s*(.*?)\s*$", None),
        ("(^a*|^b)a*b", None), (r"^[^@]+@[^@]+\.[^@]+$", None),
        (r"^((a)\2?)*b$", 1), (r"^(a+)(\1|a)*b$", 5), ("^(a)" + r"\1?" * 30 + "b", 22),
        (r"^(.+)\1+$", None), (r"^(?:([a-z])(?!.*\1))+$", None),
        (r"^(?!.*(.).*\1)[a-z]+$", None), (r"(?!.*(.).*\1)[a-z]+$", 3),
        ("^(((a{1,9}){1,9}){1,9}){1,9}b", 1), (r"^((\d{4}){5}){45}$", None),
        ("a.*b.*c$", 1), ("a.*b$", None), ("^.*a.*b.*c$", 1), ("^a.*b.*c$", None),
        ("^a*a*b|c", None), ("^a*a*a*b|c", 1), ("^c|a*a*b", 3),
        ("^(?:ab?)*-?(?:ba)*-(?:ab)*!", None), ("^(?:ab)*a(?:ba)*b?(?:ab)*!", 1),
    ],
)  # fmt: skip
def test_slow(pattern: str, offset: int | None) -> None:
    assert slow(pattern) == offset


@pytest.mark.parametrize("category", ["Lu", "Nd", "Zs", "Sm"])
def test_categories_hold_what_this_python_knows(category: str) -> None:
    known = property_set("gc", category)
    codes = [code for low, high in known.ranges for code in range(low, high + 1)]
    mine = {c for c in range(0x110000) if unicodedata.category(chr(c)) == category}
    unassigned = {c for c in codes if unicodedata.category(chr(c)) == "Cn"}
    # A character may move between categories; one or two have, over the versions.
    assert len(mine ^ (set(codes) - unassigned)) <= 2


def accepts(schema: dict[str, Any], data: object) -> bool:
    """Judges `pattern` and `patternProperties` by the translation, the rest by peer."""
    if isinstance(data, str):
        return "pattern" not in schema or found(schema["pattern"], data)
    inner = schema.get("patternProperties", {})
    if not isinstance(data, dict):
        return True
    for name, value in data.items():
        matching = [sub for pattern, sub in inner.items() if found(pattern, name)]
        if not matching and schema.get("additionalProperties") is False:
            return False
        if not all(jsonschema_rs.is_valid(sub, value) for sub in matching):
            return False
    return True


@pytest.mark.parametrize(
    "file",
    ["pattern", "optional/ecmascript-regex", "optional/non-bmp-regex"],
)
def test_suite(file: str) -> None:
    ran = 0
    for case in json.loads(require(SUITE / f"{file}.json").read_text()):
        schema = case["schema"]
        for test in case["tests"]:
            data = test["data"]
            ran += 1
            assert accepts(schema, data) is test["valid"], test
    assert ran >= 6


# --- against other engines ---------------------------------------------------------

ATOMS = (
    "a", "b", "-", "é", "😀", ".", "^", "$", r"\b", r"\B", r"\d", r"\D", r"\w", r"\W",
    r"\s", r"\S", "[ab]", "[^a]", r"[\d-]", "[]", "[^]", "[a-c_]", r"[\s\S]", r"\n",
    r"\u{1F600}", r"\cJ", r"\p{Lu}", r"\P{L}", r"\/", r"\x61", r"[^\W]", r"\u2028",
)  # fmt: skip
TEXTS = ["", "a", "b", "ab", "aab", "ba\n", "\n", "é", "A1", "a b", "😀", "٠", "-",
         "\u2028a", "\ufeff", "aaaa", "bab", "\x1c", "a-b", "İ"]  # fmt: skip


@st.composite
def patterns(draw: st.DrawFn) -> str:
    groups = 0

    def disjunction(depth: int) -> str:
        return "|".join(
            sequence(depth) for _ in range(draw(st.sampled_from([1, 1, 2])))
        )

    def sequence(depth: int) -> str:
        return "".join(term(depth) for _ in range(draw(st.integers(0, 3))))

    def term(depth: int) -> str:
        nonlocal groups
        kind = draw(st.integers(0, 9 if depth else 5))
        if kind <= 5:
            text = draw(st.sampled_from(ATOMS))
            repeatable = text not in ("^", "$", r"\b", r"\B")
        elif kind == 6 and groups:
            text, repeatable = rf"(?:\{draw(st.integers(1, groups))})", True
        elif kind == 7:
            text = draw(st.sampled_from(["(?=", "(?!", "(?<=", "(?<!"]))
            text, repeatable = f"{text}{disjunction(depth - 1)})", False
        elif kind == 8:
            groups += 1
            text, repeatable = f"({disjunction(depth - 1)})", True
        else:
            text, repeatable = f"(?:{disjunction(depth - 1)})", True
        counts = ["", "", "", "?", "*", "+", "{2}", "{1,2}", "*?", "+?", "??", "{0}"]
        return text + draw(st.sampled_from(counts)) if repeatable else text

    return disjunction(2)


# A search of V8's own also tries the place between the halves of a surrogate pair,
# where by ECMA-262 no match with `u` begins (22.2.7.2, AdvanceStringIndex).
SCRIPT = """
const cases = JSON.parse(require('fs').readFileSync(0));
const search = (regex, text) => {
  const places = [0];
  for (const char of regex.unicode ? text : text.split(''))
    places.push(places.at(-1) + char.length);
  return places.some(place => { regex.lastIndex = place; return regex.test(text); });
};
console.log(JSON.stringify(cases.map(([pattern, flag, texts]) => {
  let regex;
  try { regex = new RegExp(pattern, flag + 'y'); } catch (error) { return null; }
  return texts.map(text => search(regex, text));
})));
"""


def node(cases: list[tuple[str, str, list[str]]]) -> list[list[bool] | None]:
    assert NODE is not None
    result = subprocess.run(
        [NODE, "-e", SCRIPT],
        input=json.dumps(cases),
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[list[bool] | None] = json.loads(result.stdout)
    return found


def compare(cases: list[tuple[str, str, list[str]]]) -> None:
    for (pattern, _, texts), expected in zip(cases, node(cases), strict=True):
        try:
            mine = re.compile(translate(pattern))
        except ECMAUnsupportedError:
            continue
        except ECMASyntaxError:
            assert expected is None, pattern
            continue
        assert expected is not None, pattern
        found = [mine.search(text) is not None for text in texts]
        assert found == expected, (pattern, mine.pattern, texts)


RANGES = """
const found = name => {
  const regex = new RegExp(`^\\\\p{${name}}$`, "u");
  const ranges = [];
  for (let code = 0, start = -1; code <= 0x110000; code++) {
    const inside = code <= 0x10ffff && regex.test(String.fromCodePoint(code));
    if (inside && start < 0) start = code;
    if (!inside && start >= 0) { ranges.push([start, code - 1]); start = -1; }
  }
  return ranges;
};
const names = JSON.parse(require('fs').readFileSync(0));
const known = process.versions.unicode.startsWith("17.");
console.log(JSON.stringify(known ? names.map(found) : null));
"""


@pytest.mark.skipif(NODE is None, reason="node is absent")
def test_properties_are_those_of_node() -> None:
    names = ["Lu", "P", "Script=Greek", "scx=Hira", "Alphabetic", "Emoji", "ID_Start"]
    assert NODE is not None
    result = subprocess.run(
        [NODE, "-e", RANGES],
        input=json.dumps(names),
        capture_output=True,
        text=True,
        check=True,
    )
    expected = json.loads(result.stdout)
    if expected is None:
        pytest.skip("node has another version of Unicode than unicode.txt")
    for name, ranges in zip(names, expected, strict=True):
        mine = property_set(*name.split("="))
        assert [list(pair) for pair in mine.ranges] == ranges, name


@pytest.mark.skipif(NODE is None, reason="node is absent")
@settings(max_examples=many(8, 25), deadline=None)
@given(st.lists(patterns(), min_size=1, max_size=40))
@example([r"a{0}(?!(?:[^a]{0})(?:\W*\x61*?)??$)", "(?<!^)(?!$)", r"(?!\W?$)"])
def test_matches_like_node(drawn: list[str]) -> None:
    compare([(pattern, "u", TEXTS) for pattern in drawn])


@pytest.mark.skipif(NODE is None, reason="node is absent")
@settings(max_examples=many(8, 25), deadline=None)
@given(st.lists(st.text(r"a1{},()[]^$\b-?+*|.k<=!:cdx0_", max_size=9), max_size=60))
def test_refuses_like_node(drawn: list[str]) -> None:
    cases = [(pattern, flag, ["a"]) for pattern in drawn for flag in ("u", "")]
    results = iter(node(cases))
    for pattern, by_u, by_annex_b in zip(drawn, results, results, strict=True):
        try:
            found = re.compile(translate(pattern)).search("a") is not None
        except ECMAUnsupportedError:
            continue
        except ECMASyntaxError:
            assert (by_u, by_annex_b) == (None, None), pattern
            continue
        expected = by_u if by_u is not None else by_annex_b
        assert expected == [found], pattern


@settings(max_examples=many(30, 60), deadline=None)
@given(patterns())
def test_matches_like_a_validator(pattern: str) -> None:
    try:
        validator = jsonschema_rs.Draft202012Validator({"pattern": pattern})
        mine = re.compile(translate(pattern))
    except (ValueError, jsonschema_rs.ValidationError):
        return
    if "\\b" in pattern or "\\B" in pattern or "(?" in pattern or "\\1" in pattern:
        return  # Its engine takes these by Unicode or by rules of its own.
    # Its `.` stops at a line feed only.
    texts = [text for text in TEXTS if "." not in pattern or "\u2028" not in text]
    for text in texts:
        assert (mine.search(text) is not None) == validator.is_valid(text), text
