"""Which messages carry which schemas, and in which direction."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from codegen.compat.versions.channels import Roots
from codegen.ir import model as ir
from codegen.ir import operations as ops
from codegen.ir import walk

_CHAINS: Final = 12


class Reach:
    """For every referenced or named schema: the messages that lead to it."""

    def __init__(self, found: Roots) -> None:
        self._module = found.module
        self._inline = {
            event.schema: event.place
            for channel in found.channels.values()
            for event in channel.events
        }
        self._edges: dict[ir.SchemaId, tuple[ir.SchemaId, ...]] = {}
        self._titles: dict[ir.SchemaId, dict[ir.Direction, dict[str, None]]] = {}
        self._referrers: dict[ir.SchemaId, list[ir.SchemaId]] = {}
        self._roots: dict[ir.Direction, dict[ir.SchemaId, None]] = {}
        for channel in found.channels.values():
            self._mark((channel.union,), channel.direction, None)
            for event in channel.events:
                self._mark((event.schema,), channel.direction, event.title)
        for message in found.module.messages:
            if message.kind != "event" and message.payload is not None:
                self._mark((message.payload,), message.direction, message.name)
        for target, direction, title in ops.values(found.module.interface):
            self._mark((target,), direction, title)

    def directions(self, target: ir.SchemaId) -> frozenset[ir.Direction]:
        """In which directions a schema travels; empty where no message leads to it."""
        return frozenset(self._titles.get(target, ()))

    def titles(self, target: ir.SchemaId, direction: ir.Direction) -> tuple[str, ...]:
        """The messages that carry a schema in one direction."""
        return tuple(self._titles.get(target, {}).get(direction, ()))

    def roots(self, direction: ir.Direction) -> frozenset[ir.SchemaId]:
        """The schemas that are whole messages of one direction."""
        return frozenset(self._roots.get(direction, ()))

    def around(self, targets: Iterable[ir.SchemaId]) -> frozenset[ir.SchemaId]:
        """Some schemas, and all that lead to one of them."""
        found: set[ir.SchemaId] = set()
        waiting = list(targets)
        while waiting:
            target = waiting.pop()
            if target not in found:
                found.add(target)
                waiting.extend(self.referrers(target))
        return frozenset(found)

    def referrers(self, target: ir.SchemaId) -> Sequence[ir.SchemaId]:
        """The schemas that another one is part of."""
        return self._in().get(target, ())

    def led(self, target: ir.SchemaId) -> Counter[ir.SchemaId]:
        """The schemas that are part of another one, how often it refers to each."""
        schema = self._module.schemas.get(target) or self._inline[target]
        inner = (s.id for s in walk.walk(schema) if s.id in self._module.schemas)
        return Counter((*walk.references(schema), *inner))

    def name_of(self, payload: ir.SchemaId) -> str:
        """The message that has a schema without a name as its payload."""
        for message in self._module.messages:
            if message.payload == payload:
                return message.name
        return ""

    def chains(
        self, target: ir.SchemaId, direction: ir.Direction
    ) -> Iterator[tuple[ir.SchemaId, ...]]:
        """Shortest ways from a schema out to the messages of one direction, each
        schema referred to by the next; a few of them."""
        roots = self._roots.get(direction, {})
        queue: deque[tuple[ir.SchemaId, ...]] = deque([(target,)])
        seen = {target}
        found = 0
        while queue and found < _CHAINS:
            chain = queue.popleft()
            if chain[-1] in roots and len(chain) > 1:
                found += 1
                yield chain
                continue
            for outer in self._in().get(chain[-1], ()):
                if outer not in seen and outer in self._module.schemas:
                    seen.add(outer)
                    queue.append((*chain, outer))

    def _in(self) -> dict[ir.SchemaId, list[ir.SchemaId]]:
        """For each schema, those that refer to it."""
        if not self._referrers:
            for target in self._module.schemas:
                for inner in self._out(target):
                    if inner != target:
                        self._referrers.setdefault(inner, []).append(target)
        return self._referrers

    def _mark(
        self, start: Iterable[ir.SchemaId], direction: ir.Direction, title: str | None
    ) -> None:
        seen: set[ir.SchemaId] = set()
        stack = list(start)
        if title is not None:
            self._roots.setdefault(direction, {}).update(dict.fromkeys(stack))
        while stack:
            target = stack.pop()
            if target in seen:
                continue
            seen.add(target)
            titles = self._titles.setdefault(target, {}).setdefault(direction, {})
            if title is not None:
                titles.setdefault(title)
            stack.extend(self._out(target))

    def _out(self, target: ir.SchemaId) -> tuple[ir.SchemaId, ...]:
        if target not in self._edges:
            self._edges[target] = tuple(self.led(target))
        return self._edges[target]
