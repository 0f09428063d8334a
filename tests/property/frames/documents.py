"""Random AsyncAPI 3.0 documents of a few channels, and the same as AsyncAPI 2.6."""

from __future__ import annotations

import random
from typing import Any, Final

Spec = dict[str, Any]

_KINDS: Final = ("integer", "string", "boolean", "null", "number")
_MEMBERS: Final = ("a", "b", 0, 7, None)
SHARED: Final = "#/components/schemas/"


def document(rng: random.Random) -> Spec:
    """A document: one or two channels of up to three messages, and who sends them."""
    shared = {name: payload(rng, "") for name in ("Shared", "Other")}
    found: Spec = {
        "asyncapi": "3.0.0",
        "info": {"title": "Frames", "version": "1"},
        "channels": {},
        "operations": {},
        "components": {"schemas": shared},
    }
    for channel in ("one", "two")[: rng.randint(1, 2)]:
        names = rng.sample(("m", "n", "o"), rng.randint(1, 3))
        messages = {name: message(rng, name, sorted(shared)) for name in names}
        found["channels"][channel] = {"address": f"at/{channel}", "messages": messages}
        for action in rng.choice((["send"], ["receive"], ["send", "receive"])):
            key = f"op{len(found['operations'])}"
            found["operations"][key] = operation(rng, action, channel, names)
    return found


def operation(
    rng: random.Random, action: str, channel: str, messages: list[str]
) -> Spec:
    """An operation on a channel, mostly with all of its messages; some have replies."""
    found: Spec = {"action": action, "channel": {"$ref": f"#/channels/{channel}"}}
    if rng.random() < 0.1:
        found["messages"] = some(rng, channel, messages)
    if rng.random() < 0.2:
        found["reply"] = reply(rng, channel, messages)
    return found


def reply(rng: random.Random, channel: str, messages: list[str]) -> Spec:
    """What comes back of an operation, on a channel."""
    there = {"$ref": f"#/channels/{channel}"}
    return {"channel": there, "messages": some(rng, channel, messages)}


def some(rng: random.Random, channel: str, messages: list[str]) -> list[Spec]:
    """References to some messages of a channel."""
    names = rng.sample(messages, rng.randint(1, len(messages)))
    return [reference(channel, name) for name in names]


def reference(channel: str, name: str) -> Spec:
    """A reference to a message of a channel."""
    return {"$ref": f"#/channels/{channel}/messages/{name}"}


def message(rng: random.Random, name: str, shared: list[str]) -> Spec:
    """A message, with a payload of its own or one that several may have."""
    own = rng.random() < 0.6
    found: Spec = {
        "payload": payload(rng, name) if own else {"$ref": SHARED + rng.choice(shared)}
    }
    if rng.random() < 0.2:
        found["name"] = name.upper()
    if rng.random() < 0.15:
        found["contentType"] = "application/json"
    if rng.random() < 0.4:
        found["headers"] = headers(rng)
    return found


def payload(rng: random.Random, tag: str) -> Spec:
    """An object of up to two members, mostly with a tag, if there is one."""
    members = {name: member(rng) for name in rng.sample("xyz", rng.randint(0, 2))}
    required = [name for name in members if rng.random() < 0.5]
    if tag and rng.random() < 0.8:
        members = {"type": {"const": tag}, **members}
        required = ["type", *required]
    found: Spec = {"type": "object", "properties": members}
    if required:
        found["required"] = required
    if rng.random() < 0.25:
        found["additionalProperties"] = False
    return found


def member(rng: random.Random) -> Spec:
    """What one member of a payload holds."""
    makers = (
        lambda: {"type": rng.choice(_KINDS)},
        lambda: {"enum": rng.sample(_MEMBERS, rng.randint(1, 3))},
        lambda: {"type": "string", "maxLength": rng.choice((1, 3, 9))},
        lambda: {"type": "array", "items": {"type": rng.choice(_KINDS[:2])}},
        lambda: {"type": ["string", "null"]},
        lambda: {"type": "integer", "minimum": rng.choice((0, 1, 5))},
    )
    return rng.choice(makers)()


def headers(rng: random.Random) -> Spec:
    """The headers of a message."""
    kinds: tuple[Spec, ...] = (
        {"type": "string"},
        {"type": "integer"},
        {"enum": ["a", "b"]},
        {"type": "string", "maxLength": 1},
    )
    members = {name: rng.choice(kinds) for name in rng.sample("gh", rng.randint(1, 2))}
    required = [name for name in members if rng.random() < 0.4]
    return {"type": "object", "properties": members, "required": required}


def of_version_2(spec: Spec) -> Spec:
    """The same in AsyncAPI 2.6, which knows no replies, by the addresses of channels:
    what the application receives is what clients publish."""
    found: Spec = {"asyncapi": "2.6.0", "info": spec["info"], "channels": {}}
    found["components"] = spec["components"]
    for one in spec["operations"].values():
        channel = last(one["channel"])
        held = spec["channels"][channel]
        names = [last(ref) for ref in one.get("messages", ())] or list(held["messages"])
        word = "publish" if one["action"] == "receive" else "subscribe"
        there = found["channels"].setdefault(held["address"], {})
        many = there.setdefault(word, {"message": {"oneOf": []}})["message"]["oneOf"]
        for name in names:
            told = {"name": name, **held["messages"][name]}
            if told not in many:
                many.append(told)
    return found


def without_replies(spec: Spec) -> Spec:
    """The same without what comes back of operations."""
    kept = {
        key: {word: said for word, said in one.items() if word != "reply"}
        for key, one in spec["operations"].items()
    }
    return {**spec, "operations": kept}


def last(ref: Spec) -> str:
    """The name at the end of a reference."""
    return str(ref["$ref"]).rpartition("/")[2]
