"""The flow of `codegen extract`: a part of a specification as a document of its own.

The document is read again and compared with what was asked for. It is written only if
both mean the same in everything.
"""

from __future__ import annotations

import glob
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from codegen import (
    addresses,
    compat,
    escaping,
    extraction,
    frontend,
    output,
    plans,
    sightings,
)
from codegen.artifact import Progress, silent
from codegen.diagnostics import CodegenError, Report, Span
from codegen.extraction import ELSEWHERE, IDENTIFIERS, NotExtracted
from codegen.flows import depths, reading
from codegen.flows.garbage import uncollected
from codegen.flows.reading import Asked
from codegen.frontend.rewriting import Rewriter
from codegen.ir import model as ir
from codegen.ir.operations import Interface, of_operations
from codegen.source import yaml_dump
from codegen.source.node import Json
from codegen.source.reader import INPUT, ReadError


@dataclass(frozen=True, slots=True)
class Written:
    """What was made: its text, how many schemas have names, and how many came from
    elsewhere: other files, or operations that are left out."""

    text: str
    named: int
    moved: int


def extract(
    spec: Path, target: Path, asked: Asked, report: Report, progress: Progress = silent
) -> Written | None:
    """Write a part of a specification to a file, unless `target` is `-`, where the
    caller prints the text. None, with the reasons reported, where the specification
    cannot be read, no document could be made that means the same, or the file cannot be
    written."""
    made = _extracted(spec, target, asked, report, progress)
    if made is None and target != Path(INPUT):
        plans.check_file(target, report)
    return made


def _extracted(
    spec: Path, target: Path, asked: Asked, report: Report, progress: Progress
) -> Written | None:
    shown = addresses.shown(spec)
    sdk = reading.sdk_of(spec, reading.ambient(asked, report), asked)
    options = replace(reading.options(sdk, report), interface=True)
    progress(f"reading {shown}")
    notes = sightings.Notes()
    try:
        with uncollected():
            with notes:
                loaded = frontend.load(spec, options, report)
            if report.failed:
                return None
            found = extraction.extract(loaded)
            text = _text(found.data, as_json=target.suffix == ".json")
            progress("comparing")
            reason = _difference(loaded, text, target, options, report)
    except CodegenError as error:
        report.take(error.report)
        return None
    except NotExtracted as error:
        reason = str(error)
    except RecursionError:
        depths.report(sdk, report)
        return None
    if reason:
        report.add("extract", f"no document says the same: {reason}", Span(shown))
        return None
    if target != Path(INPUT):
        output.write_file(target, text, report, read=notes.read)
    elif escaping.terminal(text) != text:
        message = "there is text in it that is printed otherwise than it is; `--output`"
        report.add("extract", f"{message} with the name of a file has it", Span(shown))
    named = loaded.module.names.keys() - loaded.module.inline.keys()
    made = Written(text, len(named), found.moved)
    return None if report.failed else made


def _text(data: Json, *, as_json: bool) -> str:
    """A document as YAML or JSON."""
    if as_json:
        return json.dumps(data, indent=2, ensure_ascii=False) + "\n"
    return yaml_dump.dumped(data, allow_unicode=True)


