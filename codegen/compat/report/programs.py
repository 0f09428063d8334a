"""Changes of the generated package, arranged for people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from codegen.compat.programs import ADDITIONS, Programs

_NAMES: Final = 8


@dataclass(frozen=True, slots=True)
class Row:
    """A change of the generated package, or several additions of one kind."""

    kind: str
    place: str
    advice: str


@dataclass(frozen=True, slots=True)
class ProgramsView:
    """What changes for programs: what breaks some of them, and what is new."""

    bump: str
    reason: str
    breaking: tuple[Row, ...]
    added: tuple[Row, ...]


def arrange(programs: Programs | None) -> ProgramsView | None:
    """Breaks one by one, additions by their kind."""
    if programs is None:
        return None
    breaking = [c for c in programs.changes if c.kind not in ADDITIONS]
    added: dict[str, list[str]] = {}
    for change in programs.changes:
        if change.kind in ADDITIONS:
            added.setdefault(change.kind, []).append(change.place)
    return ProgramsView(
        programs.bump,
        programs.reason,
        tuple(Row(c.kind, c.place, c.advice) for c in breaking),
        tuple(Row(kind, few(names), "") for kind, names in added.items()),
    )


def few(names: Iterable[str]) -> str:
    """Some names and how many more there are."""
    every = list(names)
    shown = ", ".join(every[:_NAMES])
    more = len(every) - _NAMES
    return f"{shown} and {more} more" if more > 0 else shown
