"""What can stand at a place, of which the two versions say this and that.

A place is looked at case by case. It ends with a few documents, or with the certainty
that there is none, which is induction: a document that needs one of the same place
inside of itself would never end. Documents are proposed; whoever asks has them
confirmed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from codegen.compat.normal.equivalence import Classes
from codegen.compat.normal.forms import Node
from codegen.compat.proof.context import Party
from codegen.compat.tableau import scalars
from codegen.compat.tableau.arrays import Arrays
from codegen.compat.tableau.case import Case
from codegen.compat.tableau.cases import Cases
from codegen.compat.tableau.objects import Objects
from codegen.compat.tableau.saying import Key, Place, Said, place_key
from codegen.compat.tableau.scalars import Nothing
from codegen.compat.witness.sampler import LARGEST
from codegen.compat.witness.values import text_key
from codegen.ir import model as ir
from codegen.ir.equality import Frozen, freeze
from codegen.oracle import Undecided
from codegen.samples.sizes import weigh

_ENOUGH: Final = 3
"""Documents of one place."""
_CASES: Final = 400
"""Cases of one place that are looked at for more documents."""
_DEEP: Final = 60
_LISTED: Final = 1000
_NESTED: Final = 6
"""Levels of lists and objects of which every one is looked at."""

WRITER, READER = 0, 1


@dataclass(frozen=True, slots=True)
class Look:
    """What was found at a place: a few documents, none (`empty`), or nobody knows
    (`vague` says why)."""

    values: tuple[ir.Json, ...] = ()
    empty: bool = False
    vague: str = ""


EMPTY: Final = Look(empty=True)
_ANYTHING: Final = Look((0, "", None, True, [], {}))


class Places:
    """Looks at places. `contained` is a proof that what is written at one place is
    accepted at another, where there is one."""

    def __init__(
        self,
        parties: tuple[Party, Party],
        classes: Classes,
        step: Callable[[int], None],
        contained: Callable[[Node, ir.Schema], bool],
        assume_open: bool,
    ) -> None:
        self.parties = parties
        self.step = step
        self.contained = contained
        self.assume_open = assume_open
        self.cases = Cases(parties, classes, step, assume_open)
        self._known: dict[frozenset[Key], Look] = {}
        self._running: dict[frozenset[Key], int] = {}
        self._leaned = _DEEP
        """The outermost place, of those looked at, that what is found leans on."""
        self._nested = 0

    def whole(self, place: Place) -> Look:
        """What can stand at the place that a question is about, of which nothing is
        taken for granted."""
        key = place_key(place)
        self._running = {key: 0}
        self._leaned = _DEEP
        try:
            return self._look(place)
        finally:
            self._running.clear()

    def look(self, place: Place) -> Look:
        """What can stand at a place inside."""
        if not place:
            return _ANYTHING
        key = place_key(place)
        if key in self._known:
            return self._known[key]
        if key in self._running:
            self._leaned = min(self._leaned, self._running[key])
            return EMPTY
        if len(self._running) >= _DEEP:
            return Look(vague="the documents are too deep")
        self.step(1)
        level = self._running[key] = len(self._running)
        outer, self._leaned = self._leaned, _DEEP
        try:
            found = EMPTY if self._accepted(place) else self._look(place)
        finally:
            self._running.pop(key, None)
        if not found.empty or self._leaned >= level:
            self._known[key] = found
            self._leaned = _DEEP
        self._leaned = min(outer, self._leaned)
        return found

    def _look(self, place: Place) -> Look:
        values: dict[Frozen, ir.Json] = {}
        vague, empty = "", True
        for kind in _ORDER:
            count = 0
            for case in self.cases.of(place, kind):
                self.step(1)
                try:
                    found = self._of_case(place, case)
                except Nothing:
                    continue
                empty = False
                for value in found:
                    if self.fits(place, value):
                        values.setdefault(freeze(value), value)
                vague = vague or ", ".join(case.vague)
                count += 1
                if len(values) >= _ENOUGH or count >= _CASES:
                    break
            if len(values) >= _ENOUGH:
                break
        if empty:
            return EMPTY
        return Look(tuple(sorted(values.values(), key=text_key)), vague=vague)

    def _accepted(self, place: Place) -> bool:
        """Whether all that is written here is proved to be accepted."""
        mine = [said for said in place if said.party == WRITER]
        if not mine or not all(said.told and said.holds for said in mine):
            return False
        node = tuple(said.schema for said in mine)
        return any(
            self.contained(node, said.schema)
            for said in place
            if said.party == READER and not said.holds
        )

    def _of_case(self, place: Place, case: Case) -> tuple[ir.Json, ...]:
        """A few documents of a case. Raises `Nothing` where there are none."""
        values = case.values if case.values is not None else _few(case)
        if values is None and any(_is_made(v) for v in case.excluded.values()):
            values = self._every(case)
        if values is not None:
            left = tuple(v for v in values if freeze(v) not in case.excluded)
            left = tuple(v for v in left if self.may_be(place, v))
            if not left:
                raise Nothing
            return tuple(sorted(left, key=text_key)[: 2 * _ENOUGH])
        match case.kind:
            case "number":
                return scalars.numbers(case)
            case "string":
                return scalars.strings(case)
            case "array":
                return Arrays(self, case).some()
            case _:
                return Objects(self, case).some()

    # --- single values -------------------------------------------------------------

    def may_be(self, place: Place, value: ir.Json) -> bool:
        """Whether nothing that is said of a place is known to exclude a value."""
        return all(self._agrees(said, value, True) for said in place)

    def fits(self, place: Place, value: ir.Json) -> bool:
        """Whether all that is said of a place is known to hold of a value."""
        if weigh(value, LARGEST) > LARGEST:
            return False
        return all(self._agrees(said, value, False) for said in place)

    def _agrees(self, said: Said, value: ir.Json, unknown: bool) -> bool:
        judge = self.parties[said.party].judge
        try:
            return judge.valid_under(said.schema, value) is said.holds
        except Undecided:
            return unknown

    def listed(self, place: Place) -> tuple[ir.Json, ...] | None:
        """All values of a place, where they are few; otherwise None."""
        found: list[ir.Json] = []
        for kind in _ORDER:
            for case in self.cases.of(place, kind):
                values = case.values if case.values is not None else _few(case)
                if values is None:
                    values = self._every(case)
                if values is None:
                    return None
                found.extend(values)
                if len(found) > _LISTED:
                    return None
        return tuple(found)

    def _every(self, case: Case) -> tuple[ir.Json, ...] | None:
        """All values of a case, where they are few; some that it leaves out may be
        among them."""
        if case.kind == "number":
            return scalars.every(case)
        if case.kind not in ("array", "object") or self._nested >= _NESTED:
            return None
        self._nested += 1
        try:
            inside = Arrays if case.kind == "array" else Objects
            return inside(self, case).every()
        finally:
            self._nested -= 1


def _is_made(value: ir.Json) -> bool:
    """Whether a value is made of others."""
    return isinstance(value, dict | list)


_ORDER: Final = ("null", "number", "string", "boolean", "array", "object")


def _few(case: Case) -> tuple[ir.Json, ...] | None:
    """All values of a JSON type that has few."""
    match case.kind:
        case "null":
            return (None,)
        case "boolean":
            return (False, True)
        case "array" if case.arrays.maximum == 0:
            return ([],)
        case "object" if case.objects.maximum == 0:
            return ({},)
        case _:
            return None
