"""The digest of the tool itself: its code, its templates, and what it runs on."""

from __future__ import annotations

import os
import sys

from codegen import digests
from codegen.cache import trees
from codegen.cache.folder import place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Final

DEPENDENCIES: Final = (
    *("argcomplete", "datamodel-code-generator", "genson", "inflect", "isort"),
    *("more-itertools", "msgspec", "pydantic", "pydantic-core", "typeguard"),
    *("annotated-types", "typing-inspection"),
    *("attrs", "black", "click", "colorama", "jinja2", "jsonschema", "jsonschema-rs"),
    *("jsonschema-specifications", "markupsafe", "mypy-extensions", "orjson"),
    *("packaging", "pathspec", "platformdirs", "pybase64", "python-jsonpath"),
    *("pytokens", "pyyaml", "referencing", "rpds-py", "typing-extensions"),
)
"""What is imported from elsewhere while generating, with what that imports in turn, and
what the runtime uses where it is installed."""

_PACKAGE: Final = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_METADATA: Final = (".dist-info", ".egg-info")


_last: tuple[object, list[str]] | None = None
"""What the system said about the files when they were last read, and their digests."""


def kept_for() -> str:
    """The digest, which is part of the names under which things are stored; empty if
    nothing can be."""
    return "" if place() is None else digest()


def digest() -> str:
    """The digest; empty if the files of the tool cannot be read."""
    # In a checkout the templates lie beside the package; installed, inside of it.
    roots = (_PACKAGE, os.path.join(os.path.dirname(_PACKAGE), "templates"))
    own = _digests([(root, file) for root in roots for file in _files(root)])
    if not own:
        return ""
    parts = [*own, *_releases(), sys.version, sys.platform, sys.getfilesystemencoding()]
    return digests.of("\n".join(parts).encode("utf-8", "surrogateescape"))


def _digests(files: list[tuple[str, os.DirEntry[str]]]) -> list[str]:
    """The files below some folders with their digests. As long as the files do not
    change, they are read once."""
    global _last
    try:
        said = trees.stamp(file.stat() for _, file in files)
    except OSError:
        said = []
    stamp = ([file.path for _, file in files], said)
    if said and _last is not None and _last[0] == stamp:
        return _last[1]
    found = [_read(*file) for file in files]
    _last = (stamp, found) if said else None
    return found


def _read(root: str, file: os.DirEntry[str]) -> str:
    try:
        with open(file.path, "rb") as opened:
            found = digests.of(opened.read())
    except OSError:
        found = "unreadable"
    return f"{os.path.relpath(file.path, root)}\0{found}"


def _files(folder: str) -> Iterator[os.DirEntry[str]]:
    """The files below a folder, in a fixed order."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError:
        return
    folders = []
    for entry in entries:
        if not entry.is_dir():
            yield entry
        elif entry.name != "__pycache__" and not entry.is_symlink():
            folders.append(entry.path)
    for inner in folders:
        yield from _files(inner)


def _releases() -> Iterator[str]:
    """The installed releases of what we depend on, in the order of the import path: by
    the names of their metadata, as reading that takes as long as all else here."""
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")
        except OSError:
            continue
        for name in sorted(names):
            if name.endswith(_METADATA):
                project = name.partition("-")[0].lower().replace("_", "-")
                if project.replace(".", "-") in DEPENDENCIES:
                    yield name
