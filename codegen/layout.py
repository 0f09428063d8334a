"""Recognises text that Black would leave as it is, without asking Black about it.

The recogniser knows little of Black's rules. It cuts a piece into statements and
reduces each to a shape (`codegen.skeleton`); whether Black leaves statements of that
shape alone is judged by Black itself, once for all statements of the shape. A hundred
thousand generated lines have a few hundred shapes. What is modelled here, with
caution, are docstrings and the blank lines between statements. Whatever is not
understood counts as not formatted, and then Black formats it.

A statement over several lines is taken in one of two ways:

* every bracket that is open at the end of a line holds one element a line, each with
  a comma behind it. Black then keeps elements apart and judges them one by one, so
  widths play no role as long as each line fits, and of like elements in a row two
  will do;
* otherwise its shape keeps all widths and the indentation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias

from codegen.skeleton import Skeleton, skeleton
from codegen.text import width

LINE_LENGTH: Final = 88
INDENT: Final = 4

_UNUSUAL = re.compile("[ \t]\n|[\t\r\v\f\x1c-\x1e\x85\u2028\u2029]|\\\\\n")
_ODD_ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*\\[xuUN]")
_FIRST_WORD = re.compile(r"@|[a-z]+\b")
_PRAGMA = re.compile(r"#.*\b(?:fmt|yapf|type)\s*:")
_QUOTES: Final = '"""'

_OPENERS: Final = frozenset(
    {"if", "while", "for", "with", "try", "match", "def", "class"}
)
_CLAUSES: Final = frozenset({"elif", "else", "except", "finally", "case"})
_DEFINITIONS: Final = frozenset({"def", "class"})


@dataclass(frozen=True, slots=True)
class _Statement:
    """A logical line: its first word, its indentation in levels, the blank lines
    before it. `kind` is `code`, `comment` or `docstring`."""

    kind: str
    word: str
    depth: int
    blanks: int
    opens: bool = False

    @property
    def defines(self) -> bool:
        return self.word in _DEFINITIONS

    @property
    def heads(self) -> bool:
        """Whether it belongs to a definition: its first line or a decorator."""
        return self.defines or self.word == "@"

    @property
    def imports(self) -> bool:
        return self.word in {"import", "from"}


class _Unknown(Exception):
    """The text has something that is not understood."""


class Recogniser:
    """`judge` tells whether Black leaves a text alone; it is asked once per text."""

    def __init__(self, judge: Callable[[str], bool]) -> None:
        self._judge = judge
        self._verdicts: dict[str, bool] = {}

    def is_formatted(self, piece: str) -> bool:
        """Whether Black would surely leave a piece of whole statements as it is."""
        if not piece.endswith("\n") or piece.startswith("\n") or _UNUSUAL.search(piece):
            return False
        try:
            return _spaced(list(_Reader(piece, self._accepts).statements()))
        except _Unknown:
            return False

    def _accepts(self, text: str) -> bool:
        verdict = self._verdicts.get(text)
        if verdict is None:
            verdict = self._verdicts[text] = self._judge(text)
        return verdict


# --- statements --------------------------------------------------------------------


