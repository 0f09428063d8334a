"""AsyncAPI's channels, what is done with them, and messages around their payloads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from codegen.compat import rules
from codegen.compat.findings import Finding, Verdict
from codegen.compat.operations import access, bindings, parameters
from codegen.compat.operations.exchange import Exchanges
from codegen.compat.operations.messages import Messages
from codegen.compat.operations.record import Record
from codegen.compat.rules.rule import Rule
from codegen.compat.versions import actions as pairing
from codegen.compat.versions.version import Versions
from codegen.ir import model as ir
from codegen.ir import operations as ops
from codegen.ir import paths

SAFE, BREAKING = Verdict.COMPATIBLE, Verdict.BREAKING


@dataclass(slots=True)
class Actions:
    """Compares channels and actions. `covered` collects the channels that need no
    further word, `addresses` the addresses of each channel in both versions."""

    versions: Versions
    exchanges: Exchanges
    schemes: access.Schemes
    messages: Messages
    covered: set[str] = field(default_factory=set)
    addresses: dict[str, set[str]] = field(init=False)

    def __post_init__(self) -> None:
        sides = [v.module.interface for v in (self.versions.old, self.versions.new)]
        self.addresses = {}
        for side in sides:
            for channel in side.channels:
                mine = self.addresses.setdefault(channel.key, set())
                mine.add(channel.address or channel.key)
        for old, new in self.versions.actions.channels.both:
            both = self.addresses[old.key] | self.addresses[new.key]
            self.addresses[old.key] = self.addresses[new.key] = both

    def findings(self) -> Iterator[Finding]:
        """All of them: channels first, then what is done with them."""
        found = self.versions.actions
        self._cover_unused()
        for old, new in found.channels.both:
            record = Record(new.address or new.key)
            self._channel(record, old, new)
            record.documented()
            yield from record.found
        for flow in found.flows:
            yield from self._flow(flow)
        yield from self._further_replies()
        for before, after in found.actions.both:
            label = pairing.label_of(after)
            record = Record(label, label)
            self._action(record, before, after)
            record.documented()
            yield from record.found
        whole = {id(a) for f in found.flows if not (f.old and f.new) for a in f.old}
        for action in found.actions.gone:
            if action.reply is not None and id(action) not in whole:
                record = Record(pairing.label_of(action), pairing.label_of(action))
                self._reply(record, action, None)
                yield from record.found

    def silent(self, told: set[str]) -> Iterator[Finding]:
        """Channels that came or went with which nothing is done; `told` are the names
        of those that other findings are about."""
        found = self.versions.actions.channels
        for rule, many, side, word in (
            (rules.CHANNEL_REMOVED, found.gone, self.versions.old, "removed"),
            (rules.CHANNEL_ADDED, found.come, self.versions.new, "added"),
        ):
            busy = _busy(side.module.interface)
            for channel in many:
                address = channel.address or channel.key
                names = {_group(address, direction) for direction in ir.Direction}
                if channel.key in busy or names & told:
                    continue
                record = Record(address)
                places = (channel, None) if word == "removed" else (None, channel)
                message = f"the channel was {word}; nothing is done with it"
                record.add(rule, SAFE, ir.Direction.UNKNOWN, message, *places)
                yield from record.found

    # --- channels ------------------------------------------------------------------

    def _channel(self, record: Record, old: ops.Channel, new: ops.Channel) -> None:
        both = ir.Direction.UNKNOWN
        if _moved(old, new):
            was, now = (one.address or "not stated" for one in (old, new))
            message = f"the address was {was} and is {now}"
            reason = "whoever uses the old address is alone there"
            rule = rules.CHANNEL_ADDRESS_CHANGED
            record.add(rule, BREAKING, both, message, old, new, reason=reason)
        elif old.key != new.key:
            record.reworded("key", old, new)
        if old.address != new.address:
            for address in self.addresses[new.key]:
                self.covered |= {_group(address, d) for d in ir.Direction}
        self._parameters(record, old, new)
        self._servers(record, old, new)
        bindings.compare(record, old, new)
        self._handshake(record, old, new)
        self._idle(record, old, new)
        record.compare("", old, new)

    def _idle(self, record: Record, old: ops.Channel, new: ops.Channel) -> None:
        """The messages of a channel with which nothing is done in either version."""
        found = self.versions.messages(old.messages, new.messages)
        found = self.versions.actions.idle(old, new, found)
        direction = ir.Direction.UNKNOWN
        for one in found.gone:
            self.messages.lone(record, direction, one, (one, new), None)
        for one in found.come:
            self.messages.lone(record, direction, one, (old, one), None)
        for a, b in found.both:
            self.messages.pair(record, direction, a, b)

    def _handshake(self, record: Record, old: ops.Channel, new: ops.Channel) -> None:
        """Whether a connection is opened with a query, or headers, at all."""
        for part in dict.fromkeys((*old.handshake, *new.handshake)):
            a, b = old.handshake.get(part), new.handshake.get(part)
            if a is not None and b is not None:
                continue
            needed = b is not None and bindings.requires(self.versions.new.module, b)
            verdict = BREAKING if a is not None or needed else SAFE
            direction = ir.Direction.CLIENT_TO_SERVER
            message = f"the {part} of the handshake {'came' if a is None else 'went'}"
            reason = "" if verdict is SAFE else "old clients send something else"
            rule = rules.BINDING_CHANGED
            record.add(rule, verdict, direction, message, old, new, reason=reason)

    def _cover(self, *actions: ops.Action) -> None:
        """Nothing more is to be said of the channels of actions having come or gone,
        in whichever direction and version."""
        for action in actions:
            for key in (action.channel, action.reply and action.reply.channel):
                for address in self.addresses.get(key or "", ()):
                    self.covered |= {_group(address, d) for d in ir.Direction}

    def _cover_unused(self) -> None:
        """Messages that nothing did anything with and now something does, or the other
        way round, are no channel that came or went."""
        sides = (self.versions.old, self.versions.new)
        busy = [_busy(side.module.interface) for side in sides]
        for pair in self.versions.actions.channels.both:
            if pair[0].key in busy[0] or pair[1].key in busy[1]:
                for channel in pair:
                    address = channel.address or channel.key
                    self.covered.add(_group(address, ir.Direction.UNKNOWN))

    def _parameters(self, record: Record, old: ops.Channel, new: ops.Channel) -> None:
        found = pairing.parameters(old, new)
        same = not _moved(old, new)
        direction = ir.Direction.CLIENT_TO_SERVER
        for one in found.gone if same else ():
            message = f"parameter {one.name} is no longer described"
            record.add(rules.SCHEMA_UNSTATED, SAFE, direction, message, one, new)
        for one in found.come if same else ():
            message = f"parameter {one.name} is described now"
            module = self.versions.new.module
            narrow = one.schema is not None and parameters.narrow(module, one.schema)
            verdict = BREAKING if narrow else SAFE
            rule, reason = rules.SCHEMA_STATED, "it was any text before" * narrow
            record.add(rule, verdict, direction, message, old, one, reason=reason)
        for a, b in found.both:
            what = f"parameter {b.name}"
            if a.name != b.name:
                rule, message = rules.PATH_PARAMETER_RENAMED, f"{a.name} is {b.name}"
                record.add(rule, SAFE, direction, message, a, b)
            parameters.values(record, self.versions, what, direction, a, b)
            record.compare(what, a, b)

    def _servers(self, record: Record, old: ops.Channel, new: ops.Channel) -> None:
        sides = self.versions.old.module.interface, self.versions.new.module.interface
        known, every = ([s.name for s in side.servers] for side in sides)
        same = {
            a.name: b.name
            for a, b in access.paired(sides[0].servers, sides[1].servers).both
        }
        listed = known if old.servers is None else old.servers
        before = {same.get(name, name) for name in listed}
        after = set(every if new.servers is None else new.servers)
        if before == after or (old.servers is None and new.servers is None):
            return
        lost = sorted(name for name in before if name not in after and name in every)
        message = f"it is on {', '.join(sorted(after)) or 'no server'}"
        verdict = BREAKING if lost else SAFE
        reason = f"no longer on {', '.join(lost)}" if lost else ""
        rule = rules.CHANNEL_SERVERS_CHANGED
        record.add(
            rule, verdict, ir.Direction.UNKNOWN, message, old, new, reason=reason
        )

    # --- actions -------------------------------------------------------------------

    def _flow(self, flow: pairing.Flow) -> list[Finding]:
        """The messages of a channel in one direction."""
        old, new = flow.messages(new=False), flow.messages(new=True)
        names = tuple(m.key for m in (new or old))
        record = Record(flow.label, flow.label, names)
        if flow.old and flow.new:
            first, second = flow.old[0], flow.new[0]
            record.affected = ()
            self.messages.compare(record, flow.direction, (first, second), old, new)
            if len(flow.old) != len(flow.new) and len(old) == len(new):
                record.reworded("operations", first, second)
            self._joined(record, flow)
        for action in () if flow.new else flow.old:
            self._lone(record, rules.OPERATION_REMOVED, action)
        for action in () if flow.old else flow.new:
            self._lone(record, rules.OPERATION_ADDED, action)
        record.documented()
        return record.found

    def _joined(self, record: Record, flow: pairing.Flow) -> None:
        """Actions that take messages over from others ask no more of clients than
        these did."""
        first = flow.old[0]
        come = {id(action) for action in self.versions.actions.actions.come}
        for action in flow.new:
            if id(action) in come:
                before, after = first.security or (), action.security or ()
                self.schemes.needed(record, before, after, (first, action))
                bindings.compare(record, first, action, action.writes)

    def _further_replies(self) -> Iterator[Finding]:
        found = self.versions.actions
        for one in pairing.further_replies(found, self.versions.messages):
            record = Record(one.label, one.label)
            to_clients = one.direction is ir.Direction.SERVER_TO_CLIENT
            known = one.old if to_clients else None
            for message in one.found.come:
                places = (one.known, message)
                self.messages.lone(record, one.direction, message, places, known)
            for a, b in one.found.both:
                self.messages.pair(record, one.direction, a, b)
            yield from record.found

    def _lone(self, record: Record, rule: Rule, action: ops.Action) -> None:
        """An action whose flow came or went with it."""
        gone = rule is rules.OPERATION_REMOVED
        self._cover(action)
        verdict, witness = SAFE, None
        if gone and action.writes is ir.Direction.CLIENT_TO_SERVER:
            verdict = BREAKING
            for one in action.messages:
                witness = witness or self.exchanges.payload(
                    action.writes, one.key, one.payload
                )
        places = (action, None) if gone else (None, action)
        message = f"{pairing.label_of(action)} was {'removed' if gone else 'added'}"
        record.add(rule, verdict, action.writes, message, *places, witness=witness)

    def _action(self, record: Record, old: ops.Action, new: ops.Action) -> None:
        if old.writes is not new.writes:
            message = f"it was {old.action} and is {new.action}"
            reason = "whoever wrote must read now"
            rule, both = rules.ACTION_CHANGED, ir.Direction.UNKNOWN
            record.add(rule, BREAKING, both, message, old, new, reason=reason)
            self._cover(old, new)
        if old.key != new.key:
            record.reworded("key", old, new)
        if not self.versions.actions.one_channel(old.channel, new.channel):
            message = f"it is on channel {new.channel}, no longer on {old.channel}"
            rule, both = rules.CHANNEL_ADDRESS_CHANGED, ir.Direction.UNKNOWN
            reason = "whoever uses the old channel is alone there"
            record.add(rule, BREAKING, both, message, old, new, reason=reason)
            self._cover(old, new)
        self._reply(record, old, new)
        self.schemes.needed(record, old.security or (), new.security or (), (old, new))
        bindings.compare(record, old, new, new.writes)
        if old.writes is new.writes:
            bindings.stated(record, self.versions, "", new.writes, old, new)
        record.compare("", old, new)

    def _reply(self, record: Record, old: ops.Action, new: ops.Action | None) -> None:
        a, b = old.reply, None if new is None else new.reply
        direction = old.writes.back
        if (a is None) is not (b is None):
            self._cover(old, *(() if new is None else (new,)))
        if a is None and b is not None:
            message = "there are replies now"
            record.add(rules.REPLY_ADDED, SAFE, direction, message, old, b)
        elif a is not None and b is None:
            message, reason = "there are no replies any more", "whoever waits, waits"
            rule = rules.REPLY_CHANGED
            record.add(rule, BREAKING, direction, message, a, new, reason=reason)
        elif a is not None and b is not None:
            moved = not self.versions.actions.one_channel(a.channel, b.channel)
            if moved or a.address != b.address:
                where = b.channel if moved else b.address
                message = f"replies come at {where or 'no stated address'}"
                reason = "whoever waits for them elsewhere waits in vain"
                rule = rules.REPLY_CHANGED
                record.add(rule, BREAKING, direction, message, a, b, reason=reason)
            self.messages.compare(record, direction, (a, b), a.messages, b.messages)
            record.compare("reply", a, b)


def _moved(old: ops.Channel, new: ops.Channel) -> bool:
    """Whether a channel is called otherwise on the wire. It is not where brokers of one
    kind had it alone and others have it now, to whom the address is what these call
    it."""
    if paths.plain(old.address or "") == paths.plain(new.address or ""):
        return False
    names = ops.names_on_brokers
    return old.address not in names(new) and new.address not in names(old)


def _busy(side: ops.Interface) -> set[str]:
    """The keys of channels with which something is done."""
    replies = (action.reply for action in side.actions)
    return {
        *(action.channel for action in side.actions),
        *(reply.channel for reply in replies if reply is not None),
    }


def _group(address: str, direction: ir.Direction) -> str:
    """The name of the channel of events with these messages."""
    return f"{address} ({direction.value.replace('_', ' ')})"
