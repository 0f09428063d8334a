"""References that no schema needs and that lead nowhere all the same.

Reading a specification follows what its schemas and messages need. Parameters,
links, examples and unused components are looked through here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import urldefrag

from codegen.diagnostics import Severity
from codegen.frontend import pasted
from codegen.frontend.resources import Unresolved
from codegen.ir import model as ir
from codegen.linter.context import Context
from codegen.source import pointer
from codegen.source.document import Document

_KINDS: Final = frozenset(("openapi", "asyncapi"))
_VALUES: Final = frozenset(
    ("example", "examples", "default", "enum", "const", "value", "x-oaiMeta")
)
"""Below these stand values, in which `$ref` is a name like any other."""
_NAMES: Final = frozenset(
    (
        *("properties", "patternProperties", "$defs", "definitions", "schemas"),
        *("responses", "parameters", "requestBodies", "headers", "securitySchemes"),
        *("links", "callbacks", "pathItems", "webhooks", "content", "channels"),
        *("operations", "messages", "messageTraits", "operationTraits", "servers"),
    )
)
"""Below these stand schemas and other things by name, and one may be named `$ref` or
begin like an extension."""


def check(context: Context) -> None:
    """Every reference of an OpenAPI or AsyncAPI document and of its files, but for what
    the options leave out."""
    if context.loaded.options.include:
        return  # What is taken has been read.
    documents = list(context.loaded.workspace.documents.values())
    if not isinstance(documents[0].data, dict) or _KINDS.isdisjoint(documents[0].data):
        return
    said = {item.span for item in context.report if item.code.endswith("-ref")}
    for document in documents:
        if '"$id"' in document.text or "$id:" in document.text:
            continue  # Identifiers change what references are relative to.
        for where, text in _references(document):
            left_out = _is_left_out(context, where)
            if not left_out and context.loaded.span(where) not in said:
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
                elif named or not (key in _VALUES or key.startswith("x-")):
                    stack.append((where.child(key), item, key in _NAMES and not named))


def _is_left_out(context: Context, where: ir.Location) -> bool:
    """Whether a place is within a schema that the options leave out and that nothing
    else needs."""
    match pointer.tokens(where.pointer):
        case ["components", "schemas", name, *_]:
            named = context.module.names.get(name)
            return named is None and not context.loaded.options.takes(name)
        case _:
            return False


def _follow(
    context: Context, document: Document, where: ir.Location, text: str
) -> None:
    path, fragment = urldefrag(text)
    if ":" in path or path.startswith("/") or (fragment and fragment[0] != "/"):
        return
    resources = context.loaded.resources
    base = resources.roots.get(document.name)
    if base is None:
        return
    try:
        target = pasted.resolve(resources, text, base, where.pointer)
    except Unresolved as error:
        # Of a limit that reading has met already there is no more to be said.
        if error.code != "too-large" or not context.report.has(error.code):
            lenient = context.loaded.options.lenient
            severity = Severity.WARNING if lenient else None
            context.add(error.code, str(error), where, severity=severity)
        return
    for remark in target.remarks:
        context.add("dangling-ref", remark, where, severity=Severity.WARNING)
