"""The way from a file to `ir.Module`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from codegen.diagnostics import CodegenError, Report, Span
from codegen.frontend import dialects, jsonschema, openapi
from codegen.frontend.context import Content, Context, Options
from codegen.frontend.dialects import Dialect
from codegen.frontend.lowering import Lowering
from codegen.frontend.resources import Resources, Unresolved
from codegen.ir import model as ir
from codegen.source.document import Document
from codegen.source.node import Json
from codegen.source.reader import FileReader, Reader
from codegen.source.workspace import Unavailable, Workspace, local_uri, shown_folder

__all__ = ["Loaded", "Options", "load"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A specification's meaning, and its text for whoever must point into it."""

    module: ir.Module
    workspace: Workspace

    def span(self, location: ir.Location, *, key: bool = False) -> Span:
        """Line and column of a location, in the file as people know it."""
        return self.workspace.span(location.document, location.pointer, key=key)

    def line(self, span: Span) -> str:
        """The source line of a span."""
        return self.workspace.line(span)


def load(
    path: Path | str,
    options: Options,
    report: Report,
    *,
    reader: Reader | None = None,
) -> Loaded:
    """Read a specification of any dialect.

    Problems go to `report`; the module is whole only if there was no error. Raises
    `CodegenError` where nothing can be read at all. `reader` replaces the file
    system; `path` is then shown to people, and its last part read.
    """
    path = Path(path)
    workspace = Workspace(
        reader or FileReader(path.parent),
        shown=shown_folder(path.parent),
        mounts=options.mounts,
        report=report,
    )
    uri = local_uri(path.name)
    document = _root(workspace, uri, path, report)
    resources = Resources(workspace)
    lowering = Lowering(resources, report)
    dialect, reading = _dialect(document, options, report)
    roots = None if reading is jsonschema.read else _roots(document)
    try:
        root = resources.add_document(uri, dialect, roots)
    except Unresolved as error:  # pragma: no cover - the document was read above
        report.add("read", str(error), Span(document.path, 1, 1))
        raise CodegenError(report) from None
    context = Context(lowering, root, options)
    content = reading(context)
    lowering.run()
    module = _module(content, lowering, workspace, options)
    return Loaded(module, workspace)


def _root(workspace: Workspace, uri: str, path: Path, report: Report) -> Document:
    try:
        document = workspace.document(uri)
    except Unavailable as error:
        report.add("read", f"cannot be read: {error}", Span(path.as_posix()))
        raise CodegenError(report) from None
    if not document.readable:
        raise CodegenError(report)
    return document


def _dialect(
    document: Document, options: Options, report: Report
) -> tuple[Dialect, Callable[[Context], Content]]:
    data = document.data
    if isinstance(data, dict) and "openapi" in data:
        version = str(data["openapi"])
        if version.startswith("3.0"):
            return dialects.OPENAPI_3_0, openapi.read
        if version.startswith("3.1"):
            return dialects.OPENAPI_3_1, openapi.read
    return options.dialect or dialects.DRAFT_2020_12, jsonschema.read


def _roots(document: Document) -> dict[str, Json]:
    """The schemas to be searched for identifiers; none where the text has none."""
    words = ("$id", "$anchor", "$dynamicAnchor")
    if any(word in document.text for word in words):
        return openapi.schema_roots(document.data)
    return {}


def _module(
    content: Content, lowering: Lowering, workspace: Workspace, options: Options
) -> ir.Module:
    documents = list(workspace.documents.values())
    ordered = documents[:1] + sorted(documents[1:], key=lambda d: d.name)
    messages = content.messages
    if options.include:
        messages = [m for m in messages if m.payload in lowering.schemas]
    return ir.Module(
        title=content.title,
        version=content.version,
        dialect=content.dialect,
        files=tuple(ir.SourceFile(d.name, d.digest) for d in ordered),
        schemas=dict(lowering.schemas),
        names=content.names,
        messages=tuple(messages),
        session_rules=tuple(content.session_rules),
    )
