"""The flow of `codegen lint`: every problem of specifications, readable or not."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from codegen import frontend, linter
from codegen.artifact import Progress, silent
from codegen.diagnostics import CodegenError, Report, Severity

UNREADABLE: Final = frozenset({"read", "syntax", "dialect", "too-large"})
"""Codes of problems that leave nothing to judge."""


def lint(paths: Iterable[Path], report: Report, *, progress: Progress = silent) -> bool:
    """Every problem of specifications, into the report; False if one is unreadable."""
    readable = True
    for path in paths:
        progress(f"reading {path}")
        own = Report()
        try:
            loaded = frontend.load(path, frontend.Options(), own)
        except CodegenError as error:
            own.take(error.report)
        else:
            progress(f"checking {path}")
            linter.run(loaded, own)
        readable &= not any(
            item.code in UNREADABLE and item.severity is Severity.ERROR for item in own
        )
        report.take(own)
    return readable
