"""A document of which no class is made."""

from __future__ import annotations

from codegen.diagnostics import Report, Severity, Span
from codegen.frontend import Loaded


def check(loaded: Loaded, report: Report) -> None:
    """Warn of a document without schemas."""
    if loaded.module.names or report.failed:
        return
    document = next(iter(loaded.workspace.documents.values()))
    report.add(
        "no-schemas",
        "the document names no schema, so that there is no class to be made",
        Span(document.path, 1, 1),
        severity=Severity.WARNING,
        source=document.line(1),
    )
