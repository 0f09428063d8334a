"""Where findings stand in the files of both versions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from codegen.compat.findings import Finding
from codegen.diagnostics import Span
from codegen.ir import model as ir


class Workspace(Protocol):
    """What a report needs of the files of one version."""

    def span(self, document: str, pointer: str, *, key: bool = False) -> Span:
        """Where a value stands."""
        ...

    def line(self, span: Span) -> str:
        """The source line of a place."""
        ...

    @property
    def home(self) -> str:
        """The name of the document that everything starts from."""
        ...


@dataclass(frozen=True, slots=True)
class Sides:
    """Both versions as reports need them: their files, and what they are called where
    they were asked for, a path or a revision. `located` gives a place of the new one by
    the path from the root of the repository."""

    old: Workspace
    new: Workspace
    old_name: str = ""
    new_name: str = ""
    located: Callable[[Span], Span] = lambda span: span


_SHOWN: Final = 100
"""Characters of a line that are shown."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A place in one version's file with its line of text."""

    span: str
    file: str
    line: int
    column: int
    text: str


def excerpt(workspace: Workspace, location: ir.Location | None) -> Excerpt | None:
    """The line on which a place stands; None for no place."""
    if location is None:
        return None
    try:
        span = workspace.span(location.document, location.pointer, key=True)
    except KeyError:
        return None
    text = _shortened(workspace.line(span), span.column)
    return Excerpt(str(span), span.file, span.line, span.column, text)


def _shortened(line: str, column: int) -> str:
    """The beginning of a line, or what begins at a place far from there. Only that is
    looked at: a line may be all of a file, and the same for thousands of findings."""
    start = column - 1 if column > _SHOWN else 0
    end = start + 4 * _SHOWN
    text = " ".join(line[start:end].split())
    before = "… " if start else ""
    if len(text) <= _SHOWN and not line[end:].strip():
        return before + text
    space = text.rfind(" ", _SHOWN // 2, _SHOWN)
    return f"{before}{text[: space if space > 0 else _SHOWN]} …"


def attached(sides: Sides, finding: Finding) -> Span:
    """Where to mark a finding in the new version, as a place of the repository: what is
    gone is marked where it would stand."""
    found = excerpt(sides.new, finding.new)
    if found is not None:
        return sides.located(Span(found.file, found.line, found.column))
    gone = finding.old
    if gone is None:
        return sides.located(sides.new.span(sides.new.home, ""))
    same_root = gone.document == sides.old.home
    try:
        document = sides.new.home if same_root else gone.document
        span = sides.new.span(document, gone.pointer, key=True)
    except KeyError:  # The whole file is gone.
        span = sides.new.span(sides.new.home, "")
    return sides.located(span)
