"""`codegen doctor`: how a generated package is."""

from __future__ import annotations

from pathlib import Path

import click

from codegen import console, options
from codegen.diagnostics import Report
from codegen.exits import FINDINGS, OK


@click.command(
    cls=options.Example,
    example="codegen doctor my_api\ncodegen doctor generated/my_api",
)
@click.argument("package", type=options.PATH, metavar="DIR|NAME")
def doctor(package: Path) -> int:
    """Diagnose a generated package.

    Tells which version made it, what it runs on here, and what is missing. DIR is its
    folder, NAME the package of a configured SDK.
    """
    from codegen.flows import doctor as flow

    report = Report()
    health = flow.examine(package, report)
    console.show(report)
    if health is None:
        return FINDINGS
    console.say(health.text)
    return FINDINGS if health.wrong else OK
