"""Objects of a case: some of them, or that there are none."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final, Protocol

from codegen.compat.normal.normalise import covers
from codegen.compat.tableau.arrays import Found
from codegen.compat.tableau.case import Case
from codegen.compat.tableau.cases import Cases
from codegen.compat.tableau.saying import Place, Said, SomeMember, joined
from codegen.compat.tableau.scalars import Nothing
from codegen.ecma import languages
from codegen.ir import model as ir

_PATTERNS: Final = 6
"""Patterns of which every combination is looked at for a name."""
_MANY: Final = 60
"""Properties that an object gets only because it must have that many."""
_FEW: Final = 3
_ASKED: Final = 8
"""Names of one kind of which there must only be enough."""
_ALL: Final = 400
"""Objects where they are so few that all of them are looked at."""
_ABSENT: Final = ir.MISSING


class Looking(Protocol):
    """What is asked about places inside."""

    assume_open: bool
    cases: Cases

    def look(self, place: Place) -> Found:
        """What can stand at a place."""

    def may_be(self, place: Place, value: ir.Json) -> bool:
        """Whether nothing that is said of a place is known to exclude a value."""

    def listed(self, place: Place) -> tuple[ir.Json, ...] | None:
        """All values of a place, where they are few; otherwise None."""


@dataclass(slots=True)
class Objects:
    """Looks at one case."""

    places: Looking
    case: Case
    _places: dict[str, Place] = field(default_factory=dict)

    def some(self) -> tuple[ir.Json, ...]:
        """A few objects. Raises `Nothing` where there are none."""
        held = self.case.objects
        for name in held.required:
            if not self._possible(name):
                raise Nothing
        names = self._universe()
        if names is not None and held.minimum > len(held.required):
            possible = [name for name in names if self._possible(name)]
            if len(possible) < held.minimum:
                raise Nothing
        chosen = [self._candidates(some, names) for some in held.some]
        if any(not candidates for candidates in chosen):
            raise Nothing
        return tuple(itertools.islice(self._built(chosen, names), _FEW))

    def every(self) -> tuple[dict[str, ir.Json], ...] | None:
        """All objects, where they are few; otherwise None. Of what the case asks for as
        a whole only the names count that there must and may be."""
        held, names = self.case.objects, self._universe()
        if names is None:
            return None
        members: list[tuple[ir.Json, ...]] = []
        every = list(dict.fromkeys((*held.required, *names)))
        for name in every:
            listed = self.places.listed(self.at(name)) if self._named(name) else ()
            absent = () if name in held.required else (_ABSENT,)
            if listed is None:
                return None
            members.append((*absent, *listed))
            if math.prod(map(len, members)) > _ALL:
                return None
        return tuple(
            {name: v for name, v in zip(every, pick, strict=True) if v is not _ABSENT}
            for pick in itertools.product(*members)
        )

    # --- members -------------------------------------------------------------------

    def at(self, name: str) -> Place:
        """What is said of a property, should it be there."""
        found = self._places.get(name)
        if found is None:
            held = self.case.objects
            mine = [said for other, said in held.members if other == name]
            mine += [s for p, s in held.patterns if languages.matches(p, name)]
            mine += [s for rule, s in held.additional if not covers(rule, name)]
            found = self._places[name] = joined(tuple(mine))
        return found

    def _possible(self, name: str, *more: Said) -> bool:
        """Whether there can be a property of a name."""
        if not self._named(name):
            return False
        return not self.places.look(joined(self.at(name), more)).empty

    def _named(self, name: str) -> bool:
        held = self.case.objects
        if name in held.absent or not self._written(name):
            return False
        return self.places.may_be(tuple(held.names), name)

    def _written(self, name: str) -> bool:
        """Whether a writer is taken to write a property of a name."""
        held = self.case.objects
        if self.places.assume_open or held.spread or not held.told:
            return True
        return name in held.declared or any(
            languages.matches(pattern, name) for pattern in held.matched
        )

    def _universe(self) -> list[str] | None:
        """All names that properties can have; None where there are many."""
        held = self.case.objects
        found: list[str] | None = None
        closed = not (self.places.assume_open or held.spread) and held.told
        if closed and not held.matched:
            found = list(held.declared)
        for rule, said in held.additional:
            if not rule.patterns and self.places.look((said,)).empty:
                known = list(rule.known)
                found = known if found is None else [n for n in found if n in known]
        for said in held.names:
            listed = _listed(said) if said.holds else None
            if listed is not None:
                found = listed if found is None else [n for n in found if n in listed]
        if held.names and not any(self.places.cases.of(tuple(held.names), "string")):
            found = []
        if found is None:
            return None
        return [name for name in dict.fromkeys(found) if name not in held.absent]

    # --- properties that must be somewhere -------------------------------------------

    def _candidates(self, some: SomeMember, names: list[str] | None) -> list[str]:
        """Names of properties that can be what there must be."""
        held = self.case.objects
        more = () if some.said is None else (some.said,)
        if held.maximum is not None and len(held.required) >= held.maximum:
            names = list(held.required)
        tried = self._explicit() if names is None else names
        found = [
            name
            for name in tried
            if _matches(some, name) and self._is(some, name, more)
        ]
        if names is not None:
            return found
        fresh: list[str] = []
        for name in self._others(some):
            if name is None and not found and not fresh:
                # A name may be there that was not found.
                self.case.vague["names of properties"] = None
                return [_UNKNOWN]
            if name is None or len(fresh) >= _FEW:
                break
            if self._is(some, name, more):
                fresh.append(name)
        return [*found[:2], *fresh, *found[2:]]

    def _is(self, some: SomeMember, name: str, more: tuple[Said, ...]) -> bool:
        named = () if some.name is None else (some.name,)
        return self.places.may_be(named, name) and self._possible(name, *more)

    def _explicit(self) -> list[str]:
        """Names that something is said of."""
        held = self.case.objects
        names = [*held.required, *(name for name, _ in held.members), *held.declared]
        names += [name for rule, _ in held.additional for name in rule.known]
        names += [name for some in held.some for name in some.known]
        return list(dict.fromkeys(names))

    def _others(self, some: SomeMember) -> Iterator[str | None]:
        """A name of each kind that nothing is said of: each combination of patterns
        that it matches and does not. None where that is not known."""
        held = self.case.objects
        regexes = [pattern for pattern, _ in held.patterns]
        for rule, _ in held.additional:
            regexes += rule.patterns
        every = list(dict.fromkeys((*regexes, *held.matched)))
        if len(every) > _PATTERNS:
            yield None
            return
        for asked in self._questions(some):
            for bits in itertools.product((False, True), repeat=len(every)):
                told, low = list(zip(every, bits, strict=True)), asked.minimum
                matched = (p for p, holds in told if holds)
                missed = (p for p, holds in told if not holds)
                question = replace(
                    asked,
                    mine=(*asked.mine, *matched),
                    avoided=(*asked.avoided, *missed),
                )
                answer = languages.ask(replace(question, minimum=max(1, low)))
                if answer is languages.PROVED and not low:
                    answer = languages.ask(question)
                if answer is not languages.PROVED:
                    yield answer if isinstance(answer, str) else None

    def _questions(self, some: SomeMember) -> Iterator[languages.Question]:
        """What a name that nothing is said of, not even that it is not there, must be
        like to be one that is asked for."""
        known = frozenset(self._explicit()) | self.case.objects.absent
        mine = () if some.pattern is None else (some.pattern,)
        for case in self._name_cases(some):
            held, values = case.strings, case.values
            excluded = {v for v in case.excluded.values() if isinstance(v, str)}
            avoided = (*held.avoided, *some.avoided)
            formats = ("(?=(.))\\1",) if held.facets.formats else ()
            asked = languages.Question(
                (*mine, *held.facets.patterns, *formats),
                avoided,
                held.facets.minimum,
                held.facets.maximum,
                known | excluded,
            )
            if values is None:
                yield asked
            for value in values or ():
                exactly = f"^{re.escape(str(value))}$"
                yield replace(asked, mine=(*asked.mine, exactly))

    def _name_cases(self, some: SomeMember) -> Iterator[Case]:
        names = tuple(self.case.objects.names)
        more = () if some.name is None else (some.name,)
        yield from self.places.cases.of(joined(names, more), "string")

    # --- documents -----------------------------------------------------------------

    def _built(
        self, chosen: list[list[str]], names: list[str] | None
    ) -> Iterator[dict[str, ir.Json]]:
        held = self.case.objects
        picks = itertools.product(*(c[:5] for c in chosen))
        for pick in itertools.islice(picks, 12):
            needed: dict[str, Place] = {name: self.at(name) for name in held.required}
            for name, some in zip(pick, held.some, strict=True):
                more = () if some.said is None else (some.said,)
                needed[name] = joined(needed.get(name, self.at(name)), more)
            if _UNKNOWN in needed:
                continue
            for variant in range(3):
                made = self._filled(needed, names, variant)
                if made is not None:
                    yield made

    def _filled(
        self, needed: dict[str, Place], names: list[str] | None, variant: int
    ) -> dict[str, ir.Json] | None:
        held = self.case.objects
        made: dict[str, ir.Json] = {}
        for name, place in needed.items():
            values = self.places.look(place).values
            if not values:
                return None
            made[name] = values[variant % len(values)]
        least = held.minimum + (variant == 2)
        if least > _MANY:
            return None
        for name in self._further(names):
            if len(made) >= least:
                break
            if name not in made and self._named(name):
                values = self.places.look(self.at(name)).values
                if values:
                    made[name] = values[0]
        if len(made) < held.minimum:
            return None
        return made

    def _further(self, names: list[str] | None) -> Iterator[str]:
        """Names for properties of which there must only be enough."""
        if names is not None:
            yield from names
            return
        yield from self._explicit()
        for said in self.case.objects.names:
            yield from _listed(said) or ()
        yield from (f"x{index}" for index in range(_MANY))
        yield from itertools.islice(self._matching(), _MANY)

    def _matching(self) -> Iterator[str]:
        """Names that match what the object speaks of, and such as it says names must
        be like."""
        patterns = (pattern for pattern, _ in self.case.objects.patterns)
        asked = (languages.Question((pattern,)) for pattern in patterns)
        for question in itertools.chain(asked, self._questions(SomeMember())):
            for _ in range(_ASKED):
                answer = languages.ask(question)
                if not isinstance(answer, str):
                    break
                yield answer
                question = question.without(answer)


_UNKNOWN: Final = "\0"


def _matches(some: SomeMember, name: str) -> bool:
    """Whether a name is one of those that are asked for."""
    if some.pattern is not None and not languages.matches(some.pattern, name):
        return False
    return name not in some.known and not any(
        languages.matches(pattern, name) for pattern in some.avoided
    )


def _listed(said: Said) -> list[str] | None:
    """The names that a schema lists."""
    for assertion in said.schema.assertions:
        if isinstance(assertion, ir.Enum):
            return [value for value in assertion.values if isinstance(value, str)]
    return None
