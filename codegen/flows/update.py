"""The flow of `codegen update`: an SDK is brought up to date with its specification.

First the change is judged. The old version is what the package on disk was made from:
the manifest has the digest of every input, and git is searched for the text. An update
that breaks something is refused unless it is allowed. Then the package is generated,
and the changelog says what changed for its users.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from codegen import addresses, digests, manifest, output, plans, release, sightings
from codegen.artifact import Progress, silent
from codegen.compat import Comparison
from codegen.config import Config, Sdk
from codegen.diagnostics import Report, Severity, Span
from codegen.flows import (
    changelog,
    deprecation,
    diff,
    generate,
    lint,
    reading,
    remotes,
)
from codegen.flows.judge import Judge
from codegen.flows.reading import Asked
from codegen.layouts import folder_of
from codegen.release import Release
from codegen.source import git
from codegen.source.reader import FileReader, GitReader, Reader, ReadError

_MOST: Final = 1000
"""How many revisions of a specification are searched."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for. `spec` is the new text of the specification, if it is another
    file; `old` names the old version, if git does not have it."""

    spec: Path | None = None
    old: str | None = None
    allow_breaking: bool = False


@dataclass(slots=True)
class Updated:
    """What came of it. `refused` says why nothing was written. Where nothing changed
    for anybody there is no new `release` and no entry in the `changelog`."""

    comparison: Comparison
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
    own = reading.named(rest[0], found, asked) if rest else []
    if own:
        rest.pop(0)
    elif len(found.sdks) == 1:
        own = [asked.over(found.sdks[0])]
    if not own or len(rest) > 1 or not all(map(reading.is_file, rest)):
        shown = Span(" ".join(path.as_posix() for path in names) or found.path.name)
        message = "not the package of a configured SDK and a specification"
        report.add("read", f"{message}; configured are {known}", shown)
        return None, None
    return own[0], rest[0] if rest else None


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
    programs = found.comparison.programs
    texts: dict[Path, str] = {}
    if wish.spec is not None:
        texts[sdk.path] = sightings.content(wish.spec).decode()
    if found.comparison.release != "none":
        changes = programs.changes if programs else ()
        found.release = deprecation.following(was, found.comparison.release, changes)
        released = release.text(sdk.package, found.release)
        texts[release.place(sdk.base, sdk.package)] = released
        found.changelog = sdk.base / f"CHANGELOG-{sdk.package}.md"
        entry = changelog.entry(found.comparison, was, found.release)
        text = _told(found.changelog, report)
        if report.failed:
            return None
        texts[found.changelog] = changelog.with_entry(text, sdk.package, entry)
    _carry_out(sdk, texts, found, report, progress)
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
    told = _as_configured(sdk, asked)
    _lint(new, told, judge, report, progress)
    old = wish.old or _before(sdk, report)
    if report.failed or not old:
        return None
    compared = diff.diff(
        old, str(new), "text", report, judge=judge, asked=told, progress=progress
    )
    if compared is None or report.failed:
        return None
    found = Updated(compared.comparison)
    programs = found.comparison.programs
    breaks = {
        "what is on the wire": compared.fails("breaking"),
        "programs": programs is not None
        and any(change.kind.breaks for change in programs.changes),
    }
    if any(breaks.values()) and not wish.allow_breaking:
        broken = " and ".join(what for what, does in breaks.items() if does)
        shown = _command(old, new, sdk)
        found.refused = f"it breaks {broken}; --allow-breaking goes on all the same"
        found.refused += f", and `{shown}` shows it"
    return found


def _carry_out(
    sdk: Sdk,
    texts: Mapping[Path, str],
    found: Updated,
    report: Report,
    progress: Progress,
) -> None:
    """Write the specification, the release and the changelog together with the package
    that is generated. If anything fails, everything is as it was."""
    with sightings.Supposing(texts):
        made = generate.generate([sdk], report, progress=progress)
    if not report.failed:
        found.plans = output.commit(made.plans, report, texts)


def _command(old: str, new: Path, sdk: Sdk) -> str:
    """The command line that shows what an update would change."""
    words = ["codegen", "diff", old, addresses.shown(new)]
    return shlex.join([*words, *(["--allow-remote"] if sdk.allow_remote else ())])


def _as_configured(sdk: Sdk, asked: Asked) -> Asked:
    """The options by which any file is read as if it were the specification of this
    SDK."""
    return replace(
        asked,
        include=sdk.include,
        exclude=sdk.exclude,
        overlay=tuple(sdk.base / overlay for overlay in sdk.overlays),
        perspective=sdk.perspective,
        lenient=sdk.lenient,
        assert_formats=sdk.assert_formats,
        root=sdk.root,
    )


def _lint(
    spec: Path, asked: Asked, judge: Judge, report: Report, progress: Progress
) -> None:
    """Report the errors of a specification. An error that leaves it readable is a
    warning here: a vendor's document is as it is, and `lint` is the command that judges
    it."""
    own = Report()
    linted = lint.lint([spec], own, asked, judge, progress=progress)
    for item in own:
        if item.severity is Severity.ERROR:
            kept = Severity.WARNING if linted.readable else Severity.ERROR
            report.put(replace(item, severity=kept))


# --- what it was made from ---------------------------------------------------------


def _before(sdk: Sdk, report: Report) -> str | None:
    """What the package on disk was made from, in the form that `diff` takes: the
    specification as it is now, or a revision of it. None, with the reason reported,
    where it is not found."""
    spec = sdk.path
    path = sdk.layout.folder / manifest.NAME
    data = plans.read(path, report)
    listed = manifest.read(data, folder_of(sdk.package))
    if addresses.of(spec) is not None:
        return _fetched_before(sdk, listed, report)
    made = _made_from(sdk, listed)
    if not made.files or not (made.names or spec in made.files):
        message = "does not say what the package was made from; --from OLD does"
        report.add("read", message, Span(path.as_posix()))
        return None
    if made.is_there(FileReader(spec)):
        return str(spec)
    reason = f"no revision of the last {_MOST} has it"
    try:
        if (found := _revision(spec, made)) is not None:
            return found
    except git.GitError as error:
        reason = str(error)
    except ValueError:
        reason = "it lies outside the repository"
    text = "other texts" if made.names else "another text"
    text += "" if made.names else f", with the SHA-256 {made.files[spec]}"
    message = f"the package was made from {text}, and {reason}"
    message += "; --from OLD names a file or REV:path that is it"
    report.add("read", message, Span(spec.as_posix()))
    return None


@dataclass(frozen=True, slots=True)
class _MadeFrom:
    """The files that a package was made from, with their digests, and, of a folder,
    the names of the documents in it; those that are overlays stand `aside`."""

    files: Mapping[Path, str]
    names: frozenset[str] = frozenset()
    aside: frozenset[str] = frozenset()

    def is_there(self, reader: FileReader) -> bool:
        """Whether the files are what they were."""
        same = all(_digest(file) == self.files[file] for file in self.files)
        return same and self.has_all(reader)

    def has_all(self, reader: Reader) -> bool:
        """Whether a folder has these documents, and no other."""
        try:
            return not self.names or self.names == {*reader.below()} - self.aside
        except ReadError:
            return False


def _made_from(sdk: Sdk, listed: manifest.Manifest) -> _MadeFrom:
    """What a manifest lists of the specification of an SDK, overlays aside."""
    spec = sdk.path
    inputs = {n: d for n, d in listed.inputs.items() if "://" not in n}
    if sightings.kind(spec) != sightings.FOLDER:
        files = {
            spec.parent / name: digest
            for name, digest in inputs.items()
            if name == spec.name or sightings.kind(spec.parent / name)
        }
        return _MadeFrom(files)
    overlays = [sdk.base / overlay for overlay in sdk.overlays]
    aside = {os.path.relpath(overlay, spec) for overlay in overlays}
    aside |= {overlay.name for overlay in overlays}
    own = {n: d for n, d in inputs.items() if n not in aside}
    names = frozenset(name for name in own if not name.startswith("../"))
    return _MadeFrom({spec / n: own[n] for n in own}, names, frozenset(aside))


def _revision(spec: Path, made: _MadeFrom) -> str | None:
    """The latest revision that has what a package was made from. Raises `GitError`,
    and ValueError where that is outside of the repository."""
    top = git.top_level()
    home = Path(sightings.real(spec)).relative_to(top).as_posix()
    inside = {
        Path(sightings.real(file)).relative_to(top).as_posix(): digest
        for file, digest in made.files.items()
    }
    for revision in git.revisions(top, list(inside), _MOST):
        reader = GitReader(top, revision, home)
        if _has(top, revision, inside) and made.has_all(reader):
            return f"{revision}:{home}"
    return None


def _digest(file: Path) -> str:
    """The digest of a file; nothing where it cannot be read."""
    data = plans.read(file, Report())
    return "" if data is None else manifest.digest(data)


def _fetched_before(sdk: Sdk, listed: manifest.Manifest, report: Report) -> str | None:
    """The same for a specification that comes from the web. Its old text is available
    only if the document has not changed."""
    locked = remotes.locked(sdk)
    fetched = [(n, d) for n, d in listed.inputs.items() if addresses.is_one(n)]
    if fetched and all(n in locked and locked[n].sha256 == d for n, d in fetched):
        return addresses.shown(sdk.path)
    message = "the package was made from another text, which git does not have, for it "
    message += "came from the web; --from OLD names a file or REV:path that is it"
    report.add("read", message, Span(addresses.shown(sdk.path)))
    return None


def _has(top: Path, revision: str, wanted: dict[str, str]) -> bool:
    try:
        return all(
            digests.of_text(git.blob(top, revision, path)) == digest
            for path, digest in wanted.items()
        )
    except git.GitError:
        return False
