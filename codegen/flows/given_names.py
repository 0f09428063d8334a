"""Names that are given and that nothing bears, or could bear, as problems."""

from __future__ import annotations

from codegen import python
from codegen.diagnostics import Report, Severity


def check(package: python.Package, report: Report) -> None:
    """Report each of them, where the configuration says it."""
    for rename, message in python.misplaced(package):
        report.add("rename", message, rename.span, source=rename.source)
    for old, message in package.old_names.unfit:
        said = f"{message}; the package does not have this old name"
        warning = Severity.WARNING
        report.add("rename", said, old.span, severity=warning, source=old.source)
