"""What an AsyncAPI document says of protocols, and which schemas are among that."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from codegen.frontend.interface.parts import Reader
from codegen.frontend.resources import Place
from codegen.ir import model as ir
from codegen.ir import operations as ops
from codegen.source.node import Json

CHANNEL: Final = {"ws": ("query", "headers")}
MESSAGE: Final = {
    **dict.fromkeys(("http", "jms", "anypointmq"), ("headers",)),
    "kafka": ("key",),
    "mqtt": ("correlationData",),
}
"""By protocol, the fields whose schemas say what travels with each message."""

_ACTION: Final = {"http": ("query",)}
_READ: Final = {**_ACTION, "kafka": ops.OF_READERS}


def of_action(writes: ir.Direction) -> Mapping[str, tuple[str, ...]]:
    """The same for an action. How clients call themselves is said where they read."""
    return _READ if writes is ir.Direction.SERVER_TO_CLIENT else _ACTION


def read(
    reader: Reader, place: Place | None, fields: Mapping[str, tuple[str, ...]]
) -> tuple[dict[str, Json], dict[str, ir.SchemaId]]:
    """What is said of each protocol, behind a reference or not, and apart from it the
    schemas of some fields, by protocol and field."""
    context = reader.context
    found = None if place is None else reader.mapping(place)
    bindings: dict[str, Json] = {}
    schemas: dict[str, ir.SchemaId] = {}
    for protocol, entry in context.members(found):
        binding = context.follow(entry) or entry
        bindings[protocol] = said = reader.wholes.value(binding)
        if not isinstance(binding.data, dict):
            continue
        keys = [k for k in fields.get(protocol, ()) if isinstance(said.get(k), dict)]
        bindings[protocol] = {k: v for k, v in said.items() if k not in keys}
        for key in keys:
            target = reader.schema(context.member(binding, key))
            if target is not None:
                schemas[f"{protocol} {key}"] = target
    return bindings, schemas
