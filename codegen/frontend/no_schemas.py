"""What a reference of a schema may lead to that is no schema."""

from __future__ import annotations

from typing import Final

from codegen.frontend.resources import Place
from codegen.source import pointer

_DOCUMENTS: Final = {
    "openapi": "a whole document of OpenAPI",
    "asyncapi": "a whole document of AsyncAPI",
}
_COMPONENTS: Final = {
    "callbacks": "a callback",
    "channels": "a channel",
    "examples": "an example",
    "headers": "a header",
    "links": "a link",
    "messages": "a message",
    "operations": "an operation",
    "parameters": "a parameter",
    "pathItems": "a path item",
    "requestBodies": "a request body",
    "responses": "a response",
    "securitySchemes": "a security scheme",
    "servers": "a server",
}

_PARTS: Final = frozenset(
    (
        "channels", "externalDocs", "info", "operations", "paths", "security",
        "servers", "tags", "webhooks",
    )
)  # fmt: skip
_HOLD_SCHEMAS: Final = frozenset(
    ("bindings", "headers", "itemSchema", "payload", "schema")
)
"""Keys of other parts of a document below which there are schemas."""


def inside(place: Place) -> tuple[str, ...]:
    """The keys that lead to the schema in what is none, if there is one in it only: the
    payload of a message, the schema of a parameter, of a body in one media type."""
    data = place.data if isinstance(place.data, dict) else {}
    if "payload" in data and "schemaFormat" not in data:
        return ("payload",)
    if "schema" in data:
        return ("schema",)
    content = data.get("content")
    if not isinstance(content, dict) or len(content) != 1:
        return ()
    ((media, held),) = content.items()
    known = isinstance(held, dict) and "schema" in held
    return ("content", media, "schema") if known else ()


def found(place: Place) -> str | None:
    """What stands at a place, if it is something else than a schema."""
    document = place.resource.document.data
    kinds = document if isinstance(document, dict) else {}
    whole = next((said for key, said in _DOCUMENTS.items() if key in kinds), None)
    if whole is None or not place.pointer:
        return whole
    match pointer.tokens(place.pointer):
        case ["components", kind, _]:
            return _COMPONENTS.get(kind)
        case ["components"] | ["components", "schemas"]:
            return "a map of components"
        case ["components", kind, _, *inside] if kind in _COMPONENTS:
            said = f"a part of {_COMPONENTS[kind]}"
            return None if _HOLD_SCHEMAS.intersection(inside) else said
        case [part, *inside] if part in _PARTS:
            said = f"a part of `{part}`" if inside else f"`{part}`"
            return None if _HOLD_SCHEMAS.intersection(inside) else said
        case _:
            return None


def read_as(way: tuple[str, ...]) -> str:
    """What is said of a reference that means a schema on this way inside of where it
    leads; an empty way means the place itself."""
    if not way:
        return ", which is read as a schema; refer to a schema inside it"
    return f"; its `{way[-1]}` is read; refer to that"
