"""The code tree: what generated code says, before it is text.

Writers build these values; what they want to know about code that they have built (does
it assign this name, which names does it use, is it a single `if`) they ask the tree,
never its text. `printer` turns it into the text that Black would leave alone.

A tree holds text of a specification in `Constant` alone, which is printed as a literal.
Everything else that is printed as it is has been checked to be an identifier.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

MODELS: Final = ".models"
"""The home of names that generated code takes from the models of its package."""


@dataclass(frozen=True, slots=True)
class Name:
    """A variable, function or class.

    `home` is the module that the name is imported from, None for what is defined in
    the module itself, a local variable or a builtin. Raises ValueError for a text that
    is no identifier.
    """

    id: str
    home: str | None = None

    def __post_init__(self) -> None:
        if not self.id.isidentifier():
            raise ValueError(f"no identifier: {self.id!r}")


@dataclass(frozen=True, slots=True)
class Constant:
    """A JSON value, a tuple of such, or a value written as Python writes it."""

    value: Any


@dataclass(frozen=True, slots=True)
class Power:
    """A power of a number written out, which Python computes once."""

    base: float
    exponent: int
    negative: bool = False


@dataclass(frozen=True, slots=True)
class Attribute:
    value: Expr
    name: str

    def __post_init__(self) -> None:
        if not self.name.isidentifier():
            raise ValueError(f"no identifier: {self.name!r}")


@dataclass(frozen=True, slots=True)
class Subscript:
    value: Expr
    index: Expr


@dataclass(frozen=True, slots=True)
class Slice:
    """`[start:]`; the only kind of slice that generated code takes."""

    value: Expr
    start: int


@dataclass(frozen=True, slots=True)
class Call:
    """A call; `exploded` with one argument a line, however short."""

    function: Expr
    arguments: tuple[Expr, ...] = ()
    keywords: tuple[tuple[str, Expr], ...] = ()
    exploded: bool = False


@dataclass(frozen=True, slots=True)
class Compare:
    """Comparisons in a row: `first < second < third` has two operators."""

    operators: tuple[str, ...]
    operands: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class All:
    """`a and b`."""

    parts: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """`a or b`."""

    parts: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Not:
    value: Expr


@dataclass(frozen=True, slots=True)
class Binary:
    """An operation on two values: `+`, `|` or `&`."""

    operator: str
    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class Conditional:
    """`yes if test else no`."""

    test: Expr
    yes: Expr
    no: Expr


@dataclass(frozen=True, slots=True)
class Display:
    """A list, set or tuple written out; `brackets` are `[]`, `{}` or `()`."""

    brackets: str
    items: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Mapping:
    """A dict written out; `exploded` with one pair a line, however short."""

    pairs: tuple[tuple[Expr, Expr], ...]
    exploded: bool = False


@dataclass(frozen=True, slots=True)
class Comprehension:
    """`element for target in iterable if test`.

    `brackets` are `[]`, or empty for the only argument of a call.
    `key` makes it a dict.
    """

    brackets: str
    element: Expr
    target: Expr
    iterable: Expr
    test: Expr | None = None
    key: Expr | None = None


@dataclass(frozen=True, slots=True)
class Format:
    """An f-string of plain text without braces and quotes, and names."""

    parts: tuple[str | Name, ...]


Expr: TypeAlias = (
    Name
    | Constant
    | Power
    | Attribute
    | Subscript
    | Slice
    | Call
    | Compare
    | All
    | Some
    | Not
    | Binary
    | Conditional
    | Display
    | Mapping
    | Comprehension
    | Format
)


@dataclass(frozen=True, slots=True)
class Assign:
    target: Expr
    value: Expr


@dataclass(frozen=True, slots=True)
class Declare:
    """An annotated variable, with a value or without."""

    target: Expr
    annotation: Expr
    value: Expr | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """`target += value` or `target -= value`."""

    target: Expr
    operator: str
    value: Expr


@dataclass(frozen=True, slots=True)
class Do:
    """An expression for its effect."""

    value: Expr


@dataclass(frozen=True, slots=True)
class Return:
    value: Expr | None = None


@dataclass(frozen=True, slots=True)
class If:
    test: Expr
    body: Block
    orelse: Block = ()


@dataclass(frozen=True, slots=True)
class For:
    target: Expr
    iterable: Expr
    body: Block


@dataclass(frozen=True, slots=True)
class Try:
    body: Block
    exceptions: Expr
    handler: Block
    orelse: Block = ()


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    annotation: Expr | None = None
    default: Expr | None = None

    def __post_init__(self) -> None:
        if not self.name.isidentifier():
            raise ValueError(f"no identifier: {self.name!r}")


@dataclass(frozen=True, slots=True)
class Function:
    """A function; `doc` is its docstring, on one line."""

    name: str
    parameters: tuple[Parameter, ...]
    returns: Expr
    body: Block
    doc: str = ""
    decorators: tuple[Expr, ...] = ()

    def __post_init__(self) -> None:
        if not self.name.isidentifier():
            raise ValueError(f"no identifier: {self.name!r}")


Statement: TypeAlias = (
    Assign | Declare | Change | Do | Return | If | For | Try | Function
)
Block: TypeAlias = tuple[Statement, ...]
"""Statements one after the other; an empty block is printed as `pass`."""

Node: TypeAlias = Expr | Statement


# --- building -------------------------------------------------------------------------


def call(function: str | Expr, *arguments: Expr, home: str | None = None) -> Call:
    """A call of a function, which may be given by its name and home."""
    name = Name(function, home) if isinstance(function, str) else function
    return Call(name, arguments)


def compare(left: Expr, operator: str, right: Expr) -> Compare:
    """One comparison."""
    return Compare((operator,), (left, right))


def every(parts: Iterable[Expr]) -> Expr:
    """The conjunction of one or more expressions, without a needless level."""
    return _joined(All, parts)


def some(parts: Iterable[Expr]) -> Expr:
    """The disjunction of one or more expressions, without a needless level."""
    return _joined(Some, parts)


def _joined(kind: type[All | Some], parts: Iterable[Expr]) -> Expr:
    flat: list[Expr] = []
    for part in parts:
        flat += part.parts if isinstance(part, kind) else (part,)
    return flat[0] if len(flat) == 1 else kind(tuple(flat))


def chain(cases: Sequence[tuple[Expr, Block]], otherwise: Block = ()) -> Block:
    """`if`, `elif` … `else`: the body of the first case whose test is true. Neighbours
    with the same body are one case, as linters want it."""
    block = otherwise
    for test, body in reversed(cases):
        match block:
            case (If(other, same, rest),) if same == body:
                block = (If(some([test, other]), body, rest),)
            case _:
                block = (If(test, body, block),)
    return block


def guarded(test: Expr, block: Block) -> Block:
    """A block that is for values of which `test` is true."""
    match block:
        case ():
            return ()
        case (If(inner, body, ()),):
            return (If(every([test, inner]), body),)
        case _:
            return (If(test, block),)


_OPPOSITES: Final = {
    "is": "is not",
    "is not": "is",
    "in": "not in",
    "not in": "in",
    "==": "!=",
    "!=": "==",
}


def negated(test: Expr) -> Expr:
    """An expression that is true exactly where `test` is false, and reads well.

    Comparisons of order keep their sign behind a `not`: nothing is above or below NaN.
    """
    match test:
        case Not(value):
            return value
        case Compare((operator,), operands) if operator in _OPPOSITES:
            return Compare((_OPPOSITES[operator],), operands)
        case All(parts):
            return some(map(negated, parts))
        case Some(parts):
            return every(map(negated, parts))
        case Constant(bool() as value):
            return Constant(not value)
        case _:
            return Not(test)
