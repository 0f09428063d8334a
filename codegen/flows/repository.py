"""How reports name files: for code scanning by the path from the root of the
repository, for people by as much of the path as tells files apart."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable
from pathlib import Path

from codegen.diagnostics import COMMAND_LINE, Span


def located(revision: str = "", folder: Path | None = None) -> Callable[[Span], Span]:
    """A function that gives a place with its file as a path from the root of the
    repository around the working directory; outside of a repository, from the working
    directory. The file is empty for places on the command line.

    The files of a version at a `revision` are named from the root already. All others
    are named from the working directory, or from `folder`.
    """
    here = Path.cwd().resolve()
    root = next((f for f in (here, *here.parents) if os.path.lexists(f / ".git")), here)
    base = (folder or here).resolve()
    inside = not revision and base.is_relative_to(root)
    below = base.relative_to(root).as_posix() if inside else ""

    def found(span: Span) -> Span:
        if span.file == COMMAND_LINE.file:
            return Span("")
        if "://" in span.file:
            return span
        named = span.file.removeprefix(f"{revision}:") if revision else span.file
        file = posixpath.normpath(posixpath.join(below, named))
        return Span(file, span.line, span.column)

    return found


def told_apart(old: Path, new: Path) -> tuple[str, str]:
    """The ends of two paths, each from the last part in which they differ."""
    depth = 1
    while old.parts[-depth:] == new.parts[-depth:]:
        depth += 1
    return Path(*old.parts[-depth:]).as_posix(), Path(*new.parts[-depth:]).as_posix()
