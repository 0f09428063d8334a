"""Which two versions of a specification are compared, and how both are read.

A version is named by a path or by `REV:path`. Or a configured SDK stands for both: its
specification as it is now, and as it was at a revision.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Final

from codegen import addresses, config, frontend, sightings
from codegen.artifact import Progress, silent
from codegen.compat.report.places import Sides
from codegen.config import Config, Sdk
from codegen.diagnostics import CodegenError, Report, Severity, Span
from codegen.flows import faults, reading, repository
from codegen.flows.garbage import uncollected
from codegen.flows.reading import NOTHING, Asked
from codegen.source import git
from codegen.source.node import Json
from codegen.source.reader import FileReader, GitReader, Reader, ReadError
from codegen.source.workspace import shown_folder, shown_path


@dataclass(frozen=True, slots=True)
class Overlaid:
    """The overlays of a version, in their order, with the texts of those that are
    something else today."""

    overlays: tuple[Path, ...] = ()
    texts: Mapping[Path, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Version:
    """One of the two versions.

    `path` is what people are shown, and read by `reader` if that is not None. `file` is
    the file of the working tree that this is a version of. `sdk` is the SDK that it was
    configured for, if the argument named one, and `texts` those of overlays that are
    something else today.
    """

    path: Path
    reader: Reader | None
    file: Path
    sdk: Sdk | None = None
    revision: str = ""
    texts: Mapping[Path, bytes] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What people call the version. Absolute paths are shortened."""
        if address := addresses.of(self.path):
            return address
        return shown_path(self.path)

    @property
    def elsewhere(self) -> Path | None:
        """The folder of the file, if people are not shown it."""
        folder = self.path.parent
        return folder if folder.is_absolute() and not shown_folder(folder) else None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two versions of a specification, and how they are read.

    `found` is the configuration, if there is one; `sdk` says how the new version is
    read and `was` how the old one is; `sides` how a report names both. `unsound` says
    why no package can be made of one of them; it is empty if both are sound.
    """

    old: frontend.Outline
    new: frontend.Outline
    sdk: Sdk
    found: Config | None
    sides: Sides
    was: Sdk
    unsound: str = ""


def load_pair(
    old: str,
    new: str | None,
    report: Report,
    progress: Progress = silent,
    *,
    asked: Asked = NOTHING,
    against: str = "HEAD",
    sdk: Sdk | None = None,
    overlaid: Overlaid | None = None,
    around: Path | None = None,
) -> Pair | None:
    """Read two versions. None, with the reasons reported, where one of them cannot be
    read.

    What the configuration, or `sdk`, says about the specification (events, formats,
    overlays) holds for both versions, unless `overlaid` says which overlays the old one
    had. A revision that `old` names is one of the repository around the file `around`,
    or of that of the working directory.
    """
    if new is None:
        found = reading.configuration(asked, report)
        versions, sdk = _configured(old, found, asked, against, report)
    else:
        found = reading.ambient(asked, report)
        if _names_sdk(old, found, asked, report):
            return None
        versions = [_version(old, report, around), _version(new, report)]
        files = [version.file for version in versions if version]
        sdk = sdk or _sdk(files, found, asked)
        if overlaid is not None and versions[0] is not None:
            then = replace(sdk, overlays=overlaid.overlays)
            versions[0] = replace(versions[0], sdk=then, texts=overlaid.texts)
        with uncollected():
            same = _unchanged(versions, sdk, report)
        if same is not None:
            return Pair(same, same, sdk, found, _sides(versions, same, same), sdk)
    loaded, reports = [], []
    read = [version for version in versions if version is not None]
    with uncollected():
        for version in read:
            progress(f"reading {version.path}")
            reports.append(Report())
            loaded.append(_load(version, version.sdk or sdk, reports[-1], report))
    faults.take(reports, sdk, report, _names(loaded))
    match loaded:
        case [frontend.Outline() as before, frontend.Outline() as after]:
            sides = _sides(versions, before, after)
            was = read[0].sdk or sdk
            unsound = faults.unsound(reports)
            return Pair(before, after, sdk, found, sides, was, unsound)
        case _:
            return None


def _names(loaded: Sequence[frontend.Outline | None]) -> dict[str, str]:
    """What people are shown as the files of the old version, with those that are the
    same of the new one; nothing where one of them could not be read."""
    match loaded:
        case [frontend.Outline() as old, frontend.Outline() as new]:
            before, after = (
                list(one.workspace.documents.values()) for one in (old, new)
            )
            later = {document.name: document.path for document in after}
            known = {d.path: later[d.name] for d in before if d.name in later}
            return {**known, before[0].path: after[0].path}
        case _:
            return {}


def _names_sdk(
    old: str, found: Config | None, asked: Asked, report: Report
) -> list[Sdk]:
    """The SDK, reported, if OLD is its package and no file: it stands for both
    versions."""
    own = reading.named(Path(old), found, asked)
    if own and not addresses.of(own[0].path):
        message = f"{old!r} is the package of a configured SDK, and stands for both "
        message += "versions: give it alone, or name its specification as "
        message += f"{addresses.shown(own[0].path)} or REV:path"
        report.add("read", message, Span(old))
    return own


def _sides(
    versions: Sequence[_Version | None], old: frontend.Outline, new: frontend.Outline
) -> Sides:
    """How a report names both versions."""
    before, after = (version for version in versions if version is not None)
    names = before.name, after.name
    if before.name == after.name and before.path != after.path:
        # Files of one name from elsewhere: as far up as they differ.
        names = repository.told_apart(before.path, after.path)
    located = repository.located(after.revision, after.elsewhere)
    return Sides(old.workspace, new.workspace, *names, located)


def _unchanged(
    versions: Sequence[_Version | None], sdk: Sdk, report: Report
) -> frontend.Outline | None:
    """The specification without its schemas, where both versions are the same: they are
    one file, or two with the same bytes that refer to no other file. None where they
    may differ."""
    match versions:
        case [_Version() as old, _Version() as new]:
            pass
        case _:
            return None
    overlays = sdk.overlays or (old.sdk and old.sdk.overlays)
    if sdk.include or sdk.exclude or overlays:
        return None  # They may lead to nothing, which has to be said.
    try:
        if _text(old) != _text(new):
            return None
        own = Report()
        options = reading.options(sdk, own)
        found = frontend.outline(old.path, options, own, reader=old.reader)
    except (ReadError, CodegenError):
        return None  # Whoever reads them in full says what is wrong.
    one_file = old.reader is None and new.reader is None and old.file == new.file
    whole = next(iter(found.workspace.documents.values())).data
    if not one_file and _leads_out(whole):
        return None
    report.take(own)
    return found


def _text(version: _Version) -> bytes:
    """The bytes of a version's file. Raises `ReadError`."""
    if version.reader is None:
        return FileReader(version.path.parent).read(version.path.name)
    return version.reader.read(f"{version.reader.home}/{version.path.name}".strip("/"))


