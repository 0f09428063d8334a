"""A plain JSON Schema document: its root and its definitions."""

from __future__ import annotations

from codegen.frontend import components
from codegen.frontend.context import Content, Context
from codegen.frontend.resources import Place


def read(context: Context) -> Content:
    """Name the schemas of a document: the root `#`, and each definition by its key."""
    root = context.root
    data = root.data
    content = Content(dialect=root.dialect.name)
    whole = Place(root, "", data)
    if isinstance(data, dict):
        content.title = context.text(whole, "title")
    components.name_one(context, content, "#", whole)
    for key, place in components.definitions(context, whole):
        components.name_definition(context, content, key, place)
    return content
