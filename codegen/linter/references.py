"""References that no schema needs and that lead nowhere all the same.

Reading a specification follows what its schemas and messages need. Parameters,
links, examples and unused components are looked through here.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote, urldefrag

from codegen.ir import model as ir
from codegen.linter.context import Context
from codegen.source import pointer
from codegen.source.document import Document
from codegen.source.workspace import Unavailable, local_uri

_VALUES: Final = frozenset(
    ("example", "examples", "default", "enum", "const", "value", "x-oaiMeta")
)
"""Below these stand values, in which `$ref` is a name like any other."""
_NAMES: Final = frozenset(("properties", "patternProperties", "$defs", "definitions"))
"""Below these stand schemas by name, and one may be named `$ref`."""


def check(context: Context) -> None:
    """Every reference of an OpenAPI or AsyncAPI document and of its files."""
    if not context.dialect.name.startswith(("openapi", "asyncapi")):
        return
    said = {item.span for item in context.report if item.code.endswith("-ref")}
    for document in list(context.loaded.workspace.documents.values()):
        if '"$id"' in document.text or "$id:" in document.text:
            continue  # Identifiers change what references are relative to.
        for where, text in _references(document):
            if context.loaded.span(where) not in said:
                _follow(context, document, where, text)


def _references(document: Document) -> Iterator[tuple[ir.Location, str]]:
    stack: list[tuple[ir.Location, ir.Json, bool]] = [
        (ir.Location(document.name, ""), document.data, False)
    ]
    while stack:
        where, value, named = stack.pop()
        if isinstance(value, list):
            for index, item in enumerate(value):
                stack.append((where.child(index), item, False))
        elif isinstance(value, dict):
            for key, item in value.items():
                if key == "$ref" and isinstance(item, str) and not named:
                    yield where.child(key), item
                elif named or key not in _VALUES:
                    stack.append((where.child(key), item, key in _NAMES and not named))


def _follow(
    context: Context, document: Document, where: ir.Location, text: str
) -> None:
    path, fragment = urldefrag(text)
    if ":" in path or path.startswith("/") or (fragment and fragment[0] != "/"):
        return
    target = document
    if path:
        name = posixpath.normpath(
            posixpath.join(posixpath.dirname(document.name), unquote(path))
        )
        try:
            target = context.loaded.workspace.document(local_uri(name))
        except Unavailable as error:
            context.add(error.code, str(error), where)
            return
    value = target.data
    try:
        for token in pointer.tokens(unquote(fragment)):
            value = pointer.step(value, token)
    except pointer.Missing as missing:
        message = f"{text!r} leads nowhere: there is no {str(missing)!r} there"
        context.add("dangling-ref", message, where)
