"""What a schema means, as a digest: of itself and of everything that it refers to."""

from __future__ import annotations

import dataclasses
import enum
import hashlib
from collections.abc import Callable, Mapping
from functools import cached_property
from operator import attrgetter
from typing import Any, Final, NamedTuple

from codegen.ir import model as ir
from codegen.ir.walk import references, walk


class _Meaning(NamedTuple):
    """What a schema says by itself, whatever it and those inside are called; `met` are
    the schemas of the module that it mentions, itself among them."""

    digest: bytes
    met: tuple[ir.SchemaId, ...]


class Contents:
    """The digests of the schemas of one module."""

    def __init__(self, module: ir.Module) -> None:
        self._module = module
        self._own: dict[ir.SchemaId, bytes] = {}
        self._meant: dict[ir.SchemaId, _Meaning] = {}
        self._next: dict[ir.SchemaId, tuple[ir.SchemaId, ...]] = {}
        # By the object: of one identity there may be several, with and without what a
        # discriminator says.
        self._whole: dict[int, tuple[ir.Schema, str]] = {}
        self._alike: dict[int, tuple[ir.Schema, str]] = {}

    def of(self, schema: ir.Schema) -> str:
        """The digest of a schema, which may be of nobody's but its own.

        Two schemas with one digest are the same in everything, places included, and so
        is all that references lead to from them, as far as they go.
        """
        found = self._whole.get(id(schema))
        if found is None:
            total = hashlib.sha256(_digest(schema))
            for target in self.led(schema):
                total.update(self._own_of(target))
            found = self._whole[id(schema)] = schema, total.hexdigest()
        return found[1]

    def alike(self, schema: ir.Schema) -> str:
        """The digest of what a schema says of values, which others may have in common.

        Two schemas with one digest say the same of every value, in the same order and
        with the same examples, and so does all that references lead to from them, with
        names where the other has names. Only what they are called, where they stand and
        what is written for people may differ.
        """
        found = self._alike.get(id(schema))
        if found is None:
            numbers: dict[ir.SchemaId, int] = {}
            named, total = self._module.named_ids, hashlib.sha256()
            for meant in (
                self._meanings.of(schema),
                *map(self._meant_by, self.led(schema)),
            ):
                met = [
                    (numbers.setdefault(one, len(numbers)), one in named)
                    for one in meant.met
                ]
                total.update(meant.digest + repr(met).encode())
            found = self._alike[id(schema)] = schema, total.hexdigest()
        return found[1]

    def led(self, schema: ir.Schema) -> list[ir.SchemaId]:
        """The schemas that references lead to from a schema, in the order in which they
        are met."""
        seen: set[ir.SchemaId] = set()
        found: list[ir.SchemaId] = []
        pending = _leads_to(schema)
        for target in pending:
            if target not in seen:
                seen.add(target)
                found.append(target)
                pending.extend(self._next_of(target))
        return found

    def _next_of(self, target: ir.SchemaId) -> tuple[ir.SchemaId, ...]:
        found = self._next.get(target)
        if found is None:
            # Where nothing is there, that is what there is.
            schema = self._module.schemas.get(target)
            found = () if schema is None else tuple(_leads_to(schema))
            self._next[target] = found
        return found

    def _own_of(self, target: ir.SchemaId) -> bytes:
        found = self._own.get(target)
        if found is None:
            schema = self._module.schemas.get(target)
            found = self._own[target] = b"" if schema is None else _digest(schema)
        return found

    def _meant_by(self, target: ir.SchemaId) -> _Meaning:
        found = self._meant.get(target)
        if found is None:
            schema = self._module.schemas.get(target)
            found = _Meaning(b"", ()) if schema is None else self._meanings.of(schema)
            self._meant[target] = found
        return found

    @cached_property
    def _meanings(self) -> _Meanings:
        return _Meanings(self._module)


def _digest(schema: ir.Schema) -> bytes:
    """Of the representation, which shows every field at every depth, in an order that
    follows from the specification."""
    return hashlib.sha256(repr(schema).encode("utf-8", "surrogatepass")).digest()


