"""Which schemas say what travels as texts: of parameters and headers, and of forms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from codegen.compat.normal.texts import AsTexts, both
from codegen.compat.versions.media import FORM, essence
from codegen.compat.versions.reach import Reach
from codegen.ir import model as ir
from codegen.ir import operations as ops

_FORMS: Final = (FORM, "multipart/form-data")
_PLAIN: Final = "text/plain"


def of_parameter(one: ops.Parameter) -> AsTexts | None:
    """How a parameter or header travels; None where it has a media type."""
    return None if "content" in one.settings else AsTexts()


def of_media(media: ops.Media) -> AsTexts | None:
    """How a body travels; None where it is no form."""
    if essence(media.media) not in _FORMS:
        return None
    told = {n: one.settings.get("contentType") for n, one in media.encoding.items()}
    return AsTexts(True, frozenset(n for n, types in told.items() if not _plain(types)))


def _plain(types: ir.Json) -> bool:
    """Whether a part can have no other content type than that of texts."""
    if types is None:
        return True
    return all(essence(one) == _PLAIN for one in str(types).split(","))


def find(module: ir.Module, reach: Reach) -> Mapping[ir.SchemaId, AsTexts]:
    """How those schemas travel that stand for values of operations, and everywhere
    travel as texts."""
    found: dict[ir.SchemaId, AsTexts | None] = {}
    for target, how in _uses(module):
        found[target] = both(how, found.get(target, how))
    return {
        target: how
        for target, how in found.items()
        if how is not None and not reach.inside(target)
    }


def _uses(module: ir.Module) -> Iterator[tuple[ir.SchemaId, AsTexts | None]]:
    for operation in module.interface.operations:
        yield from _of_parameters(operation.parameters)
        if operation.body is not None:
            yield from _of_bodies(operation.body.content.values())
        for response in operation.responses.values():
            yield from _of_parameters(response.headers.values())
            yield from _of_bodies(response.content.values())
    for channel in module.interface.channels:
        yield from _of_parameters(channel.parameters.values())
        for target in channel.handshake.values():
            yield target, AsTexts()
    rest = replace(module.interface, operations=(), channels=())
    for target, _, _ in ops.values(rest):
        yield target, None
    for message in module.messages:
        if message.kind == "event" and message.payload is not None:
            yield message.payload, None


def _of_parameters(
    many: Iterable[ops.Parameter],
) -> Iterator[tuple[ir.SchemaId, AsTexts | None]]:
    for one in many:
        if one.schema is not None:
            yield one.schema, of_parameter(one)


def _of_bodies(
    many: Iterable[ops.Media],
) -> Iterator[tuple[ir.SchemaId, AsTexts | None]]:
    for media in many:
        if media.schema is not None:
            yield media.schema, of_media(media)
        if media.item is not None:
            yield media.item, None
        for target in media.data.values():
            yield target, None
        for encoding in media.encoding.values():
            yield from _of_parameters(encoding.headers.values())
