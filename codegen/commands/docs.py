"""`codegen docs`: reference pages of an API."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from codegen import console, options, shortcut
from codegen.diagnostics import Report
from codegen.exits import BAD_INPUT, OK

if TYPE_CHECKING:
    from codegen.flows.reading import Asked


@click.command(
    cls=options.Example,
    example="codegen docs openapi.yaml --output site/api",
)
@click.argument("spec", type=options.PATH, metavar="SPEC|NAME")
@click.option(
    "--output",
    type=options.PATH,
    required=True,
    metavar="DIR",
    help="Folder for the pages and nothing else.",
)
@options.reads
@options.talks
def docs(spec: Path, output: Path, asked: Asked, talk: console.Talk) -> int:
    """Write reference pages of a specification in HTML.

    They have events, objects, enumerations and examples. NAME is the package of a
    configured SDK. The pages need no network and can be opened as files.
    """
    from codegen.flows import docs as flow
    from codegen.flows import reading

    report = Report()
    plan = None
    with talk.progress() as progress:
        sdks = reading.meant([spec], asked, report).sdks
        if sdks and not report.failed:
            plan = flow.publish(sdks[0], output, report, progress)
    console.show(report)
    if plan is None or report.failed:
        return BAD_INPUT
    talk.remark(shortcut.generated(output.as_posix(), plan.files, plan.counts[0]))
    talk.finish()
    return OK
