"""The way from a file to `ir.Module`."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeAlias

from codegen import addresses
from codegen.diagnostics import Report, Severity, Span
from codegen.frontend import (
    asyncapi,
    calls,
    chains,
    components,
    cycles,
    dialects,
    discriminators,
    everywhere,
    extent,
    folders,
    gaps,
    jsonschema,
    kinds,
    openapi,
    outlines,
    selection,
    session_rules,
    sides,
)
from codegen.frontend.context import Around, Content, Context, Draft
from codegen.frontend.dialects import Dialect
from codegen.frontend.inheritance import TooMany
from codegen.frontend.interface import http, messages
from codegen.frontend.lowering import Lowering, Settings
from codegen.frontend.options import Options
from codegen.frontend.outlines import Outline
from codegen.frontend.resources import Noted, Resource, Resources
from codegen.frontend.standing import roots
from codegen.ir import model as ir
from codegen.ir import operations as ops
from codegen.source.document import Document
from codegen.source.reader import Reader

__all__ = ["Loaded", "Options", "load"]


_Reading: TypeAlias = Callable[[Context], Content]

_READING: Final[dict[str, _Reading]] = {
    "openapi": openapi.read,
    "asyncapi": asyncapi.read,
    kinds.SCHEMA: jsonschema.read,
}
"""By the kind of document, its front end."""


@dataclass(frozen=True, slots=True)
class Loaded(Outline):
    """A specification's meaning, and its text for whoever must point into it."""

    resources: Resources
    options: Options
    around: Around
    """What stands around the schemas, where the options want all."""

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
    workspace = outlines.workspace(path, options, report, reader)
    for overlay in options.overlays:
        workspace.add_overlay(overlay, outlines.uri(workspace, path))
    for changes in options.changes:
        workspace.add_changes(changes, outlines.uri(workspace, path))
    resources = Resources(workspace)
    root, reading = (
        _folder(resources, path, options, report)
        if workspace.folder
        else _document(resources, path, options, report)
    )
    module, around = _lowered(resources, root, reading, options, report)
    workspace.idle_overlays()
    chains.refuse(module.schemas, workspace, report)
    return Loaded(module, workspace, resources, options, around)


def _folder(
    resources: Resources, path: Path, options: Options, report: Report
) -> tuple[Resource, _Reading]:
    """The first schema of a specification that is a folder, and what reads them all.
    Raises `CodegenError`."""
    found = folders.folder(resources, options, addresses.shown(path), report)
    return found.root, found.read


def _document(
    resources: Resources, path: Path, options: Options, report: Report
) -> tuple[Resource, _Reading]:
    """The root of a specification that is a document, and what reads it. Raises
    `CodegenError`."""
    workspace = resources.workspace
    document = outlines.root(workspace, path, report)
    kind, dialect = kinds.recognised(document, options, report)
    reading = _READING[kind]
    if reading is openapi.read:
        dialect = _schema_dialect(resources, document, dialect)
    schemas = None if reading is jsonschema.read else roots(document)
    uri = outlines.uri(workspace, path)
    return resources.add_document(uri, dialect, schemas), reading


_MOST_PASSES: Final = 20
"""How often circles are cut until none is left; each pass cuts all it finds."""


