"""`codegen diff`: what changed, and whom it breaks."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from codegen import __version__, console, options
from codegen.diagnostics import Report
from codegen.exits import BAD_INPUT, FINDINGS, OK

if TYPE_CHECKING:
    from codegen.flows.judge import Judge
    from codegen.flows.reading import Asked


@click.command(
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
    help="Output format.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["breaking", "risky", "unknown", "never"]),
    default="breaking",
    show_default=True,
    help="The mildest verdict that ends with exit code 1.",
)
@click.option(
    "--assume-open",
    is_flag=True,
    help="Assume that senders use all their schema allows, undeclared properties too.",
)
@options.judges
@options.reads
@options.talks
def diff(
    old: str,
    new: str | None,
    against: str | None,
    form: str,
    fail_on: str,
    assume_open: bool,
    judge: Judge,
    asked: Asked,
    talk: console.Talk,
) -> int:
    """Report what changed from OLD to NEW, and whom it breaks.

    OLD and NEW are paths, or REV:path for a git revision; nothing is fetched. NAME
    alone is the package of a configured SDK; its specification is compared with that
    of a revision.
    """
    from codegen.flows import diff as flow

    if new is not None and against is not None:
        raise click.UsageError("--against goes with NAME alone; OLD may be REV:path")
    report = Report()
    with talk.progress() as progress:
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
            colour=console.colourful(sys.stdout),
        )
    console.show(report)
    if result is None:
        return BAD_INPUT
    console.say(result.text, document=form != "text")
    if fail_on == "breaking" and result.open:
        talk.remark("the verdict is unknown; with --fail-on unknown it fails")
    return FINDINGS if result.fails(fail_on) else OK
