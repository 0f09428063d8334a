"""Reports names of the configuration that come to nothing: those that could not be
given, and those of events that there are not."""

from __future__ import annotations

from codegen import python
from codegen.config import Sdk
from codegen.diagnostics import Report, Severity
from codegen.frontend import selection
from codegen.ir import model as ir


def check(package: python.Package, report: Report) -> None:
    """Report each name that nothing bears, or that nothing could bear, at its place in
    the configuration."""
    for rename, message in python.misplaced(package):
        report.add("rename", message, rename.span, source=rename.source)
    for old, message in package.old_names.unfit:
        said = f"{message}; the package does not have this old name"
        warning = Severity.WARNING
        report.add("rename", said, old.span, severity=warning, source=old.source)


def check_events(sdk: Sdk, module: ir.Module, report: Report) -> None:
    """Warn of names and patterns of events that mean nothing in the specification."""
    keys = {"server_events": sdk.server_events, "client_events": sdk.client_events}
    for key, patterns in keys.items():
        for pattern in patterns:
            if not python.meant(module, pattern):
                message = selection.unmatched(key, pattern, list(module.names))
                report.add("no-match", message, sdk.span, severity=Severity.WARNING)
