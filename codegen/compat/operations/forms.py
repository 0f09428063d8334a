"""Bodies that are forms: how each property is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from codegen.compat import rules
from codegen.compat.findings import Verdict
from codegen.compat.operations import parameters
from codegen.compat.operations.exchange import Carried, Exchanges
from codegen.compat.operations.record import Record, settings_changed
from codegen.compat.versions.media import FORM, in_range, media_key
from codegen.ir import facts
from codegen.ir import model as ir
from codegen.ir import operations as ops
from codegen.ir.equality import freeze

SAFE, BREAKING = Verdict.COMPATIBLE, Verdict.BREAKING

_FLAT: Final = frozenset(("string", "number", "boolean"))


def encodings(
    record: Record,
    exchanges: Exchanges,
    carried: Carried,
    what: str,
    direction: ir.Direction,
    a: ops.Media,
    b: ops.Media,
) -> None:
    """How each property of a form is written in both versions."""
    sides = exchanges.versions.old, exchanges.versions.new
    for name in dict.fromkeys((*a.encoding, *b.encoding)):
        x, y = a.encoding.get(name), b.encoding.get(name)
        if not exchanges.versions.in_forms(a, b, name):
            _of_nothing(record, what, name, (a, x), (b, y))
            continue
        first = _encoding(sides[0].module, a, name, x)
        second = _encoding(sides[1].module, b, name, y)
        said = [one and dict(one.settings) for one in (x, y)]
        changed = _changed(first, second)
        if said[0] != said[1] and not changed:
            record.reworded(f"encoding of {name} in {what}", first, second)
        for key, message in changed:
            wider = key == "contentType" and _wider(direction, first, second)
            rule, verdict = rules.ENCODING_CHANGED, SAFE if wider else BREAKING
            told = f"{what}, property {name}: {message}"
            witness = None
            if key == "contentType" and not wider:
                types = _content_types(first), _content_types(second)
                witness = exchanges.part(carried, direction, b.media, name, types)
            shown = wider or witness is not None
            reason = "" if shown else "what one version writes the other does not read"
            place = first, second
            record.add(
                rule, verdict, direction, told, *place, witness=witness, reason=reason
            )
        parameters.part_headers(
            record,
            exchanges.versions,
            f"{what} {name}",
            direction,
            (first, second),
        )
        record.compare(f"{what} {name}", first, second)
    _unstated(record, exchanges, carried, what, direction, a, b)


def _unstated(
    record: Record,
    exchanges: Exchanges,
    carried: Carried,
    what: str,
    direction: ir.Direction,
    a: ops.Media,
    b: ops.Media,
) -> None:
    """Parts whose content type follows from a schema that has alternatives. Who
    tolerates an alternative that it does not know is no less surprised by a part of a
    type that none of the others has."""
    if direction is not ir.Direction.SERVER_TO_CLIENT or not all(
        one.media.lower().startswith("multipart/") for one in (a, b)
    ):
        return
    modules = exchanges.versions.old.module, exchanges.versions.new.module
    old, new = (_properties(m, one) for m, one in zip(modules, (a, b), strict=True))
    told = {*a.encoding, *b.encoding}
    for name in (n for n in old if n in new and n not in told):
        types = _part_types(modules[0], old[name]), _part_types(modules[1], new[name])
        fresh = [one for one in types[1] if one not in types[0]]
        if not (fresh and all(types) and _chosen(modules[0], old[name])):
            continue
        message = f"{what}, property {name}: parts may be {fresh[0]}"
        witness = exchanges.part(carried, direction, b.media, name, types)
        reason = "" if witness else "who reads it expects no such part"
        rule = rules.ENCODING_CHANGED
        record.add(
            rule, BREAKING, direction, message, a, b, witness=witness, reason=reason
        )


def _properties(
    module: ir.Module, media: ops.Media
) -> Mapping[str, tuple[ir.Schema, ...]]:
    """What a form declares."""
    if media.schema is None:
        return {}
    return facts.properties(module, module.schemas[media.schema])


def _chosen(module: ir.Module, schemas: Sequence[ir.Schema]) -> bool:
    """Whether there are alternatives to choose from, in a list too."""
    kinds = (ir.AnyOf, ir.OneOf, ir.Enum)
    every = (*schemas, *_items(module, schemas))
    return any(facts.states(module, schema, kinds) for schema in every)


def _part_types(module: ir.Module, schemas: Sequence[ir.Schema]) -> tuple[str, ...]:
    """The content types that parts of a schema have if nothing is said of them; none
    where that is not known from JSON types alone."""
    items = _items(module, schemas)
    if any(_of_bytes(module, schema) for schema in (*schemas, *items)):
        return ()
    types = _types(module, schemas)
    if "array" in types:
        types |= _types(module, items)
    flat = ["text/plain"] if types & _FLAT else []
    return (*flat, *(["application/json"] if "object" in types else []))


def _items(module: ir.Module, schemas: Sequence[ir.Schema]) -> tuple[ir.Schema, ...]:
    return tuple(i.schema for s in schemas for i in facts.stated(module, s, ir.Items))


def _of_bytes(module: ir.Module, schema: ir.Schema) -> bool:
    """Whether texts may be bytes, which have a content type of their own."""
    coded = schema.annotations.content_encoding
    return bool(coded or facts.stated(module, schema, ir.Format))


def _of_nothing(
    record: Record,
    what: str,
    name: str,
    old: tuple[ops.Media, ops.Encoding | None],
    new: tuple[ops.Media, ops.Encoding | None],
) -> None:
    """What is said of a property that one version never writes or never looks at."""
    (a, x), (b, y) = old, new
    if x is None or y is None or _said(x) != _said(y):
        record.reworded(f"encoding of {name} in {what}", x or a, y or b)


def _said(told: ops.Encoding) -> object:
    """All that an entry says, wherever it stands."""
    headers = {
        key: (one.required, freeze(dict(one.settings)), freeze(dict(one.unread)))
        for key, one in told.headers.items()
    }
    said = (told.settings, told.notes, told.unread)
    return headers, *(freeze(dict(one)) for one in said)


def _encoding(
    module: ir.Module, media: ops.Media, name: str, told: ops.Encoding | None
) -> ops.Encoding:
    """What holds for a property of a form, what follows from its schema included."""
    found = ops.Encoding(location=media.location) if told is None else told
    said = dict(found.settings)
    usual = _usual_type(module, media, name)
    settings: dict[str, ir.Json] = {"contentType": usual} if usual else {}
    another = said.get("contentType", usual) != usual
    declared = _declared(module, media, name)
    types = _types(module, declared)
    if declared and not parameters.put_apart(str(said.get("style", "form")), types):
        said.pop("explode", None)
    if _like_a_query(module, media, declared) and not another:
        style = said.get("style", "form")
        settings |= {"style": style, "explode": style == "form", "allowReserved": False}
    return replace(found, settings={**settings, **said})


def _declared(module: ir.Module, media: ops.Media, name: str) -> tuple[ir.Schema, ...]:
    """What is said of a property; nothing where it is not declared."""
    return _properties(module, media).get(name, ())


def _like_a_query(
    module: ir.Module, media: ops.Media, declared: tuple[ir.Schema, ...]
) -> bool:
    """Whether a property is written as a parameter of a query would be, if nothing is
    said: texts and numbers, or a list of these, in the body of an HTML form."""
    if media_key(media.media) != FORM or not declared:
        return False
    if _types(module, declared) <= _FLAT:
        return True
    items = _items(module, declared)
    listed = _types(module, declared) <= _FLAT | {"array"}
    return listed and bool(items) and _types(module, items) <= _FLAT


def _types(module: ir.Module, schemas: Sequence[ir.Schema]) -> frozenset[str]:
    """The JSON types of what is of all these schemas."""
    found = facts.ALL_TYPES
    for schema in schemas:
        found &= facts.types(module, schema)
    return found


def _usual_type(module: ir.Module, media: ops.Media, name: str) -> str:
    """The content type of a property of which nothing else is said; empty where that
    depends."""
    if media.schema is None:
        return ""
    schemas = _declared(module, media, name)
    types = _types(module, schemas)
    if any(_of_bytes(module, schema) for schema in schemas):
        return ""
    there = types - {"null"}
    if there == {"object"}:
        return "application/json"
    return "text/plain" if there and there <= _FLAT else ""


def _changed(a: ops.Encoding, b: ops.Encoding) -> list[tuple[str, str]]:
    """What differs in how a property is written; content types may be spelled
    otherwise."""
    old, new = set(_content_types(a)), set(_content_types(b))
    return [
        (key, message)
        for key, message in settings_changed(a.settings, b.settings)
        if key != "contentType" or not old or old != new
    ]


def _wider(direction: ir.Direction, a: ops.Encoding, b: ops.Encoding) -> bool:
    """Whether the reader takes every content type that the writer writes, by its name
    or by a range."""
    forward = direction is ir.Direction.CLIENT_TO_SERVER
    wrote, read = map(_content_types, (a, b) if forward else (b, a))
    if not wrote or not read:
        return False
    return all(
        one in read or any(in_range(one, other) for other in read) for one in wrote
    )


def _content_types(encoding: ops.Encoding) -> tuple[str, ...]:
    """The content types that a part may have, as they are compared; none where nothing
    is said of it, and the type follows from the schema."""
    told = str(encoding.settings.get("contentType", ""))
    return tuple(media_key(part) for part in told.split(",") if part.strip())
