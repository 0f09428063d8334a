"""The flow of `codegen generate`: specifications to plans of changes on disk."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterable, Iterator, Sequence

from codegen import format_cache, frontend, golden, guard, output
from codegen import python as python_sdk
from codegen.artifact import Artifact, OutputFile, Progress, PythonFile, silent
from codegen.config import Sdk
from codegen.diagnostics import CodegenError, Report, Severity, Span
from codegen.format import Formatter, version
from codegen.format_cache import Cache
from codegen.linter import patterns, reference_chains


def generate(
    sdks: Sequence[Sdk],
    report: Report,
    *,
    progress: Progress = silent,
) -> list[output.Plan]:
    """What generating these SDKs would change on disk; nothing is written yet.

    Where the report has errors the plans are not to be carried out.
    """
    plans = []
    with _cache(report) as cache, _uncollected():
        formatter = Formatter(cache)
        for sdk in sdks:
            try:
                files = generate_one(sdk, report, formatter, progress)
            except RecursionError:
                message = "the schemas refer to each other through too many levels"
                report.add("too-large", message, Span(sdk.spec.name))
                continue
            if files is not None:
                root = sdk.base / sdk.output
                plan = output.plan(root, sdk.package, files, report)
                plans.extend([plan] if plan else [])
    return plans


def generate_one(
    sdk: Sdk, report: Report, formatter: Formatter, progress: Progress
) -> list[OutputFile] | None:
    """The files of one SDK; None, with the reasons reported, if there are errors."""
    before = _errors(report)
    output.check_package_name(sdk.package, sdk.span, report)
    _check_models(sdk, report)
    loaded = _load(sdk, report, progress)
    if loaded is not None:
        patterns.refuse(loaded, report)
        reference_chains.refuse(loaded, report)
    if loaded is None or _errors(report) > before:
        return None
    settings = python_sdk.Settings(
        package=sdk.package,
        server_events=sdk.server_events,
        client_events=sdk.client_events,
        assert_formats=sdk.assert_formats,
    )
    progress(f"{sdk.package}: rendering")
    rendered = python_sdk.package_files(loaded.module, settings)
    progress(f"{sdk.package}: formatting")
    files = _finish(rendered, formatter, report)
    # The tests run the package, so it must have passed the guard before.
    if sdk.tests and _errors(report) == before:
        progress(f"{sdk.package}: testing")
        module = loaded.module
        tests = golden.test_files(module, settings, files, report, loaded.span)
        files += _finish(tests, formatter, report)
    return files if _errors(report) == before else None


def _finish(
    files: Iterable[Artifact], formatter: Formatter, report: Report
) -> list[OutputFile]:
    """Files formatted and held against what generated code may look like."""
    finished = []
    for file in files:
        match file:
            case OutputFile():
                finished.append(file)
            case PythonFile(path, header, pieces):
                finished.append(OutputFile(path, formatter.file(header, pieces)))
        guard.check(finished[-1], report)
    return finished


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Work without the collector of cyclic garbage.

    Syntax trees are millions of objects that live for a moment; searching them for
    cycles again and again takes longer than making them.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _load(sdk: Sdk, report: Report, progress: Progress) -> frontend.Loaded | None:
    progress(f"{sdk.package}: reading {sdk.spec.name}")
    options = frontend.Options(
        include=sdk.include,
        overlays=tuple(sdk.base / overlay for overlay in sdk.overlays),
        perspective=sdk.perspective,
    )
    try:
        return frontend.load(sdk.base / sdk.spec, options, report)
    except CodegenError as error:
        report.take(error.report)
        return None


def _check_models(sdk: Sdk, report: Report) -> None:
    if sdk.models != "dataclass":
        message = f"models = {sdk.models!r} is not available in this version"
        report.add("unavailable", message, sdk.span)


def _errors(report: Report) -> int:
    return sum(item.severity is Severity.ERROR for item in report.items.values())


@contextlib.contextmanager
def _cache(report: Report) -> Iterator[Cache]:
    """The cache of formatted pieces; told if its folder is not to be trusted."""
    place = format_cache.place()
    folder = place.folder if place else None
    with format_cache.opened(version(), folder) as cache:
        if place and cache.refused:
            message = f"{cache.refused}; nothing is remembered there"
            warning = Severity.WARNING
            report.add("cache", message, Span(place.shown), severity=warning)
        yield cache