def _leads_out(whole: Json) -> bool:
    """Whether anything in a document may refer to another file."""
    names: frozenset[str] = frozenset()
    match whole:
        case {"components": {"schemas": dict() as schemas}}:
            names = frozenset(schemas)
    return any(text[:1] != "#" for text in _references(whole, names))


def _references(data: Json, names: frozenset[str]) -> Iterator[str]:
    """Every text in a document that may be a reference. `names` are those of
    components: in the mapping of a discriminator, such a name is no reference."""
    stack = [data]
    while stack:
        match stack.pop():
            case dict() as mapping:
                for key, value in mapping.items():
                    if key in _REFERRING and isinstance(value, str):
                        yield value
                    elif key == "mapping" and isinstance(value, dict):
                        yield from (str(v) for v in value.values() if v not in names)
                    if isinstance(value, dict | list):
                        stack.append(value)
            case list() as many:
                stack.extend(one for one in many if isinstance(one, dict | list))
            case _:
                pass


_REFERRING: Final = frozenset(["$ref", "$dynamicRef", "$recursiveRef", "$schema"])


def _version(name: str, report: Report, around: Path | None = None) -> _Version | None:
    """The version that an argument names. A file of that name wins over a revision,
    which is one of the repository around a file, if that is given."""
    path = Path(name)
    if addresses.of(path):
        return _Version(path, None, path)
    revision, colon, inner = name.partition(":")
    if not colon or not revision or not inner or sightings.kind(path):
        return _Version(path, None, path)
    try:
        top = git.top_level(around)
    except git.GitError as error:
        report.add("read", f"{name!r} is no file, and {error}", Span(name))
        return None
    # As for git: relative to the repository, or with a dot to the working directory.
    base = Path.cwd() if inner.startswith(("./", "../")) else top
    return _at(
        revision, Path(sightings.real(Path(base, inner))), top, Span(name), report
    )


