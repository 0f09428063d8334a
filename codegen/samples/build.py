"""Builds documents: the smallest that a schema accepts, and a full one.

The search goes through the leaves of a goal (see `requirements`), builds what each one
wants, and has every result judged before it is returned. It is bounded in steps and in
depth, and deterministic. Each goal is solved once per builder.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Collection, Iterator
from types import MappingProxyType
from typing import Final, TypeAlias

from codegen.ecma import examples
from codegen.ir import model as ir
from codegen.ir.accepts import Reading
from codegen.ir.values import Formats, among
from codegen.samples import containers, numbers
from codegen.samples.containers import NoSample
from codegen.samples.effort import Effort, enough
from codegen.samples.facets import ATOMS, Choice, ChoiceKey, Facets, Goal, Made
from codegen.samples.formats import SAMPLES, TYPED
from codegen.samples.requirements import Key, Search, Space
from codegen.samples.sizes import length, weigh

DEFAULT_BUDGET: Final = 6000
"""How many candidates one question may cost."""

_LEAVES: Final = 96
_TRIES: Final = 24
_WAYS: Final = 8
_DEPTH: Final = 40
_LONG: Final = 100_000
_WEIGHTS: Final = (1_200, 250, 80)
_LARGEST: Final = 5_000
_VALUES: Final = 20
"""Counting so many values takes as long as looking at one schema."""
_RECURSION: Final = NoSample("recursion without end")
_BUDGET: Final = NoSample("the budget is spent")

_OtherKey: TypeAlias = tuple[tuple[ir.SchemaId, ...], ChoiceKey, bool]

_FLOOR: Final = {
    "integer": 1,
    "fraction": 3,
    "string": 2,
    "array": 2,
    "object": 2,
    "null": 4,
    "boolean": 4,
}
"""The least number of characters of a value, by type."""


class Builder:
    """Solves goals over one module.

    `formats` are the formats that are assertions; for those with a Python type, `typed`
    says which texts the type holds. `effort` is how much may be looked at, by default
    in proportion to the module. `reading` and `space` remember what is known about its
    schemas and goals.
    """

    def __init__(
        self,
        module: ir.Module,
        *,
        formats: Collection[str] = (),
        typed: Formats = MappingProxyType({}),
        depth: int = 6,
        effort: Effort | None = None,
        reading: Reading | None = None,
        space: Space | None = None,
    ) -> None:
        self.module = module
        self.effort = enough(module) if effort is None else effort
        self.space = Space(module, self.effort, space)
        self._formats = frozenset(formats)
        self.typed = typed
        self._reading = reading or Reading(module, typed)
        self._depth = depth
        self._solved: dict[Key, ir.Json | NoSample] = {}
        # Of what is remembered, and so keeps its identity: large values share parts.
        self._weights: dict[int, int] = {}
        self._judged: dict[tuple[ir.SchemaId, int], tuple[ir.Json, bool]] = {}
        self._others: dict[_OtherKey, ir.Json | NoSample] = {}
        self._several: dict[tuple[Key, int], list[ir.Json]] = {}
        self._stack: dict[Key, int] = {}
        self._cut = _DEPTH
        self._steps = 0
        # How often a search has asked for what this builder alone knows.
        self._leant = 0

    def smallest(
        self, schema: ir.Schema, budget: int = DEFAULT_BUDGET
    ) -> ir.Json | NoSample:
        """The smallest document found that a schema accepts."""
        return self._ask((schema,), False, budget)

    def fullest(
        self, schema: ir.Schema, budget: int = DEFAULT_BUDGET
    ) -> ir.Json | NoSample:
        """A document with every declared property, and an item in every array.
        Recursion is entered once. Examples and defaults of the specification are used
        where they are valid."""
        return self._ask((schema,), True, budget)

    def refill(self, budget: int) -> None:
        """Allow this many more candidates, as long as there is effort left."""
        self._steps = 0 if self.effort.spent else budget

    def part(self, goal: Goal) -> ir.Json | NoSample:
        """The smallest value for a goal; it costs what is left of the budget."""
        return self.solve(goal, False) if goal else None

    def of_leaf(
        self, goal: Goal, facets: Facets, *, complete: bool
    ) -> ir.Json | NoSample:
        """A valid value for one way of making the choices of a goal."""
        for atom in _order(facets, complete):
            value = self._first(goal, facets, atom, complete)
            if not isinstance(value, NoSample):
                return value
        return NoSample("nothing was found")

    def other(
        self, goal: Goal, choice: Choice, option: Goal, *, complete: bool
    ) -> ir.Json | NoSample:
        """A value for a goal in which a choice is made in a given way. The other
        choices are made in the first ways that lead to a value; each attempt may cost a
        budget of its own."""
        goal = (*goal, *option)
        key = (tuple(schema.id for schema in goal), choice.key, complete)
        if key not in self._others:
            self._others[key] = self._other(goal, frozenset({choice.key}), complete)
        return self._others[key]

    def _other(self, goal: Goal, made: Made, complete: bool) -> ir.Json | NoSample:
        self.refill(DEFAULT_BUDGET)
        ways = self.space.leaves(goal, complete=True, made=made)
        for facets in itertools.islice(ways, _WAYS):
            value = self.of_leaf(goal, facets, complete=complete)
            if not isinstance(value, NoSample):
                return value
        return NoSample("nothing was found")

    def _ask(self, goal: Goal, complete: bool, budget: int) -> ir.Json | NoSample:
        self.refill(budget)
        self._cut = _DEPTH
        return self.solve(goal, complete)

    # --- what `containers` asks ---

    def holds(self, schema: ir.Schema, value: ir.Json) -> bool:
        """Whether a schema accepts a value. Answers are remembered, because most of
        what is judged consists of parts that have been judged."""
        key = schema.id, id(value)
        if key in self._judged:
            self._leant += 1
            self.effort.spend(1)
            return self._judged[key][1]
        found = self._reading.judged(schema, value, self._judged)
        self.effort.spend(found.steps)
        if isinstance(value, dict | list):
            self._leant += 1
            if found.valid or id(value) in self._weights:
                self._judged[key] = value, found.valid
        return found.valid

    def solve(self, goal: Goal, complete: bool) -> ir.Json | NoSample:
        """A valid value for a goal, remembered if it has been solved."""
        self._leant += 1
        key = (tuple([schema.id for schema in goal]), complete)
        if key in self._solved:
            return self._solved[key]
        self._steps -= 1
        if self._steps <= 0:
            return _BUDGET
        depth = len(self._stack)
        if key in self._stack:
            self._cut = min(self._cut, self._stack[key])
            return _RECURSION
        if depth >= _DEPTH:
            self._cut = 0
            return _RECURSION
        if complete and depth >= self._depth:
            return self.solve(goal, False)
        self._stack[key] = depth
        outer, self._cut = self._cut, _DEPTH
        try:
            found = self._searched(key, goal, complete)
        finally:
            del self._stack[key]
        # That nothing was found says little where the search ran into itself.
        if self._steps > 0 and (self._cut >= depth or not isinstance(found, NoSample)):
            self._solved[key] = found
            self._remember(found)
        self._cut = min(outer, self._cut)
        return found

    def several(self, goal: Goal, count: int) -> list[ir.Json]:
        """Up to `count` different valid values for a goal, small ones first. They cost
        what is left of the budget."""
        self._leant += 1
        key = ((tuple(schema.id for schema in goal), False), count)
        if key in self._several:
            return self._several[key]
        found: list[ir.Json] = []
        depth = len(self._stack)
        if key[0] in self._stack or depth >= _DEPTH:
            self._cut = min(self._cut, self._stack.get(key[0], 0))
            return found
        self._stack[key[0]] = depth
        try:
            for value in self._all_values(goal):
                if self._steps <= 0 or len(found) >= count:
                    break
                if not among(value, found) and self._holds(goal, value):
                    found.append(value)
        finally:
            del self._stack[key[0]]
        found.sort(key=length)
        if self._steps > 0:
            self._several[key] = found
            for value in found:
                self._remember(value)
        return found

    def _remember(self, value: ir.Json | NoSample) -> None:
        """Note how many values are in a value that will not change any more."""
        if isinstance(value, dict | list):
            weight = weigh(value, _LARGEST, self._weights)
            self._weights[id(value)] = weight

    # --- the search ---

    def _holds(self, goal: Goal, value: ir.Json) -> bool:
        self._steps -= 1
        return all(self.holds(schema, value) for schema in goal)

    def _all_values(self, goal: Goal) -> Iterator[ir.Json]:
        for facets in itertools.islice(self.space.leaves(goal), _LEAVES):
            sources = [self._small(facets, atom) for atom in _order(facets)]
            limit = 256 if facets.unique or facets.enums else 96
            yield from _round_robin(sources, limit)

    def _searched(self, key: Key, goal: Goal, complete: bool) -> ir.Json | NoSample:
        """The result of a search. If it depends on nothing that only this builder
        knows, as for most scalars, other builders use it, too; it costs the same
        whether it is remembered or not."""
        known = self.space.searched(key)
        steps, effort = self._steps, self.effort.left
        if known is not None and known.steps < steps and known.effort < effort:
            self._steps -= known.steps
            self.effort.spend(known.effort)
            return known.found
        leant = self._leant
        found = self._search(goal, complete)
        if leant == self._leant and self._steps > 0 and not self.effort.spent:
            cost = steps - self._steps, effort - self.effort.left
            self.space.remember(key, Search(found, *cost))
        return found

    def _search(self, goal: Goal, complete: bool) -> ir.Json | NoSample:
        best: ir.Json | NoSample = NoSample("nothing was found")
        size: float = math.inf
        choices = self.space.leaves(goal, complete=complete)
        for facets in itertools.islice(choices, _LEAVES):
            for atom in _order(facets, complete):
                if _floor(facets, atom) >= size:
                    continue
                value = self._first(goal, facets, atom, complete, size)
                if self._steps <= 0 and isinstance(best, NoSample):
                    return _BUDGET if isinstance(value, NoSample) else value
                if isinstance(value, NoSample):
                    continue
                if complete:
                    return value
                best, size = value, length(value)
        return best

    def _first(
        self,
        goal: Goal,
        facets: Facets,
        atom: str,
        complete: bool,
        size: float = math.inf,
    ) -> ir.Json | NoSample:
        """The first value of a type that meets the facets and is valid. The search ends
        at values of length `size`, because later ones are hardly shorter."""
        if complete:
            values = self._of_atom(facets, atom, True)
        else:
            values = self._small(facets, atom)
        for value in itertools.islice(values, _TRIES):
            if self._steps <= 0:
                return _BUDGET
            if complete and self._too_large(value, True):
                continue
            if size < math.inf and length(value) >= size:
                break
            if self._holds(goal, value):
                return value
        return NoSample("nothing was found")

    def _too_large(self, value: ir.Json, complete: bool) -> bool:
        """Whether a document holds more values than it may at this depth. Without a
        limit, schemas that all refer to each other would make one without end, and two
        required properties at each of forty levels a billion values."""
        limit = self._limit() if complete else _LARGEST
        weight = weigh(value, limit, self._weights)
        self.effort.spend(weight // _VALUES)
        return weight > limit

    def _limit(self) -> int:
        """How many values a full document may hold."""
        depth = max(len(self._stack) - 1, 0)
        return _WEIGHTS[min(depth, len(_WEIGHTS) - 1)]

    def _small(self, facets: Facets, atom: str) -> Iterator[ir.Json]:
        """Values of a type, until one is too large: those that follow are made by
        adding to the smallest, which takes long."""
        for value in self._of_atom(facets, atom, False):
            if self._too_large(value, complete=False):
                return
            yield value

    def _of_atom(self, facets: Facets, atom: str, complete: bool) -> Iterator[ir.Json]:
        if facets.enums:
            values = [v for v in facets.enums[0] if atom == atom_of(v)]
            yield from values if complete else sorted(values, key=length)
            return
        if complete:
            yield from _documented(facets, atom)
        match atom:
            case "null":
                yield None
            case "boolean":
                yield from (True, False)
            case "integer":
                yield from numbers.integers(facets)
            case "fraction":
                yield from numbers.fractions(facets)
            case "string":
                yield from self._strings(facets, complete)
            case "array":
                yield from containers.arrays(self, facets, complete)
            case _:
                yield from containers.objects(self, facets, complete)

    def _strings(self, facets: Facets, complete: bool) -> Iterator[str]:
        least, most = facets.min_length, facets.max_length
        if least > _LONG:
            return
        for name in facets.formats:
            if name in self.typed:
                yield from TYPED[name].held
            elif (complete or name in self._formats) and name in SAMPLES:
                yield SAMPLES[name]
        if complete and not facets.patterns:
            yield _text(least, most)
        if facets.missed_patterns:
            first = facets.missed_patterns[0]
            yield from examples.missing(first, facets.patterns, least, most)
        yield from examples.matching(facets.patterns, least, most)
        if not facets.patterns:
            for filler in ("b", "0", "A", " ", "ab"):
                yield (filler * max(least, 1))[: max(least, 1)]
            for count in range(least, least + 70):
                yield "c" * count


def _order(facets: Facets, complete: bool = False) -> list[str]:
    """The possible types, with small values first or, for full documents, telling
    ones."""
    order = ATOMS
    if complete:
        order = ("object", "array", "string", "fraction", "integer", "boolean", "null")
    return [atom for atom in order if atom in facets.atoms]


def _documented(facets: Facets, atom: str) -> Iterator[ir.Json]:
    """Examples and defaults of the specification, as far as they show something."""
    for notes in facets.annotations:
        for value in (*notes.examples, notes.default):
            if value is ir.MISSING or value in (None, "", [], {}):
                continue
            if atom == atom_of(value) and atom not in ("array", "object"):
                yield value


def _floor(facets: Facets, atom: str) -> int:
    """The least number of characters of a value of a type."""
    if atom == "object":
        return 2 + sum(len(name) + 4 for name in facets.required)
    return _FLOOR[atom]


def atom_of(value: ir.Json) -> str:
    """The atom that a value belongs to (see `facets.ATOMS`)."""
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int():
            return "integer"
        case float():
            return "integer" if value.is_integer() else "fraction"
        case str():
            return "string"
        case list():
            return "array"
        case _:
            return "object"


def _text(least: int, most: int | None) -> str:
    words = "text "
    long_enough = (words * (least // len(words) + 1))[: max(least, 4)]
    return long_enough if most is None else long_enough[:most]


def _round_robin(sources: list[Iterator[ir.Json]], limit: int) -> Iterator[ir.Json]:
    """One value of each source in turn, until all are empty or the limit is reached."""
    for _ in range(limit):
        if not sources:
            return
        for source in list(sources):
            for value in itertools.islice(source, 1):
                yield value
                break
            else:
                sources.remove(source)
