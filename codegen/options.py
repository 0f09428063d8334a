"""The options of every command that reads specifications, declared once.

`@reads` gives them to a command, which gets what was given as one `Asked`; what follows
from that is decided in `codegen.flows.reading`.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar, cast

import click

_PATH: Final = click.Path(path_type=Path)
_F = TypeVar("_F", bound=Callable[..., Any])

_SHARED: Final = (
    click.option(
        "--include",
        multiple=True,
        metavar="GLOB",
        help="Take only schemas of these names, and what they refer to. Repeatable.",
    ),
    click.option(
        "--exclude",
        multiple=True,
        metavar="GLOB",
        help="Leave out schemas of these names, unless others need them. Repeatable.",
    ),
    click.option(
        "--overlay",
        multiple=True,
        type=_PATH,
        metavar="FILE",
        help="Apply an OpenAPI Overlay document first. Repeatable.",
    ),
    click.option(
        "--perspective",
        type=click.Choice(["server", "client"]),
        default=None,
        help="Whose document it is.  [default: server]",
    ),
    click.option(
        "--lenient",
        is_flag=True,
        help="Accept anything where the document has no safe meaning, and say so.",
    ),
    click.option(
        "--assert-formats", is_flag=True, help="Enforce `format`, not only note it."
    ),
    click.option(
        "--root",
        type=_PATH,
        metavar="DIR",
        help="The folder above which no reference leads.",
    ),
    click.option(
        "--config",
        type=_PATH,
        metavar="FILE",
        help="The configuration, instead of the nearest pyproject.toml.",
    ),
)
"""The options that say which document is meant, and how it is read."""


def reads(function: _F) -> _F:
    """Give a command the options of all that read specifications; it gets them as one
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
