"""`codegen update`: an SDK taken to what its specification has become."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from codegen import console, options, shortcut
from codegen.diagnostics import Report
from codegen.exits import BAD_INPUT, FINDINGS, OK

if TYPE_CHECKING:
    from codegen.flows.judge import Judge
    from codegen.flows.reading import Asked
    from codegen.flows.update import Updated


@click.command(
    cls=options.Example,
    example="codegen update my_api\n"
    "codegen update my_api downloads/openapi.yaml --allow-breaking",
)
@click.argument("names", nargs=-1, type=options.PATH, metavar="[NAME] [NEW_SPEC]")
@click.option(
    "--from",
    "old",
    metavar="OLD",
    help="What the SDK was generated from, as a path or REV:path.  [default: found in"
    " git by its digest]",
)
@click.option("--allow-breaking", is_flag=True, help="Continue if it breaks somebody.")
@options.judges
@options.reads
@options.talks
def update(
    names: tuple[Path, ...],
    old: str | None,
    allow_breaking: bool,
    judge: Judge,
    asked: Asked,
    talk: console.Talk,
) -> int:
    """Update an SDK to a new version of its specification.

    Lints, compares with what the SDK was generated from, generates, and writes an entry
    of CHANGELOG-NAME.md, which tells what programs must do. The version rises by the
    greater need of wire and programs. NAME is the package of a configured SDK, optional
    if there is only one. NEW_SPEC replaces its specification.
    """
    from codegen.flows import reading
    from codegen.flows import update as flow

    report = Report()
    found = reading.configuration(asked, report)
    if found is None and not report.failed:
        raise click.UsageError("nothing is configured; `codegen init SPEC` does that")
    sdk, spec = flow.chosen(names, found, asked, report) if found else (None, None)
    done = None
    with talk.progress() as progress:
        if sdk is not None:
            wish = flow.Wish(spec, old, allow_breaking)
            done = flow.bring(
                sdk, wish, report, asked=asked, judge=judge, progress=progress
            )
    console.show(report)
    return BAD_INPUT if done is None else _tell(done, talk)


def _tell(done: Updated, talk: console.Talk) -> int:
    """Print what came of it."""
    comparison = done.comparison
    wire, whole = comparison.bump, comparison.release
    verdict = comparison.verdict.value
    rest = f"; wire {wire}, release {whole}\n"
    if console.colourful(sys.stdout):
        from codegen import escaping

        painted = escaping.painted(verdict, verdict)
        console.say(escaping.Painted(f"verdict: {painted}{rest}"))
    else:
        console.say(f"verdict: {verdict}{rest}")
    if done.refused:
        console.say(f"refused: {done.refused}\n", err=True)
        return FINDINGS
    for plan in done.plans:
        talk.remark(shortcut.generated(plan.shown, plan.files, *plan.counts))
    if done.changelog is not None and done.release is not None:
        talk.remark(f"{done.changelog.as_posix()}: {done.release.version}")
    talk.finish()
    return OK
