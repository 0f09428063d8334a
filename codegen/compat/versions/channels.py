"""What travels: channels of events with their direction, and operations.

Events come from AsyncAPI messages, or from OpenAPI and JSON Schema unions that the
policy names. Without a configuration, a union or a schema belongs to a channel when
its name says so: `RealtimeServerEvent` is a channel, and so are the schemas
`RealtimeServerEvent…` of a specification that has no such union.
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from codegen.compat.findings import Policy
from codegen.compat.normal.forms import Form, Object
from codegen.compat.normal.normalise import Side, TooManyForms
from codegen.ir import facts
from codegen.ir import model as ir

_EVENT: Final = re.compile(
    r"^(?P<channel>.*(?P<who>Client|Server)Events?)(?P<rest>.*)$"
)
_DIRECTIONS: Final = {
    "Client": ir.Direction.CLIENT_TO_SERVER,
    "Server": ir.Direction.SERVER_TO_CLIENT,
}


@dataclass(frozen=True, slots=True)
class Event:
    """One event: its schema, and the values of its tag.

    `named` tells whether the schema can be referred to; others stand in a union.
    """

    schema: ir.SchemaId
    name: str
    tags: tuple[str, ...]
    place: ir.Schema
    named: bool

    @property
    def title(self) -> str:
        """What people call it."""
        return self.tags[0] if self.tags else self.name


@dataclass(frozen=True, slots=True)
class Channel:
    """Events that travel in one direction.

    `union` is the schema that accepts each of them: the specification's own, or one
    made here. `tag` is the property that tells them apart, empty if there is none.
    """

    name: str
    direction: ir.Direction
    events: tuple[Event, ...]
    union: ir.SchemaId
    tag: str
    made: bool

    def by_tag(self) -> dict[str, Event]:
        """The events by each value of their tag."""
        return {tag: event for event in self.events for tag in event.tags}


@dataclass(frozen=True, slots=True)
class Roots:
    """The module with the unions made here, and its channels by name. `free` are the
    names under which messages travel that may hold anything."""

    module: ir.Module
    channels: dict[str, Channel]
    free: frozenset[str]


def find(module: ir.Module, policy: Policy) -> Roots:
    """The channels of a module."""
    groups = _groups(module, policy)
    schemas = dict(module.schemas)
    names = dict(module.names)
    drafts: list[tuple[str, ir.Direction, list[ir.Schema], ir.SchemaId, bool]] = []
    for name, (direction, union, members) in groups.items():
        made = union is None
        if union is None:
            union = ir.SchemaId(f"#channel/{name}")
            location = members[0].location
            branches = tuple(
                ir.Schema(ir.SchemaId(f"{union}/{i}"), m.location, (ir.Ref(m.id),))
                for i, m in enumerate(members)
            )
            schemas[union] = ir.Schema(union, location, (ir.AnyOf(branches),))
            if name not in names:
                names[name] = union
        drafts.append((name, direction, members, union, made))
    widened = replace(module, schemas=schemas, names=names)
    side = Side(widened)
    channels = {draft[0]: _channel(side, *draft) for draft in drafts}
    free = (_name(m) for m in module.messages if m.payload is None and not m.binary)
    return Roots(widened, channels, frozenset(free))


_Group = tuple[ir.Direction, ir.SchemaId | None, list[ir.Schema]]


def _groups(module: ir.Module, policy: Policy) -> dict[str, _Group]:
    found: dict[str, _Group] = {}
    for message in module.messages:
        unused = message.direction is ir.Direction.UNKNOWN and not message.channel
        if message.kind == "event" and message.payload is not None and not unused:
            group = found.setdefault(_name(message), (message.direction, None, []))
            payload = module.schemas[message.payload]
            if payload not in group[2]:
                group[2].append(payload)
    for name, target in module.names.items():
        direction = _direction(name, policy)
        if direction is None:
            continue
        members = _branches(module, module.schemas[target])
        if members:
            found[name] = (direction, target, members)
    side = Side(module)
    for name, target in module.names.items():
        _join_by_name(side, policy, found, name, target)
    return {name: group for name, group in found.items() if group[2]}


def _name(message: ir.Message) -> str:
    """What the events are called that a message is one of."""
    word = message.direction.value.replace("_", " ")
    return f"{message.channel or 'events'} ({word})"


def _direction(name: str, policy: Policy) -> ir.Direction | None:
    """The direction of a union by its name."""
    if _listed(name, policy.client_events):
        return ir.Direction.CLIENT_TO_SERVER
    if _listed(name, policy.server_events):
        return ir.Direction.SERVER_TO_CLIENT
    match = _EVENT.match(name)
    if match and not match["rest"]:
        return _DIRECTIONS[match["who"]]
    return None


def _listed(name: str, globs: Iterable[str]) -> bool:
    return any(fnmatch.fnmatchcase(name, glob) for glob in globs)


def _join_by_name(
    side: Side,
    policy: Policy,
    found: dict[str, _Group],
    name: str,
    target: ir.SchemaId,
) -> None:
    """A schema called like an event joins its channel, if that has no union."""
    match = _EVENT.match(name)
    if match and match["rest"][:1].isupper():
        channel, direction = match["channel"], _DIRECTIONS[match["who"]]
    elif _listed(name, policy.client_events):
        channel, direction = "client events", ir.Direction.CLIENT_TO_SERVER
    elif _listed(name, policy.server_events):
        channel, direction = "server events", ir.Direction.SERVER_TO_CLIENT
    else:
        return
    if name in found or (channel in found and found[channel][1] is not None):
        return
    schema = side.module.schemas[target]
    if not _tags_of(side, schema):
        return
    group = found.setdefault(channel, (direction, None, []))
    group[2].append(schema)


def _branches(module: ir.Module, schema: ir.Schema) -> list[ir.Schema]:
    """The branches of a union, unions inside it opened."""
    found: list[ir.Schema] = []
    seen: set[ir.SchemaId] = set()
    stack = [schema]
    while stack:
        current = facts.unwrap(module, stack.pop())
        if current.id in seen:
            continue
        seen.add(current.id)
        inner = [
            branch
            for assertion in current.assertions
            if isinstance(assertion, (ir.AnyOf, ir.OneOf))
            for branch in assertion.schemas
        ]
        if inner:
            stack.extend(reversed(inner))
        elif current is not schema:
            found.append(current)
    return found


# --- tags --------------------------------------------------------------------------


def _channel(
    side: Side,
    name: str,
    direction: ir.Direction,
    members: list[ir.Schema],
    union: ir.SchemaId,
    made: bool,
) -> Channel:
    tables = {member.id: _tags_of(side, member) for member in members}
    votes: dict[str, int] = {}
    for table in tables.values():
        for key in table:
            votes[key] = votes.get(key, 0) + 1
    hint = side.module.schemas[union].annotations.discriminator
    ranked = sorted(
        votes,
        key=lambda key: (
            -votes[key],
            hint is None or hint.property != key,
            key != "type",
            key,
        ),
    )
    tag = ranked[0] if ranked else ""
    plain = {member.id: facts.plain(side.module, member) for member in members}
    events = tuple(
        Event(
            branch.id,
            side.named.get(branch.id) or branch.annotations.title or name,
            tables[member].get(tag, ()),
            branch,
            branch.id in side.module.schemas,
        )
        for member, branch in plain.items()
    )
    return Channel(name, direction, events, union, tag, made)


def _tags_of(side: Side, schema: ir.Schema) -> dict[str, tuple[str, ...]]:
    """The properties of a schema that are confined to strings."""
    found: dict[str, tuple[str, ...]] = {}
    for name, schemas in facts.properties(side.module, schema).items():
        try:
            forms = list(side.expand(schemas).all())
        except TooManyForms:
            continue
        if forms and all(f.kind == "string" and f.values for f in forms):
            values = tuple(v for f in forms for v in f.values or ())
            if len(values) <= 3:
                found[name] = values
    return found


def tag_of(side: Side, form: Form) -> str:
    """The tag of an alternative that is an event, empty where it has none."""
    facets = form.facets
    if not isinstance(facets, Object):
        return ""
    for name in dict.fromkeys(("type", *facets.required)):
        try:
            inner = list(side.expand(facets.properties.get(name, ())).all())
        except TooManyForms:
            continue
        if len(inner) == 1 and inner[0].kind == "string" and inner[0].values:
            return str(inner[0].values[0])
    return ""
