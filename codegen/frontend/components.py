"""Names of schemas: keys of `components/schemas`, here and in other files."""

from __future__ import annotations

from codegen.frontend.context import Content, Context
from codegen.frontend.resources import Place


def name_all(context: Context, content: Content, place: Place | None) -> None:
    """Name every schema of a map by its key, in its order.

    An entry that is nothing but a reference out of this map is another place's
    schema under this name.
    """
    if place is None:
        return
    for key, entry in context.members(place):
        target = entry
        if isinstance(entry.data, dict) and set(entry.data) == {"$ref"}:
            followed = context.follow(entry)
            if followed is None:
                continue
            if _elsewhere(followed, place):
                target = followed
        if context.included(key):
            content.names[key] = context.lowering.want(target)


def _elsewhere(target: Place, names: Place) -> bool:
    same = target.resource.document is names.resource.document
    parent = target.pointer.rpartition("/")[0]
    return not (same and parent == names.pointer)
