"""What the code of a piece follows from, as digests.

Writers of code look up, by id, what schemas say and what is decided about them. These
looks are noted (`noting`), so it is known on which schemas the code of each piece
rests. As long as all of these stay the same, so does the code.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple, TypeAlias, TypeVar

from codegen.ir import model as ir
from codegen.ir import tags, walk
from codegen.ir.contents import digest, wordless
from codegen.python.codec.retained import Retained
from codegen.python.model import event_tables
from codegen.python.model import shapes as sh
from codegen.python.model.fields import Field
from codegen.python.model.package import Package

T = TypeVar("T")

Note = Callable[[Iterable[ir.SchemaId]], None]
"""Is called with the schemas at which a writer looks."""


_Said: TypeAlias = tuple[tuple[bytes, ...], tuple[bytes, ...]]
"""The digests of some schemas, and their digests without titles and descriptions."""


class Noting(Mapping[ir.SchemaId, T]):
    """A mapping that notes each look into it. `others` gives the schemas that are seen
    together with a value."""

    def __init__(
        self,
        table: Mapping[ir.SchemaId, T],
        note: Note,
        others: Callable[[T], Iterable[ir.SchemaId]] | None = None,
    ) -> None:
        self._table = table
        self._note = note
        self._others = others
        self._seen: dict[ir.SchemaId, frozenset[ir.SchemaId]] = {}
        """The schemas that are seen with each value, where there are others."""

    def __getitem__(self, key: ir.SchemaId) -> T:
        if self._others is None:
            self._note((key,))
            return self._table[key]
        seen = self._seen.get(key)
        if seen is None:
            others = self._others(self._table[key]) if key in self._table else ()
            seen = self._seen[key] = frozenset((key, *others))
        self._note(seen)
        return self._table[key]

    def __iter__(self) -> Iterator[ir.SchemaId]:
        raise TypeError("code rests on no table as a whole")

    def __len__(self) -> int:
        raise TypeError("code rests on no table as a whole")


def noting(package: Package, note: Note) -> Package:
    """The same package, with tables that note each look into them."""

    def table(known: Mapping[ir.SchemaId, T]) -> Mapping[ir.SchemaId, T]:
        return Noting(known, note)

    module = replace(package.module, schemas=table(package.module.schemas))
    shapes, names = package.shapes, package.names
    joints = replace(shapes.joints, module=module, found=table(shapes.joints.found))
    return replace(
        package,
        module=module,
        parts=table(package.parts),
        shapes=replace(
            shapes,
            module=module,
            joints=joints,
            by_id=table(shapes.by_id),
            used=table(shapes.used),
        ),
        names=replace(names, module=module, symbols=table(names.symbols)),
        class_fields=Noting(package.class_fields, note, _inside),
        bases=Noting(package.bases, note, lambda union: [union.id]),
    )


def _inside(fields: Iterable[Field]) -> Iterator[ir.SchemaId]:
    for field in fields:
        yield field.schema.id
        yield from (schema.id for schema in field.schemas)


class _Seen(NamedTuple):
    """The digest of what can be seen, and its digest without titles and
    descriptions."""

    whole: bytes
    wordless: bytes


class Basis:
    """The digests of everything that can be seen in a package.

    `pieces` has the digest of each piece, and `code` that of what code can see of it,
    without titles and descriptions. `retained` are the classes whose objects keep the
    JSON object that they were made from.
    """

    def __init__(self, package: Package, retained: Retained) -> None:
        self._package = package
        self._retained = retained
        self._units = _units(package.module)
        self._held = {schema.id for schema, _ in package.classes}
        self._events = event_tables.told_by(package.all_tables)
        self._made = self._joints()
        self._all = _digest(self._of_all())
        self._own: dict[ir.SchemaId, _Seen] = {}
        # By the object: the package has them, so they stay.
        self._shapes: dict[int, str] = {}
        # Found before processes part, which all need it.
        both = self._pieces()
        self.pieces = {piece: found.whole.hex() for piece, found in both.items()}
        self.code = {piece: found.wordless.hex() for piece, found in both.items()}
        self.everything = self._everything()
        """The digest of everything that code can see of all schemas, with all orders in
        which it can be found."""

    def _everything(self) -> str:
        package = self._package
        total = hashlib.sha256()
        for unit in package.module.schemas:
            total.update(self._seen(unit).wordless)
        return _digest((total.hexdigest(), self._all, self._orders())).hex()

    def _orders(self) -> tuple[object, ...]:
        """What is decided about all schemas together, not about a single one."""
        package = self._package
        tables = [
            (
                *(table.name, _tagged(table.tagged), table.base, table.default),
                None if table.schema is None else table.schema.id,
                [
                    (e.key, e.branch.id, e.path, e.tried, e.trial)
                    for e in table.routes()
                ],
                *(list(table.tried().items()), table.counts),
            )
            for table in package.all_tables
        ]
        directions = [(way.value, t.name) for way, t in package.directions.items()]
        return (
            *(tables, directions, list(package.pieces.of.items())),
            *(list(package.module.schemas), list(package.module.names.items())),
            *(list(package.parts), list(package.shapes.joints.found)),
            [schema.id for schema, _ in package.classes],
            [schema.id for schema in package.enums],
            [(schema.id, sorted(later)) for schema, _, later in package.aliases],
            [
                [schema.id for schema in some]
                for some in (package.sent, package.received)
            ],
            [(name, schema.id) for name, schema in package.class_schemas.items()],
            *(package.module.session_rules, package.old_names),
            sorted(package.names.taken),
        )

    def _pieces(self) -> dict[str, _Seen]:
        """The digests of each piece: of its schemas, in both orders in which they are
        used."""
        of = self._package.pieces.of
        schemas: dict[str, list[ir.SchemaId]] = {}
        for schema_id in (*of, *(part for part in self._package.parts if part in of)):
            schemas.setdefault(of[schema_id], []).append(schema_id)
        return {
            piece: _Seen(
                *(_digest((self._all, piece, found, seen)) for seen in self._of(found))
            )
            for piece, found in schemas.items()
        }

    def of(self, looks: Iterable[ir.SchemaId]) -> str:
        """The digest of everything that these looks can have seen."""
        return self._of(looks).whole.hex()

    def of_code(self, looks: Iterable[ir.SchemaId]) -> str:
        """The same, without titles and descriptions."""
        return self._of(looks).wordless.hex()

    def _of(self, looks: Iterable[ir.SchemaId]) -> _Seen:
        seen = [_Seen(b"", b""), *map(self._seen, self.units(looks))]
        return _Seen(*(_joined(one) for one in zip(*seen, strict=True)))

    def units(self, looks: Iterable[ir.SchemaId]) -> tuple[ir.SchemaId, ...]:
        """The schemas of the module that these looks are about: those that hold the
        schemas looked at. What does not exist stands for itself."""
        found = {unit for look in looks for unit in self._units.get(look, (look,))}
        return tuple(sorted(found))

    def _seen(self, unit: ir.SchemaId) -> _Seen:
        """The digest of a schema of the module, with everything inside it and all that
        is decided about that."""
        found = self._own.get(unit)
        if found is None:
            said, decided = self._found(unit)
            below = _digest((unit, decided))
            found = self._own[unit] = _Seen(*(_joined((below, *one)) for one in said))
        return found

    def _found(self, unit: ir.SchemaId) -> tuple[_Said, tuple[object, ...]]:
        package, schema = self._package, self._package.module.schemas.get(unit)
        if schema is None:
            return ((), ()), ()
        parts = list(walk.walk(schema))
        made = [joint for part in parts for joint in self._made.get(part.id, ())]
        parts += [part for joint in made for part in walk.walk(joint)]
        sided = any(part.id in package.sides.sided for part in parts)
        sent = package.sides.sending.schemas[unit] if sided else None
        some = (schema, *made, *([sent] if sent else []))
        said = tuple(map(digest, some)), tuple(map(wordless, some))
        return said, (len(made), [self._decided(part.id) for part in parts])

    def _decided(self, i: ir.SchemaId) -> tuple[object, ...]:
        """What is decided about one schema."""
        package, retained = self._package, self._retained
        names, shapes, sides = package.names, package.shapes, package.sides
        base, inner = package.bases.get(i), shapes.wrapped.get(i)
        circles = package.circles
        return (
            *(i, names.symbols.get(i), names.of_sent.get(i), package.pieces.of.get(i)),
            *(self._shown(shapes.by_id.get(i)), self._shown(shapes.used.get(i))),
            i in shapes.named,
            i in package.module.schemas,
            *(i in circles.circular, i in circles.ambiguous),
            *(i in circles.meetings, i in circles.leading),
            sorted(self._events[i]) if i in self._events else None,
            *(i in self._held, i in sides.sided, i in sides.written, i in retained),
            *(base is None or base.id, inner is None or inner.id, self._fields(i)),
        )

    def _fields(self, schema_id: ir.SchemaId) -> list[object]:
        return [
            (
                *(f.wire, f.attribute, self._shown(f.shape)),
                *(f.required, f.nullable, f.constant),
                *(f.schema.id, [s.id for s in f.schemas], f.apart, f.loose, f.member),
                f.encoded,
            )
            for f in self._package.class_fields.get(schema_id, ())
        ]

    def _shown(self, shape: sh.Shape | None) -> str:
        """A text that says what a shape is. It is made once, because many schemas share
        their shape."""
        known = self._shapes.get(id(shape))
        if known is None:
            inside = () if shape is None else sh.inside(shape)
            tagged = shape.tagged if isinstance(shape, sh.Union) else None
            parts = [type(shape).__name__, *map(self._shown, inside)]
            known = repr((parts, _tagged(tagged))) if inside else repr(shape)
            self._shapes[id(shape)] = known
        return known

    def _of_all(self) -> tuple[object, ...]:
        """What influences all code."""
        package = self._package
        beside = ("tagged_", "extra_")
        return (
            replace(package.settings, templates=None),
            package.names.base,
            tuple(package.formats),
            sorted(name for name in package.names.taken if name.startswith(beside)),
        )

    def _joints(self) -> Mapping[ir.SchemaId, list[ir.Schema]]:
        """The joints, by the schema inside which they were made."""
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


def _tagged(one: tags.Tagged | None) -> object:
    """A decision by tags, with digests of the schemas that the tags lead to."""
    if one is None:
        return None
    cases = [
        (tag, _tagged(case) if isinstance(case, tags.Tagged) else wordless(case))
        for tag, case in one.cases.items()
    ]
    return (one.path, cases, one.required, one.exact)


def _units(module: ir.Module) -> dict[ir.SchemaId, tuple[ir.SchemaId, ...]]:
    """For each schema, the schemas of the module that it stands inside of."""
    found: dict[ir.SchemaId, tuple[ir.SchemaId, ...]] = {}
    for unit, schema in module.schemas.items():
        for part in walk.walk(schema):
            found[part.id] = (*found.get(part.id, ()), unit)
    return found


def _joined(digests: Iterable[bytes]) -> bytes:
    return hashlib.sha256(b"".join(digests)).digest()


def _digest(value: tuple[object, ...]) -> bytes:
    """The digest of a value's `repr`, which shows everything at every depth."""
    return hashlib.sha256(repr(value).encode("utf-8", "surrogatepass")).digest()
