"""Which channel, action and message of the old version is which of the new.

On the wire an action has no name: what counts is which messages travel over a channel
in which direction, however many actions list them. That is a `Flow`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from codegen.compat.versions.operations import Match, Value, match
from codegen.ir import model as ir
from codegen.ir import operations as ops
from codegen.ir.paths import names_in, plain

_Messages = tuple[ops.MessagePart, ...]
_ANY: Final = ""
"""Stands for the channel where none is stated for what is done with a message."""


@dataclass(slots=True)
class Flow:
    """The messages of a channel in one direction, and the actions that list them."""

    address: str
    direction: ir.Direction
    old: list[ops.Action] = field(default_factory=list)
    new: list[ops.Action] = field(default_factory=list)

    def messages(self, *, new: bool) -> _Messages:
        """The messages of one version, each once."""
        found: dict[Hashable, ops.MessagePart] = {}
        for action in self.new if new else self.old:
            for message in action.messages:
                found.setdefault((message.key, message.location), message)
        return tuple(found.values())

    @property
    def label(self) -> str:
        """What people call it: the action, if there is but one."""
        actions = self.new or self.old
        return label_of(actions[0]) if len(actions) == 1 else self.address


@dataclass(frozen=True, slots=True)
class Actions:
    """The channels, actions and flows of two versions. `busy` are the messages of each
    with which something is done, by channel: one that several channels have may be
    idle in some of them, and another one may stand at its place in the other version.
    """

    channels: Match[ops.Channel]
    actions: Match[ops.Action]
    flows: tuple[Flow, ...]
    wires: tuple[Mapping[str, str], Mapping[str, str]]
    busy: tuple[frozenset[Hashable], frozenset[Hashable]]

    def idle(
        self, old: ops.Channel, new: ops.Channel, found: Match[ops.MessagePart]
    ) -> Match[ops.MessagePart]:
        """Those of the messages of a channel with which nothing is done in either
        version."""

        def rests(channel: ops.Channel, message: ops.MessagePart) -> bool:
            places = {(key, message.location) for key in (channel.key, _ANY)}
            return places.isdisjoint(self.busy[channel is new])

        return Match(
            [(a, b) for a, b in found.both if rests(old, a) and rests(new, b)],
            [a for a in found.gone if rests(old, a)],
            [b for b in found.come if rests(new, b)],
        )

    def one_channel(self, old: str, new: str) -> bool:
        """Whether an old channel, by its key, is a new one on the wire."""
        return self.wires[0].get(old, old) == self.wires[1].get(new, new)


@dataclass(frozen=True, slots=True)
class Further:
    """Replies of actions that came, to messages to which others have replied at the
    same place: `known` is one of these replies. Who sent these messages waits for the
    replies that were known. `found` has what only the actions that came reply."""

    label: str
    direction: ir.Direction
    known: ops.Reply
    old: _Messages
    found: Match[ops.MessagePart]


def further_replies(
    found: Actions, matched: Callable[[_Messages, _Messages], Match[ops.MessagePart]]
) -> Iterator[Further]:
    """Those of all flows; `matched` tells which message is which."""
    come = {id(action) for action in found.actions.come}
    for flow in found.flows:
        there: dict[str, list[ops.Action]] = {}
        for action in flow.new:
            if action.reply is not None:
                channel = found.wires[1].get(action.reply.channel, action.reply.channel)
                there.setdefault(channel, []).append(action)
        for many in there.values():
            replies = [(id(a) in come, a.reply) for a in many if a.reply is not None]
            known = [
                a.reply
                for a in flow.old
                if a.reply and found.one_channel(a.reply.channel, replies[0][1].channel)
            ]
            if not known or not any(came for came, _ in replies):
                continue
            old = _each_once(known)
            kept = _each_once([one for came, one in replies if not came])
            places = {message.location for message in kept}
            every = matched(old, _each_once([one for _, one in replies]))
            every.both = [(a, b) for a, b in every.both if b.location not in places]
            every.come = [one for one in every.come if one.location not in places]
            yield Further(flow.label, flow.direction.back, known[0], old, every)


def _each_once(replies: Iterable[ops.Reply]) -> _Messages:
    """The messages of some replies."""
    return tuple({m.location: m for one in replies for m in one.messages}.values())


def pair(old: ops.Interface, new: ops.Interface) -> Actions:
    """Channels by key, by address, or by what is done with them; actions by their
    channel and what is done there, then by their key."""
    channels = _channels(old, new)
    wires = _wires(channels, old, new)
    mine = {id(action) for action in old.actions}

    def channel_of(action: ops.Action) -> str:
        is_old = id(action) in mine
        unknown = f"{action.channel} (old)" if is_old else action.channel
        return wires[not is_old].get(action.channel, unknown)

    actions = match(
        old.actions,
        new.actions,
        lambda a: (channel_of(a), a.action, a.key),
        lambda a: (channel_of(a), a.action, _keys(a)),
        lambda a: (channel_of(a), a.key),
        lambda a: (a.action, a.key),
    )
    flows = _flows(actions, channel_of, old, new)
    busy = frozenset(_busy(old)), frozenset(_busy(new))
    return Actions(channels, actions, flows, wires, busy)


def _busy(side: ops.Interface) -> Iterator[Hashable]:
    known = {channel.key for channel in side.channels}
    for action in side.actions:
        for one in (action, action.reply):
            if one is not None:
                channel = one.channel if one.channel in known else _ANY
                yield from ((channel, message.location) for message in one.messages)


def _channels(old: ops.Interface, new: ops.Interface) -> Match[ops.Channel]:
    def done(side: ops.Interface, channel: ops.Channel) -> Hashable:
        mine = [a.key for a in side.actions if a.channel == channel.key]
        return tuple(sorted(mine)) or channel.key

    channels = match(
        old.channels, new.channels, lambda c: c.key, lambda c: plain(c.address or c.key)
    )
    come = {done(new, channel): channel for channel in channels.come}
    gone = []
    for channel in channels.gone:
        other = come.pop(done(old, channel), None)
        if other is None:
            gone.append(channel)
        else:
            channels.both.append((channel, other))
    channels.gone, channels.come = gone, list(come.values())
    _share(channels)
    return channels


def _share(channels: Match[ops.Channel]) -> None:
    """Channels of one version that the other one has as a single channel, which is the
    same address on the same servers."""
    for is_new, many in enumerate((channels.gone, channels.come)):
        known = {_wire(pair[is_new]): pair for pair in reversed(channels.both)}
        for channel in [c for c in many if c.address and _wire(c) in known]:
            a, b = known[_wire(channel)]
            channels.both.append((a, channel) if is_new else (channel, b))
            many.remove(channel)


def _wire(channel: ops.Channel) -> Hashable:
    """What tells a channel from others on the wire."""
    servers = channel.servers
    where = None if servers is None else frozenset(servers)
    return plain(channel.address or channel.key), where


def _wires(
    channels: Match[ops.Channel], old: ops.Interface, new: ops.Interface
) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """For the channels of each version, by key: the key of the first that is the same
    in the new version, on the wire; an old one that went has none."""
    first: dict[Hashable, str] = {}
    for channel in new.channels:
        first.setdefault(
            _wire(channel) if channel.address else channel.key, channel.key
        )
    after = {c.key: first[_wire(c) if c.address else c.key] for c in new.channels}
    before: dict[str, str] = {}
    for a, b in channels.both:
        before.setdefault(a.key, after[b.key])
    return before, after


def _flows(
    actions: Match[ops.Action],
    channel_of: Callable[[ops.Action], str],
    old: ops.Interface,
    new: ops.Interface,
) -> tuple[Flow, ...]:
    """The flows of two versions; those of actions that turned are left out, and those
    of one that moved to another channel are taken together."""
    turned = {
        id(x) for a, b in actions.both if a.writes is not b.writes for x in (a, b)
    }
    place = {id(action): channel_of(action) for action in (*old.actions, *new.actions)}
    for a, b in actions.both:
        place[id(a)] = place[id(b)]
    addresses = {c.key: c.address or c.key for c in (*old.channels, *new.channels)}
    found: dict[Hashable, Flow] = {}
    for is_new, side in enumerate((old, new)):
        for action in side.actions:
            if id(action) in turned:
                continue
            key = (place[id(action)], action.writes)
            address = addresses.get(action.channel, action.channel)
            flow = found.setdefault(key, Flow(address, action.writes))
            (flow.new if is_new else flow.old).append(action)
    return tuple(found.values())


def _keys(action: ops.Action) -> tuple[str, ...]:
    return tuple(sorted(message.key for message in action.messages))


Telling: TypeAlias = Callable[[int, ir.SchemaId], Hashable]
"""What is said of a payload of the old version (0) or of the new one (1)."""

Partner: TypeAlias = Callable[[ir.SchemaId], ir.SchemaId | None]
"""Which schema of the new version one of the old is, as far as that is known."""


def messages(
    old: _Messages,
    new: _Messages,
    tellings: tuple[Telling, ...],
    partner: Partner = lambda target: None,
) -> Match[ops.MessagePart]:
    """The messages of a flow: by the tag of their event, by key, by name, by what they
    carry. Several that have no name of their own have one key; `tellings` tell them
    apart, the surest first, and the last one what is known by a tag."""
    mine = {id(message) for message in old}

    def carried(message: ops.MessagePart) -> Hashable:
        target = message.payload
        if target is None:
            return id(message)
        return partner(target) or target if id(message) in mine else target

    def told(telling: Telling) -> Callable[[ops.MessagePart], Hashable]:
        def key(message: ops.MessagePart) -> Hashable:
            side, target = int(id(message) not in mine), message.payload
            said = None if target is None else telling(side, target)
            return id(message) if said is None else said

        return key

    def under_its_key(
        telling: Callable[[ops.MessagePart], Hashable],
    ) -> Callable[[ops.MessagePart], Hashable]:
        return lambda message: (message.key, telling(message))

    by = [told(one) for one in tellings]
    # On the wire an event has a tag, and its message has no key.
    apart = [*map(under_its_key, by), by[-1]]
    return match(old, new, *apart, lambda m: m.key, lambda m: m.name or m.key, carried)


def parameters(old: ops.Channel, new: ops.Channel) -> Match[ops.Parameter]:
    """The parameters of an address: by their position in one that both versions have,
    otherwise by name."""
    places: dict[int, int] = {}
    if plain(old.address or "") == plain(new.address or ""):
        for channel in (old, new):
            order = names_in(channel.address or "")
            for one in channel.parameters.values():
                if one.name in order:
                    places[id(one)] = order.index(one.name)
    return match(
        old.parameters.values(),
        new.parameters.values(),
        lambda p: places.get(id(p), p.name),
    )


# --- schemas -----------------------------------------------------------------------


def values(
    found: Actions,
    tellings: tuple[Telling, ...],
    partner: Partner = lambda target: None,
) -> Iterator[Value]:
    """Every schema of a parameter, of headers or of a payload that both versions
    have."""
    for one, other in found.channels.both:
        label = other.address or other.key
        # Whether a client sends there or listens, it is who fills in the address.
        there = ir.Direction.CLIENT_TO_SERVER
        for a, b in parameters(one, other).both:
            if a.schema is not None and b.schema is not None:
                name = f"{label} parameter {b.name}"
                yield Value(name, "", there, a.schema, b.schema)
        for part, target in one.handshake.items():
            if part in other.handshake:
                name = f"{label} {part}"
                yield Value(name, "", there, target, other.handshake[part])
        paired = messages(one.messages, other.messages, tellings, partner)
        idle = found.idle(one, other, paired).both
        yield from _of_messages("", ir.Direction.UNKNOWN, idle)
    for flow in found.flows:
        old, new = flow.messages(new=False), flow.messages(new=True)
        both = messages(old, new, tellings, partner).both
        yield from _of_messages(flow.label, flow.direction, both)
    for before, after in found.actions.both:
        if before.writes is after.writes:
            yield from _bound(label_of(after), after.writes, before, after)
        if before.reply is not None and after.reply is not None:
            old, new = before.reply.messages, after.reply.messages
            both = messages(old, new, tellings, partner).both
            yield from _of_messages(label_of(after), after.writes.back, both)
    for more in further_replies(
        found, lambda old, new: messages(old, new, tellings, partner)
    ):
        yield from _of_messages(more.label, more.direction, more.found.both)


def _of_messages(
    label: str,
    direction: ir.Direction,
    both: Iterable[tuple[ops.MessagePart, ops.MessagePart]],
) -> Iterator[Value]:
    for a, b in both:
        if a.headers is not None and b.headers is not None:
            name = f"{b.key} headers"
            yield Value(name, label, direction, a.headers, b.headers)
        yield from _bound(label, direction, a, b)
        if a.payload is not None and b.payload is not None:
            yield Value(b.key, label, direction, a.payload, b.payload)


def _bound(
    label: str,
    direction: ir.Direction,
    a: ops.MessagePart | ops.Action,
    b: ops.MessagePart | ops.Action,
) -> Iterator[Value]:
    """The schemas of bindings that both versions have."""
    for what, target in a.bound.items():
        if what in b.bound:
            name = f"{b.key} {what}"
            writes = ops.direction_of(what, direction)
            yield Value(name, label, writes, target, b.bound[what])


def label_of(action: ops.Action) -> str:
    """What people call an action."""
    return f"{action.action} {action.key}"
