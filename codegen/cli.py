"""The command line: arguments, printing, exit codes. Nothing else prints or exits."""

from __future__ import annotations

import contextlib
import datetime
import io
import os
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from codegen import __version__, display, escaping
from codegen.artifact import Progress
from codegen.config import Sdk
from codegen.diagnostics import CodegenError, Report, Span

if TYPE_CHECKING:
    from rich.text import Text as RichText

OK: Final = 0
FINDINGS: Final = 1
BAD_INPUT: Final = 2
INTERRUPTED: Final = 130
PIPE_CLOSED: Final = 141

DEBUG_VARIABLE: Final = "CODEGEN_DEBUG"

_PATH = click.Path(path_type=Path)


class Example(click.Command):
    """A command whose help ends with an example."""

    def __init__(self, *args: Any, example: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.example = example

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Example"):
            for line in self.example.splitlines():
                formatter.write(f"  {line}\n")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="codegen")
def cli() -> None:
    """Turn API specifications into SDKs, and say what a change of them breaks."""


# --- generate ----------------------------------------------------------------------


@cli.command(
    cls=Example,
    example="codegen generate openapi.yaml --package my_api --output sdk\n"
    "codegen generate --check",
)
@click.argument("spec", required=False, type=_PATH)
@click.option("--package", metavar="NAME", help="Name of the generated package.")
@click.option("--output", type=_PATH, metavar="DIR", help="Folder to write into.")
@click.option(
    "--include",
    multiple=True,
    metavar="GLOB",
    help="Take only schemas of these names, and what they refer to. Repeatable.",
)
@click.option(
    "--overlay",
    multiple=True,
    type=_PATH,
    metavar="FILE",
    help="Apply an OpenAPI Overlay document first. Repeatable.",
)
@click.option(
    "--models",
    type=click.Choice(["dataclass", "pydantic", "msgspec", "typeddict"]),
    default=None,
    help="Flavour of the classes.  [default: dataclass]",
)
@click.option(
    "--perspective",
    type=click.Choice(["server", "client"]),
    default=None,
    help="Whose document an AsyncAPI file is.  [default: server]",
)
@click.option("--check", is_flag=True, help="Write nothing; show what is stale.")
def generate(
    spec: Path | None,
    package: str | None,
    output: Path | None,
    check: bool,
    **options: Any,
) -> int:
    """Render an SDK from SPEC, or all that pyproject.toml configures.

    DIR/NAME becomes the package and DIR/tests/NAME its golden tests. Nothing is
    written unless everything succeeds.
    """
    from codegen import output as tree
    from codegen.flows import generate as flow

    report = Report()
    if spec is None:
        sdks = _configured(package, output, options, report)
    else:
        sdks = [_asked_for(spec, package, output, options)]
    with _progress() as progress:
        plans = [] if report.failed else flow.generate(sdks, report, progress=progress)
        if not (check or report.failed):
            plans = tree.commit(plans, report)
    _show(report)
    if report.failed:
        return BAD_INPUT
    if check:
        for plan in plans:
            _say(plan.diff())
        return OK if all(plan.current for plan in plans) else FINDINGS
    for sdk, plan in zip(sdks, plans, strict=True):
        changed = len(plan.changes)
        where = (plan.root / sdk.package).as_posix()
        _say(f"{where}: {plan.files} files, {changed} changed\n", err=True)
    return OK


def _asked_for(
    spec: Path, package: str | None, output: Path | None, options: dict[str, Any]
) -> Sdk:
    """The SDK that the arguments ask for."""
    if package is None or output is None:
        raise click.UsageError("SPEC needs --package NAME and --output DIR")
    return Sdk(
        spec=spec,
        package=package,
        output=output,
        include=options["include"],
        overlays=options["overlay"],
        models=options["models"] or "dataclass",
        perspective=options["perspective"] or "server",
        span=Span("command line"),
    )


def _configured(
    package: str | None, output: Path | None, options: dict[str, Any], report: Report
) -> list[Sdk]:
    """The SDKs that the nearest pyproject.toml configures."""
    from codegen import config

    given = {"package": package, "output": output, **options}
    if names := [name for name, value in given.items() if value]:
        listed = ", ".join(f"--{name}" for name in names)
        raise click.UsageError(f"{listed}: only with SPEC; pyproject.toml says it all")
    path = config.find(Path.cwd())
    if path is None:
        message = "no SPEC, and no pyproject.toml here or above has [tool.codegen]"
        raise click.UsageError(message)
    found = config.read(Path(os.path.relpath(path)), report)
    return list(found.sdks) if found else []


