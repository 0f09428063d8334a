"""What else must hold beside an alternative: conditions, exclusions, oneOf."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import assert_never

from codegen.compat.normal import forms
from codegen.compat.normal.forms import Form
from codegen.compat.proof.context import Proving
from codegen.compat.proof.disjointness import Disjointness
from codegen.ir import model as ir


@dataclass(slots=True)
class Residues:
    """The part of a proof that is about residues."""

    prover: Proving
    _known: Disjointness | None = field(default=None)
    _classes: dict[tuple[int, int], tuple[forms.Residue, int]] = field(
        default_factory=dict
    )

    def apart(self) -> Disjointness:
        """What is known to have nothing in common."""
        if self._known is None:
            prover = self.prover
            self._known = Disjointness(
                prover.writer.side,
                prover.reader.side,
                prover.emission,
                prover.budget.step,
            )
        return self._known

    def all_hold(self, form: Form, residues: tuple[forms.Residue, ...]) -> bool:
        """Whether everything that an alternative writes meets some residues."""
        return all(self._holds(form, residue) for residue in residues)

    def _holds(self, form: Form, residue: forms.Residue) -> bool:
        if self._class_of(self.prover.reader.number, residue) in self._own(form):
            return True
        apart = self.apart()
        match residue:
            case forms.Exclusive(union, index):
                others = (b for i, b in enumerate(union.schemas) if i != index)
                if all(apart.form_node(form, (other,)) for other in others):
                    return True
                return self.prover.free_of("two branches of a oneOf may both match")
            case forms.Outside(schema):
                if apart.form_node(form, (schema,)):
                    return True
                return self.prover.free_of("what `not` excludes may be written")
            case forms.Condition(rule):
                return self._condition(form, rule)
            case forms.Unevaluated():
                return self.prover.free_of("what stays unevaluated is not certain")
            case _:
                assert_never(residue)

    def _own(self, form: Form) -> set[int]:
        return {self._class_of(self.prover.writer.number, r) for r in form.residues}

    def _class_of(self, number: int, residue: forms.Residue) -> int:
        known = self._classes.get((number, id(residue)))
        if known is None:
            known = residue, self._class(number, residue)
            # The residue is kept so that no other can take its identity.
            self._classes[number, id(residue)] = known
        return known[1]

    def _class(self, number: int, residue: forms.Residue) -> int:
        match residue:
            case forms.Exclusive(union):
                return self.prover.classes.of_assertion(number, union)
            case forms.Outside(schema):
                return self.prover.classes.of_assertion(number, ir.Not(schema))
            case forms.Condition(rule):
                return self.prover.classes.of_assertion(number, rule)
            case forms.Unevaluated(_, owner):
                return self.prover.classes.of(number, owner)
            case _:
                assert_never(residue)

    def _condition(self, form: Form, rule: ir.IfThenElse) -> bool:
        def holds(schema: ir.Schema | None) -> bool:
            if schema is None:
                return True
            return self.prover.form_within(
                form, self.prover.reader.side.expand((schema,)), schema
            )

        then, otherwise = holds(rule.then), holds(rule.otherwise)
        if then and otherwise:
            return True
        if otherwise and self.apart().form_node(form, (rule.condition,)):
            return True
        if then and holds(rule.condition):
            return True
        return self.prover.free_of("a condition may not be met")
