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


def enter(resource: Resource, environment: Environment) -> Environment:
    """The environment inside a resource that is reached in `environment`."""
    if not resource.dynamic:
        return environment
    bound = dict.fromkeys(resource.dynamic, resource)
    bound.update(environment)
    return tuple(sorted(bound.items(), key=lambda item: item[0]))


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
        return {place: frozenset(found) for place, found in names.items()}
