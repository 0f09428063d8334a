"""What a schema means, as a digest of itself and of everything that it refers to."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import Any, Final, Generic, TypeAlias, TypeVar

from codegen.ir import model as ir
from codegen.ir.walk import references, walk

T = TypeVar("T")


class Contents:
    """The digests of the schemas of one module. `says` gives the digest of what a
    schema says itself, without what it refers to."""

    def __init__(
        self, module: ir.Module, says: Callable[[ir.Schema], bytes] | None = None
    ) -> None:
        self._module = module
        self._says = says or digest
        self._leads: dict[ir.SchemaId, tuple[ir.SchemaId, ...]] = {}
        # By the object: of one identity there may be several, with and without what a
        # discriminator says.
        self._whole: dict[int, tuple[ir.Schema, str]] = {}
        self._reached = Reached(self._own, self.leads)

    def of(self, schema: ir.Schema) -> str:
        """The digest of a schema with all that it refers to. The schema need not be one
        of the module's own objects.

        Two schemas with the same digest are the same in everything, places included,
        and so is everything that references lead to from them, however far.
        """
        found = self._whole.get(id(schema))
        if found is None:
            total = hashlib.sha256(self._says(schema))
            for target in leads_of(schema):
                total.update(self._reached.of(target))
            found = self._whole[id(schema)] = schema, total.hexdigest()
        return found[1]

    def leads(self, target: ir.SchemaId) -> tuple[ir.SchemaId, ...]:
        """The schemas to which the references of a schema lead directly."""
        found = self._leads.get(target)
        if found is None:
            schema = self._module.schemas.get(target)
            found = () if schema is None else leads_of(schema)
            self._leads[target] = found
        return found

    def _own(self, target: ir.SchemaId) -> bytes:
        schema = self._module.schemas.get(target)
        # Where nothing is there, that is what there is.
        return b"" if schema is None else self._says(schema)


class Circles(Generic[T]):
    """A value of each schema that depends on everything the schema leads to.

    Schemas that lead to each other in a circle are settled together, after everything
    that they lead to outside of the circle (`_close`). So each schema is looked at
    once, however many lead to it.
    """

    def __init__(self, leads: Callable[[ir.SchemaId], Iterable[ir.SchemaId]]) -> None:
        self._leads = leads
        self._known: dict[ir.SchemaId, T] = {}

    def of(self, start: ir.SchemaId) -> T:
        """The value of a schema, found out when it is first asked for."""
        if start not in self._known:
            self._find(start)
        return self._known[start]

    def _find(self, start: ir.SchemaId) -> None:
        """Tarjan's algorithm for strongly connected components, without recursion: a
        circle is complete when its first schema has been left."""
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
        """Store the value of each schema of a circle in `_known`, where those that the
        circle leads to are already. Most circles are a single schema."""
        raise NotImplementedError


class Reached(Circles[bytes]):
    """For each schema, one digest of everything that is reached from it. It is made of
    the digests that the schemas of its circle have for themselves (`own`) and of the
    digests of the circles that these lead to."""

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
            total.update(hashlib.sha256(said).digest() + fixed(self._own(one)))
        total.update(b"".join(sorted(behind)))
        self._known.update(dict.fromkeys(circle, total.digest()))


def fixed(digest: bytes) -> bytes:
    """A digest of something, made as long as all others."""
    return hashlib.sha256(digest).digest()


def digest(schema: ir.Schema) -> bytes:
    """The digest of everything that a schema says itself: of every field at every
    depth, in the order of the specification."""
    return _digests(schema)[:_SIZE]


def wordless(schema: ir.Schema) -> bytes:
    """The digest of everything that a schema says itself except titles and
    descriptions."""
    return _digests(schema)[_SIZE:]


def all_wordless(module: ir.Module) -> str:
    """The digest of all schemas of a module and of their names, without titles and
    descriptions."""
    total = hashlib.sha256(repr(tuple(module.names.items())).encode(*_UTF_8))
    for schema_id, schema in module.schemas.items():
        total.update(fixed(schema_id.encode(*_UTF_8)) + wordless(schema))
    return total.hexdigest()


def digests_of(module: ir.Module) -> bytes:
    """The digests of all schemas of a module, concatenated, for `know`."""
    return b"".join(map(_digests, module.schemas.values()))


def know(module: ir.Module, digests: bytes) -> None:
    """Give the schemas of a module the digests that `digests_of` has found, in another
    process or an earlier run. Does nothing where their number is not right."""
    both = 2 * _SIZE
    if len(digests) == both * len(module.schemas):
        for place, schema in enumerate(module.schemas.values()):
            found = digests[place * both : (place + 1) * both]
            object.__setattr__(schema, "digest", found)


_SIZE: Final = hashlib.sha256().digest_size
_UTF_8: Final = ("utf-8", "surrogatepass")


def _digests(schema: ir.Schema) -> bytes:
    """The digest of a schema with titles and descriptions, and behind it the one
    without."""
    found = schema.digest
    if not found:
        said, words = _said(schema)
        without = hashlib.sha256(repr(said).encode(*_UTF_8)).digest()
        whole = hashlib.sha256(without + repr(words).encode(*_UTF_8)).digest()
        found = whole + without
        object.__setattr__(schema, "digest", found)
    return found


PLAIN: Final = frozenset((str, int, float, bool, type(None)))
"""The types of values that hold no others."""

Getter: TypeAlias = Callable[[Any], Iterable[Any]]
"""Gets some fields of an object."""


class _Fields(dict[type, tuple[bytes, Getter]]):
    """For each dataclass, its name and a function that gets those of its fields that
    are compared."""

    def __missing__(self, kind: type) -> tuple[bytes, Getter]:
        names = [field.name for field in dataclasses.fields(kind)]
        self[kind] = found = kind.__qualname__.encode(), getter(names)
        return found


def getter(names: list[str]) -> Getter:
    """A function that gets the fields with these names."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda one: [getattr(one, name) for name in names]


