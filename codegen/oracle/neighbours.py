"""Which schemas of a module are compiled together.

A schema that leads to many others is compiled with them. Where schemas refer to each
other in circles, each leads to nearly all of them, so one validator for each would take
time and memory in the square of their number.
"""

from __future__ import annotations

from typing import Final, TypeAlias

from codegen.ir import export
from codegen.ir import model as ir

_MANY: Final = 8
"""A schema that leads to more others than this is compiled together with its
neighbours."""

_ROW: Final = 2_000
"""Neighbours are schemas in the same row of so many, in the order of the module."""

_TOGETHER: Final = 250
"""How many schemas are compiled together at most, because each question looks at all of
them."""

_Ids: TypeAlias = tuple[ir.SchemaId, ...]


class Neighbours:
    """The schemas of one module that lead to many others, which are then mostly the
    same."""

    def __init__(self, module: ir.Module, written: export.Written) -> None:
        self._module = module
        self._written = written
        self._row = list(module.schemas)
        self._places = {id_: place for place, id_ in enumerate(self._row)}
        self._shares: dict[ir.SchemaId, _Ids] = {}

    def of(self, schema: ir.Schema) -> _Ids:
        """The schemas with which one is compiled, itself included; none if it is
        compiled alone."""
        if self._module.schemas.get(schema.id) is not schema:
            return ()
        if schema.id not in self._shares:
            self._share(self._places[schema.id] // _ROW * _ROW)
        ids = self._shares[schema.id]
        return ids if len(ids) > 1 else ()

    def part(self, ids: _Ids) -> None:
        """Have each of these compiled alone, because one of them spoils it for all."""
        self._shares.update(dict.fromkeys(ids, ()))

    def _share(self, start: int) -> None:
        row = self._row[start : start + _ROW]
        self._shares.update(dict.fromkeys(row, ()))
        schemas = (self._module.schemas[id_] for id_ in row)
        reaches = self._written.reaches
        many = [s.id for s in schemas if reaches(self._module, s, _MANY)]
        for first in range(0, len(many), _TOGETHER):
            ids = tuple(many[first : first + _TOGETHER])
            self._shares.update(dict.fromkeys(ids, ids))
