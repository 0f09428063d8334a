"""How brokers call the channels of an AsyncAPI document."""

from __future__ import annotations

from codegen.frontend import components
from codegen.frontend.context import Context
from codegen.frontend.resources import Place
from codegen.ir import operations as ops


def servers_of(context: Context, channel: Place) -> tuple[str, ...] | None:
    """The names of the servers that have a channel; None where all do, as they do if
    the list is empty."""
    if not channel.data.get("servers"):
        return None
    names = []
    for entry in context.elements(context.member(channel, "servers")):
        if isinstance(entry.data, str):
            names.append(entry.data)
        elif isinstance(entry.data, dict):
            names.append(components.last_token(str(entry.data.get("$ref"))))
    return tuple(names)


def name_of(context: Context, channel: Place) -> str:
    """How brokers call a channel by its binding; empty where that is by its address:
    where nothing says otherwise, or not all that have the channel are of one kind."""
    said = _mapping(context, channel, "bindings")
    if said is None or channel.data.get("parameters"):
        return ""
    kinds = _kinds(context, channel)
    kinds = kinds or {str(kind) for kind in said.data if str(kind)[:2] != "x-"}
    kind = kinds.pop() if len(kinds) == 1 else ""
    binding = _mapping(context, said, kind) if kind in ops.NAMED_BY else None
    return "" if binding is None else ops.name_on(kind, binding.data)


def _kinds(context: Context, channel: Place) -> set[str]:
    """The protocols of the servers that have a channel, secured or not."""
    mine = servers_of(context, channel)
    servers = context.place("servers")
    found = set()
    for name, _ in context.members(servers):
        server = _mapping(context, servers, name)
        if server is not None and (mine is None or name in mine):
            found.add(_unsecured(context.text(server, "protocol")))
    return found


def _unsecured(protocol: str) -> str:
    """The protocol without what says that it is secured (`kafka-secure`, `amqps`)."""
    plain = protocol.removesuffix("-secure").removesuffix("s")
    return plain if plain in ops.NAMED_BY else protocol


def _mapping(context: Context, place: Place | None, key: str) -> Place | None:
    """The mapping that a member of another one is or refers to. What is wrong with it
    is told by whoever reads it."""
    entry = None if place is None else context.member(place, key)
    found = None if entry is None else context.follow(entry, quiet=True)
    return found if found is not None and isinstance(found.data, dict) else None
