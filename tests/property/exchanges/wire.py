"""Values as the text of requests and answers, by `style` and `explode`, and back.

Texts are as they travel: percent-encoded where they are part of an address.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, unquote

Json = Any
Pair = tuple[str, str]

RESERVED: Final = ":/?@!$'()*,;"
"""Characters that may come as they are where `allowReserved` says so; those left out
would end the value."""

_NUMBER: Final = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_USUAL: Final = {
    "path": "simple",
    "header": "simple",
    "query": "form",
    "cookie": "form",
}
_BETWEEN: Final = {"spaceDelimited": "%20", "pipeDelimited": "|"}


class Unwritable(Exception):
    """No document says how such a value is written, or it would not come back."""


@dataclass(frozen=True, slots=True)
class How:
    """How the value of a parameter is written."""

    name: str
    where: str
    style: str
    explode: bool
    reserved: bool = False
    content: str = ""


def how(parameter: dict[str, Json], where: str = "", name: str = "") -> How:
    """How a parameter, a header or a property of a form is written."""
    where = where or parameter["in"]
    name = name or parameter["name"]
    if where == "header":
        name = name.lower()
    for media in parameter.get("content", ()):
        return How(name, where, "", False, content=media)
    style = parameter.get("style", _USUAL[where])
    explode = parameter.get("explode", style == "form")
    reserved = bool(parameter.get("allowReserved")) and where != "header"
    return How(name, where, style, explode, reserved)


def flat(value: Json) -> str:
    """The text of a value that is neither a list nor an object."""
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case int() | float():
            return json.dumps(value)
        case _:
            raise Unwritable


def _coded(told: How, value: Json) -> str:
    text = flat(value)
    if told.where == "header":
        if text != text.strip() or not text or "," in text:
            raise Unwritable
        return text
    return quote(text, safe=RESERVED if told.reserved else "")


def pairs(told: How, value: Json) -> list[Pair]:
    """A value in a query, a cookie, a header or a form."""
    if told.content:
        text = _content(told, value)
        return [(quote(told.name, safe=""), text)]
    name = quote(told.name, safe="[]")
    match value:
        case list():
            texts = [_item(told, one) for one in value]
            if not texts:
                raise Unwritable
            if told.explode and told.style != "simple" and told.style != "deepObject":
                return [(name, text) for text in texts]
            if told.style == "deepObject":
                raise Unwritable
            return [(name, _BETWEEN.get(told.style, ",").join(texts))]
        case dict():
            return _members(told, name, value)
        case _:
            if told.style not in ("form", "simple"):
                raise Unwritable
            return [(name, _coded(told, value))]


def _item(told: How, value: Json) -> str:
    text = _coded(told, value)
    between = _BETWEEN.get(told.style, ",")
    if text == "" or between in text or isinstance(value, (list, dict)):
        raise Unwritable
    return text


def _members(told: How, name: str, value: dict[str, Json]) -> list[Pair]:
    members = [(quote(k, safe=""), _item(told, v)) for k, v in value.items()]
    if not members:
        raise Unwritable
    if told.style == "deepObject":
        return [(f"{name}[{k}]", v) for k, v in members]
    if told.explode and told.style == "form":
        return members
    if told.style == "simple" and told.explode:
        return [(name, ",".join(f"{k}={v}" for k, v in members))]
    if told.explode:
        raise Unwritable
    between = _BETWEEN.get(told.style, ",")
    return [(name, between.join(itertools.chain(*members)))]


def _content(told: How, value: Json) -> str:
    if told.content.endswith("json"):
        text = json.dumps(value, separators=(",", ":"), sort_keys=True)
    else:
        text = flat(value)
    return text if told.where == "header" else quote(text, safe="")


def segment(told: How, value: Json) -> str:
    """A value in a path."""
    if told.content:
        return _content(told, value)
    style, explode = told.style, told.explode
    lead = {"label": ".", "matrix": ";"}.get(style, "")
    match value:
        case list() if value:
            items = [_part(told, one) for one in value]
            between = {"label": ".", "matrix": f";{told.name}="}.get(style, ",")
            text = (between if explode else ",").join(items)
        case dict() if value:
            between = {"label": ".", "matrix": ";"}.get(style, ",")
            members = [(k, _part(told, v)) for k, v in value.items()]
            if explode:
                return lead + between.join(f"{k}={v}" for k, v in members)
            text = ",".join(itertools.chain(*members))
        case list() | dict():
            raise Unwritable
        case _:
            text = _part(told, value)
    return f";{told.name}={text}" if style == "matrix" else lead + text


def _part(told: How, value: Json) -> str:
    text = _coded(told, value)
    if (
        not text
        or "/" in text
        or "," in text
        or (told.style == "label" and "." in text)
    ):
        raise Unwritable
    return text


# --- back --------------------------------------------------------------------------


def meanings(text: str) -> tuple[Json, ...]:
    """All that a text may stand for."""
    if text in ("true", "false"):
        return text, text == "true"
    if _NUMBER.fullmatch(text):
        return text, json.loads(text)
    return (text,)


def read(told: How, found: Sequence[str]) -> Iterator[Json]:
    """All that the texts of one name may stand for; names of members aside."""
    if told.content:
        if len(found) == 1:
            yield from _read_content(told, found[0])
        return
    repeated = told.explode and told.style not in ("simple", "deepObject")
    if len(found) == 1 and told.style in ("form", "simple"):
        yield from _single(told, found[0])
    if repeated:
        yield from _lists(told, found)
    elif len(found) == 1 and told.style != "deepObject":
        between = _BETWEEN.get(told.style, ",")
        pieces = found[0].split(between)
        yield from _lists(told, pieces)
        if told.style == "simple" and told.explode:
            if all("=" in piece for piece in pieces):
                yield from objects(told, [_parted(piece) for piece in pieces])
        elif len(pieces) % 2 == 0:
            named = list(zip(pieces[::2], pieces[1::2], strict=True))
            yield from objects(told, named)


def _parted(piece: str) -> Pair:
    name, _, text = piece.partition("=")
    return name, text


def _single(told: How, text: str) -> Iterator[Json]:
    if told.where in ("query", "form", "path") and _raw(text) and not told.reserved:
        return
    if told.where == "header":
        yield from meanings(text) if "," not in text else ()
        return
    yield from meanings(unquote(text))


def _raw(text: str) -> bool:
    return any(letter in text for letter in RESERVED + "|")


def _lists(told: How, texts: Iterable[str]) -> Iterator[list[Json]]:
    found = [tuple(_single(told, text)) for text in texts]
    yield from map(list, itertools.islice(itertools.product(*found), 64))


def objects(told: How, named: Sequence[Pair]) -> Iterator[dict[str, Json]]:
    """All that pairs of names and texts may stand for as one object."""
    names = [unquote(name) for name, _ in named]
    if len(set(names)) < len(names):
        return
    for values in _lists(told, [text for _, text in named]):
        yield dict(zip(names, values, strict=True))


def _read_content(told: How, text: str) -> Iterator[Json]:
    text = text if told.where == "header" else unquote(text)
    if not told.content.endswith("json"):
        yield from meanings(text)
        return
    try:
        yield json.loads(text)
    except ValueError:
        return


def read_segment(told: How, text: str) -> Iterator[Json]:
    """All that a part of a path may stand for."""
    if told.content:
        yield from _read_content(told, text)
        return
    style, explode = told.style, told.explode
    between = ","
    if style in ("label", "matrix"):
        lead = "." if style == "label" else ";"
        if not text.startswith(lead):
            return
        text = text[1:]
        between = lead if explode else ","
        if style == "matrix":
            yield from _read_matrix(told, text)
            return
    pieces = text.split(between)
    if len(pieces) == 1:
        yield from _single(told, text)
    yield from _lists(told, pieces)
    yield from _read_members(told, pieces)


def _read_matrix(told: How, text: str) -> Iterator[Json]:
    lead = f"{told.name}="
    pieces = text.split(";")
    if all(piece.startswith(lead) for piece in pieces):
        texts = [piece.removeprefix(lead) for piece in pieces]
        if len(texts) == 1:
            yield from _single(told, texts[0])
        if told.explode:
            yield from _lists(told, texts)
        elif len(texts) == 1:
            inner = texts[0].split(",")
            yield from _lists(told, inner)
            yield from _read_members(told, inner)
    if told.explode:
        yield from _read_members(told, pieces)


def _read_members(told: How, pieces: Sequence[str]) -> Iterator[Json]:
    if told.explode:
        if all("=" in piece for piece in pieces):
            yield from objects(told, [_parted(piece) for piece in pieces])
    elif len(pieces) % 2 == 0:
        yield from objects(told, list(zip(pieces[::2], pieces[1::2], strict=True)))
