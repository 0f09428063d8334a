"""Where in Python a text stands that is put together from pieces: a small lexer.

It knows strings and comments and nothing else, which is all there is to know about
whether a text that is put in at some place could end what it stands in.
"""

from __future__ import annotations

import re
from typing import Final

CODE: Final = "code"
COMMENT: Final = "comment"
FIELD: Final = "{"
"""What the state ends in where a replacement field of an f-string is open: for each
brace one."""

_OPENING: Final = re.compile(r"([A-Za-z]*)(\"{3}|'{3}|[\"'])")
_FORMATTED: Final = "f"


def is_code(state: str) -> bool:
    """Whether an expression may stand here."""
    return state == CODE or state.endswith(FIELD)


def after(text: str, state: str = CODE) -> str:
    """The state behind a text that begins in a state.

    That of a string is the quotes that end it, with `f` before them in an f-string.
    Raises ValueError for a line that ends inside a string that may not.
    """
    position = 0
    while position < len(text):
        state, position = _step(text, position, state)
    return state


def _step(text: str, position: int, state: str) -> tuple[str, int]:
    char = text[position]
    if state == COMMENT:
        return (CODE if char == "\n" else COMMENT), position + 1
    if state == CODE:
        opening = _OPENING.match(text, position)
        if opening is not None:
            formatted = _FORMATTED if _FORMATTED in opening[1].lower() else ""
            return formatted + opening[2], opening.end()
        word = re.compile(r"\w+").match(text, position)
        return (COMMENT if char == "#" else CODE), word.end() if word else position + 1
    if state.endswith(FIELD):
        state = {"{": state + FIELD, "}": state[:-1]}.get(char, state)
        return state, position + 1
    quote = state.removeprefix(_FORMATTED)
    if text.startswith(quote, position):
        return CODE, position + len(quote)
    if char == "\\" or text.startswith(("{{", "}}"), position):
        return state, position + 2
    if char == "{" and state != quote:
        return state + FIELD, position + 1
    if char == "\n" and len(quote) == 1:
        raise ValueError(f"a line ends inside {quote}")
    return state, position + 1
