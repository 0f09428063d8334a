"""What a document says and no class is made of."""

from __future__ import annotations

from typing import Final

from codegen.diagnostics import Report, Severity, Span
from codegen.frontend import Loaded
from codegen.ir import model as ir

_LISTED: Final = 3


def check(loaded: Loaded, report: Report) -> None:
    """Warn of a document without schemas, and count the bodies without a name."""
    module = loaded.module
    bodies = _inline_bodies(module)
    if not module.names and not report.failed:
        document = next(iter(loaded.workspace.documents.values()))
        message = "the document names no schema, so that there is no class to be made"
        message += f"; its bodies are inline ({len(bodies)})" if bodies else ""
        where = Span(document.path, 1, 1)
        warning = Severity.WARNING
        report.add(
            "no-schemas", message, where, severity=warning, source=document.line(1)
        )
    elif bodies:
        listed = ", ".join(message.name for message in bodies[:_LISTED])
        more = ", …" if len(bodies) > _LISTED else ""
        count = (
            "1 inline body has"
            if len(bodies) == 1
            else f"{len(bodies)} inline bodies have"
        )
        text = f"{count} no class, for it has no name: {listed}{more}"
        if len(bodies) > 1:
            text = text.replace("for it has no name", "for they have no name")
        where = loaded.span(bodies[0].location)
        report.add(
            "left-out",
            text,
            where,
            severity=Severity.WARNING,
            source=loaded.line(where),
        )


def _inline_bodies(module: ir.Module) -> list[ir.Message]:
    named = set(module.names.values())
    return [
        message
        for message in module.messages
        if message.payload is not None and message.payload not in named
    ]
