"""Which frames travel by a document: an independent model.

A frame is an object with the members of its payload and, behind `h:`, of its headers.
Senders write what their schema declares, as `codegen diff` takes it.
"""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

from jsonschema import Draft7Validator

from codegen.ir import model as ir
from tests.property.frames.documents import Spec, last

Traffic: TypeAlias = dict[str, list[Spec]]
"""By the address of a channel, the schemas of the frames in it."""

_VALUES: Final[tuple[Any, ...]] = (
    0,
    1.5,
    7,
    "a",
    "b",
    "abcdef",
    True,
    None,
    [],
    [1],
    ["a"],
    {},
)
REPLIES: Final = "replies "

_MANY: Final = 120
_EVERY: Final = 4_000


def traffic(spec: Spec, way: ir.Direction) -> Traffic:
    """What travels in a direction, replies apart; the document is the server's."""
    found: Traffic = {}
    action = "receive" if way is ir.Direction.CLIENT_TO_SERVER else "send"
    for one in spec["operations"].values():
        if one["action"] == action:
            _add(found, spec, one, "")
        elif "reply" in one:
            _add(found, spec, one["reply"], REPLIES)
    return found


def _add(found: Traffic, spec: Spec, holder: Spec, kind: str) -> None:
    channel = spec["channels"][last(holder["channel"])]
    names = [last(ref) for ref in holder.get("messages", ())] or channel["messages"]
    there = found.setdefault(f"{kind}{channel['address']}", [])
    there += (_frame(spec, channel["messages"][name]) for name in names)


def rejected(
    old: Spec, new: Spec, way: ir.Direction, rng: random.Random
) -> tuple[str, Any] | None:
    """A frame that may be sent in a direction and is rejected, with its address: by old
    clients to a new server, or by a new server to old clients that listen there."""
    forward = way is ir.Direction.CLIENT_TO_SERVER
    writes, reads = traffic(old, way), traffic(new, way)
    if not forward:
        writes, reads = reads, writes
    for address, schemas in writes.items():
        known = reads.get(address, [])
        # Who does not listen rejects nothing, and nobody replies to what is not sent.
        if not known and (not forward or address.startswith(REPLIES)):
            continue
        for frame in _frames(schemas, rng):
            sent = any(_is_sent(one, frame) for one in schemas)
            if sent and not any(_takes(one, frame) for one in known):
                return address, frame
    return None


def _frame(spec: Spec, message: Spec) -> Spec:
    """The schema of the frames of a message."""
    return _with_headers(_resolved(spec, message["payload"]), message.get("headers"))


def _with_headers(payload: Spec, headers: Spec | None) -> Spec:
    if "oneOf" in payload:
        return {"oneOf": [_with_headers(one, headers) for one in payload["oneOf"]]}
    members, required = payload.get("properties", {}), payload.get("required", [])
    if headers is not None:
        own = headers["properties"].items()
        members = members | {f"h:{name}": value for name, value in own}
        required = [*required, *(f"h:{name}" for name in headers["required"])]
    found = {**payload, "properties": members, "required": required}
    if "additionalProperties" in payload:
        found["patternProperties"] = {"^h:": {}}
    return found


def _resolved(spec: Spec, schema: Spec) -> Spec:
    while "$ref" in schema:
        schema = spec["components"]["schemas"][last(schema)]
    if "oneOf" in schema:
        return {"oneOf": [_resolved(spec, one) for one in schema["oneOf"]]}
    return schema


def _takes(schema: Spec, value: Any) -> bool:
    return bool(Draft7Validator(schema).is_valid(value))


def _is_sent(schema: Spec, frame: Any) -> bool:
    """Whether a sender may write a frame: it has no member that is not declared, unless
    none is."""
    if "oneOf" in schema:
        branches = schema["oneOf"]
        return _takes(schema, frame) and any(_is_sent(one, frame) for one in branches)
    own = {key: said for key, said in schema.items() if key != "patternProperties"}
    if own["properties"]:
        own["additionalProperties"] = False
    return _takes(own, frame)


def _branches(schema: Spec) -> Iterator[Spec]:
    if "oneOf" not in schema:
        yield schema
    for one in schema.get("oneOf", ()):
        yield from _branches(one)


def _frames(schemas: Sequence[Spec], rng: random.Random) -> Iterator[Any]:
    """Frames with all combinations of what the members of some schemas may hold; a
    sample of them, where there are many."""
    branches = [branch for one in schemas for branch in _branches(one)]
    told: dict[str, list[Any]] = {}
    for branch in branches:
        for name, member in branch["properties"].items():
            told.setdefault(name, []).extend(_edges(member))
    for branch in branches:
        ways = [
            _ways(name, member, told[name], needed=name in branch["required"])
            for name, member in branch["properties"].items()
        ]
        every = list(itertools.islice(itertools.product(*ways), _EVERY))
        for way in rng.sample(every, min(_MANY, len(every))):
            yield dict(pair for pair in way if pair)


def _ways(
    name: str, member: Spec, values: Sequence[Any], *, needed: bool
) -> list[tuple[str, Any] | None]:
    """What a frame may have in the place of a member; None is nothing."""
    apart = {json.dumps(value): value for value in (*_VALUES, *values)}
    found = [(name, value) for value in apart.values() if _takes(member, value)]
    return [*found] if needed else [None, *found]


def _edges(member: Mapping[str, Any]) -> Iterator[Any]:
    """Values at the edges of what a member may hold."""
    if "const" in member:
        yield member["const"]
    yield from member.get("enum", ())
    if "minimum" in member:
        yield from (member["minimum"], member["minimum"] - 1)
    if "maxLength" in member:
        yield from ("a" * member["maxLength"], "a" * (member["maxLength"] + 1))
