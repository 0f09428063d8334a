"""`codegen init`: a configuration to begin with."""

from __future__ import annotations

from pathlib import Path

import click

from codegen import addresses, console, options
from codegen.diagnostics import Report
from codegen.exits import BAD_INPUT, OK


@click.command(
    cls=options.Example, example="codegen init openapi.yaml && codegen generate"
)
@click.argument("spec", type=options.PATH)
@click.option(
    "--package",
    metavar="NAME",
    help="Name of the package.  [default: from the title of SPEC]",
)
@options.REMOTE
@options.talks
def init(
    spec: Path, package: str | None, allow_remote: bool, talk: console.Talk
) -> int:
    """Write a first configuration for a specification.

    It explains its keys. An empty overlay is written beside it.
    """
    from codegen.flows import init as flow

    report = Report()
    with talk.progress() as progress:
        progress(f"reading {addresses.shown(spec)}")
        begun = flow.begin(spec, package, report, allow_remote=allow_remote)
    console.show(report)
    if begun is None:
        return BAD_INPUT
    for path in begun.written:
        talk.remark(f"{path.as_posix()}: written")
    talk.remark(f"`codegen generate` makes {begun.package} of it")
    return OK
