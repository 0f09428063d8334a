"""What an AsyncAPI document says of protocols, and which schemas are among that."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from codegen.frontend.interface.parts import Reader
from codegen.frontend.resources import Place
from codegen.ir import model as ir
from codegen.source.node import Json

CHANNEL: Final = {"ws": ("query", "headers")}
ACTION: Final = {"http": ("query",)}
MESSAGE: Final = {
    **dict.fromkeys(("http", "jms", "anypointmq"), ("headers",)),
    "kafka": ("key",),
    "mqtt": ("correlationData",),
}
"""By protocol, the fields whose schemas say what travels with each message."""


def read(
    reader: Reader, place: Place | None, fields: Mapping[str, tuple[str, ...]]
) -> tuple[dict[str, Json], dict[str, ir.SchemaId]]:
    """What is said of each protocol, behind a reference or not, and apart from it the
    schemas of some fields, by protocol and field."""
    found = None if place is None else reader.mapping(place)
    bindings: dict[str, Json] = {} if found is None else dict(found.data)
    schemas: dict[str, ir.SchemaId] = {}
    for protocol, keys in fields.items():
        binding = found and reader.context.member(found, protocol)
        said = binding and binding.data
        if binding is None or not isinstance(said, dict):
            continue
        rest = dict(said)
        for key in (k for k in keys if isinstance(said.get(k), dict)):
            del rest[key]
            target = reader.schema(reader.context.member(binding, key))
            if target is not None:
                schemas[f"{protocol} {key}"] = target
        bindings[protocol] = rest
    return bindings, schemas
