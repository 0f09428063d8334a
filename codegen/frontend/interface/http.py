"""The operations of an OpenAPI document, its webhooks and callbacks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypedDict

from codegen.frontend import openapi
from codegen.frontend.context import Context
from codegen.frontend.interface import access, bodies
from codegen.frontend.interface.parts import Common, Reader
from codegen.frontend.resources import Place
from codegen.ir import model as ir
from codegen.ir import operations as ops

_ROOT: Final = """openapi $self info servers security paths webhooks components
    jsonSchemaDialect"""
_OPERATION: Final = """parameters requestBody responses callbacks deprecated security
    servers operationId"""
_PATH_ITEM: Final = "parameters servers $ref additionalOperations " + " ".join(
    openapi.METHODS
)


def read(context: Context) -> ops.Interface:
    """Everything that an OpenAPI document offers."""
    reader = Reader(context)
    root = context.place()
    assert root is not None
    found = _Found(reader)
    found.servers = access.servers(reader, root)
    found.security = access.requirements(reader, context.place("security"))
    found.document()
    components = context.place("components")
    schemes = {}
    if components is not None:
        schemes = reader.map_of(
            components, "securitySchemes", lambda n, p: access.scheme(reader, n, p)
        )
    common = reader.common(root, root, _ROOT)
    common["notes"] |= reader.settings(root, "$self")
    for key in ("paths", "components"):
        common["notes"] |= reader.extensions(root, key)
    found.parts["the document"] = ops.Part(**common)
    info = context.place("info")
    if info is not None and reader.mapping(info) is not None:
        found.parts["info"] = reader.prose(info)
    others = reader.components(components, "schemas securitySchemes")
    return ops.Interface(
        operations=tuple(found.operations),
        servers=found.servers,
        security=found.security,
        schemes=schemes,
        parts=found.parts,
        components=dict(others),
    )


def operations(context: Context) -> tuple[ops.Operation, ...]:
    """The operations that the options take, with their parameters and bodies, as far as
    types are made of them: nothing of servers, security and headers is read."""
    found = _Found(Reader(context, types_only=True))
    found.document()
    return tuple(found.operations)


@dataclass(frozen=True, slots=True)
class Component:
    """What operations may share: a body or an answer with its `content`, a parameter or
    a header with its schema."""

    kind: str
    key: str
    location: ir.Location
    content: tuple[ops.Media, ...] = ()
    schema: ir.SchemaId | None = None


def components(context: Context) -> Iterator[Component]:
    """The components, with what they hold, but for those that refer to another one of
    the document."""
    reader = Reader(context, types_only=True)
    for kind in ("requestBodies", "responses", "parameters", "headers"):
        for key, place in context.entries(context.place("components", kind)):
            once = context.follow_once(place, quiet=True)
            if once is None or (once != place and _is_at_home(context, once)):
                continue
            found: ops.Body | ops.Response | ops.Parameter | None
            if kind == "requestBodies":
                found = bodies.body(reader, key, place)
            elif kind == "responses":
                found = bodies.response(reader, key, key, place)
            elif kind == "parameters":
                found = bodies.parameter(reader, place)
            else:
                found = bodies.header(reader, key, place)
            if isinstance(found, ops.Parameter):
                yield Component(kind, key, found.location, schema=found.schema)
            elif found is not None:
                content = tuple(found.content.values())
                yield Component(kind, key, found.location, content)


def _is_at_home(context: Context, place: Place) -> bool:
    return place.resource.document is context.root.document


@dataclass(frozen=True, slots=True)
class _Around:
    """What a path item says for each of its operations."""

    kind: str
    within: str
    path: str
    item: Place
    servers: tuple[ops.Server, ...] | None
    depth: int
    taken: bool | None


class _Served(TypedDict):
    """The fields that say where an operation is served."""

    servers: tuple[ops.Server, ...]
    own_servers: bool


class _Found:
    """The operations found so far, and what holds for all of them."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.servers: tuple[ops.Server, ...] = ()
        self.security: tuple[ops.Requirement, ...] = ()
        self.operations: list[ops.Operation] = []
        self.parts: dict[str, ops.Part] = {}

    def document(self) -> None:
        """Every operation of the document."""
        context = self.reader.context
        for path, item in context.members(context.place("paths")):
            if not path.startswith("x-"):
                self.path_item("", "", path, item, 0)
        for name, item in context.entries(context.place("webhooks")):
            self.path_item("webhook", "", name, item, 0)

    def path_item(
        self,
        kind: str,
        within: str,
        path: str,
        place: Place,
        depth: int,
        outer: bool | None = False,
    ) -> None:
        """Every operation of a path item; `outer` is whether the options take that
        which it is a callback of."""
        context = self.reader.context
        item = self.reader.mapping(place)
        if item is None:
            return
        common = self.reader.common(place, item, _PATH_ITEM)
        self.parts[" ".join(filter(None, (within, kind, path)))] = ops.Part(**common)
        own = None
        if "servers" in item.data and not self.reader.types_only:
            own = access.servers(self.reader, item)
        around = _Around(kind, within, path, item, own, depth, outer)
        for method, operation in sorted(openapi.methods(context, item), key=_rank):
            if self.reader.mapping(operation) is not None:
                self._operation(around, method, operation)

    def _parameters(self, holder: Place) -> tuple[ops.Parameter, ...]:
        context = self.reader.context
        found: dict[tuple[str, str], ops.Parameter] = {}
        for entry in context.elements(context.member(holder, "parameters")):
            one = bodies.parameter(self.reader, entry)
            if one is None:
                continue
            if one.key in found:
                message = f"the {one.where} parameter {one.name!r} stands here twice"
                context.remark("duplicate-value", message, entry, "the last is read")
            found[one.key] = one
        return tuple(found.values())

    def _operation(self, around: _Around, method: str, place: Place) -> None:
        reader, context = self.reader, self.reader.context
        found = reader.mapping(place)
        assert found is not None
        label = f"{method} {around.path}"
        names = openapi.names_of(label, found)
        taken = context.globs.take(names, around.taken)
        if taken:
            self.operations.append(self._made(around, method, place, found))
        if around.depth < openapi.DEEPEST_CALLBACKS:
            self._callbacks(around, label, found, taken)

    def _made(
        self, around: _Around, method: str, place: Place, found: Place
    ) -> ops.Operation:
        reader, context = self.reader, self.reader.context
        label = f"{method} {around.path}"
        common = reader.common(place, found, _OPERATION)
        if not reader.types_only:
            common["notes"] |= reader.extensions(found, "responses")
            common["notes"] |= self._beside_callbacks(found)
        every = (*self._parameters(around.item), *self._parameters(found))
        parameters = _without_ignored(every, common)
        at = found if "parameters" in found.data else around.item
        body = context.member(found, "requestBody")
        own_security = "security" in found.data and not reader.types_only

        def answer(status: str, place: Place) -> ops.Response | None:
            if status.startswith("x-"):
                return None
            return bodies.response(reader, f"{label} {status}", status, place)

        return ops.Operation(
            kind=around.kind,
            method=method,
            path=around.path,
            within=around.within,
            id=context.text(found, "operationId"),
            parameters=parameters,
            parameters_at=context.lowering.location(at).child("parameters"),
            body=(
                None if body is None else bodies.body(reader, f"{label} request", body)
            ),
            responses=reader.map_of(found, "responses", answer),
            security=(
                access.requirements(reader, context.member(found, "security"))
                if own_security
                else self.security
            ),
            own_security=own_security,
            **self._served(around, found),
            deprecated=reader.context.flag(found, "deprecated"),
            **common,
        )

    def _served(self, around: _Around, found: Place) -> _Served:
        """Where an operation is served."""
        own = "servers" in found.data and not self.reader.types_only
        if own:
            return {"servers": access.servers(self.reader, found), "own_servers": True}
        servers = self.servers if around.servers is None else around.servers
        return {"servers": servers, "own_servers": around.servers is not None}

    def _beside_callbacks(self, operation: Place) -> dict[str, ir.Json]:
        """What stands beside the addresses of callbacks."""
        context = self.reader.context
        callbacks = context.member(operation, "callbacks")
        return {
            f"callbacks/{name}/{key}": place.data
            for name, callback in context.entries(callbacks)
            for key, place in context.members(callback)
            if key.startswith("x-")
        }

    def _callbacks(
        self, around: _Around, label: str, place: Place, taken: bool | None
    ) -> None:
        context = self.reader.context
        for name, callback in context.entries(context.member(place, "callbacks")):
            within = " ".join(filter(None, (around.within, label, name)))
            for expression, item in openapi.path_items(context, callback):
                depth = around.depth + 1
                self.path_item("callback", within, expression, item, depth, taken)


def _rank(entry: tuple[str, Place]) -> int:
    """The order of methods, whatever that of the document; others follow."""
    method = entry[0].lower()
    known = method in openapi.METHODS
    return openapi.METHODS.index(method) if known else len(openapi.METHODS)


def _without_ignored(
    every: tuple[ops.Parameter, ...], common: Common
) -> tuple[ops.Parameter, ...]:
    """The parameters of an operation, which go before those of its path. What is said
    of headers that are no parameters is words."""
    mine = {one.key: one for one in every}
    found = []
    for one in mine.values():
        if one.where == "header" and one.name.lower() in bodies.IGNORED:
            said = {"required": one.required, **one.settings, **one.notes}
            common["notes"][f"parameters/{one.name}"] = said
        else:
            found.append(one)
    return tuple(found)
