"""OpenAPI 3: components, and what travels in requests and responses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from codegen.frontend import components
from codegen.frontend.context import Content, Context, Draft
from codegen.frontend.media import is_binary, is_json
from codegen.frontend.options import OperationGlobs
from codegen.frontend.resources import Place
from codegen.ir import model as ir

METHODS: Final = (
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
)  # fmt: skip

DEEPEST_CALLBACKS: Final = 3
"""How many levels of callbacks of callbacks are read."""

_VALUES: Final = ("value", "dataValue")
"""The fields of an Example Object that show a value as its schema describes it."""


def read(context: Context) -> Content:
    """Everything an OpenAPI document says."""
    info = context.place("info")
    content = Content(
        title=context.text(info, "title"),
        version=context.text(info, "version"),
        dialect=context.root.dialect.name,
    )
    schemas = context.place("components", "schemas")
    context.lowering.components = components.held(context, schemas)
    components.name_all(context, content, schemas)
    context.globs = OperationGlobs.of(context.options, content.names)
    for path, item in context.members(context.place("paths")):
        if not path.startswith("x-"):
            _operations(context, content, _PathItem(path, item))
    for name, item in context.members(context.place("webhooks")):
        _operations(context, content, _PathItem(name, item, "webhook"))
    return content


def methods(context: Context, item: Place) -> Iterator[tuple[str, Place]]:
    """The operations of a path item, by method. Methods without a field of their own
    are spelled as they are sent."""
    for key, operation in context.members(item):
        if key in METHODS:
            yield key.upper(), operation
        elif key == "additionalOperations":
            yield from context.members(operation)


def names_of(label: str, operation: Place) -> list[str]:
    """All names by which options may mean an operation: its method and path, its id,
    its tags, and its tags as `tag:NAME`, for where a schema has the same name as a
    tag."""
    told = [label, operation.data.get("operationId")]
    tags = operation.data.get("tags")
    found = [t for t in (tags if isinstance(tags, list) else ()) if isinstance(t, str)]
    names = [name for name in told if isinstance(name, str)]
    return [*names, *found, *(f"tag:{tag}" for tag in found)]


def path_items(context: Context, callback: Place) -> Iterator[tuple[str, Place]]:
    """The path items of a callback, by the expressions that give their addresses."""
    for expression, item in context.members(callback):
        if not expression.startswith("x-"):
            yield expression, item


@dataclass(frozen=True, slots=True)
class _PathItem:
    """Where a path item stands. For operations that the server calls, `inverted` is
    `webhook` or `callback`; for others it is empty. Of a callback, `depth` counts the
    operations around it, and `outer` tells whether the options take the innermost."""

    path: str
    place: Place
    inverted: str = ""
    depth: int = 0
    outer: bool | None = False


def _operations(context: Context, content: Content, item: _PathItem) -> None:
    """Read the messages of a path item and of the callbacks in it."""
    for method, place in methods(context, item.place):
        operation = context.mapping(place)
        if operation is None:
            continue
        name = f"{method} {item.path}"
        names = names_of(name, operation)
        content.operations.update(dict.fromkeys(names))
        taken = context.globs.take(names, item.outer)
        if taken is not None:
            drafts = _operation(context, name, item.path, operation, item.inverted)
            content.drafts.extend(replace(draft, taken=taken) for draft in drafts)
        if item.depth == DEEPEST_CALLBACKS:
            continue
        for _, callback in context.members(context.member(operation, "callbacks")):
            for expression, inner in path_items(context, callback):
                depth = item.depth + 1
                called = _PathItem(expression, inner, "callback", depth, taken)
                _operations(context, content, called)


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
    """A message for each media type. All but the first have the media type in their
    names."""
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
            examples=tuple(examples_of(context, content)),
            binary=binary and not is_json(media),
        )
        items = context.member(content, "itemSchema")
        if schema is not None or items is None:
            yield Draft(message, None if binary else schema)
        if items is not None:
            item = replace(message, name=f"{message.name} item", binary=False)
            yield Draft(item, items)
        first = False


def examples_of(context: Context, holder: Place) -> Iterator[ir.Example]:
    """The examples that a media type, a parameter or a header shows."""
    data = holder.data
    if isinstance(data, dict) and "example" in data:
        where = context.lowering.location(holder).child("example")
        yield ir.Example(data["example"], where)
    yield from context.examples(holder, dict, _VALUES)
