"""A generated package imported from memory, before anything is on disk."""

from __future__ import annotations

import functools
import importlib
import importlib.abc
import importlib.machinery
import itertools
import marshal
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import CodeType, MappingProxyType, ModuleType

from codegen.artifact import OutputFile

_count = itertools.count(1)


@contextmanager
def imported(
    package: str,
    files: Iterable[OutputFile],
    code: Mapping[str, bytes] = MappingProxyType({}),
) -> Iterator[ModuleType]:
    """The package, under a name of its own for as long as the context lasts. `code` has
    what files were compiled to, by path; others are compiled here.

    Files outside the package's folder are ignored. The sources are the generator's
    own and are executed in this process.
    """
    alias = f"_codegen_memory_{next(_count)}"
    compiled = {_module(path): made for path, made in code.items()}
    finder = _Finder(alias, dict(_sources(package, files)), compiled)
    sys.meta_path.insert(0, finder)
    try:
        yield importlib.import_module(alias)
    finally:
        sys.meta_path.remove(finder)
        for name in [n for n in sys.modules if n.partition(".")[0] == alias]:
            del sys.modules[name]


def _sources(package: str, files: Iterable[OutputFile]) -> Iterator[tuple[str, str]]:
    """The modules of a package by their name below it; the package itself is empty."""
    for file in files:
        folder, _, path = file.path.partition("/")
        if folder != package or not path.endswith(".py"):
            continue
        yield _module(file.path), file.text


def _module(path: str) -> str:
    """What a file of a package is called below it; the package itself is empty."""
    name = path.partition("/")[2].removesuffix(".py").replace("/", ".")
    return name.removesuffix("__init__").removesuffix(".")


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    """Finds the modules of one package among texts."""

    def __init__(
        self, alias: str, sources: Mapping[str, str], code: Mapping[str, bytes]
    ) -> None:
        self._alias = alias
        self._sources = sources
        self._code = code
        self._folders = {
            ".".join(steps[:n])
            for steps in (name.split(".") for name in sources)
            for n in range(1, len(steps))
        }

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,
        target: ModuleType | None = None,
    ) -> importlib.machinery.ModuleSpec | None:
        """The place of a module, if it is of this package."""
        root, _, name = fullname.partition(".")
        if root != self._alias:
            return None
        inside = name in self._folders
        if name not in self._sources and not inside:
            return None
        return importlib.machinery.ModuleSpec(
            fullname, self, is_package=not name or inside
        )

    def is_package(self, fullname: str) -> bool:
        """Whether a module has modules below it."""
        name = fullname.partition(".")[2]
        return not name or name in self._folders

    def get_source(self, fullname: str) -> str:
        """The text of a module; a folder without `__init__.py` is empty."""
        return self._sources.get(fullname.partition(".")[2], "")

    def get_code(self, fullname: str) -> CodeType | None:
        """What a module is compiled to."""
        name = fullname.partition(".")[2]
        made = self._code.get(name)
        if made is None and name.startswith("_runtime."):
            return _of_runtime(self.get_source(fullname))
        if made is None:
            return super().get_code(fullname)
        code: CodeType = marshal.loads(made)
        return code


@functools.lru_cache(maxsize=128)
def _of_runtime(source: str) -> CodeType:
    """A module of the runtime, which is the same in every package, compiled once."""
    return _Finder.source_to_code(source)
