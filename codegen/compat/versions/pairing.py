"""Which schema and event of the old version is which of the new one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Final, TypeAlias

from codegen.compat.versions.channels import Channel, Event, Roots
from codegen.compat.versions.operations import Value
from codegen.ir import facts, walk
from codegen.ir import model as ir

_ALIKE: Final = 0.6
_SAME: Final = 0.75
_MOST: Final = 40_000
"""Pairs beyond which shapes are not compared."""
Equal: TypeAlias = Callable[[ir.SchemaId, ir.SchemaId], bool]

_WORD: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|[0-9]+")


@dataclass(slots=True)
class Pairing:
    """Old schemas to new ones, both by identity.

    `renamed` holds the pairs whose names differ. `channels` pairs channels of events,
    `values` the schemas of parameters, headers and bodies.
    """

    partner: dict[ir.SchemaId, ir.SchemaId] = field(default_factory=dict)
    renamed: list[tuple[ir.SchemaId, ir.SchemaId]] = field(default_factory=list)
    channels: list[tuple[Channel, Channel]] = field(default_factory=list)
    gone_channels: list[Channel] = field(default_factory=list)
    come_channels: list[Channel] = field(default_factory=list)
    values: tuple[Value, ...] = ()
    _taken: set[ir.SchemaId] = field(default_factory=set)

    def add(self, old: ir.SchemaId, new: ir.SchemaId) -> None:
        """Pair two schemas that have no partner yet."""
        if old not in self.partner and new not in self._taken:
            self.partner[old] = new
            self._taken.add(new)

    def free(self, new: ir.SchemaId) -> bool:
        """Whether a new schema has no partner yet."""
        return new not in self._taken


def pair(old: Roots, new: Roots, values: tuple[Value, ...], equal: Equal) -> Pairing:
    """Pair everything: channels, then events by tag, then schemas by name, then what
    is left by where it is used and by shape. `values` are paired already; `equal` tells
    whether an old and a new schema mean the same."""
    result = Pairing(values=values)
    _channels(result, old, new)
    for before, after in result.channels:
        result.add(before.union, after.union)
        theirs = after.by_tag()
        for tag, event in before.by_tag().items():
            if tag in theirs and event.named and theirs[tag].named:
                result.add(event.schema, theirs[tag].schema)
    _names_that_moved(result, old, new, equal)
    for name, target in old.module.names.items():
        if name in new.module.names:
            result.add(target, new.module.names[name])
    both = _Named(old.module), _Named(new.module)
    for before, after in result.channels:
        _events_by_shape(result, *both, before, after)
    # A channel that another one is like is not the same channel.
    apart = {c.union for c in (*result.gone_channels, *result.come_channels)}

    def same(a: ir.SchemaId, b: ir.SchemaId) -> bool:
        return a not in apart and b not in apart and equal(a, b)

    _schemas_by_use(result, *both, same)
    _schemas_by_shape(result, *both, same)
    names = old.module.names_by_id()
    others = new.module.names_by_id()
    result.renamed = [
        (a, b) for a, b in result.partner.items() if names.get(a) != others.get(b)
    ]
    return result


def _names_that_moved(result: Pairing, old: Roots, new: Roots, equal: Equal) -> None:
    """Schemas whose name says something else now, with those that mean the same, stand
    where an operation had them, and have a name that is new or went on as well."""
    names, others = old.module.names_by_id(), new.module.names_by_id()
    moved: dict[ir.SchemaId, ir.SchemaId] = {}
    for value in result.values:
        namesake = new.module.names.get(names.get(value.old, ""))
        if namesake is None or namesake == value.new or equal(value.old, namesake):
            continue
        if value.new in others and equal(value.old, value.new):
            moved.setdefault(value.old, value.new)
    # Who holds a name in the old version has to leave it.
    holders = {a: old.module.names.get(others[b]) for a, b in moved.items()}
    followers: dict[ir.SchemaId, list[ir.SchemaId]] = {}
    stay: list[ir.SchemaId] = []
    for one, holder in holders.items():
        if holder is not None:
            followers.setdefault(holder, []).append(one)
            if holder not in moved:
                stay.append(one)
    while stay:
        one = stay.pop()
        if moved.pop(one, None) is not None:
            stay += followers.get(one, ())
    for a, b in moved.items():
        result.add(a, b)


def _channels(result: Pairing, old: Roots, new: Roots) -> None:
    rest = dict(new.channels)
    left: list[Channel] = []
    for name, channel in old.channels.items():
        if name in rest and rest[name].direction is channel.direction:
            result.channels.append((channel, rest.pop(name)))
        else:
            left.append(channel)
    tags = {name: set(channel.by_tag()) for name, channel in rest.items()}
    for channel in left:
        mine = set(channel.by_tag())
        fitting = [
            other
            for other in rest.values()
            if other.direction is channel.direction
            and 2 * len(mine & tags[other.name]) >= len(mine) > 0
        ]
        if len(fitting) == 1:
            result.channels.append((channel, rest.pop(fitting[0].name)))
        else:
            result.gone_channels.append(channel)
    result.come_channels.extend(rest.values())


def _events_by_shape(
    result: Pairing, old: _Named, new: _Named, before: Channel, after: Channel
) -> None:
    """Events whose schema went, with those that came and look the same."""
    gone = [e for e in before.events if e.named and e.schema not in result.partner]
    come = [e for e in after.events if e.named and result.free(e.schema)]
    if not 0 < len(gone) * len(come) <= _MOST:
        return
    common_names = old.common_names(new)
    scored = [
        (score, -i, -j, a, b)
        for i, a in enumerate(gone)
        for j, b in enumerate(come)
        if (score := _event_score(old, new, a, b, common_names)) >= 1.4
    ]
    for _, _, _, a, b in sorted(scored, key=lambda s: s[:3], reverse=True):
        result.add(a.schema, b.schema)


def _event_score(
    old: _Named, new: _Named, a: Event, b: Event, common_names: Container[str]
) -> float:
    mine, theirs = old.shape(a.schema), new.shape(b.schema)
    shape = _likeness(mine, theirs, common_names)
    if shape < _SAME:
        return 0.0
    return shape + SequenceMatcher(None, a.title, b.title).ratio()


class _Named:
    """A module with the names of its schemas."""

    def __init__(self, module: ir.Module) -> None:
        self.module = module
        self._names = module.names_by_id()
        self._shapes: dict[ir.SchemaId, Mapping[str, _Member]] = {}

    def shape(self, target: ir.SchemaId) -> Mapping[str, _Member]:
        """The members of an object."""
        if target not in self._shapes:
            self._shapes[target] = _shape(self.module, self._names, target)
        return self._shapes[target]

    def used(self, target: ir.SchemaId) -> Mapping[str | None, frozenset[str]]:
        """The names of schemas in each member of a schema, and anywhere in it."""
        schema = self.module.schemas[target]
        every = (self._names.get(r) for r in walk.references(schema))
        found: dict[str | None, frozenset[str]] = {
            name: member.names for name, member in self.shape(target).items()
        }
        return {**found, None: frozenset(name for name in every if name is not None)}

    def values(self, target: ir.SchemaId) -> frozenset[str]:
        """The values of an enum."""
        found = facts.tag_values(self.module, (self.module.schemas[target],))
        return frozenset(map(str, found or ()))

    def common_names(self, other: _Named) -> Container[str]:
        """The names that another module has, too."""
        return self.module.names.keys() & other.module.names.keys()


@dataclass(frozen=True, slots=True)
class _Member:
    """What a member of an object can be: JSON types, names of schemas in it, and its
    values where they are few; none where they are not."""

    types: frozenset[str]
    names: frozenset[str]
    tags: frozenset[str]


def _shape(
    module: ir.Module, names: Mapping[ir.SchemaId, str], target: ir.SchemaId
) -> Mapping[str, _Member]:
    """The members of an object."""
    schema = module.schemas[target]
    return {
        name: _Member(
            frozenset().union(*(facts.types(module, s) for s in schemas)),
            frozenset(
                names[r] for s in schemas for r in walk.references(s) if r in names
            ),
            frozenset(map(str, facts.tag_values(module, schemas) or ())),
        )
        for name, schemas in facts.properties(module, schema).items()
    }


def _likeness(
    a: Mapping[str, _Member], b: Mapping[str, _Member], common_names: Container[str]
) -> float:
    """How much two objects have in common; 0 if a member of the same name has
    another content, although what it had is still there, or a tag of another meaning.
    `common_names` are those of schemas that both versions have."""
    names = a.keys() | b.keys()
    if not names:
        return 0.0
    common = 0
    for name in a.keys() & b.keys():
        missing = a[name].names - b[name].names
        replaced = a[name].names and missing == a[name].names
        if replaced and any(other in common_names for other in missing):
            return 0.0
        if not _akin(a[name].tags, b[name].tags):
            return 0.0
        common += bool(a[name].types & b[name].types)
    return common / len(names)


def _grown(a: Mapping[str, _Member], b: Mapping[str, _Member]) -> bool:
    """Whether one of two objects has all members of the other, several, and more."""
    common = a.keys() & b.keys()
    several = len(common) == min(len(a), len(b)) > 1
    return several and all(a[name].types & b[name].types for name in common)


def _akin(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two tags can be one: no other value, or the same words and more."""
    if not a or not b or a & b:
        return True
    words = [[frozenset(_WORD.findall(tag)) for tag in tags] for tags in (a, b)]
    return any(
        mine <= other or other <= mine for mine in words[0] for other in words[1]
    )


