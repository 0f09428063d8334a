"""Our contender: a package generated from the vendor's file, as any user would.

It is generated twice under two names, because a package settles for a JSON engine
when it reads its first frame, and both engines are measured in one process.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from types import ModuleType
from typing import Any, Final

from benchmarks.workloads import CORPUS

SPEC: Final = CORPUS / "openapi-2026-08-14.yaml"


class GenerationFailed(RuntimeError):
    """`codegen generate` did not write a package; the message is what it said."""


def generate(
    package: str, directory: Path, *arguments: str, spec: Path = SPEC
) -> float:
    """Generates `directory/package`; the seconds that took."""
    from codegen.cli import main

    said = io.StringIO()
    started = perf_counter()
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
        code = main(
            [
                *("generate", str(spec), "--package", package),
                *("--output", str(directory), *arguments),
            ]
        )
    if code != 0:
        raise GenerationFailed(f"exit code {code}: {said.getvalue()[-2000:]}")
    return perf_counter() - started


def load(
    package: str, directory: Path, *, orjson: bool, native: bool = False
) -> ModuleType:
    """The package, with its engine and its codec settled."""
    if str(directory) not in sys.path:
        sys.path.insert(0, str(directory))
    module = importlib.import_module(package)
    engine = importlib.import_module(f"{package}._runtime._json")
    with contextlib.nullcontext() if orjson else hidden("orjson"):
        chosen = engine.engine()
    expected = "orjson" if orjson else "json"
    if chosen != expected:
        raise GenerationFailed(f"{package} reads with {chosen}, not with {expected}")
    os.environ["WIREWRIGHT_NATIVE"] = str(int(native))
    if native is not module.__codec__.startswith("native"):
        raise GenerationFailed(f"{package} decodes by {module.__codec__}")
    return module


def has_native() -> bool:
    """Whether the native codec is installed."""
    return importlib.util.find_spec("wirewright_native") is not None


@contextlib.contextmanager
def hidden(name: str) -> Iterator[None]:
    """Makes a module look as if it were not installed."""
    before: Any = sys.modules.get(name)
    sys.modules[name] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[name]
        if before is not None:
            sys.modules[name] = before
