"""`codegen generate`: SDKs from specifications."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from codegen import console, options, shortcut
from codegen.cache.unchanged import Attempt
from codegen.commands import asked_for
from codegen.diagnostics import Report
from codegen.exits import BAD_INPUT, FINDINGS, OK

if TYPE_CHECKING:
    from codegen.flows.reading import Asked
    from codegen.output import Plan


@click.command(
    cls=options.Example,
    example="codegen generate openapi.yaml --package my_api --output sdk\n"
    "codegen generate my_api --check",
)
@click.argument("names", nargs=-1, type=options.PATH, metavar="[SPEC|NAME...]")
@click.option("--package", metavar="NAME", help="Name of the generated package.")
@click.option(
    "--output", type=options.PATH, metavar="DIR", help="Folder to write into."
)
@click.option(
    "--models",
    type=click.Choice(["dataclass", "pydantic", "msgspec", "typeddict"]),
    default=None,
    help="Flavour of the classes.  [default: dataclass]",
)
@click.option("--strict", is_flag=True, help="Take every warning for an error.")
@click.option("--check", is_flag=True, help="Write nothing; show what is stale.")
@click.option(
    "--no-cache", is_flag=True, help="Do it all again, and leave nothing for later."
)
@options.reads
@click.pass_obj
def generate(
    attempt: Attempt | None,
    names: tuple[Path, ...],
    package: str | None,
    output: Path | None,
    models: str | None,
    strict: bool,
    check: bool,
    no_cache: bool,
    asked: Asked,
) -> int:
    """Render an SDK from SPEC, or those that are configured.

    With --package the argument is a SPEC; without it each is the NAME of the package
    of a configured SDK, and none means all. DIR/NAME becomes the package and
    DIR/tests/NAME its golden tests. Nothing is written unless everything succeeds.
    """
    from codegen import output as tree
    from codegen.flows import generate as flow

    report = Report()
    given = {"package": package, "output": output, "models": models}
    if names and package is not None:
        sdks = [asked_for.of_arguments(names, given, asked, report)]
    else:
        sdks = asked_for.of_configuration(names, given, asked, report)
    with console.progress() as progress:
        plans = (
            []
            if report.failed
            else flow.generate(
                sdks, report, progress=progress, remember=attempt is not None
            )
        )
        if strict:
            report.escalate()
        if not (check or report.failed):
            plans = tree.commit(plans, report)
    console.show(report)
    if report.failed:
        return BAD_INPUT
    if attempt is not None and attempt.check == check:
        _keep(attempt, plans, report)
    if check:
        for plan in plans:
            console.say(plan.diff())
        return OK if all(plan.current for plan in plans) else FINDINGS
    for plan in plans:
        changed = len(plan.changes)
        console.say(shortcut.generated(plan.shown, plan.files, changed), err=True)
    return OK


def _keep(attempt: Attempt, plans: Sequence[Plan], report: Report) -> None:
    """Leave for the next run what this one has found. What was said of trees as they
    were before is not said of them as they are to be."""
    from codegen import plans as trees

    attempt.keep(
        [
            (str(one.root), one.package, one.listing, one.shown, one.files)
            for one in plans
        ],
        [item.row() for item in report if item.code not in trees.PASSING],
    )
