"""Names schemas: by the keys under which they are kept, in this file and in others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from codegen.frontend import no_schemas
from codegen.frontend.context import Content, Context
from codegen.frontend.resources import Place
from codegen.frontend.values import only_refers
from codegen.ir import model as ir
from codegen.ir.apart import apart, with_digests
from codegen.source import pointer as pointers

_COMPONENT: Final = re.compile(
    r"(/components/schemas|/\$defs|/definitions|/schemas|)/(?P<key>[^/]+)\Z"
)
"""Pointers to a schema that a file keeps by its name, in a map of schemas or at the top
level."""

_HOLDER: Final = re.compile(r"/components/(?:messages|messageTraits)/([^/]+)/headers\Z")
"""Pointers to headers that belong to what is kept by a name."""


def last_token(pointer: str) -> str:
    """The key at the end of a pointer."""
    return pointers.unescape(pointer.rpartition("/")[2])


def held(context: Context, schemas: Place | None) -> Place | None:
    """The map of schemas that stands at a place, which may refer to it; None where
    there is none."""
    found = None if schemas is None else context.follow(schemas, quiet=True)
    return None if found is None or not isinstance(found.data, dict) else found


def name_all(
    context: Context,
    content: Content,
    place: Place | None,
    unwrap: Callable[[Context, Place], Place | None] | None = None,
) -> None:
    """Name every schema of a map by its key, in the order of the map.

    An entry that only refers to a schema outside of the map gives that schema its name,
    and is the same schema.
    What is no schema is told where the entry is lowered.
    `unwrap` gives the schema of an entry that holds one without being one.
    """
    if place is None:
        return
    entries = dict(context.members(place))
    elsewhere = _elsewhere(context, entries, schemas=unwrap is None)
    for key, entry in entries.items():
        target = elsewhere.get(key, entry)
        if target is not entry:
            context.lowering.give_name(entry, target)
        schema = target if unwrap is None else unwrap(context, target)
        if schema is not None:
            name_one(context, content, key, schema)


def _elsewhere(
    context: Context, entries: Mapping[str, Place], *, schemas: bool
) -> dict[str, Place]:
    """By key, the schemas outside of a map to which its entries give names. Of several
    entries that refer to one schema, it is the one that is called as that is there,
    else the first; the others are further names."""
    found: dict[ir.SchemaId, dict[str, Place]] = {}
    for key, entry in entries.items():
        if not only_refers(entry.data):
            continue
        # One that leads nowhere is reported where it is lowered, if it is.
        first = context.follow_once(entry, quiet=True)
        end = context.follow(entry, quiet=True)
        if first is None or end is None or _beside(entry, first, end):
            continue
        if not (schemas and no_schemas.found(end)):
            found.setdefault(context.lowering.peek(end), {})[key] = end
    chosen: dict[str, Place] = {}
    for keys in found.values():
        own = _names_at(context, next(iter(keys.values())))
        key = next((name for name in own if name in keys), next(iter(keys)))
        chosen[key] = keys[key]
    return chosen


def name_one(context: Context, content: Content, name: str, place: Place) -> None:
    """Name the schema at a place. It will be in the module if the options include the
    name."""
    content.names.setdefault(name, place)
    if context.included(name):
        context.lowering.require(place)


def definitions(context: Context, schema: Place) -> Iterator[tuple[str, Place]]:
    """The definitions that a schema keeps, by key. What is no mapping is reported."""
    data = schema.data if isinstance(schema.data, dict) else {}
    for keyword in ("$defs", "definitions"):
        if keyword in data:
            yield from context.members(context.lowering.child(schema, keyword))


def name_definition(
    context: Context, content: Content, name: str, place: Place
) -> None:
    """Name a definition of a schema by its key, if no other one has that name, and
    otherwise with a digest of its place. One that only refers to the schema of that
    name, or to one that another file calls so, is the same schema."""
    other = content.names.get(name)
    alias = only_refers(place.data)
    target = context.follow(place, quiet=True) if alias else None
    same = target is not None and _is_called(context, target, name)
    if target is not None and same:
        context.lowering.give_name(place, target)
    if other is not None:
        peek = context.lowering.peek
        if target is not None and peek(target) == peek(other):
            return
        name = with_digests(name, [place.pointer], content.names)[place.pointer]
    name_one(context, content, name, target if target and same else place)


def _is_called(context: Context, target: Place, name: str) -> bool:
    """Whether a schema is one of another file that has a name there."""
    other = target.resource.document is not context.root.document
    return other and name in _names_at(context, target)


@dataclass(frozen=True, slots=True)
class Carried:
    """What a message carries: its payload, or its headers. `wish` is the name of that
    if it has none of its own, and `place` a text that tells it from others with the
    same wish."""

    wish: str
    place: str
    schema: Place


def _name_carried(context: Context, content: Content, every: Iterable[Carried]) -> None:
    """Name what messages carry after them, unless it has a name of its own.

    Where several messages have the same key, the names of what they carry end in a
    digest. So a message that is added before another one renames nothing.
    """
    peek = context.lowering.peek
    known = {peek(place) for place in content.names.values()}
    wishes: dict[str, str] = {}
    named: dict[str, Place] = {}
    for one in every:
        target = context.target(one.schema)
        if target is None or peek(target) in known:
            continue
        known.add(peek(target))
        matched = _COMPONENT.match(target.pointer)
        own = last_token(target.pointer)
        free = own not in content.names and own not in named
        if target is one.schema or not matched or not free:
            own = one.place if one.place not in named else _place(context, target)
            wishes[own] = one.wish
        named[own] = target
    found = apart(wishes, {*content.names, *(named.keys() - wishes.keys())})
    for own, target in named.items():
        name_one(context, content, found.get(own, own), target)


def name_messages(context: Context, content: Content) -> None:
    """Name the payloads of all messages, and then their headers."""
    payloads, headers = [], []
    for draft in content.drafts:
        key, place = draft.message.name, f"{draft.message.channel}/{draft.message.name}"
        if draft.payload is not None:
            payloads.append(Carried(payload_name(key), place, draft.payload))
        if draft.headers is not None and _declares(draft.headers):
            stand = _HOLDER.match(draft.headers.pointer)
            holder = key if stand is None else pointers.unescape(stand[1])
            headers.append(Carried(headers_name(holder), place, draft.headers))
    _name_carried(context, content, payloads)
    _name_carried(context, content, headers)


def _declares(headers: Place) -> bool:
    """Whether headers have a type of their own: it is known which there are."""
    data = headers.data if isinstance(headers.data, dict) else {}
    return any(data.get(key) for key in ("properties", "allOf", "anyOf", "oneOf"))


def _place(context: Context, target: Place) -> str:
    """A text that tells a place from others, whatever the root document is called."""
    at_home = target.resource.document is context.root.document
    return target.pointer if at_home else str(context.lowering.peek(target))


def payload_name(key: str) -> str:
    """The name of a payload that has none of its own, from the key of its message."""
    return f"{key}Payload"


def headers_name(key: str) -> str:
    """The same for headers, from the key of their message or trait."""
    return key if key.lower().endswith("headers") else f"{key}Headers"


def name_referenced(context: Context, content: Content) -> None:
    """Name schemas of other files that were referred to by the keys under which these
    files keep them, or by the name of a file that is a single schema. What has such a
    name already is told from them by their file."""
    taken = set(content.ids(context))
    for identity, place in context.lowering.places.items():
        if identity not in taken and "@" not in identity:
            wishes = _names_at(context, place)
            name = next((one for one in wishes if one not in content.names), "")
            if name:
                content.names[name] = place


def named(context: Context, content: Content) -> frozenset[ir.SchemaId]:
    """The ids of all schemas that have a name so far."""
    return frozenset(map(context.lowering.peek, content.names.values()))


def has_key(context: Context, place: Place) -> bool:
    """Whether the place is one that gives a schema a name: a key under which a file
    keeps schemas."""
    return any(_names_at(context, place))


def _names_at(context: Context, place: Place) -> Iterator[str]:
    """The names that the place of a schema gives it, the best one first. A key at the
    top of a file names what is referred to: elsewhere it may be the `schema` of a
    parameter that has a file of its own."""
    document, root = place.resource.document, context.root.document
    path = PurePosixPath(document.name)
    if not place.pointer:
        if document is not root and "://" not in document.name:
            yield from (path.stem, f"{path.parent.name}.{path.stem}")
        return
    matched = _COMPONENT.match(place.pointer)
    at_the_top = matched is not None and not matched.group(1)
    unnamed = document is root or not context.lowering.is_referred(place)
    if matched is None or (at_the_top and unnamed):
        return
    key = pointers.unescape(matched.group("key"))
    yield key
    if document is not root:
        yield from (f"{path.stem}.{key}", f"{path.parent.name}.{path.stem}.{key}")


def _beside(entry: Place, *places: Place) -> bool:
    """Whether one of some places is an entry of the same map."""
    names = entry.pointer.rpartition("/")[0]
    return any(
        place.resource.document is entry.resource.document
        and place.pointer.rpartition("/")[0] == names
        for place in places
    )
