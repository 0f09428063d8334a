"""What Black sees of a line of code: everything but which names and texts stand there.

Black decides by kinds of tokens, by brackets and commas, and by widths. Two lines that
differ only in names of variables, in the text of strings or in the digits of numbers
are treated alike as long as both fit, and treated alike always if the widths agree.
So a line is reduced to a *shape*, where every name is `N`, every plain string `"s"`
and every plain number `0`, or to a *wide shape*, where these keep their widths.
Whatever might be an exception (a string that Black would quote otherwise, a number
that it would spell otherwise, a keyword) stays as it is.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from codegen.text import width

_LITERAL_NAMES: Final = frozenset(
    {*keyword.kwlist, *keyword.softkwlist, "print", "exec", "async", "await"}
)

_TOKEN = re.compile(
    r"(?P<string>[A-Za-z]{0,2}(?:\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'))"
    r"|(?P<name>[^\W\d]\w*)"
    r"|(?P<number>\.?\d(?:[\w.]|(?<=[eE])[+-])*)"
    r"|(?P<open>[(\[{])"
    r"|(?P<close>[)\]}])"
    r"|(?P<odd>[#\\\"'])"
    r"|(?P<other>[^\w\s#\\\"'(\[{}\])]+|\s+)"
)

_WORDS: Final = frozenset({"name", "string", "number"})

_PLAIN_NUMBER = re.compile(r"(?:0|[1-9]\d*)(?:\.\d+)?(?:e-?\d+)?\Z")
_PLAIN_RAW = re.compile(r'r"(?:[^"\\]|\\[^"])*"\Z')
_PLAIN_BYTES = re.compile(r'b"(?:[^"\\]|\\[\\nrtabfv]|\\x[0-9a-f]{2})*"\Z')
_PLAIN_UNICODE = re.compile(
    r'"(?:[^"\\]|\\[\\nrtabfv]|\\x[0-9a-f]{2}|\\u[0-9a-f]{4}|\\U[0-9a-f]{8})*"\Z'
)
_PLAIN_FORMAT = re.compile(r"f\"[^\"\\']*\"\Z")


class Skeleton(NamedTuple):
    """A line without its indentation.

    `shape` and `wide` are described above. `rise` is by how much brackets are deeper
    behind the line than before it, `dip` the lowest depth within it (0 or less).
    `inner` tells whether there are brackets beside those that leave the line.
    """

    shape: str
    wide: str
    rise: int
    dip: int
    inner: bool


def skeleton(line: str) -> Skeleton | None:
    """The skeleton of a stripped line; None where it has what is not understood."""
    shape: list[str] = []
    wide: list[str] = []
    depth = dip = brackets = end = 0
    for match in _TOKEN.finditer(line):
        if match.start() != end:
            return None
        end = match.end()
        text = match.group()
        match match.lastgroup:
            case "name":
                literal = text in _LITERAL_NAMES
                shape.append(text if literal else "N")
                wide.append(text if literal else "N" * width(text))
            case "string":
                _add_string(text, shape, wide)
            case "number":
                plain = _PLAIN_NUMBER.match(text)
                shape.append(_number(text) if plain else text)
                wide.append(text)
            case "open" | "close" as kind:
                brackets += 1
                depth += 1 if kind == "open" else -1
                dip = min(dip, depth)
                shape.append(text)
                wide.append(text)
            case "odd":
                return None
            case _:
                shape.append(text)
                wide.append(text)
    if end != len(line):
        return None
    inner = brackets > abs(dip) + (depth - dip)
    return Skeleton("".join(shape), "".join(wide), depth, dip, inner)


def _number(text: str) -> str:
    whole, dot, fraction = text.partition(".")
    if dot:
        return "0.0e0" if "e" in fraction else "0.0"
    return "0e0" if "e" in whole else "0"


def _add_string(text: str, shape: list[str], wide: list[str]) -> None:
    """A string whose content says nothing to Black, by its prefix; or as it is."""
    plain = (
        _PLAIN_UNICODE.match(text)
        or _PLAIN_RAW.match(text)
        or _PLAIN_BYTES.match(text)
        or _PLAIN_FORMAT.match(text)
    )
    if plain is None or text.endswith('""'):
        shape.append(text)
        wide.append(text)
        return
    prefix = text[: text.index('"')]
    shape.append(f'{prefix}"s"')
    wide.append(f'{prefix}"{"s" * (width(text) - len(prefix) - 2)}"')


def restore(shape: str, text: str) -> str | None:
    """A formatted wide shape with the names, strings and numbers of a text again.

    Black adds and takes away brackets, commas and breaks, but keeps these tokens and
    their order. None if they do not agree.
    """
    originals = iter(_words(text))
    parts: list[str] = []
    for match in _TOKEN.finditer(shape):
        token = match.group()
        if match.lastgroup in _WORDS:
            original = next(originals, None)
            if original is None or _widened(original) != token:
                return None
            token = original
        parts.append(token)
    return None if next(originals, None) is not None else "".join(parts)


def _words(text: str) -> Iterator[str]:
    for match in _TOKEN.finditer(text):
        if match.lastgroup in _WORDS:
            yield match.group()


def _widened(token: str) -> str:
    found = skeleton(token)
    return "" if found is None else found.wide
