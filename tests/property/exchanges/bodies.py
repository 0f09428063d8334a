"""Bodies on the wire by media type: how a value is written, and what one may read."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import quote, unquote

from tests.property.exchanges import wire
from tests.property.exchanges.schemas import Atoms, Schemas
from tests.property.exchanges.wire import Unwritable

Json = Any

FORM: Final = "application/x-www-form-urlencoded"
PLAIN: Final = "text/plain"
_PLAIN: Final = Atoms(("x", "red", "5", "aaa"), (5, 0), ())
"""Values of headers of parts."""

JSON: Final = "application/json"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a form; of an HTML form it has no type."""

    name: str
    text: str
    media: str = ""
    header: tuple[wire.Pair, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """A body as it travels: a text, parts, or a value of which nobody says how."""

    media: str
    text: str = ""
    parts: tuple[Part, ...] = ()


# --- media types -------------------------------------------------------------------


def normal(media: str) -> str:
    """A media type as it is compared."""
    name, *rest = (part.strip().lower() for part in media.split(";"))
    if name.endswith("json"):
        rest = [one for one in rest if one != "charset=utf-8"]
    return ";".join([name, *sorted(rest)])


def essence(media: str) -> str:
    """A media type without its parameters."""
    return normal(media).partition(";")[0]


def covers(key: str, media: str) -> int:
    """How nearly a key of `content` speaks of a media type; 0 where it does not."""
    key, media = normal(key), normal(media)
    if key == media:
        return 4
    if key == essence(media):
        return 3
    kind = key.removesuffix("/*")
    if kind != key and media.startswith(f"{kind}/") and kind != "*":
        return 2
    return 1 if key == "*/*" else 0


def chosen(content: dict[str, Json], media: str) -> str | None:
    """The key of `content` that speaks of a media type."""
    best = max(content, key=lambda key: covers(key, media), default=None)
    return best if best is not None and covers(best, media) else None


def concrete(key: str, known: Sequence[str]) -> Iterator[str]:
    """Media types that a key of `content` stands for, where it speaks the nearest."""
    if "*" not in key:
        yield normal(key)
    for one in known:
        if normal(one) != normal(key) and covers(key, one):
            yield normal(one)
    if "*" in key:
        yield key.replace("*/*", "application/*").replace("*", "x-other")
    if key == "*/*":
        yield "other/x-other"


# --- writing -----------------------------------------------------------------------


def written(
    schemas: Schemas, media: str, told: dict[str, Json], value: Json
) -> Iterator[Body]:
    """A value as bodies of a media type."""
    kind = essence(media)
    encoding = told.get("encoding", {})
    if kind == FORM and isinstance(value, dict):
        known = declared(schemas.plain(told.get("schema")))
        yield Body(media, parts=tuple(_form(encoding, known, value)))
    elif kind.startswith("multipart/") and isinstance(value, dict):
        for body in _parts(media, encoding, value):
            yield from _with_headers(schemas, encoding, body)
    elif kind == PLAIN:
        yield Body(media, wire.flat(value))
    else:
        yield Body(media, _dumped(value))


def _dumped(value: Json) -> str:
    return json.dumps(value, sort_keys=True)


def _styled(entry: dict[str, Json]) -> bool:
    return bool(entry.keys() & {"style", "explode", "allowReserved"})


def _how(name: str, entry: dict[str, Json]) -> wire.How:
    return replace(wire.how(entry, "query", name), where="form")


def declared(schema: Json) -> dict[str, Json]:
    """The properties that a schema declares, in branches too."""
    if not isinstance(schema, dict):
        return {}
    found: dict[str, Json] = {}
    for key in ("allOf", "anyOf", "oneOf"):
        for one in schema.get(key, ()):
            found |= declared(one)
    found |= schema.get("properties", {})
    return found


def _apart(entry: dict[str, Json], name: str) -> bool:
    """Whether the members of an object have names of their own in a form."""
    if not _styled(entry):
        return False
    how = _how(name, entry)
    return how.explode and how.style == "form"


def _form(
    encoding: dict[str, Json], known: dict[str, Json], value: dict[str, Json]
) -> Iterator[Part]:
    loose: set[str] = set()
    for name, member in value.items():
        if isinstance(member, dict) and _apart(encoding.get(name, {}), name):
            if loose or member.keys() & known.keys() or value.keys() - known.keys():
                raise Unwritable  # Nobody could tell which are whose.
            loose = set(member)
        entry = encoding.get(name, {})
        if not _styled(entry):
            yield from _plainly(name, entry, member)
            continue
        for pair in wire.pairs(_how(name, entry), member):
            yield Part(*pair)


def _plainly(name: str, entry: dict[str, Json], member: Json) -> Iterator[Part]:
    """A member of a form of which nothing but a content type is said."""
    told = entry.get("contentType", "")
    many = member if isinstance(member, list) and not told else [member]
    if not many:
        raise Unwritable
    for one in many:
        as_json = essence(told) == JSON or (isinstance(one, dict) and not told)
        text = _dumped(one) if as_json else wire.flat(one)
        yield Part(quote(name, safe=""), quote(text, safe=""))


def _parts(
    media: str, encoding: dict[str, Json], value: dict[str, Json]
) -> Iterator[Body]:
    pools = []
    for name, member in value.items():
        told = encoding.get(name, {}).get("contentType", "")
        types = [normal(one) for one in told.split(",") if one.strip()]
        many = member if isinstance(member, list) else [member]
        if not many:
            raise Unwritable
        types = [t.replace("*", "x-other") for t in types] or [""]
        pools.append([[_part(name, one, kind) for one in many] for kind in types])
    for found in itertools.islice(itertools.product(*pools), 4):
        yield Body(media, parts=tuple(itertools.chain(*found)))


def _with_headers(
    schemas: Schemas, encoding: dict[str, Json], body: Body
) -> Iterator[Body]:
    """A body with the headers that its parts need, and once with each that they may
    have."""
    parts: list[Part] = []
    more: list[tuple[int, wire.Pair]] = []
    for index, part in enumerate(body.parts):
        told = encoding.get(part.name, {}).get("headers", {})
        least: list[wire.Pair] = []
        for name, one in told.items():
            how = wire.how(one, "header", name)
            for value in schemas.values(one["schema"], _PLAIN):
                pairs = wire.pairs(how, value)
                least += pairs if one.get("required") and not least else []
                more += [(index, pair) for pair in pairs]
        parts.append(replace(part, header=tuple(least)))
    yield replace(body, parts=tuple(parts))
    for index, pair in more:
        rest = [p for p in parts[index].header if p[0] != pair[0]]
        changed = replace(parts[index], header=(*rest, pair))
        yield replace(body, parts=(*parts[:index], changed, *parts[index + 1 :]))


def _headed(
    schemas: Schemas, encoding: dict[str, Json], part: Part, tolerant: bool
) -> bool:
    """Whether a part has the headers that its reader needs, with values it takes, or
    survives if it is `tolerant`."""
    takes = schemas.only_unknown if tolerant else schemas.accepts
    have = dict(part.header)
    for name, one in encoding.get(part.name, {}).get("headers", {}).items():
        text = have.get(name.lower())
        if text is None and one.get("required"):
            return False
        values = wire.read(wire.how(one, "header", name), [text or ""])
        if text is not None and not any(takes(one["schema"], v) for v in values):
            return False
    return True


def _part(name: str, value: Json, media: str) -> Part:
    if not media:
        if value is None or isinstance(value, list):
            raise Unwritable
        media = JSON if isinstance(value, dict) else PLAIN
    text = wire.flat(value) if essence(media) == PLAIN else _dumped(value)
    return Part(name, text, media)


# --- reading -----------------------------------------------------------------------


def read(
    schemas: Schemas, told: dict[str, Json], body: Body, tolerant: bool = False
) -> Iterator[Json]:
    """All that a body may stand for to one who reads it by a media type object, and
    who may be `tolerant` of unknown values in headers of its parts."""
    kind, schema = essence(body.media), told.get("schema")
    encoding = told.get("encoding", {})
    if kind == FORM and body.parts:
        yield from _members(schemas, schema, encoding, body.parts)
    elif body.parts:
        if all(
            _expected(schemas, schema, encoding, one)
            and _headed(schemas, encoding, one, tolerant)
            for one in body.parts
        ):
            yield from _members(schemas, schema, encoding, body.parts)
    elif kind == PLAIN:
        yield from wire.meanings(body.text)
    elif body.text:
        yield json.loads(body.text)
    elif kind == FORM or kind.startswith("multipart/"):
        yield {}


def _members(
    schemas: Schemas, schema: Json, encoding: dict[str, Json], parts: Sequence[Part]
) -> Iterator[Json]:
    found: dict[str, list[Part]] = {}
    for part in parts:
        name = part.name if part.media else unquote(part.name)
        found.setdefault(name, []).append(part)
    pools: list[list[Json]] = []
    names: list[str] = []
    for name, many in found.items():
        pools.append(list(_member(encoding.get(name, {}), name, many)))
        names.append(name)
    known = declared(schemas.plain(schema))
    spread = [n for n in known if _apart(encoding.get(n, {}), n)]
    pieces = {n for n in spread if schemas.types(known[n]) == {"object"}}
    # What travels in pieces has no name there, so that another one's piece may.
    loose = [name for name in names if name not in known or name in pieces]
    whole = [name for name in spread if name not in found or name in pieces]
    for values in itertools.islice(itertools.product(*pools), 200):
        value = dict(zip(names, values, strict=True))
        yield value
        for name in whole if loose else ():
            inner = {key: value[key] for key in loose}
            yield {**{k: v for k, v in value.items() if k not in inner}, name: inner}


def _member(entry: dict[str, Json], name: str, many: Sequence[Part]) -> Iterator[Json]:
    """All that the parts of one name may stand for."""
    if _styled(entry):
        yield from wire.read(_how(name, entry), [one.text for one in many])
        return
    pools = [list(_meanings(entry, part)) for part in many]
    if len(many) == 1:
        yield from pools[0]
    yield from map(list, itertools.islice(itertools.product(*pools), 64))


def _meanings(entry: dict[str, Json], part: Part) -> Iterator[Json]:
    media = part.media or entry.get("contentType", "")
    text = part.text if part.media else unquote(part.text)
    if essence(media) in (PLAIN, ""):
        yield from wire.meanings(text)
    if essence(media) != PLAIN:
        try:
            value = json.loads(text)
        except ValueError:
            return
        if media or isinstance(value, dict):
            yield value


def _expected(
    schemas: Schemas, schema: Json, encoding: dict[str, Json], part: Part
) -> bool:
    """Whether a part has a type that its reader expects."""
    told = encoding.get(part.name, {}).get("contentType", "")
    if told:
        return any(covers(one, part.media) for one in told.split(","))
    known = declared(schemas.plain(schema))
    if part.name not in known:
        return True
    member = known[part.name]
    kinds = schemas.types(member)
    items = member.get("items") if isinstance(member, dict) else None
    if "array" in kinds:
        kinds |= schemas.types({} if items is None else items)
    usual = {JSON} if "object" in kinds else set()
    if kinds & {"string", "number", "integer", "boolean"}:
        usual.add(PLAIN)
    return part.media in usual
