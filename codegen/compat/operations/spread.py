"""Objects that a query holds in pieces: of one in the style `form` that is exploded,
each property is written like a parameter, and its own name is not.

So the same query may be described by such an object, by another, or by parameters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from codegen.compat.operations.exchange import Exchanges
from codegen.compat.versions.operations import Match
from codegen.ir import facts
from codegen.ir import model as ir
from codegen.ir import operations as ops

_KNOWN: Final = (ir.Type, ir.Properties, ir.Required, ir.AdditionalProperties)
_FREE: Final = ("allowReserved", "allowEmptyValue")
"""Settings by which the same value may be written as other text."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A parameter as the query holds it: its schemas by name, and what is required.
    `whole` tells whether nothing else is said of it, nor of other names."""

    parameter: ops.Parameter
    schemas: Mapping[str, tuple[ir.Schema, ...]]
    required: frozenset[str]
    is_object: bool = False
    whole: bool = True


def settled(
    exchanges: Exchanges, found: Match[ops.Parameter], direction: ir.Direction
) -> frozenset[int]:
    """The parameters, by the objects, that only one version has and of which the query
    is proved to hold what the other version reads."""
    old, new = exchanges.versions.old.module, exchanges.versions.new.module
    gone = [_piece(old, one) for one in found.gone if one.where == "query"]
    come = [_piece(new, one) for one in found.come if one.where == "query"]
    gone, come = _involved(gone, come), _involved(come, gone)
    if not (gone and come):
        return frozenset()
    if not (_are_clear(gone) and _are_clear(come)):
        return frozenset()
    written = {name: s for one in gone for name, s in one.schemas.items()}
    read = {name: s for one in come for name, s in one.schemas.items()}
    # An object that may be lacking is lacking with all that it requires.
    sure = [one for one in gone if one.parameter.required or not one.is_object]
    sent = frozenset[str]().union(*(one.required for one in sure))
    needed = frozenset[str]().union(*(one.required for one in come))
    if not exchanges.are_read((written, sent), (read, needed), direction):
        return frozenset()
    return frozenset(id(one.parameter) for one in (*gone, *come))


def _piece(module: ir.Module, one: ops.Parameter) -> _Piece:
    schema = None if one.schema is None else module.schemas[one.schema]
    usual = one.settings.get("style") == "form" and not any(
        map(one.settings.get, _FREE)
    )
    if schema is None or not _is_spread(module, one, schema):
        needed = frozenset([one.name] if one.required else ())
        own = () if schema is None else (schema,)
        return _Piece(one, {one.name: own}, needed, whole=usual)
    schema = facts.unwrap(module, schema)
    rest = facts.stated(module, schema, ir.AdditionalProperties)
    free = all(facts.is_never(r.schema) or not r.schema.assertions for r in rest)
    plain = all(isinstance(a, _KNOWN) for a in schema.assertions)
    needed = facts.required(module, schema)
    names = facts.properties(module, schema)
    # What lists and objects are in here as text is not said anywhere.
    flat = all(
        facts.ALL_TYPES - {"array", "object"} >= facts.types(module, inner)
        for many in names.values()
        for inner in many
    )
    whole = usual and free and plain and flat
    return _Piece(one, names, needed, is_object=True, whole=whole)


def _is_spread(module: ir.Module, one: ops.Parameter, schema: ir.Schema) -> bool:
    form = one.settings.get("style") == "form" and one.settings.get("explode") is True
    return form and facts.types(module, schema) == {"object"}


def _involved(mine: Sequence[_Piece], others: Sequence[_Piece]) -> list[_Piece]:
    """Those that are objects in pieces, or pieces of one that the other version has."""
    names = {name for one in others if one.is_object for name in one.schemas}
    return [one for one in mine if one.is_object or one.parameter.name in names]


def _are_clear(many: Sequence[_Piece]) -> bool:
    """Whether it is known what is written, and each name is that of one."""
    names = [name for one in many for name in one.schemas]
    return all(one.whole for one in many) and len(names) == len(set(names))
