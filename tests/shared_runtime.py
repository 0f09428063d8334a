"""Generated packages of which each has a copy of the runtime, handled as having one.

What compiles a package, or checks its types, does the same work for each copy. It comes
to the same wherever the copies are so word for word.
"""

from __future__ import annotations

import py_compile
import re
import shutil
from collections.abc import Iterable
from importlib.util import cache_from_source
from pathlib import Path

RUNTIME = "_runtime"
OWN = re.compile(rf"^( *from )\.+{RUNTIME}\b", re.MULTILINE)


def compile_once(folder: Path) -> None:
    """Leave bytecode of all modules below a folder: of those that are alike, the same.

    Python puts the path of the file that it imports into what it reads.
    """
    made: dict[bytes, bytes] = {}
    unchecked = py_compile.PycInvalidationMode.UNCHECKED_HASH
    for path in folder.rglob("*.py"):
        text, cached = path.read_bytes(), Path(cache_from_source(str(path)))
        if text in made:
            cached.parent.mkdir(exist_ok=True)
            cached.write_bytes(made[text])
        else:
            py_compile.compile(str(path), doraise=True, invalidation_mode=unchecked)
            made[text] = cached.read_bytes()


def with_one(packages: Iterable[Path], folder: Path) -> None:
    """Copy packages into a folder, where equal runtimes are that of the first.

    To a checker of types, those of the first are as good as those of each.
    """
    owners: dict[tuple[tuple[str, bytes], ...], str] = {}
    for package in packages:
        files = sorted((package / RUNTIME).rglob("*.py"))
        said = tuple((path.name, path.read_bytes()) for path in files)
        owner, copied = owners.setdefault(said, package.name), folder / package.name
        if owner == package.name:
            shutil.copytree(package, copied)
            continue
        shutil.copytree(package, copied, ignore=shutil.ignore_patterns(RUNTIME))
        for path in copied.rglob("*.py"):
            text = OWN.sub(rf"\1{owner}.{RUNTIME}", path.read_text("utf-8"))
            path.write_text(text, encoding="utf-8")
