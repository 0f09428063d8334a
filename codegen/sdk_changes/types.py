"""Annotations of both versions, held against each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from codegen.compat.programs import spelled
from codegen.python.emit import printer, tree

_OWN: Final = frozenset(["str", "int", "float", "bool", "Any", "Unset"])
_SHOWN: Final = 5


def text(of: tree.Expr) -> str:
    """An annotation in one line."""
    return printer.expression(of)


def same(before: tree.Expr, after: tree.Expr) -> bool:
    """Whether two annotations mean the same; the order of a union does not count."""
    return before == after or _key(before) == _key(after)


def widened(before: tree.Expr, after: tree.Expr) -> bool:
    """Whether a type only gained more of what a program tells apart already: a class
    in a union of several, a value in a list of values."""
    match before, after:
        case (
            tree.Subscript(tree.Name(outer), mine),
            tree.Subscript(tree.Name(other), theirs),
        ) if (
            outer == other != "Union"
        ):
            if outer == "Literal":
                return _keys(_items(mine)) < _keys(_items(theirs))
            return _widened_inside(_items(mine), _items(theirs))
        case _:
            return _union_widened(list(_branches(before)), list(_branches(after)))


def difference(before: tree.Expr, after: tree.Expr) -> str:
    """What is to be said of a change of type, in words."""
    mine = {_key(part): part for part in _alternatives(before)}
    theirs = {_key(part): part for part in _alternatives(after)}
    gone = [text(part) for key, part in mine.items() if key not in theirs]
    come = [text(part) for key, part in theirs.items() if key not in mine]
    said = []
    if gone and come and len(mine) == len(gone):
        return f"expect {_few(come)} instead of {_few(gone)}"
    if come:
        said.append(f"also expect {_few(come)}")
    if gone:
        said.append(f"no longer expect {_few(gone)}")
    return ", and ".join(said)


def _few(names: list[str]) -> str:
    more = len(names) - _SHOWN
    shown = spelled(" | ".join(names[:_SHOWN]))
    return f"{shown} and {more} more" if more > 0 else shown


def _union_widened(before: list[tree.Expr], after: list[tree.Expr]) -> bool:
    mine, theirs = _keys(before), _keys(after)
    gone = [part for part in before if _key(part) not in theirs]
    come = [part for part in after if _key(part) not in mine]
    if len(gone) == 1 == len(come) and len(before) + len(after) > 2:
        return widened(gone[0], come[0])
    told_apart = sum(text(part) not in ("None", "Unset") for part in before) > 1
    return not gone and told_apart and all(map(_is_definition, come))


def _widened_inside(before: list[tree.Expr], after: list[tree.Expr]) -> bool:
    return len(before) == len(after) and all(
        same(mine, theirs) or widened(mine, theirs)
        for mine, theirs in zip(before, after, strict=True)
    )


def _is_definition(part: tree.Expr) -> bool:
    return isinstance(part, tree.Name) and part.id not in _OWN


def _branches(of: tree.Expr) -> Iterator[tree.Expr]:
    """The members of a union, or the type itself, in order."""
    stack = [of]
    while stack:
        match stack.pop():
            case tree.Binary("|", left, right):
                stack += [right, left]
            case tree.Subscript(tree.Name("Union"), inner):
                stack += reversed(_items(inner))
            case part:
                yield part


def _alternatives(of: tree.Expr) -> Iterator[tree.Expr]:
    """The members of a union, each listed value as one."""
    for part in _branches(of):
        match part:
            case tree.Subscript(tree.Name("Literal"), values):
                yield from _items(values)
            case _:
                yield part


def _items(inside: tree.Expr) -> list[tree.Expr]:
    return list(inside.items) if isinstance(inside, tree.Display) else [inside]


def _keys(parts: list[tree.Expr]) -> set[str]:
    return {_key(part) for part in parts}


def _key(of: tree.Expr) -> str:
    """The same for types that mean the same."""
    parts = list(_branches(of))
    if len(parts) > 1:
        return " | ".join(sorted(map(_key, parts)))
    match parts[0]:
        case tree.Subscript(tree.Name("Literal"), values):
            return f"Literal{sorted(map(text, _items(values)))}"
        case tree.Subscript(tree.Name(outer), inner):
            return f"{outer}[{', '.join(map(_key, _items(inner)))}]"
        case part:
            return text(part)
