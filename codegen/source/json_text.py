"""JSON as RFC 8259 has it; positions and duplicate keys from a scan made on demand."""

from __future__ import annotations

import bisect
import json
import re
from collections.abc import Callable
from typing import Any, Final

from codegen.source import numbers
from codegen.source.limits import MAX_DEPTH
from codegen.source.node import Json, Node, Parsed, Problem, Unreadable

_scan_string: Final[Callable[[str, int, bool], tuple[str, int]]] = (
    json.decoder.__dict__["scanstring"]
)
_TOO_DEEP: Final = f"nested more than {MAX_DEPTH} levels deep"
_SPACE: Final = re.compile(r"[ \t\n\r]*")
_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*"|(?P<word>[^\s,\[\]{}:"]+)', re.DOTALL)
_SURROGATE: Final = re.compile(r"\\u[dD][89a-fA-F]")
_SCALAR: Final = re.compile(r"[^\s,\[\]{}:\"]+")


def read(text: str) -> Parsed:
    """Read one JSON text; every problem found is in the result."""
    reader = _Reader()
    try:
        data = reader.read(text)
        lone = _Scanner(text).lone_surrogate() if _SURROGATE.search(text) else None
        if lone is not None:
            return Parsed(problems=[lone], readable=False)
        if not reader.repeated and _depth_at_most(data, MAX_DEPTH):
            return Parsed(data)
        scanner = _Scanner(text)
        return Parsed(data, scanner.scan(), scanner.problems)
    except json.JSONDecodeError as error:
        problem = syntax(error)
    except RecursionError:
        problem = _Scanner(text).depth_problem()
    except ValueError as error:
        problem = _Scanner(text).number_problem(str(error))
    except Unreadable as unreadable:
        problem = unreadable.problem
    return Parsed(problems=[problem], readable=False)


_MESSAGES: Final = {
    "Expecting value": "a value is expected here",
    "Expecting property name enclosed in double quotes": (
        "a name in double quotes is expected here"
    ),
    "Expecting ',' delimiter": "a comma is expected here",
    "Expecting ':' delimiter": "a colon is expected here",
    "Extra data": "a second document; one file holds one document",
    "Invalid control character at": (
        "a control character in a text, where JSON has an escape such as \\t"
    ),
    "Unterminated string starting at": "a text that does not end",
}
"""What Python says of faults, and what is said to people."""


_TRAILING: Final = re.compile(r",[ \t\n\r]*[\]}]")


def syntax(error: json.JSONDecodeError) -> Problem:
    """What is wrong, and where: what JSON does not have and other languages do, or else
    what is missing."""
    text, place = error.doc, error.pos
    before = text[:place].rstrip()
    # Some versions of Python stop at a comma that nothing follows, others behind it.
    for comma in (place, len(before) - 1):
        if comma >= 0 and _TRAILING.match(text, comma):
            message = "a comma that nothing follows, which JSON does not have"
            return Problem("syntax", message, *_Scanner(text).mark(comma))
    return Problem("syntax", _message(error), error.lineno - 1, error.colno - 1)


def _message(error: json.JSONDecodeError) -> str:
    rest = error.doc[error.pos :]
    if not error.doc.strip():
        return "the text is empty"
    if not rest.strip():
        return "the text ends before the document does"
    if rest.startswith(("//", "/*", "#")):
        return "a comment, which JSON does not have"
    return _MESSAGES.get(error.msg, error.msg)


class _Reader:
    """`json.loads` with numbers kept exact and repeated keys noticed."""

    def __init__(self) -> None:
        self.repeated = False

    def read(self, text: str) -> Json:
        """The values. Raises ValueError and RecursionError as `json.loads` does."""
        return json.loads(
            text,
            object_pairs_hook=self._pairs,
            parse_int=numbers.integer,
            parse_float=numbers.real,
            parse_constant=self._constant,
        )

    def _pairs(self, items: list[tuple[str, Json]]) -> dict[str, Json]:
        value = dict(items)
        if len(value) == len(items):
            return value
        self.repeated = True
        return _first_wins(items)

    def _constant(self, name: str) -> Json:
        raise ValueError(
            f"{name} is not a number that JSON has: write a finite one, or leave it out"
        )


def positions(text: str) -> Node:
    """The position tree of a text that `read` has accepted."""
    return _Scanner(text).scan()


