"""All checks of a specification, one after the other."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from codegen.diagnostics import Report
from codegen.frontend import Loaded
from codegen.ir import model as ir
from codegen.ir import sides
from codegen.ir.walk import walk
from codegen.linter import (
    contradictions,
    events,
    examples,
    fields,
    formats,
    keywords,
    left_out,
    names,
    objects,
    offers,
    operations,
    patterns,
    prose,
    references,
    session_rules,
    unions,
    untyped,
)
from codegen.linter.codes import RULES
from codegen.linter.context import Context
from codegen.oracle import Examiner, Undecided
from codegen.python.model.typed_texts import Formats
from codegen.styles import PLAIN, Style


def _of_either_side(context: Context) -> tuple[ir.Module, list[ir.Schema]]:
    """The module and its schemas as examples are judged by them: an example may be what
    is received or what is sent, and need not have what only the other side writes."""
    module = sides.read_by(context.module, *sides.Side)
    if module is context.module:
        return module, context.schemas
    return module, [s for outer in module.schemas.values() for s in walk(outer)]


def run(
    loaded: Loaded,
    report: Report,
    *,
    asserted: bool = False,
    chosen: Mapping[ir.Direction, tuple[str, ...]] = MappingProxyType({}),
    style: Style = PLAIN,
) -> None:
    """Add every problem of a loaded specification to the report; `asserted` tells
    whether formats are enforced, `chosen` which schemas are the events of a direction,
    by names or patterns, where the configuration says so, `style` how names are
    spelled, and which formats have a type.

    What reading it found is in the report already and is not said again.
    """
    context = Context(loaded, report, style)
    keywords.check(context)
    objects.check(context)
    untyped.check(context)
    contradictions.check(context)
    patterns.check(context)
    references.check(context)
    fields.check(context)
    operations.check(context)
    offers.check(context)
    formats.check(context, asserted=asserted)
    enforced = Formats.enforced(asserted, style.types)
    names.check(context)
    left_out.check(loaded, report)
    session_rules.check(context)
    try:
        judge = Examiner(
            *_of_either_side(context),
            formats=tuple(enforced),
            narrower=enforced.holding(),
        )
    except Undecided as error:
        where = next(iter(loaded.workspace.documents.values())).span("")
        message = f"examples cannot be judged: {error}"
        report.add("undecided", message, where, severity=RULES["undecided"].severity)
        return
    examples.check(context, judge)
    prose.check(context, judge)
    unions.check(context, judge, enforced)
    events.check(context, chosen)
