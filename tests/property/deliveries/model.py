"""Which deliveries go wrong between two versions, judged by their facts alone."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from codegen.ir import model as ir
from tests.property.deliveries.facts import Facts

_FREE: Final = "zz"
"""Stands in an address for what may be anything."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where messages are handed over, and what one has to show there."""

    server: str
    address: str
    shown: tuple[tuple[str, tuple[str, ...]], ...]
    name: str
    action: Facts
    channel: Facts


def places(facts: Facts, verb: str) -> Iterator[Place]:
    """Every place at which the described application receives or sends."""
    for key, action in facts["actions"].items():
        if action["verb"] != verb:
            continue
        channel = facts["channels"][action["channel"]]
        texts = {k: one["values"] for k, one in channel["parameters"].items()}
        for name, server in facts["servers"].items():
            if channel["on"] is not None and name not in channel["on"]:
                continue
            for at in filled(_server(server), server["variables"]):
                for address in filled(channel["address"], texts):
                    for shown in _shown(facts, server["ways"], action["ways"]):
                        yield Place(at, address, shown, key, action, channel)


def _server(server: Facts) -> str:
    return f"{server['protocol']}://{server['host']}{server['pathname']}"


def filled(template: str, values: dict[str, list[str] | None]) -> Iterator[str]:
    """What a template stands for."""
    names = re.findall(r"\{(\w+)\}", template)
    for chosen in itertools.product(*(values[name] or [_FREE, "a"] for name in names)):
        given = dict(zip(names, chosen, strict=True))
        yield template.format_map(given)


def stands_for(template: str, values: dict[str, list[str] | None], text: str) -> bool:
    """Whether a template stands for a text."""
    parts = re.split(r"\{(\w+)\}", template)
    pattern = "".join(
        (
            re.escape(part)
            if index % 2 == 0
            else f"(?:{'|'.join(map(re.escape, values[part] or ['[^/]+']))})"
        )
        for index, part in enumerate(parts)
    )
    return re.fullmatch(pattern.replace(re.escape("[^/]+"), "[^/]+"), text) is not None


def _shown(facts: Facts, *asked: list[Facts]) -> Iterator[Any]:
    """What a sender may show who shows what is asked, and no more."""
    for chosen in itertools.product(*(ways or [{}] for ways in asked)):
        shown: dict[str, set[str]] = {}
        for way in chosen:
            if way:
                shown.setdefault(_scheme(facts, way), set()).update(way["scopes"])
        yield tuple(sorted((k, tuple(sorted(v))) for k, v in shown.items()))


def _scheme(facts: Facts, way: Facts) -> str:
    scheme = facts["schemes"][way["scheme"]]
    return json.dumps({k: v for k, v in scheme.items() if k != "scopes"})


def _suffices(facts: Facts, ways: list[Facts], place: Place) -> bool:
    shown = dict(place.shown)
    return not ways or any(
        _scheme(facts, way) in shown
        and set(way["scopes"]) <= set(shown[_scheme(facts, way)])
        for way in ways
    )


# --- where it goes wrong -----------------------------------------------------------


def lost(old: Facts, new: Facts, verb: str) -> str:
    """A place of old clients where the new application does not do what it did; empty
    if there is none. Who listens is not harmed by an application that sends less, so
    one action that went does none, and what came elsewhere is another one."""
    for place in places(old, verb):
        if verb == "send" and not _is_there(new, place):
            continue
        if not any(True for _ in _met(new, place, verb)):
            return f"{place.server} {place.address} with {place.shown}"
    return ""


def _is_there(facts: Facts, place: Place) -> bool:
    """Whether the action that sends at a place is there, by its name or its address."""
    if place.name in facts["actions"]:
        return True
    sending = (a for a in facts["actions"].values() if a["verb"] == "send")
    channels = facts["channels"]
    addresses = {_plain(channels[action["channel"]]["address"]) for action in sending}
    return _plain(place.channel["address"]) in addresses


def _plain(template: str) -> str:
    return re.sub(r"\{\w+\}", "{}", template)


def _met(facts: Facts, place: Place, verb: str) -> Iterator[tuple[Facts, Facts]]:
    """The actions, with their channels, that somebody meets at a place."""
    for action in facts["actions"].values():
        channel = facts["channels"][action["channel"]]
        texts = {k: one["values"] for k, one in channel["parameters"].items()}
        here = action["verb"] == verb and stands_for(
            channel["address"], texts, place.address
        )
        if not here or not _suffices(facts, action["ways"], place):
            continue
        for name, server in facts["servers"].items():
            on = channel["on"] is None or name in channel["on"]
            same = stands_for(_server(server), server["variables"], place.server)
            if on and same and _suffices(facts, server["ways"], place):
                yield action, channel


def rejected(old: Facts, new: Facts, way: ir.Direction) -> str:
    """A message that old clients send and the new server rejects, or the other way
    round; empty if there is none."""
    forward = way is ir.Direction.CLIENT_TO_SERVER
    verb = "receive" if forward else "send"
    for place in places(old, verb):
        met = _met(new, place, verb)
        theirs = [one for found in met for one in _messages(new, *found)]
        ours = list(_messages(old, place.action, place.channel))
        writes, reads = (ours, theirs) if forward else (theirs, ours)
        for kind, message in writes:
            faults = [_fault(message, read) for name, read in reads if name == kind]
            # A kind that old clients do not know is risky, whatever it holds.
            if theirs and all(faults) and (forward or faults):
                return f"{kind} at {place.address}: {faults}"
    return ""


def _messages(
    facts: Facts, action: Facts, channel: Facts
) -> Iterator[tuple[str, Facts]]:
    for kind in action["messages"]:
        message = channel["messages"][kind]
        yield kind, {**message, "media": message["media"] or facts["default"]}


def _fault(written: Facts, read: Facts) -> str:
    """What is wrong with a message for who reads it."""
    if written["media"] != read["media"]:
        return "media"
    if read["correlation"] not in (None, written["correlation"]):
        return "correlation"
    for field in ("headers", "http"):
        if _members(written[field] or {}, read[field] or {}):
            return field
    return "key" if _longer(written["key"], read["key"]) else ""


def _members(written: Facts, read: Facts) -> bool:
    """Whether members may be written that are not as they are read."""
    for name, (most, needed) in read.items():
        longest, given = written.get(name, (0, False))
        if longest > most or (needed and not given):
            return True
    return False


def _longer(written: Facts | None, read: Facts | None) -> bool:
    """Whether a key may be written that is not read."""
    if read is None:
        return False
    most = 99 if written is None else written.get("maxLength", 99)
    return written is None or read.get("maxLength", 99) < most
