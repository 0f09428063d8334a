"""The command line: arguments, what is printed, exit codes. Nothing else exits."""

from __future__ import annotations

import contextlib
import io
import os
import sys
import traceback
from collections.abc import Sequence
from typing import Final

import click

from codegen import __version__, shortcut
from codegen.cache.unchanged import Attempt
from codegen.commands.check_traffic import check_traffic
from codegen.commands.config import config
from codegen.commands.diff import diff
from codegen.commands.docs import docs
from codegen.commands.doctor import doctor
from codegen.commands.extract import extract
from codegen.commands.generate import generate
from codegen.commands.init import init
from codegen.commands.lint import lint
from codegen.commands.update import update
from codegen.console import say, show
from codegen.diagnostics import CodegenError
from codegen.exits import BAD_INPUT, INTERRUPTED, OK, PIPE_CLOSED

DEBUG_VARIABLE: Final = "CODEGEN_DEBUG"


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="codegen")
def cli() -> None:
    """Turn API specifications into SDKs, and say what a change of them breaks."""


_COMMANDS: Final = (
    *(init, generate, lint, diff, update, check_traffic),
    *(extract, docs, doctor, config),
)
for _command in _COMMANDS:
    cli.add_command(_command)


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code; never raises, never exits.

    `argv` are the arguments without the name of the program; None means those of the
    process. It may be called any number of times.
    """
    arguments = sys.argv[1:] if argv is None else argv
    code, _ = shortcut.taken(arguments)
    return run(arguments) if code is None else code


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code, without looking first whether it has
    anything to do."""
    try:
        attempt = Attempt(arguments) if Attempt.worthwhile(arguments) else None
        with attempt.notes if attempt else contextlib.nullcontext():
            return _run(arguments, attempt)
    except BrokenPipeError:
        return PIPE_CLOSED
    except KeyboardInterrupt:  # While something else was being reported.
        return INTERRUPTED
    except OSError:  # There is no working directory, while something else was told.
        return BAD_INPUT


def _run(arguments: Sequence[str], attempt: Attempt | None) -> int:
    streams = sys.stdout, sys.stderr
    try:
        result = cli.main(
            args=_whole(arguments),
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
        say(shown.getvalue(), err=True)
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
        show(error.report)
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
            what = "cannot write the output" if _is_somewhere() else _NOWHERE
            say(f"codegen: {what}: {error.strerror}\n", err=True)
            return BAD_INPUT
        if isinstance(error, MemoryError):
            say("codegen: there is not enough memory\n", err=True)
            return BAD_INPUT
        return _bug(error)


def _whole(arguments: Sequence[str]) -> list[str]:
    """The arguments. Raises `click.UsageError` for a NUL, which only programs can give
    and no path may have."""
    if any("\0" in argument for argument in arguments):
        raise click.UsageError("an argument has a NUL in it")
    return list(arguments)


_NOWHERE: Final = (
    "the working directory is gone, or cannot be entered; run this in another one"
)


def _is_somewhere() -> bool:
    """Whether there is a working directory; somebody may have removed it."""
    try:
        os.getcwd()
    except OSError:
        return False
    return True


def _interrupted() -> int:
    say("interrupted\n", err=True)
    return INTERRUPTED


def _is_interrupt(error: BaseException | None) -> bool:
    """Whether an error was caused by an interrupt. Python 3.11 wraps exceptions that
    are raised while a class is being made."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__
    return error is not None


def _bug(error: Exception) -> int:
    if os.environ.get(DEBUG_VARIABLE):
        say(traceback.format_exc(), err=True)
    else:
        from codegen import escaping

        what = escaping.line(f"{type(error).__name__}: {error}")
        more = f"(this is a bug; {DEBUG_VARIABLE}=1 shows more)"
        say(f"codegen: internal error: {what} {more}\n", err=True)
    return BAD_INPUT
