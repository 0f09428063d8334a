"""What a value must meet: assertions gathered through `allOf` and references, with
every choice (`anyOf`, `oneOf`, `if`, `not`, `dependentSchemas`) made explicit.

A *goal* is a conjunction of schemas. `leaves` takes a goal apart into facets in
which each choice has been made one way, so that a value can be built for them.
The choices are sound for building, not for judging: whoever builds has to check
the result, because `oneOf` also wants the other branches to fail.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple, TypeAlias, assert_never

from codegen.ir import facts
from codegen.ir import model as ir
from codegen.samples import negation
from codegen.samples.effort import Effort
from codegen.samples.facets import (
    ATOMS,
    ATOMS_OF,
    Choice,
    Facets,
    Goal,
    Made,
    collect,
)

_NODES: Final = 4_000
"""How many partial ways of making choices are looked at for one goal."""
_REMEMBERED: Final = 1_000
"""Goals whose facets are kept, to be asked for again."""
_SEARCHES: Final = 20_000
"""Searches whose results are kept."""
_NOTHING: Final = ir.Annotations()
_COPIED: Final = 20
"""Parts that are copied in the time in which one schema is looked at."""


Key: TypeAlias = tuple[tuple[ir.SchemaId, ...], bool]
"""The schemas of a goal, and whether a complete value is asked for."""


class Search(NamedTuple):
    """What was found, in how many steps and with which effort."""

    found: Any
    steps: int
    effort: int


class Space:
    """The goals of one module; what follows from a schema alone is remembered."""

    def __init__(
        self, module: ir.Module, effort: Effort, like: Space | None = None
    ) -> None:
        """What one that is `like` it remembers, of the same module, is not found out
        again. It costs the same."""
        self.module = module
        self.effort = effort
        self._choices: dict[tuple[ir.SchemaId, int], tuple[Choice, ...]] = {}
        self._null: dict[ir.SchemaId, bool] = {}
        self._goals: dict[tuple[ir.SchemaId, ...], tuple[Facets, bool]] = {}
        self._searches: dict[Key, Search] = {}
        if like is not None:
            self._choices, self._null = like._choices, like._null
            self._goals, self._searches = like._goals, like._searches

    def searched(self, key: Key) -> Search | None:
        """What came of a search that follows from its goal alone."""
        return self._searches.get(key)

    def remember(self, key: Key, search: Search) -> None:
        """Keep what came of one."""
        if len(self._searches) >= _SEARCHES:
            self._searches.clear()
        self._searches[key] = search

    def is_null(self, schema: ir.Schema) -> bool:
        """Whether a schema asks for null, as far as types and enums tell."""
        known = self._null.get(schema.id)
        if known is None:
            known = facts.types(self.module, schema) == {"null"}
            self._null[schema.id] = known
        return known

    def leaves(
        self, goal: Goal, *, complete: bool = False, made: Made = frozenset()
    ) -> Iterable[Facets]:
        """The facets of a goal for every way in which its choices can be made; those
        in `made` have been made and are left out.

        If `complete`, options that leave something out come last.
        """
        if made:
            facets = self.gather(goal, made)
            dead = _is_dead(self.module, facets)
        else:
            facets, dead = self._gathered(goal)
        if facets.choices:
            return _Leaves(self, complete).below(facets, made, dead)
        if self.effort.spent:
            return ()
        # Most goals leave no choice.
        self.effort.spend(len(facets.required))
        return () if dead else (facets,)

    def _gathered(self, goal: Goal) -> tuple[Facets, bool]:
        """The facets of a goal, and whether nothing meets them. A search comes to the
        same goals by many ways; each costs the same effort, remembered or not."""
        key = tuple(schema.id for schema in goal)
        known = self._goals.get(key)
        if known is None:
            facets = self.gather(goal)
            if len(self._goals) >= _REMEMBERED:
                self._goals.clear()
            known = self._goals[key] = facets, _is_dead(self.module, facets)
        else:
            self.effort.spend(len(known[0].parts) + 1)
        return known

    def gather(self, goal: Goal, made: Made = frozenset()) -> Facets:
        """The facets of a goal; choices in `made` have been made and are left out."""
        return self._add(Facets(), goal, made)

    def chosen(self, facets: Facets, option: Goal, made: Made) -> Facets:
        """The facets of a goal of which one more choice has been made, so that what is
        known of the goal is not gathered again for each way of choosing."""
        self.effort.spend(len(facets.parts) // _COPIED)
        found = facets.copy()
        found.chosen = (*facets.chosen, *option)
        found.choices = [choice for choice in found.choices if choice.key not in made]
        return self._add(found, option, made)

    def _add(self, facets: Facets, goal: Goal, made: Made) -> Facets:
        """The facets with what the schemas of a goal ask for, as far as that is new."""
        fresh: dict[ir.SchemaId, ir.Schema] = {}
        for schema in goal:
            for part in facts.conjuncts(self.module, schema):
                if part.id not in facets.parts:
                    fresh.setdefault(part.id, part)
        facets.parts.update(fresh)
        for part in fresh.values():
            if part.annotations is not _NOTHING:
                facets.annotations.append(part.annotations)
            for index, assertion in enumerate(part.assertions):
                collect(facets, assertion)
                if isinstance(assertion, _CHOOSING):
                    choices = self._choices_of(part.id, index, assertion)
                    facets.choices += [c for c in choices if c.key not in made]
        self.effort.spend(len(fresh) + 1)
        return facets

    def _choices_of(
        self, owner: ir.SchemaId, index: int, assertion: _Choosing
    ) -> tuple[Choice, ...]:
        """The choices that an assertion of a schema leaves, found once."""
        known = self._choices.get((owner, index))
        if known is None:
            known = tuple(_choices(self.module, owner, index, assertion))
            self._choices[owner, index] = known
        return known


_Choosing: TypeAlias = (
    ir.AnyOf | ir.OneOf | ir.Not | ir.IfThenElse | ir.DependentSchemas
)
_CHOOSING: Final = (
    ir.AnyOf,
    ir.OneOf,
    ir.Not,
    ir.IfThenElse,
    ir.DependentSchemas,
)


class _Leaves:
    """Makes choices depth first. Where what is required already contradicts itself,
    no further choice is looked at; dead ends are bounded by `_NODES` all the same."""

    def __init__(self, space: Space, complete: bool) -> None:
        self.space = space
        self.module = space.module
        self.complete = complete
        self.nodes = _NODES

    def below(self, facets: Facets, made: Made, dead: bool) -> Iterator[Facets]:
        """The facets for every way of making the choices that are left; `dead` says
        whether nothing meets them anyway."""
        open_: list[Iterator[tuple[Facets, Made]]] = []
        alive = self._enters(facets, dead)
        while alive or open_:
            if alive and facets.choices:
                open_.append(self._ways(facets, made))
            elif alive:
                yield facets
            alive = False
            following = next(open_[-1], None) if open_ else None
            if following is not None:
                facets, made = following
                if self.nodes > 0 and not self.space.effort.spent:
                    alive = self._enters(facets, _is_dead(self.module, facets))
            elif open_:
                open_.pop()

    def _enters(self, facets: Facets, dead: bool) -> bool:
        """Look at one more partial way of making choices: whether it may lead on."""
        self.nodes -= 1
        if self.nodes < 0 or self.space.effort.spent:
            return False
        self.space.effort.spend(len(facets.required))
        return not dead

    def _ways(self, facets: Facets, made: Made) -> Iterator[tuple[Facets, Made]]:
        """The facets for every option of the choice that is next, made."""
        choice = facets.choices[0]
        made |= {choice.key}
        for option in self._options(choice):
            yield self.space.chosen(facets, option, made), made

    def _options(self, choice: Choice) -> list[Goal]:
        options = list(choice.options)
        if self.complete:
            options.sort(key=lambda option: any(map(self.space.is_null, option)))
            return options[::-1] if choice.small_first else options
        return options


def _is_dead(module: ir.Module, facets: Facets) -> bool:
    """Whether it is plain that nothing meets the facets."""
    return facets.impossible() or _contradicts(module, facets)


def _contradicts(module: ir.Module, facets: Facets) -> bool:
    """Whether a property that an object must have can plainly have no value.

    Objects that need not be objects are left alone.
    """
    if facets.atoms != {"object"}:
        return False
    return any(_is_empty(module, facets.at(name)) for name in facets.required)


@functools.cache
def _atoms_of(types: tuple[str, ...]) -> frozenset[str]:
    return frozenset(atom for t in types for atom in ATOMS_OF[t])


def _is_empty(module: ir.Module, goal: Goal) -> bool:
    atoms = set(ATOMS)
    values: list[ir.Json] | None = None
    for schema in goal:
        for part in facts.conjuncts(module, schema):
            for assertion in part.assertions:
                match assertion:
                    case ir.Never():
                        return True
                    case ir.Type(types):
                        atoms &= _atoms_of(types)
                    case ir.Enum(members):
                        known = members if values is None else values
                        values = [v for v in known if _among(v, members)]
                    case ir.OnNumbers() | ir.OnStrings() | ir.OnArrays():
                        pass
                    case ir.OnObjects() | ir.InPlace():
                        pass
                    case _:
                        assert_never(assertion)
    return not atoms or values == []


def _among(value: ir.Json, members: Iterable[ir.Json]) -> bool:
    # True equals 1 here, which only makes the check more careful.
    return value in members


def _choices(
    module: ir.Module, owner: ir.SchemaId, index: int, assertion: _Choosing
) -> Iterator[Choice]:
    """The choices that an assertion leaves."""
    key = (owner, index, "")
    match assertion:
        case ir.AnyOf(schemas) | ir.OneOf(schemas):
            yield Choice(key, tuple((branch,) for branch in schemas))
        case ir.IfThenElse(condition, then, otherwise):
            met = (condition,) if then is None else (condition, then)
            rest = () if otherwise is None else (otherwise,)
            unmet = ((d, *rest) for d in negation.denials(module, condition))
            yield Choice(key, (met, *unmet, rest))
        case ir.Not(inner):
            if negation.irreducible(inner) is None:
                # Where no denial leads anywhere, anything may be tried.
                denials = negation.denials(module, inner)
                yield Choice(key, (*((denial,) for denial in denials), ()))
        case ir.DependentSchemas(by_name):
            for name, schema in by_name.items():
                absent = _with(
                    owner, f"no {name}", ir.Properties({name: negation.FORBIDDEN})
                )
                present = _with(owner, f"a {name}", ir.Required((name,)))
                options = ((absent,), (present, schema))
                yield Choice((owner, index, name), options, small_first=True)
        case _:
            assert_never(assertion)


def _with(owner: ir.SchemaId, what: str, assertion: ir.Assertion) -> ir.Schema:
    name = ir.SchemaId(f"{owner}~{what}")
    return ir.Schema(name, ir.Location("", ""), (assertion,))
