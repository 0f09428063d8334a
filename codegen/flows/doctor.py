"""The flow of `codegen doctor`: what made a generated package, what it runs on here,
and what is missing. No code of the package is run."""

from __future__ import annotations

import ast
import importlib
import importlib.metadata
import importlib.util
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from codegen import config, copies, digests, manifest, sightings, versions
from codegen.config import Sdk
from codegen.diagnostics import Report, Span
from codegen.flavours.flavour import FLAVOURS
from codegen.flows import reading
from codegen.flows.reading import NOTHING, Asked
from codegen.manifest import Manifest
from codegen.runtime._accelerator import left_to_python, read_table

_PYTHON: Final = (3, 11)
"""The oldest Python that a package runs on."""

_HELPFUL: Final = {
    "orjson": "parses JSON faster",
    "pybase64": "decodes audio faster",
    "pytest": "runs the golden tests",
    "hypothesis": "makes random documents with the strategies",
}
"""What a package or its tests use if it is installed, and what for."""


@dataclass(frozen=True, slots=True)
class Health:
    """What was found: `facts`, by what each is about, and sentences on what is
    `wrong`."""

    facts: list[tuple[str, str]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All of it, for people."""
        room = max(len(about) for about, _ in self.facts)
        lines = [f"{about:{room}}  {fact}" for about, fact in self.facts]
        lines += [f"wrong: {text}" for text in self.wrong]
        return "".join(f"{line}\n" for line in lines)


def examine(name: Path, report: Report, asked: Asked = NOTHING) -> Health | None:
    """Examine a package, given by its folder or by the name of a configured SDK. None,
    with the reason reported, where there is no such package. What is wrong with the
    configuration does not matter to a folder, unless it asks for another version."""
    own = Report()
    sdk = _sdk(name, own, asked)
    if not _is_package(name):
        report.take(own)
        if report.failed and sightings.kind(name) != sightings.FOLDER:
            return None  # It may well be the name of an SDK.
    folder = sdk.layout.folder if sdk else name
    path = folder / manifest.NAME
    try:
        text = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        message = "no package of codegen: there is no manifest in it"
        report.add("read", message, Span(folder.as_posix()))
        return None
    except OSError as error:
        why = f"cannot be read: {error.strerror or error}"
        report.add("read", why, Span(path.as_posix()))
        return None
    root, listed = _listed(folder, text)
    health = Health()
    health.wrong.extend(one.message for one in own if one.code == config.VERSION)
    health.facts.append(("package", folder.as_posix()))
    _made_by(root, listed, health)
    _made_from(listed, sdk, health)
    _files(root, listed, health)
    _environment(health)
    _classes(folder, health)
    health.facts.append(("codec", _codec(folder)))
    return health


def _is_package(folder: Path) -> bool:
    return sightings.kind(folder / manifest.NAME) == sightings.FILE


def _listed(folder: Path, data: bytes) -> tuple[Path, Manifest]:
    """The manifest of a package, and the folder that its paths are relative to. This is
    the folder from which the package is imported, which may be several levels above the
    package."""
    places = folder.absolute().parts
    for depth in range(1, len(places)):
        found = manifest.read(data, "/".join(places[-depth:]))
        if found.digests:
            return Path(*places[:-depth]), found
    return folder.parent, manifest.read(data, folder.name)


def _made_by(root: Path, listed: Manifest, health: Health) -> None:
    version = listed.version or "of a version before 0.1.0"
    ours = "" if listed.version == versions.OURS else f"; this is {versions.OURS}"
    health.facts.append(("made by", f"codegen {version}{ours}"))
    copied = [path for path in listed.digests if "/_runtime/" in path]
    same = bool(copied) and all(_is_copy(root, path) for path in copied)
    which = "that of this version" if same else "another than that of this version"
    health.facts.append(("runtime", f"{listed.runtime or 'unknown'}, {which}"))


def _is_copy(root: Path, path: str) -> bool:
    """Whether a file is what this version of the tool copies there; its first line, a
    comment, does not count."""
    source = copies.source_of(f"package/_runtime/{path.rpartition('/')[2]}")
    try:
        text = digests.unified((root / path).read_bytes())
    except OSError:
        return False
    return source is not None and text.partition(b"\n")[2] == source.read_bytes()


def _sdk(name: Path, report: Report, asked: Asked) -> Sdk | None:
    """The configured SDK of this name, or whose package is this folder."""
    found = reading.configuration(asked, report)
    if not _is_package(name):
        return next(iter(reading.configured(name, found, asked)), None)
    folder = name.resolve()
    sdks = map(asked.over, found.sdks if found else ())
    return next((sdk for sdk in sdks if sdk.layout.folder.resolve() == folder), None)


def _made_from(listed: Manifest, sdk: Sdk | None, health: Health) -> None:
    names = ", ".join(listed.inputs) or "unknown"
    health.facts.append(("made from", names))
    if sdk is None:
        return
    whole = sightings.kind(sdk.path) == sightings.FOLDER
    folder = sdk.path if whole else sdk.path.parent
    apart = {overlay.name: overlay for overlay in reading.overlays(sdk)}
    for name, digest in listed.inputs.items():
        if ":" in name.partition("/")[0]:
            continue  # Another document may stand for a URI by now.
        places = (folder / name, apart.get(name, folder / name))
        place = next(filter(sightings.kind, places), places[0])
        try:
            now = manifest.digest(place.read_bytes())
        except OSError:
            health.wrong.append(f"{name}, which it was made from, is missing")
            continue
        if now != digest:
            health.wrong.append(f"{name} is not what the package was made from")


def _files(root: Path, listed: Manifest, health: Health) -> None:
    problems = list(_problems(root, listed))
    health.facts.append(("files", f"{len(listed.digests)}"))
    if not listed.digests:
        health.wrong.append("the manifest lists no files")
    if listed.unfinished:
        health.wrong.append("a run was broken off; `codegen generate` mends it")
    health.wrong.extend(problems)


def _problems(root: Path, listed: Manifest) -> Iterator[str]:
    for path, known in sorted(listed.digests.items()):
        try:
            if manifest.digest((root / path).read_bytes()) not in known:
                yield f"{path} is not as it was written"
        except OSError:
            yield f"{path} is missing"


def _environment(health: Health) -> None:
    running = ".".join(map(str, sys.version_info[:3]))
    health.facts.append(("python", running))
    if sys.version_info < _PYTHON:
        health.wrong.append(
            f"packages run on Python {_PYTHON[0]}.{_PYTHON[1]} or later"
        )
    for name, use in _HELPFUL.items():
        health.facts.append((name, f"{_version(name)} ({use})"))


def _classes(folder: Path, health: Health) -> None:
    """What the classes of a package are made of, if that is somebody else's."""
    for flavour in FLAVOURS.values():
        adapter = folder / "_runtime" / f"{flavour.name}_adapter.py"
        if not flavour.needs or sightings.kind(adapter) != sightings.FILE:
            continue
        found = _version(flavour.needs)
        health.facts.append((flavour.needs, f"{found} (its classes are of it)"))
        if importlib.util.find_spec(flavour.needs) is None:
            health.wrong.append(f"{flavour.needs}, which its classes need, is missing")


def _codec(folder: Path) -> str:
    """Which codec decodes the events of a package in this environment, told from what
    is installed. A package that runs says the same as its `__codec__`."""
    tables = native_tables(folder / "_native.py")
    if tables is None:
        return "python (the package has no tables for another)"
    try:
        native: Any = importlib.import_module("wirewright_native")
        version, known = native.__version__, native.TABLES
    except ModuleNotFoundError:
        return "python (wirewright-native is not installed)"
    except Exception as error:  # noqa: BLE001 - it is somebody's installation
        return f"python ({type(error).__name__}: {error})"
    if tables not in known:
        return f"python (wirewright-native {version} reads no tables of {tables})"
    return f"native (wirewright-native {version}{_left(folder / '_native.py')})"


def _left(path: Path) -> str:
    """What the tables of the native codec leave to Python, in words."""
    try:
        parts = ast.parse(path.read_text("utf-8")).body
        tables = [
            ast.literal_eval(part.value)
            for part in parts
            if isinstance(part, ast.AnnAssign)
            and isinstance(part.value, ast.Dict)
            and ast.unparse(part.target) in ("CLASSES", "NODES")
        ]
        if any(isinstance(node, dict) for table in tables for node in table.values()):
            return left_to_python(*tables)
        return left_to_python(*map(read_table, tables))
    except (OSError, SyntaxError, ValueError, TypeError, RecursionError):
        return ""


def native_tables(path: Path) -> int | None:
    """The version of a package's native tables, read from their text; None where it has
    none."""
    try:
        text = path.read_text("utf-8")
    except OSError:
        return None
    found = re.search(r"^VERSION: int = (\d+)$", text, re.MULTILINE)
    return int(found[1]) if found else None


def _version(name: str) -> str:
    if importlib.util.find_spec(name) is None:
        return "not installed"
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "installed"
