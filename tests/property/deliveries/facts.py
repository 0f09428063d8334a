"""What documents say, before they are written down."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from typing import Any, Final

Facts = dict[str, Any]

SCHEMES: Final[dict[str, Facts]] = {
    "key": {"type": "userPassword"},
    "token": {"type": "http", "scheme": "bearer"},
    "oauth": {"type": "oauth2", "scopes": ["read", "write"]},
}
ADDRESSES: Final = ("lamps/{room}/{lamp}", "lamps/{room}", "lamps")
MEDIA: Final = ("application/json", "application/cbor", "text/plain")
LOCATIONS: Final = ("$message.header#/id", "$message.payload#/id")
VALUES: Final = ("a", "b", "c")
KINDS: Final = ("told", "turned")


def facts(rng: random.Random) -> Facts:
    """One or two servers and channels, with one or two actions each."""
    servers = {name: server(rng) for name in ("eu", "us")[: rng.randint(1, 2)]}
    found: Facts = {
        "default": rng.choice(MEDIA),
        "schemes": copy.deepcopy(SCHEMES),
        "servers": servers,
        "channels": {},
        "actions": {},
    }
    for address in rng.sample(ADDRESSES, rng.randint(1, 2)):
        key = f"channel{len(found['channels'])}"
        found["channels"][key] = channel(rng, address, sorted(servers))
        for verb in rng.choice((["receive"], ["send"], ["receive", "send"])):
            name = f"{verb}{key}"
            found["actions"][name] = {
                "verb": verb,
                "channel": key,
                "messages": rng.sample(KINDS, rng.randint(1, 2)),
                "ways": ways(rng) if rng.random() < 0.4 else [],
            }
    return found


def server(rng: random.Random, schemes: Facts = SCHEMES) -> Facts:
    """A server at one address, or at several by a variable."""
    host = rng.choice(("{region}.example.com", "a.example.com", "b.example.com"))
    variables = {"region": variable(rng)} if "{" in host else {}
    return {
        "protocol": rng.choice(("kafka", "mqtt")),
        "host": host,
        "pathname": rng.choice(("", "", "/v1")),
        "variables": variables,
        "ways": ways(rng, schemes) if rng.random() < 0.6 else [],
    }


def variable(rng: random.Random) -> list[str] | None:
    """The values that may stand in an address; None stands for any."""
    if rng.random() < 0.3:
        return None
    return rng.sample(VALUES, rng.randint(1, 3))


def ways(rng: random.Random, schemes: Facts = SCHEMES) -> list[Facts]:
    """Ways to get in: each is a scheme with the scopes that it needs."""
    return [
        {"scheme": name, "scopes": scopes(rng) if "scopes" in schemes[name] else []}
        for name in rng.sample(sorted(schemes), rng.randint(1, 2))
    ]


def scopes(rng: random.Random) -> list[str]:
    """The scopes that are needed."""
    return sorted(rng.sample(("read", "write"), rng.randint(0, 2)))


def channel(rng: random.Random, address: str, servers: list[str]) -> Facts:
    """A channel with both kinds of messages, on all servers or on some."""
    names = [name for name in ("room", "lamp") if f"{{{name}}}" in address]
    on = (
        None
        if rng.random() < 0.5
        else rng.sample(servers, rng.randint(1, len(servers)))
    )
    return {
        "address": address,
        "parameters": {name: parameter(rng) for name in names},
        "on": on,
        "messages": {name: message(rng) for name in KINDS},
    }


def parameter(rng: random.Random) -> Facts:
    """What a part of an address may be, and where it is found in messages."""
    location = rng.choice(LOCATIONS) if rng.random() < 0.2 else None
    return {"values": variable(rng), "location": location}


def message(rng: random.Random) -> Facts:
    """A message; None stands for what it does not say."""

    def maybe(make: Callable[[], Any]) -> Any:
        return make() if rng.random() < 0.4 else None

    return {
        "media": maybe(lambda: rng.choice(MEDIA)),
        "correlation": maybe(lambda: rng.choice(LOCATIONS)),
        "headers": maybe(lambda: members(rng)),
        "key": maybe(lambda: text(rng)),
        "http": maybe(lambda: members(rng)),
    }


def members(rng: random.Random) -> Facts:
    """By name, how long a text may be, and whether it must be there."""
    names = rng.sample("gh", rng.randint(1, 2))
    return {name: [rng.choice((1, 3)), rng.random() < 0.3] for name in names}


def text(rng: random.Random) -> Facts:
    """A text of some length, or a number."""
    return rng.choice(({"type": "string", "maxLength": 1}, {"type": "string"}))
