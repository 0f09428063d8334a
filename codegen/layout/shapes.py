"""The shapes of statements: what Black is asked about in place of the statements.

A statement on one line that fits has the shape of that line. One over several lines is
taken in one of two ways:

* every bracket that is open at the end of a line holds one element a line, each with
  a comma behind it. Black then keeps elements apart and judges them one by one, so
  widths play no role as long as each line fits, and of like elements two will do;
* otherwise its shape keeps all widths and the indentation.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias

from codegen.layout.skeleton import Skeleton, skeleton
from codegen.text import width

LINE_LENGTH: Final = 88
INDENT: Final = 4
QUOTES: Final = '"""'


class Unknown(Exception):
    """The text has something that is not understood."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of code: its indentation in columns, its skeleton, whether it fits."""

    indent: int
    skeleton: Skeleton
    fits: bool


@lru_cache(maxsize=100_000)
def _skeleton(stripped: str) -> Skeleton | None:
    return None if QUOTES in stripped else skeleton(stripped)


def read_line(line: str) -> Line:
    """A physical line. Raises `Unknown`."""
    stripped = line.lstrip(" ")
    found = _skeleton(stripped)
    if found is None:
        raise Unknown
    return Line(len(line) - len(stripped), found, width(line) <= LINE_LENGTH)


@dataclass(frozen=True, slots=True)
class Program:
    """A statement's shape within the smallest program that can hold it."""

    before: str
    shape: str
    after: str

    @property
    def text(self) -> str:
        return self.before + self.shape + self.after


def narrow(lines: Sequence[Line], word: str, depth: int, opens: bool) -> Program | None:
    """The program that speaks for all statements like this, whatever their widths;
    None if widths matter."""
    if len(lines) == 1:
        line = lines[0]
        if not line.fits or line.skeleton.dip:
            return None
        return _program([line.skeleton.shape], word, 0, opens)
    parser = _Exploded(lines)
    rows = parser.block(0, lines[0].indent, ("",))
    if rows is None or parser.at != len(lines):
        return None
    return _program(rows, word, depth if parser.wide else 0, opens)


def wide(lines: Sequence[Line], word: str, depth: int, opens: bool) -> Program:
    """The program that speaks for statements of the same widths. Raises `Unknown`."""
    base = depth * INDENT
    if any(line.indent < base for line in lines):
        raise Unknown
    rows = (" " * (line.indent - base) + line.skeleton.wide for line in lines)
    return _program(rows, word, depth, opens)


def _program(rows: Iterable[str], word: str, depth: int, opens: bool) -> Program:
    before: list[str] = []
    after: list[str] = []
    # A class takes any statement as its first without asking for blank lines.
    outer = ["class N:"] * depth
    if word in {"elif", "else"}:
        before = ["if N:", "    pass"]
    elif word in {"except", "finally"}:
        before = ["try:", "    pass"]
    elif word == "case":
        outer = [*outer[:-1], "match N:"]
    if word == "match" and opens:
        after = ["    case N:", "        pass"]
    elif word == "@":
        after = ["def N():", "    pass"]
    elif word == "try":
        after = ["    pass", "finally:", "    pass"]
    elif opens:
        after = ["    pass"]
    margin = " " * (INDENT * len(outer))
    heads = (f"{' ' * INDENT * level}{row}" for level, row in enumerate(outer))
    return Program(
        _text((*heads, *(margin + row for row in before))),
        _text(margin + row for row in rows),
        _text(margin + row for row in after),
    )


def _text(rows: Iterable[str]) -> str:
    return "".join(f"{row}\n" for row in rows)


_Element: TypeAlias = tuple[str, ...]
"""The lines of an element of a bracket, indented as in the statement."""


class _Exploded:
    """Reads the elements of exploded brackets, dropping like ones."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._base = lines[0].indent
        self.at = 0
        self.wide = False

    def block(self, level: int, indent: int, ends: tuple[str, ...]) -> _Element | None:
        """A line that leaves one bracket open, its elements, the line that closes."""
        head = self._take(indent, rise=1, dip=0)
        if head is None or head[-1] not in "([{" or level > 20:
            return None
        rows = [self._margin(indent) + head]
        seen: dict[_Element, int] = {}
        while self.at < len(self._lines) and self._lines[self.at].skeleton.dip == 0:
            element = self._element(level + 1, indent + INDENT)
            if element is None:
                return None
            seen[element] = seen.get(element, 0) + 1
            # The parameters of a function depend on their order.
            if seen[element] <= 2 or head.startswith(("def ", "async def ")):
                rows.extend(element)
        if not seen:
            return None
        tail = self._take(indent, rise=-1, dip=-1)
        if tail is None or tail[0] not in ")]}" or not tail.endswith(ends):
            return None
        return (*rows, self._margin(indent) + tail)

    def _element(self, level: int, indent: int) -> _Element | None:
        if self._lines[self.at].skeleton.rise:
            return self.block(level, indent, (",",))
        text = self._take(indent, rise=0, dip=0)
        if text is None or not text.endswith(","):
            return None
        return (self._margin(indent) + text,)

    def _take(self, indent: int, *, rise: int, dip: int) -> str | None:
        """The shape of the next line, if it stands where it should."""
        if self.at >= len(self._lines):
            return None
        line = self._lines[self.at]
        found = line.skeleton
        if (line.indent, found.rise, found.dip) != (indent, rise, dip):
            return None
        self.at += 1
        # Where a line has brackets of its own, or is too long, Black looks at widths.
        if line.fits and not (rise and found.inner):
            return found.shape
        self.wide = True
        return found.wide

    def _margin(self, indent: int) -> str:
        return " " * (indent - self._base)
