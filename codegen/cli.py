"""The command line: arguments, what is printed, exit codes. Nothing else exits."""

from __future__ import annotations

import contextlib
import dataclasses
import io
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from codegen import __version__, options, shortcut
from codegen.cache.unchanged import Attempt
from codegen.console import colourful as _colourful
from codegen.console import progress as _progress
from codegen.console import say as _say
from codegen.console import show as _show
from codegen.diagnostics import COMMAND_LINE, CodegenError, Report
from codegen.exits import BAD_INPUT, FINDINGS, INTERRUPTED, OK, PIPE_CLOSED

if TYPE_CHECKING:
    from codegen.config import Sdk
    from codegen.flows.judge import Judge
    from codegen.flows.reading import Asked
    from codegen.output import Plan

DEBUG_VARIABLE: Final = "CODEGEN_DEBUG"

_PATH = click.Path(path_type=Path)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="codegen")
def cli() -> None:
    """Turn API specifications into SDKs, and say what a change of them breaks."""


# --- generate ----------------------------------------------------------------------


@cli.command(
    cls=options.Example,
    example="codegen generate openapi.yaml --package my_api --output sdk\n"
    "codegen generate my_api --check",
)
@click.argument("names", nargs=-1, type=_PATH, metavar="[SPEC|NAME...]")
@click.option("--package", metavar="NAME", help="Name of the generated package.")
@click.option("--output", type=_PATH, metavar="DIR", help="Folder to write into.")
@click.option(
    "--models",
    type=click.Choice(["dataclass", "pydantic", "msgspec", "typeddict"]),
    default=None,
    help="Flavour of the classes.  [default: dataclass]",
)
@click.option("--strict", is_flag=True, help="Take every warning for an error.")
@click.option("--check", is_flag=True, help="Write nothing; show what is stale.")
@click.option(
    "--no-cache", is_flag=True, help="Do it all again, and leave nothing for later."
)
@options.reads
@click.pass_obj
def generate(
    attempt: Attempt | None,
    names: tuple[Path, ...],
    package: str | None,
    output: Path | None,
    models: str | None,
    strict: bool,
    check: bool,
    no_cache: bool,
    asked: Asked,
) -> int:
    """Render an SDK from SPEC, or those that pyproject.toml configures.

    With --package the argument is a SPEC; without it each is the NAME of the package
    of a configured SDK, and none means all. DIR/NAME becomes the package and
    DIR/tests/NAME its golden tests. Nothing is written unless everything succeeds.
    """
    from codegen import output as tree
    from codegen.flows import generate as flow

    report = Report()
    given = {"package": package, "output": output, "models": models}
    if names and package is not None:
        sdks = [_asked_for(names, given, asked, report)]
    else:
        sdks = _configured(names, given, asked, report)
    with _progress() as progress:
        plans = (
            []
            if report.failed
            else flow.generate(
                sdks, report, progress=progress, remember=attempt is not None
            )
        )
        if strict:
            report.escalate()
        if not (check or report.failed):
            plans = tree.commit(plans, report)
    _show(report)
    if report.failed:
        return BAD_INPUT
    if attempt is not None and attempt.check == check:
        _keep(attempt, plans, report)
    if check:
        for plan in plans:
            _say(plan.diff())
        return OK if all(plan.current for plan in plans) else FINDINGS
    for plan in plans:
        changed = len(plan.changes)
        _say(shortcut.generated(plan.shown, plan.files, changed), err=True)
    return OK


def _keep(attempt: Attempt, plans: Sequence[Plan], report: Report) -> None:
    """Leave for the next run what this one has found. What was said of trees as they
    were before is not said of them as they are to be."""
    from codegen import plans as trees

    attempt.keep(
        [
            (str(one.root), one.package, one.listing, one.shown, one.files)
            for one in plans
            if not one.gone
        ],
        [item.row() for item in report if item.code not in trees.PASSING],
    )


_ONE_SPEC: Final = "one SPEC goes with --package NAME and --output DIR"


def _asked_for(
    names: tuple[Path, ...], given: dict[str, Any], asked: Asked, report: Report
) -> Sdk:
    """The SDK that the arguments ask for. Of the configuration it takes what holds for
    all specifications."""
    from codegen.flows import reading

    if len(names) > 1 or given["output"] is None:
        raise click.UsageError(_ONE_SPEC)
    sdk = reading.unconfigured(names[0], reading.ambient(asked, report))
    told = {name: value for name, value in given.items() if value is not None}
    return dataclasses.replace(asked.over(sdk), **told, span=COMMAND_LINE)


