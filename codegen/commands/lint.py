"""`codegen lint`: every problem of specifications."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from codegen import __version__, console, options
from codegen.commands import asked_for
from codegen.diagnostics import Report
from codegen.exits import BAD_INPUT, FINDINGS, OK

if TYPE_CHECKING:
    from codegen.flows.judge import Judge
    from codegen.flows.reading import Asked


@click.command(
    cls=options.Example,
    example="codegen lint openapi.yaml events.yaml --format sarif\n"
    "codegen lint --severity prose-default=off",
)
@click.argument("specs", nargs=-1, type=options.PATH, metavar="[SPEC|NAME]...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    show_default=True,
    help="Output format.",
)
@options.judges
@options.reads
@options.talks
def lint(
    specs: tuple[Path, ...], form: str, judge: Judge, asked: Asked, talk: console.Talk
) -> int:
    """Report every problem of specifications, with positions.

    NAME is the package of a configured SDK. Without arguments, lint the specifications
    of all configured SDKs.
    """
    from codegen.flows import lint as flow
    from codegen.linter import reports

    report = Report()
    if not specs:
        asked_for.of_configuration((), {}, asked, Report())
    with talk.progress() as progress:
        linted = flow.lint(specs, report, asked, judge, form=form, progress=progress)
    if form == "text" or not linted.readable:
        console.show(report, each=True)
    if form != "text":
        console.say(flow.render(linted, form, __version__), document=True)
    talk.remark(reports.summary(linted))
    if not linted.readable:
        return BAD_INPUT
    return FINDINGS if report.failed else OK
