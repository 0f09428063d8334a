"""Dynamic references: what they mean on each path, and where the path matters.

`$dynamicRef` and `$recursiveRef` mean what the path that leads to them has bound:
the outermost resource with the anchor. So a schema that can reach one is lowered
once for each environment; environments are finite, and so is the number of copies.
A schema that reaches none needs no copies, which only shows once everything
reachable is known: hence a first lowering that notes what matters, and a second one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TypeAlias

from codegen.frontend.resources import Resource

Environment: TypeAlias = tuple[tuple[str, Resource], ...]
"""The outermost resource that binds each dynamic anchor, by name, sorted."""


class Environments:
    """Environments, each made once: it is as long as there are anchors, and asked for
    at every schema."""

    def __init__(self) -> None:
        self._all: dict[Environment, Environment] = {}
        self._entered: dict[tuple[Resource, int], Environment] = {}
        self._restricted: dict[tuple[frozenset[str], int], Environment] = {}

    def enter(self, resource: Resource, environment: Environment) -> Environment:
        """The environment inside a resource that is reached in `environment`."""
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
        """Only what an environment says of some names."""
        environment = self._one(environment)
        key = (names, id(environment))
        if key not in self._restricted:
            made = tuple(bound for bound in environment if bound[0] in names)
            self._restricted[key] = self._one(made)
        return self._restricted[key]

    def _one(self, environment: Environment) -> Environment:
        return self._all.setdefault(environment, environment)


class Needs:
    """Which dynamic anchors the schema at each place can reach a reference to.

    Places are known as `document#pointer`.
    """

    def __init__(self) -> None:
        self._within: defaultdict[str, set[str]] = defaultdict(set)
        self._names: defaultdict[str, set[str]] = defaultdict(set)

    def leads(self, place: str, target: str) -> None:
        """Note that the schema at `place` contains or refers to that at `target`."""
        self._within[target].add(place)

    def refers(self, place: str, name: str) -> None:
        """Note that the schema at `place` refers to a dynamic anchor itself."""
        self._names[place].add(name)

    def closed(self) -> Mapping[str, frozenset[str]]:
        """The names that matter at each place, its own and those it leads to."""
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
