"""Event tables: which unions have one, and which two are the directions."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from typing import Final

from codegen.ir import arrivals, facts, tags
from codegen.ir import model as ir
from codegen.python.model import shapes as sh
from codegen.python.model.shaping import Shapes
from codegen.python.model.structure import Structure
from codegen.text import json_text


@dataclass(frozen=True, slots=True)
class Entry:
    """One key of a table and the object it stands for, as it is for itself.

    `path` holds the properties and values that lead there. `tried` tells whether
    that is not enough: `trial` is then the tag for which the object is tried, or
    None for objects without a known tag.
    """

    key: facts.Tag
    branch: ir.Schema
    path: tags.Path = ()
    tried: bool = False
    trial: facts.Tag | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """The events of a union, decided by `tagged`, and by trying `trials`.

    `name` is the union's name in the specification, or `SERVER_EVENTS` and
    `CLIENT_EVENTS` for the messages of a direction, which have no schema: `events` are
    what these carry, in the order of the specification.
    """

    module: ir.Module
    name: str
    tagged: tags.Tagged
    schema: ir.Schema | None
    trials: tuple[arrivals.Trial, ...] = ()
    events: tuple[ir.Schema, ...] = ()
    other: ir.Schema | None = None
    """The base as which objects with other tags are decoded, where its key does not say
    so: it has none, for its children have all tags that it lists, or events are tried
    that share one."""

    counts: bool = field(init=False)
    """Whether no tag says that an event is valid."""

    def __post_init__(self) -> None:
        union = self._union()
        counts = union is not None and union.counts
        object.__setattr__(self, "counts", counts)

    @property
    def base(self) -> ir.SchemaId | None:
        """The schema whose children all events are, and as which others are decoded."""
        return None if self.schema is None else tags.base_of(self.module, self.schema)

    @property
    def default(self) -> ir.SchemaId | None:
        """What events are whose tag is that of no other."""
        hint = None if self.schema is None else tags.hint_of(self.module, self.schema)
        if hint is None or hint.default is None:
            return None
        return facts.unwrap(self.module, self.module.schemas[hint.default]).id

    def entries(self) -> list[tuple[facts.Tag, ir.Schema]]:
        """Each key of the table with its branch."""
        return [(entry.key, entry.branch) for entry in self.routes()]

    def routes(self) -> list[Entry]:
        """Every entry: those that tags decide, then those that are tried.

        Second tags and the names of messages that share a tag follow a slash.
        """
        found: dict[facts.Tag, Entry] = {}
        decided = list(_decided(self.module, self.tagged, ()))
        single = {entry.key for entry in decided if len(entry.path) == 1}
        for entry in decided:
            several = len(entry.path) > 1
            key = _free(entry.key, {*found, *single}) if several else entry.key
            found[key] = entry if key == entry.key else replace(entry, key=key)
        names = self._names()
        for trial in self.trials:
            tag = trial.tag
            path = () if tag is None else ((self.tagged.path, tag),)
            for arrival in trial.arrivals:
                name = names[arrival.name, arrival.schema.id]
                wish = name if tag is None else _joined_key(tag, name)
                key = _free(wish, found)
                branch = facts.plain(self.module, arrival.schema)
                found[key] = Entry(key, branch, path, True, tag)
        return list(found.values())

    def _names(self) -> dict[tuple[str, ir.SchemaId], str]:
        """What the events that are tried are called: like their messages, or like what
        these carry where several have one key."""
        tried = [arrival for trial in self.trials for arrival in trial.arrivals]
        every = dict.fromkeys((arrival.name, arrival.schema.id) for arrival in tried)
        counts = Counter(name for name, _ in every)
        several = len(counts) < len(every)
        named = self.module.names_by_id() if several else {}
        return {
            (name, schema_id): named.get(schema_id, name) if counts[name] > 1 else name
            for name, schema_id in every
        }

    def tried(self) -> dict[facts.Tag | None, tuple[facts.Tag, ...]]:
        """The keys that are tried for each tag; None for objects without one, which
        are all keys where the tag of an event may be absent."""
        found: dict[facts.Tag | None, tuple[facts.Tag, ...]] = {}
        for entry in self.routes():
            if entry.tried:
                found[entry.trial] = (*found.get(entry.trial, ()), entry.key)
        if not self.tagged.required and self.base is None and self.default is None:
            # Some branch may do without the tag: any of them may be meant.
            place = self._places()
            routes = sorted(self.routes(), key=lambda entry: place[entry.branch.id])
            found[None] = tuple(entry.key for entry in routes)
        return found

    def _places(self) -> dict[ir.SchemaId, int]:
        """Where each event stands in the specification, among those of the table."""
        union = self._union()
        branches = self.events if union is None else union.branches
        plain = dict.fromkeys(facts.plain(self.module, b).id for b in branches)
        return {schema_id: place for place, schema_id in enumerate(plain)}

    def _union(self) -> tags.Union | None:
        return None if self.schema is None else tags.union_of(self.module, self.schema)

    def paths(self) -> dict[facts.Tag, tags.Path]:
        """The tags of each key whose object has several keys."""
        routes = self.routes()
        counts = Counter(entry.branch.id for entry in routes)
        return {e.key: e.path for e in routes if counts[e.branch.id] > 1}


def _decided(
    module: ir.Module, tagged: tags.Tagged, above: tags.Path
) -> Iterator[Entry]:
    for value, case in tagged.cases.items():
        path = (*above, (tagged.path, value))
        if isinstance(case, tags.Tagged):
            yield from _decided(module, case, path)
        else:
            values = [value for _, value in path]
            key = _joined_key(*values) if above else value
            yield Entry(key, facts.plain(module, case), path)


def branches_of(
    module: ir.Module, tagged: tags.Tagged
) -> Iterator[tuple[tags.Path, ir.Schema]]:
    """The branches of a decision as they are for themselves, with their tags."""
    for entry in _decided(module, tagged, ()):
        yield entry.path, entry.branch


def told_by(tables: Iterable[Table]) -> dict[ir.SchemaId, frozenset[str]]:
    """The properties that tell an event from others, of every event of some tables."""
    found: dict[ir.SchemaId, frozenset[str]] = {}
    for table in tables:
        own = frozenset(table.tagged.path[:1])
        for _, branch in table.entries():
            found[branch.id] = found.get(branch.id, frozenset()) | own
    return found


def _free(wish: facts.Tag, taken: Collection[facts.Tag]) -> facts.Tag:
    """A key as it is wished for, or with a number where another event has it."""
    key, number = wish, 2
    while key in taken:
        key, number = f"{wish} {number}", number + 1
    return key


def _joined_key(*tags_: facts.Tag) -> str:
    """One key of several tags, as JSON writes them."""
    return "/".join(t if isinstance(t, str) else json_text(t) or "…" for t in tags_)


def tables_of(module: ir.Module, shapes: Shapes) -> tuple[Table, ...]:
    """A table for every named union of objects that tags tell apart, if need be
    with the help of trying those few that share one."""
    found = []
    for name, schema_id in module.names.items():
        schema = module.schemas[schema_id]
        tagged = tags.tagged(module, schema)
        table: Table | None = _with_default(module, name, schema)
        if table is None and tagged is not None:
            table = Table(module, name, tagged, schema)
        elif table is None:
            table = _mostly_tagged(module, name, schema)
        if table and all(_is_class(shapes, branch) for _, branch in table.entries()):
            found.append(replace(table, other=_without_key(shapes, table)))
    return tuple(found)


def _without_key(shapes: Shapes, table: Table) -> ir.Schema | None:
    if table.base is None:
        return None
    base = facts.plain(table.module, table.module.schemas[table.base])
    keyed = any(branch.id == base.id for _, branch in table.entries())
    told = keyed and not table.trials
    return None if told or not _is_class(shapes, base) else base


def _with_default(module: ir.Module, name: str, schema: ir.Schema) -> Table | None:
    """The table of a union of which one branch is for all tags of no other."""
    found = beside_default(module, schema)
    return None if found is None else Table(module, name, found[0], schema)


def beside_default(
    module: ir.Module, schema: ir.Schema
) -> tuple[tags.Tagged, ir.Schema] | None:
    """How to decide a union of which one branch is for all tags of no other, and this
    branch: its keys are the tags that it lists, or else its own name."""
    hint = tags.hint_of(module, schema)
    union = tags.union_of(module, schema)
    if hint is None or hint.default is None or union is None:
        return None
    default = facts.unwrap(module, module.schemas[hint.default])
    others = {b.id: b for b in union.branches}
    (own,) = (b for b in union.branches if facts.plain(module, b).id == default.id)
    del others[own.id]
    found = (arrivals.Arrival("", branch) for branch in others.values())
    decision = arrivals.decide(module, found, hint)
    if decision.trials or not decision.tagged.cases:
        return None
    tagged = decision.tagged
    listed = facts.tag_values(module, facts.at(module, own, tagged.path)) or ()
    keys = [t for t in listed if type(t) in tagged.kinds and t not in tagged.cases]
    keys = keys or [module.names_by_id().get(default.id, "default")]
    cases = {**tagged.cases, **dict.fromkeys(keys, own)}
    return replace(tagged, cases=cases), own


def _mostly_tagged(module: ir.Module, name: str, schema: ir.Schema) -> Table | None:
    """The table of a union in which every object has a tag, but some the same."""
    union = tags.union_of(module, schema)
    if union is None or len(union.branches) < 2:
        return None
    if any(facts.types(module, branch) != {"object"} for branch in union.branches):
        return None
    hint = tags.hint_of(module, schema)
    members = arrivals.of_schema(module, name, schema)
    decision = arrivals.decide(module, members, hint)
    cases, trials = decision.tagged.cases, decision.trials
    if len(cases) < 2 or any(trial.tag is None for trial in trials):
        return None
    return Table(module, name, decision.tagged, schema, trials)


def _is_class(shapes: Shapes, branch: ir.Schema) -> bool:
    """Whether objects of a branch are of a class; a base may be null besides."""
    own = sh.ClassShape(branch.id)
    found = set(sh.members(shapes.own(branch))) - {sh.Null()}
    return found in ({own}, {own, sh.Anything()})


def holds_class(module: ir.Module, shapes: Structure, event: ir.Schema) -> bool:
    """Whether the objects among what a message carries have a class, be it one that a
    discriminator confines to tags."""
    plain = facts.plain(module, event)
    return sh.ClassShape(plain.id) in sh.members(shapes.own(plain))


CONSTANTS: Final = {
    ir.Direction.SERVER_TO_CLIENT: "SERVER_EVENTS",
    ir.Direction.CLIENT_TO_SERVER: "CLIENT_EVENTS",
}
"""What packages call the tables of the directions."""

_WORDS: Final = {
    ir.Direction.SERVER_TO_CLIENT: "ServerEvent",
    ir.Direction.CLIENT_TO_SERVER: "ClientEvent",
}
"""What the names of their unions end in, where nothing else says which they are."""


def directions(
    module: ir.Module,
    shapes: Shapes,
    tables: tuple[Table, ...],
    configured: dict[ir.Direction, tuple[str, ...]],
) -> dict[ir.Direction, Table]:
    """The tables of the two directions.

    The configuration decides, by names or patterns; otherwise the messages of the
    channels do; otherwise the union whose name ends in `ServerEvent` or
    `ClientEvent`, the shortest if there are several; otherwise webhooks.
    """
    found: dict[ir.Direction, Table] = {}
    by_name = {table.name: table for table in tables}
    for direction, constant in CONSTANTS.items():
        names = _matching(module, configured.get(direction, ()))
        events = arrivals.of_direction(module, direction)
        table: Table | None = None
        if names:
            table = by_name.get(names[0]) if len(names) == 1 else None
            table = table or _joined(module, shapes, constant, _named(module, names))
        elif events:
            carried = arrivals.payloads(module, direction, "event")
            table = _with_others(module, tables, carried)
            table = table or _joined(module, shapes, constant, events)
        else:
            table = _by_word(module, shapes, by_name, direction)
            if table is None and direction is ir.Direction.SERVER_TO_CLIENT:
                table = _webhooks(module, shapes, tables, constant)
        if table is not None:
            found[direction] = table
    return found


def _by_word(
    module: ir.Module,
    shapes: Shapes,
    tables: Mapping[str, Table],
    direction: ir.Direction,
) -> Table | None:
    """The table of the union whose name tells the direction. One that has a single
    branch so far is no table of its own, but says what there is."""
    word = _WORDS[direction]
    named = [n for n in module.names if n.endswith((word, f"{word}s"))]
    named.sort(key=lambda n: (n not in tables, len(n), n))
    for name in named:
        if name in tables:
            return tables[name]
        if _is_single(module, module.named(name)):
            events = _named(module, [name])
            return _joined(module, shapes, CONSTANTS[direction], events)
    return None


def _is_single(module: ir.Module, schema: ir.Schema) -> bool:
    """Whether a schema is written as a union to be told apart by tags, of which there
    is only one."""
    union = tags.alternatives(module, schema)
    if union is None or schema.annotations.discriminator is None:
        return False
    return len(tags.flatten(module, union).branches) == 1


def _with_others(
    module: ir.Module, tables: tuple[Table, ...], payloads: list[ir.Schema]
) -> Table | None:
    """The table of the one union that travels, where something is decoded as whatever
    has an unknown tag: a base or a default."""
    for table in tables if len(payloads) == 1 else ():
        schema = table.schema
        if schema is None or table.base is table.default is None:
            continue
        if facts.unwrap(module, schema).id == payloads[0].id:
            return table
    return None


def _webhooks(
    module: ir.Module, shapes: Shapes, tables: tuple[Table, ...], constant: str
) -> Table | None:
    """The table of webhooks, where each of them has a tag of its own."""
    carried = arrivals.payloads(module, ir.Direction.SERVER_TO_CLIENT, "webhook")
    found = _with_others(module, tables, carried)
    table = found or _joined(module, shapes, constant, arrivals.of_webhooks(module))
    if table is None or table.trials or not table.tagged.cases:
        return None
    return table


def _matching(module: ir.Module, patterns: tuple[str, ...]) -> list[str]:
    """The names that the configuration means, in its order, each once. Patterns mean
    what the specification names."""
    found = (meant(module, pattern) for pattern in patterns)
    return list(dict.fromkeys(itertools.chain.from_iterable(found)))


def meant(module: ir.Module, pattern: str) -> list[str]:
    """The names that one name or pattern of the configuration means."""
    return [
        name
        for name in module.names
        if name == pattern or (name not in module.inline and fnmatchcase(name, pattern))
    ]


def _named(module: ir.Module, names: list[str]) -> list[arrivals.Arrival]:
    return [
        arrival
        for name in names
        for arrival in arrivals.of_schema(module, name, module.named(name))
    ]


def _joined(
    module: ir.Module,
    shapes: Shapes,
    name: str,
    events: list[arrivals.Arrival],
) -> Table | None:
    """One table of all the events that become classes."""
    classes = [event for event in events if holds_class(module, shapes, event.schema)]
    classes = arrivals.in_families(module, classes)
    if not classes:
        return None
    decision = arrivals.decide(module, classes)
    carried = tuple(event.schema for event in classes)
    return Table(module, name, decision.tagged, None, decision.trials, carried)
