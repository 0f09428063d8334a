"""`[tool.codegen]` of pyproject.toml: which SDKs to generate, from what, to where.

The table is described by `config.schema.json`, which editors can use as well.
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
from pathlib import Path
from typing import Any, Final

from codegen import import_roots, sightings
from codegen.diagnostics import Report, Span
from codegen.layouts import Layout

TYPE_CHECKING = False
if TYPE_CHECKING:
    import jsonschema

FILE: Final = "pyproject.toml"
NOWHERE: Final = Span("")


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
    project: Path | None = None
    """The folder of the configuration, if there is one."""
    base: Path = Path()
    span: Span = NOWHERE

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
    """What `[tool.codegen]` says; `path` is the file that says it. `import_roots` are
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
    """The nearest pyproject.toml at or above a folder that configures codegen."""
    start = start.resolve()
    for folder in (start, *start.parents):
        path = folder / FILE
        if sightings.kind(path) == sightings.FILE and _mentions_codegen(path):
            return path
    return None


def _mentions_codegen(path: Path) -> bool:
    try:
        return b"tool.codegen" in sightings.content(path)
    except OSError:
        return False


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
    try:
        text = content.decode()
        table = tomllib.loads(text)
    except UnicodeDecodeError:
        report.add("syntax", "not UTF-8", Span(shown))
        return None
    except tomllib.TOMLDecodeError as error:
        _report_syntax(str(error), shown, report)
        return None
    places = _Places(shown, text)
    value = _codegen_table(table)
    if value is None:
        report.add("config", "there is no [tool.codegen] table", Span(shown))
        return None
    before = len(report)
    for problem in _validator().iter_errors(value):
        _report_problem(problem, places, report)
    if len(report) > before:
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
        _sdk({**found.shared, **table}, found, places.find(("sdk", index)))
        for index, table in enumerate(value.get("sdk", ()))
    )
    return replace(found, sdks=_distinct(sdks, places, report))


SHARED: Final = (
    *("include", "exclude", "overlays", "perspective"),
    *("lenient", "assert_formats", "root"),
)
"""Keys that say which document is meant and how it is read, for all commands alike."""


def _codegen_table(table: Mapping[str, Any]) -> Mapping[str, Any] | None:
    tool = table.get("tool")
    value = tool.get("codegen") if isinstance(tool, dict) else None
    return value if isinstance(value, dict) else None


def _sdk(table: Mapping[str, Any], found: Config, span: Span) -> Sdk:
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
        project=found.path.parent,
        base=found.path.parent,
        span=span,
    )


def _terms(
    command: str, table: Mapping[str, Any], path: Path, places: _Places
) -> Terms:
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


def _distinct(
    sdks: tuple[Sdk, ...], places: _Places, report: Report
) -> tuple[Sdk, ...]:
    """Report SDKs that would be written to the same place."""
    seen: set[str] = set()
    for index, sdk in enumerate(sdks):
        layout = replace(sdk, base=Path()).layout
        wanted = [("package", layout.folder)]
        if sdk.tests or sdk.tests_output is not None:
            key = "package" if sdk.tests_output is None else "tests_output"
            wanted.append((key, layout.tests_folder))
        taken = [(key, os.path.normpath(place)) for key, place in wanted]
        # One complaint of an SDK is enough: the tests follow the package.
        for key, place in taken:
            if place.casefold() in seen:
                span = places.find(("sdk", index, key))
                message = f"another SDK is written to {Path(place).as_posix()} already"
                report.add("config", message, span, source=places.line(span))
                break
        seen |= {place.casefold() for _, place in taken}
    return sdks


# --- problems and their places -----------------------------------------------------


@cache
def _validator() -> jsonschema.Draft202012Validator:
    import jsonschema  # It takes as long to import as a small specification to read.

    text = resources.files("codegen").joinpath("config.schema.json").read_text("utf-8")
    return jsonschema.Draft202012Validator(json.loads(text))


_POSITION = re.compile(r"^(.*) \(at line (\d+), column (\d+)\)$", re.DOTALL)


def _report_syntax(message: str, shown: str, report: Report) -> None:
    position = _POSITION.match(message)
    if position is None:
        report.add("syntax", message, Span(shown))
    else:
        what, line, column = position.groups()
        report.add("syntax", what, Span(shown, int(line), int(column)))


def _report_problem(
    problem: jsonschema.ValidationError, places: _Places, report: Report
) -> None:
    path = tuple(problem.absolute_path)
    if problem.validator == "additionalProperties":
        schema: Any = problem.schema
        known = schema["properties"]
        instance: Any = problem.instance
        for name in instance:
            if name not in known:
                message = f"unknown key {name!r}; known are {', '.join(known)}"
                span = places.find((*path, name))
                report.add("config", message, span, source=places.line(span))
        return
    span = places.find(path)
    where = ".".join(str(part) for part in path if isinstance(part, str))
    message = f"{where}: {problem.message}" if where else problem.message
    report.add("config", message, span, source=places.line(span))


_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]#]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"\s*([A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*')\s*=")


class _Places:
    """Where keys stand in a TOML text; `tomllib` does not tell.

    Finds table headers and the keys at the beginning of lines below them, which is
    how people write this table. What is written otherwise is placed at the nearest
    header that was found.
    """

    def __init__(self, shown: str, text: str) -> None:
        self._shown = shown
        self._lines = text.splitlines()
        self._places: dict[tuple[str | int, ...], tuple[int, int]] = {}
        counts: dict[str, int] = {}
        table: tuple[str | int, ...] | None = None
        for number, line in enumerate(self._lines, 1):
            if header := _HEADER.match(line):
                table = self._header(header, counts, number)
            elif table is not None and (key := _KEY.match(line)):
                name = key.group(1).strip("\"'")
                place = (number, key.start(1) + 1)
                self._places.setdefault((*table, name), place)

    def _header(
        self, header: re.Match[str], counts: dict[str, int], line: int
    ) -> tuple[str | int, ...] | None:
        parts = [part.strip().strip("\"'") for part in header.group(2).split(".")]
        if parts[:2] != ["tool", "codegen"]:
            return None
        table: tuple[str | int, ...] = tuple(parts[2:])
        if header.group(1) == "[[":
            name = ".".join(parts)
            counts[name] = counts.get(name, -1) + 1
            table = (*table, counts[name])
        self._places.setdefault(table, (line, header.start(1) + 1))
        return table

    def find(self, path: Sequence[str | int]) -> Span:
        """The place of a path below `[tool.codegen]`, or of what holds it."""
        for length in range(len(path), -1, -1):
            if place := self._places.get(tuple(path[:length])):
                return Span(self._shown, *place)
        return Span(self._shown, 1, 1)

    def line(self, span: Span) -> str:
        """The text of the line of a span."""
        return self._lines[span.line - 1] if span.line <= len(self._lines) else ""
