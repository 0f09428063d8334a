"""Which schemas say the same of values, whatever they are called: as a digest.

`contents` compares everything; this leaves out what schemas are called, where they
stand and what is written for people. So a schema and its copy under another name are
alike.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping
from typing import Any, Final, NamedTuple, TypeAlias

from codegen.ir import model as ir
from codegen.ir.contents import (
    PLAIN,
    Circles,
    Contents,
    Getter,
    fixed,
    getter,
    leads_of,
)
from codegen.ir.walk import walk

_MOST: Final = 5_000
"""The size of the largest module, in schemas, for which a set of what each schema leads
to is kept."""

_ROUNDS: Final = 64
"""How many times at most the schemas of a circle are compared to tell them apart."""


class _Meaning(NamedTuple):
    """What a schema says itself, whatever it and the schemas inside it are called.
    `met` are the schemas of the module that it mentions, itself included if it does."""

    digest: bytes
    met: tuple[ir.SchemaId, ...]


class _Kind(NamedTuple):
    """What a schema says together with all that it leads to, as a digest.

    `reached` is a set of the schemas that it leads to, itself included, with a bit for
    each; `kinds` a set of the digests of these.
    """

    digest: bytes
    reached: int
    kinds: int

    @property
    def differ(self) -> bool:
        """Whether all schemas that it leads to have different digests. Then a digest
        says which schema is meant, and nothing else has to."""
        return self.reached.bit_count() == self.kinds.bit_count()


Found: TypeAlias = tuple[
    dict[ir.SchemaId, str], dict[ir.SchemaId, _Kind], dict[bytes, int]
]
"""The digests of the named schemas of a module, what each schema says with all that it
leads to, and the bits of the digests in `_Kind.kinds`."""


class Likeness:
    """The digests of the schemas of one module, by what they say of values."""

    def __init__(self, module: ir.Module) -> None:
        self._module = module
        self._leads = Contents(module).leads
        self._meanings = _Meanings(module)
        self._kinds = _Kinds(module, self._meanings)
        # By the object: of one identity there may be several, with and without what a
        # discriminator says.
        self._known: dict[int, tuple[ir.Schema, str]] = {}

    def found(self) -> Found:
        """What there is to be found about all named schemas, as plain data for another
        process (`given`)."""
        schemas = self._module.schemas
        said = {i: self.of(schemas[i]) for i in self._module.names.values()}
        return said, *self._kinds.found()

    @classmethod
    def given(cls, module: ir.Module, found: Found) -> Likeness:
        """The same, with what was found about an equal module."""
        likeness = cls(module)
        said, kinds, numbers = found
        for schema_id, digest in said.items():
            schema = module.schemas[schema_id]
            likeness._known[id(schema)] = schema, digest
        likeness._kinds.know(kinds, numbers)
        return likeness

    def of(self, schema: ir.Schema) -> str:
        """The digest of what a schema says of values. Other schemas may have the same
        one.

        Two schemas with the same digest say the same of every value, in the same order
        and with the same examples, and so does everything that references lead to from
        them; where one has a name the other has one. Only what they are called, where
        they stand and what is written for people may differ.
        """
        found = self._known.get(id(schema))
        if found is None:
            kind = None
            if len(self._module.schemas) <= _MOST:
                kind = self._kinds.of_schema(schema)
            alone = kind is not None and kind.differ
            said = kind.digest.hex() if kind and alone else self._in_order(schema)
            found = self._known[id(schema)] = schema, said
        return found[1]

    def _in_order(self, schema: ir.Schema) -> str:
        """The digest of a schema that leads to several schemas with the same digest.
        These are told apart by the order in which they are met, so everything that is
        reached is walked through, for each such schema again."""
        numbers: dict[ir.SchemaId, int] = {}
        total = hashlib.sha256(b"in order")
        meanings, schemas = self._meanings, self._module.schemas
        for one in (schema, *(schemas[led] for led in self._led(schema))):
            meant = meanings.of(one)
            met = [numbers.setdefault(other, len(numbers)) for other in meant.met]
            total.update(meant.digest + repr(met).encode())
        return total.hexdigest()

    def _led(self, schema: ir.Schema) -> list[ir.SchemaId]:
        """The schemas that are reached from a schema, in the order in which references
        lead to them."""
        found: dict[ir.SchemaId, None] = {}
        pending = list(leads_of(schema))
        for target in pending:
            if target not in found and target in self._module.schemas:
                found[target] = None
                pending.extend(self._leads(target))
        return list(found)


class _Kinds(Circles[_Kind]):
    """Finds the `_Kind` of each schema."""

    def __init__(self, module: ir.Module, meanings: _Meanings) -> None:
        super().__init__(self._met)
        self._schemas = module.schemas
        self._meanings = meanings
        self._places = {id_: place for place, id_ in enumerate(module.schemas)}
        self._numbers: dict[bytes, int] = {}

    def found(self) -> tuple[dict[ir.SchemaId, _Kind], dict[bytes, int]]:
        """All that was found."""
        return self._known, self._numbers

    def know(
        self, known: Mapping[ir.SchemaId, _Kind], numbers: Mapping[bytes, int]
    ) -> None:
        """Take over what was `found` about an equal module."""
        self._known.update(known)
        self._numbers.update(numbers)

    def of_schema(self, schema: ir.Schema) -> _Kind:
        """The `_Kind` of a schema that need not be one of the module's own objects."""
        if self._schemas.get(schema.id) is schema:
            return self.of(schema.id)
        meant = self._meanings.of(schema)
        total, reached, kinds = hashlib.sha256(meant.digest), 0, 0
        for target in meant.met:
            other = self.of(target)
            total.update(other.digest)
            reached |= other.reached
            kinds |= other.kinds
        return _Kind(total.digest(), reached, kinds)

    def _met(self, target: ir.SchemaId) -> tuple[ir.SchemaId, ...]:
        return self._meanings.of(self._schemas[target]).met

    def _close(self, circle: list[ir.SchemaId]) -> None:
        digests = self._digests(circle)
        others = {one for member in circle for one in self._met(member)}
        reached = kinds = 0
        for other in others.difference(circle):
            reached |= self._known[other].reached
            kinds |= self._known[other].kinds
        for member, digest in digests.items():
            reached |= 1 << self._places[member]
            kinds |= 1 << self._numbers.setdefault(digest, len(self._numbers))
        for member, digest in digests.items():
            self._known[member] = _Kind(digest, reached, kinds)

    def _digests(self, circle: list[ir.SchemaId]) -> dict[ir.SchemaId, bytes]:
        """The digests of schemas that lead to each other in a circle.

        At first each has the digest of what it says itself. In each round it takes in
        the digests of the schemas that it mentions, until a round tells no more schemas
        apart. Where that takes more than `_ROUNDS`, each schema gets a digest of its
        own and is like no other.
        """
        found = {one: self._meanings.of(self._schemas[one]).digest for one in circle}
        count = 0
        for _ in range(_ROUNDS):
            if len(set(found.values())) == count:
                break
            count = len(set(found.values()))
            found = {one: self._behind(one, found) for one in circle}
        else:
            found = {one: str(one).encode("utf-8", "surrogatepass") for one in circle}
        whole = b"".join(sorted(map(fixed, found.values())))
        return {one: fixed(said + whole) for one, said in found.items()}

    def _behind(self, one: ir.SchemaId, found: Mapping[ir.SchemaId, bytes]) -> bytes:
        total = hashlib.sha256(found[one])
        for other in self._met(one):
            inside = found.get(other)
            total.update(self._known[other].digest if inside is None else inside)
        return total.digest()


