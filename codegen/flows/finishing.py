"""The last steps of a file that a user's templates have a part in: their mistakes are
reported, the marks in it are removed, and Black lays it out."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Final

from codegen import copies, guard
from codegen.artifact import OutputFile
from codegen.diagnostics import Report, Span
from codegen.templating.folder import OwnTemplates
from codegen.templating.marks import Mistake, Settled, marked, settled

HOW_TO_HAVE_BLACK: Final = (
    "what templates of your own write is laid out by Black, which is not installed; "
    "pip install 'wirewright[templates]' has it"
)


def can_lay_out() -> bool:
    """Whether Black is installed."""
    return find_spec("black") is not None


def finished(
    file: OutputFile, own: OwnTemplates | None, report: Report, flavour: str = ""
) -> tuple[OutputFile, ast.Module | None]:
    """The file as it is to be written, and its syntax tree where that is known."""
    if own is None or not marked(file.text):
        return file, guard.check(file, report, flavour=flavour)
    found = _unmarked(file, own, report)
    if found is None:
        return file, None
    plain = OutputFile(file.path, found.text)
    before = len(report)
    guard.check(plain, report, found.nodes, flavour)
    return plain if len(report) > before else _laid_out(plain, report), None


def _unmarked(file: OutputFile, own: OwnTemplates, report: Report) -> Settled | None:
    """The file without marks, or None, with the reasons reported, where the templates
    did not make a valid file."""
    found = settled(file.text)
    mistakes = found.mistakes or list(found.mixed())
    if not mistakes and copies.source_of(file.path) is not None:
        mistakes = list(_beside_comments(found))
    for mistake in mistakes or _uncompiled(file.path, found):
        own.report(mistake, report)
        mistakes = mistakes or [mistake]
    return None if mistakes else found


def _beside_comments(found: Settled) -> Iterator[Mistake]:
    """Text that a template adds to a copied file and that is more than a comment."""
    for part in found.parts:
        for number, line in enumerate(part.text(found.text).split("\n")):
            if line.strip() and not line.lstrip().startswith("#"):
                message = "files that are copied as they are can have other comments "
                message += "above them, and nothing else"
                yield Mistake(part.template, part.line + number, message)
                return


def _uncompiled(path: str, found: Settled) -> list[Mistake]:
    """Mistakes that only show in a whole file: an import from `__future__` below other
    code."""
    try:
        compile(found.text, path, "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return [found.mistake(error, "no Python module comes of it")]
    return []


def _laid_out(file: OutputFile, report: Report) -> OutputFile:
    """The file as Black leaves it. Of a copy only the lines above it are laid out."""
    source = copies.source_of(file.path)
    copy = "" if source is None else source.read_text("utf-8")
    above = file.text.removesuffix(copy)
    return OutputFile(file.path, _black(above, file.path, report) + copy)


def _black(text: str, path: str, report: Report) -> str:
    from black import format_file_contents
    from black.mode import Mode, TargetVersion
    from black.parsing import InvalidInput
    from black.report import NothingChanged

    mode = Mode(target_versions={TargetVersion.PY311})
    try:
        return format_file_contents(text, fast=False, mode=mode)
    except NothingChanged:
        return text
    except (InvalidInput, AssertionError) as error:
        # Of the sentences that Black says of it the first is for everybody.
        reason = str(error).partition(".")[0].partition("\n")[0]
        report.add("template", f"Black cannot lay it out: {reason}", Span(path))
        return text
