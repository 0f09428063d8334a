"""`codegen check-traffic`: where recorded frames depart from a specification."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from codegen import console, options
from codegen.diagnostics import Report
from codegen.exits import BAD_INPUT, FINDINGS, OK

if TYPE_CHECKING:
    from codegen.flows.reading import Asked


@click.command(
    "check-traffic",
    cls=options.Example,
    example="codegen check-traffic asyncapi.yaml session.jsonl\n"
    "codegen check-traffic my_api sessions/ --overlay-out seen.overlay.yaml",
)
@click.argument("spec", type=options.PATH, metavar="SPEC|NAME")
@click.argument("recording", type=options.PATH)
@click.option(
    "--direction",
    type=click.Choice(["client_to_server", "server_to_client"]),
    default=None,
    help="The direction of all frames.  [default: from the recording]",
)
@click.option(
    "--overlay-out",
    type=options.PATH,
    metavar="FILE",
    help="Write an overlay that makes SPEC accept the recording.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Output format.",
)
@click.option("--redact", is_flag=True, help="Show no values of frames.")
@options.reads
@options.talks
def check_traffic(
    spec: Path,
    recording: Path,
    direction: str | None,
    overlay_out: Path | None,
    form: str,
    redact: bool,
    asked: Asked,
    talk: console.Talk,
) -> int:
    """Check recorded frames against a specification.

    SPEC is the specification, NAME the package of a configured SDK. RECORDING is a file
    of JSON lines, as written by the recorder of generated packages, a HAR file, or a
    folder of frames.
    """
    from codegen import plans
    from codegen.flows import traffic as flow

    report = Report()
    with talk.progress() as progress:
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
    if overlay_out is not None and report.failed:
        plans.check_file(overlay_out, report)
    console.show(report)
    if checked is not None:
        console.say(flow.render(checked, form), document=form != "text")
    if checked is None or report.failed:
        return BAD_INPUT
    return OK if checked.tally.clean else FINDINGS
