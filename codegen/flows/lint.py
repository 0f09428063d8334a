"""The flow of `codegen lint`: every problem of specifications, readable or not."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from codegen import frontend, linter
from codegen.artifact import Progress, silent
from codegen.diagnostics import CodegenError, Report, Severity
from codegen.flows import reading
from codegen.flows.reading import Asked

UNREADABLE: Final = frozenset(
    {"read", "syntax", "dialect", "too-large", "no-match", "config"}
)
"""Codes of problems that leave nothing to judge."""

NOTHING: Final = Asked()


def lint(
    paths: Iterable[Path],
    report: Report,
    asked: Asked = NOTHING,
    *,
    progress: Progress = silent,
) -> bool:
    """Every problem of specifications, into the report; False if one is unreadable."""
    configured = reading.ambient(asked, report)
    readable = not report.failed
    for path in paths:
        progress(f"reading {path}")
        own = Report()
        sdk = reading.sdk_of(path, configured, asked)
        try:
            loaded = frontend.load(path, reading.options(sdk), own)
        except CodegenError as error:
            own.take(error.report)
        else:
            progress(f"checking {path}")
            linter.run(loaded, own, asserted=sdk.assert_formats)
        if not sdk.lenient:
            own.escalate(linter.STRICT)
        readable &= not any(
            item.code in UNREADABLE and item.severity is Severity.ERROR for item in own
        )
        report.take(own)
    return readable
