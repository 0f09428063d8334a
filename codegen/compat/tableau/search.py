"""Whether anything is written by one version and rejected by the other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from codegen.compat.normal.forms import Node
from codegen.compat.normal.normalise import TooManyForms
from codegen.compat.proof.containment import Prover
from codegen.compat.proof.context import Budget, Share, Spent
from codegen.compat.tableau.places import EMPTY, READER, WRITER, Look, Places
from codegen.compat.tableau.saying import Said
from codegen.compat.tableau.unions import Unions
from codegen.ir import model as ir

STEPS: Final = 15_000
"""Steps of one question."""


_UNBUILT: Final = "a document that there seems to be could not be built"


@dataclass(slots=True)
class Tableau:
    """Answers for one direction of traffic. What the prover has proved of places inside
    is not looked at again; its steps count."""

    prover: Prover
    assume_open: bool
    share: Share = field(default_factory=lambda: Share(STEPS))
    budget: Budget = field(default_factory=lambda: Budget(0))
    _places: Places = field(init=False)
    _unions: Unions = field(init=False)

    def __post_init__(self) -> None:
        self._places = Places(
            (self.prover.writer, self.prover.reader),
            self.prover.classes,
            self.budget.step,
            self._contained,
            self.assume_open,
        )
        self._unions = Unions(self._places, self.prover.classes, self._contained)

    def look(self, writer: Node, reader: Node) -> Look:
        """Documents written at one place and rejected at the other, or that there are
        none; named schemas inside are taken to be within their other versions."""
        given = self.budget.steps = self.share.take()
        try:
            return self._look(writer, reader, given)
        finally:
            self.share.spend(given, self.budget.steps)

    def _look(self, writer: Node, reader: Node, given: int) -> Look:
        vague = ""
        for schema in reader:
            mine = tuple(Said(WRITER, one) for one in writer)
            if self._branchwise(writer, schema, given):
                continue
            try:
                found = self._places.whole((*mine, Said(READER, schema, False, False)))
            except Spent:
                return Look(vague=f"the cases take more than {given} steps")
            except RecursionError:
                return Look(vague="the place is too deep")
            if found.values:
                return found
            if not found.empty:
                vague = vague or found.vague or _UNBUILT
        return Look(vague=vague) if vague else EMPTY

    def _branchwise(self, writer: Node, reader: ir.Schema, given: int) -> bool:
        """The same of two unions, with as many steps again."""
        left, self.budget.steps = self.budget.steps, given
        try:
            return self._unions.within(writer, reader)
        except (Spent, RecursionError):
            return False
        finally:
            self.budget.steps = left

    def _contained(self, writer: Node, reader: ir.Schema) -> bool:
        prover = self.prover
        outer, obstacle = prover.budget.steps, prover.obstacle
        prover.budget.steps = min(self.budget.steps, 2_000)
        try:
            return prover.nodes(writer, (reader,))
        except (Spent, TooManyForms, RecursionError):
            prover.forget()
            return False
        finally:
            self.budget.steps -= max(0, 2_000 - prover.budget.steps) // 4
            prover.budget.steps, prover.obstacle = outer, obstacle