def _first_wins(items: list[tuple[str, Json]]) -> dict[str, Json]:
    value: dict[str, Json] = {}
    for key, item in items:
        value.setdefault(key, item)
    return value


def _depth_at_most(data: Json, limit: int) -> bool:
    """Whether containers nest at most `limit` levels deep, level by level."""
    level = [data]
    for _ in range(limit):
        deeper: list[Json] = []
        for value in level:
            if type(value) is dict:
                deeper.extend(value.values())
            elif type(value) is list:
                deeper.extend(value)
        if not deeper:
            return True
        level = deeper
    return not any(type(value) in (dict, list) for value in level)


class _Scanner:
    """Walks over a well-formed text without recursion and notes where values start."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.problems: list[Problem] = []
        self.lines = [0, *(found.end() for found in re.finditer("\n", text))]

    def mark(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, from 0."""
        line = bisect.bisect_right(self.lines, offset) - 1
        return line, offset - self.lines[line]

    def space(self, offset: int) -> int:
        """The offset of the next character that is not white space."""
        found = _SPACE.match(self.text, offset)
        assert found is not None
        return found.end()

    def lone_surrogate(self) -> Problem | None:
        """The place of the first string with half a surrogate pair, which is no
        character: no file and no frame could hold it again."""
        for found in _TOKEN.finditer(self.text):
            if found.group("word") is None and _SURROGATE.search(found.group()):
                value, _ = _scan_string(self.text, found.start() + 1, True)
                if any("\ud800" <= char <= "\udfff" for char in value):
                    message = "half a surrogate pair, which is no character"
                    return Problem("syntax", message, *self.mark(found.start()))
        return None

    def number_problem(self, message: str) -> Problem:
        """The place of the first number that `read` refuses."""
        for found in _TOKEN.finditer(self.text):
            word = found.group("word")
            try:
                if word and word not in ("true", "false", "null"):
                    numbers.parse(word)
            except ValueError:
                return Problem("syntax", message, *self.mark(found.start()))
        return Problem("syntax", message, 0, 0)

    def depth_problem(self) -> Problem:
        """The place of the first value too deep in a text that `read` cannot follow,
        which is well-formed as far as that: Python recurses further than the limit."""
        try:
            self.scan()
        except Unreadable as unreadable:
            return unreadable.problem
        return Problem("too-large", _TOO_DEEP, 0, 0)

    def scan(self) -> Node:
        """The tree of the whole text. Raises Unreadable beyond the depth limit."""
        text = self.text
        root: Node | None = None
        stack: list[Any] = []
        key: tuple[str, int, int] | None = None
        offset = self.space(0)
        while offset < len(text):
            char = text[offset]
            if char in ",:":
                offset = self.space(offset + 1)
                continue
            if char in "]}":
                stack.pop()
                offset = self.space(offset + 1)
                continue
            line, column = self.mark(offset)
            in_mapping = bool(stack) and type(stack[-1]) is dict
            if in_mapping and key is None:
                name, offset = _scan_string(text, offset + 1, True)
                key = (name, line, column)
                offset = self.space(offset)
                continue
            node, offset = self._value(offset, line, column)
            if root is None:
                root = node
            if stack:
                self._attach(stack[-1], key, node)
                key = None
            if node[2] is not None:
                if len(stack) >= MAX_DEPTH:
                    raise Unreadable("too-large", _TOO_DEEP, line, column)
                stack.append(node[2])
            offset = self.space(offset)
        assert root is not None
        return root

    def _value(self, offset: int, line: int, column: int) -> tuple[Node, int]:
        """The node that starts here and the offset behind its first token."""
        char = self.text[offset]
        if char == "{":
            return (line, column, {}), offset + 1
        if char == "[":
            return (line, column, []), offset + 1
        if char == '"':
            _, end = _scan_string(self.text, offset + 1, True)
            return (line, column, None), end
        found = _SCALAR.match(self.text, offset)
        assert found is not None
        return (line, column, None), found.end()

    def _attach(
        self, members: Any, key: tuple[str, int, int] | None, node: Node
    ) -> None:
        if type(members) is list:
            members.append(node)
            return
        assert key is not None
        name, line, column = key
        if name in members:
            message = (
                f"the key {name!r} was already given in line {members[name][0] + 1}"
            )
            self.problems.append(Problem("duplicate-key", message, line, column))
        else:
            members[name] = (line, column, node)
