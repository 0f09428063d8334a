"""The way from a file to `ir.Module`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeAlias

from codegen.diagnostics import CodegenError, Report, Span
from codegen.frontend import (
    asyncapi,
    components,
    cycles,
    dialects,
    jsonschema,
    openapi,
    session_rules,
)
from codegen.frontend.context import Content, Context, Draft, Options
from codegen.frontend.dialects import Dialect
from codegen.frontend.interface import http, messages
from codegen.frontend.lowering import Lowering
from codegen.frontend.resources import Resources, unknown_dialect
from codegen.ir import model as ir
from codegen.ir import operations as ops
from codegen.source import pointer as pointers
from codegen.source.document import Document
from codegen.source.node import Json
from codegen.source.reader import FileReader, Reader
from codegen.source.workspace import Unavailable, Workspace, local_uri, shown_folder

__all__ = ["Loaded", "Options", "load", "outline"]


_Reading: TypeAlias = Callable[[Context], Content]

_DIALECTS: Final[dict[str, tuple[tuple[str, Dialect, _Reading], ...]]] = {
    "openapi": (
        ("3.0", dialects.OPENAPI_3_0, openapi.read),
        ("3.1", dialects.OPENAPI_3_1, openapi.read),
    ),
    "asyncapi": (
        ("2.", dialects.ASYNCAPI, asyncapi.read),
        ("3.", dialects.ASYNCAPI, asyncapi.read),
    ),
    "swagger": (),
}
"""By the key that tells the kind of document: versions, dialect and front end."""

_IDENTIFIERS: Final = ("$id", "$anchor", "$dynamicAnchor", "$schema")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A specification's meaning, and its text for whoever must point into it."""

    module: ir.Module
    workspace: Workspace
    resources: Resources

    def dialect(self, location: ir.Location) -> Dialect:
        """The dialect that the schema at a location is written in."""
        return self.resources.dialect_at(location.document, location.pointer)

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
    workspace = _workspace(path, options, report, reader)
    uri = local_uri(path.name)
    document = _root(workspace, uri, path, report)
    for overlay in options.overlays:
        workspace.overlay(document, overlay)
    resources = Resources(workspace)
    dialect, reading = _dialect(document, options, report)
    if reading is openapi.read:
        dialect = _schema_dialect(resources, document, dialect)
    roots = None if reading is jsonschema.read else _roots(document)
    root = resources.add_document(uri, dialect, roots)
    context = Context(Lowering(resources, report), root, options)
    module = _module(context, reading)
    if context.lowering.dynamic and not report.failed:
        matters = context.lowering.needs.closed()
        context = Context(Lowering(resources, report, matters), root, options)
        module = _module(context, reading)
    return Loaded(module, workspace, resources)


def outline(
    path: Path | str,
    options: Options,
    report: Report,
    *,
    reader: Reader | None = None,
) -> Loaded:
    """What a specification calls itself, without its schemas: for whoever knows
    already that nothing in it is of interest. Raises `CodegenError` as `load` does."""
    path = Path(path)
    workspace = _workspace(path, options, report, reader)
    document = _root(workspace, local_uri(path.name), path, report)
    dialect, _ = _dialect(document, options, report)
    info = document.data.get("info") if isinstance(document.data, dict) else None
    told = info if isinstance(info, dict) else {}
    module = ir.Module(
        title=str(told.get("title", "")),
        version=str(told.get("version", "")),
        dialect=dialect.name,
        files=(ir.SourceFile(document.name, document.digest),),
        schemas={},
        names={},
    )
    return Loaded(module, workspace, Resources(workspace))


def _workspace(
    path: Path, options: Options, report: Report, reader: Reader | None
) -> Workspace:
    return Workspace(
        reader or FileReader(path.parent),
        shown=shown_folder(path.parent),
        mounts=options.mounts,
        report=report,
    )


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
) -> tuple[Dialect, _Reading]:
    data = document.data
    where = Span(document.path, 1, 1)
    if isinstance(data, dict):
        for key, readers in _DIALECTS.items():
            if key not in data:
                continue
            version = data[key]
            for prefix, dialect, reading in readers:
                if isinstance(version, str) and version.startswith(prefix):
                    return dialect, reading
            span = document.span("/" + key)
            known = ", ".join(prefix.rstrip(".") for prefix, _, _ in readers)
            message = f"{key} {version!r} is not understood"
            message += f"; its versions {known} are" if known else "; OpenAPI 3 is"
            report.add("dialect", message, span, source=document.line(span.line))
            raise CodegenError(report)
    elif not isinstance(data, bool):
        message = "a specification is a mapping: OpenAPI, AsyncAPI or JSON Schema"
        report.add("dialect", message, where, source=document.line(1))
        raise CodegenError(report)
    return options.dialect or dialects.DRAFT_2020_12, jsonschema.read


