"""The flow of `codegen update`: an SDK is brought up to date with its specification.

First the change is judged. The old version is what the package on disk was made from:
the manifest has the digest of every input, and git is searched for the text. An update
that breaks something is refused unless it is allowed. Then the package is generated,
and the changelog says what changed for its users.
"""

from __future__ import annotations

import contextlib
import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from codegen import addresses, digests, output, plans, release, sightings
from codegen.artifact import Progress, silent
from codegen.compat import Comparison
from codegen.compat.suppressions import CATALOGUE as RULES
from codegen.config import Config, Sdk
from codegen.diagnostics import Report, Severity, Span
from codegen.flows import (
    changelog,
    deprecation,
    diff,
    faults,
    generate,
    lint,
    origins,
    reading,
    remotes,
)
from codegen.flows.judge import Judge
from codegen.flows.reading import Asked
from codegen.ir import model as ir
from codegen.linter.suppressions import CATALOGUE as CODES
from codegen.release import Release
from codegen.source import git
from codegen.source.workspace import shown_path


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for. `spec` is the new text of the specification, if it is another
    file; `old` names the old version, if git does not have it."""

    spec: Path | None = None
    old: str | None = None
    allow_breaking: bool = False


@dataclass(slots=True)
class Updated:
    """What came of it. `files` are what the new version was read from, and `refused`
    says why nothing was written. Where nothing changed for anybody there is no new
    `release` and no entry in the `changelog`."""

    comparison: Comparison
    files: tuple[ir.SourceFile, ...] = ()
    refused: str = ""
    release: Release | None = None
    changelog: Path | None = None
    plans: list[output.Plan] = field(default_factory=list)


def chosen(
    names: tuple[Path, ...], found: Config, asked: Asked, report: Report
) -> tuple[Sdk | None, Path | None]:
    """The SDK that the arguments name, and the file with the new specification, if one
    is given. Where only one SDK is configured, it need not be named."""
    known = ", ".join(sdk.package for sdk in found.sdks)
    rest = list(names)
    own = reading.configured(rest[0], found, asked) if rest else []
    named = bool(own)
    if named:
        rest.pop(0)
    elif len(found.sdks) == 1:
        own = [asked.over(found.sdks[0])]
    there = all(map(reading.is_file, rest))
    if own and len(rest) < 2 and there:
        return own[0], rest[0] if rest else None
    if named and len(rest) == 1:
        if not sightings.kind(rest[0]):
            return own[0], rest[0]  # Whoever reads it says that there is no such file.
        message = "cannot be read: it is not a file"
        report.add("read", message, Span(rest[0].as_posix()))
    else:
        shown = Span(" ".join(path.as_posix() for path in names) or found.path.name)
        report.add("read", f"{_unclear(rest)}; configured are {known}", shown)
    return None, None


def _unclear(rest: Sequence[Path]) -> str:
    """Why arguments, but for the name of an SDK, do not say what is to be done."""
    if len(rest) < 2 and all(map(reading.is_file, rest)):
        return "which SDK is to be updated is not said"
    if len(rest) == 1:
        return "neither a file nor the package of a configured SDK"
    return "not the package of a configured SDK and a specification"


def bring(
    sdk: Sdk,
    wish: Wish,
    report: Report,
    *,
    asked: Asked,
    judge: Judge,
    progress: Progress = silent,
) -> Updated | None:
    """Update one SDK. None, with the reasons reported, where something cannot be read
    or has errors."""
    undo, done = remotes.undoing(sdk), None
    try:
        # What is judged is what will be written, whoever writes to it meanwhile.
        with sightings.Supposing(_as_it_is(wish.spec)):
            done = _judged(sdk, wish, report, asked, judge, progress)
            if done is not None and not done.refused:
                done = _brought(sdk, wish, done, report, progress)
    finally:
        if done is None or done.refused:
            undo(report)
    return done


def _brought(
    sdk: Sdk, wish: Wish, found: Updated, report: Report, progress: Progress
) -> Updated | None:
    """Carry out an update that has not been refused."""
    was = generate.released(sdk, report)
    if was is None:
        return None
    if release.is_version(unfinished := origins.unfinished(sdk)):
        was = replace(was, version=unfinished)  # It may have been raised already.
    programs = found.comparison.programs
    texts: dict[Path, bytes] = {}
    if wish.spec is not None:
        text = reading.content(_read_at(sdk, wish.spec), report)
        if text is None:
            return None
        texts[sdk.path] = text
    if found.comparison.release != "none":
        changes = programs.changes if programs else ()
        found.release = deprecation.following(was, found.comparison.release, changes)
        released = release.text(sdk.package, found.release)
        texts[release.place(sdk.base, sdk.package)] = released.encode()
        found.changelog = sdk.base / f"CHANGELOG-{sdk.package}.md"
        entry = changelog.entry(found.comparison, was, found.release)
        log = _told(found.changelog, report)
        if report.failed:
            return None
        log = changelog.with_entry(log, sdk.package, entry)
        texts[found.changelog] = log.encode()
    _carry_out(sdk, wish, texts, found, report, progress, was.version)
    return None if report.failed else found


def _told(path: Path, report: Report) -> str:
    """What a changelog says; what keeps it from being read is reported."""
    try:
        return (plans.read(path, report) or b"").decode()
    except UnicodeDecodeError:
        report.add("read", "cannot read: it is not UTF-8", Span(path.as_posix()))
        return ""


def _judged(
    sdk: Sdk,
    wish: Wish,
    report: Report,
    asked: Asked,
    judge: Judge,
    progress: Progress,
) -> Updated | None:
    """What an update would change, and whether it is refused."""
    spec = sdk.path
    if wish.spec is not None and addresses.of(spec) is not None:
        message = "the configuration names a document of the web, whose place no other "
        message += "takes; let `spec` name a file"
        report.add("read", message, Span(wish.spec.as_posix()))
        return None
    new = wish.spec or spec
    told = _read_at(sdk, new)
    _lint(told, replace(judge, others=RULES.rules), report, asked, progress)
    own = Report()
    origin = origins.of(sdk, wish.old, own)
    report.take(own)
    if origin is None:
        return None
    compared = diff.diff(
        origin.name,
        str(new),
        "text",
        report,
        judge=replace(judge, others=CODES.rules),
        asked=asked,
        sdk=told,
        overlaid=origin.overlaid,
        around=origin.around,
        progress=progress,
    )
    if compared is None or report.failed:
        return None
    found = Updated(compared.comparison, compared.files)
    if wish.spec is not None and not _check_beside(sdk, new, found, report):
        return None
    programs = found.comparison.programs
    breaks = {
        "what is on the wire": compared.fails("breaking"),
        "programs": programs is not None
        and any(change.kind.breaks for change in programs.changes),
    }
    if any(breaks.values()) and not wish.allow_breaking:
        broken = " and ".join(what for what, does in breaks.items() if does)
        found.refused = f"it breaks {broken}; --allow-breaking goes on all the same"
        if shown := _command(origin, new, sdk):
            found.refused += f", and `{shown}` shows it"
    return found


def _read_at(sdk: Sdk, spec: Path) -> Sdk:
    """The SDK with a specification that the command line names."""
    return replace(sdk, spec=spec, base=Path(), overlays=reading.overlays(sdk))


def _as_it_is(spec: Path | None) -> dict[Path, bytes]:
    """A file with what it says now. What is no file, or cannot be read, is for reading
    to report."""
    if spec is None or sightings.kind(spec) != sightings.FILE:
        return {}
    with contextlib.suppress(OSError):
        return {spec: sightings.content(spec)}
    return {}


def _check_beside(sdk: Sdk, new: Path, found: Updated, report: Report) -> bool:
    """Whether the files that a new specification refers to are the same where it is
    going to lie; reports those that are not."""
    different = []
    for file in found.files[1:]:
        there = sdk.path.parent / file.path
        # Overlays are named by the configuration, and stay where they are.
        is_elsewhere = file.overlay or "://" in file.path
        if not is_elsewhere and not _has(there, file.digest):
            different.append(file.path)
    return _all_same(different, new, report)


def _has(path: Path, digest: str) -> bool:
    """Whether a file has a text."""
    data = plans.read(path, Report())
    return data is not None and digests.of_text(data) == digest


def _check_inputs(
    sdk: Sdk, new: Path, found: Updated, inputs: Mapping[str, str], report: Report
) -> None:
    """Report files without which the package was judged, or with which it was and that
    it is not made from: references may lead elsewhere where a specification lies. What
    comes from the web is the same from everywhere."""
    here = {f.digest: f.path for f in found.files if "://" not in f.path}
    there = {digest: path for path, digest in inputs.items() if "://" not in path}
    if len(here) > 1 or len(inputs) - len(sdk.overlays) > 1:
        different = here.keys() ^ there.keys()
        _all_same({(here | there)[digest] for digest in different}, new, report)


def _all_same(different: Iterable[str], new: Path, report: Report) -> bool:
    if names := sorted(different):
        message = f"it refers to {', '.join(names)}, which is not the same where it is "
        message += "going to lie; bring all of it there, and leave NEW_SPEC out"
        report.add("read", message, Span(new.as_posix()))
    return not names


def _carry_out(
    sdk: Sdk,
    wish: Wish,
    texts: Mapping[Path, bytes],
    found: Updated,
    report: Report,
    progress: Progress,
    was: str,
) -> None:
    """Write the specification, the release and the changelog together with the package
    that is generated. If anything fails, everything is as it was; if it is killed, the
    next update goes on from the version that it `was`."""
    own = Report()
    with sightings.Supposing(texts):
        made = generate.generate([sdk], own, progress=progress)
    _take_news(own, sdk, wish, report)
    if wish.spec is not None and made.plans:
        _check_inputs(sdk, wish.spec, found, made.plans[0].inputs, report)
    if not report.failed:
        version = was if found.release is not None else ""
        found.plans = output.commit(made.plans, report, texts, version)


def _take_news(own: Report, sdk: Sdk, wish: Wish, report: Report) -> None:
    """Report what has not been said of the same text where it came from."""
    names = faults.NO_NAMES
    if wish.spec is not None:
        names = {shown_path(sdk.path): shown_path(wish.spec)}
    for item in own:
        error = item.severity is Severity.ERROR
        if error or not report.knows(faults.renamed(item, names)):
            report.put(item)


def _command(origin: origins.Origin, new: Path, sdk: Sdk) -> str:
    """The command line that shows what an update would change; empty where none
    does."""
    if not _is_here(origin):
        return ""
    words = ["codegen", "diff", origin.name, addresses.shown(new)]
    overlaid = origin.overlaid
    if overlaid and (overlaid.texts or overlaid.overlays != reading.overlays(sdk)):
        revision = None if new != sdk.path else origins.revision(sdk)
        if revision is None:
            return ""
        words[2:] = [sdk.package, "--against", revision]
    return shlex.join([*words, *(["--allow-remote"] if sdk.allow_remote else ())])


def _is_here(origin: origins.Origin) -> bool:
    """Whether the old version is of the repository of the working directory, if it is
    of one."""
    if origin.around is None:
        return True
    try:
        return git.top_level() == git.top_level(origin.around)
    except git.GitError:
        return False


def _lint(
    sdk: Sdk, judge: Judge, report: Report, asked: Asked, progress: Progress
) -> None:
    """Report the errors of a specification. An error that leaves it readable is a
    warning here: a vendor's document is as it is, and `lint` is the command that judges
    it."""
    own = Report()
    linted = lint.lint([sdk.path], own, asked, judge, sdk=sdk, progress=progress)
    for item in own:
        if item.severity is Severity.ERROR:
            kept = Severity.WARNING if linted.readable else Severity.ERROR
            report.put(replace(item, severity=kept))
