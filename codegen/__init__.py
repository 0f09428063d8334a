"""Specifications of event-driven APIs to Python SDKs, and what their changes break.

The four functions here are the whole public interface; the command line has more to
say about each. They raise `CodegenError`, whose `report` holds every problem with its
place, where the input is bad; nothing is written then.
"""

from __future__ import annotations

from codegen.versions import OURS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from codegen.compat import Comparison
    from codegen.diagnostics import CodegenError, Report
    from codegen.ir.model import Module

__version__ = OURS

__all__ = ["CodegenError", "diff", "generate", "lint", "load"]


def __getattr__(name: str) -> type[CodegenError]:
    """The error, imported when it is asked for: what is imported with the package is
    imported before the command line can meet an interrupt."""
    if name != "CodegenError":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from codegen.diagnostics import CodegenError

    return CodegenError


def load(
    spec: Path | str,
    *,
    include: Iterable[str] = (),
    exclude: Iterable[str] = (),
    overlays: Iterable[Path | str] = (),
    perspective: str = "server",
    lenient: bool = False,
    root: Path | str | None = None,
) -> Module:
    """What a specification means, as the intermediate representation.

    `include` and `exclude` take globs on schema names, `perspective` tells whose
    document an AsyncAPI file is, `lenient` accepts anything where something has no safe
    meaning, and no reference leads above `root`.
    """
    from pathlib import Path

    from codegen import frontend
    from codegen.diagnostics import Report

    report = Report()
    options = frontend.Options(
        include=tuple(include),
        exclude=tuple(exclude),
        overlays=tuple(map(Path, overlays)),
        perspective=perspective,
        lenient=lenient,
        root=None if root is None else Path(root),
        interface=True,
    )
    loaded = frontend.load(spec, options, report)
    report.check()
    return loaded.module


def generate(
    spec: Path | str,
    package: str,
    output: Path | str,
    *,
    include: Iterable[str] = (),
    exclude: Iterable[str] = (),
    overlays: Iterable[Path | str] = (),
    perspective: str = "server",
    server_events: Iterable[str] = (),
    client_events: Iterable[str] = (),
    assert_formats: bool = False,
    lenient: bool = False,
    root: Path | str | None = None,
    tests: bool = True,
    tests_output: Path | str | None = None,
    strategies: bool | None = None,
) -> list[Path]:
    """Write an SDK to `output`/`package`, its golden tests to `output`/tests/`package`
    or to `tests_output`.

    Returns the files that were changed, written or removed. The keywords are those of
    `[tool.codegen]`.
    """
    from pathlib import Path

    from codegen import output as tree
    from codegen.config import Sdk
    from codegen.diagnostics import Report, Span
    from codegen.flows import generate as flow

    sdk = Sdk(
        spec=Path(spec),
        package=package,
        output=Path(output),
        include=tuple(include),
        exclude=tuple(exclude),
        overlays=tuple(map(Path, overlays)),
        perspective=perspective,
        lenient=lenient,
        root=None if root is None else Path(root),
        server_events=tuple(server_events),
        client_events=tuple(client_events),
        assert_formats=assert_formats,
        tests=tests,
        tests_output=None if tests_output is None else Path(tests_output),
        strategies=strategies,
        span=Span("codegen.generate"),
    )
    report = Report()
    plans = flow.generate([sdk], report).plans
    report.check()
    plans = tree.commit(plans, report)
    report.check()
    return [plan.root / change.path for plan in plans for change in plan.changes]


def lint(*specs: Path | str) -> Report:
    """Every problem of specifications, readable or not; raises nothing.

    Each is a path or the package of a configured SDK; without any, it is all that is
    configured. Severities and ignore files are those of the configuration; what day it
    is says the clock.
    """
    import datetime
    from pathlib import Path

    from codegen.diagnostics import Report
    from codegen.flows import lint as flow
    from codegen.flows.judge import Judge

    report = Report()
    judge = Judge(datetime.date.today())
    flow.lint([Path(spec) for spec in specs], report, judge=judge)
    return report


def diff(old: str, new: str, *, assume_open: bool = False) -> Comparison:
    """What changed from `old` to `new`, paths or `REV:path`, and whom it breaks."""
    from codegen.diagnostics import CodegenError, Report
    from codegen.flows import diff as flow

    report = Report()
    pair = flow.load_pair(str(old), str(new), report)
    if pair is None:
        raise CodegenError(report)
    return flow.compare(pair, assume_open=assume_open)
