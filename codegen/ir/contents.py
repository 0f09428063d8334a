"""What a schema means, as a digest: of itself and of everything that it refers to."""

from __future__ import annotations

import hashlib

from codegen.ir import model as ir
from codegen.ir.walk import references, walk


class Contents:
    """The digests of the schemas of one module."""

    def __init__(self, module: ir.Module) -> None:
        self._module = module
        self._own: dict[ir.SchemaId, bytes] = {}
        self._next: dict[ir.SchemaId, tuple[ir.SchemaId, ...]] = {}
        # By the object: of one identity there may be several, with and without what a
        # discriminator says.
        self._whole: dict[int, tuple[ir.Schema, str]] = {}

    def of(self, schema: ir.Schema) -> str:
        """The digest of a schema, which may be of nobody's but its own.

        Two schemas with one digest are the same in everything, places included, and so
        is all that references lead to from them, as far as they go.
        """
        found = self._whole.get(id(schema))
        if found is None:
            total = hashlib.sha256(_digest(schema))
            for target in self.led(schema):
                total.update(self._own[target])
            found = self._whole[id(schema)] = schema, total.hexdigest()
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
                self._look_at(target)
                pending.extend(self._next[target])
        return found

    def _look_at(self, target: ir.SchemaId) -> None:
        if target not in self._own:
            schema = self._module.schemas.get(target)
            # Where nothing is there, that is what there is.
            self._own[target] = b"" if schema is None else _digest(schema)
            self._next[target] = () if schema is None else tuple(_leads_to(schema))


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
