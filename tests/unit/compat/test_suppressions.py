"""Accepted findings: read, applied, expired, stale."""

from __future__ import annotations

import datetime
import time
from pathlib import Path

from codegen.compat import Verdict, compare
from codegen.compat.findings import Comparison
from codegen.compat.suppressions import CATALOGUE, apply
from codegen.diagnostics import Report, Span
from codegen.suppressions import Accepted, Entry, load, parse
from tests.property.schemas import module

TODAY = datetime.date(2026, 3, 1)
GOOD = b"""\
- rule: max-length-decreased
  schema: "#"
  expires: 2026-12-31
  reason: nobody sends more
"""


def narrowed() -> Comparison:
    old, new = {"type": "string"}, {"type": "string", "maxLength": 3}
    return compare(module(old), module(new))


def entries(text: bytes) -> tuple[tuple[Entry, ...], list[str]]:
    report = Report()
    found = parse(text, "ignore.yaml", CATALOGUE, report)
    return found, [str(item) for item in report]


def applied(text: bytes, today: datetime.date) -> tuple[Comparison, list[str]]:
    found, problems = entries(text)
    assert not problems
    report = Report()
    accepted = Accepted(found, today)
    comparison = apply(narrowed(), accepted, {})
    accepted.warn(report, whole=True)
    return comparison, [str(item) for item in report]


def test_an_accepted_finding_no_longer_counts() -> None:
    comparison, said = applied(GOOD, TODAY)
    assert narrowed().verdict is Verdict.BREAKING
    assert comparison.verdict is Verdict.COMPATIBLE
    assert "accepted until 2026-12-31: nobody sends more" in {
        finding.hint for finding in comparison.findings
    }
    assert said == []


def test_the_last_day_counts_and_the_next_does_not() -> None:
    assert applied(GOOD, datetime.date(2026, 12, 31))[0].verdict is Verdict.COMPATIBLE
    comparison, said = applied(GOOD, datetime.date(2027, 1, 1))
    assert comparison.verdict is Verdict.BREAKING
    assert said == [
        "ignore.yaml:1:3: warning[expired-ignore]: the entry expired on 2026-12-31"
    ]


def test_an_entry_that_matches_nothing_is_stale() -> None:
    comparison, said = applied(GOOD.replace(b'"#"', b"Other"), TODAY)
    assert comparison.verdict is Verdict.BREAKING
    assert len(said) == 1
    assert "stale-ignore" in said[0]


def test_direction_and_pointer_narrow_an_entry() -> None:
    other = GOOD + b"  direction: server_to_client\n"
    assert applied(other, TODAY)[0].verdict is Verdict.BREAKING
    elsewhere = GOOD + b"  pointer: /properties/a\n"
    assert applied(elsewhere, TODAY)[0].verdict is Verdict.BREAKING
    here = GOOD + b'  pointer: ""\n'
    assert applied(here, TODAY)[0].verdict is Verdict.COMPATIBLE


def test_every_problem_is_told_at_its_place() -> None:
    found, problems = entries(
        b"- rule: no-such-rule\n  expires: soon\n  reason: x\n"
        b"- text\n- rule: max-length-decreased\n  why: 1\n"
    )
    assert found == ()
    assert problems == [
        "ignore.yaml:1:9: error[invalid-ignore]: there is no rule 'no-such-rule'",
        (
            "ignore.yaml:2:12: error[invalid-ignore]: 'soon' is no day written as"
            " YYYY-MM-DD"
        ),
        "ignore.yaml:4:3: error[invalid-ignore]: an entry is a mapping",
        "ignore.yaml:5:3: error[invalid-ignore]: the entry has no 'expires'",
        "ignore.yaml:5:3: error[invalid-ignore]: the entry has no 'reason'",
        (
            "ignore.yaml:6:8: error[invalid-ignore]: 'why' is no key of an entry; there"
            " are rule, expires, schema, pointer, direction, reason"
        ),
    ]


def test_a_file_that_is_no_list_or_not_there(tmp_path: Path) -> None:
    assert "a list of entries" in entries(b"rule: x\n")[1][0]
    report = Report()
    assert load(tmp_path / "none.yaml", CATALOGUE, report) == ()
    assert report.failed


def test_thousands_of_entries_meet_thousands_of_problems_at_once() -> None:
    day = datetime.date(2027, 1, 1)
    entries = tuple(
        Entry("enum-value-removed", day, "so", Span("i"), {"schema": f"S{n}"})
        for n in range(20_000)
    )
    accepted = Accepted(entries, day)
    started = time.process_time()
    for number, entry in enumerate(entries):
        where = {"schema": (f"S{number}",), "pointer": ("/a", "/b"), "direction": ()}
        assert accepted.entry("enum-value-removed", where) is entry
    assert time.process_time() - started < 5
