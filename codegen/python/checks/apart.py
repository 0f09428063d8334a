"""Keeps apart what several assertions ask of one value.

A type checker takes what one has asked for known where the next asks, and calls a
question whose answer it knows an error: schemas that contradict themselves are allowed.
So the next asks a second variable, which is bound before the first question.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, TypeAlias

from codegen.python.checks.context import NO, At
from codegen.python.emit import search, tree

Write: TypeAlias = "Callable[[At], tree.Block]"


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of a value itself: its class; which of some values it is; and its
    size, or what is in it."""

    kind: bool = False
    equal: bool = False
    size: bool = False

    def __or__(self, other: _Asked) -> _Asked:
        return _Asked(
            self.kind or other.kind,
            self.equal or other.equal,
            self.size or other.size,
        )


def told_apart(
    block: tree.Block, writes: Iterable[tuple[str, Write]], at: At, label: str = ""
) -> tree.Block:
    """A block, and those that are written behind it about the same value, each beside
    the type that is known of the value, if any. `label` tells the variables of several
    such blocks from each other."""
    bound: list[tree.Statement] = []
    found = list(block)
    asked = _asked(block, at.v)
    for known_type, write in writes:
        named = f"{label}{len(bound) + 1}"
        new, part, of_part = _apart(asked, write(at), write, at, known_type, named)
        bound += new
        found += part
        asked |= of_part
        if tuple(found[-1:]) == NO:
            break
    return (*bound, *found)


def apart(
    before: Iterable[tree.Node],
    part: tree.Block,
    write: Write,
    at: At,
    known_type: str,
    label: str,
) -> tuple[tree.Block, tree.Block]:
    """What binds another variable to a value, if what is written of the value behind
    other questions needs one; and that part, with it."""
    new, part, _ = _apart(_asked(before, at.v), part, write, at, known_type, label)
    return new, part


def _apart(
    before: _Asked,
    part: tree.Block,
    write: Write,
    at: At,
    known_type: str,
    label: str,
) -> tuple[tree.Block, tree.Block, _Asked]:
    """As `apart`, behind what has been asked; and what the part asks of the value."""
    asked = _asked(part, at.v)
    if not part or not _disturbs(before, asked, known_type):
        return (), part, asked
    name = at.v.id if isinstance(at.v, tree.Name) else at.local("x").id
    other = tree.Name(f"{name}_{label}")
    return (tree.Assign(other, at.v),), write(At(other, at.depth)), _Asked()


def _disturbs(before: _Asked, part: _Asked, known_type: str) -> bool:
    """Whether what has been asked tells a checker too much for a further part. That a
    value is of the type that is known, the part knows, too."""
    if part.kind:
        return before.kind or before.equal
    if before.equal:
        return part.equal or part.size
    return before.kind and not known_type and (part.equal or part.size)


_KIND: Final = frozenset({"is", "is not"})
_EQUAL: Final = frozenset({"==", "!=", "in", "not in"})


_ASKING: Final = frozenset({tree.Compare, tree.Call, tree.For})


def _asked(nodes: Iterable[tree.Node], v: tree.Expr) -> _Asked:
    kind = equal = size = False
    itself = tree.Attribute(v, "__class__")
    for node in search.of_kinds(nodes, _ASKING):
        match node:
            case tree.Compare((operator, *_), operands) if v in operands:
                first = operands[0] == v
                kind = kind or (first and operator in _KIND)
                equal = equal or (first and operator in _EQUAL)
                size = size or not first or operator not in _KIND | _EQUAL
            case tree.Compare(_, operands) if itself in operands:
                kind = True
            case tree.Call(tree.Name(name), arguments) if v in arguments:
                size = size or not name.startswith("valid_")
            case tree.For(_, iterable, _) if iterable == v:
                size = True
            case _:
                pass
    return _Asked(kind, equal, size)
