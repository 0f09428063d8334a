"""Messages around their payloads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from codegen.compat import rules
from codegen.compat.findings import Verdict
from codegen.compat.normal.normalise import Side, TooManyForms
from codegen.compat.operations import bindings
from codegen.compat.operations.bindings import requires
from codegen.compat.operations.exchange import Exchanges
from codegen.compat.operations.record import Record, settings_changed
from codegen.compat.versions.channels import tag_of
from codegen.compat.versions.media import media_key
from codegen.compat.versions.version import Version, Versions
from codegen.ir import facts
from codegen.ir import model as ir
from codegen.ir import operations as ops

SAFE, BREAKING = Verdict.COMPATIBLE, Verdict.BREAKING

Told: TypeAlias = tuple[ir.SchemaId | None, ir.Direction]
"""A payload, and a direction in which it travels."""


@dataclass(frozen=True, slots=True)
class Messages:
    """Compares messages. `events` are the payloads of events that other findings tell
    of, in some direction."""

    versions: Versions
    exchanges: Exchanges
    events: frozenset[Told]

    def compare(
        self,
        record: Record,
        direction: ir.Direction,
        where: tuple[ops.Part, ops.Part],
        old: tuple[ops.MessagePart, ...],
        new: tuple[ops.MessagePart, ...],
    ) -> None:
        found = self.versions.messages(old, new)
        forward = direction is ir.Direction.CLIENT_TO_SERVER
        for one in found.gone:
            known = new if forward else None
            self.lone(record, direction, one, (one, where[1]), known)
        for one in found.come:
            known = None if forward else old
            self.lone(record, direction, one, (where[0], one), known)
        for a, b in found.both:
            self.pair(record, direction, a, b)

    def lone(
        self,
        record: Record,
        direction: ir.Direction,
        one: ops.MessagePart,
        places: tuple[ops.Part, ops.Part],
        known: tuple[ops.MessagePart, ...] | None,
    ) -> None:
        """A message that only one version has. If that is the writer's, the reader has
        those that are `known`, and may take it for one of them."""
        if (one.payload, direction) in self.events:
            return
        gone = places[0] is one
        rule = rules.MESSAGE_REMOVED if gone else rules.MESSAGE_ADDED
        witness, written = None, known is not None
        if known is not None:
            others = self._alike(direction, one, known)
            target = one.payload
            witness = self.exchanges.payload(direction, one.key, target, others)
            written = witness is not None or not self.exchanges.taken(
                direction, target, others
            )
        harm = BREAKING if gone else Verdict.RISKY
        verdict = harm if written else SAFE
        message = f"message {one.key} was {'removed' if gone else 'added'}"
        reason = "who reads does not know it" if written and witness is None else ""
        record.add(
            rule, verdict, direction, message, *places, witness=witness, reason=reason
        )

    def _alike(
        self,
        direction: ir.Direction,
        one: ops.MessagePart,
        known: tuple[ops.MessagePart, ...],
    ) -> list[ir.SchemaId]:
        """The payloads of messages that an event may be taken for, which is known by
        its tag, not by its message: those of its content type that ask for no headers
        and say nothing else of those that it has. What clients send must be known by
        its tag there, too."""
        traffic = self.exchanges.traffic[direction]
        writer, reader = (0, 1) if traffic.forward else (1, 0)
        side = traffic.reader.side
        tags = self.versions.tags(not traffic.forward, one.payload)
        return [
            other.payload
            for other in known
            if tags
            and other.payload is not None
            and (not traffic.forward or tags <= tags_in(side, other.payload))
            and _media(other) == _media(one)
            and one_headers(self.versions, (writer, one), (reader, other))
        ]

    def pair(
        self,
        record: Record,
        direction: ir.Direction,
        a: ops.MessagePart,
        b: ops.MessagePart,
    ) -> None:
        what = f"message {b.key}"
        was, now = a.name or a.key, b.name or b.key
        if a.name != b.name and was != now:
            message = f"{what} was called {was} and is {now}"
            rule = rules.MESSAGE_NAME_CHANGED
            record.add(rule, SAFE, direction, message, a, b)
        elif a.name != b.name:
            record.reworded(f"name of {what}", a, b)
        if a.key != b.key:
            record.reworded(f"key of {what}", a, b)
        if _media(a) != _media(b):
            message = f"{what} was {a.content_type or 'of no stated type'}"
            message += f" and is {b.content_type or 'of no stated type'}"
            reason = "readers take its bytes for something else"
            rule = rules.CONTENT_TYPE_CHANGED
            record.add(rule, BREAKING, direction, message, a, b, reason=reason)
        elif a.content_type != b.content_type:
            record.reworded(f"content type of {what}", a, b)
        self._correlation(record, what, direction, a, b)
        self._headers(record, what, direction, a, b)
        bindings.compare(record, a, b, direction)
        bindings.stated(record, self.versions, what, direction, a, b)
        if (a.payload is None) is not (b.payload is None):
            came = b.payload is not None
            rule = rules.SCHEMA_STATED if came else rules.SCHEMA_UNSTATED
            message = f"the payload of {what} {'has' if came else 'has no'} schema"
            forward = direction is ir.Direction.CLIENT_TO_SERVER
            verdict = BREAKING if came is forward else SAFE
            reason = "any value may be written, and not every one is taken"
            reason = "" if verdict is SAFE else reason
            record.add(rule, verdict, direction, message, a, b, reason=reason)
        record.compare(what, a, b)

    def _correlation(
        self,
        record: Record,
        what: str,
        direction: ir.Direction,
        a: ops.MessagePart,
        b: ops.MessagePart,
    ) -> None:
        """Where readers look for what tells which messages belong together; those that
        do not look for it miss nothing."""
        key = "correlationId"
        reader = a if direction is ir.Direction.SERVER_TO_CLIENT else b
        harm = reader.settings.get(key) is not None
        said = ({k: v for k, v in m.settings.items() if k == key} for m in (a, b))
        for _, message in settings_changed(*said):
            reason = "readers look for it where it is not" if harm else ""
            rule, told = rules.CORRELATION_ID_CHANGED, f"{what}: {message}"
            verdict = BREAKING if harm else SAFE
            record.add(rule, verdict, direction, told, a, b, reason=reason)

    def _headers(
        self,
        record: Record,
        what: str,
        direction: ir.Direction,
        a: ops.MessagePart,
        b: ops.MessagePart,
    ) -> None:
        if (a.headers is None) is (b.headers is None):
            return
        came = b.headers is not None
        target = b.headers if came else a.headers
        side = self.versions.new if came else self.versions.old
        assert target is not None
        forward = direction is ir.Direction.CLIENT_TO_SERVER
        needed = requires(side.module, target)
        verdict = BREAKING if needed and came is forward else SAFE
        rule = rules.HEADERS_ADDED if came else rules.HEADERS_REMOVED
        message = f"{what} {'has headers now' if came else 'has no headers any more'}"
        reason = "" if verdict is SAFE else "required ones are not sent"
        record.add(rule, verdict, direction, message, a, b, reason=reason)


def _media(message: ops.MessagePart | ir.Message) -> str:
    """A content type as it is compared; JSON where nothing is said."""
    return media_key(message.content_type or "application/json")


def tags_in(side: Side, target: ir.SchemaId) -> set[str]:
    """The tags of all alternatives of a payload."""
    try:
        every = side.expand((side.module.schemas[target],)).all()
        return {tag_of(side, form) for form in every}
    except TooManyForms:
        return set()


def known_by_payload(versions: Versions) -> frozenset[str]:
    """The channels in which a message is known by its payload alone: all of both
    versions have one content type, and no headers that another one may not have."""
    old, new = (_by_channel(version) for version in (versions.old, versions.new))
    found: set[str] = set()
    for name in old.keys() & new.keys():
        every = [(0, one) for one in old[name]] + [(1, one) for one in new[name]]
        media = {_media(one) for _, one in every}
        if len(media) == 1 and one_headers(versions, *every):
            found.add(name)
    return frozenset(found)


def _by_channel(version: Version) -> dict[str, list[ir.Message]]:
    """The messages with the payloads of a channel's events, of each that has any."""
    carrying: dict[ir.SchemaId | None, list[ir.Message]] = {}
    for message in version.module.messages:
        carrying.setdefault(message.payload, []).append(message)
    found: dict[str, list[ir.Message]] = {}
    for name, channel in version.roots.channels.items():
        for payload in dict.fromkeys(event.schema for event in channel.events):
            if payload in carrying:
                found.setdefault(name, []).extend(carrying[payload])
    return found


_DECLARING: Final = (ir.Type, ir.Properties, ir.Required)


def one_headers(
    versions: Versions, *messages: tuple[int, ops.MessagePart | ir.Message]
) -> bool:
    """Whether the headers of one message may stand in the place of those of another,
    each of the old version (0) or of the new one (1): none asks for any, and what
    several have means the same."""
    known: dict[str, object] = {}
    for number, message in messages:
        if message.headers is None:
            continue
        module = (versions.old, versions.new)[number].module
        schema = facts.unwrap(module, module.schemas[message.headers])
        plain = all(isinstance(a, _DECLARING) for a in schema.assertions)
        if not plain or requires(module, message.headers):
            return False
        for name, some in facts.properties(module, schema).items():
            meant = tuple(versions.classes.of(number, one) for one in some)
            if known.setdefault(name, meant) != meant:
                return False
    return True
