"""Gives names to the schemas of operations that have none.

Bodies and parameters are written where they are used. Here they get a name in the IR,
after the operation or component that they stand in, and from then on they are schemas
like any other. A body that is nothing but a reference has the name of its target.

A name depends only on the schema's own place: the name of an answer always has its
status, and the media type is left out only for JSON. So adding another body renames
nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Final

from codegen.frontend.arguments import Parameters
from codegen.frontend.context import Context
from codegen.frontend.interface import http
from codegen.frontend.media import EVENT_STREAM, essence
from codegen.ir import facts, walk
from codegen.ir import model as ir
from codegen.ir import operations as ops
from codegen.ir.calls import Call, Content
from codegen.source import pointer as pointers

_PLAIN: Final = "application/json"
"""The media type that names leave out."""

_WORDS: Final = {
    "application/x-www-form-urlencoded": "form",
    "multipart/form-data": "multipart",
    EVENT_STREAM: "event stream",
    "*/*": "any",
}
"""Short words for media types, for names of classes."""

_SHARED: Final = re.compile(r"(?:/components)?/(responses|requestBodies)/([^/]+)")
_ROLES: Final = {
    "requestBodies": "request",
    "responses": "response",
    "parameters": "parameter",
    "headers": "header",
}


@dataclass(frozen=True, slots=True)
class Found:
    """What a document says of operations, and of the components that they may share."""

    operations: tuple[ops.Operation, ...]
    components: tuple[http.Component, ...]
    before: frozenset[ir.SchemaId]
    """The schemas that are in the module without operations."""


def read(context: Context) -> Found:
    """The operations of an OpenAPI document. Their schemas will be in the module."""
    before = frozenset(context.lowering.schemas)
    with context.lowering.tolerant():
        operations = http.operations(context)
        components = () if context.options.include else http.components(context)
        return Found(operations, tuple(components), before)


def added(module: ir.Module, found: Found) -> ir.Module:
    """The module with its operations, in which each of their schemas has a name."""
    naming = _Naming(module, found.operations)
    for component in found.components:
        naming.component(component)
    made = [naming.call(operation) for operation in found.operations]
    return naming.module(tuple(made), found.before)


class _Naming:
    """Gives names to schemas of operations."""

    def __init__(
        self, module: ir.Module, operations: tuple[ops.Operation, ...]
    ) -> None:
        self._module = module
        ids = Counter(operation.id for operation in operations)
        # An id that several operations have names none of them.
        self._ids = frozenset(i for i, count in ids.items() if i and count == 1)
        self._named = {i: name for name, i in module.names.items()}
        self._names: dict[str, ir.SchemaId] = {}
        self._inline: dict[str, str] = {}
        self._made: dict[ir.SchemaId, ir.Schema] = {}
        self._keys: set[str] = set()
        self._components: dict[ir.Location, tuple[str, str]] = {}

    def module(
        self, calls: tuple[Call, ...], before: frozenset[ir.SchemaId]
    ) -> ir.Module:
        """The module with everything that was named. Schemas to which only parameters
        lead are left out: they are part of the object of parameters."""
        every = {**self._module.schemas, **self._made}
        whole = replace(self._module, schemas=every)
        names = {**self._module.names, **self._names}
        reached = frozenset(walk.closure(whole, list(names.values())))
        return replace(
            self._module,
            schemas={i: s for i, s in every.items() if i in before or i in reached},
            names=names,
            inline=self._inline,
            calls=calls,
        )

    # --- names ---------------------------------------------------------------------

    def _name(self, schema_id: ir.SchemaId, name: str, words: str) -> str:
        """The name of a schema: the one that it has already, or `name`."""
        schema = self._module.schemas[schema_id]
        for known in (schema, facts.unwrap(self._module, schema)):
            if known.id in self._named:
                return self._named[known.id]
        return self._take(schema_id, name, words)

    def _take(self, schema_id: ir.SchemaId, name: str, words: str) -> str:
        wish, number = name, 2
        while name in self._names or name in self._module.names:
            name, number = f"{wish} {number}", number + 1
        self._named[schema_id] = name
        self._names[name] = schema_id
        self._inline[name] = words
        return name

    def component(self, component: http.Component) -> None:
        """Name the schemas that a component holds."""
        shared = component.kind, component.key
        self._components.setdefault(component.location, shared)
        for media in component.content:
            self._shared_body(component.kind, component.key, media)
        if component.schema is not None and self._is_structured(component.schema):
            self._shared(component.kind, component.key, component.schema)

    def _shared(self, kind: str, key: str, schema_id: ir.SchemaId) -> str:
        return self._name(schema_id, f"{kind}/{key}", _with_role(key, _ROLES[kind]))

    def _is_structured(self, schema_id: ir.SchemaId) -> bool:
        """Whether a schema becomes classes or enums. If several operations share it, it
        gets a name of its own, so that these are written once."""
        inner = walk.walk(self._module.schemas[schema_id])
        return any(
            isinstance(assertion, ir.Properties)
            or (isinstance(assertion, ir.Enum) and len(assertion.values) > 1)
            for schema in inner
            for assertion in schema.assertions
        )

    # --- operations ----------------------------------------------------------------

    def call(self, operation: ops.Operation) -> Call:
        """An operation with its types."""
        key = self._key(operation)
        words = operation.id if operation.id in self._ids else _words(operation)
        body = operation.body
        parameters = Parameters(self._module, operation, self._value)
        name = None
        if operation.parameters:
            made = parameters.schema()
            self._made[made.id] = made
            name = self._take(made.id, f"{key} parameters", f"{words} parameters")
        return Call(
            key=key,
            method=operation.method,
            path=operation.path,
            kind=operation.kind,
            location=operation.location,
            parameters=name,
            arguments=parameters.arguments(),
            request=() if body is None else self._body(key, words, "request", body),
            responses={
                status: self._body(
                    f"{key} {status}", f"{words} {status}", "response", response
                )
                for status, response in operation.responses.items()
            },
        )

    def _key(self, operation: ops.Operation) -> str:
        """The name of an operation in tables: its id, unless another operation has
        it."""
        label = operation.label
        around = (operation.within, operation.kind, label)
        wishes = [operation.id, label, " ".join(filter(None, around))]
        wish = next((w for w in wishes if w and w not in self._keys), wishes[-1])
        key, number = wish, 2
        while key in self._keys:
            key, number = f"{wish} {number}", number + 1
        self._keys.add(key)
        return key

    def _body(
        self, key: str, words: str, role: str, body: ops.Body | ops.Response
    ) -> tuple[Content, ...]:
        shared = self._as_component(body.location)
        every = body.content.values()
        if shared is not None:
            return tuple(self._shared_body(*shared, media) for media in every)
        name, words = f"{key} {role}", f"{words} {role}"
        return tuple(self._content(name, words, media) for media in every)

    def _as_component(self, where: ir.Location) -> tuple[str, str] | None:
        """The kind and the key of a body that is a component, of the document or of
        another file; None for another one."""
        if where in self._components:
            return self._components[where]
        shared = _SHARED.fullmatch(where.pointer)
        return None if shared is None else (shared[1], pointers.unescape(shared[2]))

    def _shared_body(self, kind: str, key: str, media: ops.Media) -> Content:
        return self._content(f"{kind}/{key}", _with_role(key, _ROLES[kind]), media)

    def _content(self, name: str, words: str, media: ops.Media) -> Content:
        if media.media != _PLAIN:
            name = f"{name} {media.media}"
            words = f"{words} {_media_words(media.media)}"
        schema = self._known(media.schema, name, words)
        holder, said = name, words
        if schema is not None and self._has_items(media):
            holder, said = schema, self._inline.get(schema, schema)
        item = self._known(media.item, f"{holder} item", f"{said} item")
        return Content(
            media=media.media,
            schema=schema,
            item=schema if self._is_of_items(media) else item,
            data={
                event: self._name(
                    schema, f"{name} data {event}".rstrip(), f"{words} data {event}"
                )
                for event, schema in media.data.items()
            },
        )

    def _has_items(self, media: ops.Media) -> bool:
        """Whether the items of a body are those of the array that its schema is. Then
        they are called after it, as they are without this body."""
        schema = self._module.schemas.get(media.schema or ir.SchemaId(""))
        found = () if schema is None else facts.stated(self._module, schema, ir.Items)
        return any(items.schema.id == media.item for items in found)

    def _is_of_items(self, media: ops.Media) -> bool:
        """Whether the schema of a stream's body describes each event. Before OpenAPI
        had `itemSchema`, this was the only place to describe events; a schema of the
        whole body would be a string."""
        is_stream = essence(media.media) == EVENT_STREAM
        if not is_stream or media.item is not None or media.schema is None:
            return False
        schema = self._module.schemas.get(media.schema)
        return schema is not None and facts.types(self._module, schema) != {"string"}

    def _known(
        self, schema_id: ir.SchemaId | None, name: str, words: str
    ) -> str | None:
        """The name of the schema of a body; None for bytes, and where the options leave
        it out."""
        if schema_id is None or schema_id not in self._module.schemas:
            return None
        return self._name(schema_id, name, words)

    def _value(
        self, operation: ops.Operation, parameter: ops.Parameter
    ) -> ir.SchemaId | None:
        """The schema that a parameter refers to. It has a name, or several operations
        share it and it becomes classes. None where the schema is written into the
        object of parameters."""
        schema_id = parameter.schema
        if schema_id is None or schema_id in self._named:
            return schema_id
        where, own = parameter.location, operation.location
        beside = where.document == own.document
        inside = beside and where.pointer.startswith(f"{own.pointer}/")
        if inside or not self._is_structured(schema_id):
            return None
        item = own.pointer.rpartition("/")[0]
        if where in self._components:
            self._shared(*self._components[where], schema_id)
        elif beside and where.pointer.startswith(f"{item}/parameters/"):
            name = f"{operation.path} {parameter.name} parameter"
            self._name(schema_id, name, name)
        else:
            self._shared("parameters", _key_at(where), schema_id)
        return schema_id


def _key_at(where: ir.Location) -> str:
    """The key under which something stands; the name of a file that is nothing else."""
    if not where.pointer:
        return PurePosixPath(where.document).stem
    return pointers.unescape(where.pointer.rpartition("/")[2])


def _words(operation: ops.Operation) -> str:
    """The words with which the names of an operation's classes begin that has no id of
    its own."""
    method, path = operation.method.lower(), operation.path
    if not operation.kind:
        return f"{method} {path}"
    verb = "" if method == "post" else method
    if operation.kind == "webhook":
        return f"{verb} {path} webhook"
    outer, _, name = operation.within.rpartition(" ")
    return f"{verb} {outer.lower()} {name}"


def _with_role(key: str, role: str) -> str:
    """The words for a component: its key and its role, unless the key says that
    already."""
    return key if key.lower().endswith(role) else f"{key} {role}"


def _media_words(media: str) -> str:
    name = essence(media)
    if name == _PLAIN:
        return ""
    return _WORDS.get(name, name.removeprefix("application/"))
