"""Changes of the generated package, arranged for people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from codegen.compat.programs import Programs
from codegen.compat.report.causes import few

_NAMES: Final = 8


@dataclass(frozen=True, slots=True)
class Row:
    """A change of the generated package, or several additions of one kind. `style` is
    how the kind is painted, and `parts` are the advice in turns of words and code."""

    kind: str
    place: str
    advice: str
    style: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProgramsView:
    """What changes for programs: first what breaks some of them, one by one, then what
    is new, by its kind. The title says how many there are."""

    bump: str
    title: str
    said: str
    rows: tuple[Row, ...]

    @property
    def shown(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.rows) or self.bump == "unknown"


def arrange(programs: Programs | None) -> ProgramsView | None:
    """The view of what changes for programs; None where nobody has looked."""
    if programs is None:
        return None
    rows = [
        Row(change.kind.value, change.place, change.advice, "breaking", change.parts)
        for change in programs.changes
        if change.kind.breaks
    ]
    added: dict[str, list[str]] = {}
    for change in programs.changes:
        if not change.kind.breaks:
            added.setdefault(change.kind.value, []).append(change.place)
    more = [Row(kind, few(names), "", "compatible") for kind, names in added.items()]
    said = "What imports or uses the generated package."
    if programs.reason:
        said = f"What changes for them is not known: {programs.reason}."
    count = len(programs.changes)
    title = f"Programs ({count})" if count else "Programs"
    return ProgramsView(programs.bump, title, said, (*rows, *more))