def _configured(
    names: tuple[Path, ...], given: dict[str, Any], asked: Asked, report: Report
) -> list[Sdk]:
    """The SDKs that the configuration has, or those of some names, with what is asked
    for on top of it."""
    from codegen.flows import reading

    if names and (given.get("output") or any(map(reading.is_file, names))):
        raise click.UsageError(_ONE_SPEC)
    told = {**given, "include": asked.include, "exclude": asked.exclude}
    told |= {"overlay": asked.overlay, "perspective": asked.perspective}
    if wrong := [f"--{name}" for name, value in told.items() if value]:
        listed = ", ".join(wrong)
        raise click.UsageError(
            f"{listed}: only with SPEC; the configuration says it all"
        )
    found = reading.configuration(asked, report)
    if found is None and not report.failed:
        message = "no SPEC, and no pyproject.toml here or above has [tool.codegen]"
        raise click.UsageError(_ONE_SPEC if names else message)
    return reading.chosen(names, found, asked, report) if found else []


# --- lint --------------------------------------------------------------------------


@cli.command(
    cls=options.Example,
    example="codegen lint openapi.yaml events.yaml --format sarif\n"
    "codegen lint --severity prose-default=off",
)
@click.argument("specs", nargs=-1, type=_PATH, metavar="[SPEC|NAME]...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    show_default=True,
    help="How to report.",
)
@options.judges
@options.reads
def lint(specs: tuple[Path, ...], form: str, judge: Judge, asked: Asked) -> int:
    """Report every problem of specifications, each with its place.

    NAME is the package of a configured SDK. Without arguments it is all that
    pyproject.toml configures.
    """
    from codegen.flows import lint as flow
    from codegen.linter import reports

    report = Report()
    if not specs:
        _configured((), {}, asked, Report())
    with _progress() as progress:
        linted = flow.lint(specs, report, asked, judge, form=form, progress=progress)
    if form == "text" or not linted.readable:
        _show(report)
    if form != "text":
        _say(flow.render(linted, form, __version__))
    _say(f"{reports.summary(linted)}\n", err=True)
    if not linted.readable:
        return BAD_INPUT
    return FINDINGS if report.failed else OK


# --- diff --------------------------------------------------------------------------


@cli.command(
    cls=options.Example,
    example="codegen diff HEAD~1:specs/api.yaml specs/api.yaml --format markdown\n"
    "codegen diff my_api --against v1.0",
)
@click.argument("old", metavar="OLD|NAME")
@click.argument("new", required=False)
@click.option(
    "--against",
    metavar="REV",
    help="With NAME: the revision to compare with.  [default: HEAD]",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown", "html", "github", "sarif"]),
    default="text",
    show_default=True,
    help="How to report.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["breaking", "risky", "unknown", "never"]),
    default="breaking",
    show_default=True,
    help="The mildest verdict that gives exit code 1.",
)
@click.option(
    "--assume-open",
    is_flag=True,
    help="Let senders emit anything their schema allows, undeclared properties too.",
)
@options.judges
@options.reads
def diff(
    old: str,
    new: str | None,
    against: str | None,
    form: str,
    fail_on: str,
    assume_open: bool,
    judge: Judge,
    asked: Asked,
) -> int:
    """Say what changed from OLD to NEW, and whom it breaks.

    OLD and NEW are paths, or REV:path for a revision of git, of which nothing is
    fetched. NAME alone is the package of a configured SDK, whose specification is
    compared with what it is at a revision.
    """
    from codegen.flows import diff as flow

    if new is not None and against is not None:
        raise click.UsageError("--against goes with NAME alone; OLD may be REV:path")
    report = Report()
    with _progress() as progress:
        result = flow.diff(
            old,
            new,
            form,
            report,
            judge=judge,
            asked=asked,
            against=against or "HEAD",
            assume_open=assume_open,
            progress=progress,
            version=__version__,
            colour=_colourful(sys.stdout),
        )
    _show(report)
    if result is None:
        return BAD_INPUT
    _say(result.text)
    if fail_on == "breaking" and result.open:
        _say("the verdict is unknown; with --fail-on unknown it fails\n", err=True)
    return FINDINGS if result.fails(fail_on) else OK


# --- check-traffic -----------------------------------------------------------------


