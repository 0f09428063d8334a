"""Names of schemas: the keys they are kept under, here and in other files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from codegen.frontend.context import Content, Context
from codegen.frontend.resources import Place
from codegen.ir import model as ir
from codegen.ir.apart import apart
from codegen.source import pointer as pointers
from codegen.source.document import Document

_COMPONENT: Final = re.compile(
    r"(/components/schemas|/\$defs|/definitions|/schemas|)/(?P<key>[^/]+)\Z"
)
"""Where a file keeps schemas by their names: at its top level or in a map of them."""


def last_token(pointer: str) -> str:
    """The key at the end of a pointer."""
    return pointers.unescape(pointer.rpartition("/")[2])


def name_all(
    context: Context,
    content: Content,
    place: Place | None,
    unwrap: Callable[[Context, Place], Place | None] | None = None,
) -> None:
    """Name every schema of a map by its key, in its order.

    An entry that is nothing but a reference out of this map is another place's
    schema under this name. `unwrap` gives the schema of an entry that holds one
    without being one.
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
    """Name a place, which is required if the options include the name."""
    content.names.setdefault(name, place)
    if context.included(name):
        context.lowering.require(place)


@dataclass(frozen=True, slots=True)
class Carried:
    """What a message carries: `key` is that of the message, `place` tells it from
    others of that key."""

    key: str
    place: str
    payload: Place


def name_carried(context: Context, content: Content, every: Iterable[Carried]) -> None:
    """Name payloads after their messages, unless they have names of their own.

    Where several messages have one key, the names of their payloads carry a digest, so
    that no message renames what another one carries by coming before it.
    """
    peek = context.lowering.peek
    known = {peek(place) for place in content.names.values()}
    wishes: dict[str, str] = {}
    named: dict[str, Place] = {}
    for one in every:
        target = context.target(one.payload)
        if target is None or peek(target) in known:
            continue
        known.add(peek(target))
        matched = _COMPONENT.match(target.pointer)
        own = last_token(target.pointer)
        free = own not in content.names and own not in named
        if target is one.payload or not matched or not free:
            own = one.place if one.place not in named else peek(target)
            wishes[own] = payload_name(one.key)
        named[own] = target
    found = apart(wishes, {*content.names, *(named.keys() - wishes.keys())})
    for own, target in named.items():
        name_one(context, content, found.get(own, own), target)


def payload_name(key: str) -> str:
    """What the payload of a message is called that has no name of its own."""
    return f"{key}Payload"


def name_referenced(context: Context, content: Content) -> None:
    """Name referenced schemas of other files by the key they are kept under there, or
    by the file that is nothing else, where that name is still free."""
    taken = set(content.ids(context))
    for identity, place in context.lowering.places.items():
        if identity not in taken and "@" not in identity:
            name = _name_at(place, context.root.document)
            if name and name not in content.names:
                content.names[name] = place


def named(context: Context, content: Content) -> frozenset[ir.SchemaId]:
    """What has a name so far."""
    return frozenset(map(context.lowering.peek, content.names.values()))


def has_key(context: Context, place: Place) -> bool:
    """Whether a place will be named after the key it is kept under."""
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
