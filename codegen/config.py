"""The configuration: which SDKs to generate, from what, to where.

It is `[tool.codegen]` of pyproject.toml, or the whole of a codegen.toml beside it, and
is described by `config.schema.json`, which editors can use as well.
"""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from pathlib import Path, PurePath
from typing import Any, Final

from codegen import addresses, import_roots, sightings, toml_file, versions
from codegen.diagnostics import Report, Severity, Span
from codegen.layouts import MODULES, PROJECT, Layout
from codegen.release import FIRST
from codegen.styles import NAMING_KEYWORDS, PLAIN, TYPES, Rename, Style
from codegen.toml_places import Places

OWN: Final = "codegen.toml"
"""A configuration that stands by itself. It goes before the other in a folder."""

NOWHERE: Final = Span("")


@dataclass(frozen=True, slots=True)
class Distribution:
    """What is said of a package that is distributed. Fields are documented in
    `config.schema.json`."""

    name: str
    version: str = FIRST
    license: str = ""
    description: str = ""
    authors: tuple[Mapping[str, str], ...] = ()
    urls: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sdk:
    """One SDK to generate. Fields are documented in `config.schema.json`.

    Paths are relative to `base` unless absolute; `span` is where the SDK is asked for.
    """

    spec: Path
    package: str
    output: Path = Path("generated")
    tests_output: Path | None = None
    include: tuple[str, ...] = ()
    overlays: tuple[Path, ...] = ()
    models: str = "dataclass"
    perspective: str = "server"
    server_events: tuple[str, ...] = ()
    client_events: tuple[str, ...] = ()
    assert_formats: bool = False
    tests: bool = True
    strategies: bool | None = None
    """Whether there are strategies; None where there are if there are tests."""
    exclude: tuple[str, ...] = ()
    lenient: bool = False
    root: Path | None = None
    documents: Mapping[str, Path] = field(default_factory=dict)
    style: Style = PLAIN
    distribution: Distribution | None = None
    templates: Path | None = None
    project: Path | None = None
    """The folder of the configuration, if there is one."""
    allow_remote: bool = False
    """Whether what is not in the lock may be fetched, and is to be written there."""
    base: Path = Path()
    span: Span = NOWHERE

    @property
    def path(self) -> Path:
        """Where the specification is."""
        return self.spec if addresses.of(self.spec) else self.base / self.spec

    @property
    def layout(self) -> Layout:
        """Where the package and its tests go."""
        tests = self.tests_output
        return Layout(
            self.package,
            self.base / self.output,
            None if tests is None else self.base / os.path.normpath(tests),
        )


@dataclass(frozen=True, slots=True)
class Setting:
    """How much a code of `lint` or a rule of `diff` is to matter, and where that is
    said: `level` is error, warn or off."""

    rule: str
    level: str
    span: Span
    source: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """What is made of the problems that a command finds. `ignore` is a file of those
    that are accepted."""

    ignore: Path | None = None
    severity: tuple[Setting, ...] = ()


@dataclass(frozen=True, slots=True)
class Config:
    """What a configuration says; `path` is the file that says it. `import_roots` are
    the folders from which the project around it ships its modules.

    `shared` are the keys that hold for each SDK that does not say otherwise, and for
    specifications that are no SDK's.
    """

    path: Path
    sdks: tuple[Sdk, ...]
    shared: Mapping[str, Any] = field(default_factory=dict)
    documents: Mapping[str, Path] = field(default_factory=dict)
    lint: Terms = Terms()
    diff: Terms = Terms()
    import_roots: frozenset[str] = frozenset()

    def unconfigured(self, spec: Path) -> Sdk:
        """What holds for a specification that is no SDK's; `spec` is relative to the
        working directory."""
        table = {**self.shared, "spec": str(spec.absolute()), "package": ""}
        return _sdk(table, self, Span(self.path.as_posix()))


def relative(path: Path) -> Path:
    """A path as people see it: relative to the working directory."""
    return Path(os.path.relpath(path))


