"""Marks in a text: which parts a user's template says itself, and on which line.

They stay in the text when it becomes part of others, also in other processes, and are
removed when the file is complete. Marks are private-use characters, which no door lets
through and which identifiers cannot contain.
"""

from __future__ import annotations

import ast
import bisect
import io
import json
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Final, TypeAlias

_SAID: Final = "\ue000"
_BODY: Final = "\ue001"
_END: Final = "\ue002"
_MISTAKE: Final = "\ue003"

_MARK: Final = re.compile("[\ue000-\ue003]")
_PART: Final = re.compile(
    "\ue000(?P<home>[^\ue001]*):(?P<line>[0-9]+)\ue001(?P<said>[^\ue002]*)\ue002"
    "|\ue003(?P<mistake>[^\ue002]*)\ue002"
)
_WORD: Final = re.compile(r"[\w.]*")


def marked(text: str) -> bool:
    """Whether a text has marks. Text that people write should have none."""
    return _MARK.search(text) is not None


def harmless(text: str) -> str:
    """Text of a specification in which nothing looks like a mark."""
    return _MARK.sub(lambda found: ascii(found[0])[1:-1], text)


def said(text: str, template: str, line: int) -> str:
    """Text that a template says itself, beginning at this line of the template."""
    return f"{_SAID}{template}:{line}{_BODY}{text}{_END}" if text.strip() else text


def plain(text: str) -> str:
    """A text with its marks removed."""
    return _PART.sub(lambda part: part["said"] or "", text) if marked(text) else text


_Placed: TypeAlias = (
    ast.stmt | ast.expr | ast.arg | ast.keyword | ast.alias | ast.excepthandler
)
_PLACED: Final = (
    *(ast.stmt, ast.expr, ast.arg, ast.keyword, ast.alias, ast.excepthandler),
)
"""Nodes that know their place in the text."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with a template, and on which line."""

    template: str
    line: int
    message: str

    def in_text(self) -> str:
        """The mistake as text, in place of the text that could not be made."""
        return f"{_MISTAKE}{json.dumps([self.template, self.line, self.message])}{_END}"


@dataclass(frozen=True, slots=True)
class Said:
    """A part of a text that a template says itself."""

    start: int
    end: int
    template: str
    line: int

    def text(self, whole: str) -> str:
        """What the template says there."""
        return whole[self.start : self.end]


@dataclass(slots=True)
class Settled:
    """A text with its marks removed, and what they marked."""

    text: str
    parts: list[Said] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)
    _lines: list[int] = field(default_factory=list)

    def nodes(self, tree: ast.Module) -> frozenset[int]:
        """The nodes, by `id()`, in which a template says something itself."""
        found: set[int] = set()
        for node in ast.walk(tree):
            if isinstance(node, _PLACED) and self._has_said(node):
                found.add(id(node))
            if id(node) in found:  # What has no place of its own has that around it.
                inner = ast.iter_child_nodes(node)
                found |= {id(n) for n in inner if not isinstance(n, _PLACED)}
        return frozenset(found)

    def _has_said(self, node: _Placed) -> bool:
        start = self._offset(node.lineno, node.col_offset)
        end = self._offset(node.end_lineno or 0, node.end_col_offset or 0)
        return self.touches(start, end)

    def _starts(self) -> list[int]:
        if not self._lines:
            lengths = map(len, self.text.split("\n"))
            self._lines = [0, *accumulate(length + 1 for length in lengths)]
        return self._lines

    def _offset(self, line: int, column: int) -> int:
        """The offset in the text for a column that is counted in bytes, as Python's
        parser does."""
        starts = self._starts()
        start = starts[line - 1]
        text = self.text[start : starts[line]]
        if text.isascii():
            return start + column
        return start + len(text.encode()[:column].decode(errors="ignore"))

    def touches(self, start: int, end: int) -> bool:
        """Whether a template says something between two offsets."""
        first = bisect.bisect_right(self.parts, start, key=lambda part: part.end)
        return first < len(self.parts) and self.parts[first].start < end

    def before(self, line: int, column: int = 1) -> tuple[str, int] | None:
        """The template that last said something before this place, and on which line;
        None if none did."""
        starts = self._starts()
        at = starts[min(line, len(starts)) - 1] + max(column - 1, 0)
        found = bisect.bisect_right(self.parts, at, key=lambda part: part.start)
        if not found:
            return None
        part = self.parts[found - 1]
        inside = self.text[part.start : min(at, part.end)]
        return part.template, part.line + inside.count("\n")

    def mistake(self, error: Exception, what: str) -> Mistake:
        """A mistake that Python finds in the text, at the place where a template said
        it."""
        line = getattr(error, "lineno", None) or 1
        home = self.before(line, getattr(error, "offset", None) or 1)
        first = self.parts[0]
        template, at = home or (first.template, first.line)
        lines = self.text.split("\n")
        shown = lines[min(line, len(lines)) - 1].strip()[:60]
        reason = getattr(error, "msg", None) or str(error)
        return Mistake(template, at, f"{what}: {reason}, in {shown!r}")

    def mixed(self) -> Iterator[Mistake]:
        """Where something is printed inside a string or comment of a template. The door
        has prepared it for another place."""
        for start, end in _tokens(self.text, self._starts()):
            at, rest = start, []
            for part in self._parts(start, end):
                rest.append(self.text[at : max(at, part.start)])
                at = min(part.end, end)
            rest.append(self.text[at:end])
            if at != start and not all(map(_WORD.fullmatch, rest)):
                part = next(self._parts(start, end))
                line = part.line + self.text.count("\n", part.start, start)
                yield Mistake(part.template, max(line, part.line), _MIXED)

    def _parts(self, start: int, end: int) -> Iterator[Said]:
        first = bisect.bisect_right(self.parts, start, key=lambda part: part.end)
        for part in self.parts[first:]:
            if part.start >= end:
                return
            yield part


_MIXED: Final = (
    "text of the specification is printed inside a string or comment of the template; "
    "let it stand by itself, through `| string`, `| docstring` or `| comment`"
)


def settled(text: str) -> Settled:
    """Remove the marks from a text."""
    found = Settled("")
    pieces: list[str] = []
    at = length = 0
    for part in _PART.finditer(text):
        pieces.append(text[at : part.start()])
        length += part.start() - at
        at = part.end()
        if part["mistake"] is not None:
            found.mistakes.append(Mistake(*json.loads(part["mistake"])))
            continue
        own = part["said"]
        pieces.append(own)
        found.parts.append(
            Said(length, length + len(own), part["home"], int(part["line"]))
        )
        length += len(own)
    found.text = "".join([*pieces, text[at:]])
    return found


def _tokens(text: str, starts: list[int]) -> Iterator[tuple[int, int]]:
    """Where the strings and comments of a text are. An f-string counts as one, even
    where Python makes several tokens of it."""
    outer: list[int] = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            start = starts[token.start[0] - 1] + token.start[1]
            end = starts[token.end[0] - 1] + token.end[1]
            kind = tokenize.tok_name[token.type]
            if kind in ("FSTRING_START", "TSTRING_START"):
                outer.append(start)
            elif kind in ("FSTRING_END", "TSTRING_END"):
                start = outer.pop()
            if not outer and kind in _STRINGS:
                yield start, end
    except (tokenize.TokenError, SyntaxError):
        return  # What is no Python is found elsewhere.


_STRINGS: Final = frozenset(("STRING", "COMMENT", "FSTRING_END", "TSTRING_END"))
