"""The way from a file to `ir.Module`."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeAlias

from codegen.diagnostics import CodegenError, Report, Span
from codegen.frontend import (
    asyncapi,
    components,
    cycles,
    dialects,
    discriminators,
    jsonschema,
    openapi,
    selection,
    session_rules,
    sides,
)
from codegen.frontend.context import Content, Context, Draft, Options
from codegen.frontend.dialects import Dialect
from codegen.frontend.inheritance import TooMany
from codegen.frontend.interface import http, messages
from codegen.frontend.lowering import Lowering, Settings
from codegen.frontend.resources import Resource, Resources, unknown_dialect
from codegen.ir import model as ir
from codegen.ir import operations as ops
from codegen.source import pointer as pointers
from codegen.source import roots
from codegen.source.document import Document
from codegen.source.node import Json
from codegen.source.reader import Reader
from codegen.source.workspace import Unavailable, Workspace, shown_folder

__all__ = ["Loaded", "Options", "load", "outline"]


_Reading: TypeAlias = Callable[[Context], Content]

_DIALECTS: Final[dict[str, tuple[tuple[str, Dialect, _Reading], ...]]] = {
    "openapi": (
        ("3.0", dialects.OPENAPI_3_0, openapi.read),
        ("3.1", dialects.OPENAPI_3_1, openapi.read),
        ("3.2", dialects.OPENAPI_3_2, openapi.read),
    ),
    "asyncapi": (
        ("2.", dialects.ASYNCAPI, asyncapi.read),
        ("3.", dialects.ASYNCAPI, asyncapi.read),
    ),
    "swagger": (),
}
"""By the key that tells the kind of document: versions, dialect and front end."""

_CONVERT: Final = {
    "openapi": "",
    "asyncapi": "; `asyncapi convert SPEC -t 3.0.0` of the AsyncAPI CLI makes version "
    "3 of version 1",
    "swagger": "; `swagger2openapi SPEC -o openapi.yaml` makes OpenAPI 3 of it, and so "
    "does the menu of editor.swagger.io",
}
"""What to do about a version that is not read."""

_IDENTIFIERS: Final = ("$id", "$anchor", "$dynamicAnchor", "$schema")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A specification's meaning, and its text for whoever must point into it."""

    module: ir.Module
    workspace: Workspace
    resources: Resources
    options: Options

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
    for overlay in options.overlays:
        workspace.add_overlay(overlay, path.name)
    for changes in options.changes:
        workspace.add_changes(changes, path.name)
    document = _root(workspace, path, report)
    resources = Resources(workspace)
    dialect, reading = _dialect(document, options, report)
    if reading is openapi.read:
        dialect = _schema_dialect(resources, document, dialect)
    schemas = None if reading is jsonschema.read else _roots(document)
    root = resources.add_document(workspace.uri(path.name), dialect, schemas)
    module = _lowered(resources, root, reading, options, report)
    workspace.idle_overlays()
    return Loaded(module, workspace, resources, options)


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
    document = _root(workspace, path, report)
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
    return Loaded(module, workspace, Resources(workspace), options)


def _workspace(
    path: Path, options: Options, report: Report, reader: Reader | None
) -> Workspace:
    return Workspace(
        reader or _reader(path, options, report),
        shown=shown_folder(path.parent),
        mounts=options.mounts,
        report=report,
    )


def _reader(path: Path, options: Options, report: Report) -> Reader:
    try:
        return roots.reader(path, options.root, options.project)
    except roots.NotBelowError as error:
        report.add("read", f"cannot be read: {error}", Span(path.as_posix()))
        raise CodegenError(report) from None


_MOST_PASSES: Final = 20
"""How often circles are cut until none is left; each pass cuts all it finds."""


def _lowered(
    resources: Resources,
    root: Resource,
    reading: _Reading,
    options: Options,
    report: Report,
) -> ir.Module:
    """The module, lowered again where the first time has shown what matters: which
    dynamic references do, and which references are to be cut. Until then there may be
    circles in it."""
    settings = Settings(lenient=options.lenient)
    for _ in range(_MOST_PASSES):
        context = Context(Lowering(resources, report, settings), root, options)
        module = _module(context, reading)
        lowering = context.lowering
        found = cycles.cuts(lowering) if options.lenient else {}
        if found and not found.keys() <= settings.cuts.keys():
            settings = replace(settings, cuts={**found, **settings.cuts})
        elif lowering.dynamic and settings.matters is None and not report.failed:
            settings = replace(settings, matters=lowering.needs.closed())
        else:
            break
    cycles.report(lowering)
    for code, text, where in resources.problems:
        lowering.refuse(code, text, where, "it is not heeded")
    cycles.weigh(lowering, module)
    sound = not report.failed
    module = _with_interface(context, module, reading)
    return _settled(lowering, module, reading) if sound else module


