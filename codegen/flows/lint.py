"""The flow of `codegen lint`: every problem of specifications, also of those that
cannot be read."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final

from codegen import addresses, frontend, linter
from codegen.artifact import Progress, silent
from codegen.config import Sdk, Terms
from codegen.diagnostics import CodegenError, Report, Span
from codegen.flows import depths, given_names, reading, repository, wheels
from codegen.flows.judge import Judge
from codegen.flows.reading import NOTHING, Asked
from codegen.frontend import Loaded
from codegen.ir import model as ir
from codegen.linter import reports, suppressions
from codegen.linter.places import Finder, Place
from codegen.linter.reports import Linted

STRICTEST: Final = Judge(datetime.date.max)
"""Judges by the last day there is, on which every entry has expired: nothing is
accepted."""


def lint(
    names: Iterable[Path],
    report: Report,
    asked: Asked = NOTHING,
    judge: Judge = STRICTEST,
    *,
    form: str = "text",
    sdk: Sdk | None = None,
    progress: Progress = silent,
) -> Linted:
    """Find every problem of some specifications. Problems also go into `report`.

    `names` are files, or packages of configured SDKs; without any, all that is
    configured is examined. `sdk` says how they are read, if that is not for the
    configuration to say. Where `form` is not `text`, or problems are accepted by
    their place, the JSON Pointer of each is found.
    """
    meant = reading.meant(list(names), asked, report)
    sdks = meant.sdks if sdk is None else (sdk,)
    terms = meant.found.lint if meant.found else Terms()
    settled = judge.settle(
        terms, suppressions.CATALOGUE, report, everything=meant.everything
    )
    readable = not report.failed
    placed = form != "text" or bool(settled.accepted.entries)
    places: dict[Span, Place] = {}
    for one in sdks:
        own = Report()
        wheels.check(one, meant.found, own)
        loaded = _examine(one, own, progress)
        readable &= not any(map(suppressions.leaves_nothing, own))
        if placed and loaded is not None:
            finder = Finder(loaded)
            places |= {item.span: finder.place(item.span) for item in own}
        report.take(own)
    suppressed = suppressions.accept(report, settled.accepted, places)
    settled.warn(report)
    suppressed += suppressions.rate(report, settled.levels)
    return Linted(report, tuple(suppressed), places, len(sdks), readable)


def _examine(sdk: Sdk, report: Report, progress: Progress) -> Loaded | None:
    """Report every problem of one specification. Returns None where it cannot be
    read."""
    path = sdk.path
    progress(f"reading {path}")
    try:
        options = replace(reading.options(sdk, report), everywhere=True)
        loaded = frontend.load(path, options, report)
    except CodegenError as error:
        report.take(error.report)
        return None
    except RecursionError:
        depths.report(sdk, report)
        return None
    progress(f"checking {addresses.shown(path)}")
    try:
        if not report.has("too-large"):
            linter.run(
                loaded,
                report,
                asserted=sdk.assert_formats,
                chosen=_chosen(sdk),
                style=sdk.style,
            )
            _check_names(sdk, loaded, report)
    except RecursionError:
        depths.report(sdk, report)
    if not sdk.lenient:
        report.escalate(linter.STRICT)
    return loaded


def _check_names(sdk: Sdk, loaded: Loaded, report: Report) -> None:
    """Report names of the configuration that come to nothing."""
    given_names.check_events(sdk, loaded.module, report)
    if sdk.style.renames:
        from codegen import python  # Most who lint give none.

        package = python.decide(loaded.module, reading.settings(sdk))
        given_names.check(package, report)


def _chosen(sdk: Sdk) -> dict[ir.Direction, tuple[str, ...]]:
    """The events of each direction, as far as the configuration names them."""
    events = {
        ir.Direction.SERVER_TO_CLIENT: sdk.server_events,
        ir.Direction.CLIENT_TO_SERVER: sdk.client_events,
    }
    return {direction: names for direction, names in events.items() if names}


def render(linted: Linted, form: str, version: str) -> str:
    """The outcome in a form other than text. `version` is that of this program."""
    return reports.render(linted, form, repository.located(), version)
