"""Declares local variables, where type checkers need it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from codegen.python.emit import search, tree
from codegen.python.emit.tree import Declare, Name
from codegen.python.model.annotations import ANY

MOST_BINDINGS: Final = 64
"""pyright infers the type of a variable from everything that is assigned to it, but
gives up beyond so many places (its `maxDeclarationsToUseForInference`)."""

_COUNTER: Final = "n"


def declared(
    body: tree.Block,
    parameters: Sequence[tree.Parameter],
    annotation: Callable[[str], tree.Expr | None] = lambda _: None,
) -> tuple[Declare, ...]:
    """The declarations of a function's variables, in the order of its text: of those
    for which there is an `annotation`, and of those that are assigned in too many
    places. Parameters are declared already."""
    bound: dict[str, int] = {}
    assigned: set[str] = set()
    for node in search.statements(body):
        for name in _bound(node):
            bound[name] = bound.get(name, 0) + 1
            if not isinstance(node, (tree.Change, tree.For)):
                assigned.add(name)
    found: list[Declare] = []
    for parameter in parameters:
        bound.pop(parameter.name, None)
    for name, times in bound.items():
        type_ = annotation(name) if name in assigned else None
        if type_ is None and times > MOST_BINDINGS:
            type_ = Name("int") if letters(name) == _COUNTER else ANY
        if type_ is not None:
            found.append(Declare(Name(name), type_))
    return tuple(found)


def letters(name: str) -> str:
    """The letters with which the name of a variable begins. They say what it holds."""
    return name.partition("_")[0].rstrip("0123456789")


def _bound(node: tree.Statement) -> list[str]:
    """The variables that a statement itself assigns, its conditions included."""
    if isinstance(node, tree.If):
        return _named(node.test)
    if isinstance(node, tree.Assign):
        names = _names(node.target)
        return names if node.also is None else names + _names(node.also)
    return _names(node.target) if isinstance(node, tree.Change | tree.For) else []


def _named(test: tree.Expr) -> list[str]:
    """The variables that a condition assigns."""
    match test:
        case tree.All(parts) | tree.Some(parts):
            return [name for part in parts for name in _named(part)]
        case tree.Compare(_, (tree.Attribute(tree.NamedExpr(name)), *_)):
            return [name.id]
        case tree.Compare(_, (tree.NamedExpr(name), *_)):
            return [name.id]
        case _:
            return []


def _names(target: tree.Expr) -> list[str]:
    """The local variables among the targets of an assignment."""
    if isinstance(target, Name):
        return [target.id]
    targets = target.items if isinstance(target, tree.Display) else ()
    return [name.id for name in targets if isinstance(name, Name)]
