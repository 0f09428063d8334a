"""Requests: those that one version of a document lets its clients send, and whether a
server of a version takes one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import unquote

from tests.property.exchanges import bodies, wire
from tests.property.exchanges.addresses import NAMED, addresses, pattern
from tests.property.exchanges.schemas import Atoms, Schemas, Spec, followed

Json = Any
Credentials = frozenset[tuple[str, frozenset[str]]]

METHODS: Final = ("get", "put", "post", "delete", "patch")
UNKNOWN_VALUE: Final = ", an unknown value"
_IGNORED: Final = ("accept", "content-type", "authorization")


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it travels."""

    method: str
    address: str
    query: tuple[wire.Pair, ...] = ()
    header: tuple[wire.Pair, ...] = ()
    cookie: tuple[wire.Pair, ...] = ()
    body: bodies.Body | None = None
    shown: Credentials = frozenset()


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation of a document, references followed."""

    method: str
    path: str
    parameters: tuple[dict[str, Json], ...]
    body: dict[str, Json] | None
    responses: dict[str, dict[str, Json]]
    security: tuple[dict[str, list[str]], ...]
    servers: tuple[dict[str, Json], ...]
    called: bool = False
    stated: bool = False
    """Whether the document says where it is served."""
    own_security: bool = False

    def of(self, where: str) -> list[dict[str, Json]]:
        """The parameters at one place."""
        return [one for one in self.parameters if one["in"] == where]


@dataclass(slots=True)
class Version:
    """One version of a document."""

    spec: Spec
    requests: Schemas = field(init=False)
    answers: Schemas = field(init=False)
    operations: list[Operation] = field(init=False)
    schemes: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.requests = Schemas(self.spec, True)
        self.answers = Schemas(self.spec, False)
        kept = self.spec.get("components", {}).get("securitySchemes", {})
        self.schemes = {n: _meaning(followed(self.spec, s)) for n, s in kept.items()}
        self.operations = []
        for path, item in self.spec.get("webhooks", {}).items():
            self._item(path, item, True)
        for path, item in self.spec["paths"].items():
            self._item(path, item, False)

    def _item(self, path: str, item: dict[str, Json], called: bool) -> None:
        for method in METHODS:
            if method not in item:
                continue
            self.operations.append(self._operation(path, item, method, called))
            for name, callback in item[method].get("callbacks", {}).items():
                for expression, inner in callback.items():
                    within = f"{method} {NAMED.sub('{}', path)} {name} {expression}"
                    self._item(within, inner, True)

    def _operation(
        self, path: str, item: dict[str, Json], method: str, called: bool
    ) -> Operation:
        spec, told = self.spec, item[method]
        every = [*item.get("parameters", ()), *told.get("parameters", ())]
        parameters = {}
        for one in (followed(spec, p) for p in every):
            name = one["name"].lower() if one["in"] == "header" else one["name"]
            if one["in"] != "header" or name not in _IGNORED:
                parameters[one["in"], name] = one
        body = followed(spec, told.get("requestBody"))
        answers = {
            status.upper(): followed(spec, one)
            for status, one in told["responses"].items()
        }
        security = told.get("security", spec.get("security", []))
        servers = told.get("servers", item.get("servers", spec.get("servers", [])))
        return Operation(
            method, path, tuple(parameters.values()), body, answers,
            tuple(security or [{}]), tuple(servers or [{"url": "/"}]), called,
            bool(servers), "security" in told,
        )  # fmt: skip

    def said(self, called: bool, asked: bool) -> Schemas:
        """The schemas as they hold of requests, or of answers, by who writes them: what
        the server calls is asked by the server."""
        return self.requests if asked is not called else self.answers

    def media(self) -> list[str]:
        """All media types that the document speaks of, but ranges."""
        found = []
        for one in self.operations:
            for holder in (one.body, *one.responses.values()):
                found += (holder or {}).get("content", ())
        return [one for one in dict.fromkeys(found) if "*" not in one]


def _meaning(scheme: dict[str, Json]) -> str:
    """What a security scheme asks for, whatever it is called."""
    told = {k: scheme.get(k) for k in ("type", "in", "name", "scheme")}
    if scheme.get("in") == "header":
        told["name"] = str(told["name"]).lower()
    told["scheme"] = str(told["scheme"]).lower()
    if "openIdConnectUrl" in scheme:
        told["url"] = scheme["openIdConnectUrl"]
    return json.dumps([told, sorted(scheme.get("flows", ()))], sort_keys=True)


# --- writing -----------------------------------------------------------------------


@dataclass(slots=True)
class Writer:
    """Makes the requests of one operation, each with one thing that is remarkable."""

    version: Version
    atoms: Atoms
    known: Sequence[str]
    first: dict[int, Any] = field(default_factory=dict)

    def least(self, operation: Operation) -> Request | None:
        """The plainest request; None where none can be written."""
        return next(self.requests(operation), None)

    def requests(self, operation: Operation) -> Iterator[Request]:
        """Requests that a client may send, the plainest first."""
        mine = operation.parameters
        schemas = self.version.said(operation.called, True)
        pools = [list(self._ways(schemas, one)) for one in mine]
        bodies_ = list(self._bodies(schemas, operation.body))
        needed = operation.body is not None and operation.body.get("required")
        for one, pool in zip(mine, pools, strict=True):
            if not pool and (one.get("required") or one["in"] == "path"):
                return
        if needed and not bodies_:
            return
        body = bodies_[0] if needed else None
        least = [p[0] if _needed(o) else None for o, p in zip(mine, pools, strict=True)]
        base = self._made(operation, least, body)
        yield base
        yield self._made(operation, [p[0] if p else None for p in pools], body)
        for index, pool in enumerate(pools):
            for way in pool:
                chosen = [*least[:index], way, *least[index + 1 :]]
                yield self._made(operation, chosen, body)
        yield from (replace(base, body=one) for one in bodies_)
        for shown in map(self._shown, operation.security):
            yield replace(base, shown=shown)
        for server in operation.servers:
            for address in addresses(server):
                yield self._made(operation, least, body, address)

    def _shown(self, way: dict[str, list[str]]) -> Credentials:
        known = self.version.schemes
        return frozenset((known.get(n, n), frozenset(s)) for n, s in way.items())

    def _ways(self, schemas: Schemas, one: dict[str, Json]) -> Iterator[Any]:
        """All ways in which a parameter may come: pairs, or the part of a path."""
        told = wire.how(one)
        for value in schemas.values(schema_of(one), self.atoms):
            try:
                yield way(one, value)
            except wire.Unwritable:
                continue
        plain = told.style == "form" and "object" not in schemas.types(schema_of(one))
        if one.get("allowEmptyValue") and told.where == "query" and plain:
            yield ((one["name"], ""),)

    def _bodies(
        self, schemas: Schemas, told: dict[str, Json] | None
    ) -> Iterator[bodies.Body]:
        for key, media in (told or {}).get("content", {}).items():
            schema = media.get("schema", {})
            for kind in bodies.concrete(key, self.known):
                if bodies.chosen((told or {})["content"], kind) != key:
                    continue
                for value in schemas.values(schema, self.atoms):
                    try:
                        yield from bodies.written(schemas, kind, media, value)
                    except wire.Unwritable:
                        continue

    def with_one(
        self, operation: Operation, one: dict[str, Json], value: Json
    ) -> Request | None:
        """The plainest request, but with this value of one parameter."""
        schemas = self.version.said(operation.called, True)
        base, ways = self.least(operation), []
        for other in operation.parameters:
            if other is one:
                ways.append(way(one, value))
            else:
                pool = self._ways(schemas, other) if _needed(other) else iter(())
                ways.append(next(pool, None))
        return base and self._made(operation, ways, base.body)

    def _made(
        self,
        operation: Operation,
        ways: Sequence[Any],
        body: bodies.Body | None,
        address: str = "",
    ) -> Request:
        found: dict[str, list[wire.Pair]] = {"query": [], "header": [], "cookie": []}
        parts = {}
        for one, way in zip(operation.parameters, ways, strict=True):
            if way is None:
                continue
            if one["in"] == "path":
                parts[one["name"]] = way
            else:
                found[one["in"]] += way
        address = address or next(addresses(operation.servers[0]))
        if operation.called:
            address = ""
        path = NAMED.sub(lambda m: parts.get(m[1], "x"), operation.path)
        return Request(
            operation.method,
            address + path,
            query=tuple(found["query"]),
            header=tuple(found["header"]),
            cookie=tuple(found["cookie"]),
            body=body,
            shown=self._shown(operation.security[0]),
        )


def way(one: dict[str, Json], value: Json) -> Any:
    """A value of a parameter as it travels."""
    told = wire.how(one)
    if told.where == "path":
        return wire.segment(told, value)
    return tuple(wire.pairs(told, value))


def _needed(one: dict[str, Json]) -> bool:
    return bool(one.get("required")) or one["in"] == "path"


# --- reading -----------------------------------------------------------------------


def refused(version: Version, request: Request, path: str = "") -> str:
    """Why no operation of a version takes a request; empty if one does. Of what is
    called, `path` is the name."""
    reasons = []
    for one in version.operations:
        if one.method != request.method or one.called is not bool(path):
            continue
        if path:
            if one.path == path:
                reasons.append(_refused(version, one, request, ()))
            continue
        for server in one.servers:
            found = pattern(server, one.path).fullmatch(request.address)
            if found is not None:
                reasons.append(_refused(version, one, request, found.groups()))
    if not reasons:
        return "address"
    return "" if "" in reasons else reasons[0]


def _refused(
    version: Version, operation: Operation, request: Request, parts: Sequence[str]
) -> str:
    if not any(_lets_in(version, way, request.shown) for way in operation.security):
        return "security"
    schemas = version.said(operation.called, True)
    by_name = dict(zip(NAMED.findall(operation.path), parts, strict=False))
    for one in operation.of("path"):
        if one["name"] in by_name:
            texts = wire.read_segment(wire.how(one), by_name[one["name"]])
            if not _taken(schemas, one, texts):
                return f"path {one['name']}"
    for where in ("query", "header", "cookie"):
        found = list(getattr(request, where))
        reason = _at(schemas, operation.of(where), found, operation.called)
        if reason:
            return f"{where} {reason}"
    return _body(schemas, operation, request.body)


def _lets_in(version: Version, way: dict[str, list[str]], shown: Credentials) -> bool:
    have = dict(shown)
    return all(
        version.schemes.get(name, name) in have
        and set(scopes) <= have[version.schemes.get(name, name)]
        for name, scopes in way.items()
    )


def schema_of(one: dict[str, Json]) -> Json:
    """The schema of a parameter or of a header."""
    for media in one.get("content", {}).values():
        return media.get("schema", {})
    return one.get("schema", {})


def _taken(schemas: Schemas, one: dict[str, Json], values: Iterable[Json]) -> bool:
    return any(schemas.accepts(schema_of(one), value) for value in values)


def _odd(schemas: Schemas, schema: Json, values: Iterable[Json]) -> str:
    """What is said of a value that is not taken."""
    soft = any(schemas.only_unknown(schema, value) for value in values)
    return UNKNOWN_VALUE if soft else ""


def _at(
    schemas: Schemas,
    known: Sequence[dict[str, Json]],
    found: list[wire.Pair],
    called: bool,
) -> str:
    """What is wrong with the pairs at one place."""
    apart = []
    for one in known:
        told = wire.how(one)
        mine = [text for name, text in found if unquote(name) == told.name]
        if told.style == "deepObject":
            inner = _deep(told.name, found)
            names = {name for name, _ in inner}
            found = [p for p in found if not _is_deep(told.name, p[0])]
            values = list(wire.objects(told, inner))
            if inner and not _taken(schemas, one, values):
                return told.name + _odd(schemas, schema_of(one), values)
            if one.get("required") and not names:
                return f"{told.name} is missing"
            continue
        found = [pair for pair in found if unquote(pair[0]) != told.name]
        if mine:
            empty = one.get("allowEmptyValue") and mine == [""] and one["in"] == "query"
            values = list(wire.read(told, mine))
            if not empty and not _taken(schemas, one, values):
                return told.name + _odd(schemas, schema_of(one), values)
        elif told.explode and told.style == "form":
            apart.append((one, told))
        elif one.get("required"):
            return f"{told.name} is missing"
    return _apart(schemas, apart, found, called)


def _apart(
    schemas: Schemas,
    known: Sequence[tuple[dict[str, Json], wire.How]],
    found: list[wire.Pair],
    called: bool,
) -> str:
    """What is left may be the members of objects."""
    for one, told in known:
        may = found and "object" in schemas.types(one.get("schema", {}))
        values = list(wire.objects(told, found)) if may else []
        if _taken(schemas, one, values):
            found = []
        elif one.get("required"):
            odd = _odd(schemas, schema_of(one), values)
            return told.name + (odd or " is missing")
    return f"{found[0][0]} is unknown" if found and not called else ""


def _is_deep(name: str, text: str) -> bool:
    return text.startswith(f"{name}[") and text.endswith("]")


def _deep(name: str, found: Sequence[wire.Pair]) -> list[wire.Pair]:
    return [(k[len(name) + 1 : -1], v) for k, v in found if _is_deep(name, k)]


def _body(schemas: Schemas, operation: Operation, body: bodies.Body | None) -> str:
    told = operation.body
    if body is None:
        return "body is missing" if told is not None and told.get("required") else ""
    if told is None:
        return "body is unknown"
    key = bodies.chosen(told.get("content", {}), body.media)
    if key is None:
        return f"media type {body.media}"
    media = told["content"][key]
    schema, values = media.get("schema", {}), bodies.read(schemas, media, body)
    if "schema" not in media or any(schemas.accepts(schema, v) for v in values):
        return ""
    values = bodies.read(schemas, media, body, tolerant=True)
    return f"body {body.media}{_odd(schemas, schema, values)}"
