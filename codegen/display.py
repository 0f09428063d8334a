"""How a diagnostic looks: its line, the source line, a caret under the column.

What is shown comes from specifications, so nothing in it may steer a terminal.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from codegen import escaping
from codegen.diagnostics import Diagnostic
from codegen.text import visible, width

_ROOM: Final = 110
"""Columns of source that are shown; a longer line is cut around the column."""


@dataclass(frozen=True, slots=True)
class Styled:
    """Text with the name of a style (`escaping.STYLES`); the empty name is plain."""

    text: str
    style: str = ""


def lines(diagnostic: Diagnostic) -> Iterator[tuple[Styled, ...]]:
    """The lines that show a diagnostic, each as a row of styled texts."""
    severity = diagnostic.severity.value
    yield (
        Styled(escaping.line(f"{diagnostic.span}: "), "title"),
        Styled(f"{severity}[{diagnostic.code}]", severity),
        Styled(escaping.line(f": {diagnostic.message}")),
    )
    if not diagnostic.source.strip():
        return
    source, column = _window(diagnostic)
    number = str(diagnostic.span.line)
    yield Styled(f"  {number} | ", "dim"), Styled(source)
    if column:
        margin = " " * width(source[: column - 1])
        yield Styled(f"  {' ' * len(number)} | ", "dim"), Styled(f"{margin}^", "title")


def _window(diagnostic: Diagnostic) -> tuple[str, int]:
    """The part of a source line to show, and where in it the column is."""
    column = max(diagnostic.span.column - diagnostic.left_out, 0)
    line = diagnostic.source.rstrip().replace("\t", " ")
    start = 0 if column <= _ROOM - 10 else column - _ROOM // 2
    head = "…" if start or diagnostic.left_out else ""
    tail = "…" if len(line) > start + _ROOM else ""
    before = head + visible(line[start : max(column - 1, 0)])
    after = visible(line[max(column - 1, start) : start + _ROOM])
    return before + after + tail, len(before) + 1 if column else 0
