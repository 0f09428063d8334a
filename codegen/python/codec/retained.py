"""Which classes have objects that keep the JSON object that they were made from.

These are the classes inside client events, which a program sends or passes on, and
inside received events that hold other objects. When such an object is encoded, nothing
has to be put together or looked at. The JSON object that it keeps has the very lists
and maps of its fields, with objects and enum members in them, so whatever a program
does to these is sent. What writes the text asks the objects inside for what they keep
(`_sending`). Nothing else in it can change.

Most events that arrive are deltas: flat objects, which one expression puts together.
They keep nothing, and neither does any class that is not part of an event.
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
        self._ids: set[ir.SchemaId] = set()
        pending = [schema.id for schema in sent]
        pending += [schema.id for schema in received if self._inside(schema.id)]
        while pending:
            schema_id = pending.pop()
            if schema_id not in self._ids:
                self._ids.add(schema_id)
                pending += self._inside(schema_id)

    def __contains__(self, schema_id: object) -> bool:
        if isinstance(schema_id, str):
            self._codec.asked.look((ir.SchemaId(schema_id),))
        return schema_id in self._ids

    def _inside(self, schema_id: ir.SchemaId) -> list[ir.SchemaId]:
        """The classes that the fields of this class can hold."""
        found: list[ir.SchemaId] = []
        seen: set[ir.SchemaId] = set()
        fields = self._codec.fields(self._codec.by_id[schema_id])
        pending = [field.shape for field in fields]
        while pending:
            part = pending.pop()
            found += sh.classes_in(part)
            for named in sh.named_in(part):
                if named not in seen:
                    seen.add(named)
                    pending.append(own_shape(self._codec, named))
        return found


def is_apart(
    codec: Codec, shape: sh.Shape, seen: frozenset[ir.SchemaId] = frozenset()
) -> bool:
    """Whether the list or map that is a value of this shape can be another one than its
    JSON, or hold such a one, because its items are no JSON. `seen` are the aliases that
    have been followed."""
    match shape:
        case sh.Array(item) | sh.Map(item):
            return codec.converts(item)
        case sh.Union(members) | sh.Tuple(members):
            return any(is_apart(codec, member, seen) for member in members)
        case sh.AliasShape(schema_id) if schema_id not in seen:
            own = own_shape(codec, schema_id)
            return is_apart(codec, own, seen | {schema_id})
        case _:
            return False


def own_shape(codec: Codec, schema_id: ir.SchemaId) -> sh.Shape:
    """The shape of a schema, given by its id."""
    return codec.shapes.own(codec.by_id[schema_id])
