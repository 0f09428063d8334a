"""Which schemas say the same of values, whatever they are called: as a digest."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import Any, Final, NamedTuple

from codegen.ir import model as ir
from codegen.ir.contents import Contents, leads_of
from codegen.ir.walk import walk


class _Meaning(NamedTuple):
    """What a schema says by itself, whatever it and those inside are called; `met` are
    the schemas of the module that it mentions, itself among them."""

    digest: bytes
    met: tuple[ir.SchemaId, ...]


class Likeness:
    """The digests of the schemas of one module."""

    def __init__(self, module: ir.Module, contents: Contents) -> None:
        self._module = module
        self._leads = contents.leads
        self._says = _Saying(module)
        self._meant: dict[ir.SchemaId, _Meaning] = {}
        # By the object: of one identity there may be several, with and without what a
        # discriminator says.
        self._known: dict[int, tuple[ir.Schema, str]] = {}

    def of(self, schema: ir.Schema) -> str:
        """The digest of what a schema says of values, which others may have in common.

        Two schemas with one digest say the same of every value, in the same order and
        with the same examples, and so does all that references lead to from them, with
        names where the other has names. Only what they are called, where they stand and
        what is written for people may differ.
        """
        found = self._known.get(id(schema))
        if found is None:
            numbers: dict[ir.SchemaId, int] = {}
            total = hashlib.sha256()
            for meant in (self._says.of(schema), *map(self._own, self._led(schema))):
                met = [numbers.setdefault(one, len(numbers)) for one in meant.met]
                total.update(meant.digest + repr(met).encode())
            found = self._known[id(schema)] = schema, total.hexdigest()
        return found[1]

    def _led(self, schema: ir.Schema) -> list[ir.SchemaId]:
        """The schemas that references lead to from a schema, in the order in which they
        are met."""
        found: dict[ir.SchemaId, None] = {}
        pending = list(leads_of(schema))
        for target in pending:
            if target not in found:
                found[target] = None
                pending.extend(self._leads(target))
        return list(found)

    def _own(self, target: ir.SchemaId) -> _Meaning:
        found = self._meant.get(target)
        if found is None:
            # Where nothing is there, that is what there is.
            schema = self._module.schemas.get(target)
            found = _Meaning(b"", ()) if schema is None else self._says.of(schema)
            self._meant[target] = found
        return found


_PLAIN: Final = frozenset((str, int, float, bool, type(None)))

_FOR_PEOPLE: Final[Mapping[type, frozenset[str]]] = {
    ir.Schema: frozenset(("location", "remembered", "children", "digest")),
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
    """Those of a dataclass: what gets them, but for the names of those that say which
    schema is meant."""

    mark: bytes
    of: Callable[[Any], Iterable[Any]]
    identities: tuple[str, ...]


class _AllFields(dict[type, _Fields]):
    """That, by classes."""

    def __missing__(self, kind: type) -> _Fields:
        identities = _IDENTITIES.get(kind, frozenset())
        needless = _FOR_PEOPLE.get(kind, frozenset()) | identities
        names = [field.name for field in dataclasses.fields(kind)]
        said = [name for name in names if name not in needless]
        self[kind] = _Fields(
            kind.__qualname__.encode(),
            _getter(said),
            tuple(name for name in names if name in identities),
        )
        return self[kind]


def _getter(names: list[str]) -> Callable[[Any], Iterable[Any]]:
    """What gets the fields of these names."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda one: [getattr(one, name) for name in names]


_FIELDS: Final = _AllFields()


class _Saying:
    """Finds what schemas of a module say by themselves."""

    def __init__(self, module: ir.Module) -> None:
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
