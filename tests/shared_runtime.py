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

ASKED = re.compile(r"^( *from )\.+_runtime\.(\w+)", re.MULTILINE)
BESIDE = re.compile(r"^ *from \.(\w+)", re.MULTILINE)


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
    """Copy packages into a folder, with `runtime` beside them in place of their own.

    To a checker of types it is as good as one in each, as long as each would find in
    its own what it asks for.
    """
    shared: dict[str, str] = {}
    for package in packages:
        files = (package / "_runtime").glob("*.py")
        own = {file.stem: file.read_text("utf-8") for file in files}
        assert own == {name: shared.setdefault(name, own[name]) for name in own}
        asked = {name for text in own.values() for name in BESIDE.findall(text)}
        copied = folder / package.name
        shutil.copytree(package, copied, ignore=shutil.ignore_patterns("_runtime"))
        for file in copied.rglob("*.py"):
            text = file.read_text("utf-8")
            asked |= {name for _, name in ASKED.findall(text)}
            file.write_text(ASKED.sub(r"\1runtime.\2", text), encoding="utf-8")
        assert own.keys() >= asked
    (folder / "runtime").mkdir()
    for name, text in shared.items():
        (folder / "runtime" / f"{name}.py").write_text(text, encoding="utf-8")
