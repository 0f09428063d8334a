"""References of schemas that were pasted into a document and were documents before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final
from urllib.parse import unquote

from codegen.frontend.resources import Place, Resource, Resources, Unresolved
from codegen.source import pointer as pointers

_OWN: Final = ("#/$defs/", "#/definitions/")
"""How the root of a JSON Schema refers to what it defines."""


def resolve(resources: Resources, text: str, base: Resource, pointer: str) -> Place:
    """The place that a reference at a pointer of a resource's document means. Where a
    pointer to definitions leads nowhere from the top of the document, it starts from
    the nearest schema around it that has them. Raises `Unresolved`."""
    try:
        return resources.resolve(text, base)
    except Unresolved:
        resource = base.outer or base
        tokens = pointers.tokens(unquote(text[1:])) if text.startswith(_OWN) else []
        for around in _around(pointer) if tokens else ():
            try:
                root = resources.roots[resource.document.name]
                value = root.data
                for token in (*pointers.tokens(around), *tokens):
                    value = pointers.step(value, token)
            except pointers.Missing:
                continue
            found = resources.at(root, around + unquote(text[1:]))
            told = f"{text!r} leads nowhere from the top of the document; it is "
            told += f"followed from {around}, which has that"
            return replace(found, remarks=(*found.remarks, told))
        raise


def _around(pointer: str) -> Iterator[str]:
    """The pointers to what is around a place, from the inside, without the document."""
    while pointer := pointer.rpartition("/")[0]:
        yield pointer
