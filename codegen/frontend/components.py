"""Names schemas: by the keys under which they are kept, in this file and in others."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Final

from codegen.frontend.context import Content, Context
from codegen.frontend.resources import Place
from codegen.ir import model as ir
from codegen.source import pointer as pointers
from codegen.source.document import Document

_COMPONENT: Final = re.compile(
    r"(/components/schemas|/\$defs|/definitions|/schemas|)/(?P<key>[^/]+)\Z"
)
"""Pointers to a schema that a file keeps by its name, in a map of schemas or at the top
level."""


def last_token(pointer: str) -> str:
    """The key at the end of a pointer."""
    return pointers.unescape(pointer.rpartition("/")[2])


def name_all(
    context: Context,
    content: Content,
    place: Place | None,
    unwrap: Callable[[Context, Place], Place | None] | None = None,
) -> None:
    """Name every schema of a map by its key, in the order of the map.

    An entry that only refers to a schema outside of the map gives that schema its name.
    `unwrap` gives the schema of an entry that holds one without being one.
    """
    if place is None:
        return
    for key, entry in context.members(place):
        target = entry
        if isinstance(entry.data, dict) and set(entry.data) == {"$ref"}:
            # One that leads nowhere is reported where it is lowered, if it is.
            followed = context.follow(entry, quiet=True)
            if followed is not None and _elsewhere(followed, place):
                target = followed
        schema = target if unwrap is None else unwrap(context, target)
        if schema is not None:
            name_one(context, content, key, schema)


def name_one(context: Context, content: Content, name: str, place: Place) -> None:
    """Name the schema at a place. It will be in the module if the options include the
    name."""
    content.names.setdefault(name, place)
    if context.included(name):
        context.lowering.require(place)


def name_inline(context: Context, content: Content, key: str, payload: Place) -> None:
    """Name the payload of a message after the message, unless it has a name already."""
    target = context.target(payload)
    if target is None:
        return
    identity = context.lowering.peek(target)
    known = {context.lowering.peek(place) for place in content.names.values()}
    if identity in known:
        return
    matched = _COMPONENT.match(target.pointer)
    if (
        target is not payload
        and matched
        and last_token(target.pointer) not in content.names
    ):
        name_one(context, content, last_token(target.pointer), target)
        return
    name, number = f"{key}Payload", 2
    while name in content.names:
        name, number = f"{key}Payload{number}", number + 1
    name_one(context, content, name, target)


def name_referenced(context: Context, content: Content) -> None:
    """Name schemas of other files that were referred to by the keys under which these
    files keep them, or by the name of a file that is a single schema, as far as the
    names are free."""
    taken = set(content.ids(context))
    for identity, place in context.lowering.places.items():
        if identity not in taken and "@" not in identity:
            name = _name_at(place, context.root.document)
            if name and name not in content.names:
                content.names[name] = place


def named(context: Context, content: Content) -> frozenset[ir.SchemaId]:
    """The ids of all schemas that have a name so far."""
    return frozenset(map(context.lowering.peek, content.names.values()))


def has_key(context: Context, place: Place) -> bool:
    """Whether the place is one that gives a schema a name: a key under which a file
    keeps schemas."""
    return bool(_name_at(place, context.root.document))


def _name_at(place: Place, root: Document) -> str:
    document = place.resource.document
    if not place.pointer:
        local = document is root or "://" in document.name
        return "" if local else PurePosixPath(document.name).stem
    matched = _COMPONENT.match(place.pointer)
    if matched is None or (document is root and not matched.group(1)):
        return ""
    return pointers.unescape(matched.group("key"))


def _elsewhere(target: Place, names: Place) -> bool:
    same = target.resource.document is names.resource.document
    parent = target.pointer.rpartition("/")[0]
    return not (same and parent == names.pointer)
