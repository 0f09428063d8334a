"""Random edits of AsyncAPI documents, which may change what travels or only say it
otherwise."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from tests.property.frames import documents
from tests.property.frames.documents import SHARED, Spec


@dataclass(slots=True)
class Place:
    """A document, with a channel and a message of it that were picked."""

    rng: random.Random
    spec: Spec
    channel: str
    message: str

    @property
    def messages(self) -> dict[str, Spec]:
        """The messages of the channel."""
        found: dict[str, Spec] = self.spec["channels"][self.channel]["messages"]
        return found

    @property
    def payload(self) -> Spec:
        """The payload of the message, of one that is shared that of all; of several the
        first."""
        found: Spec = self.messages[self.message]["payload"]
        while "$ref" in found or "oneOf" in found:
            if "$ref" in found:
                found = self.spec["components"]["schemas"][documents.last(found)]
            else:
                found = found["oneOf"][0]
        return found

    def operation(self) -> Spec:
        """One of the operations; none of the document where there are none."""
        every = list(self.spec["operations"].values())
        return self.rng.choice(every) if every else {}

    def renamed(self, old: str, new: str) -> None:
        """Have all references to a place lead to another one."""
        text = json.dumps(self.spec)
        text = text.replace(f'"{old}"', f'"{new}"').replace(f'"{old}/', f'"{new}/')
        self.spec.clear()
        self.spec.update(json.loads(text))


def edited(spec: Spec, rng: random.Random) -> Spec:
    """A copy of a document with one edit; some find nothing to do."""
    found = copy.deepcopy(spec)
    channel = rng.choice(list(found["channels"]))
    name = rng.choice(list(found["channels"][channel]["messages"]))
    rng.choice(EDITS)(Place(rng, found, channel, name))
    return found


# --- payloads ----------------------------------------------------------------------


def member_changed(at: Place) -> None:
    at.payload.setdefault("properties", {})[at.rng.choice("xyz")] = documents.member(
        at.rng
    )


def member_removed(at: Place) -> None:
    held = at.payload
    for name in [one for one in held.get("properties", ()) if one != "type"][:1]:
        del held["properties"][name]
        held["required"] = [one for one in held.get("required", ()) if one != name]


def requirement_turned(at: Place) -> None:
    _turn(at.payload, at.rng.choice("xyz"))


def openness_turned(at: Place) -> None:
    if at.payload.pop("additionalProperties", None) is None:
        at.payload["additionalProperties"] = False


def tag_changed(at: Place) -> None:
    tag = at.payload.get("properties", {}).get("type", {})
    if "const" in tag:
        tag["const"] = at.rng.choice("mno")


def payload_extracted(at: Place) -> None:
    held = at.messages[at.message]
    if "$ref" not in held["payload"]:
        name = f"Of{at.message}{at.channel}"
        at.spec["components"]["schemas"][name] = held["payload"]
        held["payload"] = {"$ref": SHARED + name}


def payload_shared(at: Place) -> None:
    name = at.rng.choice(sorted(at.spec["components"]["schemas"]))
    at.messages[at.message]["payload"] = {"$ref": SHARED + name}


def schema_renamed(at: Place) -> None:
    name = at.rng.choice(sorted(at.spec["components"]["schemas"]))
    at.renamed(SHARED + name, f"{SHARED}{name}s")
    schemas = at.spec["components"]["schemas"]
    at.spec["components"]["schemas"] = _called(schemas, name, f"{name}s")


def headers_changed(at: Place) -> None:
    held = at.messages[at.message]
    known = held.get("headers")
    if known is None or at.rng.random() < 0.3:
        held["headers"] = documents.headers(at.rng)
    elif at.rng.random() < 0.3:
        del held["headers"]
    else:
        _turn(known, at.rng.choice(list(known["properties"])))


def _turn(schema: Spec, name: str) -> None:
    """Have a member required that was not, or the other way round."""
    if name in schema.get("properties", ()):
        known = schema.get("required", [])
        rest = [one for one in known if one != name]
        schema["required"] = rest if name in known else [*known, name]


# --- messages ----------------------------------------------------------------------


def message_added(at: Place) -> None:
    free = [name for name in ("m", "n", "o", "q") if name not in at.messages]
    if len(at.messages) < 3 and free:
        schemas = sorted(at.spec["components"]["schemas"])
        at.messages[free[0]] = documents.message(at.rng, free[0], schemas)


def message_removed(at: Place) -> None:
    if len(at.messages) < 2:
        return
    del at.messages[at.message]
    gone = documents.reference(at.channel, at.message)
    for key, one in list(at.spec["operations"].items()):
        for holder in (one, one.get("reply", {})):
            if "messages" in holder:
                kept = [ref for ref in holder["messages"] if ref != gone]
                holder["messages"] = kept
        if not one.get("reply", {}).get("messages", True):
            del one["reply"]
        if not one.get("messages", True):
            del at.spec["operations"][key]


def message_renamed(at: Place) -> None:
    new, there = f"{at.message}r", f"#/channels/{at.channel}/messages/"
    at.renamed(there + at.message, there + new)
    held = at.spec["channels"][at.channel]
    held["messages"] = _called(held["messages"], at.message, new)


def messages_joined(at: Place) -> None:
    every = at.spec["operations"].values()
    named = any("messages" in one or "reply" in one for one in every)
    if len(at.messages) < 2 or named:
        return
    one, other = at.rng.sample(list(at.messages), 2)
    many = [at.messages[name]["payload"] for name in (one, other)]
    at.messages[one] = {"payload": {"oneOf": many}}
    del at.messages[other]


def payloads_exchanged(at: Place) -> None:
    if len(at.messages) > 1:
        a, b = (at.messages[n] for n in at.rng.sample(list(at.messages), 2))
        a["payload"], b["payload"] = b["payload"], a["payload"]


def names_exchanged(at: Place) -> None:
    if len(at.messages) > 1:
        a, b = at.rng.sample(list(at.messages), 2)
        at.messages[a], at.messages[b] = at.messages[b], at.messages[a]


# --- channels and operations --------------------------------------------------------


def action_turned(at: Place) -> None:
    if one := at.operation():
        one["action"] = "send" if one["action"] == "receive" else "receive"


def address_changed(at: Place) -> None:
    address = at.rng.choice(("at/one", "at/two", "at/three"))
    at.spec["channels"][at.channel]["address"] = address


def channel_renamed(at: Place) -> None:
    new = f"{at.channel}c"
    at.renamed(f"#/channels/{at.channel}", f"#/channels/{new}")
    at.spec["channels"] = _called(at.spec["channels"], at.channel, new)


def operation_removed(at: Place) -> None:
    for key in list(at.spec["operations"])[:1]:
        del at.spec["operations"][key]


def operation_added(at: Place) -> None:
    action = at.rng.choice(("send", "receive"))
    found = documents.operation(at.rng, action, at.channel, list(at.messages))
    at.spec["operations"][f"more{len(at.spec['operations'])}"] = found


def operation_renamed(at: Place) -> None:
    for key in list(at.spec["operations"])[:1]:
        at.spec["operations"] = _called(at.spec["operations"], key, f"{key}o")


def operation_narrowed(at: Place) -> None:
    one = at.operation()
    if not one or one.pop("messages", None):
        return
    channel = documents.last(one["channel"])
    names = list(at.spec["channels"][channel]["messages"])
    one["messages"] = documents.some(at.rng, channel, names)


def reply_changed(at: Place) -> None:
    one = at.operation()
    if one and (at.rng.random() < 0.7 or not one.pop("reply", None)):
        one["reply"] = documents.reply(at.rng, at.channel, list(at.messages))


def _called(known: dict[str, Any], old: str, new: str) -> dict[str, Any]:
    """The same mapping with another key at the place of one."""
    return {new if key == old else key: value for key, value in known.items()}


EDITS: Final[tuple[Callable[[Place], None], ...]] = (
    *(member_changed, member_removed, requirement_turned, openness_turned),
    *(tag_changed, payload_extracted, payload_shared, schema_renamed),
    *(headers_changed, headers_changed, headers_changed),
    *(message_added, message_removed, message_renamed, messages_joined),
    *(payloads_exchanged, names_exchanged, action_turned, address_changed),
    *(channel_renamed, operation_removed, operation_added, operation_renamed),
    *(operation_narrowed, reply_changed),
)
