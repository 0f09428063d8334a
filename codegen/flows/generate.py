"""The flow of `codegen generate`: from specifications to plans of what changes on
disk."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path
from typing import Final

from codegen import (
    distribution,
    ending,
    frontend,
    golden,
    manifest,
    output,
    package_names,
    release,
    workers,
)
from codegen import python as python_sdk
from codegen.artifact import OutputFile, Progress, silent
from codegen.cache import tool, trees
from codegen.cache.memo import Memo
from codegen.cache.printed import Printed
from codegen.config import Sdk
from codegen.diagnostics import CodegenError, Report, Severity, Span
from codegen.flows import (
    depths,
    finishing,
    flavoured,
    given_names,
    making,
    own_templates,
    reading,
)
from codegen.flows.garbage import uncollected
from codegen.ir import contents, sides
from codegen.ir import model as ir
from codegen.ir.likeness import Found, Likeness
from codegen.linter import left_out
from codegen.plans import check_folder
from codegen.release import Release
from codegen.templating.folder import OwnTemplates

_MANY: Final = 100
"""From this many schemas on, work is shared with other processes."""


@dataclass(frozen=True, slots=True)
class Generated:
    """The files of one SDK, and the digests of the files that they were made from."""

    files: list[OutputFile]
    inputs: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What would change on disk, and the packages that could not be generated."""

    plans: list[output.Plan] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


def generate(
    sdks: Sequence[Sdk],
    report: Report,
    *,
    progress: Progress = silent,
    remember: bool = False,
    strict: bool = False,
) -> Outcome:
    """What generating these SDKs would change on disk. Nothing is written yet.

    An SDK that has errors fails alone: it gets no plans, and those of the others may
    still be carried out. `strict` makes every warning an error. `remember` uses what
    earlier runs have left in the cache, and leaves there what this one finds.
    """
    outcome = Outcome()
    with uncollected():
        for sdk in sdks:
            ending.keep()
            own = Report()
            made = _planned(sdk, own, progress, remember=remember)
            if strict:
                own.escalate()
            if own.failed:
                outcome.failed.append(sdk.package)
            else:
                outcome.plans.extend(made)
            report.take(own)
    return outcome


def _planned(
    sdk: Sdk, report: Report, progress: Progress, *, remember: bool
) -> list[output.Plan]:
    try:
        made = generate_one(sdk, report, progress, remember=remember)
    except RecursionError:
        depths.report(sdk, report)
        return []
    if made is None:
        for tree in sdk.layout.trees(()):
            check_folder(tree.root, tree.folder, report)
        return []
    plans = [
        output.plan(tree.root, tree.folder, tree.files, report, made.inputs)
        for tree in sdk.layout.trees(made.files)
    ]
    return [plan for plan in plans if plan and (plan.wanted or plan.changes)]


def generate_one(
    sdk: Sdk, report: Report, progress: Progress, *, remember: bool = False
) -> Generated | None:
    """The files of one SDK; None, with the reasons reported, if there are errors."""
    before = _errors(report)
    given = _given(sdk, report, progress)
    if given is None:
        return None
    module, own = given.module, given.own
    counted = f"{len(module.schemas)} schemas"
    progress(f"{sdk.package}: rendering {counted}")
    settings = replace(reading.settings(sdk), old_names=given.release.current)
    inputs = {file.path: file.digest for file in module.files}
    known = _known(sdk, own) if remember else _Known()
    with _beside(module, settings, own, sdk, known) as ahead:
        package = python_sdk.decide(module, settings)
        given_names.check(package, report)
        given_names.check_events(sdk, module, report)
        if sdk.models != "dataclass":
            files = flavoured.files(package, own, sdk, report, progress)
            return Generated(files, inputs) if _errors(report) == before else None
        if not known.fresh:  # Otherwise it is busy longer than that takes.
            contents.know(package.module, ahead.result().digests)
        followed = cache(partial(python_sdk.followed, package, known.code))

        def strategies() -> making.Made:
            return ahead.result().strategies

        made = _made(package, own, sdk, report, known, followed, strategies)
        # What lies there already is not asked whether others are like it.
        alike = ahead.result().alike
        likeness = Likeness.given(package.module, alike) if alike else None
        found = golden.Known(known.memo, known.printed, followed, likeness)
    files = made.files
    if sdk.tests and _errors(report) == before:
        progress(f"{sdk.package}: testing {counted}")
        files += _tests(package, made, given, sdk, report, found)
    known.save()
    if sdk.distribution is not None:
        said, with_strategies = sdk.distribution, _has_strategies(sdk)
        files += distribution.files(
            package, said, given.release.version, strategies=with_strategies
        )
    ending.keep(given, package, made, files)
    return Generated(files, inputs) if _errors(report) == before else None


@dataclass(frozen=True, slots=True)
class _Given:
    """What an SDK is made from: the schemas, the place of each in its file, the
    release, and the user's templates."""

    module: ir.Module
    spans: Callable[[ir.Location], Span]
    release: Release
    own: OwnTemplates | None


def _given(sdk: Sdk, report: Report, progress: Progress) -> _Given | None:
    """What an SDK is made from; None, with the reasons reported, if there are
    errors."""
    before = _errors(report)
    package_names.check_package_name(sdk.package, sdk.span, report)
    _check_tests_output(sdk, report)
    own = own_templates.of_sdk(sdk, report)
    if sdk.models != "dataclass":
        flavoured.check(sdk, own, report)
    loaded = _load(sdk, report, progress)
    if loaded is not None:
        left_out.check(loaded, report)
    given = released(sdk, report)
    if loaded is None or given is None or _errors(report) > before:
        return None
    workspace = loaded.workspace
    workspace.let_go()

    def span(location: ir.Location) -> Span:
        return workspace.span(location.document, location.pointer)

    return _Given(loaded.module, span, given, own)


