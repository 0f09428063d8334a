"""Dynamic references: what they mean on each path, and where the path matters.

`$dynamicRef` and `$recursiveRef` lead to the outermost resource with their anchor on
the path that led to them. So a schema that can reach such a reference is lowered once
for each environment, which is what the path has bound; environments are finite, and so
is the number of copies. Which schemas can reach one is only known when all of them have
been read. So the first lowering notes it, and a second one makes the copies that are
needed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TypeAlias

from codegen.frontend.resources import Resource

Environment: TypeAlias = tuple[tuple[str, Resource], ...]
"""For each dynamic anchor, by name, the outermost resource on the path that binds it.
Sorted by name."""


class Environments:
    """Makes each environment once. They are long, and every schema asks for one."""

    def __init__(self) -> None:
        self._all: dict[Environment, Environment] = {}
        self._entered: dict[tuple[Resource, int], Environment] = {}
        self._restricted: dict[tuple[frozenset[str], int], Environment] = {}

    def enter(self, resource: Resource, environment: Environment) -> Environment:
        """The environment inside a resource that is reached from `environment`."""
        if not resource.dynamic:
            return environment
        environment = self._one(environment)
        # What is made once is there for good, so its `id` says which it is.
        key = (resource, id(environment))
        if key not in self._entered:
            bound = dict.fromkeys(resource.dynamic, resource)
            bound.update(environment)
            made = tuple(sorted(bound.items(), key=lambda item: item[0]))
            self._entered[key] = self._one(made)
        return self._entered[key]

    def restrict(self, environment: Environment, names: frozenset[str]) -> Environment:
        """The part of an environment that is about these anchors."""
        environment = self._one(environment)
        key = (names, id(environment))
        if key not in self._restricted:
            made = tuple(bound for bound in environment if bound[0] in names)
            self._restricted[key] = self._one(made)
        return self._restricted[key]

    def _one(self, environment: Environment) -> Environment:
        return self._all.setdefault(environment, environment)


class Needs:
    """Which dynamic anchors matter at each place, because a reference to them can be
    reached from there. Places are written `document#pointer`."""

    def __init__(self) -> None:
        self._within: defaultdict[str, set[str]] = defaultdict(set)
        self._names: defaultdict[str, set[str]] = defaultdict(set)

    def leads(self, place: str, target: str) -> None:
        """Note that the schema at `place` contains the one at `target`, or refers to
        it."""
        self._within[target].add(place)

    def refers(self, place: str, name: str) -> None:
        """Note that the schema at `place` itself refers to a dynamic anchor."""
        self._names[place].add(name)

    def closed(self) -> Mapping[str, frozenset[str]]:
        """The anchors that matter at each place: those that the schema refers to
        itself, and those that matter where it leads."""
        names = {place: set(found) for place, found in self._names.items()}
        pending = list(names)
        while pending:
            place = pending.pop()
            for outer in self._within[place]:
                known = names.setdefault(outer, set())
                if not names[place] <= known:
                    known |= names[place]
                    pending.append(outer)
        # One set for all that are equal: whoever asks about it compares it often.
        one: dict[frozenset[str], frozenset[str]] = {}
        return {
            place: one.setdefault(kept, kept)
            for place, kept in ((p, frozenset(found)) for p, found in names.items())
        }
