"""Where schemas stand in plain data, whatever their dialect."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from codegen.source import pointer as pointers
from codegen.source.document import Document
from codegen.source.node import Json

_IN_MAP = ("properties", "patternProperties", "$defs", "definitions")
_IN_LIST = ("allOf", "anyOf", "oneOf", "prefixItems")
_SINGLE = (
    "additionalProperties", "propertyNames", "contains", "not", "if", "then", "else",
    "unevaluatedItems", "unevaluatedProperties", "additionalItems", "contentSchema",
)  # fmt: skip
_IDENTIFIERS: Final = ("$id", "$anchor", "$dynamicAnchor", "$schema")


def subschemas(data: dict[str, Json]) -> Iterator[tuple[str, Json]]:
    """The places of a schema object that hold schemas in any dialect, as
    `(pointer, value)`; the pointer starts with a slash."""
    for keyword, value in data.items():
        if keyword in _SINGLE:
            yield "/" + keyword, value
        elif keyword in _IN_MAP or keyword in ("dependentSchemas", "dependencies"):
            if isinstance(value, dict):
                for key, child in value.items():
                    yield f"/{pointers.escape(keyword)}/{pointers.escape(key)}", child
        elif keyword in _IN_LIST or keyword == "items":
            if isinstance(value, list):
                for index, child in enumerate(value):
                    yield f"/{keyword}/{index}", child
            elif keyword == "items":
                yield "/items", value


def roots(document: Document) -> dict[str, Json]:
    """The schemas to be searched for identifiers, by pointer; none where the text has
    no identifiers, which spares most documents the search."""
    found: dict[str, Json] = {}
    if not any(word in document.text for word in _IDENTIFIERS):
        return found
    stack: list[tuple[str, Json]] = [("", document.data)]
    while stack:
        where, value = stack.pop()
        if isinstance(value, list):
            stack.extend((f"{where}/{i}", item) for i, item in enumerate(value))
        elif isinstance(value, dict):
            for key, item in value.items():
                inner = f"{where}/{pointers.escape(key)}"
                if key in ("schema", "payload") or where == "/components/schemas":
                    found[inner] = item
                else:
                    stack.append((inner, item))
    return found