_FOR_PEOPLE: Final[Mapping[type, frozenset[str]]] = {
    ir.Schema: frozenset(("location", "remembered", "children", "digest")),
    ir.Annotations: frozenset(("title", "description", "departures")),
    ir.Ref: frozenset(("text",)),
    ir.Discriminator: frozenset(("mapping",)),
}
"""Fields that do not matter to values, by class. The mapping of a discriminator is
among them: lowering has already confined the branches to their tags."""

_IDENTITIES: Final[Mapping[type, frozenset[str]]] = {
    ir.Schema: frozenset(("id",)),
    ir.Annotations: frozenset(("branch_of",)),
    ir.Ref: frozenset(("target",)),
    ir.Discriminator: frozenset(("base", "default")),
}
"""Fields that name a schema, by class."""


class _Fields(NamedTuple):
    """The fields of a dataclass: `of` gets those that matter, without those that name a
    schema, which are in `identities`."""

    mark: bytes
    of: Getter
    identities: tuple[str, ...]


class _AllFields(dict[type, _Fields]):
    """The `_Fields` of each dataclass, found when it is first met."""

    def __missing__(self, kind: type) -> _Fields:
        identities = _IDENTITIES.get(kind, frozenset())
        needless = _FOR_PEOPLE.get(kind, frozenset()) | identities
        names = [field.name for field in dataclasses.fields(kind)]
        said = [name for name in names if name not in needless]
        self[kind] = _Fields(
            kind.__qualname__.encode(),
            getter(said),
            tuple(name for name in names if name in identities),
        )
        return self[kind]


_FIELDS: Final = _AllFields()


class _Meanings:
    """Finds what the schemas of a module say themselves."""

    def __init__(self, module: ir.Module) -> None:
        self._known: dict[int, tuple[ir.Schema, _Meaning]] = {}
        self._schemas = module.schemas
        self._named = module.named_ids
        known: dict[ir.SchemaId, ir.Schema] = {}
        several: set[ir.SchemaId] = set()
        for schema in module.schemas.values():
            for inner in walk(schema):
                if known.setdefault(inner.id, inner) is not inner:
                    several.add(inner.id)
        # What a single schema is called does not matter: nobody else calls it so.
        self._alone = frozenset(known.keys() - several - module.schemas.keys())

    def of(self, schema: ir.Schema) -> _Meaning:
        """What a schema says itself, found out once. The schema is kept, so that no
        other object can take its `id()`."""
        found = self._known.get(id(schema))
        if found is None:
            found = self._known[id(schema)] = schema, self._found(schema)
        return found[1]

    def _found(self, schema: ir.Schema) -> _Meaning:
        out: list[Any] = []
        met: list[ir.SchemaId] = []
        numbers: dict[ir.SchemaId, int] = {}
        add = out.append
        pending: list[Any] = [schema]
        while pending:
            one = pending.pop()
            kind = type(one)
            if kind in PLAIN:
                add(one)
            elif kind is tuple or kind is list:
                add(b"%d" % len(one))
                pending += one
            elif kind in _FIELDS or dataclasses.is_dataclass(kind):
                fields = _FIELDS[kind]
                add(fields.mark)
                for name in fields.identities:
                    meant = getattr(one, name)
                    if meant in self._alone:
                        add(numbers.setdefault(meant, len(numbers)))
                    elif meant in self._schemas:
                        add(b"named" if meant in self._named else b"met")
                        met.append(meant)
                    else:
                        add(meant)
                pending += fields.of(one)
            elif isinstance(one, Mapping):
                add(b"of %d" % len(one))
                pending += one
                pending += one.values()
            else:
                add(b"%s %s" % (kind.__qualname__.encode(), repr(one).encode()))
        digest = hashlib.sha256(repr(out).encode("utf-8", "surrogatepass")).digest()
        return _Meaning(digest, tuple(met))
