"""What the parts of a proof share: who writes and reads, and what it may cost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from codegen.compat.normal.emission import Emission
from codegen.compat.normal.equivalence import Classes
from codegen.compat.normal.forms import Form, Node
from codegen.compat.normal.normalise import Expansion, Side
from codegen.ir import model as ir
from codegen.oracle import Judge

Assumption = Callable[[ir.SchemaId, ir.SchemaId], bool | None]
"""Whether one named schema is known to be within another; None where it is open."""


SHARES: Final = 4
"""How many long questions there may be about one pair."""
WHOLE: Final = 16
"""How many there may be in all: two years of the whole API of OpenAI, 1,400 schemas,
take fewer steps than one."""


class Spent(Exception):
    """The budget of steps is used up."""


@dataclass(slots=True)
class Budget:
    """Deterministic: counts steps, not seconds."""

    steps: int

    def step(self, count: int = 1) -> None:
        """Use so many. Raises `Spent`."""
        self.steps -= count
        if self.steps < 0:
            raise Spent


@dataclass(slots=True)
class Share:
    """Steps for the questions of one direction.

    Each may have `most`; once `SHARES` times as many are spent on one pair of schemas,
    each has a little, and once `WHOLE` times as many are spent on all of them, next to
    nothing."""

    most: int
    left: int = 0
    spent: int = 0

    def begin(self) -> None:
        """Begin with another pair."""
        self.left = SHARES * self.most

    def take(self) -> int:
        """The steps of one question."""
        if self.spent > WHOLE * self.most:
            return self.most // 400
        return max(min(self.most, self.left), self.most // 40)

    def spend(self, given: int, rest: int) -> None:
        """Of the steps that were given so many are left."""
        spent = given - max(rest, 0)
        self.left -= spent
        self.spent += spent


@dataclass(frozen=True, slots=True)
class Party:
    """One side in its role: its number in `Classes`, what it is and how it judges."""

    number: int
    side: Side
    judge: Judge


class Proving(Protocol):
    """What a part of the proof asks of the whole."""

    writer: Party
    reader: Party
    emission: Emission
    classes: Classes
    budget: Budget
    obstacle: str

    def nodes(self, writer: Node, reader: Node) -> bool:
        """Whether everything written at one place is accepted at the other."""

    def form_within(self, form: Form, target: Expansion, reader: ir.Schema) -> bool:
        """Whether an alternative of the writer is accepted by a reader's schema."""

    def form_in_form(self, form: Form, other: Form) -> bool:
        """Whether one alternative lies within one alternative of the reader."""

    def free_of(self, obstacle: str) -> bool:
        """Whether nothing is in the way; what is, becomes the reason."""
