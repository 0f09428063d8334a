"""What a schema means, as a digest: of itself and of everything that it refers to."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from codegen.ir import model as ir
from codegen.ir.walk import references, walk

T = TypeVar("T")


class Contents:
    """The digests of the schemas of one module."""

    def __init__(self, module: ir.Module) -> None:
        self._module = module
        self._leads: dict[ir.SchemaId, tuple[ir.SchemaId, ...]] = {}
        # By the object: of one identity there may be several, with and without what a
        # discriminator says.
        self._whole: dict[int, tuple[ir.Schema, str]] = {}
        self._reached = Reached(self._own, self.leads)

    def of(self, schema: ir.Schema) -> str:
        """The digest of a schema, which may be of nobody's but its own.

        Two schemas with one digest are the same in everything, places included, and so
        is all that references lead to from them, as far as they go.
        """
        found = self._whole.get(id(schema))
        if found is None:
            total = hashlib.sha256(digest(schema))
            for target in leads_of(schema):
                total.update(self._reached.of(target))
            found = self._whole[id(schema)] = schema, total.hexdigest()
        return found[1]

    def leads(self, target: ir.SchemaId) -> tuple[ir.SchemaId, ...]:
        """Where the references of a schema of the module lead directly."""
        found = self._leads.get(target)
        if found is None:
            schema = self._module.schemas.get(target)
            found = () if schema is None else leads_of(schema)
            self._leads[target] = found
        return found

    def _own(self, target: ir.SchemaId) -> bytes:
        schema = self._module.schemas.get(target)
        # Where nothing is there, that is what there is.
        return b"" if schema is None else digest(schema)


class Circles(Generic[T]):
    """What follows from all that is reached from a schema, found out for each circle of
    schemas that lead to each other when it is known of what they lead to."""

    def __init__(self, leads: Callable[[ir.SchemaId], Iterable[ir.SchemaId]]) -> None:
        self._leads = leads
        self._known: dict[ir.SchemaId, T] = {}

    def of(self, start: ir.SchemaId) -> T:
        """What follows from a schema with everything that is reached from it."""
        if start not in self._known:
            self._find(start)
        return self._known[start]

    def _find(self, start: ir.SchemaId) -> None:
        """Tarjan's way to circles, without recursion: a circle is known when the first
        of it that was met has been left."""
        met: dict[ir.SchemaId, int] = {start: 0}
        lowest = {start: 0}
        open_, places = [start], {start: 0}
        way = [(start, iter(self._leads(start)))]
        while way:
            here, pending = way[-1]
            for target in pending:
                if target in self._known:
                    continue
                if target not in met:
                    met[target] = lowest[target] = len(met)
                    places[target] = len(open_)
                    open_.append(target)
                    way.append((target, iter(self._leads(target))))
                    break
                lowest[here] = min(lowest[here], met[target])
            else:
                way.pop()
                if way:
                    above = way[-1][0]
                    lowest[above] = min(lowest[above], lowest[here])
                if lowest[here] == met[here]:
                    self._close(open_[places[here] :])
                    del open_[places[here] :]

    def _close(self, circle: list[ir.SchemaId]) -> None:
        """Put among what is known what follows from those that lead to each other; most
        schemas are alone in that."""
        raise NotImplementedError


class Reached(Circles[bytes]):
    """The digests of what is reached from schemas: of all that leads to each other one,
    made of what each is for itself (`own`), and of those of what they lead to."""

    def __init__(
        self,
        own: Callable[[ir.SchemaId], bytes],
        leads: Callable[[ir.SchemaId], Iterable[ir.SchemaId]],
    ) -> None:
        super().__init__(leads)
        self._own = own

    def _close(self, circle: list[ir.SchemaId]) -> None:
        others = {target for one in circle for target in self._leads(one)}
        behind = {self._known[target] for target in others.difference(circle)}
        total = hashlib.sha256()
        for one in sorted(circle):
            said = str(one).encode("utf-8", "surrogatepass")
            total.update(hashlib.sha256(said).digest() + _fixed(self._own(one)))
        total.update(b"".join(sorted(behind)))
        self._known.update(dict.fromkeys(circle, total.digest()))


def _fixed(digest: bytes) -> bytes:
    return hashlib.sha256(digest).digest()


def digest(schema: ir.Schema) -> bytes:
    """The digest of all that a schema says itself: of the representation, which shows
    every field at every depth, in an order that follows from the specification."""
    found = schema.digest
    if not found:
        said = repr(schema).encode("utf-8", "surrogatepass")
        found = hashlib.sha256(said).digest()
        object.__setattr__(schema, "digest", found)
    return found


def leads_of(schema: ir.Schema) -> tuple[ir.SchemaId, ...]:
    """Where the references of a schema lead directly, hints of discriminators among
    them."""
    found = dict.fromkeys(references(schema))
    for inner in walk(schema):
        hint, branch = inner.annotations.discriminator, inner.annotations.branch_of
        if hint is not None and hint.base is not None:
            found[hint.base] = None
        if branch is not None:
            found[branch] = None
    return tuple(found)
