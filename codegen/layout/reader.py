"""Lays out a piece of Python as Black would, statement by statement.

Little of Black's rules is known here. A piece is cut into statements, and each is
reduced to a shape (`codegen.layout.skeleton`). What Black does to statements of that
shape Black itself is asked, once for all of them: a hundred thousand generated lines
have a few hundred shapes that Black leaves alone. What is modelled, with caution, are
docstrings and the blank lines between statements. Whatever is not understood is left
to Black as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from codegen.layout import shapes
from codegen.layout.blanks import CLAUSES, Statement, spaced
from codegen.layout.shapes import INDENT, LINE_LENGTH, QUOTES, Program, Unknown
from codegen.layout.skeleton import restore

_UNUSUAL = re.compile("[ \t]\n|[\t\r\v\f\x1c-\x1e\x85\u2028\u2029]|\\\\\n")
_ODD_ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*\\[xuUN]")
_FIRST_WORD = re.compile(r"@|[a-z]+\b")
_PRAGMA = re.compile(r"#.*\b(?:fmt|yapf|type)\s*:")

_OPENERS: Final = frozenset(
    {"if", "while", "for", "with", "try", "match", "def", "class"}
)


class Layout:
    """`black` tells what Black makes of a small program, or None if it takes none;
    it is asked once for each program."""

    def __init__(self, black: Callable[[str], str | None]) -> None:
        self._black = black
        self._known: dict[str, str | None] = {}

    def format(self, piece: str, *, head: bool = False) -> str | None:
        """A piece of whole statements as Black would write it; None if that is not
        surely known. A string in front of the `head` of a file is its docstring."""
        if not piece.endswith("\n") or piece.startswith("\n") or _UNUSUAL.search(piece):
            return None
        reader = _Reader(piece, self._ask, head)
        try:
            return reader.text() if spaced(list(reader.statements())) else None
        except Unknown:
            return None

    def is_formatted(self, piece: str) -> bool:
        """Whether Black would surely leave a piece as it is."""
        return self.format(piece) == piece

    def _ask(self, program: str) -> str | None:
        if program not in self._known:
            self._known[program] = self._black(program)
        return self._known[program]


class _Reader:
    """Cuts a piece into statements and lays out each."""

    def __init__(
        self, piece: str, black: Callable[[str], str | None], head: bool
    ) -> None:
        self._lines = piece.split("\n")[:-1]
        self._black = black
        self._at = 0
        self._head = head

    def text(self) -> str:
        """The piece, as far as it was read, as Black writes it."""
        return "\n".join(self._lines) + "\n"

    def statements(self) -> Iterator[Statement]:
        """All statements. Raises `Unknown` at the first that is not accepted."""
        blanks = 0
        block = "module"
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if not line:
                blanks += 1
                self._at += 1
                continue
            stripped = line.lstrip(" ")
            depth, rest = divmod(len(line) - len(stripped), INDENT)
            if rest:
                raise Unknown
            statement = self._statement(stripped, depth, blanks, block)
            if statement.kind != "comment":
                block = statement.word if statement.opens else ""
            yield statement
            blanks = 0
        if blanks:
            raise Unknown

    def _statement(
        self, stripped: str, depth: int, blanks: int, block: str
    ) -> Statement:
        """The next statement; `block` is the word that opened the block which it is
        the first of."""
        if stripped.startswith(QUOTES):
            if block == "module" and not self._head:
                raise Unknown  # Alone, Black would take it for a docstring.
            self._string(stripped, depth, bool(block))
            kind = "docstring" if block in {"module", "class"} else "code"
            return Statement(kind, "", depth, blanks)
        if stripped.startswith("#"):
            self._comment(stripped)
            return Statement("comment", "", depth, blanks)
        return self._code(_word(stripped), depth, blanks)

    def _comment(self, stripped: str) -> None:
        if not stripped.startswith("# ") or _PRAGMA.match(stripped):
            raise Unknown
        self._at += 1

    def _code(self, word: str, depth: int, blanks: int) -> Statement:
        start = self._at
        lines = [shapes.read_line(self._lines[start])]
        level = lines[0].skeleton.rise
        while level > 0:
            self._at += 1
            if self._at == len(self._lines):
                raise Unknown
            lines.append(shapes.read_line(self._lines[self._at]))
            level += lines[-1].skeleton.rise
        self._at += 1
        opens = lines[-1].skeleton.shape.endswith(":")
        if level < 0 or lines[0].skeleton.shape == "...":
            raise Unknown
        if opens and word not in _OPENERS and word not in CLAUSES:
            raise Unknown
        narrow = shapes.narrow(lines, word, depth, opens)
        if narrow is None or self._black(narrow.text) != narrow.text:
            wide = shapes.wide(lines, word, depth, opens)
            self._replace(start, wide)
        return Statement("code", word, depth, blanks, opens)

    def _replace(self, start: int, program: Program) -> None:
        """Write the statement that began at a line as Black writes its shape."""
        made = self._black(program.text)
        if made == program.text:
            return
        before, after = program.before, program.after
        if made is None or not (made.startswith(before) and made.endswith(after)):
            raise Unknown
        shape = made[len(before) : len(made) - len(after)]
        old = "\n".join(self._lines[start : self._at])
        new = restore(shape.removesuffix("\n"), old)
        if new is None:
            raise Unknown
        rows = new.split("\n")
        _check_single(rows)
        self._lines[start : self._at] = rows
        self._at = start + len(rows)

    def _string(self, stripped: str, depth: int, first: bool) -> None:
        """A docstring or any other string that is a statement of its own."""
        rest = stripped[len(QUOTES) :]
        if QUOTES in rest:
            body = rest.removesuffix(QUOTES)
            fits = first or len(rest) + depth * INDENT <= LINE_LENGTH - len(QUOTES)
            if len(body) == len(rest) or not fits or not _is_short_text(body):
                raise Unknown
            self._at += 1
            return
        start = self._at
        margin = " " * (depth * INDENT)
        while (
            QUOTES not in self._lines[self._at][len(margin) + 3 * (self._at == start) :]
        ):
            self._at += 1
            if self._at == len(self._lines):
                raise Unknown
        if self._lines[self._at] != margin + QUOTES:
            raise Unknown
        if not _is_long_text([rest, *self._lines[start + 1 : self._at]], margin):
            raise Unknown
        self._at += 1


def _check_single(rows: Sequence[str]) -> None:
    """Raises `Unknown` if lines are more than one statement."""
    level = 0
    for index, row in enumerate(rows):
        if index and not level:
            raise Unknown
        level += shapes.read_line(row).skeleton.rise


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
    return QUOTES not in text and not _ODD_ESCAPE.search(text)


def _is_long_text(lines: Sequence[str], margin: str) -> bool:
    """Whether Black leaves the lines of a docstring alone, the last one aside."""
    first, *rest = lines
    if not first or first != first.strip() or first.startswith('"'):
        return False
    if not rest or not rest[-1] or any(_ODD_ESCAPE.search(line) for line in lines):
        return False
    margins = [len(line) - len(line.lstrip()) for line in rest if line]
    return min(margins) == len(margin)
