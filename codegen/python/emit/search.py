"""What a code tree says when it is asked: what it uses, assigns, imports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from codegen.python.emit.tree import (
    MODELS,
    All,
    Assign,
    Attribute,
    Binary,
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
    Format,
    Function,
    If,
    Mapping,
    Name,
    Node,
    Not,
    Power,
    Return,
    Slice,
    Some,
    Statement,
    Subscript,
    Try,
)


def children(node: Node) -> Iterator[Node]:
    """The expressions and statements directly inside one."""
    match node:
        case Name() | Constant() | Power():
            return
        case Attribute(value) | Slice(value) | Not(value) | Do(value):
            yield value
        case Subscript(value, index):
            yield from (value, index)
        case Call(function, arguments, keywords, _):
            yield function
            yield from arguments
            yield from (value for _, value in keywords)
        case Compare(_, operands):
            yield from operands
        case All(parts) | Some(parts) | Display(_, parts):
            yield from parts
        case Binary(_, left, right):
            yield from (left, right)
        case Conditional(test, yes, no):
            yield from (test, yes, no)
        case Mapping(pairs, _):
            for pair in pairs:
                yield from pair
        case Comprehension():
            yield from _present(node.key, node.element, node.target)
            yield from _present(node.iterable, node.test)
        case Format(parts):
            yield from (part for part in parts if isinstance(part, Name))
        case _:
            yield from _inside(node)


def _inside(node: Statement) -> Iterator[Node]:
    match node:
        case Assign(target, value) | Change(target, _, value):
            yield from (target, value)
        case Declare(target, annotation, value):
            yield from _present(target, annotation, value)
        case Do(value):
            yield value
        case Return(value):
            yield from _present(value)
        case If(test, body, orelse):
            yield from (test, *body, *orelse)
        case For(target, iterable, body):
            yield from (target, iterable, *body)
        case Try(body, exceptions, handler, orelse):
            yield from (*body, exceptions, *handler, *orelse)
        case Function(_, parameters, returns, body, _, decorators):
            yield from decorators
            for parameter in parameters:
                yield from _present(parameter.annotation, parameter.default)
            yield from (returns, *body)


def _present(*nodes: Node | None) -> Iterator[Node]:
    return (node for node in nodes if node is not None)


def walk(nodes: Iterable[Node]) -> Iterator[Node]:
    """Some nodes and everything inside them, in the order of the text."""
    pending = [iter(nodes)]
    while pending:
        for node in pending[-1]:
            yield node
            pending.append(children(node))
            break
        else:
            pending.pop()


def uses(nodes: Iterable[Node], name: Name) -> bool:
    """Whether a name is mentioned."""
    return any(node == name for node in walk(nodes))


def assigns(nodes: Iterable[Node], name: Name) -> bool:
    """Whether a name is assigned to, at any depth."""
    return any(
        isinstance(node, Assign | Declare | Change) and node.target == name
        for node in walk(nodes)
    )


def imported(nodes: Iterable[Node]) -> dict[str, set[str]]:
    """The names that are taken from other modules, by module."""
    found: dict[str, set[str]] = {}
    for node in walk(nodes):
        if isinstance(node, Name) and node.home is not None:
            found.setdefault(node.home, set()).add(node.id)
    return found


def taken(nodes: Iterable[Node]) -> set[str]:
    """Every name that stands in the text for something else than a model: what a
    model must not be called there."""
    found: set[str] = set()
    for node in walk(nodes):
        if isinstance(node, Name) and node.home != MODELS:
            found.add(node.id)
        elif isinstance(node, Function):
            found |= {node.name, *(p.name for p in node.parameters)}
    return found
