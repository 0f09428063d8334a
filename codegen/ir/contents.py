"""What a schema means, as a digest: of itself and of everything that it refers to."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import Any, Final, Generic, TypeVar

from codegen.ir import model as ir
from codegen.ir.walk import references, walk

T = TypeVar("T")


class Contents:
    """The digests of the schemas of one module, each by what it `says` itself."""

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
        """The digest of a schema, which may be of nobody's but its own.

        Two schemas with one digest are the same in everything, places included, and so
        is all that references lead to from them, as far as they go.
        """
        found = self._whole.get(id(schema))
        if found is None:
            total = hashlib.sha256(self._says(schema))
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
        return b"" if schema is None else self._says(schema)


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
    """The digest of all that a schema says itself: of every field at every depth, in an
    order that follows from the specification."""
    return _digests(schema)[:_SIZE]


def wordless(schema: ir.Schema) -> bytes:
    """The same of all but titles and descriptions."""
    return _digests(schema)[_SIZE:]


def all_wordless(module: ir.Module) -> str:
    """The digest of all schemas of a module and their names, but for titles and
    descriptions."""
    total = hashlib.sha256(repr(tuple(module.names.items())).encode(*_UTF_8))
    for schema_id, schema in module.schemas.items():
        total.update(_fixed(schema_id.encode(*_UTF_8)) + wordless(schema))
    return total.hexdigest()


def digests_of(module: ir.Module) -> bytes:
    """Those of all schemas of a module, one behind the other."""
    return b"".join(map(_digests, module.schemas.values()))


def know(module: ir.Module, digests: bytes) -> None:
    """Take the digests of a module's schemas for known: `digests_of` has found them."""
    both = 2 * _SIZE
    if len(digests) == both * len(module.schemas):
        for place, schema in enumerate(module.schemas.values()):
            found = digests[place * both : (place + 1) * both]
            object.__setattr__(schema, "digest", found)


_SIZE: Final = hashlib.sha256().digest_size
_UTF_8: Final = ("utf-8", "surrogatepass")


def _digests(schema: ir.Schema) -> bytes:
    """Both, one behind the other."""
    found = schema.digest
    if not found:
        said, words = _said(schema)
        without = hashlib.sha256(repr(said).encode(*_UTF_8)).digest()
        whole = hashlib.sha256(without + repr(words).encode(*_UTF_8)).digest()
        found = whole + without
        object.__setattr__(schema, "digest", found)
    return found


_PLAIN: Final = frozenset((str, int, float, bool, type(None)))

_Getter = Callable[[Any], Iterable[Any]]


class _Fields(dict[type, tuple[bytes, _Getter]]):
    """What stands for a dataclass, and what gets its fields, which are compared."""

    def __missing__(self, kind: type) -> tuple[bytes, _Getter]:
        names = [field.name for field in dataclasses.fields(kind)]
        self[kind] = found = kind.__qualname__.encode(), _getter(names)
        return found


def _getter(names: list[str]) -> _Getter:
    if len(names) > 1:
        return attrgetter(*names)
    return lambda one: [getattr(one, name) for name in names]


_WORDS: Final = ("title", "description")
_FIELDS: Final = _Fields()
_NOTES: Final = _getter(
    [f.name for f in dataclasses.fields(ir.Annotations) if f.name not in _WORDS]
)
_NONE: Final = _NOTES(ir.Annotations())


def _said(schema: ir.Schema) -> tuple[list[Any], list[str]]:
    """A schema and everything in it in one list, with bytes for what holds something;
    and its words."""
    out: list[Any] = []
    words: list[str] = []
    add = out.append
    pending: list[Any] = [schema]
    # There are millions, so nothing is called for one that need not be.
    while pending:
        one = pending.pop()
        kind = type(one)
        if kind in _PLAIN:
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