def _difference(
    loaded: frontend.Loaded,
    text: str,
    target: Path,
    options: frontend.Options,
    report: Report,
) -> str:
    """How the document that was made differs from what was asked for; empty where it
    does not."""
    names, whole = loaded.module.names, not (options.include or options.exclude)
    alone = replace(options, include=(), exclude=(), overlays=(), changes=())
    if names and "#" not in names and loaded.options.include and _is_schema(loaded):
        # There the root accepts everything, which nobody has asked for.
        alone = replace(alone, include=tuple(map(glob.escape, names)))
    own = Report()
    name = f"extract{target.suffix}"
    reader = _Text(name, text.encode())
    again = frontend.load(Path(name), alone, own, reader=reader)
    if own.failed:
        return next(iter(own)).message
    nowhere = [item for item in own if item.code == "dangling-ref"]
    if len(nowhere) > sum(item.code == "dangling-ref" for item in report):
        return nowhere[0].message
    # What parameters, headers and bindings refer to has a name only in the whole.
    found = again.module.names
    if lost := names.keys() - found.keys() or (whole and found.keys() - names.keys()):
        return "the names differ in " + ", ".join(sorted(lost)[:5])
    old = _comparable(loaded.module, loaded.workspace.home)
    new = _comparable(again.module, name)
    if not whole:
        new, old = _part(new, old), _part(old, old)
    comparison = compat.compare(old, new, compat.Policy())
    if comparison.verdict is compat.Verdict.IDENTICAL:
        return ""
    first = next(iter(comparison.findings), None)
    if first is None:
        return str(comparison.verdict.value)
    return f"{first.schema or ''} {first.message}".strip()


def _part(module: ir.Module, asked: ir.Module) -> ir.Module:
    """What is asked for of a module that may have more."""
    called = {call.key for call in asked.calls}
    return replace(
        module,
        names={name: one for name, one in module.names.items() if name in asked.names},
        calls=tuple(call for call in module.calls if call.key in called),
        interface=_of_part(module.interface, asked.interface),
    )


def _of_part(said: Interface, asked: Interface) -> Interface:
    """What is said of the operations that are asked for, and not of all of them. Those
    that only carry what is asked for come along."""
    if asked == Interface():
        return asked
    known = {(one.within, one.kind, one.label) for one in asked.operations}
    kept = [o for o in said.operations if (o.within, o.kind, o.label) in known]
    if not (said.channels or said.actions):
        return replace(of_operations(said, kept), parts={}, gaps=said.gaps)
    schemes = {name: one for name, one in said.schemes.items() if name in asked.schemes}
    return replace(said, schemes=schemes, parts={}, components={})


def _comparable(module: ir.Module, home: str) -> ir.Module:
    """The module without what schemas leave behind that move into the home document,
    and without the place in it for those that have no name."""

    def bare(schema: ir.Schema) -> ir.Schema:
        said = schema.annotations
        if schema.location.document != home:
            said = replace(said, others=_without(said.others, IDENTIFIERS))
        elif not schema.location.pointer:
            said = replace(said, extensions=_without(said.extensions, (ELSEWHERE,)))
        return (
            schema if said == schema.annotations else replace(schema, annotations=said)
        )

    parts = {
        name: replace(part, notes=_without(part.notes, (ELSEWHERE,)))
        for name, part in module.interface.parts.items()
    }
    found = replace(module, interface=replace(module.interface, parts=parts))
    return Rewriter(bare).module(found)


def _without(said: Mapping[str, Json], lost: Iterable[str]) -> dict[str, Json]:
    return {key: value for key, value in said.items() if key not in lost}


def _is_schema(loaded: frontend.Loaded) -> bool:
    """Whether a specification is a JSON Schema."""
    root = loaded.workspace.named(loaded.workspace.home).data
    return isinstance(root, dict) and not {"openapi", "asyncapi"} & root.keys()


class _Text:
    """A reader of one document that stands in no file."""

    home = ""
    folder = Path()

    def __init__(self, name: str, data: bytes) -> None:
        self._name = name
        self._data = data

    def read(self, path: str) -> bytes:
        """The bytes of the document. Raises `ReadError` for any other path."""
        if path != self._name:
            raise ReadError("no such file")
        return self._data

    def siblings(self) -> list[str]:
        """The names of files beside it: none."""
        return []

    def is_folder(self, name: str) -> bool:
        """Whether a path is a folder: none is."""
        return False

    def within(self, name: str) -> _Text:
        """The same for a path inside a folder."""
        raise NotImplementedError(name)

    def below(self) -> list[str]:
        """The files inside it: none."""
        return []
