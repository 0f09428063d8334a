"""`codegen generate`: SDKs from specifications."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from codegen import console, options, shortcut, sightings, versions
from codegen.cache.unchanged import Attempt
from codegen.commands import asked_for
from codegen.diagnostics import Report, Span
from codegen.exits import BAD_INPUT, FINDINGS, OK

if TYPE_CHECKING:
    from codegen.config import Sdk
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
@click.option(
    "--templates",
    type=options.PATH,
    metavar="DIR",
    help="Folder of templates; each replaces the tool's template of that name.",
)
@click.option("--no-tests", is_flag=True, help="Write no golden tests.")
@click.option("--strict", is_flag=True, help="Treat every warning as an error.")
@click.option("--check", is_flag=True, help="Write nothing; show what is stale.")
@click.option("--no-cache", is_flag=True, help="Neither use nor write the cache.")
@click.option(
    "--depfile",
    type=options.PATH,
    metavar="FILE",
    help="Write the files that were read as a rule for make or ninja.",
)
@options.reads
@options.talks
@click.pass_obj
def generate(
    attempt: Attempt | None,
    names: tuple[Path, ...],
    package: str | None,
    output: Path | None,
    models: str | None,
    templates: Path | None,
    no_tests: bool,
    strict: bool,
    check: bool,
    no_cache: bool,
    depfile: Path | None,
    asked: Asked,
    talk: console.Talk,
) -> int:
    """Generate an SDK from SPEC, or the configured SDKs.

    With --package the argument is a SPEC. Without it, arguments are package NAMEs of
    configured SDKs; no argument means all of them. The package goes to DIR/NAME, its
    golden tests to DIR/tests/NAME. An SDK is written only if all of it succeeds;
    others may still fail.
    """
    if check and depfile is not None:
        raise click.UsageError("--depfile goes with a run that writes, not --check")
    report = Report()
    given: dict[str, object] = {"package": package, "output": output}
    given |= {"models": models, "templates": templates}
    notes = sightings.Notes() if depfile else None
    with notes or contextlib.nullcontext():  # Of a run of its own.
        if names and package is not None:
            sdks = [asked_for.of_arguments(names, given, asked, report)]
        else:
            sdks = asked_for.of_configuration(names, given, asked, report)
        if strict:  # The faults of a configuration that is not needed are warnings.
            report.escalate()
        if no_tests:
            sdks = [replace(sdk, tests=False) for sdk in sdks]
        rule = _Rule(depfile, notes) if depfile and notes else None
        way = _Way(check=check, strict=strict, remember=not no_cache, rule=rule)
        plans, failed = _carried_out([] if report.failed else sdks, way, report, talk)
    console.show(report)
    if attempt is not None and attempt.check == check and not report.failed:
        _keep(attempt, plans, report)
    for plan in plans:
        if check:
            _tell_stale(plan, talk)
        else:
            done = shortcut.generated(plan.shown, plan.files, *plan.counts)
            talk.remark(done)
    if failed and len(sdks) > 1:
        renewed = {plan.manifest.parent for plan in plans if not check}
        written = [sdk.package for sdk in sdks if sdk.layout.folder in renewed]
        _tell_failed(failed, written, talk)
    talk.finish()
    if report.failed:
        return BAD_INPUT
    return FINDINGS if check and not all(plan.current for plan in plans) else OK


@dataclass(frozen=True, slots=True)
class _Rule:
    """The rule for make that is to be written to `path`, and what the run has looked
    at."""

    path: Path
    notes: sightings.Notes


@dataclass(frozen=True, slots=True)
class _Way:
    """How SDKs are to be generated."""

    check: bool
    strict: bool
    remember: bool
    rule: _Rule | None


def _carried_out(
    sdks: Sequence[Sdk], way: _Way, report: Report, talk: console.Talk
) -> tuple[list[Plan], list[str]]:
    """Generate, and write the outcome unless `--check` forbids it. Returns the plans
    that were carried out, or those that would be, and the packages that could not be
    generated."""
    from codegen import output
    from codegen import plans as trees
    from codegen.flows import generate as flow
    from codegen.flows import remotes

    undo = [remotes.undoing(sdk) for sdk in sdks] if way.check else []
    with talk.progress() as progress:
        outcome = flow.generate(
            sdks,
            report,
            progress=progress,
            remember=way.remember,
            strict=way.strict,
        )
        if way.check:
            for one in undo:
                one(report)
            return outcome.plans, outcome.failed
        own = Report()
        if way.rule is not None and not report.failed:
            _write_rule(way.rule, outcome.plans, own)
        plans = [] if own.failed else output.commit(outcome.plans, own)
        report.take(own)
        if way.rule is not None and report.failed:
            trees.check_file(way.rule.path, report)
        return [] if own.failed else plans, outcome.failed


def _write_rule(rule: _Rule, plans: Sequence[Plan], report: Report) -> None:
    """Write the rule. It is written before its targets, because make takes a target for
    up to date only if it is newer than the rule."""
    from codegen import depfile, output

    read = rule.notes.read
    targets = [str(plan.manifest) for plan in plans if not plan.gone]
    for path in depfile.unsayable([*targets, *read]):
        message = (
            "make would take this path for something else; rename what it leads to"
        )
        report.add("output", message, Span(path))
    if report.failed:
        return
    output.write_file(rule.path, depfile.text(targets, read), report, read=read)


def _tell_stale(plan: Plan, talk: console.Talk) -> None:
    """Print which files of a tree are stale, how many, and how to renew them. It is
    the outcome, so `--quiet` does not silence it."""
    console.say(plan.diff())
    if plan.current:
        return
    if plan.found.version not in ("", versions.OURS):
        by = f"written by codegen {plan.found.version}, this is {versions.OURS}"
        talk.remark(f"{plan.shown}: {by}")
    stale = sum(plan.counts) or 1  # Or the manifest alone.
    count = f"{stale} files are" if stale > 1 else "1 file is"
    mended = "the same command without --check mends that"
    console.say(f"{plan.shown}: {count} stale; {mended}\n", err=True)


def _tell_failed(
    failed: Sequence[str], written: Sequence[str], talk: console.Talk
) -> None:
    """Print which packages could not be generated, and, as the exit code may be taken
    to say that none was, which others were. That is said although `--quiet`."""
    for name in failed:
        talk.remark(f"{name}: not generated; it has errors")
    if written:
        left = ", ".join(failed)
        console.say(f"written: {', '.join(written)}; not written: {left}\n", err=True)


def _keep(attempt: Attempt, plans: Sequence[Plan], report: Report) -> None:
    """Remember for the next run what this one has found. Warnings that are about the
    files as they were before this run are left out."""
    from codegen import plans as trees

    attempt.keep(
        [
            (str(one.root), one.package, one.listing, one.shown, one.files)
            for one in plans
            if not one.gone
        ],
        [item.row() for item in report if item.code not in trees.PASSING],
    )
