"""The digest of the tool itself: its code, its templates, and what it runs on."""

from __future__ import annotations

import os
import sys

from codegen import digests

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


def digest() -> str:
    """The digest; empty where the files of the tool cannot be seen."""
    own = list(_files(_PACKAGE))
    # In a checkout the templates lie beside the package; installed, inside of it.
    own += _files(os.path.join(os.path.dirname(_PACKAGE), "templates"))
    if not own:
        return ""
    parts = [*own, *_releases(), sys.version, sys.platform, sys.getfilesystemencoding()]
    return digests.of("\n".join(parts).encode("utf-8", "surrogateescape"))


def _files(folder: str) -> Iterator[str]:
    """The files below a folder with their digests, in an order of their own."""
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(names):
            path = os.path.join(where, name)
            try:
                with open(path, "rb") as file:
                    found = digests.of(file.read())
            except OSError:
                found = "unreadable"
            yield f"{os.path.relpath(path, folder)}\0{found}"


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
