"""The flow of `codegen init`: a first configuration for a specification."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from codegen import addresses, config, frontend, output, package_names
from codegen import python as python_sdk
from codegen.config import Sdk
from codegen.diagnostics import COMMAND_LINE, CodegenError, Report, Span
from codegen.escaping import toml
from codegen.flows import depths, reading
from codegen.flows.garbage import uncollected
from codegen.frontend import dialects
from codegen.ir import model as ir
from codegen.source.reader import INPUT

_DOCUMENTATION: Final = "codegen config --schema"


@dataclass(frozen=True, slots=True)
class Begun:
    """The files that were written, and the package that they configure."""

    written: tuple[Path, ...]
    package: str


def begin(
    spec: Path, package: str | None, report: Report, *, allow_remote: bool = False
) -> Begun | None:
    """Write a configuration and an empty overlay into the working directory. None, with
    the reasons reported and nothing written, where there is a configuration already, or
    where no package can be made of the specification."""
    here = Path.cwd()
    _refuse_another(here, spec, report)
    _refuse_for_another_version(report)
    sdk, found = _read(spec, here, report, allow_remote=allow_remote)
    failed = report.failed
    if package is not None:
        package_names.check_package_name(package, COMMAND_LINE, report)
    _refuse_unsayable(sdk, report)
    if found is None or failed:
        return None
    name = package or _package_name(found.module.title, spec)
    shape = _shape(found, replace(sdk, package=name), report)
    overlay, path = Path(f"{name}.overlay.yaml"), Path(config.OWN)
    nothing = _overlay(found)
    if os.path.lexists(overlay) and not _says(overlay, nothing):
        message = "it is there already; it would be the overlay of the specification"
        report.add("output", message, Span(overlay.as_posix()))
    if shape is None or report.failed:
        return None
    text = _configuration(replace(sdk, package=name), shape, overlay)
    # The overlay goes first: a configuration stands for all that was begun.
    output.commit([], report, {overlay: nothing.encode(), path: text.encode()})
    return None if report.failed else Begun((path, overlay), name)


def _says(path: Path, text: str) -> bool:
    """Whether a file has this very text: a run that was broken off has left it."""
    try:
        return path.read_bytes() == text.encode()
    except OSError:
        return False


def _refuse_another(here: Path, spec: Path, report: Report) -> None:
    """Report a configuration that lies in this folder. One further up belongs to
    another project."""
    found = config.find(here)
    if found is not None and found.parent == here.resolve():
        table = "[[sdk]]" if found.name == config.OWN else "[[tool.codegen.sdk]]"
        message = f"there is a configuration already; add {table} to it by hand, with "
        message += f"`spec = {toml(addresses.shown(spec))}` and `package`; "
        message += f"`{_DOCUMENTATION}` has the other keys"
        report.add("config", message, Span(found.name))


def _refuse_for_another_version(report: Report) -> None:
    """Report a configuration around that asks for another version of this tool: what
    is written would be for this one."""
    own = Report()
    reading.configuration(reading.NOTHING, own)
    for item in own:
        if item.code == config.VERSION:
            report.put(item)


def _refuse_unsayable(sdk: Sdk, report: Report) -> None:
    """Report what no configuration can name: standard input, or a path that is not
    UTF-8, which a configuration is."""
    path = addresses.shown(sdk.spec)
    if path == INPUT:
        message = "standard input is there only once, and a configuration is for every "
        message += "run; write the specification to a file and say `codegen init FILE`"
        report.add("config", message, Span(path))
    try:
        path.encode()
    except UnicodeEncodeError:
        message = "the path is not UTF-8, which a configuration is; rename it"
        report.add("config", message, Span(path))


# --- what the specification is -----------------------------------------------------


def _read(
    spec: Path, here: Path, report: Report, *, allow_remote: bool
) -> tuple[Sdk, frontend.Loaded | None]:
    """The specification as the SDK is to read it: strictly if that succeeds, otherwise
    leniently."""
    remote = addresses.of(spec) is not None
    near = spec if remote else Path(os.path.relpath(spec.absolute(), here))
    above = os.path.join(*[part for part in near.parts if part == ".."] or ["."])
    # References lead below the configuration, unless the specification is no part.
    root = None if above == "." else here / above
    strict = Sdk(near, "", root=root, project=here, base=here, span=COMMAND_LINE)
    strict = replace(strict, allow_remote=allow_remote)
    first = Report()
    for sdk, own in (
        (strict, first),
        (replace(strict, lenient=True), Report()),
    ):
        try:
            with uncollected():
                found = frontend.load(spec, reading.options(sdk, own), own)
        except CodegenError as error:
            report.take(error.report)
            return sdk, None
        if not own.failed:
            return sdk, found
    report.take(first)
    return strict, None


_LONGEST: Final = 40
"""How many characters of a title become the name of a package at most: whole words."""


def _package_name(title: str, spec: Path) -> str:
    """A name for the package, made from the title, or from the file name where the
    title has no words."""
    for text in (title, spec.stem, "api"):
        # Letters without their marks: `Öl` is `ol`, not `l`, and `Bob's` is `bob`.
        apart = unicodedata.normalize("NFKD", text.casefold())
        plain = "".join(c for c in apart if not unicodedata.combining(c))
        words = re.findall(r"[a-z0-9]+", re.sub(r"['\u2019](s\b)?", "", plain))
        while len(words) > 1 and len("_".join(words)) > _LONGEST:
            words.pop()
        name = "_".join(words).removesuffix("_api")
        name = f"api_{name}" if name[:1].isdecimal() else name
        own = Report()
        package_names.check_package_name(name, COMMAND_LINE, own)
        if not own.failed:
            return name
        package_names.check_package_name(f"{name}_api", COMMAND_LINE, again := Report())
        if name and not again.failed:
            return f"{name}_api"
    raise AssertionError("`api` is a name")


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a configuration has to mention: the names of unions with tags, the sides
    whose events nothing in the document tells, whether its messages have directions,
    and whose document it seems to be."""

    unions: tuple[str, ...]
    untold: tuple[str, ...]
    directed: bool
    perspective: str


