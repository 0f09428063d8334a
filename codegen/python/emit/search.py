"""Answers questions about a code tree: which names it uses, assigns and imports."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from collections.abc import Mapping as Mapping_
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from codegen.python.emit.tree import (
    MODELS,
    All,
    Assign,
    Attribute,
    Binary,
    Block,
    Call,
    Change,
    Compare,
    Comprehension,
    Conditional,
    Constant,
    Declare,
    Display,
    Do,
    For,
    Function,
    If,
    Mapping,
    Name,
    NamedExpr,
    Node,
    Not,
    Return,
    Slice,
    Some,
    Statement,
    Subscript,
    Try,
)

_Inner: TypeAlias = Sequence["Node"]


def _present(*nodes: Node | None) -> _Inner:
    return [node for node in nodes if node is not None]


def _of_mapping(node: Mapping) -> _Inner:
    return [part for pair in node.pairs for part in pair]


def _of_comprehension(node: Comprehension) -> _Inner:
    parts = (node.key, node.element, node.target, node.iterable, node.test)
    return _present(*parts)


def _of_function(node: Function) -> _Inner:
    given = _present(*(parameter.annotation for parameter in node.parameters))
    return [*node.decorators, *given, node.returns, *node.body]


# By type, and not by patterns one after the other: every question about a package is
# asked of a million nodes.
_INSIDE: Final[Mapping_[type[Node], Callable[[Any], _Inner]]] = {
    Name: lambda node: (),
    Constant: lambda node: (),
    Attribute: lambda node: (node.value,),
    Slice: lambda node: (node.value,),
    Not: lambda node: (node.value,),
    Do: lambda node: (node.value,),
    Subscript: lambda node: (node.value, node.index),
    Call: lambda node: (
        (node.function, *node.arguments, *(value for _, value in node.keywords))
        if node.keywords
        else (node.function, *node.arguments)
    ),
    Compare: lambda node: node.operands,
    All: lambda node: node.parts,
    Some: lambda node: node.parts,
    Display: lambda node: node.items,
    Binary: lambda node: (node.left, node.right),
    Conditional: lambda node: (node.test, node.yes, node.no),
    Mapping: _of_mapping,
    Comprehension: _of_comprehension,
    NamedExpr: lambda node: (node.target, node.value),
    Assign: lambda node: (
        (node.target, node.value)
        if node.also is None
        else (node.target, node.also, node.value)
    ),
    Change: lambda node: (node.target, node.value),
    Declare: lambda node: _present(node.target, node.annotation, node.value),
    Return: lambda node: _present(node.value),
    If: lambda node: (node.test, *node.body, *node.orelse),
    For: lambda node: (node.target, node.iterable, *node.body),
    Try: lambda node: (*node.body, node.exceptions, *node.handler, *node.orelse),
    Function: _of_function,
}
"""For each kind of node, what gives the nodes directly inside it, in the order of the
text."""


def walk(nodes: Iterable[Node]) -> Iterator[Node]:
    """These nodes and everything inside them, in the order of the text."""
    pending = [*nodes]
    pending.reverse()
    while pending:
        node = pending.pop()
        yield node
        inner = _INSIDE[type(node)](node)
        if inner:
            pending += inner[::-1]


def statements(block: Iterable[Statement]) -> Iterator[Statement]:
    """The statements of a block and of all blocks inside it, in the order of the text.
    Expressions, of which there are many more, are not looked at."""
    pending = [*block]
    pending.reverse()
    while pending:
        statement = pending.pop()
        yield statement
        inner = _BLOCKS.get(type(statement))
        if inner is not None:
            pending += inner(statement)[::-1]


_BLOCKS: Final[Mapping_[type[Node], Callable[[Any], Block]]] = {
    If: lambda node: node.body + node.orelse,
    For: lambda node: node.body,
    Function: lambda node: node.body,
    Try: lambda node: node.body + node.handler + node.orelse,
}
"""For each kind of statement, the blocks inside it."""


# What is asked of each value takes all nodes in whatever order, from a list that grows
# meanwhile: nothing is made for most of them, and no function called.


def uses(nodes: Iterable[Node], name: Name) -> bool:
    """Whether a name is mentioned anywhere."""
    pending: list[Any] = [*nodes]
    for node in pending:
        kind = type(node)
        if kind is Name:
            if node.id == name.id and node.home == name.home:
                return True
        elif kind is not Constant:
            pending += _INSIDE[kind](node)
    return False


def assigns(nodes: Iterable[Node], name: Name) -> bool:
    """Whether a name is assigned to anywhere."""
    pending: list[Any] = [*nodes]
    for node in pending:
        kind = type(node)
        if kind is Name or kind is Constant:
            continue
        if kind in _ASSIGNING and node.target == name:
            return True
        if kind is Assign and node.also == name:
            return True
        pending += _INSIDE[kind](node)
    return False


_ASSIGNING: Final = frozenset((Assign, Declare, Change, NamedExpr))


def of_kinds(nodes: Iterable[Node], kinds: Collection[type[Node]]) -> Iterator[Any]:
    """All nodes of these kinds, in no particular order."""
    pending: list[Any] = [*nodes]
    for node in pending:
        kind = type(node)
        if kind in kinds:
            yield node
        if kind is not Name and kind is not Constant:
            pending += _INSIDE[kind](node)


@dataclass(slots=True)
class Mentions:
    """What a module mentions. `imported` are the names that come from other modules, by
    module. `taken` are all names that the text uses for something else than a model, so
    that no model may have them there."""

    imported: dict[str, set[str]] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)


def mentions(nodes: Iterable[Node]) -> Mentions:
    """What some nodes mention, found in one walk."""
    used = names(nodes)
    found = Mentions(taken=used.defined)
    for home, name in used.used:
        if home is not None:
            found.imported.setdefault(home, set()).add(name)
        if home != MODELS:
            found.taken.add(name)
    return found


@dataclass(slots=True)
class Names:
    """The names that some nodes use, each with its home, and the names of the functions
    and parameters that they define."""

    used: set[tuple[str | None, str]] = field(default_factory=set)
    defined: set[str] = field(default_factory=set)


def names(nodes: Iterable[Node]) -> Names:
    """What some nodes use and define, in no particular order. It is found in one walk,
    because it is asked for every module."""
    found = Names()
    use = found.used.add
    pending: list[Any] = [*nodes]
    for node in pending:
        kind = type(node)
        # Most of all are one of these, for which nothing is made or called.
        if kind is Name:
            use((node.home, node.id))
        elif kind is Constant:
            pass
        elif kind is Compare:
            pending += node.operands
        elif kind is Attribute:
            pending.append(node.value)
        else:
            pending += _INSIDE[kind](node)
            if kind is Function:
                found.defined.update((node.name, *(p.name for p in node.parameters)))
    return found


class Named:
    """What statements use and define. Each statement is searched once, however often it
    is asked for, and is kept as long as this object."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Statement, Names]] = {}

    def of(self, statement: Statement) -> Names:
        """What a statement uses and defines."""
        known = self._known.get(id(statement))
        if known is None:
            known = self._known[id(statement)] = statement, names([statement])
        return known[1]

    def together(self, some: Iterable[Statement]) -> Names:
        """What several statements use and define together."""
        found = Names()
        for statement in some:
            own = self.of(statement)
            found.used |= own.used
            found.defined |= own.defined
        return found
