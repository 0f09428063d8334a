"""A specification without its schemas, for who needs no more of it.

Reading no further also means importing less.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from codegen import addresses
from codegen.diagnostics import CodegenError, Report, Span
from codegen.frontend import kinds
from codegen.frontend.options import Options
from codegen.ir import model as ir
from codegen.source import roots
from codegen.source.document import Document
from codegen.source.reader import Reader
from codegen.source.workspace import Unavailable, Workspace, shown_folder


@dataclass(frozen=True, slots=True)
class Outline:
    """What a specification calls itself, and its documents, for who must point into
    them."""

    module: ir.Module
    workspace: Workspace


def outline(
    path: Path | str,
    options: Options,
    report: Report,
    *,
    reader: Reader | None = None,
) -> Outline:
    """Read a specification without its schemas. Raises `CodegenError` as `load`
    does."""
    path = Path(path)
    found = workspace(path, options, report, reader)
    document = root(found, path, report)
    _, dialect = kinds.recognised(document, options, report)
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
    return Outline(module, found)


def workspace(
    path: Path, options: Options, report: Report, reader: Reader | None
) -> Workspace:
    """The documents of a specification, none of them read yet. `folder` tells whether
    it is a folder. Raises `CodegenError` where the path can not be read at all."""
    remote = addresses.of(path) is not None
    reader = reader or _reader(Path() if remote else path, options, report)
    folder = not remote and reader.is_folder(path.name)
    return Workspace(
        reader.within(path.name) if folder else reader,
        shown="" if remote else shown_folder(path if folder else path.parent),
        folder=folder,
        mounts=options.mounts,
        remote=options.remote,
        report=report,
    )


def _reader(path: Path, options: Options, report: Report) -> Reader:
    try:
        return roots.reader(path, options.root, options.project)
    except roots.NotBelowError as error:
        report.add("read", f"cannot be read: {error}", Span(addresses.shown(path)))
        raise CodegenError(report) from None


def uri(within: Workspace, path: Path) -> str:
    """The URI of the document at a path."""
    return addresses.of(path) or within.uri(path.name)


def root(within: Workspace, path: Path, report: Report) -> Document:
    """The document at a path. Raises `CodegenError` if it cannot be read."""
    try:
        document = within.document(uri(within, path), fetch=True)
    except Unavailable as error:
        report.add("read", f"cannot be read: {error}", Span(addresses.shown(path)))
        raise CodegenError(report) from None
    if not document.readable:
        raise CodegenError(report)
    return document