def _made(
    package: python_sdk.Package,
    own: OwnTemplates | None,
    sdk: Sdk,
    report: Report,
    known: _Known,
    followed: Callable[[], python_sdk.Followed | None] = lambda: None,
    beside: Callable[[], making.Made] | None = None,
) -> making.Made:
    """The files of a package. `own` are the user's templates, if there are any;
    `beside` makes further files, which other processes may be at already. `followed`
    finds out what the code follows from."""
    if own is not None:
        settings = replace(package.settings, templates=own)
        package = replace(package, settings=settings)
    made = making.made(
        python_sdk.table_parts(package),
        lambda: python_sdk.plain_parts(package, followed()),
        lambda: python_sdk.logic_parts(package, followed(), fresh=known.fresh),
        report,
        shared=_is_shared(package.module),
        compiled=sdk.tests and own is None,
        own=own,
        before=known.printed,
        beside=beside,
    )
    if known.code is not None:
        for one in made.kept:
            known.code.keep(one.name, one.key, one.value)
    return made


def _tests(
    package: python_sdk.Package,
    made: making.Made,
    given: _Given,
    sdk: Sdk,
    report: Report,
    found: golden.Known,
) -> list[OutputFile]:
    """The golden tests of a package.

    Making them runs the package, so it has passed the guard. If it was made with a
    user's templates, it is made again with ours for this purpose: text of a user's
    template is never run here.
    """
    own = given.own
    run = made if own is None else _made(package, None, sdk, report, _Known())
    tests = golden.test_files(
        package, run.files, run.code, report, given.spans, own, found
    )
    return [finishing.finished(file, own, report)[0] for file in tests]


@dataclass(frozen=True, slots=True)
class _Beside:
    """What follows from the schemas alone: the module `strategies`, the digests of
    schemas, which are needed only if there is a cache, and which schemas are `alike`,
    where golden files are written anew."""

    digests: bytes
    strategies: making.Made
    alike: Found | None


def _beside(
    module: ir.Module,
    settings: python_sdk.Settings,
    own: OwnTemplates | None,
    sdk: Sdk,
    known: _Known,
) -> workers.Ahead[_Beside]:
    """Have another process make what follows from the schemas alone, while this one
    decides on the package."""
    keyed = known.printed is not None and known.printed.active
    given = replace(settings, templates=own) if own is not None else settings

    def found() -> _Beside:
        read = sides.read_by(module, settings.reader)
        digests = contents.digests_of(read) if keyed else b""
        made = making.Made()
        if _has_strategies(sdk):
            made = making.made_of(
                lambda: golden.strategies(read, given, keyed=keyed),
                compiled=False,
                own=own,
                before=known.printed,
            )
        anew = sdk.tests and known.fresh
        return _Beside(digests, made, Likeness(read).found() if anew else None)

    return workers.Ahead(
        found, worthwhile=_is_shared(module) and sdk.models == "dataclass"
    )


def _is_shared(module: ir.Module) -> bool:
    """Whether there are enough schemas for other processes to be of use."""
    return len(module.schemas) >= _MANY


def _has_strategies(sdk: Sdk) -> bool:
    return sdk.tests if sdk.strategies is None else sdk.strategies


@dataclass(frozen=True, slots=True)
class _Known:
    """What earlier runs have found out about the schemas of an SDK (`memo`), about its
    printed files (`printed`) and about its code (`code`)."""

    memo: Memo | None = None
    printed: Printed | None = None
    code: Memo | None = None
    ours: str = ""
    """The digest of the tool at the beginning of the run."""

    @property
    def fresh(self) -> bool:
        """Whether no earlier run has printed anything."""
        return self.printed is None or self.printed.empty

    def save(self) -> None:
        """Store what this run has found out for the next one, unless the tool itself
        was changed meanwhile."""
        if self.ours and tool.digest() == self.ours:
            for one in (self.memo, self.printed, self.code):
                if one is not None:
                    one.save()


def _known(sdk: Sdk, own: OwnTemplates | None) -> _Known:
    """What earlier runs have left. Where templates of a user have a part in the files,
    nothing is known about files and code."""
    subject = f"{sdk.path.absolute()}\0{sdk.package}"
    ours = tool.kept_for()
    memo = Memo(subject, ours)
    if own is not None:
        return _Known(memo, ours=ours)
    layout = sdk.layout
    printed = Printed(subject, ours, lambda path: _read(layout.place(path)))
    return _Known(memo, printed, Memo(f"{subject}\0code", ours), ours)


def _read(path: Path) -> bytes | None:
    with contextlib.suppress(OSError, ValueError):
        return trees.read(str(path))
    return None


def _load(sdk: Sdk, report: Report, progress: Progress) -> frontend.Loaded | None:
    progress(f"{sdk.package}: reading {sdk.spec.name}")
    try:
        return frontend.load(sdk.path, reading.options(sdk, report), report)
    except CodegenError as error:
        report.take(error.report)
        return None


def released(sdk: Sdk, report: Report) -> Release | None:
    """The release of an SDK; one without a configuration has none of its own. None,
    reported, where its file is bad."""
    if sdk.project is None:
        return Release()
    least = sdk.distribution.version if sdk.distribution else release.FIRST
    return release.read(release.place(sdk.project, sdk.package), least, report)


def _check_tests_output(sdk: Sdk, report: Report) -> None:
    if sdk.layout.tests is not None and not manifest.is_below(sdk.layout.tests.name):
        message = f"{sdk.tests_output} names no folder that tests could have"
        report.add("output", message, sdk.span)


def _errors(report: Report) -> int:
    return sum(item.severity is Severity.ERROR for item in report.items.values())
