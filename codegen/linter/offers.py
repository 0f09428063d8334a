"""Servers and channels: addresses and their variables, and names that lead nowhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from codegen import nearby
from codegen.frontend.context import Part
from codegen.ir import model as ir
from codegen.ir import paths
from codegen.linter.context import Context
from codegen.source import pointer

_LOCATION: Final = re.compile(r"\$message\.(header|payload)#(/([^~]|~[01])*)?")
"""An expression by which AsyncAPI says where in a message something is."""

_URI: Final = re.compile("[/#:]")

_WEB: Final = {
    "http": "scheme",
    "oauth2": "flows",
    "openIdConnect": "openIdConnectUrl",
}
_OPENAPI: Final = {"apiKey": "name in", "mutualTLS": "", **_WEB}
_ASYNCAPI: Final = {
    **dict.fromkeys(("userPassword", "X509", "symmetricEncryption"), ""),
    **dict.fromkeys(("asymmetricEncryption", "plain", "gssapi"), ""),
    **dict.fromkeys(("scramSha256", "scramSha512"), ""),
    "apiKey": "in",
    "httpApiKey": "name in",
    **_WEB,
}
"""The types of security schemes, with the fields that each has to have."""

_STYLES: Final = {
    "path": "simple label matrix",
    "query": "form spaceDelimited pipeDelimited deepObject",
    "header": "simple",
    "cookie": "form cookie",
}
"""How values are written, by their place."""
_ALL_STYLES: Final = " ".join(_STYLES.values()).split()

_RESERVED: Final = {
    "accept": "the media types of answers say",
    "authorization": "security schemes say",
    "content-type": "the media types of the body say",
}
"""Headers that are no parameters, and what says them."""

_Object = Mapping[str, ir.Json]


def check(context: Context) -> None:
    """Every object around schemas that the options take."""
    root = next(iter(context.loaded.workspace.documents.values()))
    whole = root.data if isinstance(root.data, dict) else {}
    names = _Names(context, root.name, whole)
    for part in context.loaded.around.parts:
        raw = context.raw(part.location)
        if isinstance(raw, dict):
            for judge in _CHECKS.get(part.kind, ()):
                judge(names, part, raw)


class _Names:
    """The names that a document gives, and a way to complain."""

    def __init__(self, context: Context, root: str, whole: _Object) -> None:
        self.context = context
        self._root = root
        version = whole.get("asyncapi")
        self.version = str(version)[:1] if version is not None else ""
        described = _mapping(_mapping(whole.get("components")).get("securitySchemes"))
        self.schemes = _keys(described)
        self.scopes = {name: _scopes(described[name]) for name in self.schemes}
        self.servers = _keys(whole.get("servers"))
        self.ids: dict[tuple[str, str], ir.Location] = {}

    def is_root(self, part: Part) -> bool:
        """Whether a part stands in the document itself, whose names it can use."""
        return part.location.document == self._root

    def unknown(self, name: str, kind: str, known: list[str], at: ir.Location) -> None:
        """Complain of a name that nothing has."""
        message = f"no {kind} is called {name!r}{nearby.question(name, known)}"
        self.context.add("dangling-ref", message, at)


# --- addresses ---------------------------------------------------------------------


def _server(names: _Names, part: Part, server: _Object) -> None:
    """The variables of an address, and those that are described."""
    keys = ("host", "pathname") if names.version == "3" else ("url",)
    if names.version:
        for key in (keys[0], "protocol"):
            if key not in server:
                message = f"a server has a `{key}`; nobody knows how to reach this one"
                names.context.add("invalid-keyword", message, part.location)
    text = "".join(str(server[key]) for key in keys if key in server)
    described = server.get("variables")
    _agree(names, part, text, described, "variables", "variable", "server")


def _channel(names: _Names, part: Part, channel: _Object) -> None:
    """The parameters of an address, and those that are described."""
    place = pointer.tokens(part.location.pointer)
    address = channel.get("address")
    if names.version == "2":
        address = place[1] if place[:1] == ["channels"] and len(place) == 2 else None
    described = channel.get("parameters")
    if isinstance(address, str):
        _agree(names, part, address, described, "parameters", "parameter", "channel")
        if not {"?", "#"}.isdisjoint(paths.plain(address)):
            message = f"the address `{address}` has a query or a fragment in it; "
            message += "bindings say what is asked when a connection is opened"
            names.context.add("path", message, part.location, key=True)
    elif names.version == "3" and address is None:
        for name in _keys(described):
            message = f"the parameter `{name}` has no place: the channel has no address"
            where = part.location.child("parameters", name)
            names.context.add("path", message, where, key=True)


def _agree(
    names: _Names,
    part: Part,
    text: str,
    described: ir.Json,
    key: str,
    word: str,
    kind: str,
) -> None:
    """Whether an address has the parts that are described, and the other way round."""
    known, variables = _keys(described), list(dict.fromkeys(paths.names_in(text)))
    for name in variables:
        if name not in known:
            message = (
                f"no {word} says what `{{{name}}}` of the address of this {kind} is"
            )
            names.context.add("path", message, part.location, key=True)
    for name in known:
        if name not in variables:
            message = f"the {word} `{name}` has no place in the address `{text}`"
            where = part.location.child(key, name)
            names.context.add("path", message, where, key=True)


def _default(names: _Names, part: Part, described: _Object) -> None:
    """A default that is none of the values which are possible."""
    values, usual = described.get("enum"), described.get("default")
    possible = [str(one) for one in values] if isinstance(values, list) else None
    if possible is not None and usual is not None and str(usual) not in possible:
        message = f"the default {usual!r} is none of the values that `enum` lists"
        where = part.location.child("default")
        names.context.add("invalid-default", message, where)


def _variable(names: _Names, part: Part, described: _Object) -> None:
    """A variable that nobody has a value for."""
    if not names.version and "default" not in described:
        message = "a variable of a server has a `default`, for those who name no value"
        names.context.add("invalid-keyword", message, part.location)


def _reserved(names: _Names, part: Part, described: _Object) -> None:
    """A header that OpenAPI describes otherwise."""
    name = str(described.get("name"))
    instead = _RESERVED.get(name.lower())
    if instead and described.get("in") == "header" and not names.version:
        message = f"{name!r} is no parameter, as OpenAPI has it: {instead} it"
        where = part.location.child("name")
        names.context.add("reserved-header", message, where)


def _style(names: _Names, part: Part, described: _Object) -> None:
    """A style that values at this place do not have."""
    style, place = described.get("style"), str(described.get("in"))
    known = _STYLES.get(place, "").split()
    if known and style in _ALL_STYLES and style not in known:
        message = f"a {place} parameter is written in {' or '.join(known)} style"
        where = part.location.child("style")
        names.context.add("invalid-keyword", message, where)


def _location(names: _Names, part: Part, described: _Object) -> None:
    """Where in a message something is."""
    found = described.get("location")
    if isinstance(found, str) and not _LOCATION.fullmatch(found):
        message = f"{found!r} says of no message where something is: a location is "
        message += "`$message.header#/…` or `$message.payload#/…`"
        where = part.location.child("location")
        names.context.add("invalid-keyword", message, where)


# --- names -------------------------------------------------------------------------


def _id(names: _Names, part: Part, holder: _Object) -> None:
    """The ids of AsyncAPI 2, which no two operations and no two messages share."""
    key = "operationId" if part.kind == "operation" else "messageId"
    own = holder.get(key)
    if names.version != "2" or not isinstance(own, str):
        return
    other = names.ids.setdefault((part.kind, own), part.location)
    if other is not part.location:
        message = f"another {part.kind} has the `{key}` {own!r}, too"
        names.context.add("operation-id", message, part.location.child(key))


def _scheme(names: _Names, part: Part, scheme: _Object) -> None:
    """The type of a security scheme, and what one of this type has."""
    kind, known = scheme.get("type"), _ASYNCAPI if names.version else _OPENAPI
    if not isinstance(kind, str):
        return
    if kind not in known:
        message = f"there is no security scheme of type {kind!r}"
        if kind == "basic":
            message += "; that is `type: http` with `scheme: basic` since OpenAPI 3"
        else:
            message += nearby.question(kind, known)
        names.context.add("invalid-keyword", message, part.location.child("type"))
        return
    for key in known[kind].split():
        if key not in scheme:
            message = f"a security scheme of type {kind!r} has a `{key}`; nobody knows "
            message += "how to meet this one"
            names.context.add("invalid-keyword", message, part.location)


def _security(names: _Names, part: Part, holder: _Object) -> None:
    """The security schemes that are asked for by name."""
    asked = holder.get("security")
    if asked is not None and not isinstance(asked, list):
        message = "a list is expected here; it is left out"
        where = part.location.child("security")
        names.context.add("invalid-keyword", message, where)
    if names.version == "3" or not names.is_root(part) or not isinstance(asked, list):
        return
    for index, way in enumerate(asked):
        for name in _keys(way):
            if not isinstance(_mapping(way)[name], list):
                message = "a list of scopes is expected here; it may be empty"
                where = part.location.child("security", index, name)
                names.context.add("invalid-keyword", message, where)
            # OpenAPI 3.2 takes a URI, too.
            if name not in names.schemes and not _URI.search(name):
                where = part.location.child("security", index, name)
                names.unknown(name, "security scheme", names.schemes, where)
            _asked_scopes(names, name, way, part.location.child("security", index))


def _asked_scopes(
    names: _Names, name: str, way: _Object, location: ir.Location
) -> None:
    """The scopes of a security scheme that are asked for."""
    known, asked = names.scopes.get(name), way[name]
    if known is None or not isinstance(asked, list):
        return
    for index, scope in enumerate(asked):
        if isinstance(scope, str) and scope not in known:
            message = f"no flow of the security scheme {name!r} has the scope {scope!r}"
            message += nearby.question(scope, known)
            where = location.child(name, index)
            names.context.add("undeclared-scope", message, where)


def _scopes(scheme: ir.Json) -> list[str] | None:
    """The scopes that the flows of a scheme have; None where it says nothing of
    them."""
    flows = _mapping(_mapping(scheme).get("flows"))
    if _mapping(scheme).get("type") != "oauth2" or not flows:
        return None
    return [
        one for flow in flows.values() for one in _keys(_mapping(flow).get("scopes"))
    ]


def _servers_of(names: _Names, part: Part, channel: _Object) -> None:
    """The servers that a channel of AsyncAPI 2 names."""
    listed = channel.get("servers")
    if not names.is_root(part) or not isinstance(listed, list):
        return
    for index, name in enumerate(listed):
        where = part.location.child("servers", index)
        if isinstance(name, str) and names.version == "3":
            message = "AsyncAPI 3 refers to servers: "
            message += f'{{$ref: "#/servers/{pointer.escape(name)}"}}'
            names.context.add("invalid-keyword", message, where)
        elif isinstance(name, str) and name not in names.servers:
            names.unknown(name, "server", names.servers, where)


def _messages_of(names: _Names, part: Part, operation: _Object) -> None:
    """The messages of an operation or a reply of AsyncAPI 3, which are those of its
    channel."""
    channel = _mapping(operation.get("channel")).get("$ref")
    listed = operation.get("messages")
    if names.version != "3" or not isinstance(channel, str):
        return
    for index, entry in enumerate(listed if isinstance(listed, list) else ()):
        target = _mapping(entry).get("$ref")
        if isinstance(target, str) and not target.startswith(f"{channel}/messages/"):
            message = (
                f"{target!r} is no message of the channel {channel!r}; it is read "
            )
            message += f"as one, and others look for it at `{channel}/messages/…`"
            where = part.location.child("messages", index)
            names.context.add("path", message, where)


_Check = Callable[[_Names, Part, _Object], None]

_CHECKS: Final[Mapping[str, tuple[_Check, ...]]] = {
    "document": (_security,),
    "server": (_server, _security),
    "server variable": (_default, _variable),
    "channel": (_channel, _servers_of),
    "parameter": (_default, _location, _style, _reserved),
    "security scheme": (_scheme,),
    "operation": (_id, _security, _messages_of),
    "message": (_id,),
    "operation trait": (_security,),
    "reply": (_messages_of,),
    "correlation id": (_location,),
    "reply address": (_location,),
}


def _mapping(value: ir.Json) -> _Object:
    return value if isinstance(value, dict) else {}


def _keys(value: ir.Json) -> list[str]:
    return [key for key in _mapping(value) if not key.startswith("x-")]
