"""Where the text of a frame stops being JSON, and why, for people.

A text is looked at a second time only when it could not be read.
"""

from __future__ import annotations

import json
import re
from typing import Final

from codegen.runtime._json import MAX_DEPTH
from codegen.source import json_text

_TOKEN: Final = re.compile(
    r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[\[\]{}]|[^\s,\[\]{}:"]++', re.DOTALL
)
_WHOLE: Final = re.compile(r"-?\d+")
_FOREIGN: Final = frozenset({"NaN", "Infinity", "-Infinity"})


def fault(text: bytes, holder: str) -> tuple[int, int, str]:
    """The line, counted from 0, and the column, from 1, where a text stops being JSON,
    and why. `holder` is what the text is: a `line`, a `file` or a `message`."""
    try:
        decoded = text.rstrip().decode()
    except UnicodeDecodeError as error:
        before = text[: error.start].decode()
        return *_mark(before, len(before)), "this is not UTF-8"
    try:
        # As frames are read: control characters inside of texts may be raw.
        json.loads(decoded, strict=False)
    except json.JSONDecodeError as error:
        problem = json_text.syntax(error)
        why = _of_frames(error, holder) or problem.message
        return problem.line, problem.column + 1, f"this is not JSON: {why}"
    except (RecursionError, ValueError):
        pass
    at, why = _beyond(decoded)
    return *_mark(decoded, at), why


def _mark(text: str, place: int) -> tuple[int, int]:
    """The line, from 0, and the column, from 1, of a place in a text."""
    return text.count("\n", 0, place), place - text.rfind("\n", 0, place)


def _of_frames(error: json.JSONDecodeError, holder: str) -> str:
    """What is to be said of a recording in other words than of a document."""
    if "BOM" in error.msg:
        return "a byte order mark, which only the beginning of a file may have"
    if error.msg == "Extra data":
        return f"more behind the value; a {holder} holds one frame"
    if error.doc.strip() and not error.doc[error.pos :].strip():
        apart = "; every frame stands on one line" if holder == "line" else ""
        return f"the {holder} ends before the value does{apart}"
    return ""


def _beyond(text: str) -> tuple[int, str]:
    """The place of the first value that Python reads and frames cannot hold, and why
    they cannot."""
    depth = 0
    for token in _TOKEN.finditer(text):
        word = token[0]
        if word in "[{":
            depth += 1
        elif word in "]}":
            depth -= 1
        if depth > MAX_DEPTH:
            return token.start(), f"this nests more than {MAX_DEPTH} levels deep"
        if why := _no_number(word):
            return token.start(), why
    return 0, "this is not JSON"


def _no_number(word: str) -> str:
    """Why a number cannot be held; nothing where it can, or is none."""
    if word in _FOREIGN:
        return f"this is not JSON: {word} is no number there"
    if word[0] not in "-0123456789":
        return ""
    try:
        whole = _WHOLE.fullmatch(word) is not None
        value = int(word) if whole else float(word)
    except ValueError:
        return "this integer has too many digits to be read"
    return "" if value - value == 0 else "this number is too large to be read"
