"""Random edits of facts, and of names, which are none."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from typing import Final

from tests.property.deliveries import facts as made
from tests.property.deliveries.facts import Facts


def edited(facts: Facts, rng: random.Random) -> tuple[str, Facts]:
    """A copy with one edit, and what it is called."""
    found = copy.deepcopy(facts)
    edit = rng.choice(EDITS)
    edit(found, rng)
    return edit.__name__, found


def _any(rng: random.Random, many: Facts) -> Facts:
    found: Facts = many[rng.choice(sorted(many))]
    return found


def _message(facts: Facts, rng: random.Random) -> Facts:
    return _any(rng, _any(rng, facts["channels"])["messages"])


# --- servers and security ----------------------------------------------------------


def server_changed(facts: Facts, rng: random.Random) -> None:
    one, other = _any(rng, facts["servers"]), made.server(rng, facts["schemes"])
    one |= {key: other[key] for key in ("host", "variables", rng.choice(sorted(other)))}


def server_added(facts: Facts, rng: random.Random) -> None:
    facts["servers"].setdefault("asia", made.server(rng, facts["schemes"]))


def server_removed(facts: Facts, rng: random.Random) -> None:
    if len(facts["servers"]) > 1:
        gone = rng.choice(sorted(facts["servers"]))
        del facts["servers"][gone]
        for channel in facts["channels"].values():
            if channel["on"] is not None:
                on = [name for name in channel["on"] if name != gone]
                channel["on"] = on or None


def server_renamed(facts: Facts, rng: random.Random) -> None:
    old, new = rng.choice(sorted(facts["servers"])), "renamed"
    facts["servers"] = _called(facts["servers"], old, new)
    for channel in facts["channels"].values():
        if channel["on"] is not None:
            channel["on"] = [new if name == old else name for name in channel["on"]]


def variable_changed(facts: Facts, rng: random.Random) -> None:
    one = _any(rng, facts["servers"])
    one["variables"] = {key: made.variable(rng) for key in one["variables"]}


def security_changed(facts: Facts, rng: random.Random) -> None:
    _any(rng, {**facts["servers"], **facts["actions"]})["ways"] = made.ways(
        rng, facts["schemes"]
    )


def security_dropped(facts: Facts, rng: random.Random) -> None:
    _any(rng, {**facts["servers"], **facts["actions"]})["ways"] = []


def scopes_changed(facts: Facts, rng: random.Random) -> None:
    for one in (*facts["servers"].values(), *facts["actions"].values()):
        for way in one["ways"]:
            if "scopes" in facts["schemes"][way["scheme"]] and rng.random() < 0.7:
                way["scopes"] = made.scopes(rng)


def scheme_renamed(facts: Facts, rng: random.Random) -> None:
    old = rng.choice(sorted(facts["schemes"]))
    facts["schemes"] = _called(facts["schemes"], old, f"{old}s")
    for one in (*facts["servers"].values(), *facts["actions"].values()):
        for way in one["ways"]:
            way["scheme"] = f"{old}s" if way["scheme"] == old else way["scheme"]


# --- channels ----------------------------------------------------------------------


def parameter_changed(facts: Facts, rng: random.Random) -> None:
    channel = _any(rng, facts["channels"])
    for name in list(channel["parameters"])[:1]:
        channel["parameters"][name]["values"] = made.variable(rng)


def parameters_exchanged(facts: Facts, rng: random.Random) -> None:
    """The names go to each other's place."""
    channel = _any(rng, facts["channels"])
    text = channel["address"].replace("{room}", "{}").replace("{lamp}", "{room}")
    if "{}" in text and "{room}" in text:
        channel["address"] = text.replace("{}", "{lamp}")


def parameter_renamed(facts: Facts, rng: random.Random) -> None:
    channel = _any(rng, facts["channels"])
    channel["address"] = channel["address"].replace("{room}", "{hall}")
    channel["parameters"] = _called(channel["parameters"], "room", "hall")


def address_changed(facts: Facts, rng: random.Random) -> None:
    channel = _any(rng, facts["channels"])
    channel["address"] = channel["address"].replace("lamps", "lights")


def servers_of_channel_changed(facts: Facts, rng: random.Random) -> None:
    servers = sorted(facts["servers"])
    other = made.channel(rng, "", servers)
    _any(rng, facts["channels"])["on"] = other["on"]


def channel_renamed(facts: Facts, rng: random.Random) -> None:
    old = rng.choice(sorted(facts["channels"]))
    facts["channels"] = _called(facts["channels"], old, f"{old}s")
    for action in facts["actions"].values():
        if action["channel"] == old:
            action["channel"] = f"{old}s"


# --- messages ----------------------------------------------------------------------


def default_changed(facts: Facts, rng: random.Random) -> None:
    facts["default"] = rng.choice(made.MEDIA)


def message_changed(facts: Facts, rng: random.Random) -> None:
    one, other = _message(facts, rng), made.message(rng)
    key = rng.choice(sorted(other))
    one[key] = other[key]


def message_redone(facts: Facts, rng: random.Random) -> None:
    _message(facts, rng).update(made.message(rng))


def messages_of_action_changed(facts: Facts, rng: random.Random) -> None:
    action = _any(rng, facts["actions"])
    action["messages"] = rng.sample(made.KINDS, rng.randint(1, 2))


def action_renamed(facts: Facts, rng: random.Random) -> None:
    old = rng.choice(sorted(facts["actions"]))
    facts["actions"] = _called(facts["actions"], old, f"{old}s")


def nothing(facts: Facts, rng: random.Random) -> None:
    """The same facts are written otherwise."""


def _called(known: Facts, old: str, new: str) -> Facts:
    return {new if key == old else key: value for key, value in known.items()}


EDITS: Final[tuple[Callable[[Facts, random.Random], None], ...]] = (
    *(server_changed, server_added, server_removed, server_renamed, variable_changed),
    *(security_changed, security_dropped, scopes_changed, scheme_renamed),
    *(parameter_changed, parameters_exchanged, parameter_renamed, address_changed),
    *(servers_of_channel_changed, channel_renamed, default_changed),
    *(message_changed, message_changed, message_redone, messages_of_action_changed),
    *(action_renamed,),
)
