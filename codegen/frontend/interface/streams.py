"""Bodies that come item by item: the schema of an item, and what is in the data of
server-sent events, where a schema describes these with their fields: `contentSchema` of
`data`, by the type of the event."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from codegen.frontend.interface.parts import Reader
from codegen.frontend.media import is_json, is_sequence
from codegen.frontend.resources import Place
from codegen.ir import model as ir

_IN_PLACE: Final = ("oneOf", "anyOf", "allOf")


def items(reader: Reader, media: str, entry: Place) -> Place | None:
    """The schema of each item of a body: `itemSchema`, or, for types, that of the items
    of an array. OpenAPI 3.2 takes a body that comes item by item for an array of them,
    and so have tools always written one that has no `itemSchema`."""
    stated = reader.context.member(entry, "itemSchema")
    schema = reader.context.member(entry, "schema")
    if stated is not None or schema is None or not is_sequence(media):
        return stated
    followed = reader.context.follow(schema, quiet=True)
    if followed is None or not isinstance(followed.data, dict):
        return None
    is_list = followed.data.get("type") in ("array", ["array"])
    by_place = "prefixItems" in followed.data or not reader.types_only
    return (
        reader.context.member(followed, "items") if is_list and not by_place else None
    )


def contents(reader: Reader, schema: Place | None) -> dict[str, ir.SchemaId]:
    """The schemas of what events hold in `data` as JSON, by their types; by none where
    the type does not matter."""
    found: dict[str, ir.SchemaId] = {}
    seen: set[tuple[str, str]] = set()
    stack: list[tuple[Place, tuple[str, ...]]]
    stack = [] if schema is None else [(schema, ("",))]
    while stack:
        place, above = stack.pop()
        followed = reader.context.follow(place, quiet=True)
        if followed is None or not isinstance(followed.data, dict):
            continue
        spot = followed.resource.document.name, followed.pointer
        if spot in seen:
            continue
        seen.add(spot)
        types = _types(reader, followed) or above
        target = reader.schema(_content(reader, followed), quiet=True)
        if target is not None:
            found.update(dict.fromkeys(types, target))
        stack += [(part, types) for part in _parts(reader, followed)]
    return found


def _types(reader: Reader, place: Place) -> tuple[str, ...]:
    """The types of the events that a schema describes; none if any."""
    event = reader.context.member(place, "properties", "event")
    data = None if event is None else event.data
    if not isinstance(data, dict):
        return ()
    values = [data["const"]] if "const" in data else data.get("enum")
    known = values if isinstance(values, list) else []
    return tuple(value for value in known if isinstance(value, str))


def _content(reader: Reader, place: Place) -> Place | None:
    data = reader.context.member(place, "properties", "data")
    media = reader.context.text(data, "contentMediaType") or "application/json"
    if data is None or not is_json(media):
        return None
    return reader.context.member(data, "contentSchema")


def _parts(reader: Reader, place: Place) -> Iterator[Place]:
    for keyword in _IN_PLACE:
        if isinstance(place.data.get(keyword), list):
            inner = reader.context.lowering.child(place, keyword)
            for index in reversed(range(len(inner.data))):
                yield reader.context.lowering.child(inner, str(index))