def _settled(lowering: Lowering, module: ir.Module, reading: _Reading) -> ir.Module:
    """The module with what its discriminators decide, and what each side requires; so
    are the schemas of what is offered around it."""
    every = {**module.schemas, **module.aside}
    whole = replace(module, schemas=every)
    # Elsewhere the two keywords are annotations, as JSON Schema has it.
    whole = sides.marked(whole) if reading is openapi.read else whole
    try:
        whole = discriminators.settle(whole)
    except TooMany as error:
        lowering.problem("too-large", str(error), error.base.location)
    schemas = {i: s for i, s in whole.schemas.items() if i not in module.aside}
    aside = {i: s for i, s in whole.schemas.items() if i in module.aside}
    return replace(whole, schemas=schemas, aside=aside)


def _root(workspace: Workspace, path: Path, report: Report) -> Document:
    try:
        document = workspace.document(workspace.uri(path.name))
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
            message += _CONVERT[key]
            report.add("dialect", message, span, source=document.line(span.line))
            raise CodegenError(report)
    elif not isinstance(data, bool):
        message = "a specification is a mapping: OpenAPI, AsyncAPI or JSON Schema"
        report.add("dialect", message, where, source=document.line(1))
        raise CodegenError(report)
    if isinstance(data, dict) and data and options.dialect is None:
        _check_keywords(document, data, report)
    return options.dialect or dialects.DRAFT_2020_12, jsonschema.read


def _check_keywords(document: Document, data: dict[str, Json], report: Report) -> None:
    """Refuse a document without a single word of JSON Schema: it is data of some kind,
    and as a schema it would accept everything."""
    if dialects.KEYWORDS.isdisjoint(data):
        listed = ", ".join(f"`{key:.40}`" for key in list(data)[:3])
        message = f"this is no schema: there is no keyword of JSON Schema, but {listed}"
        message += "; a specification is OpenAPI, AsyncAPI or JSON Schema"
        where = Span(document.path, 1, 1)
        report.add("dialect", message, where, source=document.line(1))
        raise CodegenError(report)


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
    named = components.named(context, content)
    messages = []
    for draft in content.drafts:
        message = _message(context, named, draft)
        if message is not None:
            messages.append(message)
    if messages or not context.options.include:
        rules = [session_rules.lower(context, rule) for rule in content.session_rules]
    else:
        rules = []
    lowering.run()
    components.name_referenced(context, content)
    selection.check(content.names, context.options, lowering.report)
    names = {name: lowering.peek(place) for name, place in content.names.items()}
    workspace = lowering.resources.workspace
    documents = list(workspace.documents.values())
    ordered = documents[:1] + sorted(documents[1:], key=lambda d: d.name)
    ordered += workspace.overlays
    return ir.Module(
        title=content.title,
        version=content.version,
        dialect=content.dialect,
        files=tuple(ir.SourceFile(d.name, d.digest) for d in ordered),
        schemas=dict(lowering.schemas),
        names={
            name: found for name, found in names.items() if found in lowering.schemas
        },
        messages=tuple(messages),
        session_rules=tuple(rules),
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


def _with_interface(
    context: Context, module: ir.Module, reading: _Reading
) -> ir.Module:
    """The module with what is offered around its schemas, and the schemas of that."""
    lowering = context.lowering
    interface = _interface(context, reading)
    lowering.run()
    return replace(
        module,
        interface=replace(interface, gaps=_gaps(context), beside=dict(lowering.beside)),
        aside={i: s for i, s in lowering.schemas.items() if i not in module.schemas},
    )


def _interface(context: Context, reading: _Reading) -> ops.Interface:
    """What is offered around the schemas; nothing where only some of these are read."""
    if not context.options.interface or context.options.include:
        return ops.Interface()
    if reading is openapi.read:
        return http.read(context)
    if reading is asyncapi.read:
        return messages.read(context)
    return ops.Interface()


def _message(
    context: Context, names: Container[ir.SchemaId], draft: Draft
) -> ir.Message | None:
    """The message, its schemas lowered; None where the options leave it out, because
    its payload is not among what they include. Of a payload without a name no class
    is made, so that a fault in it is none of the package."""
    lowering = context.lowering
    options = context.options
    target = None if draft.payload is None else context.target(draft.payload)
    taken = target is not None and lowering.peek(target) in lowering.schemas
    if options.include and not taken:
        return None
    named = target is not None and (
        lowering.peek(target) in names or components.has_key(context, target)
    )
    if options.exclude and named and not taken:
        return None
    headers = draft.headers
    return replace(
        draft.message,
        payload=(
            None if target is None else lowering.require(target, tolerant=not named)
        ),
        headers=None if headers is None else lowering.require(headers, tolerant=True),
    )