class _Reader:
    """Cuts a piece into statements and has the shape of each accepted."""

    def __init__(self, piece: str, accepts: Callable[[str], bool]) -> None:
        self._lines = piece.split("\n")[:-1]
        self._accepts = accepts
        self._at = 0
        self._begun = False

    def statements(self) -> Iterator[_Statement]:
        """All statements. Raises `_Unknown` at the first that is not accepted."""
        blanks = 0
        first = True
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if not line:
                blanks += 1
                self._at += 1
                continue
            stripped = line.lstrip(" ")
            depth, rest = divmod(len(line) - len(stripped), INDENT)
            if rest:
                raise _Unknown
            statement = self._statement(stripped, depth, blanks, first)
            first = statement.opens
            yield statement
            blanks = 0
        if blanks:
            raise _Unknown

    def _statement(
        self, stripped: str, depth: int, blanks: int, first: bool
    ) -> _Statement:
        if stripped.startswith(_QUOTES):
            self._string(stripped, depth, first)
            return _Statement("docstring" if first else "code", "", depth, blanks)
        if stripped.startswith("#"):
            self._comment(stripped)
            return _Statement("comment", "", depth, blanks)
        return self._code(_word(stripped), depth, blanks)

    def _comment(self, stripped: str) -> None:
        if not stripped.startswith("# ") or _PRAGMA.match(stripped):
            raise _Unknown
        self._at += 1

    def _code(self, word: str, depth: int, blanks: int) -> _Statement:
        self._begun = True
        lines = [_line(self._lines[self._at])]
        level = lines[0].skeleton.rise
        while level > 0:
            self._at += 1
            if self._at == len(self._lines):
                raise _Unknown
            lines.append(_line(self._lines[self._at]))
            level += lines[-1].skeleton.rise
        self._at += 1
        opens = lines[-1].skeleton.shape.endswith(":")
        if (
            level < 0
            or lines[0].skeleton.shape == "..."
            or (opens and word not in _OPENERS and word not in _CLAUSES)
        ):
            raise _Unknown
        if not any(self._accepts(text) for text in _shapes(lines, word, depth, opens)):
            raise _Unknown
        return _Statement("code", word, depth, blanks, opens)

    def _string(self, stripped: str, depth: int, first: bool) -> None:
        """A docstring or any other string that is a statement of its own."""
        if not self._begun:
            raise _Unknown  # Black takes it for the docstring of a module.
        rest = stripped[len(_QUOTES) :]
        if _QUOTES in rest:
            body = rest.removesuffix(_QUOTES)
            fits = first or len(rest) + depth * INDENT <= LINE_LENGTH - len(_QUOTES)
            if len(body) == len(rest) or not fits or not _is_short_text(body):
                raise _Unknown
            self._at += 1
            return
        start = self._at
        margin = " " * (depth * INDENT)
        while (
            _QUOTES
            not in self._lines[self._at][len(margin) + 3 * (self._at == start) :]
        ):
            self._at += 1
            if self._at == len(self._lines):
                raise _Unknown
        if self._lines[self._at] != margin + _QUOTES:
            raise _Unknown
        if not _is_long_text([rest, *self._lines[start + 1 : self._at]], margin):
            raise _Unknown
        self._at += 1


def _word(stripped: str) -> str:
    """The keyword or whatever else a statement begins with."""
    word = _FIRST_WORD.match(stripped)
    if word is None:
        return ""
    if word.group() == "async":
        return "def" if stripped.startswith("async def ") else "with"
    return word.group()


def _is_short_text(body: str) -> bool:
    """Whether Black leaves the body of a docstring of one line alone."""
    text = body[:-1] if body.endswith('" ') else body
    if not text or text != text.strip() or text.startswith('"'):
        return False
    if text.endswith("\\") or (text.endswith('"') and text is body):
        return False
    return _QUOTES not in text and not _ODD_ESCAPE.search(text)


def _is_long_text(lines: Sequence[str], margin: str) -> bool:
    """Whether Black leaves the lines of a docstring alone, the last one aside."""
    first, *rest = lines
    if not first or first != first.strip() or first.startswith('"'):
        return False
    if not rest or not rest[-1] or any(_ODD_ESCAPE.search(line) for line in lines):
        return False
    margins = [len(line) - len(line.lstrip()) for line in rest if line]
    return min(margins) == len(margin)


# --- lines and shapes --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of code: its indentation in columns, its skeleton, whether it fits."""

    indent: int
    skeleton: Skeleton
    fits: bool
    ascii: bool


@lru_cache(maxsize=100_000)
def _skeleton(stripped: str) -> Skeleton | None:
    return None if _QUOTES in stripped else skeleton(stripped)


def _line(line: str) -> _Line:
    stripped = line.lstrip(" ")
    found = _skeleton(stripped)
    if found is None:
        raise _Unknown
    ascii_only = line.isascii()
    columns = len(line) if ascii_only else width(line)
    return _Line(len(line) - len(stripped), found, columns <= LINE_LENGTH, ascii_only)


def _shapes(
    lines: Sequence[_Line], word: str, depth: int, opens: bool
) -> Iterator[str]:
    """The texts any of which, if Black leaves it alone, speaks for a statement."""
    if len(lines) == 1:
        line = lines[0]
        if line.fits and not line.skeleton.dip:
            yield _in_context(line.skeleton.shape, word, 0, opens)
            return
    elif (exploded := _exploded(lines)) is not None:
        text, wide = exploded
        yield _in_context(text, word, depth if wide else 0, opens)
    if all(line.ascii for line in lines):
        base = depth * INDENT
        if all(line.indent >= base for line in lines):
            text = "\n".join(
                " " * (line.indent - base) + line.skeleton.wide for line in lines
            )
            yield _in_context(text, word, depth, opens)