def _lowered(
    resources: Resources,
    root: Resource,
    reading: _Reading,
    options: Options,
    report: Report,
) -> tuple[ir.Module, Around]:
    """The module, lowered again where the first time has shown what matters: which
    dynamic references do, and which references are to be cut. Until then there may be
    circles in it. They are errors unless leniency was asked for, but who goes on in
    spite of errors has to come to an end, too."""
    whole = not (options.include or options.exclude)
    settings = Settings(lenient=options.lenient, aside=options.everywhere and whole)
    said: dict[ir.Location, str] = {}
    for _ in range(_MOST_PASSES):
        context = Context(Lowering(resources, report, settings), root, options)
        module = _module(context, reading)
        lowering = context.lowering
        found = cycles.circles(lowering)
        said = {**found.said, **said}
        if found.cuts and not found.cuts.keys() <= settings.cuts.keys():
            settings = replace(settings, cuts={**found.cuts, **settings.cuts})
        elif lowering.dynamic and settings.matters is None and not report.failed:
            settings = replace(settings, matters=lowering.needs.closed())
        else:
            break
    # Who is lenient has heard of what was cut where it stands.
    cycles.report(lowering, found.said if options.lenient else said)
    for noted in resources.problems:
        lowering.refuse(noted.code, noted.message, noted.location, "it is not heeded")
    for noted in resources.remarks:
        lowering.problem(
            noted.code,
            noted.message,
            noted.location,
            severity=Severity.WARNING,
            read=True,
        )
    cycles.weigh(lowering, module)
    # What is wrong elsewhere leaves discriminators what they are.
    wrong = {item.code for item in report if item.severity is Severity.ERROR}
    sound = not found.said and "too-large" not in wrong
    module = _with_interface(context, module, reading)
    module = _settled(lowering, module, reading) if sound else module
    return _with_files(context, module, reading), context.around


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
        resources.problems.append(Noted("dialect", dialects.unknown(named), where))
    return found or default


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
    if context.options.everywhere and reading in (openapi.read, asyncapi.read):
        context.around = everywhere.require(context, content)
        # Before the operations, which leave out what nothing else refers to.
        lowering.run()
    operations = calls.read(context) if reading is openapi.read else None
    lowering.run()
    components.name_referenced(context, content)
    selection.check(content, context.options, lowering.report)
    ids = {name: lowering.peek(place) for name, place in content.names.items()}
    module = ir.Module(
        title=content.title,
        version=content.version,
        dialect=content.dialect,
        files=(),
        schemas=dict(lowering.schemas),
        names={name: i for name, i in ids.items() if i in lowering.schemas},
        messages=tuple(messages),
        session_rules=tuple(rules),
    )
    module = module if operations is None else calls.added(module, operations)
    module = asyncapi.described(module) if reading is asyncapi.read else module
    selection.check_rest(module, content, context.options, lowering.report)
    return module


def _with_interface(
    context: Context, module: ir.Module, reading: _Reading
) -> ir.Module:
    """The module with what is offered around its schemas, and the schemas of that."""
    lowering = context.lowering
    interface = _interface(context, module, reading)
    lowering.run()
    wanted = lowering.schemas if context.options.interface else {}
    return replace(
        module,
        interface=replace(
            interface, gaps=gaps.of(context), beside=dict(lowering.beside)
        ),
        aside={i: s for i, s in wanted.items() if i not in module.schemas},
    )


def _with_files(context: Context, module: ir.Module, reading: _Reading) -> ir.Module:
    """The module with the files that it is read from, and those that there are besides,
    unless only a part is meant. `lint` looks through all of them itself."""
    options = context.options
    part = options.include or options.everywhere
    if reading in (openapi.read, asyncapi.read) and not part:
        extent.read(context)
    return replace(module, files=extent.files(context))


def _interface(context: Context, module: ir.Module, reading: _Reading) -> ops.Interface:
    """What is offered around the schemas, as far as the options take it."""
    options = context.options
    if not options.interface:
        return ops.Interface()
    if reading is openapi.read:
        whole = http.read(context)
        return ops.of_operations(whole, whole.operations) if options.include else whole
    if reading is not asyncapi.read:
        return ops.Interface()
    whole = messages.read(context)
    if not (options.include or options.exclude):
        return whole
    part = ops.of_messages(whole, {one.location for one in module.messages})
    if options.include:
        return part
    # What is said of all of it is said of what is left.
    return replace(whole, channels=part.channels, actions=part.actions)


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
    if options.include and not taken and not draft.taken:
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
