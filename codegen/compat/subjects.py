"""What a comparison is about: pairs of schemas, and what was found of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from codegen.compat.changes import Change
from codegen.compat.findings import Verdict, Witness
from codegen.ir import model as ir

Pair: TypeAlias = tuple[ir.SchemaId, ir.SchemaId]
"""An old schema and a new one."""


@dataclass(slots=True, eq=False)
class Answer:
    """What a change does in one direction."""

    verdict: Verdict
    witness: Witness | None = None
    reason: str = ""


@dataclass(slots=True, eq=False)
class Subject:
    """A pair of schemas to be judged: a named one, or an operation's body.

    `affected` holds the messages that carry it, by direction. `found` is every change
    that the structural comparison proposes, `changes` those that stand here, and
    `elsewhere` the pairs in which the others stand. `answers` says what each of
    `changes` does, by direction.
    """

    name: str
    old: ir.Schema
    new: ir.Schema
    directions: tuple[ir.Direction, ...]
    affected: Mapping[ir.Direction, tuple[str, ...]]
    differs: bool = False
    found: tuple[Change, ...] = ()
    changes: tuple[Change, ...] = ()
    elsewhere: frozenset[Pair] = frozenset()
    answers: dict[ir.Direction, list[Answer]] = field(default_factory=dict)

    @property
    def pair(self) -> Pair:
        """The two versions."""
        return self.old.id, self.new.id

    @property
    def everyone(self) -> tuple[str, ...]:
        """The messages of all directions."""
        return tuple(dict.fromkeys(n for many in self.affected.values() for n in many))