_WAYS: Final = {
    "server": ir.Direction.SERVER_TO_CLIENT,
    "client": ir.Direction.CLIENT_TO_SERVER,
}


def _shape(found: frontend.Loaded, sdk: Sdk, report: Report) -> _Shape | None:
    try:
        with uncollected():
            package = python_sdk.decide(found.module, reading.settings(sdk))
    except RecursionError:
        depths.report(sdk, report)
        return None
    named = {table.name for table in package.tables if table.schema is not None}
    messages = [one for one in found.module.messages if one.kind == "event"]
    names = {place: name for name, place in found.module.names.items()}
    sent = [(one, names.get(one.payload, one.name)) for one in messages if one.payload]
    written = found.module.names.keys() - found.module.inline.keys()
    return _Shape(
        unions=tuple(sorted(named & written)),
        untold=tuple(s for s, way in _WAYS.items() if way not in package.directions),
        directed=bool(messages),
        perspective=_perspective(sent),
    )


def _perspective(named: Sequence[tuple[ir.Message, str]]) -> str:
    """Whose document it is, judged by the names of its messages. Where messages of the
    server are called the client's, it is the document of the client."""
    odds = 0
    for message, name in named:
        sent = message.direction is ir.Direction.SERVER_TO_CLIENT
        for word, fits in (("server", sent), ("client", not sent)):
            if word in name.lower():
                odds += 1 if fits else -1
    return "client" if odds < 0 else "server"


# --- what is written ---------------------------------------------------------------


def _configuration(sdk: Sdk, shape: _Shape, overlay: Path) -> str:
    """The text of a configuration."""
    name = sdk.package
    lines = [
        f"# What codegen generates. Every key: {_DOCUMENTATION}",
        "# After a change:  codegen generate",
        "# In a build:      codegen lint && codegen generate --check",
        "",
        "# The versions of codegen that may be used, because others may generate other",
        "# code. (docs/upgrading.md)",
        f"# required-version = {toml(_release())}",
        "",
        "[[sdk]]",
        f"spec = {toml(addresses.shown(sdk.spec))}",
        f"package = {toml(name)}",
        "",
        *_places(name),
        "# Correct the specification, or leave out parts of it, in overlays. The",
        "# document itself stays as the vendor published it.",
        f"overlays = [{toml(overlay.as_posix())}]",
        "",
        *_reading(sdk),
        *_direction(shape),
        "# Generate only these schemas, and what they refer to; leave out those.",
        '# include = ["Order*"]',
        '# exclude = ["*Internal"]',
        "",
        "# Attributes by PEP 8; classes called by the titles of their schemas.",
        "# (docs/styles.md)",
        '# naming = "snake_case"',
        "# rename = { title = true }",
        "",
        "# Enforce `format`.",
        "# assert_formats = true",
        "",
        "# Python types for formats of strings.",
        '# types = { date-time = "datetime", uuid = "UUID" }',
        "",
    ]
    return "\n".join(lines)


