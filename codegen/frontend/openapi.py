"""OpenAPI 3: components, and what travels in requests and responses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from codegen.frontend import components
from codegen.frontend.context import Content, Context, Draft
from codegen.frontend.media import is_binary, is_json
from codegen.frontend.resources import Place
from codegen.ir import model as ir
from codegen.source.node import Json

METHODS: Final = (
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
)  # fmt: skip


def read(context: Context) -> Content:
    """Everything an OpenAPI document says."""
    info = context.place("info")
    content = Content(
        title=context.text(info, "title"),
        version=context.text(info, "version"),
        dialect=context.root.dialect.name,
    )
    schemas = context.place("components", "schemas")
    if schemas is not None and isinstance(schemas.data, dict):
        context.lowering.components = schemas
    components.name_all(context, content, schemas)
    for path, item in context.members(context.place("paths")):
        if not path.startswith("x-"):
            content.drafts.extend(_operations(context, path, item, ""))
    for name, item in context.members(context.place("webhooks")):
        content.drafts.extend(_operations(context, name, item, "webhook"))
    return content


def _operations(
    context: Context, path: str, item: Place, inverted: str, depth: int = 0
) -> Iterator[Draft]:
    """The messages of a path item. `inverted` is the kind of one that the server
    calls: `webhook` or `callback`; empty for an ordinary one."""
    for key, operation in context.members(item):
        if key not in METHODS or context.mapping(operation) is None:
            continue
        name = f"{key.upper()} {path}"
        yield from _operation(context, name, path, operation, inverted)
        if depth < 3:
            callbacks = context.member(operation, "callbacks")
            for _, callback in context.members(callbacks):
                for expression, inner in context.members(callback):
                    if not expression.startswith("x-"):
                        yield from _operations(
                            context, expression, inner, "callback", depth + 1
                        )


def _operation(
    context: Context, name: str, channel: str, operation: Place, inverted: str
) -> Iterator[Draft]:
    there, back = ir.Direction.CLIENT_TO_SERVER, ir.Direction.SERVER_TO_CLIENT
    if inverted:
        there, back = back, there
    body = context.member(operation, "requestBody")
    if body is not None:
        kind = inverted or "request"
        yield from _bodies(context, f"{name} request", kind, there, channel, body)
    for status, response in context.members(context.member(operation, "responses")):
        if not status.startswith("x-"):
            kind = inverted or "response"
            full = f"{name} {status}"
            yield from _bodies(context, full, kind, back, channel, response)


def _bodies(
    context: Context,
    name: str,
    kind: str,
    direction: ir.Direction,
    channel: str,
    holder: Place,
) -> Iterator[Draft]:
    """A message for each media type; all but the first carry it in their name."""
    first = True
    description = context.text(context.follow(holder), "description")
    for media, content in context.members(context.member(holder, "content")):
        schema = context.member(content, "schema")
        binary = schema is None or is_binary(media, schema.data)
        message = ir.Message(
            name=name if first else f"{name} {media}",
            kind=kind,
            direction=direction,
            payload=None,
            location=context.lowering.location(content),
            channel=channel,
            content_type=media,
            description=description,
            examples=tuple(_examples(context, content)),
            binary=binary and not is_json(media),
        )
        yield Draft(message, None if binary else schema)
        first = False


def _examples(context: Context, media: Place) -> Iterator[Json]:
    data = media.data
    if isinstance(data, dict) and "example" in data:
        yield data["example"]
    for _, example in context.members(context.member(media, "examples")):
        followed = context.follow(example)
        if followed and isinstance(followed.data, dict) and "value" in followed.data:
            yield followed.data["value"]
