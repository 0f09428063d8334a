"""Classes whose objects keep the JSON object that they were made from.

They are those that client events hold, what a program sends or passes on, and those
of received events that hold others. Nothing has to be put together again when such an
object is encoded, only brought up to date, since some of what it holds can be changed
without anybody noticing: lists and maps of classes or enums are other lists and maps
than those in the JSON object. All others are the same ones.

Most of what arrives are deltas: flat objects, put together by one expression. They are
kept as fields alone, and so is whatever is no event and held by none.
"""

from __future__ import annotations

from collections.abc import Iterable

from codegen.ir import model as ir
from codegen.python.codec.context import Codec
from codegen.python.model import shapes as sh


class Retained:
    """The classes that the objects of some schemas can hold, themselves included."""

    def __init__(
        self,
        codec: Codec,
        sent: Iterable[ir.Schema],
        received: Iterable[ir.Schema] = (),
    ) -> None:
        """`sent` are the events of clients, `received` those of servers."""
        self._codec = codec
        self._open: set[ir.SchemaId] = set()
        self._ids: set[ir.SchemaId] = set()
        holders: dict[ir.SchemaId, list[ir.SchemaId]] = {}
        pending = [schema.id for schema in sent]
        pending += [schema.id for schema in received if self._inside(schema.id)]
        while pending:
            schema_id = pending.pop()
            if schema_id not in self._ids:
                self._ids.add(schema_id)
                inside = self._inside(schema_id)
                pending += inside
                for inner in inside:
                    holders.setdefault(inner, []).append(schema_id)
        # At first those with such lists and maps of their own, then who holds them.
        self._changing: set[ir.SchemaId] = set()
        pending = [i for i in self._ids if any(map(self.may_change, self._shapes(i)))]
        while pending:
            schema_id = pending.pop()
            if schema_id not in self._changing:
                self._changing.add(schema_id)
                pending += holders.get(schema_id, ())

    def __contains__(self, schema_id: object) -> bool:
        if isinstance(schema_id, str):
            self._codec.asked.look(ir.SchemaId(schema_id))
        return schema_id in self._ids

    def may_change(self, shape: sh.Shape) -> bool:
        """Whether a value of this shape can become another than its kept JSON."""
        match shape:
            case sh.ClassShape(schema_id):
                self._codec.asked.look(schema_id)
                return schema_id in self._changing
            case sh.Array(item) | sh.Map(item):
                return self._codec.converts(item)
            case sh.Union(members) | sh.Tuple(members):
                return any(map(self.may_change, members))
            case sh.AliasShape(schema_id) if schema_id not in self._open:
                self._open.add(schema_id)
                answer = self.may_change(self._own(schema_id))
                self._open.discard(schema_id)
                return answer
            case _:
                return False

    def _shapes(self, schema_id: ir.SchemaId) -> list[sh.Shape]:
        fields = self._codec.fields(self._codec.by_id[schema_id])
        return [field.shape for field in fields]

    def _inside(self, schema_id: ir.SchemaId) -> list[ir.SchemaId]:
        """The classes that fields of this class can hold."""
        found: list[ir.SchemaId] = []
        seen: set[ir.SchemaId] = set()
        pending = self._shapes(schema_id)
        while pending:
            part = pending.pop()
            found += sh.classes_in(part)
            for named in sh.named_in(part):
                if named not in seen:
                    seen.add(named)
                    pending.append(self._own(named))
        return found

    def _own(self, schema_id: ir.SchemaId) -> sh.Shape:
        return self._codec.shapes.own(self._codec.by_id[schema_id])
