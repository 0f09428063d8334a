"""The formats of a generated package: the suite, a parser, and hostile texts."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codegen.ecma.parser import Parser
from codegen.ecma.syntax import ECMASyntaxError
from codegen.runtime._formats import FORMATS, NOT_ASSERTED, is_regex
from tests.corpus_paths import JSON_SCHEMA_SUITE, require
from tests.sweeps import many

SUITE = JSON_SCHEMA_SUITE / "tests" / "draft2020-12" / "optional" / "format"

STANDARD = {
    "date-time", "date", "time", "duration", "email", "idn-email", "hostname",
    "idn-hostname", "ipv4", "ipv6", "uri", "uri-reference", "iri", "iri-reference",
    "uuid", "uri-template", "json-pointer", "relative-json-pointer", "regex",
}  # fmt: skip


def test_every_standard_format_is_here() -> None:
    assert set(FORMATS) == STANDARD
    assert STANDARD.isdisjoint(NOT_ASSERTED)


@pytest.mark.parametrize("name", sorted(STANDARD))
def test_suite(name: str) -> None:
    ran = 0
    for case in json.loads(require(SUITE / f"{name}.json").read_text("utf-8")):
        for test in case["tests"]:
            if isinstance(test["data"], str):
                ran += 1
                assert FORMATS[name](test["data"]) is test["valid"], test
    assert ran


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("date", "0000-02-29", True),
        ("date", "0001-02-29", False),
        ("time", "23:59:60.999Z", True),
        ("email", "a" * 65 + "@example.com", False),
        ("email", 'a"b@example.com', False),
        ("email", "a@[127.0.0.1", False),
        ("hostname", "xn--mnchen-3ya.de", True),
        ("hostname", "münchen.de", False),
        ("idn-hostname", "MÜNCHEN.de", False),
        ("idn-hostname", "\ud800.de", False),
        ("uri", "http://a:b@[::1]:80/x?y/?#/?", True),
        ("uri", "a:", True),
        ("uri", "a://b@c@d", False),
        ("iri", "http://a/\ud800", False),
        ("uuid", "0" * 8 + "-0000" * 3 + "-" + "0" * 12, True),
        ("regex", "a{2,1}", False),
        ("regex", r"[\d-x]", False),
        ("regex", r"\2(a)", False),
        ("regex", r"(?<a>.)(?<a>.)", False),
        ("regex", "(?=a)*", False),
    ],
)
def test_beyond_the_suite(name: str, text: str, expected: bool) -> None:
    assert FORMATS[name](text) is expected


@settings(max_examples=many(100, 2_000), deadline=None)
@given(st.text("a1{},()[]^$\\b-?+*|.k<=!:cdx0_pL}", max_size=10))
def test_regex_agrees_with_the_parser(text: str) -> None:
    try:
        Parser(text, unicode=True).parse()
        expected = True
    except ECMASyntaxError as error:
        if "property" in error.message:
            return
        expected = False
    assert is_regex(text) is expected


@settings(max_examples=many(50, 1_000), deadline=None)
@given(st.sampled_from(sorted(FORMATS)), st.text(max_size=20))
def test_any_text_gets_a_verdict(name: str, text: str) -> None:
    assert isinstance(FORMATS[name](text), bool)
    assert isinstance(FORMATS[name](text + "\ud800"), bool)


@pytest.mark.parametrize("name", sorted(FORMATS))
@pytest.mark.parametrize(
    "piece",
    ["a", "1", ".", "a.", "a@", "%41", "{a}", "/", "/~0", "(", "[a", "\\", ":", "1:",
     "P1D", "xn--a.", "é", "\u05d0", "http://", "{a,", "a-", '"', "a{1}", "[a-b]"],
)  # fmt: skip
def test_long_texts_take_bounded_time(name: str, piece: str) -> None:
    text = piece * (10_000 // len(piece))
    start = time.process_time()
    for ending in ("", "\n", "!", "@[", "]"):
        FORMATS[name](text + ending)
    assert time.process_time() - start < 0.5
