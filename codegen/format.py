"""What is written is what Black would write, without paying Black for every line.

A file arrives as a header and pieces of top-level statements. A piece that
`codegen.layout` understands is laid out by what Black did to others of its shape; what
it does not understand goes through Black as it is. Both are remembered in a cache.
Blank lines between pieces follow Black's rules.

Neither is taken at its word: a text that differs from its piece counts only if it is
the same program. A cache on disk may have been written by anybody.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
import warnings
from collections.abc import Iterable, Sequence
from importlib import metadata
from typing import TYPE_CHECKING, Final

from codegen.format_cache import Cache
from codegen.layout import Layout

if TYPE_CHECKING:
    from black.mode import Mode

LINE_LENGTH: Final = 88

_DEFINITION = re.compile(r"(?:@|(?:async +)?def\b|class\b)")
_DEFINES = re.compile(rf"^{_DEFINITION.pattern}", re.MULTILINE)
_IMPORT = re.compile(r"(?:import|from)\b")
_STRING = re.compile(r"[rbuRBU]{0,2}[\"']")

_UNPARSABLE: Final = (SyntaxError, ValueError, RecursionError, MemoryError)
"""What `ast` raises for what is not Python, or is Python without measure."""


class Formatter:
    """Formats files, and remembers pieces as long as it lives and in its cache."""

    def __init__(self, cache: Cache | None = None) -> None:
        self._cache = Cache(version()) if cache is None else cache
        self._layout = Layout(self._shape)

    def file(self, header: str, pieces: Iterable[str]) -> str:
        """The text of a file from its header and its top-level pieces.

        Raises `ValueError` if a piece is not Python.
        """
        head = tidy(header)
        blocks = [self.piece(head, head=True)] if head else []
        blocks.extend(self.piece(text) for piece in pieces if (text := tidy(piece)))
        return join(blocks)

    def piece(self, piece: str, *, head: bool = False) -> str:
        """One tidy piece, or the head of a file, as Black would write it."""
        question = f"head\0{piece}" if head else piece
        known = self._layout.format(piece, head=head)
        if known is None:
            known = self._cache.get(question)
        if known is None or not is_same_program(piece, known):
            known = blacken(piece, head=head)
            self._cache.put(question, known)
        return known

    def _shape(self, program: str) -> str | None:
        """What Black makes of the shape of a statement; None if that is no Python."""
        question = f"shape\0{program}"
        known = self._cache.get(question)
        if known is None:
            try:
                known = blacken(program)
            except ValueError:
                known = ""
            self._cache.put(question, known)
        return known or None


def format_file(header: str, pieces: Sequence[str]) -> str:
    """`Formatter.file` without a cache on disk."""
    return Formatter().file(header, pieces)


def blacken(piece: str, *, head: bool = False) -> str:
    """A piece, or the head of a file, through Black.

    Raises ValueError if it is not Python.
    """
    import black
    from black.parsing import InvalidInput

    # A string that stands first would be taken for the docstring of a module.
    lead = "pass\n" if _STRING.match(piece) and not head else ""
    try:
        return black.format_str(lead + piece, mode=mode()).removeprefix(lead)
    except InvalidInput as error:
        raise ValueError(f"generated text is not Python: {error}") from None


def is_same_program(piece: str, text: str) -> bool:
    """Whether a text is a piece in another layout: the same syntax tree and comments.

    White space in strings that are statements is layout too, since Black indents
    docstrings. What cannot be parsed is the same as nothing but itself.
    """
    if piece == text:
        return True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Odd escapes are not the matter here.
            before, after = ast.parse(piece), ast.parse(text)
        return _same(before, after) and _comments(piece) == _comments(text)
    except (*_UNPARSABLE, tokenize.TokenError):
        return False


def _same(one: object, other: object) -> bool:
    """Whether two syntax trees, or parts of them, are equal; places aside."""
    match one, other:
        case (
            ast.Expr(ast.Constant(str() as words)),
            ast.Expr(ast.Constant(str() as others)),
        ):
            return words.split() == others.split()
        case _ if one.__class__ is not other.__class__:
            return False
        case ast.AST(), ast.AST():
            return all(
                _same(getattr(one, name, None), getattr(other, name, None))
                for name in one._fields
            )
        case list(), list():
            return len(one) == len(other) and all(map(_same, one, other))
        case _:
            return one == other


def _comments(text: str) -> list[str]:
    if "#" not in text:
        return []
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return [
        token.string.removeprefix("#").strip()
        for token in tokens
        if token.type == tokenize.COMMENT
    ]


def mode() -> Mode:
    """How Black is asked to write."""
    from black.mode import Mode, TargetVersion

    return Mode(target_versions={TargetVersion.PY311}, line_length=LINE_LENGTH)


def version() -> str:
    """What the result depends on beside the text: Black, and how it is asked."""
    return f"black {metadata.version('black')} py311 {LINE_LENGTH}"


def tidy(piece: str) -> str:
    """A piece without blank lines at its ends, with exactly one newline behind."""
    text = piece.strip("\n")
    return f"{text}\n" if text else ""


def join(blocks: Sequence[str]) -> str:
    """Formatted blocks with the blank lines that Black wants between them."""
    parts: list[str] = []
    for index, block in enumerate(blocks):
        if index:
            parts.append("\n" * _gap(blocks[index - 1], block))
        parts.append(block)
    return "".join(parts)


def _gap(before: str, after: str) -> int:
    if _DEFINES.search(before) or _leads_definition(after):
        return 2
    return 0 if _IMPORT.match(before) and _IMPORT.match(after) else 1


def _leads_definition(block: str) -> bool:
    """Whether a block begins with a definition, comments before it aside."""
    for line in block.splitlines():
        if line and not line.startswith("#"):
            return _DEFINITION.match(line) is not None
    return False