def _at(
    revision: str, file: Path, top: Path, span: Span, report: Report
) -> _Version | None:
    """A file of the repository at a revision."""
    if not file.is_relative_to(top):
        report.add("read", "the path lies outside the repository", span)
        return None
    where = PurePosixPath(file.relative_to(top).as_posix())
    reader = GitReader(top, revision, where.parent.as_posix())
    shown = Path(f"{revision}:{where.parent.as_posix()}", where.name)
    return _Version(shown, reader, file, revision=revision)


def _configured(
    name: str, found: Config | None, asked: Asked, against: str, report: Report
) -> tuple[list[_Version | None], Sdk]:
    """The specification of a configured SDK, as it is at a revision and as it is
    now."""
    sdk = next(iter(reading.configured(Path(name), found, asked)), None)
    if sdk is None:
        known = ", ".join(sdk.package for sdk in found.sdks) if found else ""
        message = f"{name!r} is not the package of a configured SDK"
        message += f"; configured are {known}" if known else ""
        if not report.failed:
            report.add("read", f"{message}; two files are OLD and NEW", Span(name))
        return [], reading.unconfigured(Path(name), None)
    if addresses.of(sdk.spec) is not None:
        message = "its specification is a document of the web, of which git has no "
        message += "revisions; OLD and NEW name two files"
        report.add("read", message, Span(name))
        return [], sdk
    try:
        # Wherever this runs, the specification has the revisions of where it lies.
        top = git.top_level(Path(sightings.real(sdk.path)))
    except git.GitError as error:
        report.add("read", f"there is no revision to compare with: {error}", Span(name))
        return [], sdk
    try:
        git.check(top, against)
    except git.GitError as error:
        report.add("read", str(error), Span(against))
        return [], sdk
    was = _sdk_at(against, top, found, sdk, asked)
    file = Path(sightings.real(was.path))
    before = _at(against, file, top, Span(name), report)
    texts = _overlays_at(was, against, top, report)
    before = before and replace(before, sdk=was, texts=texts)
    return [before, _Version(sdk.path, None, sdk.path, sdk)], sdk


def _sdk_at(
    revision: str, top: Path, found: Config | None, sdk: Sdk, asked: Asked
) -> Sdk:
    """The SDK as it was configured at a revision. As it is configured now, where it did
    not exist then, or where the configuration lies outside the repository."""
    if found is None:
        return sdk
    try:
        path = Path(sightings.real(found.path)).relative_to(top).as_posix()
        content = GitReader(top, revision, "").read(path)
    except (ValueError, ReadError):
        return sdk
    then = config.parse(content, found.path, Report())
    every = then.sdks if then else ()
    was = next((other for other in every if other.package == sdk.package), None)
    return sdk if was is None else asked.over(was)


def _overlays_at(
    sdk: Sdk, revision: str, top: Path, report: Report
) -> dict[Path, bytes]:
    """The texts of overlays at a revision. Where one has none, both versions are read
    with that of today, with a warning."""
    texts: dict[Path, bytes] = {}
    for overlay in reading.overlays(sdk):
        try:
            inside = Path(sightings.real(overlay)).relative_to(top).as_posix()
            texts[overlay] = GitReader(top, revision, "").read(inside)
        except (ValueError, ReadError):
            message = f"git does not have it at {revision!r}; both versions are read "
            message += "with that of today"
            where = Span(overlay.as_posix())
            report.add("overlay", message, where, severity=Severity.WARNING)
    return texts


def _sdk(files: Sequence[Path], found: Config | None, asked: Asked) -> Sdk:
    """How both versions are read: as the first SDK that is configured for one of these
    files, or else by the settings that hold for all."""
    sdks = [reading.sdk_of(file, found, asked) for file in files]
    configured = (sdk for sdk in sdks if sdk.package)
    first = next(configured, None) or next(iter(sdks), None)
    return first or reading.unconfigured(Path(), None)


def _load(
    version: _Version, sdk: Sdk, own: Report, report: Report
) -> frontend.Loaded | None:
    """Read a version. Its problems go into `own`; what keeps it from being read at all
    goes into `report`."""
    options = replace(reading.options(sdk, own), interface=True)
    try:
        with sightings.Supposing(version.texts):
            return frontend.load(version.path, options, own, reader=version.reader)
    except CodegenError as error:
        report.take(error.report)
        return None
