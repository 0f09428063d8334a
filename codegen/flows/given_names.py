"""Names that the configuration gives and that nothing bears, as problems."""

from __future__ import annotations

from codegen import python
from codegen.diagnostics import Report


def check(package: python.Package, report: Report) -> None:
    """Report each of them, where the configuration says it."""
    for rename, message in python.misplaced(package):
        report.add("rename", message, rename.span, source=rename.source)
