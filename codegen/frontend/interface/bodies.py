"""OpenAPI's parameters, headers, bodies and answers."""

from __future__ import annotations

from typing import Final

from codegen.frontend.interface import streams
from codegen.frontend.interface.parts import Common, Reader
from codegen.frontend.media import is_binary
from codegen.frontend.resources import Place
from codegen.frontend.values import shown
from codegen.ir import operations as ops
from codegen.source.node import Json

_PARAMETER: Final = """name in required deprecated schema content style explode
    allowReserved allowEmptyValue $ref"""

USUAL_STYLES: Final = {
    "path": "simple",
    "query": "form",
    "querystring": "form",
    "header": "simple",
    "cookie": "form",
}
"""Where parameters are, and how they are written where they do not say."""

PLACES: Final = tuple(USUAL_STYLES)
"""Of two parameters with one name the first has it for itself."""

_STYLES: Final = (
    *("simple", "label", "matrix", "form", "cookie"),
    *("spaceDelimited", "pipeDelimited", "deepObject"),
)

_APART: Final = ("form", "cookie")
"""Styles in which the items of a list are put apart unless something else is said."""

_BODIES: Final = ("body", "formData")
"""Where parameters of Swagger 2.0 are that OpenAPI 3 has a `requestBody` for."""

IGNORED: Final = frozenset(["accept", "content-type", "authorization"])
"""Header parameters whose definition means nothing: the media types and the security
of an operation say it."""


def parameter(reader: Reader, place: Place) -> ops.Parameter | None:
    """A parameter; None where it is none."""
    found = reader.mapping(place)
    if found is None:
        return None
    name, where = found.data.get("name"), found.data.get("in")
    if not isinstance(name, str) or not isinstance(where, str):
        reader.context.invalid(found, "a parameter has `name` and `in`")
        return None
    if where not in PLACES:
        message = f"`in` takes one of {', '.join(PLACES)}, not {shown(where)}"
        if where in _BODIES:
            message += ", which is a `requestBody` since OpenAPI 3"
        reader.context.invalid(found, message)
        return None
    return _parameter(reader, place, found, name, where)


def header(reader: Reader, name: str, place: Place) -> ops.Parameter | None:
    """A header of an answer or of a part of a form."""
    found = reader.mapping(place)
    if found is None or name.lower() == "content-type":
        return None
    return _parameter(reader, place, found, name, "header")


def _parameter(
    reader: Reader, place: Place, found: Place, name: str, where: str
) -> ops.Parameter:
    schema = reader.context.member(found, "schema")
    style = found.data.get("style", USUAL_STYLES[where])
    if style not in _STYLES:
        member = reader.context.lowering.child(found, "style")
        reader.context.invalid(member, f"`style` takes one of {', '.join(_STYLES)}")
        style = USUAL_STYLES[where]
    flag = reader.context.flag
    settings: dict[str, Json] = {
        "style": style,
        "explode": flag(found, "explode", style in _APART),
        "allowReserved": flag(found, "allowReserved"),
        "allowEmptyValue": flag(found, "allowEmptyValue"),
    }
    common = reader.common(place, found, _PARAMETER)
    for media, content in reader.context.members(
        reader.context.member(found, "content")
    ):
        settings = {"content": media}
        entry = reader.mapping(content)
        schema = entry and reader.context.member(entry, "schema")
        if entry is not None:
            _of_content(common, reader.common(content, entry, "schema"))
    return ops.Parameter(
        name=name,
        where=where,
        required=reader.context.flag(found, "required"),
        deprecated=reader.context.flag(found, "deprecated"),
        schema=reader.schema(schema),
        settings=settings,
        **common,
    )


def _of_content(common: Common, content: Common) -> None:
    """What the media type of a parameter says beside its schema."""
    for mine, theirs in (
        (common["notes"], content["notes"]),
        (common["unread"], content["unread"]),
    ):
        mine |= {f"content {key}": value for key, value in theirs.items()}


# --- bodies ------------------------------------------------------------------------


def body(reader: Reader, title: str, place: Place) -> ops.Body | None:
    """A request body."""
    found = reader.mapping(place)
    if found is None:
        return None
    return ops.Body(
        required=reader.context.flag(found, "required"),
        content=_content(reader, title, found),
        **reader.common(place, found, "required content"),
    )


def response(
    reader: Reader, title: str, status: str, place: Place
) -> ops.Response | None:
    """An answer."""
    found = reader.mapping(place)
    if found is None:
        return None
    return ops.Response(
        status=status,
        headers=(
            {}
            if reader.types_only
            else reader.map_of(found, "headers", lambda n, p: header(reader, n, p))
        ),
        content=_content(reader, title, found),
        **reader.common(place, found, "headers content"),
    )


def _content(reader: Reader, title: str, holder: Place) -> dict[str, ops.Media]:
    """The bodies by media type; all but the first carry it in their title."""
    content = reader.context.member(holder, "content")
    quiet = reader.types_only  # Reading the messages says it.
    found: dict[str, ops.Media] = {}
    for media, place in reader.context.members(content):
        entry = reader.mapping(place)
        if entry is None:
            continue
        schema = reader.context.member(entry, "schema")
        binary = schema is None or is_binary(media, schema.data)
        items = streams.items(reader, media, entry)
        common = reader.common(place, entry, "schema itemSchema encoding")
        if schema is not None and binary:
            reader.raw(schema, common)
        found[media] = ops.Media(
            media=media,
            title=title if not found else f"{title} {media}",
            schema=None if binary else reader.schema(schema, quiet=quiet),
            item=reader.schema(items, quiet=quiet),
            data=streams.contents(reader, items) if reader.types_only else {},
            encoding=(
                {}
                if reader.types_only
                else reader.map_of(entry, "encoding", lambda n, p: encoding(reader, p))
            ),
            **common,
        )
    return found


def encoding(reader: Reader, place: Place) -> ops.Encoding | None:
    """How one property of a form is written."""
    found = reader.mapping(place)
    if found is None:
        return None
    keys = "contentType style explode allowReserved"
    return ops.Encoding(
        settings=reader.settings(found, keys),
        headers=reader.map_of(found, "headers", lambda n, p: header(reader, n, p)),
        **reader.common(place, found, f"{keys} headers"),
    )