def _common_values(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two enums have most of their values in common."""
    return 2 * len(a & b) > len(a | b)


def _schemas_by_use(result: Pairing, old: _Named, new: _Named, equal: Equal) -> None:
    """Named schemas that went, with those that came, stand alone in the same member of
    a schema that both versions have, or where an operation has a schema, and look the
    same; or stand alone anywhere in it, and mean the same."""
    gone = {n: t for n, t in old.module.names.items() if t not in result.partner}
    come = {n: t for n, t in new.module.names.items() if result.free(t)}
    if not gone or not come:
        return
    common_names = old.common_names(new)

    def alike(a: ir.SchemaId, b: ir.SchemaId) -> bool:
        mine, theirs = old.shape(a), new.shape(b)
        likeness = _likeness(mine, theirs, common_names)
        same = likeness >= _SAME or (likeness > 0 and _grown(mine, theirs))
        return same or _common_values(old.values(a), new.values(b))

    whole = [(value.old, value.new) for value in result.values]
    left_over = set(gone.values()), set(come.values())
    for a, b in whole:
        there = a in left_over[0] and b in left_over[1]
        if there and (alike(a, b) or equal(a, b)):
            result.add(a, b)
    queue = [*result.partner.items(), *whole]
    for before, after in queue:  # grows while it is read
        mine, theirs = old.used(before), new.used(after)
        for place in [p for p in mine if p in theirs]:
            left = [gone[n] for n in mine[place] if n in gone]
            right = [come[n] for n in theirs[place] if n in come]
            if len(left) != 1 or len(right) != 1:
                continue
            (a,), (b,) = left, right
            if a in result.partner or not result.free(b):
                continue
            alone = place is not None or len(mine[place]) == len(theirs[place]) == 1
            if (alone and alike(a, b)) or equal(a, b):
                result.add(a, b)
                queue.append((a, b))


def _schemas_by_shape(result: Pairing, old: _Named, new: _Named, equal: Equal) -> None:
    """Named schemas that went, with those that came, have like names and shapes, or
    mean the same; objects that mean the same as one other each need no like names."""
    gone = [(n, t) for n, t in old.module.names.items() if t not in result.partner]
    come = [(n, t) for n, t in new.module.names.items() if result.free(t)]
    if len(gone) * len(come) > _MOST:
        return
    common_names = old.common_names(new)
    scored = []
    twins: list[tuple[ir.SchemaId, ir.SchemaId]] = []
    for i, (name, target) in enumerate(gone):
        mine = old.shape(target)
        for j, (other, candidate) in enumerate(come):
            likeness = _likeness(mine, new.shape(candidate), common_names)
            same = equal(target, candidate)
            if likeness < _SAME and not same:
                continue
            if same and mine:
                twins.append((target, candidate))
            words = SequenceMatcher(None, name, other).ratio()
            if words >= _ALIKE:
                scored.append((likeness + words, -i, -j, target, candidate))
    for _, _, _, a, b in sorted(scored, key=lambda s: s[:3], reverse=True):
        result.add(a, b)
    before, after = Counter(a for a, _ in twins), Counter(b for _, b in twins)
    for a, b in twins:
        if before[a] == after[b] == 1:
            result.add(a, b)
