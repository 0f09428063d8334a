"""What the code of each piece of a package follows from, as a digest.

That is what its schemas say and what is decided about them, and the same of everything
that they lead to. It takes no code to know it, so a piece that an earlier run has
written from the same need not be written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace

from codegen.ir import model as ir
from codegen.ir import walk
from codegen.ir.contents import leads_to
from codegen.python.codec.retained import Retained
from codegen.python.model import shapes as sh
from codegen.python.model.package import Package


class Basis:
    """The digests of the pieces of one package; `retained` are the classes whose
    objects keep the JSON object that they were made from."""

    def __init__(self, package: Package, retained: Retained) -> None:
        self._package = package
        self._retained = retained
        self._units = _units(package.module)
        self._held = {schema.id for schema, _ in package.classes}
        self._events = {
            branch.id for table in package.all_tables for _, branch in table.entries()
        }
        self._around = self._outer()
        self._inside = self._joints()
        self._all = _digest(self._of_all())
        self._own: dict[ir.SchemaId, bytes] = {}
        self._next: dict[ir.SchemaId, list[ir.SchemaId]] = {}

    def pieces(self) -> dict[str, str]:
        """The digest of each piece."""
        schemas: dict[str, list[ir.SchemaId]] = {}
        for schema_id, piece in self._package.pieces.of.items():
            schemas.setdefault(piece, []).append(schema_id)
        return {piece: self._of(piece, found) for piece, found in schemas.items()}

    def _of(self, piece: str, schemas: list[ir.SchemaId]) -> str:
        """The digest of a piece, of which these are the schemas, in its order."""
        total = hashlib.sha256(_digest((piece, schemas)))
        total.update(self._all)
        met = dict.fromkeys(unit for i in schemas for unit in self._units.get(i, ()))
        pending = list(met)
        for unit in pending:
            if unit not in self._own:
                self._look_at(unit)
            total.update(self._own[unit])
            fresh = [other for other in self._next[unit] if other not in met]
            met.update(dict.fromkeys(fresh))
            pending += dict.fromkeys(fresh)
        return total.hexdigest()

    def _look_at(self, unit: ir.SchemaId) -> None:
        """Find out what a schema of the module says, with all that is inside it, what
        is decided about that, and where it leads."""
        package, schema = self._package, self._package.module.schemas[unit]
        parts = list(walk.walk(schema))
        made = [joint for part in parts for joint in self._inside.get(part.id, ())]
        parts += [part for joint in made for part in walk.walk(joint)]
        sided = any(part.id in package.sides.sided for part in parts)
        sent = package.sides.sending.schemas[unit] if sided else None
        self._own[unit] = _digest(
            (schema, sent, made, [self._decided(part) for part in parts])
        )
        found = leads_to(schema)
        for part in parts:
            found += self._around.get(part.id, ())
            union = package.bases.get(part.id)
            found += self._units.get(union.id, ()) if union is not None else ()
        self._next[unit] = [other for other in found if other in package.module.schemas]

    def _decided(self, part: ir.Schema) -> tuple[object, ...]:
        """What is decided about one schema."""
        i, package = part.id, self._package
        names, shapes, sides = package.names, package.shapes, package.sides
        return (
            *(i, names.symbols.get(i), names.of_sent.get(i), package.pieces.of.get(i)),
            *(shapes.by_id.get(i), shapes.used.get(i), i in shapes.named),
            *(i in self._held, i in self._events, i in sides.sided, i in sides.written),
            self._fields(i),
            i in self._retained and self._retained.may_change(sh.ClassShape(i)),
            i in self._retained,
        )

    def _fields(self, schema_id: ir.SchemaId) -> list[object]:
        return [
            (
                *(f.wire, f.attribute, f.shape, f.required, f.nullable, f.constant),
                *(f.schema.id, [s.id for s in f.schemas], f.apart, f.loose, f.member),
                f.encoded,
            )
            for f in self._package.class_fields.get(schema_id, ())
        ]

    def _of_all(self) -> tuple[object, ...]:
        """What has a say in all code."""
        package = self._package
        beside = ("tagged_", "extra_")
        return (
            replace(package.settings, templates=None),
            package.names.base,
            tuple(package.formats),
            sorted(name for name in package.names.taken if name.startswith(beside)),
        )

    def _outer(self) -> Mapping[ir.SchemaId, list[ir.SchemaId]]:
        """The named schemas that give their names to those inside them."""
        found: dict[ir.SchemaId, list[ir.SchemaId]] = {}
        for outer, inner in self._package.shapes.wrapped.items():
            found.setdefault(inner.id, []).append(outer)
        return found

    def _joints(self) -> Mapping[ir.SchemaId, list[ir.Schema]]:
        """The schemas that were made of several, by the schema of the module in which
        that was, or a schema inside it."""
        joints = self._package.shapes.joints.found
        found: dict[ir.SchemaId, list[ir.Schema]] = {}
        for joint in joints.values():
            outer = joint.outer
            while outer in joints:
                outer = joints[outer].outer
            found.setdefault(outer, []).append(joint.schema)
        for schema_id, made in found.items():
            units = self._units.get(schema_id, ())
            for one in made:
                for part in walk.walk(one):
                    self._units.setdefault(part.id, units)
        return found


def _units(module: ir.Module) -> dict[ir.SchemaId, tuple[ir.SchemaId, ...]]:
    """The schemas of a module that each schema is inside of."""
    found: dict[ir.SchemaId, tuple[ir.SchemaId, ...]] = {}
    for unit, schema in module.schemas.items():
        for part in walk.walk(schema):
            found[part.id] = (*found.get(part.id, ()), unit)
    return found


def _digest(value: Iterable[object]) -> bytes:
    """Of the representation, which shows everything at every depth."""
    return hashlib.sha256(repr(value).encode("utf-8", "surrogatepass")).digest()