_WORDS: Final = ("title", "description")
_FIELDS: Final = _Fields()
_NOTES: Final = getter(
    [f.name for f in dataclasses.fields(ir.Annotations) if f.name not in _WORDS]
)
_NONE: Final = _NOTES(ir.Annotations())


def _said(schema: ir.Schema) -> tuple[list[Any], list[str]]:
    """A schema and everything in it as one flat list, and its titles and descriptions
    as another. Bytes in the list stand for whatever holds something, with its size."""
    out: list[Any] = []
    words: list[str] = []
    add = out.append
    pending: list[Any] = [schema]
    # There are millions, so nothing is called for one that need not be.
    while pending:
        one = pending.pop()
        kind = type(one)
        if kind in PLAIN:
            add(one)
        elif kind is ir.Schema:
            place, notes = one.location, one.annotations
            words += (notes.title, notes.description)
            noted = _NOTES(notes)
            # Hardly any has notes.
            out += (b"schema", one.id, place.document, place.pointer, noted != _NONE)
            pending += (one.assertions, noted) if noted != _NONE else (one.assertions,)
        elif kind is tuple or kind is list:
            add(b"%d" % len(one))
            pending += one
        elif kind in _FIELDS or dataclasses.is_dataclass(kind):
            mark, fields = _FIELDS[kind]
            add(mark)
            pending += fields(one)
        elif isinstance(one, Mapping):
            add(b"of %d" % len(one))
            pending += one
            pending += one.values()
        else:
            add(b"%s %s" % (kind.__qualname__.encode(), repr(one).encode(*_UTF_8)))
    return out, words


def leads_of(schema: ir.Schema) -> tuple[ir.SchemaId, ...]:
    """The schemas to which the references of a schema lead directly, those of
    discriminators included."""
    found = dict.fromkeys(references(schema))
    for inner in walk(schema):
        hint, branch = inner.annotations.discriminator, inner.annotations.branch_of
        if hint is not None and hint.base is not None:
            found[hint.base] = None
        if branch is not None:
            found[branch] = None
    return tuple(found)
