"""Tables of events and of schemas: what programs look up by a key."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from codegen.compat.programs import Kind, ProgramChange, told
from codegen.ir import facts
from codegen.ir import model as ir
from codegen.python.model.event_tables import CONSTANTS, Table
from codegen.sdk_changes.definitions import Pairs, Surface

_Key: TypeAlias = tuple[type, facts.Tag]
"""A tag with its type: True and 1 are two keys."""

_Entries: TypeAlias = dict[_Key, ir.Schema]
"""The schemas of a table's events, by key."""


def changes(
    old: Surface, new: Surface, pairs: Pairs, partner: Pairs
) -> Iterator[ProgramChange]:
    """What changes in the tables of both directions, of unions, and of schemas.

    `pairs` are the definitions that are each other, `partner` the named schemas.
    """
    yield from _events(old, new, pairs, partner)
    yield from _schemas(old, new, pairs)


def _events(
    old: Surface, new: Surface, pairs: Pairs, partner: Pairs
) -> Iterator[ProgramChange]:
    done: set[str] = set()
    before, after = old.package, new.package
    for direction, constant in CONSTANTS.items():
        mine = before.directions.get(direction)
        theirs = after.directions.get(direction)
        if mine is not None and theirs is not None:
            done.add(mine.name)
            yield from _table(constant, mine, theirs, (old, new), pairs)
        elif mine is not None:
            yield _gone(Kind.EVENT_TABLE_REMOVED, constant)
        elif theirs is not None:
            yield _come(Kind.EVENT_TABLE_ADDED, constant)
    known = {t.name: t for t in after.tables}
    by_schema = {t.schema.id: t for t in after.tables if t.schema is not None}
    met = set()
    for table in before.tables:
        shown = f"EVENTS[{table.name!r}]"
        own = partner.get(table.schema.id) if table.schema is not None else None
        other = (by_schema.get(own) if own else None) or known.get(table.name)
        if other is None:
            yield _gone(Kind.EVENT_TABLE_REMOVED, shown)
            continue
        met.add(other.name)
        if other.name != table.name:
            now = f"EVENTS[{other.name!r}]"
            advice = told("use {} instead of {}", now, shown)
            yield ProgramChange(Kind.EVENT_TABLE_RENAMED, shown, now, advice)
        if table.name not in done:
            now = f"EVENTS[{other.name!r}]"
            yield from _table(now, table, other, (old, new), pairs)
    for table in after.tables:
        if table.name not in met:
            yield _come(Kind.EVENT_TABLE_ADDED, f"EVENTS[{table.name!r}]")


def _table(
    shown: str,
    before: Table,
    after: Table,
    surfaces: tuple[Surface, Surface],
    pairs: Pairs,
) -> Iterator[ProgramChange]:
    """The keys of a table, and the classes that they lead to."""
    old, new = (
        {(type(key), key): branch for key, branch in table.entries()}
        for table in (before, after)
    )
    renamed = _renamed(old, new, pairs)
    for key, branch in old.items():
        name = f"{shown}[{key[1]!r}]"
        if key in renamed:
            now = f"{shown}[{renamed[key][1]!r}]"
            advice = told("use {} instead of {}", now, name)
            yield ProgramChange(Kind.EVENT_KEY_RENAMED, name, now, advice)
            continue
        if key not in new:
            yield _gone(Kind.EVENT_KEY_REMOVED, name)
            continue
        was, is_ = pairs.get(branch.id), new[key].id
        if was is not None and was != is_:
            before_, after_ = (surface.package.names for surface in surfaces)
            both = before_.of(branch.id), after_.of(is_)
            advice = told("expect {} instead of {}", both[1], both[0])
            yield ProgramChange(Kind.EVENT_CLASS_CHANGED, name, name, advice, both)
    taken = set(renamed.values())
    for key in new:
        if key not in old and key not in taken:
            yield _come(Kind.EVENT_KEY_ADDED, f"{shown}[{key[1]!r}]")


def _renamed(old: _Entries, new: _Entries, pairs: Pairs) -> dict[_Key, _Key]:
    """For keys that went, the new one by which the same class is found instead."""
    come: dict[ir.SchemaId, list[_Key]] = {}
    for key, branch in reversed(new.items()):
        if key not in old:
            come.setdefault(branch.id, []).append(key)
    found: dict[_Key, _Key] = {}
    for key, branch in old.items():
        partner = pairs.get(branch.id)
        if key not in new and partner is not None and come.get(partner):
            found[key] = come[partner].pop()
    return found


def _schemas(old: Surface, new: Surface, pairs: Pairs) -> Iterator[ProgramChange]:
    """The keys of the table of schemas that went although what they lead to is still
    called the same; where it is not, that has been said."""
    known = new.package.module.names
    for name, schema_id in old.package.module.names.items():
        own = old.own(schema_id)
        if name in known or own not in pairs:
            continue
        before, after = old.definitions[own], new.definitions[pairs[own]]
        if before.name != after.name:
            continue
        now = [other for other, i in known.items() if new.own(i) == pairs[own]]
        shown = f"SCHEMAS[{name!r}]"
        if now:
            named = f"SCHEMAS[{now[0]!r}]"
            advice = told("use {} instead of {}", named, shown)
            yield ProgramChange(Kind.SCHEMA_KEY_RENAMED, shown, named, advice)
        else:
            yield _gone(Kind.SCHEMA_KEY_REMOVED, shown)


def _gone(kind: Kind, name: str) -> ProgramChange:
    advice = told("stop using {}: nothing takes its place", name)
    return ProgramChange(kind, name, None, advice)


def _come(kind: Kind, name: str) -> ProgramChange:
    return ProgramChange(kind, None, name, "nothing to do")
