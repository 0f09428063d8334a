"""The SDKs that the arguments of a command mean."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from codegen.diagnostics import COMMAND_LINE, Report

if TYPE_CHECKING:
    from codegen.config import Sdk
    from codegen.flows.reading import Asked

_ONE_SPEC: Final = "one SPEC goes with --package NAME and --output DIR"


def of_arguments(
    names: tuple[Path, ...], given: dict[str, Any], asked: Asked, report: Report
) -> Sdk:
    """The SDK that the arguments describe. From the configuration come only the
    settings that hold for every specification. Raises `UsageError` unless the arguments
    name one specification and an output folder."""
    from codegen.flows import reading

    if len(names) > 1 or given["output"] is None:
        raise click.UsageError(_ONE_SPEC)
    sdk = reading.unconfigured(names[0], reading.ambient(asked, report))
    told = {name: value for name, value in given.items() if value is not None}
    return dataclasses.replace(asked.over(sdk), **told, span=COMMAND_LINE)


def of_configuration(
    names: tuple[Path, ...], given: dict[str, Any], asked: Asked, report: Report
) -> list[Sdk]:
    """The configured SDKs, all or those with some names, with the options of the
    command line on top. Raises `UsageError` for options that only a SPEC can have, and
    where there is no configuration."""
    from codegen.flows import reading

    found = reading.configuration(asked, report)
    strange = [name for name in names if not reading.configured(name, found, asked)]
    if names and (given.get("output") or any(map(reading.is_file, strange))):
        raise click.UsageError(_ONE_SPEC)
    told = {**given, "include": asked.include, "exclude": asked.exclude}
    told |= {"overlay": asked.overlay, "perspective": asked.perspective}
    if wrong := [f"--{name}" for name, value in told.items() if value]:
        listed = ", ".join(wrong)
        raise click.UsageError(
            f"{listed}: only with SPEC; the configuration says it all"
        )
    if found is None and not report.failed:
        message = "no SPEC, and no configuration: neither here nor above is there a "
        message += "codegen.toml, or a pyproject.toml that has [tool.codegen]; "
        message += "`codegen init SPEC` writes one"
        raise click.UsageError(_ONE_SPEC if names else message)
    return reading.chosen(names, found, asked, report) if found else []
