"""The blank lines between statements, and where their indentation may change.

This is the one part of Black's rules that is modelled rather than asked for, with
caution: what is not surely right counts as wrong, and then Black is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

CLAUSES: Final = frozenset({"elif", "else", "except", "finally", "case"})
_DEFINITIONS: Final = frozenset({"def", "class"})


@dataclass(frozen=True, slots=True)
class Statement:
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


def spaced(statements: Sequence[Statement]) -> bool:
    """Whether indentation and blank lines are those that Black writes."""
    open_definitions: list[int] = []
    before: Statement | None = None
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


def _leads(statements: Sequence[Statement], index: int) -> bool:
    """Whether a comment stands well before a statement of its own depth."""
    comment = statements[index]
    if index + 1 == len(statements):
        return False
    after = statements[index + 1]
    if after.depth != comment.depth or after.word in CLAUSES:
        return False
    if after.blanks or not (after.heads or after.kind == "comment"):
        return True
    # Blank lines that a definition wants stand before the comments that lead to it.
    free = index == 0 or statements[index - 1].opens
    leading = index and statements[index - 1].kind == "comment" and not comment.blanks
    return free or bool(leading) or comment.blanks == (1 if comment.depth else 2)


def _follows(before: Statement, statement: Statement, left: bool) -> bool:
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
    if statement.word in CLAUSES:
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
