"""Checks that `include` and `exclude` name something."""

from __future__ import annotations

import fnmatch
from typing import Final

from codegen import nearby
from codegen.diagnostics import Report, Severity, Span
from codegen.frontend.context import Content
from codegen.frontend.options import Options
from codegen.ir import model as ir

_NEAR: Final = 3


def check(content: Content, options: Options, report: Report) -> None:
    """Report each glob that matches no name of a document, with similar names. It is a
    warning if another glob of the same option matches something."""
    names = list({**dict.fromkeys(content.names), **content.operations})
    kinds = "schema and no operation" if content.operations else "schema"
    where = options.span or Span("command line")
    for word, globs in (("include", options.include), ("exclude", options.exclude)):
        idle = [
            glob
            for glob in globs
            if not any(fnmatch.fnmatchcase(name, glob) for name in names)
        ]
        severity = Severity.ERROR if idle == list(globs) else Severity.WARNING
        for glob in idle:
            near = _nearest(glob, names)
            message = f"`{word}` {glob!r} matches no {kinds}"
            message += _instead(near, list(content.names))
            report.add("no-match", message, where, severity=severity)


def check_rest(
    module: ir.Module, content: Content, options: Options, report: Report
) -> None:
    """Report where nothing is left of a document that has schemas: the package would
    lose all its classes."""
    asked = options.include or options.exclude
    left = module.names or module.calls or module.messages
    if asked and content.names and not left and not report.has("no-match"):
        words = [word for word in ("include", "exclude") if getattr(options, word)]
        told = " and ".join(f"`{word}`" for word in words)
        verb = "leave" if len(words) > 1 else "leaves"
        message = f"{told} {verb} no schema{_some(list(content.names))}"
        report.add("no-match", message, options.span or Span("command line"))


def unmatched(word: str, glob: str, names: list[str]) -> str:
    """What is said of a glob under a key that matches none of the names."""
    near = _instead(_nearest(glob, names), names)
    return f"`{word}` {glob!r} matches no schema{near}"


def _instead(near: list[str], names: list[str]) -> str:
    return nearby.asked(near) or _some(names)


def _nearest(glob: str, names: list[str]) -> list[str]:
    """The names that a glob most likely meant."""
    return nearby.nearest(glob.strip("*?"), names, _NEAR, cutoff=0.45)


def _some(names: list[str]) -> str:
    if not names:
        return "; the document names none"
    more = ", …" if len(names) > _NEAR else ""
    return f"; its schemas are {', '.join(names[:_NEAR])}{more}"