# --- lint --------------------------------------------------------------------------


@cli.command(cls=Example, example="codegen lint openapi.yaml events.yaml")
@click.argument("specs", nargs=-1, required=True, type=_PATH, metavar="SPEC...")
def lint(specs: tuple[Path, ...]) -> int:
    """Report every problem of specifications, each with its place."""
    from codegen.flows import lint as flow

    report = Report()
    with _progress() as progress:
        readable = flow.lint(specs, report, progress=progress)
    _show(report)
    if not readable:
        return BAD_INPUT
    return FINDINGS if report.failed else OK


# --- diff --------------------------------------------------------------------------


@cli.command(
    cls=Example,
    example="codegen diff HEAD~1:specs/api.yaml specs/api.yaml --format markdown",
)
@click.argument("old")
@click.argument("new")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown", "html", "github"]),
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
@click.option(
    "--ignore",
    type=_PATH,
    metavar="FILE",
    help="Findings that are accepted, each until a day that FILE names.",
)
def diff(
    old: str,
    new: str,
    form: str,
    fail_on: str,
    assume_open: bool,
    ignore: Path | None,
) -> int:
    """Say what changed from OLD to NEW, and whom it breaks.

    OLD and NEW are paths, or REV:path for a revision of git, of which nothing is
    fetched.
    """
    from codegen.flows import diff as flow

    report = Report()
    with _progress() as progress:
        result = flow.diff(
            old,
            new,
            form,
            report,
            assume_open=assume_open,
            ignore=ignore,
            today=datetime.date.today(),
            progress=progress,
        )
    _show(report)
    if result is None:
        return BAD_INPUT
    _say(result.text)
    if fail_on == "breaking" and result.open:
        _say("the verdict is unknown; with --fail-on unknown it fails\n", err=True)
    return FINDINGS if result.fails(fail_on) else OK


# --- printing ----------------------------------------------------------------------


def _say(text: str, *, err: bool = False) -> None:
    """Print; the one way out. Nothing in a text steers a terminal or a build server,
    but for the commands that are commands by their type."""
    fit = text if isinstance(text, escaping.Commands) else escaping.terminal(text)
    stream = sys.stderr if err else sys.stdout
    if stream is None:  # It was closed by whoever started us.
        return
    encoding = stream.encoding or "utf-8"
    click.echo(fit.encode(encoding, "backslashreplace").decode(encoding), stream, False)


def _show(report: Report) -> None:
    """Print diagnostics to standard error, in colour on a terminal."""
    lines = [line for item in report for line in display.lines(item)]
    if not lines:
        return
    if not sys.stderr.isatty() or "NO_COLOR" in os.environ:
        for line in lines:
            _say("".join(part.text for part in line) + "\n", err=True)
        return
    from rich.console import Console

    console = Console(stderr=True, soft_wrap=True, highlight=False)
    for line in lines:
        console.print(_rich(*line))


def _rich(*parts: display.Styled) -> RichText:
    """Styled texts for a terminal, of which only the styles steer it."""
    from rich.text import Text

    return Text.assemble(
        *((escaping.terminal(part.text), part.style) for part in parts)
    )


@contextlib.contextmanager
def _progress() -> Iterator[Progress]:
    """Shows what is being done, on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda message: None
        return
    from rich.console import Console

    with Console(stderr=True).status("") as status:
        yield lambda message: status.update(_rich(display.Styled(message)))


# --- running -----------------------------------------------------------------------


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code; never raises, never exits.

    `argv` are the arguments without the name of the program; None takes those of the
    process. May be called any number of times.
    """
    try:
        return _main(argv)
    except BrokenPipeError:
        return PIPE_CLOSED
    except KeyboardInterrupt:  # While something else was being reported.
        return INTERRUPTED
    except OSError:  # Standard error takes nothing; there is no way to tell.
        return BAD_INPUT


def _main(argv: list[str] | None) -> int:
    streams = sys.stdout, sys.stderr
    try:
        result = cli.main(args=argv, prog_name="codegen", standalone_mode=False)
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
        what = escaping.line(f"{type(error).__name__}: {error}")
        more = f"(this is a bug; {DEBUG_VARIABLE}=1 shows more)"
        _say(f"codegen: internal error: {what} {more}\n", err=True)
    return BAD_INPUT
