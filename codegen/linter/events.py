"""Events: which messages no tag tells apart, and which events no table holds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Final

from codegen.frontend.values import quoted
from codegen.ir import arrivals, facts, tags
from codegen.ir import model as ir
from codegen.linter.context import Context

_LIKE_AN_EVENT: Final = re.compile(r"(?:^|[a-z0-9_])Event(?![a-z])")


def check(context: Context, chosen: Mapping[ir.Direction, tuple[str, ...]]) -> None:
    """All checks of this module; `chosen` are the events of a direction, by names or
    patterns, where they are not those of its channels."""
    _messages(context, chosen)
    _orphans(context)
    _idle(context, chosen)


def _orphans(context: Context) -> None:
    """Report event schemas that neither a union nor a message carries."""
    module = context.module
    held: set[ir.SchemaId] = set()
    for schemas in _channels(context).values():
        held.update(branch.id for branch in schemas)
    for schema in context.schemas:
        union = tags.union_of(module, schema)
        if union is not None and len(union.branches) > 1:
            held.update(facts.plain(module, one).id for one in union.branches)
    for name, id_ in module.names.items():
        inline = name in module.inline
        if inline or not _LIKE_AN_EVENT.search(name) or id_ in held:
            continue
        schema = module.schemas[id_]
        if facts.unwrap(module, schema).id != id_:
            continue  # Another name for what has one.
        why = _why_no_table(module, schema)
        if why:
            message = f"no table holds the event {name}: {why}"
            where = module.schemas[id_].location
            context.add("orphan-event", message, where, key=True)


def _idle(context: Context, chosen: Mapping[ir.Direction, tuple[str, ...]]) -> None:
    """Report messages of channels that no operation has, unless what they carry is in
    a table all the same."""
    held = {s.id for patterns in chosen.values() for s in _named(context, patterns)}
    for direction, schemas in _channels(context).items():
        if direction is not ir.Direction.UNKNOWN:
            held.update(schema.id for schema in schemas)
    for one in context.module.messages:
        if one.direction is not ir.Direction.UNKNOWN or not one.channel:
            continue
        payload = context.payload(one)
        events = () if payload is None else _events(context, payload)
        if not events or any(event.id not in held for event in events):
            text = f"no table holds the message {one.name}: no operation sends or "
            text += "receives it; let one name it"
            context.add("orphan-event", text, one.location, key=True)


def _channels(context: Context) -> dict[ir.Direction, list[ir.Schema]]:
    """What the channels carry in each direction; a union brings its branches."""
    found: dict[ir.Direction, dict[ir.SchemaId, ir.Schema]] = {}
    for message in context.module.messages:
        payload = context.payload(message) if message.kind == "event" else None
        if payload is not None:
            for branch in _events(context, payload):
                found.setdefault(message.direction, {})[branch.id] = branch
    return {direction: list(by_id.values()) for direction, by_id in found.items()}


def _events(context: Context, payload: ir.Schema) -> tuple[ir.Schema, ...]:
    """A payload as events: a union brings its branches."""
    target = facts.unwrap(context.module, payload)
    union = tags.union_of(context.module, target)
    return (target,) if union is None else union.branches


def _named(context: Context, patterns: tuple[str, ...]) -> list[ir.Schema]:
    """The events that names or patterns mean."""
    module = context.module
    found = {
        branch.id: branch
        for pattern in patterns
        for name, id_ in module.names.items()
        if fnmatchcase(name, pattern)
        for branch in _events(context, module.schemas[id_])
    }
    return list(found.values())


def _messages(context: Context, chosen: Mapping[ir.Direction, tuple[str, ...]]) -> None:
    """Report the messages of a direction that no tag tells apart, among those that the
    configuration has chosen for its table, or its channels carry. What becomes no class
    is in no table, nor what has no direction."""
    module = context.module
    for direction, carried in _channels(context).items():
        wanted = chosen.get(direction)
        every = carried if wanted is None else _named(context, wanted)
        events = [arrivals.Arrival("", s) for s in every if context.is_event(s)]
        kinds = arrivals.in_families(module, events)
        found = arrivals.decide(module, kinds)
        tried = [trial for trial in found.trials if len(_kinds(trial)) > 1]
        if direction is ir.Direction.UNKNOWN or not tried:
            continue
        way = direction.value.replace("_", " ")
        message = f"no tag tells the messages from {way} apart: "
        message += "; ".join(_tried(context, found.tagged, one) for one in tried)
        if wanted is None and not any(_meet(context, direction, one) for one in tried):
            message += "; no two of them share a channel, so decode what one brings "
            message += "with the class of that; a table of events"
        else:
            message += "; decoding"
        message += " tries first the one that declares most of the document"
        first = next(m for m in module.messages if m.direction is direction)
        context.add("ambiguous-messages", message, first.location, key=True)


def _kinds(trial: arrivals.Trial) -> dict[ir.SchemaId, ir.Schema]:
    """The schemas that are tried, each once."""
    return {arrival.schema.id: arrival.schema for arrival in trial.arrivals}


def _tried(context: Context, tagged: tags.Tagged, trial: arrivals.Trial) -> str:
    """What is tried, with what it has in common."""
    without = trial.tag is None and tagged.name
    common = f" (all without {tagged.name})" if without else ""
    return listed(context, list(_kinds(trial).values())) + common


def _meet(context: Context, direction: ir.Direction, trial: arrivals.Trial) -> bool:
    """Whether a channel carries several of those that are tried."""
    kinds = {facts.plain(context.module, s).id for s in _kinds(trial).values()}
    carried: dict[str, set[ir.SchemaId]] = {}
    for message in context.module.messages:
        payload = context.payload(message)
        if payload is not None and message.direction is direction:
            events = (facts.plain(context.module, s) for s in _events(context, payload))
            carried.setdefault(message.channel, set()).update(s.id for s in events)
    return any(len(kinds & ids) > 1 for ids in carried.values())


def listed(context: Context, schemas: list[ir.Schema]) -> str:
    """The schemas that share a tag, with the tag, or all if no property is one."""
    groups = _sharing(context, schemas)
    if groups is None:
        return names_of(context, schemas)
    return "; ".join(
        f"{names_of(context, group)} (all with {tag})" for tag, group in groups.items()
    )


def names_of(context: Context, schemas: list[ir.Schema]) -> str:
    names = ", ".join(label_of(context, schema) for schema in schemas[:4])
    return names + (f" and {len(schemas) - 4} more" if len(schemas) > 4 else "")


def _sharing(
    context: Context, schemas: list[ir.Schema]
) -> dict[str, list[ir.Schema]] | None:
    """Those that share a value of the property that tells most of the others apart;
    None where no property is confined to strings in every schema."""
    module = context.module
    tables = [
        {
            name: facts.tag_values(module, declared) or ()
            for name, declared in facts.properties(module, schema).items()
        }
        for schema in schemas
    ]
    best: dict[str, list[ir.Schema]] | None = None
    for name in tables[0]:
        if not all(table.get(name) for table in tables):
            continue
        groups: dict[str, list[ir.Schema]] = {}
        for schema, table in zip(schemas, tables, strict=True):
            for value in table[name]:
                groups.setdefault(f"{name} {quoted(value):.60}", []).append(schema)
        shared = {tag: group for tag, group in groups.items() if len(group) > 1}
        if best is None or len(shared) < len(best):
            best = shared
    return best or None


def label_of(context: Context, schema: ir.Schema) -> str:
    schema = facts.plain(context.module, schema)
    name = context.name_of(schema)
    return name or "/".join(schema.location.pointer.split("/")[-2:])


def _why_no_table(module: ir.Module, schema: ir.Schema) -> str:
    """The reason; empty where the schema declares nothing like a tag."""
    for key in ("type", "event"):
        declared = facts.properties(module, schema).get(key, ())
        values = facts.tag_values(module, declared)
        if values is not None and len(values) == 1:
            told = f"it ({key} {quoted(values[0])})"
            return f"{told} is in no tagged union and is no message"
        strings = (facts.types(module, one) == {"string"} for one in declared)
        if values is None and any(strings):
            return f"its {key!r} can be any string"
    return ""
