"""From a document of a schema to a whole message that carries it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice, pairwise
from typing import Final

from codegen.compat.changes.change import Step, StepKind
from codegen.compat.direction import Traffic
from codegen.compat.findings import Witness
from codegen.compat.normal import forms
from codegen.compat.normal.forms import Form, Node
from codegen.compat.normal.normalise import Side, TooManyForms
from codegen.compat.versions.reach import Reach
from codegen.compat.versions.version import Versions
from codegen.ir import model as ir

_VISITS: Final = 400
_CHAINS: Final = 3
_PATHS: Final = 3


@dataclass(frozen=True, slots=True)
class Envelopes:
    """Finds messages around documents, in one direction."""

    traffic: Traffic
    reach: Reach
    partners: dict[ir.SchemaId, ir.SchemaId]
    """From the writer's schemas to the reader's."""
    known: dict[tuple[ir.SchemaId, ir.SchemaId], list[tuple[Step, ...]]] = field(
        default_factory=dict
    )

    def around(self, target: ir.SchemaId, witness: Witness) -> Witness | None:
        """A message around a witness that the writer's version accepts and the
        reader's rejects; None where none was found."""
        side = self.traffic.writer.side
        tried = 0
        for chain in self.reach.chains(target, self.traffic.direction):
            root = chain[-1]
            if root not in self.partners:
                continue
            tried += 1
            if tried > _CHAINS:
                break
            documents = [witness.value]
            for inner, outer in pairwise(chain):
                schema = side.module.schemas[outer]
                documents = self._out(schema, inner, documents)
            for document in documents:
                found = self._confirmed(root, document)
                if found is not None:
                    return found
        return None

    def _out(
        self, schema: ir.Schema, target: ir.SchemaId, documents: list[ir.Json]
    ) -> list[ir.Json]:
        """Documents of a schema around documents of one that it refers to."""
        found: list[ir.Json] = []
        key = (schema.id, target)
        if key not in self.known:
            self.known[key] = list(islice(self._paths(schema, target), 2 * _PATHS))
        for path in self.known[key]:
            for document in documents:
                for outer in self._around(path, document):
                    if self.traffic.accepted((schema,), outer):
                        found.append(outer)
                if len(found) >= _PATHS:
                    return found
        return found

    def _around(self, path: tuple[Step, ...], value: ir.Json) -> list[ir.Json]:
        documents = [value]
        for step in reversed(path):
            node = step.old_node
            outer = [
                document
                for inner in documents
                for document in self.traffic.around(step.old, step, inner)
                if self.traffic.accepted(node, document)
            ]
            documents = outer[:_PATHS]
        return documents

    def _paths(
        self, schema: ir.Schema, target: ir.SchemaId
    ) -> Iterator[tuple[Step, ...]]:
        """Where a schema refers to another one, nearest first."""
        side = self.traffic.writer.side
        queue: deque[tuple[Node, tuple[Step, ...]]] = deque([((schema,), ())])
        seen: set[tuple[ir.SchemaId, ...]] = set()
        visits = 0
        while queue and visits < _VISITS:
            node, path = queue.popleft()
            key = forms.node_key(node)
            if key in seen:
                continue
            seen.add(key)
            visits += 1
            if _holds(side, node, target, top=not path):
                yield path
            if path and side.label_of(node) is not None:
                continue
            try:
                every = list(side.expand(node).all())
            except TooManyForms:
                continue
            for form in every[:40]:
                for step, inner in self._steps(form, node):
                    queue.append((inner, (*path, step)))

    def _steps(self, form: Form, node: Node) -> Iterator[tuple[Step, Node]]:
        def step(kind: StepKind, key: str | int) -> Step:
            return Step(kind, key, form, form, node, node)

        side = self.traffic.writer.side
        match form.facets:
            case forms.Array() as array:
                for index in range(len(array.prefix) + 1):
                    yield step("item", index), forms.item_node(array, index)
            case forms.Object() as facets:
                for name in self.traffic.emission.names(form):
                    yield step("property", name), side.member(facets, name)
                rest = self.traffic.emission.rest(form)
                if rest:
                    yield step("rest", "x"), rest
            case _:
                return

    def _confirmed(self, root: ir.SchemaId, document: ir.Json) -> Witness | None:
        side, other = self.traffic.writer.side, self.traffic.reader.side
        partner = self.partners[root]
        writer, reader = side.module.schemas[root], other.module.schemas[partner]
        old, new = (writer, reader) if self.traffic.forward else (reader, writer)
        name = side.named.get(root) or self.reach.name_of(root)
        return self.traffic.confirm(old, new, name, document)


def _holds(side: Side, node: Node, target: ir.SchemaId, top: bool) -> bool:
    """Whether a place is a named schema, has it as a branch, or takes part of it."""
    if not top and side.label_of(node) == target:
        return True
    try:
        expansion = side.expand(node)
    except TooManyForms:
        return False
    if target in expansion.whole:
        return True
    return any(s.id == target for form in expansion.all() for s in form.sources[1:])


def both_ways(
    versions: Versions, traffic: Mapping[ir.Direction, Traffic]
) -> dict[ir.Direction, Envelopes]:
    """The messages of each direction, bodies without a name included. What a named
    schema is the other version of is for its name to say, whichever bodies it became.
    """
    there = dict(versions.partner)
    back = {new: old for old, new in there.items()}
    for value in versions.pairs.values:
        there.setdefault(value.old, value.new)
        back.setdefault(value.new, value.old)
    return {
        way: Envelopes(
            one, versions.writer(one.forward).reach, there if one.forward else back
        )
        for way, one in traffic.items()
    }
