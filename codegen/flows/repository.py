"""How reports name files: by the path from the root of the repository, as code scanning
wants them, or by as much of it as people need."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable
from pathlib import Path

from codegen.diagnostics import COMMAND_LINE, Span


def located(revision: str = "", folder: Path | None = None) -> Callable[[Span], Span]:
    """What gives places by the path from the root of the repository of the working
    directory; without one, by that from the working directory. The file is empty for
    what is in none. Of a version at a `revision`, places are by that root already;
    otherwise they are by the working directory, or by another `folder`."""
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
    """The last parts of two paths, from the last one in which they differ."""
    depth = 1
    while old.parts[-depth:] == new.parts[-depth:]:
        depth += 1
    return Path(*old.parts[-depth:]).as_posix(), Path(*new.parts[-depth:]).as_posix()
