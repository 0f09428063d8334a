"""`codegen extract`: a part of a specification as a document of its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from codegen import addresses, console, options
from codegen.diagnostics import Report
from codegen.exits import BAD_INPUT, OK

if TYPE_CHECKING:
    from codegen.flows.reading import Asked


@click.command(
    cls=options.Example,
    example="codegen extract openapi.yaml --include 'Order*' --output order.yaml",
)
@click.argument("spec", type=options.PATH)
@click.option(
    "--output",
    type=options.PATH,
    required=True,
    metavar="FILE",
    help="The file to write, `-` for standard output. JSON if FILE ends in .json, "
    "otherwise YAML.",
)
@options.reads
@options.talks
def extract(spec: Path, output: Path, asked: Asked, talk: console.Talk) -> int:
    """Write a part of a specification as one document.

    The document has the same meaning and refers to no other file. It is read back and
    compared before it is written.
    """
    from codegen.flows import extract as flow

    report = Report()
    with talk.progress() as progress:
        written = flow.extract(spec, output, asked, report, progress)
    console.show(report)
    if written is None:
        return BAD_INPUT
    if output == options.STREAM:
        console.say(written.text, document=True)
        return OK
    moved = f", {_schemas(written.moved)} from elsewhere" if written.moved else ""
    shown = addresses.shown(output)
    talk.remark(f"{shown}: {_schemas(written.named, 'named ')}{moved}")
    talk.finish()
    return OK


def _schemas(count: int, kind: str = "") -> str:
    return f"{count} {kind}schema{'' if count == 1 else 's'}"