def _schema_dialect(
    resources: Resources, document: Document, default: Dialect
) -> Dialect:
    """The dialect of an OpenAPI document's schemas: what `jsonSchemaDialect` names,
    from 3.1 on, and otherwise its own."""
    named = document.data.get("jsonSchemaDialect")
    if not isinstance(named, str) or default is dialects.OPENAPI_3_0:
        return default
    found = resources.dialect(named)
    if found is None:
        where = ir.Location(document.name, "/jsonSchemaDialect")
        resources.problems.append(("dialect", unknown_dialect(named), where))
    return found or default


def _roots(document: Document) -> dict[str, Json]:
    """The schemas to be searched for identifiers, by pointer; none where the text has
    no identifiers, which spares most documents the search."""
    found: dict[str, Json] = {}
    if not any(word in document.text for word in _IDENTIFIERS):
        return found
    stack: list[tuple[str, Json]] = [("", document.data)]
    while stack:
        where, value = stack.pop()
        if isinstance(value, list):
            stack.extend((f"{where}/{i}", item) for i, item in enumerate(value))
        elif isinstance(value, dict):
            for key, item in value.items():
                inner = f"{where}/{pointers.escape(key)}"
                if key in ("schema", "payload") or where == "/components/schemas":
                    found[inner] = item
                else:
                    stack.append((inner, item))
    return found


def _module(context: Context, reading: _Reading) -> ir.Module:
    lowering = context.lowering
    content = reading(context)
    lowering.run()
    carried = []
    for draft in content.drafts:
        message = _message(context, draft)
        if message is not None:
            carried.append(message)
    if carried or not context.options.include:
        rules = [session_rules.lower(context, rule) for rule in content.session_rules]
    else:
        rules = []
    lowering.run()
    cycles.report(lowering)
    for code, text, where in lowering.resources.problems:
        lowering.problem(code, text, where)
    components.name_referenced(context, content)
    names = {name: lowering.peek(place) for name, place in content.names.items()}
    schemas = dict(lowering.schemas)
    interface = _interface(context, reading)
    lowering.run()
    workspace = lowering.resources.workspace
    documents = list(workspace.documents.values())
    ordered = documents[:1] + sorted(documents[1:], key=lambda d: d.name)
    ordered += workspace.overlays
    return ir.Module(
        title=content.title,
        version=content.version,
        dialect=content.dialect,
        files=tuple(ir.SourceFile(d.name, d.digest) for d in ordered),
        schemas=schemas,
        names={name: found for name, found in names.items() if found in schemas},
        messages=tuple(carried),
        session_rules=tuple(rules),
        interface=replace(interface, gaps=_gaps(context), beside=dict(lowering.beside)),
        aside={i: s for i, s in lowering.schemas.items() if i not in schemas},
    )


def _gaps(context: Context) -> dict[ir.Location, Json]:
    """The values that could not be read, or what stands around them."""
    workspace = context.lowering.resources.workspace
    found: dict[ir.Location, Json] = {}
    for where in context.lowering.gaps:
        value: Json = workspace.named(where.document).data
        for token in pointers.tokens(where.pointer):
            try:
                value = pointers.step(value, token)
            except pointers.Missing:
                break
        found[where] = value
    return found


def _interface(context: Context, reading: _Reading) -> ops.Interface:
    """What is offered around the schemas; nothing where only some of these are read."""
    if not context.options.interface or context.options.include:
        return ops.Interface()
    if reading is openapi.read:
        return http.read(context)
    if reading is asyncapi.read:
        return messages.read(context)
    return ops.Interface()


def _message(context: Context, draft: Draft) -> ir.Message | None:
    """The message, its schemas lowered; None where the options leave it out, because
    its payload is not among what they include."""
    lowering = context.lowering
    target = None if draft.payload is None else context.target(draft.payload)
    if context.options.include and (
        target is None or lowering.peek(target) not in lowering.schemas
    ):
        return None
    return replace(
        draft.message,
        payload=None if target is None else lowering.require(target),
        headers=None if draft.headers is None else lowering.require(draft.headers),
    )
