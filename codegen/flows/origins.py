"""What the package of an SDK was made from: the texts that its manifest has digests of,
as they lie or as git has them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Final

from codegen import addresses, digests, manifest, plans, sightings
from codegen.config import Sdk
from codegen.diagnostics import Report, Severity, Span
from codegen.flows import reading, remotes
from codegen.flows.pairs import Overlaid
from codegen.layouts import folder_of
from codegen.source import git
from codegen.source.document import Document
from codegen.source.reader import FileReader, GitReader, Reader, ReadError

_MOST: Final = 1000
"""How many revisions of a specification are searched."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What a package was made from: the old version in the form that `diff` takes, and
    the overlays that it was read with; None stands for those of today. `around` is a
    file in the repository whose revision it is, None for that of the working
    directory."""

    name: str
    overlaid: Overlaid | None = None
    around: Path | None = None


def of(sdk: Sdk, named: str | None, report: Report) -> Origin | None:
    """What the package on disk was made from; `named` is its specification, if the user
    has said it. None, with the reasons reported, where it is not found."""
    listed = _listed(sdk, report)
    overlays = dict(_overlays(sdk, listed))
    found = Origin(named) if named else _before(sdk, listed, overlays, report)
    overlaid = _overlaid(listed, overlays, report, needed=named is None)
    if report.failed or found is None:
        return None
    return replace(found, overlaid=overlaid)


def revision(sdk: Sdk) -> str | None:
    """A revision that has everything that the package was made from, overlays, too;
    None where there is none."""
    listed = _listed(sdk, Report())
    overlays = dict(_overlays(sdk, listed))
    made = _made_from(sdk, listed, overlays)
    more = {path: listed.inputs[name] for name, path in overlays.items()}
    try:
        return _revision(replace(made, files={**made.files, **more}))
    except (git.GitError, ValueError):
        return None


def unfinished(sdk: Sdk) -> str:
    """The version that an update was to raise which was broken off; empty where none
    was."""
    listed = _listed(sdk, Report())
    return listed.release if listed.unfinished else ""


def _listed(sdk: Sdk, report: Report) -> manifest.Manifest:
    data = plans.read(sdk.layout.folder / manifest.NAME, report)
    return manifest.read(data, folder_of(sdk.package))


# --- the specification -------------------------------------------------------------


def _before(
    sdk: Sdk, listed: manifest.Manifest, overlays: Mapping[str, Path], report: Report
) -> Origin | None:
    """The specification as it is now, or a revision of it. None, with the reason
    reported, where it is not found."""
    spec = sdk.path
    path = sdk.layout.folder / manifest.NAME
    if addresses.of(spec) is not None:
        return _fetched_before(sdk, listed, report)
    made = _made_from(sdk, listed, overlays)
    if not made.files:
        _unsaid(sdk, path, report)
        return None
    if made.is_there(FileReader(spec)):
        return Origin(str(made.spec))
    reason = f"no revision of the last {_MOST} has it"
    try:
        if (found := _revision(made)) is not None:
            around = Path(sightings.real(made.spec))
            return Origin(f"{found}:{_home(made.spec)}", around=around)
    except git.GitError as error:
        reason = str(error)
    except ValueError:
        reason = "it lies outside the repository"
    text = "other texts" if made.names else "another text"
    text += "" if made.names else f", with the SHA-256 {made.files[made.spec]}"
    message = f"the package was made from {text}, and {reason}"
    message += "; --from OLD names a file or REV:path that is it"
    report.add("read", message, Span(spec.as_posix()))
    return None


def _unsaid(sdk: Sdk, path: Path, report: Report) -> None:
    """Report that nothing says what a package was made from."""
    if sightings.kind(path):
        message = "does not say what the package was made from; --from OLD does"
        report.add("read", message, Span(path.as_posix()))
        return
    message = "there is no package here, so nothing says what it was made from; "
    message += f"`codegen generate {sdk.package}` makes it from the specification as "
    message += "it is, and --from OLD names the file or REV:path that it was made from"
    report.add("read", message, Span(path.parent.as_posix()))


@dataclass(frozen=True, slots=True)
class _MadeFrom:
    """Where the specification lay that a package was made from, its files with their
    digests, and, of a folder, the names of the documents in it; those that are overlays
    stand `aside`."""

    spec: Path
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


def _made_from(
    sdk: Sdk, listed: manifest.Manifest, overlays: Mapping[str, Path]
) -> _MadeFrom:
    """What a manifest lists of the specification of an SDK, overlays aside."""
    spec = sdk.path
    aside = frozenset(overlays)
    inputs = {n: d for n, d in listed.inputs.items() if "://" not in n}
    own = {n: d for n, d in inputs.items() if n not in aside}
    if sightings.kind(spec) != sightings.FOLDER:
        # It comes first, whatever it was called.
        main = spec.name if spec.name in own else next(iter(own), spec.name)
        files = {
            spec.parent / name: digest
            for name, digest in own.items()
            if name == main or sightings.kind(spec.parent / name)
        }
        return _MadeFrom(spec.parent / main, files)
    names = frozenset(name for name in own if not name.startswith("../"))
    return _MadeFrom(spec, {spec / n: own[n] for n in own}, names, aside)


def _revision(made: _MadeFrom) -> str | None:
    """The latest revision that has what a package was made from. Raises `GitError`,
    and ValueError where that is outside of the repository."""
    top, home = git.top_level(Path(sightings.real(made.spec))), _home(made.spec)
    inside = {
        Path(sightings.real(file)).relative_to(top).as_posix(): digest
        for file, digest in made.files.items()
    }
    for revision in git.revisions(top, list(inside), _MOST):
        reader = GitReader(top, revision, home)
        if _has(top, revision, inside) and made.has_all(reader):
            return revision
    return None


def _home(spec: Path) -> str:
    """The path of a specification within the repository. Raises as `_revision` does."""
    place = Path(sightings.real(spec))
    return place.relative_to(git.top_level(place)).as_posix()


def _digest(file: Path) -> str:
    """The digest of a file; nothing where it cannot be read."""
    data = plans.read(file, Report())
    return "" if data is None else manifest.digest(data)


def _fetched_before(
    sdk: Sdk, listed: manifest.Manifest, report: Report
) -> Origin | None:
    """The same for a specification that comes from the web. Its old text is available
    only if the document has not changed."""
    locked = remotes.locked(sdk)
    fetched = [(n, d) for n, d in listed.inputs.items() if addresses.is_one(n)]
    if fetched and all(n in locked and locked[n].sha256 == d for n, d in fetched):
        return Origin(addresses.shown(sdk.path))
    message = "the package was made from another text, which git does not have, for it "
    message += "came from the web; --from OLD names a file or REV:path that is it"
    report.add("read", message, Span(addresses.shown(sdk.path)))
    return None


def _has(top: Path, revision: str, wanted: dict[str, str]) -> bool:
    found = ((_blob(top, revision, path), d) for path, d in wanted.items())
    return all(t is not None and digests.of_text(t) == digest for t, digest in found)


# --- its overlays ------------------------------------------------------------------

_OVERLAY: Final = re.compile(rb"""(?m)^[ \t{,]*["']?overlay["']?[ \t]*:""")


def _overlaid(
    listed: manifest.Manifest,
    overlays: Mapping[str, Path],
    report: Report,
    *,
    needed: bool,
) -> Overlaid | None:
    """The overlays that a package was made with. None where its manifest says nothing.
    One whose text is not found is an error if it is `needed`; otherwise the text of
    today stands for it."""
    if not listed.inputs:
        return None
    texts: dict[Path, bytes] = {}
    for name, path in overlays.items():
        digest = listed.inputs[name]
        if _digest(path) == digest:
            continue
        text, reason = _from_git(path, digest)
        if text is not None:
            texts[path] = text
            continue
        message = "the package was made with another text of it, with the SHA-256 "
        message += f"{digest}, and {reason}; "
        message += "with --from OLD both versions are read with that of today"
        kind = Severity.ERROR if needed else Severity.WARNING
        report.add("read", message, Span(path.as_posix()), severity=kind)
    return Overlaid(tuple(overlays.values()), texts)


def _overlays(sdk: Sdk, listed: manifest.Manifest) -> Iterator[tuple[str, Path]]:
    """The overlays among the files of a manifest, in their order, with their places:
    those that are configured today, and others that say of themselves what they are."""
    spec = sdk.path
    remote = addresses.of(spec) is not None
    folder = Path() if remote else spec.parent
    if sightings.kind(spec) == sightings.FOLDER:
        folder = spec
    known = {_name(overlay, folder): overlay for overlay in reading.overlays(sdk)}
    known |= {path.name: path for path in known.values() if path.name not in known}
    for name, digest in listed.inputs.items():
        if "://" in name or (folder / name == spec and not remote):
            continue
        place = known.get(name) or (remote and known.get(PurePosixPath(name).name))
        if place:
            yield name, place
        elif _is_overlay(folder / name, digest):
            yield name, folder / name


def _name(overlay: Path, folder: Path) -> str:
    """An overlay as manifests name it."""
    try:
        found = os.path.relpath(sightings.real(overlay), sightings.real(folder))
    except ValueError:  # On another drive.
        return overlay.name
    return found.replace(os.sep, "/")


def _is_overlay(path: Path, digest: str) -> bool:
    """Whether a file is an overlay, or was one before it went."""
    text = plans.read(path, Report())
    if text is None:
        text, _ = _from_git(path, digest)
    if text is None or not _OVERLAY.search(text):
        return False
    data = Document(path.name, path.name, text).data
    return isinstance(data, dict) and {"overlay", "actions"} <= data.keys()


def _from_git(path: Path, digest: str) -> tuple[bytes | None, str]:
    """The text of a file that has a digest, or why there is none."""
    try:
        place = Path(sightings.real(path))
        top = git.top_level(place)
        inside = place.relative_to(top).as_posix()
        for revision in git.revisions(top, [inside], _MOST):
            text = _blob(top, revision, inside)
            if text is not None and digests.of_text(text) == digest:
                return text, ""
    except git.GitError as error:
        return None, str(error)
    except ValueError:
        return None, "it lies outside the repository"
    return None, f"no revision of the last {_MOST} has it"


def _blob(top: Path, revision: str, path: str) -> bytes | None:
    try:
        return git.blob(top, revision, path)
    except git.GitError:
        return None
