"""Keeps type checkers from drawing conclusions from one assertion for the next.

If one condition asks whether a value is `"a"` and the next whether it is `"b"`, a type
checker calls the second one impossible. But schemas may contradict themselves. So the
second condition asks another variable, to which the value is assigned before the first
one.
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
    """What conditions ask of a value: its class (`kind`), whether it equals something,
    and its size or content."""

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
    """A block, followed by what `writes` write about the same value, each with the type
    that is known then. Variables for these are bound before the block; `label` tells
    the variables of several such blocks apart."""
    bound: list[tree.Statement] = []
    found = list(block)
    asked = _told_by(block, at.v)
    for known_type, write in writes:
        named = f"{label}{len(bound) + 1}"
        # What a type is known by was asked of another variable then.
        known = "" if bound else known_type
        new, part, of_part = _apart(asked, write(at), write, at, known, named)
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
    """The statements that bind another variable to a value, if `part` needs one behind
    what has been asked before; and the part, written with it."""
    new, part, _ = _apart(_told_by(before, at.v), part, write, at, known_type, label)
    return new, part


def _apart(
    before: _Asked,
    part: tree.Block,
    write: Write,
    at: At,
    known_type: str,
    label: str,
) -> tuple[tree.Block, tree.Block, _Asked]:
    """As `apart`, given what has been asked before; also returns what the part asks."""
    asked = _told_by(part, at.v)
    if not part or not _disturbs(before, asked, known_type):
        return (), part, asked
    name = at.v.id if isinstance(at.v, tree.Name) else at.local("x").id
    other = tree.Name(f"{name}_{label}")
    return (tree.Assign(other, at.v),), write(At(other, at.depth)), _Asked()


def _disturbs(before: _Asked, part: _Asked, known_type: str) -> bool:
    """Whether a type checker would conclude too much from what was asked before. That
    the value is of the known type is no conclusion that matters."""
    if part.kind:
        return before.kind or before.equal
    if before.equal:
        return part.equal or part.size
    return before.kind and not known_type and (part.equal or part.size)


_KIND: Final = frozenset({"is", "is not"})
_EQUAL: Final = frozenset({"==", "!=", "in", "not in"})


_ASKING: Final = frozenset({tree.Compare, tree.Call, tree.For})


def _told_by(nodes: Iterable[tree.Node], v: tree.Expr) -> _Asked:
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
