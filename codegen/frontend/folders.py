"""A folder of JSON Schemas, read as one specification.

Each file is named by its path without the ending, and each of its definitions by that
name and its own key. So a file that is added later takes no name from another.
"""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from typing import Final

from codegen.diagnostics import CodegenError, Report, Severity, Span
from codegen.frontend import components, dialects, kinds
from codegen.frontend.context import Content, Context
from codegen.frontend.options import Options
from codegen.frontend.resources import Place, Resource, Resources
from codegen.source.document import Document
from codegen.source.limits import MAX_DOCUMENTS
from codegen.source.node import Json
from codegen.source.reader import DOCUMENTS, ReadError
from codegen.source.workspace import Unavailable

_TITLES: Final = {"openapi": "OpenAPI", "asyncapi": "AsyncAPI"}
_ENDINGS: Final = (*DOCUMENTS, ".schema")


class Folder:
    """The schemas of a folder, by name."""

    def __init__(self, schemas: Sequence[tuple[str, Resource]]) -> None:
        self.schemas = schemas

    @property
    def root(self) -> Resource:
        """The first schema of the folder."""
        return self.schemas[0][1]

    def read(self, context: Context) -> Content:
        """The schemas under their names, with all that they define."""
        content = Content(dialect=self.root.dialect.name)
        for name, resource in self.schemas:
            whole = Place(resource, "", resource.data)
            components.name_one(context, content, name, whole)
        for name, resource in self.schemas:
            whole = Place(resource, "", resource.data)
            for key, place in components.definitions(context, whole):
                own = f"{name}.{key}"
                components.name_definition(context, content, own, place)
        return content


def folder(
    resources: Resources, options: Options, shown: str, report: Report
) -> Folder:
    """The schemas in the files of a folder. A file that is no schema is left out with a
    warning. Raises `CodegenError` where none is left."""
    workspace = resources.workspace
    found: dict[str, Resource] = {}
    try:
        files = workspace.below()
    except ReadError as error:
        report.add("read", f"cannot be read: {error}", Span(shown))
        raise CodegenError(report) from None
    if len(files) > MAX_DOCUMENTS:
        message = f"there are more than {MAX_DOCUMENTS} documents in this folder"
        report.add("too-large", message, Span(shown))
        raise CodegenError(report)
    for file in files:
        uri = workspace.uri(file)
        try:
            document = workspace.document(uri)
        except Unavailable as error:
            report.add(error.code, str(error), Span(posixpath.join(shown, file)))
            continue
        if not document.readable:
            continue
        if not _is_schema(resources, document, options, report):
            workspace.forget(uri)
            continue
        name = _name(file)
        if name in found:
            other = found[name].document.path
            message = f"{other} has the same name, {name}; call one of them otherwise"
            report.add("read", message, Span(document.path, 1, 1))
            continue
        dialect = options.dialect or dialects.DRAFT_2020_12
        found[name] = resources.add_document(uri, dialect)
    if not found:
        if not report.failed:
            listed = ", ".join(DOCUMENTS)
            message = f"there is no JSON Schema in this folder; looked at are {listed}"
            report.add("read", message, Span(shown))
        raise CodegenError(report)
    return Folder(list(found.items()))


def _is_schema(
    resources: Resources, document: Document, options: Options, report: Report
) -> bool:
    """Whether a document is a schema. Warns if it is not."""
    own = Report()
    try:
        kind, _ = kinds.recognised(document, options, own, alone=False)
    except CodegenError:
        kind = None
    if kind == kinds.SCHEMA and not _names_its_schema(resources, document.data):
        return True
    message = "this is no JSON Schema"
    message += f", but {_TITLES[kind]}, a specification of its own" if kind else ""
    where = Span(document.path, 1, 1)
    text = f"{message}; it is left out"
    warning = Severity.WARNING
    report.add("dialect", text, where, severity=warning, source=document.line(1))
    return False


def _names_its_schema(resources: Resources, data: Json) -> bool:
    """Whether a document is data, whatever words of schemas it has: what it names by
    `$schema` is no dialect, and it has members that are no keywords."""
    named = data.get("$schema") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(named, str):
        return False
    return bool(kinds.strange_keys(data)) and resources.dialect(named) is None


def _name(file: str) -> str:
    for ending in _ENDINGS:
        file = file.removesuffix(ending)
    return file
