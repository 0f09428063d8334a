"""The code tree: what generated code says, before it is text.

Writers build these values. What they want to know about code that they have built (does
it assign this name, which names does it use, is it a single `if`) they ask the tree,
never its text. `printer` turns it into text that Black would leave alone.

Text of a specification occurs in `Constant` only, which is printed as a literal.
Everything else that is printed as it stands has been checked to be an identifier.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, TypeVar, dataclass_transform

MODELS: Final = ".models"
"""The home of names that generated code takes from the models of its package."""


_T = TypeVar("_T")


@dataclass_transform(frozen_default=True)
def _node(kind: type[_T]) -> type[_T]:
    """A class of nodes, which are not changed after they are made. Only type checkers
    enforce that: refusing stores at run time would make each of a million nodes three
    times as expensive."""
    return dataclass(slots=True, unsafe_hash=True)(kind)


@_node
class Name:
    """A variable, function or class. `home` is the module that it is imported from;
    None for what the module itself defines, local variables and builtins. Raises
    ValueError for a text that is no identifier."""

    id: str
    home: str | None = None

    def __post_init__(self) -> None:
        if not self.id.isidentifier():
            raise ValueError(f"no identifier: {self.id!r}")


@_node
class Constant:
    """A JSON value, a tuple of such values, or another value that is printed as Python
    writes it."""

    value: Any


@_node
class Attribute:
    value: Expr
    name: str

    def __post_init__(self) -> None:
        if not self.name.isidentifier():
            raise ValueError(f"no identifier: {self.name!r}")


@_node
class Subscript:
    value: Expr
    index: Expr


@_node
class Slice:
    """`[start:]`, the only kind of slice in generated code."""

    value: Expr
    start: int


@_node
class Call:
    """A call. If `exploded`, it has one argument a line, however short."""

    function: Expr
    arguments: tuple[Expr, ...] = ()
    keywords: tuple[tuple[str, Expr], ...] = ()
    exploded: bool = False


@_node
class Compare:
    """Comparisons in a row: `first < second < third` has two operators."""

    operators: tuple[str, ...]
    operands: tuple[Expr, ...]


@_node
class All:
    """`a and b`."""

    parts: tuple[Expr, ...]


@_node
class Some:
    """`a or b`."""

    parts: tuple[Expr, ...]


@_node
class Not:
    value: Expr


@_node
class Binary:
    """An operation on two values: `+`, `|` or `&`."""

    operator: str
    left: Expr
    right: Expr


@_node
class Conditional:
    """`yes if test else no`."""

    test: Expr
    yes: Expr
    no: Expr


@_node
class Display:
    """A list, set or tuple written out; `brackets` are `[]`, `{}` or `()`."""

    brackets: str
    items: tuple[Expr, ...]


@_node
class Mapping:
    """A dict display. If `exploded`, it has one pair a line, however short."""

    pairs: tuple[tuple[Expr, Expr], ...]
    exploded: bool = False


@_node
class Comprehension:
    """`element for target in iterable if test`. `brackets` are `[]`, or empty if it is
    the only argument of a call. With `key` it makes a dict."""

    brackets: str
    element: Expr
    target: Expr
    iterable: Expr
    test: Expr | None = None
    key: Expr | None = None


@_node
class NamedExpr:
    """`(target := value)`, always in parentheses."""

    target: Name
    value: Expr


Expr: TypeAlias = (
    Name
    | Constant
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
    | NamedExpr
)


@_node
class Assign:
    """`target = value`, or `target = also = value`."""

    target: Expr
    value: Expr
    also: Expr | None = None


@_node
class Declare:
    """An annotated variable, with a value or without."""

    target: Expr
    annotation: Expr
    value: Expr | None = None


@_node
class Change:
    """`target += value` or `target -= value`."""

    target: Expr
    operator: str
    value: Expr


@_node
class Do:
    """An expression that is evaluated for its effect."""

    value: Expr


@_node
class Return:
    value: Expr | None = None


@_node
class If:
    test: Expr
    body: Block
    orelse: Block = ()


@_node
class For:
    target: Expr
    iterable: Expr
    body: Block


@_node
class Try:
    body: Block
    exceptions: Expr
    handler: Block
    orelse: Block = ()


@_node
class Parameter:
    name: str
    annotation: Expr | None = None

    def __post_init__(self) -> None:
        if not self.name.isidentifier():
            raise ValueError(f"no identifier: {self.name!r}")


@_node
class Function:
    name: str
    parameters: tuple[Parameter, ...]
    returns: Expr
    body: Block
    decorators: tuple[Expr, ...] = ()

    def __post_init__(self) -> None:
        if not self.name.isidentifier():
            raise ValueError(f"no identifier: {self.name!r}")


Statement: TypeAlias = (
    Assign | Declare | Change | Do | Return | If | For | Try | Function
)
Block: TypeAlias = tuple[Statement, ...]
"""Statements in a row. An empty block is printed as `pass`."""

Node: TypeAlias = Expr | Statement


# --- building -------------------------------------------------------------------------


def call(function: str | Expr, *arguments: Expr, home: str | None = None) -> Call:
    """A call of a function, given by its name and home."""
    name = Name(function, home) if isinstance(function, str) else function
    return Call(name, arguments)


def compare(left: Expr, operator: str, right: Expr) -> Compare:
    """One comparison."""
    return Compare((operator,), (left, right))


def every(parts: Iterable[Expr]) -> Expr:
    """All of these expressions, joined by `and`; one that stands alone is returned as
    it is."""
    return _joined(All, parts)


def some(parts: Iterable[Expr]) -> Expr:
    """All of these expressions, joined by `or`; one that stands alone is returned as it
    is."""
    return _joined(Some, parts)


def _joined(kind: type[All | Some], parts: Iterable[Expr]) -> Expr:
    flat: list[Expr] = []
    for part in parts:
        flat += part.parts if isinstance(part, kind) else (part,)
    return flat[0] if len(flat) == 1 else kind(tuple(flat))


def chain(cases: Sequence[tuple[Expr, Block]], otherwise: Block = ()) -> Block:
    """`if`, `elif` … `else`: the body of the first case whose test is true.
    Neighbouring cases with the same body become one, as linters want it."""
    block = otherwise
    for test, body in reversed(cases):
        match block:
            case (If(other, same, rest),) if same == body:
                block = (If(some([test, other]), body, rest),)
            case _:
                block = (If(test, body, block),)
    return block


def guarded(test: Expr, block: Block) -> Block:
    """A block that only runs for values for which `test` is true."""
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
    """An expression that is true where `test` is false, and that reads well.
    Comparisons of order get a `not` before them, because NaN is neither below nor above
    anything."""
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
