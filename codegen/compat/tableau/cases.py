"""A place taken apart into cases, without those that contradict themselves.

Choices are made one after the other, those with the fewest ways first; a choice of
which one way is left is none. What is left out of a case (`Vague`) makes it larger,
never smaller, so that a place without a case is one at which nothing can stand.
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

_Key = tuple[int, ir.SchemaId, int]
"""A version, a schema of it, and an assertion of that."""


class Cases:
    """The cases of places; `parties` are the writer and the reader."""

    def __init__(
        self,
        parties: tuple[Party, Party],
        classes: Classes,
        step: Callable[[int], None],
        assume_open: bool,
    ) -> None:
        self.assume_open = assume_open
        self.parties = parties
        self.classes = classes
        self.step = step
        self.formats = parties[0].side.formats
        self._numbers: dict[_Key, int] = {}
        self._left: dict[tuple[object, ...], Clause] = {}
        """What was made for assertions that are about what stands beside them."""

    def of(self, place: Place, kind: str) -> Iterator[Case]:
        """The cases of a place for values of one JSON type."""
        case = Case(kind)
        if all(self._add(case, said) for said in place):
            yield from self._search(case)

    def _search(self, case: Case) -> Iterator[Case]:
        while case.clauses:
            self.step(1)
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
        looked = 0
        for clause in case.clauses:
            looked += len(clause) * (1 + len(clause[0]))
            if looked >= _LOOKS:
                self.step(looked // _LOOKS)
                looked %= _LOOKS
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
        """Whether an option was chosen already. What a writer declares in the others
        counts all the same."""
        return all(
            isinstance(part, Said)
            and part.key in case.seen
            and (self.assume_open or not part.told)
            for part in option
        )

    def _open(self, case: Case, option: Option) -> bool:
        """Whether nothing plainly contradicts an option."""
        return all(
            self._sayable(case, part) if isinstance(part, Said) else _able(case, part)
            for part in option
        )

    def _sayable(self, case: Case, said: Said) -> bool:
        known = case.classes.get(("schema", self._class(said)), said.holds)
        if known is not said.holds:
            return False
        return not said.holds or _fits(case.kind, said.schema)

    # --- what is said --------------------------------------------------------------

    def _add(self, case: Case, part: Part) -> bool:
        """Whether something can be said beside all that was said; now it is."""
        self.step(1)
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
            mark = Fact(said.party, Denied(self._class_of(said, assertion)))
            found.extend((mark, *option) for option in clause)
        return tuple(found)

    def _opposite(self, kind: str, said: Said, assertion: ir.Assertion) -> Clause:
        if isinstance(assertion, ir.Type):
            if kind in assertion.types:
                return FALSE
            whole = kind == "number" and "integer" in assertion.types
            return ((Fact(said.party, Indivisible(_ONE)),),) if whole else TRUE
        if isinstance(assertion, ir.Ref):
            return ((said.denied(self._target(said.party, assertion.target)),),)
        silent = isinstance(assertion, ir.Format) and assertion.name not in self.formats
        if silent or not unevaluated.concerns(kind, assertion):
            return FALSE
        if isinstance(assertion, unevaluated.Rule):
            return self._unevaluated(said, assertion, False)
        return opposite(said, assertion)

    def _assert(self, case: Case, said: Said, assertion: ir.Assertion) -> bool:
        if not unevaluated.concerns(case.kind, assertion):
            return True
        if not case.note(("assertion", self._class_of(said, assertion)), True):
            return False
        if isinstance(assertion, ir.Ref):
            inner = self._target(said.party, assertion.target)
            return self._add(case, Said(said.party, inner, True, said.told))
        if isinstance(assertion, ir.InPlace):
            return all(self._either(case, c) for c in alternatives(said, assertion))
        if isinstance(assertion, ir.DependentRequired | ir.DependentSchemas):
            return all(self._either(case, c) for c in _triggers(said, assertion))
        if isinstance(assertion, unevaluated.Rule):
            return self._either(case, self._unevaluated(said, assertion, True))
        return case.take(Fact(said.party, assertion, said.told), self.formats)

    def _unevaluated(self, said: Said, rule: unevaluated.Rule, holds: bool) -> Clause:
        key = said.party, said.schema.id, id(rule), holds and said.told, holds
        if key not in self._left:
            module = self.parties[said.party].side.module
            asked = unevaluated.holds if holds else unevaluated.fails
            self._left[key] = asked(module, said, rule)
        return self._left[key]

    def _target(self, party: int, target: ir.SchemaId) -> ir.Schema:
        return self.parties[party].side.module.schemas[target]

    def _class(self, said: Said) -> int:
        return self.classes.of(self.parties[said.party].number, said.schema)

    def _class_of(self, said: Said, assertion: ir.Assertion) -> int:
        """The class of an assertion; of one that asks about what stands beside it, with
        that."""
        key = said.party, said.schema.id, id(assertion)
        if key not in self._numbers:
            number = self.parties[said.party].number
            if isinstance(assertion, unevaluated.Rule):
                whole = unevaluated.essence(said.schema, assertion)
                self._numbers[key] = -1 - self.classes.of(number, whole)
            else:
                self._numbers[key] = self.classes.of_assertion(number, assertion)
        return self._numbers[key]


_ONE: Final = Fraction(1)

_LOOKS: Final = 150
"""Parts of choices that are looked at in the time that a step takes: few places have as
many, and those of thousands of alternatives look at all of them again and again."""


def _able(case: Case, fact: Fact) -> bool:
    """Whether nothing plainly contradicts a fact."""
    what = fact.what
    if isinstance(what, ir.Required):
        return not any(name in case.objects.absent for name in what.names)
    if isinstance(what, Absent):
        return what.name not in case.objects.required
    if isinstance(what, Denied):
        return not case.classes.get(("assertion", what.number))
    return True


def _fits(kind: str, schema: ir.Schema) -> bool:
    """Whether a schema plainly allows values of a JSON type."""
    for assertion in schema.assertions:
        if isinstance(assertion, ir.Never):
            return False
        if isinstance(assertion, ir.Type):
            whole = kind == "number" and "integer" in assertion.types
            if kind not in assertion.types and not whole:
                return False
        if isinstance(assertion, ir.Enum) and not any(
            facts.json_type(value) == kind for value in assertion.values
        ):
            return False
    return True


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
        case _:
            assert_never(assertion)
