"""Changes of what travels: channels, and schemas that came or went."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from codegen.compat import rules
from codegen.compat.findings import Finding, Verdict, Witness
from codegen.compat.normal.normalise import Side
from codegen.compat.operations.messages import known_by_payload
from codegen.compat.rules.rule import Rule
from codegen.compat.versions.channels import Channel
from codegen.compat.versions.pairing import Pairing
from codegen.compat.versions.version import Versions
from codegen.compat.witness.sampler import Sampler
from codegen.ir import model as ir
from codegen.ir import operations as ops
from codegen.oracle import Judge

_LOST: Final = (rules.EVENT_REMOVED, ir.Direction.CLIENT_TO_SERVER)


def findings(versions: Versions, sampler: Sampler) -> Iterator[Finding]:
    """All of them, in a fixed order. `sampler` makes documents of the old version."""
    pairs, sides = versions.pairs, versions.sides
    old, new = versions.old.roots, versions.new.roots
    # Where messages travel that may hold anything, the channel is there still.
    for channel in (c for c in pairs.gone_channels if c.name not in new.free):
        yield _channel_removed(channel, sides[0], sampler.judge, sampler)
    for channel in (c for c in pairs.come_channels if c.name not in old.free):
        names = tuple(event.title for event in channel.events)
        yield Finding(
            rules.CHANNEL_ADDED,
            Verdict.COMPATIBLE,
            channel.direction,
            channel.name,
            "",
            f"channel with {_events(names)} was added",
            None,
            sides[1].module.schemas[channel.union].location,
            affected=names,
        )
    yield from _schemas(pairs, sides)


def _events(names: tuple[str, ...]) -> str:
    return f"{len(names)} event{'s' * (len(names) != 1)}"


def moved(found: list[Finding]) -> list[Finding]:
    """An event that left one direction and joined the other is one finding."""
    gone = {f.event: f for f in found if f.about is rules.EVENT_REMOVED}
    come = {f.event: f for f in found if f.about is rules.EVENT_ADDED}
    both = {
        tag
        for tag in gone.keys() & come.keys()
        if gone[tag].direction is not come[tag].direction
    }
    result: list[Finding] = []
    for finding in found:
        if finding.event not in both or finding.about not in (
            rules.EVENT_REMOVED,
            rules.EVENT_ADDED,
        ):
            result.append(finding)
            continue
        harmful = finding.verdict is not Verdict.COMPATIBLE
        if not harmful and finding is not come[finding.event]:
            continue
        who = "server" if _sent_by_server(come[finding.event]) else "client"
        verdict = Verdict.BREAKING if harmful else finding.verdict
        result.append(
            replace(
                finding,
                about=rules.EVENT_MOVED,
                verdict=verdict,
                message=f"event {finding.event} is now sent by the {who}",
                old=gone[finding.event].old,
                new=come[finding.event].new,
            )
        )
    return result


def _sent_by_server(finding: Finding) -> bool:
    return finding.direction is ir.Direction.SERVER_TO_CLIENT


def retagged(found: list[Finding], old: Channel, new: Channel) -> list[Finding]:
    """Where events carry their tag in another property, that is the one finding."""
    if not old.tag or not new.tag or old.tag == new.tag:
        return found
    names = {event.name for event in (*old.events, *new.events)}
    pointers = {f"/properties/{old.tag}", f"/properties/{new.tag}"}
    about = [
        f
        for f in found
        if f.schema in names
        and f.pointer in pointers
        and f.direction in (old.direction, ir.Direction.UNKNOWN)
    ]
    if not about:
        return found
    first = max(about, key=lambda f: f.verdict.badness)
    one = replace(
        first,
        about=rules.TAG_PROPERTY_CHANGED,
        pointer="",
        message=f"events are told apart by {new.tag!r}, no longer by {old.tag!r}",
        affected=tuple(event.title for event in new.events),
    )
    rest = [f for f in found if f not in about]
    return [*rest, one]


def _channel_removed(
    channel: Channel, side: Side, judge: Judge, sampler: Sampler
) -> Finding:
    union = side.module.schemas[channel.union]
    names = tuple(event.title for event in channel.events)
    witness = None
    verdict = Verdict.COMPATIBLE
    if channel.direction is not ir.Direction.SERVER_TO_CLIENT:
        verdict = Verdict.UNKNOWN
        for value in sampler.some((union,)):
            if judge.valid_under(union, value):
                # There is no schema left that could accept it.
                witness = Witness(channel.name, value, True, False)
                verdict = Verdict.BREAKING
                break
    return Finding(
        rules.CHANNEL_REMOVED,
        verdict,
        channel.direction,
        channel.name,
        "",
        f"channel with {_events(names)} was removed",
        union.location,
        None,
        witness,
        affected=names,
    )


def named(found: list[Finding], versions: Versions) -> list[Finding]:
    """Without what is said of events that came or went and are taken for another
    message: those without a tag, those that clients no longer can send, and those of
    which headers have a say. By their names they are messages of their own, and what
    became of those is told elsewhere. An event that may come without its tag is called
    by its name."""
    sides = (rules.EVENT_REMOVED, versions.old), (rules.EVENT_ADDED, versions.new)
    by_payload = known_by_payload(versions)
    lone = {
        (rule, channel.name, called)
        for rule, version in sides
        for payloads in (_payloads(version.module.interface),)
        for channel in version.roots.channels.values()
        for event in channel.events
        for called in (event.title, event.name)
        if event.schema in payloads
        and not (
            event.tags
            and (rule, channel.direction) != _LOST
            and channel.name in by_payload
        )
    }
    return [
        one
        for one in found
        if one.verdict is not Verdict.COMPATIBLE
        or (one.about, one.schema, one.event) not in lone
    ]


def _payloads(interface: ops.Interface) -> frozenset[ir.SchemaId | None]:
    """What is sent, or comes as a reply."""
    holders = (h for a in interface.actions for h in (a, a.reply) if h is not None)
    return frozenset(m.payload for holder in holders for m in holder.messages)


# --- schemas -----------------------------------------------------------------------


def _schemas(pairs: Pairing, sides: tuple[Side, Side]) -> Iterator[Finding]:
    old, new = sides
    for before, after in pairs.renamed:
        if before not in old.named or after not in new.named or _of_channel(before):
            continue
        yield _schema(
            rules.SCHEMA_RENAMED,
            new.named[after],
            f"{old.named[before]} is now {new.named[after]}",
            old.module.schemas[before].location,
            new.module.schemas[after].location,
        )
    for name, target in old.module.names.items():
        if target not in pairs.partner and not _of_channel(target):
            where = old.module.schemas[target].location
            yield _schema(
                rules.SCHEMA_REMOVED, name, f"{name} was removed", where, None
            )
    for name, target in new.module.names.items():
        if pairs.free(target) and not _of_channel(target):
            where = new.module.schemas[target].location
            yield _schema(rules.SCHEMA_ADDED, name, f"{name} was added", None, where)


def _of_channel(target: ir.SchemaId) -> bool:
    """Whether a schema was made of a channel's messages; no document has its name."""
    return target.startswith("#channel/")


def _schema(
    rule: Rule,
    name: str,
    message: str,
    old: ir.Location | None,
    new: ir.Location | None,
) -> Finding:
    return Finding(
        rule, Verdict.COMPATIBLE, ir.Direction.UNKNOWN, name, "", message, old, new
    )
