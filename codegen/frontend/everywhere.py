"""Every schema of a document, wherever its language lets one stand.

Who makes a package asks for the schemas that types are made of. Who judges a document
wants the others, too: those of headers and encodings, of bindings and traits, and of
components that nobody refers to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeAlias

from codegen.frontend import asyncapi, openapi
from codegen.frontend.context import Around, Content, Context, Holder, Part
from codegen.frontend.media import is_json
from codegen.frontend.resources import Place
from codegen.ir import model as ir

_Kinds: TypeAlias = Mapping[str, Mapping[str, str]]
"""By the kind of an object, the kind of what each of its fields holds: `KIND*` is a map
of them and `KIND[]` a list. The field without a name is any that is no extension."""

_DOCUMENT: Final = "document"
_SCHEMA: Final = "schema"
_PAYLOAD: Final = "payload"
_HEADERS: Final = "headers"
_SCHEMAS: Final = (_SCHEMA, _PAYLOAD, _HEADERS)
_OPERATION: Final = "operation"
_MEDIA: Final = "media"
_ANY: Final = ""

REFERENCE: Final = "reference"
"""The kind of an object that stands for another."""

_PARTS: Final = {
    "encoding": "encoding*", "prefixEncoding": "encoding[]", "itemEncoding": "encoding",
}  # fmt: skip

_PATTERNED: Final = ("paths", "responses")
"""Maps with keys of a pattern, beside which there are extensions."""

_OPENAPI: Final[_Kinds] = MappingProxyType(
    {
        _DOCUMENT: {
            "paths": "path item*",
            "webhooks": "path item*",
            "servers": "server[]",
            "components": "components",
        },
        "components": {
            "responses": "response*",
            "parameters": "parameter*",
            "requestBodies": "body*",
            "headers": "header*",
            "callbacks": "callback*",
            "pathItems": "path item*",
            "mediaTypes": "media*",
            "securitySchemes": "security scheme*",
        },
        "security scheme": {},
        "path item": {
            **dict.fromkeys(openapi.METHODS, _OPERATION),
            "additionalOperations": "operation*",
            "parameters": "parameter[]",
            "servers": "server[]",
        },
        "server": {"variables": "server variable*"},
        "server variable": {},
        _OPERATION: {
            "parameters": "parameter[]",
            "servers": "server[]",
            "requestBody": "body",
            "responses": "response*",
            "callbacks": "callback*",
        },
        "callback": {_ANY: "path item"},
        "parameter": {"schema": _SCHEMA, "content": "media*"},
        "body": {"content": "media*"},
        "header": {"schema": _SCHEMA, "content": "media*"},
        "response": {"headers": "header*", "content": "media*"},
        _MEDIA: {"schema": _SCHEMA, "itemSchema": _SCHEMA, **_PARTS},
        "encoding": {"headers": "header*", **_PARTS},
    }
)

_SECURED: Final = {"security": "security scheme[]"}

_ASYNCAPI_3: Final[_Kinds] = MappingProxyType(
    {
        _DOCUMENT: {
            "servers": "server*",
            "channels": "channel*",
            "operations": "operation*",
            "components": "components",
        },
        "components": {
            "servers": "server*",
            "serverVariables": "server variable*",
            "securitySchemes": "security scheme*",
            "correlationIds": "correlation id*",
            "replyAddresses": "reply address*",
            "messages": "message*",
            "channels": "channel*",
            "operations": "operation*",
            "replies": "reply*",
            "parameters": "parameter*",
            "messageTraits": "message trait*",
            "operationTraits": "operation trait*",
            "channelBindings": "channel bindings*",
            "operationBindings": "operation bindings*",
            "messageBindings": "message bindings*",
        },
        "server": {"variables": "server variable*", **_SECURED},
        "server variable": {},
        "security scheme": {},
        "correlation id": {},
        "reply address": {},
        "channel": {
            "parameters": "parameter*",
            "messages": "message*",
            "publish": _OPERATION,
            "subscribe": _OPERATION,
            "bindings": "channel bindings",
        },
        _OPERATION: {
            "message": "message",
            "messages": "message[]",
            "traits": "operation trait[]",
            "reply": "reply",
            "bindings": "operation bindings",
            **_SECURED,
        },
        "operation trait": {"bindings": "operation bindings", **_SECURED},
        "reply": {"messages": "message[]", "address": "reply address"},
        "message": {
            "oneOf": "message[]",
            "payload": _PAYLOAD,
            "headers": _HEADERS,
            "traits": "message trait[]",
            "bindings": "message bindings",
            "correlationId": "correlation id",
        },
        "message trait": {
            "headers": _HEADERS,
            "bindings": "message bindings",
            "correlationId": "correlation id",
        },
        "parameter": {"schema": _SCHEMA},
        "channel bindings": {"ws": "handshake"},
        "handshake": {"query": _SCHEMA, "headers": _SCHEMA},
        "operation bindings": {"http": "query", "kafka": "group"},
        "query": {"query": _SCHEMA},
        "group": {"groupId": _SCHEMA, "clientId": _SCHEMA},
        "message bindings": {
            "http": "headed",
            "jms": "headed",
            "anypointmq": "headed",
            "kafka": "keyed",
            "mqtt": "correlated",
        },
        "headed": {"headers": _SCHEMA},
        "keyed": {"key": _SCHEMA},
        "correlated": {"correlationData": _SCHEMA, "responseTopic": _SCHEMA},
    }
)


_ASYNCAPI_2: Final[_Kinds] = MappingProxyType(
    {
        kind: {k: v for k, v in fields.items() if k not in _SECURED}
        for kind, fields in _ASYNCAPI_3.items()
    }
)
"""Security names schemes there, and does not refer to them."""


@dataclass(frozen=True, slots=True)
class _Visit:
    """An object still to be looked into: the key it is kept under, that of what it is
    kept in, and whether the options take the operation that it is part of."""

    kind: str
    place: Place
    key: str = ""
    outer: str = ""
    taken: bool | None = False


def require(context: Context, content: Content) -> Around:
    """Have every schema of an OpenAPI or AsyncAPI document in the module, as far as the
    options take it; gives the objects around them."""
    kinds = _OPENAPI
    if "asyncapi" in context.data:
        kinds = _ASYNCAPI_2 if asyncapi.is_2(context) else _ASYNCAPI_3
        if context.options.include:
            return Around()  # Nothing but messages of the schemas that it takes.
    with context.lowering.tolerant():
        walk = _Walk(context, content, kinds)
        return Around(tuple(walk.holders()), tuple(walk.parts))


class _Walk:
    """One way through a document."""

    def __init__(self, context: Context, content: Content, kinds: _Kinds) -> None:
        self._context = context
        self._kinds = kinds
        self._seen: set[tuple[str, ir.Location]] = set()
        self.parts: list[Part] = []
        peek = context.lowering.peek
        self._excluded = {
            peek(place)
            for name, place in content.names.items()
            if not context.included(name)
        }

    def holders(self) -> Iterator[Holder]:
        """Require each schema; yield what holds it."""
        root = self._context.place()
        assert root is not None
        stack = [_Visit(_DOCUMENT, root)]
        while stack:
            visit = stack.pop()
            found = self._context.follow(visit.place)
            if found is None or not isinstance(found.data, dict):
                continue
            location = self._context.lowering.location
            if found is not visit.place:
                self.parts.append(Part(REFERENCE, location(visit.place)))
            mark = (visit.kind, location(found))
            if mark not in self._seen:
                self._seen.add(mark)
                self.parts.append(Part(*mark))
                yield from self._schemas(visit, found)
                stack += reversed(list(self._inner(visit, found)))

    def _schemas(self, visit: _Visit, holder: Place) -> Iterator[Holder]:
        context = self._context
        written = visit.kind == _MEDIA and not is_json(visit.key)
        for key, inner in self._kinds[visit.kind].items():
            place: Place | None = None
            if inner is _HEADERS:  # Traits may have them for a message.
                sources = asyncapi.sources_of(context, holder)
                place = asyncapi.headers_of(context, holder, sources)
            elif inner not in _SCHEMAS or key not in holder.data:
                continue
            elif inner is _PAYLOAD:
                sources = asyncapi.sources_of(context, holder)
                place = asyncapi.payload_of(context, holder, sources)
            else:
                place = context.lowering.child(holder, key)
            if place is None or not isinstance(place.data, dict):
                continue
            target = context.target(place)
            if target is None or context.lowering.peek(target) in self._excluded:
                continue
            schema = context.lowering.require(target, tolerant=True)
            shown = tuple(self._examples(visit.kind, holder, key))
            yield Holder(schema, context.lowering.location(holder), shown, written)

    def _examples(self, kind: str, holder: Place, key: str) -> Iterator[ir.Example]:
        """The examples that an object shows of what it has under a key."""
        if self._kinds is _OPENAPI:
            yield from openapi.examples_of(self._context, holder)
        elif kind in ("message", "message trait"):
            yield from asyncapi.examples_of(self._context, holder, key)

    def _inner(self, visit: _Visit, found: Place) -> Iterator[_Visit]:
        """The objects inside of one that are taken."""
        context, taken = self._context, visit.taken
        fields = self._kinds[visit.kind]
        if self._kinds is _OPENAPI and visit.kind == _OPERATION:
            plain = visit.key in openapi.METHODS
            method = visit.key.upper() if plain else visit.key
            names = openapi.names_of(f"{method} {visit.outer}", found)
            taken = context.globs.take(names, visit.taken)
            if not taken:
                fields = {"callbacks": fields["callbacks"]}
        if visit.kind == "components" and context.options.include:
            return
        for key in found.data:
            kind = fields.get(key) or ("" if key.startswith("x-") else fields.get(_ANY))
            if not kind or kind in _SCHEMAS:
                continue
            place = context.lowering.child(found, key)
            if kind.endswith("*"):
                named = key not in _PATTERNED
                for name, member in self._members(place, named=named):
                    yield _Visit(kind[:-1], member, name, visit.key, taken)
            elif kind.endswith("[]"):
                items = place.data if isinstance(place.data, list) else ()
                for index in range(len(items)):
                    item = context.lowering.child(place, str(index))
                    yield _Visit(kind[:-2], item, "", visit.key, taken)
            else:
                yield _Visit(kind, place, key, visit.key, taken)

    def _members(self, place: Place, *, named: bool) -> Iterator[tuple[str, Place]]:
        """The members of a map, extensions aside; where its author has `named` them,
        one may be called like an extension."""
        found = self._context.follow(place)
        if found is None or not isinstance(found.data, dict):
            return
        for key, entry in found.data.items():
            if not key.startswith("x-") or (named and isinstance(entry, dict)):
                yield key, self._context.lowering.child(found, key)
