"""Finds the tag of a frame behind other properties, without reading what follows."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_TEXT = r'"(?:[^"\\]|\\.)*+"'
_SCALAR = rf"(?:{_TEXT}|-?[0-9.eE+-]++|true|false|null)"
_PLAIN = r'"[^"\\]*+"'
_SPACE = r"[ \t\n\r]*+"
_PATTERNS: dict[tuple[str, type], re.Pattern[Any]] = {}


def tag_in(frame: str | bytes, name: str) -> str | None:
    """The text that a property of a JSON object holds, if only scalars stand before it
    and nothing in it is escaped; None where only reading the frame can tell."""
    kind = str if isinstance(frame, str) else bytes
    pattern = _PATTERNS.get((name, kind))
    if pattern is None:
        pattern = _PATTERNS[name, kind] = _pattern(name, kind)
    found = pattern.match(frame)
    if found is None:
        return None
    tag: str | bytes = found[1]
    try:
        return tag.decode() if isinstance(tag, bytes) else tag
    except UnicodeDecodeError:
        return None


def _pattern(name: str, kind: type) -> re.Pattern[Any]:
    own = rf'"{re.escape(name)}"'
    before = rf"(?:(?!{own}){_PLAIN}{_SPACE}:{_SPACE}{_SCALAR}{_SPACE},{_SPACE})*+"
    text = (
        rf"{_SPACE}\{{{_SPACE}{before}{own}{_SPACE}:{_SPACE}"
        rf'"([^"\\]*+)"{_SPACE}[,}}]'
    )
    return re.compile(text if kind is str else text.encode(), re.DOTALL)
