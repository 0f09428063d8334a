"""A place taken apart into cases, without those that contradict themselves.

Choices are made one after the other, those with the fewest ways first; a choice of
which one way is left is none. What is left out of a case (`Vague`) makes it larger, never
smaller, so that a place without a case is a place at which nothing can stand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Final, assert_never

from codegen.compat.normal.equivalence import Classes
from codegen.compat.proof.context import Party
from codegen.compat.tableau import unevaluated
from codegen.compat.tableau.case import Case
from codegen.compat.tableau.opposites import alternatives, opposite
from codegen.compat.tableau.saying import (
    FALSE,
    TRUE,
    Absent,
    Clause,
    Denied,
    Fact,
    Indivisible,
    Option,
    Part,
    Place,
    Said,
)
from codegen.ir import facts
from codegen.ir import model as ir


class Cases:
    """The cases of places; `parties` are the writer and the reader."""

    def __init__(
        self,
        parties: tuple[Party, Party],
        classes: Classes,
        step: Callable[[], None],
    ) -> None:
        self.parties = parties
        self.classes = classes
        self.step = step
        self.formats = parties[0].side.formats
        self._numbers: dict[tuple[int, int], int] = {}

    def of(self, place: Place, kind: str) -> Iterator[Case]:
        """The cases of a place for values of one JSON type."""
        case = Case(kind)
        if all(self._add(case, said) for said in place):
            yield from self._search(case)

    def _search(self, case: Case) -> Iterator[Case]:
        while case.clauses:
            self.step()
            chosen = self._chosen(case)
            if chosen is None:
                return
            if len(chosen) == 1:
                if not all(self._add(case, part) for part in chosen[0]):
                    return
                continue
            for option in chosen:
                other = case.copy()
                if all(self._add(other, part) for part in option):
                    yield from self._search(other)
            return
        yield case

    def _chosen(self, case: Case) -> Clause | None:
        """The open choice with the fewest ways, taken out; one without a way where
        nothing is left to choose. None where a choice has no way."""
        best: Clause | None = None
        left: list[Clause] = []
        for clause in case.clauses:
            if any(self._holds(case, option) for option in clause):
                continue
            options = tuple(o for o in clause if self._open(case, o))
            if not options:
                return None
            if best is None or len(options) < len(best):
                if best is not None:
                    left.append(best)
                best = options
            else:
                left.append(options)
        case.clauses = left
        return ((),) if best is None else best

    def _holds(self, case: Case, option: Option) -> bool:
        return all(isinstance(part, Said) and part.key in case.seen for part in option)

    def _open(self, case: Case, option: Option) -> bool:
        """Whether nothing plainly contradicts an option."""
        for part in option:
            match part:
                case Said(holds=holds):
                    known = case.classes.get(("schema", self._class(part)), holds)
                    if known is not holds:
                        return False
                    if holds and not self._fits(case.kind, part.schema):
                        return False
                case Fact(what=ir.Required(names)):
                    if any(name in case.objects.absent for name in names):
                        return False
                case Fact(what=Absent(name)):
                    if name in case.objects.required:
                        return False
                case Fact(what=Denied(number)):
                    if case.classes.get(("assertion", number)):
                        return False
                case _:
                    pass
        return True

    def _fits(self, kind: str, schema: ir.Schema) -> bool:
        """Whether a schema plainly allows values of a JSON type."""
        for assertion in schema.assertions:
            match assertion:
                case ir.Never():
                    return False
                case ir.Type(types):
                    if kind not in types and (kind, "integer") != ("number", types[0]):
                        return kind == "number" and "integer" in types
                case ir.Enum(values):
                    if not any(facts.json_type(value) == kind for value in values):
                        return False
                case _:
                    pass
        return True

    # --- what is said --------------------------------------------------------------

    def _add(self, case: Case, part: Part) -> bool:
        """Whether something can be said beside all that was said; now it is."""
        self.step()
        if isinstance(part, Fact):
            return case.take(part, self.formats)
        if part.key in case.seen:
            return True
        case.seen.add(part.key)
        if not part.schema.assertions:
            return part.holds
        if not case.note(("schema", self._class(part)), part.holds):
            return False
        if part.holds:
            return all(self._assert(case, part, a) for a in part.schema.assertions)
        return self._either(case, self._denied(case, part))

    def _either(self, case: Case, clause: Clause) -> bool:
        if len(clause) == 1:
            return all(self._add(case, part) for part in clause[0])
        if clause and () not in clause:
            case.clauses.append(clause)
        return bool(clause)

    def _denied(self, case: Case, said: Said) -> Clause:
        """The ways in which a schema can reject a value."""
        found: list[Option] = []
        for assertion in said.schema.assertions:
            clause = self._opposite(case.kind, said, assertion)
            if clause == TRUE:
                return TRUE
            if _stands_alone(assertion):
                mark = Fact(said.party, Denied(self._class_of(said.party, assertion)))
                clause = tuple((mark, *option) for option in clause)
            found.extend(clause)
        return tuple(found)

    def _opposite(self, kind: str, said: Said, assertion: ir.Assertion) -> Clause:
        match assertion:
            case ir.Type(types):
                if kind in types:
                    return FALSE
                whole = kind == "number" and "integer" in types
                return ((Fact(said.party, Indivisible(_ONE)),),) if whole else TRUE
            case ir.Ref(target):
                return ((said.denied(self._target(said.party, target)),),)
            case ir.Format(name) if name not in self.formats:
                return FALSE
            case _ if not _about(kind, assertion):
                return FALSE
            case _:
                return opposite(said, assertion)

    def _assert(self, case: Case, said: Said, assertion: ir.Assertion) -> bool:
        if not _about(case.kind, assertion):
            return True
        if _stands_alone(assertion):
            number = self._class_of(said.party, assertion)
            if not case.note(("assertion", number), True):
                return False
        match assertion:
            case ir.Ref(target):
                inner = self._target(said.party, target)
                return self._add(case, Said(said.party, inner, True, said.told))
            case ir.InPlace():
                return all(self._either(case, c) for c in alternatives(said, assertion))
            case ir.DependentRequired() | ir.DependentSchemas():
                return all(self._either(case, c) for c in _triggers(said, assertion))
            case ir.UnevaluatedProperties() | ir.UnevaluatedItems():
                side = self.parties[said.party].side
                found = unevaluated.known(side, said.schema, assertion)
                parts = (Fact(said.party, what, said.told) for what in found)
                return all(case.take(part, self.formats) for part in parts)
            case _:
                return case.take(Fact(said.party, assertion, said.told), self.formats)

    def _target(self, party: int, target: ir.SchemaId) -> ir.Schema:
        return self.parties[party].side.module.schemas[target]

    def _class(self, said: Said) -> int:
        return self.classes.of(self.parties[said.party].number, said.schema)

    def _class_of(self, party: int, assertion: ir.Assertion) -> int:
        key = party, id(assertion)
        if key not in self._numbers:
            number = self.parties[party].number
            self._numbers[key] = self.classes.of_assertion(number, assertion)
        return self._numbers[key]


_ONE: Final = Fraction(1)


def _about(kind: str, assertion: ir.Assertion) -> bool:
    """Whether an assertion says anything of values of a JSON type."""
    match assertion:
        case ir.OnNumbers():
            return kind == "number"
        case ir.OnStrings():
            return kind == "string"
        case ir.OnArrays():
            return kind == "array"
        case ir.OnObjects():
            return kind == "object"
        case ir.OnAnyValue() | ir.InPlace():
            return True
        case _:
            assert_never(assertion)


def _stands_alone(assertion: ir.Assertion) -> bool:
    """Whether what an assertion says does not depend on what stands beside it."""
    return not isinstance(assertion, ir.UnevaluatedProperties | ir.UnevaluatedItems)


def _triggers(
    said: Said, assertion: ir.DependentRequired | ir.DependentSchemas
) -> Iterator[Clause]:
    """For each trigger: it is absent, or what it asks for holds."""
    party = said.party

    def here(*names: str) -> Fact:
        return Fact(party, ir.Required(names), False)

    match assertion:
        case ir.DependentRequired(by_name):
            for trigger, names in by_name.items():
                yield (
                    (Fact(party, Absent(trigger)),),
                    (here(trigger, *names),),
                )
        case ir.DependentSchemas(schemas):
            for trigger, schema in schemas.items():
                more = Said(party, schema, True, False)
                yield ((Fact(party, Absent(trigger)),), (here(trigger), more))
