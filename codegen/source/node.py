"""What both readers produce: JSON values with a tree of positions beside them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

Json: TypeAlias = Any
"""A JSON value as `json.loads` makes it."""


Node: TypeAlias = "tuple[int, int, Members]"
"""Line and column at which a value starts, counted from 0, and the nodes inside it:
plain data, which a process can hand to another."""

Members: TypeAlias = "dict[str, tuple[int, int, Node]] | list[Node] | None"
"""Of a mapping, line and column of each key with the node of its value; the nodes of a
sequence; None for a scalar."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem of the text; line and column count from 0."""

    code: str
    message: str
    line: int
    column: int


@dataclass(slots=True)
class Parsed:
    """The outcome of reading one text. `data` is None where it could not be read."""

    data: Json = None
    node: Node | None = None
    problems: list[Problem] = field(default_factory=list)
    readable: bool = True


class Unreadable(Exception):
    """Reading cannot go on; carries the problem."""

    def __init__(self, code: str, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.problem: Final = Problem(code, message, line, column)
