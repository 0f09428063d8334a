"""Which document is meant, and how it is read: the same for every command.

The command line overrides the configuration, which overrides the defaults. `generate`,
`lint` and `diff` read the same document in the same way when they are given the same
options.
"""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from codegen import addresses, config, frontend, sightings
from codegen.config import Config, Sdk
from codegen.diagnostics import COMMAND_LINE, Report, Span
from codegen.flows import remotes
from codegen.source import roots
from codegen.source.reader import INPUT, ReadError
from codegen.source.remote import RemoteError

if TYPE_CHECKING:
    from codegen import python


@dataclass(frozen=True, slots=True)
class Asked:
    """The options that commands share, as given on the command line. What was not given
    is empty, None or False."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    overlay: tuple[Path, ...] = ()
    perspective: str | None = None
    lenient: bool = False
    assert_formats: bool = False
    root: Path | None = None
    allow_remote: bool = False
    config: Path | None = None

    def over(self, sdk: Sdk) -> Sdk:
        """The SDK with these options in place of what is configured."""
        told = self.include or self.exclude
        return replace(
            sdk,
            include=self.include or sdk.include,
            exclude=self.exclude or sdk.exclude,
            overlays=tuple(p.absolute() for p in self.overlay) or sdk.overlays,
            perspective=self.perspective or sdk.perspective,
            lenient=self.lenient or sdk.lenient,
            assert_formats=self.assert_formats or sdk.assert_formats,
            root=self.root or sdk.root,
            allow_remote=self.allow_remote or sdk.allow_remote,
            span=COMMAND_LINE if told else sdk.span,
        )


NOTHING: Final = Asked()
"""No options were given."""


@dataclass(frozen=True, slots=True)
class Meant:
    """The specifications that arguments name, and the configuration that holds.
    `everything` tells whether they are all that is configured."""

    found: Config | None
    sdks: tuple[Sdk, ...]
    everything: bool


def configuration(asked: Asked, report: Report) -> Config | None:
    """The configuration that holds: the one that was asked for, or else the nearest at
    or above the working directory. None where there is none, and None, reported, where
    it is bad."""
    path = asked.config or config.find(Path.cwd())
    if path is None:
        return None
    found = config.read(config.relative(path), report)
    if found is not None and asked.config is None:
        config.check_alone(found.path, report)
    return found


def ambient(asked: Asked, report: Report) -> Config | None:
    """The configuration, for a command that was given a specification and can do
    without. If a configuration is bad and was not asked for, its faults are warnings,
    and it is ignored; but what it says of the versions that may run holds."""
    if asked.config is not None:
        return configuration(asked, report)
    own = Report()
    found = configuration(asked, own)
    own.soften(but=config.VERSION)
    report.take(own)
    return found


def is_file(name: Path) -> bool:
    """Whether an argument is a file, an address of the web or standard input, and so no
    name of an SDK."""
    if addresses.of(name) or name == Path(INPUT):
        return True
    return sightings.kind(name) == sightings.FILE


def configured(name: Path, found: Config | None, asked: Asked) -> list[Sdk]:
    """The configured SDKs whose package has this name, whatever else is called so."""
    sdks = found.sdks if found else ()
    return [asked.over(sdk) for sdk in sdks if sdk.package == str(name)]


def named(name: Path, found: Config | None, asked: Asked) -> list[Sdk]:
    """The same for an argument that may be a specification: none if there is a file of
    that name, which wins."""
    if found is None or is_file(name):
        return []
    return configured(name, found, asked)


def chosen(
    names: Sequence[Path], found: Config, asked: Asked, report: Report
) -> list[Sdk]:
    """The configured SDKs whose packages have these names, each once; all of them if
    there are no names. Unknown names are reported, and so is a configuration without
    SDKs."""
    if not found.sdks:
        report.add("config", "no SDK is configured", Span(found.path.as_posix()))
        return []
    if not names:
        return [asked.over(sdk) for sdk in found.sdks]
    sdks = []
    for name in dict.fromkeys(names):
        own = configured(name, found, asked)
        if not own:
            _unknown(name, found, report)
        sdks += own
    return sdks


def meant(names: Sequence[Path], asked: Asked, report: Report) -> Meant:
    """What arguments name: each is a specification, or the package of a configured SDK.
    Without arguments, all that is configured."""
    known = all(map(is_file, names)) and bool(names)
    found = ambient(asked, report) if known else configuration(asked, report)
    if not names:
        every = chosen((), found, asked, report) if found else []
        return Meant(found, tuple(every), everything=True)
    sdks: list[Sdk] = []
    unread = found is None and report.failed
    for name in names:
        own = named(name, found, asked)
        there = is_file(name) or sightings.kind(name) or name.suffix
        if unread and not there:
            continue  # It may well be the name of an SDK.
        if not own and found and found.sdks and not there:
            _unknown(name, found, report)
        else:
            sdks += own or [sdk_of(name, found, asked)]
    taken = {sightings.real(sdk.path) for sdk in sdks}
    whole = {sightings.real(sdk.path) for sdk in (found.sdks if found else ())}
    return Meant(found, tuple(sdks), everything=whole <= taken)


def _unknown(name: Path, found: Config, report: Report) -> None:
    known = ", ".join(sdk.package for sdk in found.sdks)
    message = f"neither a file nor the package of a configured SDK; there are {known}"
    report.add("read", message, Span(name.as_posix()))


def sdk_of(spec: Path, found: Config | None, asked: Asked) -> Sdk:
    """How a specification that the command line names is read: as the first SDK that is
    configured for it, or else by the settings that hold for all. `spec` is relative to
    the working directory."""
    resolved = sightings.real(spec)
    for sdk in found.sdks if found else ():
        if sightings.real(sdk.path) == resolved:
            return asked.over(
                replace(sdk, spec=spec, base=Path(), overlays=overlays(sdk))
            )
    return asked.over(unconfigured(spec, found))


def unconfigured(spec: Path, found: Config | None) -> Sdk:
    """An SDK for a specification that belongs to no configured one; the shared settings
    of the configuration hold for it."""
    if found is None:
        return Sdk(spec=spec, package="", span=COMMAND_LINE)
    sdk = found.unconfigured(spec)
    return replace(sdk, spec=spec, base=Path(), overlays=overlays(sdk))


def overlays(sdk: Sdk) -> tuple[Path, ...]:
    """The overlays of an SDK, relative to the working directory."""
    return tuple(sdk.base / overlay for overlay in sdk.overlays)


def content(sdk: Sdk, report: Report) -> bytes | None:
    """The bytes of a specification, wherever it comes from. None, with the reason
    reported, where it cannot be read."""
    spec = sdk.path
    try:
        if address := addresses.of(spec):
            remote = remotes.of(sdk, report)
            return None if remote is None else remote.read(address)
        reader = roots.reader(spec, sdk.root, sdk.project)
        return reader.read(posixpath.join(reader.home, spec.name))
    except (ReadError, RemoteError, roots.NotBelowError) as error:
        report.add("read", f"cannot be read: {error}", Span(addresses.shown(spec)))
        return None


def options(sdk: Sdk, report: Report) -> frontend.Options:
    """How the specification of an SDK is read. A bad lock file is reported."""
    return frontend.Options(
        include=sdk.include,
        exclude=sdk.exclude,
        overlays=overlays(sdk),
        perspective=sdk.perspective,
        lenient=sdk.lenient,
        mounts=sdk.documents,
        root=sdk.root,
        remote=remotes.of(sdk, report),
        project=sdk.project,
        span=sdk.span,
    )


def asserted(sdk: Sdk) -> frozenset[str]:
    """The formats of the standard that are enforced: all of them, or those that have a
    Python type."""
    if not (sdk.assert_formats or sdk.style.types):
        return frozenset()
    from codegen.runtime._formats import FORMATS  # It takes long to import.

    return frozenset(f for f in FORMATS if sdk.assert_formats or f in sdk.style.types)


def settings(sdk: Sdk) -> python.Settings:
    """The settings of the configuration that shape the package of an SDK."""
    from codegen import python  # Who only reads a specification makes no package.
    from codegen.ir.sides import Side

    return python.Settings(
        package=sdk.package,
        server_events=sdk.server_events,
        client_events=sdk.client_events,
        assert_formats=sdk.assert_formats,
        style=sdk.style,
        reader=Side(sdk.perspective).other,
        way=sdk.layout.way,
    )
