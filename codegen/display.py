"""How a diagnostic looks: its line, the source line, a caret under the column.

What is shown comes from specifications, so nothing in it may steer a terminal.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from codegen import escaping
from codegen.diagnostics import Diagnostic, Severity
from codegen.text import visible, width

_FEW: Final = 5
"""How many warnings in the same words are shown before they are counted."""

_ROOM: Final = 110
"""Columns of source that are shown; a longer line is cut around the column."""


@dataclass(frozen=True, slots=True)
class Styled:
    """Text with the name of a style (`escaping.STYLES`); the empty name is plain."""

    text: str
    style: str = ""


def brief(report: Iterable[Diagnostic]) -> Iterator[tuple[Styled, ...]]:
    """The lines that show diagnostics. Of warnings that a specification has many times
    in the same words, the first few are shown, and the last with how many are
    between."""
    known = list(report)
    counts, met = Counter(map(_words, known)), Counter[_Words]()
    for item in known:
        words = _words(item)
        met[words] += 1
        between = counts[words] - _FEW - 1
        whole = item.severity is not Severity.WARNING or item.code in _NOT_LINTED
        if whole or between < _FEW or met[words] <= _FEW:
            yield from lines(item)
        elif met[words] == counts[words]:
            more = f"and {between} more places before it, which `codegen lint` shows"
            yield from lines(replace(item, message=f"{item.message} ({more})"))


_NOT_LINTED: Final = frozenset(
    ("expired-ignore", "stale-ignore", "no-match", "rename", "template", "config")
)
"""Warnings that are not about a specification, so that `lint` does not show each."""

_Words: TypeAlias = tuple[str, str, str]
_QUOTED: Final = re.compile(r"`[^`]*`|\"[^\"]*\"")


def _words(item: Diagnostic) -> _Words:
    """What warnings have in common that say the same of other names and values."""
    return item.span.file, item.code, _QUOTED.sub("", item.message)


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