def find(start: Path) -> Path | None:
    """The nearest configuration at or above a folder: a codegen.toml, or a
    pyproject.toml that configures codegen."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if sightings.kind(folder / OWN) == sightings.FILE:
            return folder / OWN
        if _configures(folder / PROJECT, unread=True):  # Who reads it is told.
            return folder / PROJECT
    return None


def _configures(path: Path, *, unread: bool) -> bool:
    """Whether a pyproject.toml has the table, or might have it, being no TOML. `unread`
    is the answer where it cannot be read."""
    try:
        if sightings.kind(path) != sightings.FILE:
            return False
        content = sightings.content(path)
    except OSError:
        return unread
    tool, name = _TABLE
    if name.encode() not in content:
        return False  # Most are none of ours.
    try:
        tools = tomllib.loads(content.decode("utf-8-sig")).get(tool)
    except (ValueError, RecursionError):
        return ".".join(_TABLE).encode() in content
    return isinstance(tools, dict) and name in tools


def check_alone(path: Path, report: Report) -> None:
    """Warn of a configuration in pyproject.toml that a codegen.toml hides."""
    other = path.with_name(PROJECT)
    if path.name == OWN and _configures(other, unread=False):
        message = f"its [tool.codegen] is not looked at: there is a {OWN} beside it"
        span = Span(other.as_posix())
        report.add("config", message, span, severity=Severity.WARNING)


def read(path: Path, report: Report) -> Config | None:
    """Read and check a configuration; None, with the reasons reported, if it is bad."""
    try:
        content = sightings.content(path)
    except OSError as error:
        report.add("read", f"cannot read: {error.strerror}", Span(path.as_posix()))
        return None
    return parse(content, path, report)


def parse(content: bytes, path: Path, report: Report) -> Config | None:
    """Check the content of a configuration that lies, or once lay, at a path; None,
    with the reasons reported, if it is bad."""
    shown = path.as_posix()
    read = toml_file.read(content, shown, report)
    if read is None:
        return None
    text, table = read.text, read.table
    inside = () if "tool" not in table and path.name != PROJECT else _TABLE
    places = Places(shown, text, inside)
    value = _below(table, inside)
    if value is None:
        report.add("config", "there is no [tool.codegen] table", Span(shown))
        return None
    if not _is_sound(value, places, report):
        return None
    found = Config(
        path,
        (),
        {key: value[key] for key in SHARED if key in value},
        {uri: path.parent / file for uri, file in value.get("documents", {}).items()},
        _terms("lint", value, path, places),
        _terms("diff", value, path, places),
        import_roots.declared(table),
    )
    sdks = tuple(
        _sdk(
            {**found.shared, **table},
            found,
            places.find(("sdk", index)),
            _style(table, places, index),
        )
        for index, table in enumerate(value.get("sdk", ()))
    )
    return replace(found, sdks=_distinct(sdks, places, report))


SHARED: Final = (
    *("include", "exclude", "overlays", "perspective"),
    *("lenient", "assert_formats", "root"),
)
"""Keys that say which document is meant and how it is read, for all commands alike."""


_TABLE: Final = ("tool", "codegen")
"""Where the configuration is in a file that others use as well."""


def _below(table: Mapping[str, Any], path: Sequence[str]) -> Mapping[str, Any] | None:
    value: Any = table
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else None


def _is_sound(value: Mapping[str, Any], places: Places, report: Report) -> bool:
    """Whether a configuration is for this version, and by the schema. One that is for
    another may have what only that one knows, so nothing else is said of it."""
    before = len(report)
    if _is_for_us(value.get(VERSION), places, report):
        toml_file.check(value, _schema(), places, report, _wrong_type)
    return len(report) == before


VERSION: Final = "required-version"
"""The key for the versions that may run, and the code of the error of any other."""


def _is_for_us(asked: Any, places: Places, report: Report) -> bool:
    """Whether this version is not one too old or too new; what is no version at all is
    a mistake like any other."""
    if not isinstance(asked, str):
        return True
    code = "config"
    try:
        if versions.satisfies(versions.OURS, asked):
            return True
        code = VERSION
        exact = asked if asked.strip()[:1] in "=<>!~" else f"=={asked.strip()}"
        message = f"this is codegen {versions.OURS}, and {exact} is asked for; "
        message += f"pip install 'wirewright{exact}' has it"
    except ValueError as error:
        message = f"{VERSION}: {error}"
    span = places.find((VERSION,))
    report.add(code, message, span, source=places.line(span))
    return code != VERSION


def _sdk(
    table: Mapping[str, Any], found: Config, span: Span, style: Style = PLAIN
) -> Sdk:
    root, tests_output = table.get("root"), table.get("tests_output")
    return Sdk(
        spec=Path(table["spec"]),
        package=table["package"],
        output=Path(table.get("output", "generated")),
        tests_output=None if tests_output is None else Path(tests_output),
        include=tuple(table.get("include", ())),
        exclude=tuple(table.get("exclude", ())),
        overlays=tuple(Path(overlay) for overlay in table.get("overlays", ())),
        models=table.get("models", "dataclass"),
        perspective=table.get("perspective", "server"),
        server_events=tuple(table.get("server_events", ())),
        client_events=tuple(table.get("client_events", ())),
        assert_formats=table.get("assert_formats", False),
        tests=table.get("tests", True),
        strategies=table.get("strategies"),
        lenient=table.get("lenient", False),
        root=None if root is None else found.path.parent / root,
        documents=found.documents,
        style=style,
        distribution=_distribution(table),
        templates=Path(table["templates"]) if "templates" in table else None,
        project=found.path.parent,
        base=found.path.parent,
        span=span,
    )


def _distribution(table: Mapping[str, Any]) -> Distribution | None:
    given = table.get("distribution")
    if given is None:
        return None
    name = re.sub(r"[._]+", "-", table["package"]).strip("-") or "sdk"
    return Distribution(
        **{"name": name, **given, "authors": tuple(given.get("authors", ()))}
    )


def _style(table: Mapping[str, Any], places: Places, index: int) -> Style:
    """What an SDK chooses about its face."""
    given = table.get("rename", {})
    renames = []
    for place, names in given.items():
        span = places.find(("sdk", index, "rename", place))
        if isinstance(names, str):
            renames.append(Rename(place, names, "", span, places.line(span)))
        elif isinstance(names, dict):
            line = places.line(span)
            renames += [Rename(place, n, of, span, line) for of, n in names.items()]
    return Style(
        naming=table.get("naming", PLAIN.naming),
        renames=tuple(renames),
        enums=table.get("enums", PLAIN.enums),
        types=frozenset(table.get("types", ())),
        naming_keywords=tuple(k for k in NAMING_KEYWORDS if given.get(k) is True),
    )


def _terms(command: str, table: Mapping[str, Any], path: Path, places: Places) -> Terms:
    own = table.get(command, {})
    spans = {
        rule: places.find((command, "severity", rule))
        for rule in own.get("severity", {})
    }
    return Terms(
        path.parent / own["ignore"] if "ignore" in own else None,
        tuple(
            Setting(rule, own["severity"][rule], span, places.line(span))
            for rule, span in spans.items()
        ),
    )


def _distinct(sdks: tuple[Sdk, ...], places: Places, report: Report) -> tuple[Sdk, ...]:
    """Report SDKs that would be written to the same place."""
    seen: set[str] = set()
    for index, sdk in enumerate(sdks):
        layout = replace(sdk, base=Path()).layout
        wanted = [("package", layout.folder)]
        if sdk.tests or sdk.tests_output is not None:
            key = "package" if sdk.tests_output is None else "tests_output"
            wanted.append((key, layout.tests_folder))
        if sdk.distribution is not None:
            wanted.append(("distribution", layout.output / PROJECT))
        taken = [(key, os.path.normpath(place)) for key, place in wanted]
        # One complaint of an SDK is enough: the tests follow the package.
        for key, place in taken:
            if place.casefold() in seen:
                span = places.find(("sdk", index, key))
                message = f"another SDK is written to {Path(place).as_posix()} already"
                report.add("config", message, span, source=places.line(span))
                break
        seen |= {place.casefold() for _, place in taken}
    _check_inner(sdks, places, report)
    return sdks


def _check_inner(sdks: tuple[Sdk, ...], places: Places, report: Report) -> None:
    """Report packages inside of others that have a module of that name."""
    folders = [
        PurePath(os.path.normpath(replace(sdk, base=Path()).layout.folder))
        for sdk in sdks
    ]
    for index, inner in enumerate(folders):
        for sdk, outer in zip(sdks, folders, strict=True):
            if outer not in inner.parents:
                continue
            name = inner.relative_to(outer).parts[0]
            if name in MODULES or name.startswith("_"):
                span = places.find(("sdk", index, "package"))
                message = f"{sdk.package!r} has a module {name!r} of its own; "
                message += "call this package something else"
                report.add("config", message, span, source=places.line(span))


def schema() -> str:
    """The JSON Schema of a configuration."""
    return resources.files("codegen").joinpath("config.schema.json").read_text("utf-8")


@cache
def _schema() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(schema())
    return found


def _wrong_type(path: tuple[str | int, ...], given: Any) -> str:
    """What to say of a type that is none for its format; nothing elsewhere."""
    if path[-2:-1] != ("types",) or path[-1] not in TYPES:
        return ""
    message = f"{given!r} is no type for this format, {TYPES[str(path[-1])]!r} is"
    others = [name for name, type_ in TYPES.items() if type_ == given]
    return f"{message}; {given!r} is for {others[0]!r}" if others else message
