"""References that follow each other, about the same value, through many schemas.

What is generated takes a call for each, and deciding what to generate takes more than
that. Real specifications have rows of less than ten.
"""

from __future__ import annotations

from typing import Final

from codegen.diagnostics import Report
from codegen.frontend import Loaded
from codegen.ir import model as ir
from codegen.ir.walk import same_value

MOST: Final = 100


def refuse(loaded: Loaded, report: Report) -> None:
    """Report each place where more than `MOST` references follow each other.

    A loaded module has no circles of them.
    """
    schemas = loaded.module.schemas
    rows: dict[ir.SchemaId, int] = {}
    for root in schemas:
        pending = [root]
        while pending:
            inner = list(same_value(schemas[pending[-1]]))
            unknown = [target for target, _ in inner if target not in rows]
            if unknown:
                pending += unknown
                continue
            schema_id = pending.pop()
            if schema_id in rows:
                continue
            rows[schema_id] = max((1 + rows[target] for target, _ in inner), default=0)
            for target, where in inner:
                if rows[target] == MOST:
                    span = loaded.span(where)
                    message = f"more than {MOST} references follow each other from here"
                    report.add("too-large", message, span, source=loaded.line(span))
