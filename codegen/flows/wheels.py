"""Whether golden tests would become part of a project's wheel."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from codegen import import_roots
from codegen.config import Config, Sdk
from codegen.diagnostics import Report, Severity


def check(sdk: Sdk, found: Config | None, report: Report) -> None:
    """Report an SDK whose tests lie in a folder from which the project ships its
    modules."""
    if not (sdk.package and sdk.tests and found is not None):
        return
    layout = replace(sdk, base=Path()).layout
    tests = layout.tests_folder.as_posix()
    root = import_roots.above(tests, sdk.output.as_posix(), found.import_roots)
    if root is not None:
        name = sdk.package.rpartition(".")[2]
        message = (
            f"golden tests go to {tests}, and with all that lies in {root} into the "
            f"wheel of the project; keep them out of it: tests_output = "
            f'"tests/{name}"'
        )
        report.add("tests-in-wheel", message, sdk.span, severity=Severity.WARNING)
