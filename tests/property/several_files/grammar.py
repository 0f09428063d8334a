"""Which values of a document are objects that a reference may stand for.

Written from the specifications of the formats, not from what reads them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeAlias

Way: TypeAlias = tuple[str | int, ...]
"""The keys that lead to a value of a document."""

_METHODS: Final = (
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
)  # fmt: skip
_MAP: Final = "map of "
_LIST: Final = "list of "
_SCHEMA: Final = {
    **dict.fromkeys(
        ("properties", "patternProperties", "$defs", "definitions", "dependentSchemas"),
        "map of schema",
    ),
    **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), "list of schema"),
    **dict.fromkeys(
        (
            *("items", "additionalProperties", "propertyNames", "contains", "not"),
            *("if", "then", "else", "unevaluatedItems", "unevaluatedProperties"),
            *("additionalItems", "contentSchema"),
        ),
        "schema",
    ),
}
_CARRIER: Final = {
    "schema": "schema",
    "content": "map of media",
    "examples": "map of example",
}
_OPENAPI: Final[Mapping[str, Mapping[str, str]]] = {
    "root": {
        "paths": "map of path item",
        "webhooks": "map of path item",
        "components": "components",
    },
    "components": {
        "schemas": "map of schema",
        "responses": "map of response",
        "parameters": "map of parameter",
        "examples": "map of example",
        "requestBodies": "map of body",
        "headers": "map of header",
        "securitySchemes": "map of security scheme",
        "links": "map of link",
        "callbacks": "map of callback",
        "pathItems": "map of path item",
    },
    "path item": {
        "parameters": "list of parameter",
        **dict.fromkeys(_METHODS, "operation"),
    },
    "operation": {
        "parameters": "list of parameter",
        "requestBody": "body",
        "responses": "map of response",
        "callbacks": "map of callback",
    },
    "parameter": _CARRIER,
    "header": _CARRIER,
    "body": {"content": "map of media"},
    "media": {
        "schema": "schema",
        "itemSchema": "schema",
        "examples": "map of example",
        "encoding": "map of encoding",
    },
    "encoding": {"headers": "map of header"},
    "response": {
        "headers": "map of header",
        "content": "map of media",
        "links": "map of link",
    },
    "schema": _SCHEMA,
}
_MESSAGE: Final = {
    "payload": "schema",
    "headers": "schema",
    "traits": "list of message trait",
    "correlationId": "correlation id",
    "bindings": "message bindings",
}
_ASYNCAPI_COMPONENTS: Final = {
    "schemas": "map of schema",
    "servers": "map of server",
    "channels": "map of channel",
    "operations": "map of action",
    "messages": "map of message",
    "securitySchemes": "map of security scheme",
    "parameters": "map of channel parameter",
    "correlationIds": "map of correlation id",
    "replies": "map of reply",
    "replyAddresses": "map of reply address",
    "operationTraits": "map of operation trait",
    "messageTraits": "map of message trait",
    "serverBindings": "map of server bindings",
    "channelBindings": "map of channel bindings",
    "operationBindings": "map of operation bindings",
    "messageBindings": "map of message bindings",
}
_ASYNCAPI: Final[Mapping[str, Mapping[str, str]]] = {
    "root": {
        "servers": "map of server",
        "channels": "map of channel",
        "operations": "map of action",
        "components": "components",
    },
    "components": _ASYNCAPI_COMPONENTS,
    "server": {"bindings": "server bindings", "security": "list of security scheme"},
    "channel": {
        "messages": "map of message",
        "parameters": "map of channel parameter",
        "bindings": "channel bindings",
        "servers": "list of pointer",
        "publish": "verb",
        "subscribe": "verb",
    },
    "channel parameter": {"schema": "schema"},
    "verb": {
        "message": "message",
        "traits": "list of operation trait",
        "security": "list of security scheme",
        "bindings": "operation bindings",
    },
    "action": {
        "channel": "pointer",
        "messages": "list of pointer",
        "reply": "reply",
        "traits": "list of operation trait",
        "security": "list of security scheme",
        "bindings": "operation bindings",
    },
    "reply": {
        "channel": "pointer",
        "messages": "list of pointer",
        "address": "reply address",
    },
    "message": {**_MESSAGE, "oneOf": "list of message"},
    "message trait": {"headers": "schema", "correlationId": "correlation id"},
    "schema": {**_SCHEMA, "schema": "schema"},
}
_JSON_SCHEMA: Final[Mapping[str, Mapping[str, str]]] = {
    "root": _SCHEMA,
    "schema": _SCHEMA,
}
_NO_REFERENCE: Final = frozenset(
    ("root", "components", "operation", "media", "encoding", "verb", "pointer")
)
"""What stands in its place itself, by the letter of the specifications; a `pointer` is
a reference and nothing else."""


def rules(document: Mapping[str, Any]) -> Mapping[str, Mapping[str, str]]:
    """What is inside each kind of object, for the format of a document."""
    if "openapi" in document:
        return _OPENAPI
    return _ASYNCAPI if "asyncapi" in document else _JSON_SCHEMA


def objects(document: Mapping[str, Any]) -> Iterator[tuple[Way, str, Any]]:
    """Every object that a document has by its grammar, with the way to it and its kind:
    outer ones first."""
    known = rules(document)
    pending: list[tuple[Way, str, Any]] = [((), "root", document)]
    while pending:
        way, kind, value = pending.pop()
        if not isinstance(value, dict):
            continue
        yield way, kind, value
        if kind == "callback":
            pending += [((*way, k), "path item", v) for k, v in _entries(value)]
        for key, inner in value.items():
            said = known.get(kind, {}).get(key, "")
            pending += _inside((*way, key), said, inner)


def _inside(way: Way, said: str, value: Any) -> Iterator[tuple[Way, str, Any]]:
    if said.startswith(_MAP):
        if isinstance(value, dict):
            kind = said.removeprefix(_MAP)
            yield from (((*way, key), kind, one) for key, one in _entries(value))
    elif said.startswith(_LIST) or (said == "schema" and isinstance(value, list)):
        if isinstance(value, list):
            kind = said.removeprefix(_LIST)
            yield from (((*way, i), kind, one) for i, one in enumerate(value))
    elif said:
        yield way, said, value


def _entries(value: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    return iter(value.items())


def may_refer(kind: str) -> bool:
    """Whether a reference may stand for an object of a kind."""
    return kind not in _NO_REFERENCE
