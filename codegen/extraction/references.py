"""The references inside a place of a document, each with where it leads.

Which mapping is a schema follows from its place: what is called `$ref` in data, or in
an extension, is none.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from codegen.frontend.resources import Place, Resources, Unresolved
from codegen.frontend.session_rules import KEYWORD as RULES
from codegen.frontend.standing import subschemas
from codegen.frontend.values import only_refers
from codegen.source import pointer as pointers
from codegen.source.node import Json

Spot: TypeAlias = tuple[str, str]
"""A place by the name of its document and a pointer."""

_DATA: Final = frozenset(("example", "examples", "default", "enum", "const", "value"))
_SCHEMA: Final = frozenset(("schema", "payload", "itemSchema", "where"))
_SCHEMAS: Final = frozenset(("schemas", "$defs", "definitions"))
_DYNAMIC: Final = ("$dynamicRef", "$recursiveRef")


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference: its text and where that stands, the place that it means, and
    whether that is a schema. A dynamic one may mean others, too."""

    text: str
    at: Spot
    target: Place
    schema: bool

    @property
    def dynamic(self) -> bool:
        """Whether it leads elsewhere for each way on which it is met."""
        return self.at[1].rpartition("/")[2] in _DYNAMIC

    @property
    def spot(self) -> Spot:
        """Where it leads."""
        return spot(self.target)


def spot(place: Place) -> Spot:
    """A place by its document and pointer."""
    return place.resource.document.name, place.pointer


def references(
    resources: Resources, place: Place, dropped: Container[Spot], *, schema: bool
) -> Iterator[Reference]:
    """The references inside a place, which is a schema or not, but for what has been
    dropped."""
    pending = [(place, schema)]
    while pending:
        here, schema = pending.pop()
        if spot(here) in dropped:
            continue
        if isinstance(here.data, dict):
            yield from _own(resources, here, schema=schema)
            pending += _inner(resources, here, schema=schema)
        elif isinstance(here.data, list):
            pending += [
                (_at(resources, here, str(index), item), schema)
                for index, item in enumerate(here.data)
            ]


def _own(resources: Resources, place: Place, *, schema: bool) -> Iterator[Reference]:
    """The references of a mapping itself."""
    data = place.data
    words = ("$ref", *_DYNAMIC) if schema else ("$ref",)
    texts = {f"/{word}": data.get(word) for word in words}
    hint = data.get("discriminator") if schema else None
    mapping = hint.get("mapping") if isinstance(hint, dict) else None
    for key, text in mapping.items() if isinstance(mapping, dict) else ():
        texts[f"/discriminator/mapping/{pointers.escape(key)}"] = text
    document, pointer = spot(place)
    for within, text in texts.items():
        if not isinstance(text, str):
            continue
        try:
            target = resources.resolve(text, place.resource)
        except Unresolved:
            continue  # The name of a schema, or what whoever reads it has reported.
        found = Reference(text, (document, pointer + within), target, schema)
        if target.pointer or not found.dynamic:  # `#` may mean anything.
            yield found


def _inner(
    resources: Resources, place: Place, *, schema: bool
) -> Iterator[tuple[Place, bool]]:
    """What is inside a mapping, and which of it are schemas."""
    if schema:
        for token, value in subschemas(place.data):
            yield _below(resources, place, token, value), True
        return
    for key, value in place.data.items():
        if key == "examples" and isinstance(value, dict):
            inner = _at(resources, place, key, value)
            for name, one in value.items():
                if only_refers(one):
                    yield _at(resources, inner, name, one), False
        if key in _DATA or (key.startswith("x-") and key != RULES):
            continue
        inner = _at(resources, place, key, value)
        if key == "responses" and isinstance(value, dict):
            # By their statuses, one of which is called `default`.
            for status, one in value.items():
                yield _at(resources, inner, status, one), False
            continue
        if key in _SCHEMAS and isinstance(value, dict):
            for name, one in value.items():
                yield _at(resources, inner, name, one), _is_schema(one)
        elif key == "headers":  # Of AsyncAPI it is a schema, of OpenAPI a map.
            yield inner, isinstance(value, dict) and "type" in value
        else:
            yield inner, key in _SCHEMA and _is_schema(value)


def _is_schema(value: Json) -> bool:
    """Whether a value that stands for a schema is one, and not the object that names
    the language of one."""
    return not (isinstance(value, dict) and "schemaFormat" in value)


def _at(resources: Resources, place: Place, key: str, value: Json) -> Place:
    return _below(resources, place, f"/{pointers.escape(key)}", value)


def _below(resources: Resources, place: Place, token: str, value: Json) -> Place:
    where = place.pointer + token
    embedded = resources.embedded[place.resource.document.name]
    return Place(embedded.get(where, place.resource), where, value)
