"""The syntax tree of ECMA-262 regular expressions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from codegen.ecma.charset import CharSet


class ECMASyntaxError(ValueError):
    """A pattern that does not compile under ECMA-262.

    `offset` counts code points from the start of the pattern.
    """

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(f"{message} at offset {offset}")
        self.message = message
        self.offset = offset


class ECMAUnsupportedError(ECMASyntaxError):
    """A pattern that compiles, but that Python's `re` cannot express."""


@dataclass(frozen=True, slots=True)
class Chars:
    """One code point out of a set."""

    chars: CharSet


@dataclass(frozen=True, slots=True)
class Start:
    """`^`: the start of the text."""


@dataclass(frozen=True, slots=True)
class End:
    """`$`: the end of the text, also where it ends in a line break."""


@dataclass(frozen=True, slots=True)
class Boundary:
    """`\\b` or, negated, `\\B`."""

    negated: bool


@dataclass(frozen=True, slots=True)
class Lookaround:
    """Lookahead or lookbehind."""

    behind: bool
    negated: bool
    body: Node
    offset: int


@dataclass(frozen=True, slots=True)
class Group:
    """A capturing group; `index` counts from 1."""

    index: int
    body: Node


@dataclass(frozen=True, slots=True)
class Back:
    """A reference to what a group captured."""

    index: int
    offset: int


@dataclass(frozen=True, slots=True)
class Repeat:
    """`body` from `minimum` to `maximum` times; None is without end."""

    body: Node
    minimum: int
    maximum: int | None
    lazy: bool
    offset: int


@dataclass(frozen=True, slots=True)
class Sequence:
    """One item after the other; empty matches the empty text."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The first alternative that leads to a match."""

    options: tuple[Node, ...]


Node: TypeAlias = (
    Chars
    | Start
    | End
    | Boundary
    | Lookaround
    | Group
    | Back
    | Repeat
    | Sequence
    | Choice
)


def groups(node: Node) -> Iterator[tuple[int, Node]]:
    """The groups of a pattern by their numbers."""
    match node:
        case Group(index, body):
            yield index, body
            yield from groups(body)
        case Lookaround(body=body) | Repeat(body=body):
            yield from groups(body)
        case Sequence(nodes) | Choice(nodes):
            for one in nodes:
                yield from groups(one)
        case _:
            pass
