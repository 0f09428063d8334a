"""References that follow one another through many schemas, all about the same value.

Generated code makes a call for each, and deciding what to generate takes more than
that. Real specifications have chains of less than ten.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from codegen.diagnostics import Report
from codegen.ir import model as ir
from codegen.ir.walk import same_value
from codegen.source.workspace import Workspace

MOST: Final = 100


def refuse(
    schemas: Mapping[ir.SchemaId, ir.Schema], workspace: Workspace, report: Report
) -> None:
    """Report each place where more than `MOST` references follow one another."""
    lengths: dict[ir.SchemaId, int] = {}
    for schema_id in _inner_first(schemas):
        # What is not there yet closes a circle, which has been reported.
        edges = same_value(schemas[schema_id])
        inner = [(lengths.get(target, 0), where) for target, where in edges]
        lengths[schema_id] = max((1 + length for length, _ in inner), default=0)
        for length, where in inner:
            if length == MOST:
                span = workspace.span(where.document, where.pointer)
                message = (
                    f"more than {MOST} references follow each other from here; let it "
                    "refer to a schema further along, or join some of them"
                )
                report.add("too-large", message, span, source=workspace.line(span))


def _inner_first(
    schemas: Mapping[ir.SchemaId, ir.Schema],
) -> Iterator[ir.SchemaId]:
    """Every schema once, behind the schemas to which its references lead."""
    opened: set[ir.SchemaId] = set()
    done: set[ir.SchemaId] = set()
    for root in schemas:
        pending = [root]
        while pending:
            schema_id = pending[-1]
            opened.add(schema_id)
            targets = (target for target, _ in same_value(schemas[schema_id]))
            unknown = [target for target in targets if target not in opened]
            pending += unknown
            if not unknown:
                pending.pop()
                if schema_id not in done:
                    done.add(schema_id)
                    yield schema_id
