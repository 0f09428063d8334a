"""Diagnostics as people see them."""

from __future__ import annotations

import pytest

from codegen import display
from codegen.diagnostics import Report, Severity, Span


def shown(
    source: str, column: int, message: str = "wrong", file: str = "a.yaml"
) -> list[str]:
    report = Report()
    report.add("code", message, Span(file, 7, column), source=source)
    (diagnostic,) = report
    return ["".join(part.text for part in row) for row in display.lines(diagnostic)]


def test_the_line_and_a_caret_under_the_column() -> None:
    assert shown("  key: value", 8) == [
        "a.yaml:7:8: error[code]: wrong",
        "  7 |   key: value",
        "    |        ^",
    ]


def test_without_a_source_line_there_is_one_line() -> None:
    assert shown("", 0) == ["a.yaml:7:0: error[code]: wrong"]
    assert shown("   ", 1) == ["a.yaml:7:1: error[code]: wrong"]
    assert len(shown("key", 0)) == 2


def test_wide_characters_move_the_caret() -> None:
    assert shown("日本: x", 5)[2] == "    |       ^"


@pytest.mark.parametrize("column", [1, 90, 5000, 9999, 10_001])
def test_long_lines_are_cut_around_the_column(column: int) -> None:
    source = "".join(chr(ord("a") + index % 26) for index in range(10_000))
    _, line, caret = shown(source, column)
    assert len(line) <= 125
    marked = caret.index("^")
    expected = source[column - 1 : column] or ""
    assert line[marked : marked + 1] == expected


def test_of_a_line_of_megabytes_a_problem_keeps_what_is_shown() -> None:
    report = Report()
    line = "x" * 1_000_000 + "here: https://user:secret@host/" + "y" * 1_000_000
    for column in (1, 1_000_001, 2_000_031):
        report.add("code", "wrong", Span("a.json", 1, column), source=line)
    assert all(len(item.source) < 10_000 for item in report)
    rows = [
        "".join(p.text for p in row) for item in report for row in display.lines(item)
    ]
    assert rows[4][rows[5].index("^") :].startswith("here: https://user:***@host/yy")
    again = Report.of_rows([item.row() for item in report])
    assert list(again) == list(report)


def test_many_warnings_in_the_same_words_are_counted() -> None:
    report = Report()
    for line in range(1, 41):
        span = Span("a.yaml", line, 3)
        report.add("x", f'`k{line}` is "{line}"', span, severity=Severity.WARNING)
        report.add("y", "wrong", span)
        report.add("stale-ignore", "unused", span, severity=Severity.WARNING)
    for line in range(1, 11):
        report.add("z", "odd", Span("b.yaml", line, 3), severity=Severity.WARNING)
    rows = ["".join(part.text for part in row) for row in display.brief(report)]
    odd = [f'a.yaml:{line}:3: warning[x]: `k{line}` is "{line}"' for line in (1, 5)]
    more = "and 34 more places before it, which `codegen lint` shows"
    last = f'a.yaml:40:3: warning[x]: `k40` is "40" ({more})'
    assert [row for row in rows if "[x]" in row][::4] == odd
    assert [row for row in rows if "[x]" in row][5:] == [last]
    assert sum("error[y]" in row for row in rows) == 40
    assert sum("warning[z]" in row for row in rows) == 10
    assert sum("warning[stale-ignore]" in row for row in rows) == 40


def test_nothing_steers_the_terminal() -> None:
    rows = shown("a\x1b[31m: \u202e\tb", 9, "bad \x1b[0m\nline", "\x1b]0;x\x07.yaml")
    assert len(rows) == 3
    assert all(char.isprintable() for row in rows for char in row)
    assert "bad \\x1b[0m line" in rows[0]


def test_the_caret_is_behind_escapes() -> None:
    _, line, caret = shown("\x1b: x", 4)
    assert line[caret.index("^")] == "x"
