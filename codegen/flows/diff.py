"""The flow of `codegen diff`: two versions of a specification, compared."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from codegen import compat, config, frontend
from codegen.artifact import Progress, silent
from codegen.compat import suppressions
from codegen.compat.report import render
from codegen.diagnostics import CodegenError, Report, Severity, Span
from codegen.runtime._formats import FORMATS
from codegen.source import git
from codegen.source.node import Json
from codegen.source.reader import FileReader, GitReader, Reader, ReadError

_SEVERITY: Final = ("breaking", "risky", "unknown")
"""From the worst verdict to the mildest that can fail a comparison."""


@dataclass(frozen=True, slots=True)
class Diffed:
    """A comparison and its report in the form that was asked for."""

    comparison: compat.Comparison
    text: str

    @property
    def open(self) -> bool:
        """Whether what is worst about it is that something is not known."""
        return self.comparison.verdict is compat.Verdict.UNKNOWN

    def fails(self, fail_on: str) -> bool:
        """Whether the verdict is as bad as `fail_on` or worse."""
        if fail_on not in _SEVERITY:
            return False
        worst = _SEVERITY[: _SEVERITY.index(fail_on) + 1]
        return self.comparison.verdict.value in worst


@dataclass(frozen=True, slots=True)
class _Version:
    """What OLD or NEW names: a path to show, where to read it, and the file in the
    working tree that it is a version of."""

    path: Path
    reader: Reader | None
    file: Path


@dataclass(frozen=True, slots=True)
class Pair:
    """Two versions of a specification, and what the configuration says of them."""

    old: frontend.Loaded
    new: frontend.Loaded
    sdk: config.Sdk | None


def diff(
    old: str,
    new: str,
    form: str,
    report: Report,
    *,
    assume_open: bool,
    ignore: Path | None,
    today: datetime.date,
    progress: Progress,
) -> Diffed | None:
    """Compare two versions; None, with the reasons reported, where one is unreadable.

    `ignore` is a file of accepted findings, which count until `today` is past the
    day that each of them names.
    """
    accepted = suppressions.load(ignore, report) if ignore else ()
    pair = load_pair(old, new, report, progress)
    if pair is None or report.failed:
        return None
    progress("comparing")
    comparison = compare(pair, assume_open=assume_open)
    if ignore is not None:
        comparison = suppressions.apply(comparison, accepted, today, report)
    text = render.render(
        comparison,
        form,
        old_workspace=pair.old.workspace,
        new_workspace=pair.new.workspace,
    )
    return Diffed(comparison, text)


def compare(pair: Pair, *, assume_open: bool) -> compat.Comparison:
    """The comparison that the configuration of the specification asks for."""
    if pair.old is pair.new:
        return compat.unchanged(pair.new.module)
    sdk = pair.sdk
    policy = compat.Policy(
        assume_open=assume_open,
        formats=frozenset(FORMATS if sdk and sdk.assert_formats else ()),
        client_events=sdk.client_events if sdk else (),
        server_events=sdk.server_events if sdk else (),
    )
    return compat.compare(pair.old.module, pair.new.module, policy)


def load_pair(
    old: str, new: str, report: Report, progress: Progress = silent
) -> Pair | None:
    """Read two versions; None, with the reasons reported, where one is unreadable.

    What the configuration says of a specification (its events, its formats, its
    overlays) holds for both of its versions.
    """
    versions = [_version(name, report) for name in (old, new)]
    sdk = _configured([version.file for version in versions if version])
    if (same := _unchanged(versions, report)) is not None:
        return Pair(same, same, sdk)
    loaded = []
    for version in versions:
        if version is not None:
            progress(f"reading {version.path}")
            loaded.append(_load(version, sdk, report))
    match loaded:
        case [frontend.Loaded() as before, frontend.Loaded() as after]:
            return Pair(before, after, sdk)
        case _:
            return None


def _unchanged(
    versions: list[_Version | None], report: Report
) -> frontend.Loaded | None:
    """The specification, not read any further, where both versions are the same: one
    file, or two of the same bytes that refer to no other file."""
    match versions:
        case [_Version() as old, _Version() as new]:
            pass
        case _:
            return None
    try:
        texts = [
            (one.reader or FileReader(one.path.parent)).read(one.path.name)
            for one in (old, new)
        ]
        if texts[0] != texts[1]:
            return None
        own = Report()
        found = frontend.outline(old.path, frontend.Options(), own, reader=old.reader)
    except (ReadError, CodegenError):
        return None  # Whoever reads them in full says what is wrong.
    one_file = old.reader is None and new.reader is None and old.file == new.file
    whole = next(iter(found.workspace.documents.values())).data
    if not one_file and any(_leads_out(text) for text in _references(whole)):
        return None
    report.take(own)
    return found


def _references(data: Json) -> Iterator[str]:
    """Every text in a document that may name another file."""
    stack = [data]
    while stack:
        match stack.pop():
            case dict() as mapping:
                for key, value in mapping.items():
                    if key in _REFERRING and isinstance(value, str):
                        yield value
                    elif key == "mapping" and isinstance(value, dict):
                        yield from (text for text in value.values())
                    if isinstance(value, dict | list):
                        stack.append(value)
            case list() as many:
                stack.extend(one for one in many if isinstance(one, dict | list))
            case _:
                pass


_REFERRING: Final = frozenset(["$ref", "$dynamicRef", "$recursiveRef", "$schema"])


def _leads_out(text: object) -> bool:
    """Whether a reference may lead to another file."""
    inside = isinstance(text, str) and (text.startswith("#") or "/" not in text)
    return not inside or str(text).endswith((".json", ".yaml", ".yml"))


def _version(name: str, report: Report) -> _Version | None:
    """What an argument names. A file of that name wins over a revision."""
    path = Path(name)
    revision, colon, inner = name.partition(":")
    if not colon or not revision or not inner or path.exists():
        return _Version(path, None, path)
    try:
        top = git.top_level()
    except git.GitError as error:
        report.add("read", f"{name!r} is no file, and {error}", Span(name))
        return None
    # As for git: relative to the repository, or with a dot to the working directory.
    base = Path.cwd() if inner.startswith(("./", "../")) else top
    file = Path(base, inner).resolve()
    if not file.is_relative_to(top):
        report.add("read", "the path lies outside the repository", Span(name))
        return None
    where = PurePosixPath(file.relative_to(top).as_posix())
    reader = GitReader(top, revision, where.parent.as_posix())
    shown = Path(f"{revision}:{where.parent.as_posix()}", where.name)
    return _Version(shown, reader, file)


def _configured(files: list[Path]) -> config.Sdk | None:
    """The configured SDK of which one of these files is the specification."""
    path = config.find(Path.cwd())
    found = config.read(path, Report()) if path else None
    specifications = {file.resolve() for file in files}
    for sdk in found.sdks if found else ():
        if (sdk.base / sdk.spec).resolve() in specifications:
            return sdk
    return None


def _load(
    version: _Version, sdk: config.Sdk | None, report: Report
) -> frontend.Loaded | None:
    """A version's meaning. Errors in it do not keep it from being compared: what
    they leave open is unknown, and they are reported as warnings."""
    options = frontend.Options(interface=True)
    if sdk is not None:
        overlays = tuple(sdk.base / overlay for overlay in sdk.overlays)
        options = frontend.Options(
            overlays=overlays, perspective=sdk.perspective, interface=True
        )
    own = Report()
    try:
        loaded = frontend.load(version.path, options, own, reader=version.reader)
    except CodegenError as error:
        report.take(error.report)
        return None
    for item in own:
        report.add(
            item.code,
            item.message,
            item.span,
            severity=Severity.WARNING,
            source=item.source,
        )
    return loaded
