"""Turns specifications of event-driven APIs into Python SDKs, and tells what their
changes break.

The four functions here are the whole public interface; the documentation of the command
line says more about each. They raise `CodegenError` where the input is bad: its
`report` holds every problem with its place, and nothing has been written.
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
    """`CodegenError`, imported when it is first asked for. This package is imported
    before the command line can handle an interrupt, so importing it must be quick."""
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

    `include` and `exclude` are globs on names of schemas and operations. `overlays` are
    OpenAPI Overlay documents that are applied first. `perspective` is `server` or
    `client`: whose document an AsyncAPI file is. `lenient` accepts anything where
    something has no safe meaning, instead of failing. No reference may lead above the
    folder `root`. Raises `CodegenError` where the specification has errors.
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
    """Write an SDK to `output`/`package`, and its golden tests to
    `output`/tests/`package` or to `tests_output`.

    The keywords mean what the keys of `[tool.codegen]` mean. Returns the files that
    were written or removed. Raises `CodegenError`, with nothing written, where the
    specification or a name has errors.
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
    """Every problem of some specifications, also of those that cannot be read. Raises
    nothing.

    Each argument is a path or the name of a configured SDK's package; without
    arguments, everything that is configured is examined. Severities and files of
    accepted problems are taken from the configuration, and entries expire by today's
    date.
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
    """What changed from `old` to `new`, and whom it breaks.

    Each is a path, or `REV:path` for a file at a git revision. With `assume_open`,
    senders are taken to write anything that their schema allows, undeclared properties
    included. Raises `CodegenError` where one of them cannot be read.
    """
    from codegen.diagnostics import CodegenError, Report
    from codegen.flows import diff as flow
    from codegen.flows import pairs

    report = Report()
    pair = pairs.load_pair(str(old), str(new), report)
    if pair is None:
        raise CodegenError(report)
    return flow.compare(pair, assume_open=assume_open)