@cli.command(
    "check-traffic",
    cls=options.Example,
    example="codegen check-traffic asyncapi.yaml session.jsonl\n"
    "codegen check-traffic my_api sessions/ --overlay-out seen.overlay.yaml",
)
@click.argument("spec", type=_PATH, metavar="SPEC|NAME")
@click.argument("recording", type=_PATH)
@click.option(
    "--direction",
    type=click.Choice(["client_to_server", "server_to_client"]),
    default=None,
    help="The direction of all frames.  [default: what the recording says]",
)
@click.option(
    "--overlay-out",
    type=_PATH,
    metavar="FILE",
    help="Write an overlay that makes SPEC accept the recording.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to report.",
)
@click.option("--redact", is_flag=True, help="Show no value of a frame.")
@options.reads
def check_traffic(
    spec: Path,
    recording: Path,
    direction: str | None,
    overlay_out: Path | None,
    form: str,
    redact: bool,
    asked: Asked,
) -> int:
    """Say where recorded frames depart from SPEC, or from that of a configured SDK.

    RECORDING is a file of JSON lines, as the recorder of generated packages writes
    them, a HAR, or a folder of frames.
    """
    from codegen.flows import traffic as flow

    report = Report()
    with _progress() as progress:
        checked = flow.check(
            spec,
            recording,
            asked,
            report,
            direction=direction,
            overlay_out=overlay_out,
            redact=redact,
            progress=progress,
        )
    _show(report)
    if checked is not None:
        _say(flow.render(checked, form))
    if checked is None or report.failed:
        return BAD_INPUT
    return OK if checked.tally.clean else FINDINGS


# --- running -----------------------------------------------------------------------


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code; never raises, never exits.

    `argv` are the arguments without the name of the program; None takes those of the
    process. May be called any number of times.
    """
    arguments = sys.argv[1:] if argv is None else argv
    code = shortcut.code(arguments)
    return run(arguments) if code is None else code


def run(arguments: Sequence[str]) -> int:
    """As `main`, for a command that has to be run."""
    try:
        attempt = Attempt(arguments) if Attempt.worthwhile(arguments) else None
        with attempt.notes if attempt else contextlib.nullcontext():
            return _run(arguments, attempt)
    except BrokenPipeError:
        return PIPE_CLOSED
    except KeyboardInterrupt:  # While something else was being reported.
        return INTERRUPTED
    except OSError:  # Standard error takes nothing; there is no way to tell.
        return BAD_INPUT


def _run(arguments: Sequence[str], attempt: Attempt | None) -> int:
    streams = sys.stdout, sys.stderr
    try:
        result = cli.main(
            args=list(arguments),
            prog_name="codegen",
            standalone_mode=False,
            obj=attempt,
        )
        if sys.stdout is not None:
            sys.stdout.flush()
        return result if isinstance(result, int) else OK
    except click.ClickException as error:
        shown = io.StringIO()
        error.show(shown)
        _say(shown.getvalue(), err=True)
        return BAD_INPUT
    except click.exceptions.Exit as error:
        return error.exit_code
    except SystemExit as error:
        # Where a pipe is closed click wraps the streams and exits.
        closed = sys.stdout is not streams[0]
        sys.stdout, sys.stderr = streams
        if closed:
            return PIPE_CLOSED
        return error.code if isinstance(error.code, int) else OK
    except CodegenError as error:
        _show(error.report)
        return BAD_INPUT
    except (KeyboardInterrupt, click.Abort):
        return _interrupted()
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001 - the last resort: no traceback, ever
        if _is_interrupt(error):
            return _interrupted()
        if isinstance(error, OSError) and error.filename is None:
            # Of all that is written, only streams have no name.
            _say(f"codegen: cannot write the output: {error.strerror}\n", err=True)
            return BAD_INPUT
        return _bug(error)


def _interrupted() -> int:
    _say("interrupted\n", err=True)
    return INTERRUPTED


def _is_interrupt(error: BaseException | None) -> bool:
    """Whether an error stands for an interrupt: Python 3.11 wraps what is raised while
    a class is being made."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__
    return error is not None


def _bug(error: Exception) -> int:
    if os.environ.get(DEBUG_VARIABLE):
        _say(traceback.format_exc(), err=True)
    else:
        from codegen import escaping

        what = escaping.line(f"{type(error).__name__}: {error}")
        more = f"(this is a bug; {DEBUG_VARIABLE}=1 shows more)"
        _say(f"codegen: internal error: {what} {more}\n", err=True)
    return BAD_INPUT
