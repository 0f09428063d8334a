"""Reports names that the configuration gives and that could not be given."""

from __future__ import annotations

from codegen import python
from codegen.diagnostics import Report, Severity


def check(package: python.Package, report: Report) -> None:
    """Report each name that nothing bears, or that nothing could bear, at its place in
    the configuration."""
    for rename, message in python.misplaced(package):
        report.add("rename", message, rename.span, source=rename.source)
    for old, message in package.old_names.unfit:
        said = f"{message}; the package does not have this old name"
        warning = Severity.WARNING
        report.add("rename", said, old.span, severity=warning, source=old.source)
