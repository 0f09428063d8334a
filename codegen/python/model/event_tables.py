"""Event tables: which unions have one, and which two are the directions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Final

from codegen.ir import arrivals, facts, tags
from codegen.ir import model as ir
from codegen.python.model import shapes as sh
from codegen.python.model.shaping import Shapes


@dataclass(frozen=True, slots=True)
class Entry:
    """One key of a table and the object it stands for.

    `path` holds the properties and values that lead there. `tried` tells whether
    that is not enough: `trial` is then the tag for which the object is tried, or
    None for objects without a known tag.
    """

    key: str
    branch: ir.Schema
    path: tags.Path = ()
    tried: bool = False
    trial: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """The events of a union, decided by `tagged`, and by trying `trials`.

    `name` is the union's name in the specification, or `SERVER_EVENTS` and
    `CLIENT_EVENTS` for the messages of a direction, which have no schema.
    """

    name: str
    tagged: tags.Tagged
    schema: ir.Schema | None
    trials: tuple[arrivals.Trial, ...] = ()

    def entries(self) -> list[tuple[str, ir.Schema]]:
        """Each key of the table with its branch."""
        return [(entry.key, entry.branch) for entry in self.routes()]

    def routes(self) -> list[Entry]:
        """Every entry: those that tags decide, then those that are tried.

        Second tags and the names of messages that share a tag follow a slash.
        """
        found = {entry.key: entry for entry in _decided(self.tagged, ())}
        for trial in self.trials:
            tag = trial.tag
            path = () if tag is None else ((self.tagged.property, tag),)
            for arrival in trial.arrivals:
                wish = arrival.name if tag is None else f"{tag}/{arrival.name}"
                key, number = wish, 2
                while key in found:
                    key, number = f"{wish} {number}", number + 1
                found[key] = Entry(key, arrival.schema, path, True, tag)
        return list(found.values())

    def tried(self) -> dict[str | None, tuple[str, ...]]:
        """The keys that are tried for each tag; None for objects without one."""
        found: dict[str | None, tuple[str, ...]] = {}
        for entry in self.routes():
            if entry.tried:
                found[entry.trial] = (*found.get(entry.trial, ()), entry.key)
        return found

    def paths(self) -> dict[str, tags.Path]:
        """The tags of each key whose object has several keys."""
        routes = self.routes()
        counts = Counter(entry.branch.id for entry in routes)
        return {e.key: e.path for e in routes if counts[e.branch.id] > 1}


def _decided(tagged: tags.Tagged, above: tags.Path) -> Iterator[Entry]:
    for value, case in tagged.cases.items():
        path = (*above, (tagged.property, value))
        if isinstance(case, tags.Tagged):
            yield from _decided(case, path)
        else:
            yield Entry("/".join(value for _, value in path), case, path)


def tables_of(module: ir.Module, shapes: Shapes) -> tuple[Table, ...]:
    """A table for every named union of objects that tags tell apart, if need be
    with the help of trying those few that share one."""
    found = []
    for name, schema_id in module.names.items():
        schema = module.schemas[schema_id]
        tagged = tags.tagged(module, schema)
        if tagged is not None:
            table: Table | None = Table(name, tagged, schema)
        else:
            table = _mostly_tagged(module, name, schema)
        if table and all(_is_class(shapes, branch) for _, branch in table.entries()):
            found.append(table)
    return tuple(found)


def _mostly_tagged(module: ir.Module, name: str, schema: ir.Schema) -> Table | None:
    """The table of a union in which every object has a tag, but some the same."""
    union = tags.union_of(module, schema)
    if union is None or len(union.branches) < 2:
        return None
    if any(facts.types(module, branch) != {"object"} for branch in union.branches):
        return None
    decision = arrivals.decide(module, arrivals.of_schema(module, name, schema))
    cases, trials = decision.tagged.cases, decision.trials
    if len(cases) < 2 or any(trial.tag is None for trial in trials):
        return None
    return Table(name, decision.tagged, schema, trials)


def _is_class(shapes: Shapes, branch: ir.Schema) -> bool:
    return shapes.own(branch) == sh.ClassShape(branch.id)


_WORDS: Final = {
    ir.Direction.SERVER_TO_CLIENT: ("ServerEvent", "SERVER_EVENTS"),
    ir.Direction.CLIENT_TO_SERVER: ("ClientEvent", "CLIENT_EVENTS"),
}


def directions(
    module: ir.Module,
    shapes: Shapes,
    tables: tuple[Table, ...],
    configured: dict[ir.Direction, tuple[str, ...]],
) -> dict[ir.Direction, Table]:
    """The tables of the two directions.

    The configuration decides, by names or patterns; otherwise the messages of the
    channels do; otherwise the union whose name ends in `ServerEvent` or
    `ClientEvent`, the shortest if there are several.
    """
    found: dict[ir.Direction, Table] = {}
    by_name = {table.name: table for table in tables}
    for direction, (word, constant) in _WORDS.items():
        names = _matching(module, configured.get(direction, ()))
        events = arrivals.of_direction(module, direction)
        table: Table | None = None
        if names:
            table = by_name.get(names[0]) if len(names) == 1 else None
            table = table or _joined(module, shapes, constant, _named(module, names))
        elif events:
            table = _joined(module, shapes, constant, events)
        else:
            fitting = [n for n in by_name if n.endswith((word, f"{word}s"))]
            fitting.sort(key=lambda n: (len(n), n))
            table = by_name[fitting[0]] if fitting else None
        if table is not None:
            found[direction] = table
    return found


def _matching(module: ir.Module, patterns: tuple[str, ...]) -> list[str]:
    """The names that the configuration means, in its order, each once."""
    found = {
        name: None
        for pattern in patterns
        for name in module.names
        if fnmatchcase(name, pattern)
    }
    return list(found)


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
    classes = [
        event
        for event in events
        if sh.ClassShape(event.schema.id) in sh.members(shapes.own(event.schema))
    ]
    if not classes:
        return None
    decision = arrivals.decide(module, classes)
    return Table(name, decision.tagged, None, decision.trials)
