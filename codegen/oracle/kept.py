"""Keeps compiled validators, as many as there is room for."""

from __future__ import annotations

from collections import OrderedDict
from typing import Generic, TypeVar

from codegen.ir import model as ir

T = TypeVar("T")


class Kept(Generic[T]):
    """What was made for schemas, by id. If there is no `room` left, what was not asked
    for longest goes. Room is counted in schemas, each as often as it is part of
    something."""

    def __init__(self, room: float) -> None:
        self._room = room
        self._found: OrderedDict[ir.SchemaId, tuple[T, int]] = OrderedDict()
        self._taken = 0

    def get(self, schema_id: ir.SchemaId) -> T | None:
        """What was made for a schema; None if it is not there."""
        known = self._found.get(schema_id)
        if known is None:
            return None
        self._found.move_to_end(schema_id)
        return known[0]

    def put(self, schema_id: ir.SchemaId, made: T, size: int) -> None:
        """Keep what was made for a schema; `size` is how many schemas are in it."""
        self._found[schema_id] = made, size
        self._taken += size
        while self._taken > self._room and len(self._found) > 1:
            _, (_, forgotten) = self._found.popitem(last=False)
            self._taken -= forgotten