def _places(name: str) -> list[str]:
    """The lines on where package and tests go: into the package that it is a part of,
    where that lies in a folder of sources or here, as a part of that distribution."""
    top, dot, _ = name.partition(".")
    tests = f"tests/{name.replace('.', '/')}"
    for source in ("src", ".") if dot else ():
        if Path(source, top).is_dir():
            return [
                "# The folder to import the package from, and that of its tests.",
                f"output = {toml(source)}",
                f"tests_output = {toml(tests)}",
                "# tests = false",
                "",
            ]
    return [
        "# The folder for the package. Its golden tests go to",
        f"# {tests} in it, or to a folder of their own.",
        'output = "generated"',
        f"# tests_output = {toml(tests)}",
        "# tests = false",
        "",
        "# Make the package installable: write a pyproject.toml and a README into that",
        "# folder. (docs/distribution.md)",
        '# distribution = { license = "MIT" }',
        "",
    ]


def _reading(sdk: Sdk) -> list[str]:
    lines = []
    if sdk.root is not None:
        root = Path(os.path.relpath(sdk.root, sdk.base)).as_posix()
        lines += [
            "# The topmost folder that references may lead to.",
            f"root = {toml(root)}",
            "",
        ]
    if sdk.lenient:
        lines += [
            "# Accept anything where the specification has no safe meaning. `codegen",
            "# lint` names these places. Without this key they are errors.",
            "lenient = true",
            "",
        ]
    return lines


def _direction(shape: _Shape) -> list[str]:
    """The lines on who sends what: as the document says, as names suggest, or for the
    user to fill in."""
    perspective = f"perspective = {toml(shape.perspective)}"
    if shape.directed:
        return [
            '# The side that the specification describes, "server" or "client": what',
            "# it sends, the other side receives.",
            perspective,
            "",
        ]
    lines = [
        "# The side that offers the API. The package is for the other side.",
        perspective,
        "",
    ]
    if not shape.unions or not shape.untold:
        return lines
    lines += ["# The unions of events that the server and the client send, which"]
    lines += ["# their names do not tell. The unions with tags here are"]
    lines += [f"#   {toml(name)}" for name in shape.unions[:_MANY]]
    lines += ["#   and more"] if len(shape.unions) > _MANY else []
    for side in shape.untold:
        names = ", ".join(map(toml, _likely(side, shape.unions)))
        lines.append(f"# {side}_events = [{names}]")
    return [*lines, ""]


def _likely(side: str, unions: Sequence[str]) -> list[str]:
    """The unions that a side may send: those that are called so, else the first that is
    not called like the other side."""
    (other,) = _WAYS.keys() - {side}
    own = [name for name in unions if side in name.lower()]
    rest = [name for name in unions if other not in name.lower()]
    return own or (rest or list(unions))[:1]


_MANY: Final = 12
"""How many unions are listed at most."""


def _overlay(found: frontend.Loaded) -> str:
    """The text of an empty overlay. That of a folder shows that each action names its
    document."""
    module = found.module
    files = [file.path for file in module.files] if found.workspace.folder else []
    about = (
        f"  x-extends: {json.dumps(files[0], ensure_ascii=False)}\n" if files else ""
    )
    title = toml(f"What is mended in {module.title}" if module.title else "Mended")
    return (
        "# What the specification should say: https://spec.openapis.org/overlay\n"
        "overlay: 1.0.0\n"
        "info:\n"
        f"  title: {title}\n"
        "  version: 1.0.0\n"
        "actions:\n"
        "# Nothing yet: the whole document, with nothing more.\n"
        "- target: $\n"
        f"{about}"
        "  update: {}\n"
        f"{_examples(module.dialect, about)}"
    )


def _examples(dialect: str, about: str) -> str:
    """Two actions as comments, in the words of a dialect."""
    if dialect.startswith(("openapi", "asyncapi")):
        order, legacy = "$.components.schemas.Order", "$.components.schemas.Legacy"
    elif dialect in _WITH_DEFINITIONS:
        order, legacy = "$", "$.definitions.Legacy"
    else:
        order, legacy = "$", "$['$defs'].Legacy"
    nullable = dialect == dialects.OPENAPI_3_0.name
    null = "nullable: true" if nullable else 'type: [number, "null"]'
    lines = [
        f"- target: {order}.properties.total",
        *about.splitlines(),
        "  description: it comes as null for orders that nobody has paid",
        f"  update: {{{null}}}",
        f"- target: {legacy}",
        *about.splitlines(),
        "  remove: true",
    ]
    return "".join(f"# {line}\n" for line in lines)


_WITH_DEFINITIONS: Final = tuple(
    one.name for one in (dialects.DRAFT_4, dialects.DRAFT_6, dialects.DRAFT_7)
)
"""Drafts that have no `$defs`."""


def _release() -> str:
    from codegen.versions import OURS

    major, minor, *_ = OURS.split(".")
    return f"=={major}.{minor}.*"
