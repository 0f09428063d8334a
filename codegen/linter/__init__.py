"""Checks of a specification that go beyond reading it."""

from __future__ import annotations

from typing import Final

from codegen.diagnostics import Report
from codegen.frontend import Loaded
from codegen.linter import (
    examples,
    formats,
    keywords,
    left_out,
    objects,
    patterns,
    prose,
    references,
    unions,
)
from codegen.linter.codes import RULES, Rule, reference
from codegen.linter.context import Context
from codegen.oracle import Examiner, Undecided

__all__ = ["RULES", "STRICT", "Rule", "reference", "run"]


STRICT: Final = frozenset(
    (
        *("invalid-keyword", "unknown-type", "invalid-pattern", "unsupported-pattern"),
        *("dangling-ref", "circular-ref", "remote-ref"),
    )
)
"""Warnings of reading that are errors to `lint`: `generate` goes on without what it
cannot enforce, and `lint` judges the document."""


def run(
    loaded: Loaded, report: Report, *, asserted: bool = False, narrowed: bool = False
) -> None:
    """Add every problem of a loaded specification to the report; `asserted` tells
    whether formats are enforced, `narrowed` whether only some of its schemas were
    asked for.

    What reading it found is in the report already and is not said again.
    """
    context = Context(loaded, report)
    keywords.check(context)
    objects.check(context)
    patterns.check(context)
    if not narrowed:
        references.check(context)
    formats.check(context, asserted=asserted)
    left_out.check(loaded, report)
    try:
        judge = Examiner(context.module, context.schemas)
    except Undecided as error:
        where = next(iter(loaded.workspace.documents.values())).span("")
        message = f"examples cannot be judged: {error}"
        report.add("undecided", message, where, severity=RULES["undecided"].severity)
        return
    examples.check(context, judge)
    prose.check(context, judge)
    unions.check(context, judge)