def _leads_to(schema: ir.Schema) -> list[ir.SchemaId]:
    found = dict.fromkeys(references(schema))
    for inner in walk(schema):
        hint, branch = inner.annotations.discriminator, inner.annotations.branch_of
        if hint is not None and hint.base is not None:
            found[hint.base] = None
        if branch is not None:
            found[branch] = None
    return list(found)


# --- what is said of values --------------------------------------------------------

_PLAIN: Final = frozenset((str, int, float, bool, type(None)))

_FOR_PEOPLE: Final[Mapping[type, frozenset[str]]] = {
    ir.Schema: frozenset(("location", "remembered", "children")),
    ir.Annotations: frozenset(("title", "description", "departures")),
    ir.Ref: frozenset(("text",)),
    ir.Discriminator: frozenset(("mapping",)),
}
"""Fields that say nothing of values: to what a mapping means, lowering has confined the
tags."""

_IDENTITIES: Final[Mapping[type, frozenset[str]]] = {
    ir.Schema: frozenset(("id",)),
    ir.Annotations: frozenset(("branch_of",)),
    ir.Ref: frozenset(("target",)),
    ir.Discriminator: frozenset(("base", "default")),
}
"""Fields that say which schema is meant."""


class _Fields(NamedTuple):
    """How the fields of a dataclass are got: what is `said`, all in one, and those that
    say which schema is meant."""

    mark: bytes
    said: Callable[[Any], Any] | None
    identities: tuple[str, ...]
    several: bool


class _AllFields(dict[type, _Fields]):
    """That, by classes."""

    def __missing__(self, kind: type) -> _Fields:
        identities = _IDENTITIES.get(kind, frozenset())
        needless = _FOR_PEOPLE.get(kind, frozenset()) | identities
        names = [field.name for field in dataclasses.fields(kind)]
        said = [name for name in names if name not in needless]
        self[kind] = _Fields(
            kind.__qualname__.encode(),
            attrgetter(*said) if said else None,
            tuple(name for name in names if name in identities),
            len(said) > 1,
        )
        return self[kind]


_FIELDS: Final = _AllFields()


class _Meanings:
    """What schemas of a module say by themselves."""

    def __init__(self, module: ir.Module) -> None:
        self._schemas = module.schemas
        known: dict[ir.SchemaId, ir.Schema] = {}
        several: set[ir.SchemaId] = set()
        for schema in module.schemas.values():
            for inner in walk(schema):
                if known.setdefault(inner.id, inner) is not inner:
                    several.add(inner.id)
        # What a single schema is called does not matter: nobody else calls it so.
        self._alone = frozenset(known.keys() - several - module.schemas.keys())

    def of(self, schema: ir.Schema) -> _Meaning:
        out: list[Any] = []
        met: list[ir.SchemaId] = []
        numbers: dict[ir.SchemaId, int] = {}
        add = out.append
        pending: list[Any] = [schema]
        while pending:
            one = pending.pop()
            kind = type(one)
            if kind in _PLAIN:
                add(one)
            elif kind is tuple or kind is list:
                add(b"%d" % len(one))
                pending += one
            elif kind is dict or isinstance(one, Mapping):
                add(b"of %d" % len(one))
                pending += one
                pending += one.values()
            elif isinstance(one, enum.Enum):
                add(one.name.encode())
            else:
                mark, said, identities, several = _FIELDS[kind]
                add(mark)
                for name in identities:
                    meant = getattr(one, name)
                    if meant in self._alone:
                        add(numbers.setdefault(meant, len(numbers)))
                    elif meant in self._schemas:
                        add(b"met")
                        met.append(meant)
                    else:
                        add(meant)
                if said is None:
                    continue
                if several:
                    pending += said(one)
                else:
                    pending.append(said(one))
        digest = hashlib.sha256(repr(out).encode("utf-8", "surrogatepass")).digest()
        return _Meaning(digest, tuple(met))
