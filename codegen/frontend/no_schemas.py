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


def found(place: Place) -> str | None:
    """What stands at a place, if it is something else than a schema."""
    if not place.pointer:
        data = place.data if isinstance(place.data, dict) else {}
        return next((said for key, said in _DOCUMENTS.items() if key in data), None)
    match pointer.tokens(place.pointer):
        case ["components", kind, _]:
            return _COMPONENTS.get(kind)
        case _:
            return None
