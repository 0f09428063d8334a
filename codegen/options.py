"""What commands share, declared once: their common options, and the example at the end
of their help.

`@reads` adds the options of commands that read specifications, and passes their values
as one `Asked` (what follows from these is decided in `codegen.flows.reading`).
`@judges` adds those of commands that find problems, passed as one `Judge`
(`codegen.flows.judge`). `@talks` adds those that say how much is printed, passed as one
`Talk`.
"""

from __future__ import annotations

import dataclasses
import datetime
import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar, cast

import click

from codegen.console import Talk


class _Place(click.Path):
    """A path on the command line. Whether the file can be read is left to its reader,
    who reports it together with all other problems. An empty path is refused: most
    likely it is a shell variable that nobody has set."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Any:
        if value == "":
            self.fail("an empty text names nothing", param, ctx)
        return super().convert(value, param, ctx)


PATH: Final = _Place(path_type=Path, readable=False)
"""A path on the command line."""
STREAM: Final = Path("-")
"""Standard output, in place of a path to write to."""

_F = TypeVar("_F", bound=Callable[..., Any])

REMOTE: Final = click.option(
    "--allow-remote",
    is_flag=True,
    help="Fetch web documents that are not in codegen.lock, and add them to it.",
)
"""The option that allows fetching documents from the web."""

_SHARED: Final = (
    click.option(
        "--include",
        multiple=True,
        metavar="GLOB",
        help="Include only these schemas or operations (`GET /items*`, an id, a tag), "
        "and what they refer to. Repeatable.",
    ),
    click.option(
        "--exclude",
        multiple=True,
        metavar="GLOB",
        help="Leave out these schemas or operations, unless others need them. "
        "Repeatable.",
    ),
    click.option(
        "--overlay",
        multiple=True,
        type=PATH,
        metavar="FILE",
        help="Apply an OpenAPI Overlay document first. Repeatable.",
    ),
    click.option(
        "--perspective",
        type=click.Choice(["server", "client"]),
        default=None,
        help="The side that SPEC describes.  [default: server]",
    ),
    click.option(
        "--lenient",
        is_flag=True,
        help="Accept anything, with a warning, where SPEC has no safe meaning.",
    ),
    click.option("--assert-formats", is_flag=True, help="Enforce `format`."),
    click.option(
        "--root",
        type=PATH,
        metavar="DIR",
        help="The topmost folder that references may lead to.",
    ),
    REMOTE,
    click.option(
        "--config",
        type=PATH,
        metavar="FILE",
        help="The configuration file.  [default: the nearest one]",
    ),
)
"""The options that say which document is meant and how it is read."""


_JUDGING: Final = (
    click.option(
        "--severity",
        multiple=True,
        metavar="CODE=LEVEL",
        callback=lambda _context, _option, values: _settings(values),
        help="Set the severity of CODE to error, warn or off. Repeatable.",
    ),
    click.option(
        "--ignore",
        type=PATH,
        metavar="FILE",
        help="Accept the findings in FILE, each until its expiry date.",
    ),
    click.option(
        "--today",
        callback=lambda _context, _option, value: (
            None if value is None else _day(value)
        ),
        metavar="DAY",
        help="The date for expiry, as YYYY-MM-DD.  [default: today]",
    ),
)
"""The options that say how the problems that a command finds are judged."""

_TALKING: Final = (
    click.option(
        "-q",
        "--quiet",
        is_flag=True,
        help="Print only the outcome and problems.",
    ),
    click.option(
        "-v", "--verbose", is_flag=True, help="Print each step with its time."
    ),
)
"""The options that say how much is printed."""

_LEVELS: Final = ("error", "warn", "off")


def _settings(texts: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """CODE and LEVEL of each. Raises `BadParameter` with all that are wrong."""
    settings = []
    wrong = []
    for text in texts:
        code, _, level = text.rpartition("=")
        settings.append((code, level))
        if not code or level not in _LEVELS:
            wrong.append(repr(text))
    if wrong:
        verb = "is" if len(wrong) == 1 else "are"
        message = f"{', '.join(wrong)} {verb} not CODE=LEVEL, with a level of "
        raise click.BadParameter(f"{message}{', '.join(_LEVELS)}")
    return tuple(settings)


def _day(text: str) -> datetime.date:
    """A day, written as in files of what is accepted. Raises `BadParameter`."""
    from codegen import suppressions

    if (found := suppressions.day(text)) is None:
        raise click.BadParameter(f"{text!r} is no day written as YYYY-MM-DD")
    return found


class Example(click.Command):
    """A command whose help ends with an example."""

    def __init__(self, *args: Any, example: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.example = example

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Example"):
            for line in self.example.splitlines():
                formatter.write(f"  {line}\n")


def talks(function: _F) -> _F:
    """Give a command the options that say how much is printed; it gets them as one
    argument, `talk`."""

    @functools.wraps(function)
    def command(*, quiet: bool, verbose: bool, **given: Any) -> Any:
        return function(**given, talk=Talk(quiet=quiet, verbose=verbose))

    for option in reversed(_TALKING):
        option(command)
    return cast(_F, command)


def judges(function: _F) -> _F:
    """Give a command the options about problems; it gets them as one argument,
    `judge`."""

    @functools.wraps(function)
    def command(
        *,
        severity: tuple[tuple[str, str], ...],
        ignore: Path | None,
        today: datetime.date | None,
        **given: Any,
    ) -> Any:
        from codegen.flows.judge import Judge

        day = today or datetime.date.today()
        return function(**given, judge=Judge(day, ignore, severity))

    for option in reversed(_JUDGING):
        option(command)
    return cast(_F, command)


def reads(function: _F) -> _F:
    """Give a command the options about reading specifications; it gets them as one
    argument, `asked`."""

    @functools.wraps(function)
    def command(**given: Any) -> Any:
        from codegen.flows.reading import Asked

        names = [field.name for field in dataclasses.fields(Asked)]
        asked = Asked(**{name: given.pop(name) for name in names})
        return function(**given, asked=asked)

    for option in reversed(_SHARED):
        option(command)
    return cast(_F, command)
