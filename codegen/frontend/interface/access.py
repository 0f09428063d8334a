"""Where an API is served, and how one shows who one is."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from codegen.frontend.interface import bindings
from codegen.frontend.interface.parts import Common, Reader
from codegen.frontend.resources import Place
from codegen.ir import operations as ops
from codegen.source.node import Json

_SERVER: Final = "url host protocol protocolVersion pathname"
_SCHEME: Final = "type in name scheme"
_ADDRESSES: Final = (
    "authorizationUrl",
    "deviceAuthorizationUrl",
    "tokenUrl",
    "refreshUrl",
)
_METADATA: Final = "openIdConnectUrl oauth2MetadataUrl"
_AVAILABLE: Final = ("scopes", "availableScopes")
"""The map of the scopes of a flow; AsyncAPI 3 has the second."""


# --- servers -----------------------------------------------------------------------


def servers(reader: Reader, holder: Place) -> tuple[ops.Server, ...]:
    """The servers of an OpenAPI object, which are a list."""
    entries = reader.context.elements(reader.context.member(holder, "servers"))
    found = (server(reader, "", entry) for entry in entries)
    return tuple(one for one in found if one is not None)


def server(reader: Reader, name: str, place: Place) -> ops.Server | None:
    """One server; those of AsyncAPI have names."""
    found = reader.mapping(place)
    if found is None:
        return None
    security = None
    if "security" in found.data:
        security = requirements(reader, reader.context.member(found, "security"))
    if not name and isinstance(found.data.get("name"), str):
        name = found.data["name"]
    return ops.Server(
        name=name,
        settings=reader.settings(found, _SERVER),
        bindings=bindings.read(reader, reader.context.member(found, "bindings"), {})[0],
        variables=reader.map_of(found, "variables", lambda n, p: _variable(reader, p)),
        security=security,
        **reader.common(place, found, f"{_SERVER} bindings variables security name"),
    )


def _variable(reader: Reader, place: Place) -> ops.Variable | None:
    found = reader.mapping(place)
    if found is None:
        return None
    values = None
    if "enum" in found.data:
        values = reader.texts(reader.context.member(found, "enum"))
    return ops.Variable(
        default=reader.context.text(found, "default"),
        values=values,
        **reader.common(place, found, "default enum"),
    )


# --- security ----------------------------------------------------------------------


def requirements(reader: Reader, place: Place | None) -> tuple[ops.Requirement, ...]:
    """The ways of which each will do. AsyncAPI 3 lists schemes, the others say which
    schemes are needed together."""
    found: list[ops.Requirement] = []
    if place is None:
        return ()
    for entry in reader.context.elements(place):
        target = reader.mapping(entry)
        if target is None:
            continue
        if isinstance(target.data.get("type"), str):
            name = scheme_name(reader, entry, target)
            scopes = reader.texts(reader.context.member(target, "scopes"))
            found.append({name: scopes})
        else:
            names = dict(reader.context.members(target))
            found.append({name: reader.texts(p) for name, p in names.items()})
    return tuple(found)


def scheme_name(reader: Reader, entry: Place, target: Place) -> str:
    """The name of a scheme where the document keeps it, or its kind and place where it
    has none."""
    known = reader.wholes.key(target)
    if known is not None:
        return known
    where = reader.context.lowering.location(target)
    place = where.pointer if entry is target else f"{where.document}#{where.pointer}"
    name = f"{target.data['type']} at {place}"
    made = scheme(reader, name, entry)
    if made is not None:
        reader.schemes[name] = replace(made, inline=True)
    return name


def scheme(reader: Reader, name: str, place: Place) -> ops.SecurityScheme | None:
    """A way to show who one is."""
    found = reader.mapping(place)
    if found is None:
        return None
    addresses: dict[str, Json] = reader.settings(found, _METADATA)
    scopes: dict[str, tuple[str, ...]] = {}
    common = reader.common(
        place,
        found,
        f"{_SCHEME} {_METADATA} flows scopes bearerFormat deprecated $ref",
    )
    for key in ("bearerFormat", "deprecated"):
        if key in found.data:
            common["notes"][key] = found.data[key]
    common["notes"] |= reader.extensions(found, "flows")
    for flow, entry in reader.context.members(reader.context.member(found, "flows")):
        inner = None if flow.startswith("x-") else reader.mapping(entry)
        if inner is not None:
            urls = {key: url for key, url in inner.data.items() if key in _ADDRESSES}
            addresses |= {f"{flow}/{key}": url for key, url in urls.items()}
            scopes[flow] = _scopes(reader, flow, inner, common)
    return ops.SecurityScheme(
        name=name,
        settings=reader.settings(found, _SCHEME),
        addresses=addresses,
        scopes=scopes,
        **common,
    )


def _scopes(reader: Reader, flow: str, place: Place, common: Common) -> tuple[str, ...]:
    """The scopes of an OAuth flow. What it says of them, and whatever is no address,
    goes to the words of the scheme and to what is not read of it."""
    scopes: tuple[str, ...] = ()
    for key, value in place.data.items():
        if key in _AVAILABLE:
            offered = dict(reader.context.members(reader.context.member(place, key)))
            scopes = tuple(offered)
            for scope, text in offered.items():
                common["notes"][f"flows/{flow}/{key}/{scope}"] = text.data
        elif key not in _ADDRESSES:
            others = common["notes"] if key.startswith("x-") else common["unread"]
            others[f"flows/{flow}/{key}"] = value
    return scopes
