"""Checks of a specification that go beyond reading it."""

from __future__ import annotations

from codegen.diagnostics import Report
from codegen.frontend import Loaded
from codegen.ir import model as ir
from codegen.ir import sides
from codegen.ir.walk import walk
from codegen.linter import (
    examples,
    formats,
    keywords,
    names,
    objects,
    patterns,
    prose,
    references,
    unions,
)
from codegen.linter.codes import RULES, Rule, reference
from codegen.linter.context import Context
from codegen.oracle import Examiner, Undecided

__all__ = ["RULES", "Rule", "reference", "run"]


def _of_either_side(context: Context) -> tuple[ir.Module, list[ir.Schema]]:
    """The module and its schemas as examples are held against them: they may be what
    comes or what is sent, and need not have what only the other side writes."""
    module = sides.read_by(context.module, *sides.Side)
    if module is context.module:
        return module, context.schemas
    return module, [s for outer in module.schemas.values() for s in walk(outer)]


def run(loaded: Loaded, report: Report) -> None:
    """Add every problem of a loaded specification to the report.

    What reading it found is in the report already and is not said again.
    """
    context = Context(loaded, report)
    keywords.check(context)
    objects.check(context)
    sound = patterns.check(context)
    references.check(context)
    formats.check(context)
    names.check(context)
    try:
        judge = Examiner(*_of_either_side(context))
    except Undecided as error:
        where = next(iter(loaded.workspace.documents.values())).span("")
        message = f"examples cannot be judged: {error}"
        report.add("undecided", message, where, severity=RULES["undecided"].severity)
        return
    examples.check(context, judge)
    prose.check(context, judge)
    unions.check(context, judge, samples=sound)
