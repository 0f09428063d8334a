"""Small tools for writing Python source: lines, blocks, calls."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from codegen import text

Lines: TypeAlias = list[str]


def indent(lines: Iterable[str]) -> Lines:
    """The lines one level deeper."""
    return [f"    {line}" if line else line for line in lines]


def block(head: str, body: Sequence[str]) -> Lines:
    """A compound statement; an empty body becomes `pass`."""
    return [head, *indent(body or ["pass"])]


def literal(value: object) -> text.Code:
    """Python source for a JSON value, on one line."""
    return text.Code(_literal(value))


def _literal(value: object) -> str:
    if isinstance(value, str):
        return text.string(value)
    if isinstance(value, bool) or value is None:
        return repr(value)
    if isinstance(value, int):
        return text.integer(value)
    if isinstance(value, (list, tuple)):
        inner = ", ".join(_literal(item) for item in value)
        if isinstance(value, list):
            return f"[{inner}]"
        return f"({inner},)" if len(value) == 1 else f"({inner})"
    if isinstance(value, dict):
        pairs = (f"{_literal(k)}: {_literal(v)}" for k, v in value.items())
        return "{" + ", ".join(pairs) + "}"
    return repr(value)


def uses(lines: Sequence[str], name: str) -> bool:
    """Whether a variable is mentioned in some lines."""
    word = re.compile(rf"\b{name}\b")
    return any(word.search(line) for line in lines)
