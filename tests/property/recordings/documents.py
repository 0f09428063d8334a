"""Random specifications of events, which the model knows by their tags."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

Json: TypeAlias = Any
Schema: TypeAlias = dict[str, Json]

WAYS: Final = ("client_to_server", "server_to_client")
SCALARS: Final[tuple[Json, ...]] = (
    *(0, 1, -1, 7, 1.0, 1.5, 1e5, 2**63, -(10**30), True, False, None),
    *("", "a", "b", "abcdef", "é", "\ud800", "\U0001f600", "<b>", "::x::"),
)
_SPELLED: Final = tuple(one for one in SCALARS if one != "\ud800")
"""What a document may say: no file holds half a surrogate pair."""
_TAGS: Final[tuple[Json, ...]] = ("m", "n", "o.p", "q/r", "", "é", "~s", "*")
_PATHS: Final = (("type",),) * 4 + (("event.type",), ("meta", "kind"), ("a/b",))
_NAMES: Final = (
    *(("x", "y", "z/~", "*"),) * 4,
    ("data", "message", "time", "dropped", "binary"),
)
"""Names of members; those of what lines say about frames, too."""


@dataclass(slots=True)
class Rule:
    """A rule of sessions: tags that wake and end it, that it forbids, and places whose
    value it freezes."""

    name: str
    after: list[str]
    until: list[str]
    forbid: list[str]
    frozen: dict[str, str]


@dataclass(slots=True)
class Known:
    """What the model knows of a specification: the properties that lead to the tag, by
    direction the schema of each tag, and the rules. Without directions the only key is
    `unknown`."""

    path: tuple[str, ...]
    events: dict[str, dict[Json, Schema]]
    rules: list[Rule] = field(default_factory=list)

    def tag_of(self, value: Json) -> Json:
        """The tag of a frame, None where it has none."""
        for name in self.path:
            value = value.get(name) if isinstance(value, dict) else None
        return value

    def knows(self, value: Json) -> bool:
        """Whether the tag of a frame is one of any event."""
        return any(is_event(all_, self.tag_of(value)) for all_ in self.events.values())


def is_event(events: dict[Json, Schema], tag: Json) -> bool:
    """Whether a tag is one of an event."""
    return any(same(tag, known) for known in events)


def same(one: Json, two: Json) -> bool:
    """Whether two tags are the same: true is not 1, and 1.0 is."""
    if isinstance(one, str | bool) or isinstance(two, str | bool):
        return type(one) is type(two) and bool(one == two)
    return isinstance(one, int | float) and bool(one == two)


def escaped(name: str) -> str:
    """A name as JSON Pointers have it."""
    return name.replace("~", "~0").replace("/", "~1")


def specification(rng: random.Random) -> tuple[Schema, Known]:
    """A document, and what the model knows of it."""
    path = rng.choice(_PATHS)
    makers = (_asyncapi_3, _asyncapi_3, _asyncapi_2, _openapi, _plain)
    maker = rng.choice(makers)
    ways = (
        ["unknown"] if maker is _plain else rng.choice((WAYS, WAYS, WAYS[:1], WAYS[1:]))
    )
    tags = (1, 2, 10) if rng.random() < 0.1 and maker is not _openapi else _TAGS
    if maker is _openapi:
        path, tags = (("type",), (*_TAGS[:2], "é"))
    # A union of schemas has several branches.
    least = 2 if maker in (_openapi, _plain) else 1
    events = {
        way: {
            tag: payload(rng, path, tag)
            for tag in rng.sample(tags, rng.randint(least, 3))
        }
        for way in ways
    }
    known = Known(path, events)
    return maker(rng, known), known


def payload(rng: random.Random, path: tuple[str, ...], tag: Json) -> Schema:
    """An object with a tag and some members, none of which passes for a tag."""
    names = rng.sample(rng.choice(_NAMES), rng.randint(0, 3))
    members = {name: member(rng, 2) for name in names}
    for name, schema in members.items():
        if "const" in schema or "enum" in schema:
            members[name] = {"anyOf": [schema, {"type": "null"}]}
    required = [name for name in members if rng.random() < 0.4]
    found = closed(rng, {"type": "object", "properties": members, "required": required})
    inner: Schema = {"const": tag}
    for name in reversed(path[1:]):
        inner = {"type": "object", "properties": {name: inner}, "required": [name]}
    found["properties"] = {path[0]: inner, **members}
    found["required"] = [path[0], *required]
    return found


def closed(rng: random.Random, schema: Schema) -> Schema:
    """The same, mostly open; some are closed, or say what further members hold."""
    lot = rng.random()
    if lot < 0.2:
        schema["additionalProperties"] = False
    elif lot < 0.3:
        schema["additionalProperties"] = {"type": rng.choice(("integer", "string"))}
    return schema


def member(rng: random.Random, levels: int) -> Schema:
    """What one member holds."""
    makers: list[Callable[[], Schema]] = [
        lambda: {
            "type": rng.choice(("integer", "string", "boolean", "number", "null"))
        },
        lambda: {"enum": rng.sample(_SPELLED, rng.randint(1, 3))},
        lambda: {"type": "string", "enum": rng.sample(("a", "b", "abcdef", "é"), 2)},
        lambda: {"const": rng.choice(_SPELLED)},
        lambda: {"type": "string", "maxLength": rng.choice((0, 1, 5))},
        lambda: {"type": "string", "minLength": 2},
        lambda: {"type": "string", "pattern": "^a"},
        lambda: {"type": ["string", "null"]},
        lambda: {"type": "integer", "minimum": rng.choice((0, 1)), "maximum": 7},
        lambda: {"type": "number", "exclusiveMaximum": rng.choice((1, 1.5))},
        lambda: {"anyOf": [{"type": "string", "maxLength": 1}, {"type": "integer"}]},
        dict,
    ]
    if levels:
        makers += [
            lambda: _array(rng, levels),
            lambda: _array(rng, levels),
            lambda: _object(rng, levels),
            lambda: _object(rng, levels),
            lambda: {"anyOf": [_object(rng, levels), {"type": "null"}]},
        ]
    return rng.choice(makers)()


def _array(rng: random.Random, levels: int) -> Schema:
    found: Schema = {"type": "array", "items": member(rng, levels - 1)}
    return found | rng.choice(
        ({}, {"minItems": 1}, {"maxItems": 1}, {"uniqueItems": True})
    )


def _object(rng: random.Random, levels: int) -> Schema:
    names = rng.sample(("u", "v", "0"), rng.randint(1, 2))
    members = {name: member(rng, levels - 1) for name in names}
    required = [name for name in names if rng.random() < 0.4]
    found = {"type": "object", "properties": members, "required": required}
    return closed(rng, found)


# --- documents ---------------------------------------------------------------------


def _asyncapi_3(rng: random.Random, known: Known) -> Schema:
    messages, operations = {}, {}
    for way, events in known.events.items():
        names = []
        for number, schema in enumerate(events.values()):
            name = f"{way[0]}{number}"
            names.append({"$ref": f"#/channels/one/messages/{name}"})
            messages[name] = {"payload": schema}
        action = "receive" if way == WAYS[0] else "send"
        channel = {"$ref": "#/channels/one"}
        operations[way] = {"action": action, "channel": channel, "messages": names}
    found: Schema = {
        "asyncapi": "3.0.0",
        "info": {"title": "Recorded", "version": "1"},
        "channels": {"one": {"address": "one", "messages": messages}},
        "operations": operations,
    }
    _rules(rng, known, found)
    return found


def _asyncapi_2(rng: random.Random, known: Known) -> Schema:
    there = {}
    for way, events in known.events.items():
        word = "publish" if way == WAYS[0] else "subscribe"
        many = [
            {"name": f"{way[0]}{number}", "payload": schema}
            for number, schema in enumerate(events.values())
        ]
        there[word] = {"message": {"oneOf": many} if len(many) > 1 else many[0]}
    found: Schema = {
        "asyncapi": "2.6.0",
        "info": {"title": "Recorded", "version": "1"},
        "channels": {"one": there},
    }
    _rules(rng, known, found)
    return found


def _rules(rng: random.Random, known: Known, document: Schema) -> None:
    """Give a document rules of sessions, if its tags are texts."""
    tags = sorted({tag for events in known.events.values() for tag in events}, key=str)
    if rng.random() < 0.5 or not all(isinstance(tag, str) for tag in tags):
        return
    for name in ("one", "two")[: rng.randint(1, 2)]:
        some = [rng.sample(tags, rng.randint(0, min(2, len(tags)))) for _ in range(3)]
        frozen = {tag: rng.choice(("/x", "/y/u", "/z~1~0", "/x/0")) for tag in some[2]}
        forbid = some[1] or ([] if frozen else tags[:1])
        until = some[0]
        known.rules.append(Rule(name, rng.sample(tags, 1), until, forbid, frozen))
    document["x-session-rules"] = [_rule(rule) for rule in known.rules]


def _rule(rule: Rule) -> Schema:
    found: Schema = {"name": rule.name, "description": f"rule {rule.name}"}
    found["after"] = {"tags": rule.after}
    for word in ("until", "forbid"):
        if tags := getattr(rule, word):
            found[word] = {"tags": tags}
    return found | ({"frozen": rule.frozen} if rule.frozen else {})


def _openapi(rng: random.Random, known: Known) -> Schema:
    schemas: Schema = {}
    for way, events in known.events.items():
        union = "PlainClientEvent" if way == WAYS[0] else "PlainServerEvent"
        mapping = {}
        for number, (tag, schema) in enumerate(events.items()):
            schemas[f"{union}{number}"] = schema
            mapping[tag] = f"#/components/schemas/{union}{number}"
        branches = [{"$ref": ref} for ref in mapping.values()]
        hint = {"propertyName": known.path[0], "mapping": mapping}
        schemas[union] = {"oneOf": branches, "discriminator": hint}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Recorded", "version": "1"},
        "paths": {},
        "components": {"schemas": schemas},
    }


def _plain(rng: random.Random, known: Known) -> Schema:
    """A JSON Schema whose root is a union of events, or a single one."""
    events = known.events["unknown"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "oneOf": list(events.values()),
    }