def _in_context(text: str, word: str, depth: int, opens: bool) -> str:
    """A whole program that holds a statement at some depth."""
    before: list[str] = []
    after: list[str] = []
    if word in {"elif", "else"}:
        before = ["if N:", "    pass"]
    elif word in {"except", "finally"}:
        before = ["try:", "    pass"]
    elif word == "case":
        depth, before = max(depth, 1), []
    if word == "match" and opens:
        after = ["    case N:", "        pass"]
    elif word == "@":
        after = ["def N():", "    pass"]
    elif word == "try":
        after = ["    pass", "finally:", "    pass"]
    elif opens:
        after = ["    pass"]
    outer = ["if N:"] * depth
    if word == "case":
        outer[-1] = "match N:"
    rows = [f"{' ' * INDENT * level}{row}" for level, row in enumerate(outer)]
    margin = " " * INDENT * depth
    rows += (margin + row for row in (*before, *text.split("\n"), *after))
    return "\n".join(rows) + "\n"


_Element: TypeAlias = tuple[str, ...]
"""The lines of an element of a bracket, indented as in the statement."""


def _exploded(lines: Sequence[_Line]) -> tuple[str, bool] | None:
    """The shape of a statement all of whose open brackets hold one element a line,
    and whether it has lines whose width matters; None if it is not of that kind."""
    parser = _Exploded(lines)
    rows = parser.block(0, lines[0].indent, ("",))
    if rows is None or parser.at != len(lines):
        return None
    return "\n".join(rows), parser.wide


class _Exploded:
    """Reads the elements of exploded brackets, dropping like ones."""

    def __init__(self, lines: Sequence[_Line]) -> None:
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
        if not line.ascii:
            return None
        self.wide = True
        return found.wide

    def _margin(self, indent: int) -> str:
        return " " * (indent - self._base)


# --- blank lines -------------------------------------------------------------------


def _spaced(statements: Sequence[_Statement]) -> bool:
    """Whether indentation and blank lines are those that Black writes."""
    open_definitions: list[int] = []
    before: _Statement | None = None
    for index, statement in enumerate(statements):
        left = False
        while open_definitions and open_definitions[-1] >= statement.depth:
            open_definitions.pop()
            left = True
        if statement.defines:
            open_definitions.append(statement.depth)
        if before is None:
            if statement.depth or statement.blanks:
                return False
        elif not _follows(before, statement, left):
            return False
        if statement.kind == "comment" and not _leads(statements, index):
            return False
        before = statement
    return (
        before is not None
        and not before.opens
        and before.kind != "comment"
        and (before.word != "@")
    )


def _leads(statements: Sequence[_Statement], index: int) -> bool:
    """Whether a comment stands well before a statement of its own depth."""
    comment = statements[index]
    if index + 1 == len(statements):
        return False
    after = statements[index + 1]
    if after.depth != comment.depth or after.word in _CLAUSES:
        return False
    if after.blanks or not (after.heads or after.kind == "comment"):
        return True
    # Blank lines that a definition wants stand before the comments that lead to it.
    free = index == 0 or statements[index - 1].opens
    leading = index and statements[index - 1].kind == "comment" and not comment.blanks
    return free or bool(leading) or comment.blanks == (1 if comment.depth else 2)


def _follows(before: _Statement, statement: _Statement, left: bool) -> bool:
    """Whether a statement may stand so after the one before it; `left` tells that a
    definition ends in between."""
    depth, blanks = statement.depth, statement.blanks
    if before.opens or depth > before.depth:
        if depth != before.depth + 1 or not before.opens or blanks:
            return False
        return before.defines or not statement.heads
    between = 1 if depth else 2
    if before.word == "@":
        return not blanks and depth == before.depth and statement.heads
    if statement.word in _CLAUSES:
        return not left and not blanks and statement.opens
    if before.kind == "comment" and not blanks:
        return True
    if statement.heads or left:
        return blanks == between
    if before.imports and not statement.imports:
        return blanks == 1
    if before.kind == "docstring":
        return blanks == 1
    return blanks <= between
