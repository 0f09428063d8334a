"""One command on one damaged document, and how that ended."""

from __future__ import annotations

import contextlib
import gc
import hashlib
import importlib
import io
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Final

import pytest

from codegen import cli, exits
from tests.corpus_paths import ROOT
from tests.fuzz.documents import Fuzzed

OK: Final = "ok"
FINDINGS: Final = "findings"
REFUSED: Final = "refused"
INTERNAL: Final = "internal error"
TIMEOUT: Final = "timeout"
MEMORY: Final = "memory"
BROKEN: Final = "broken package"
UNSAFE: Final = "unsafe output"
ORACLE: Final = "two opinions"
NO_PLACE: Final = "refused without a place"
OUTCOMES: Final = (
    *(OK, FINDINGS, REFUSED, TIMEOUT, MEMORY),
    *(INTERNAL, BROKEN, UNSAFE, ORACLE, NO_PLACE),
)
FAULTS: Final = frozenset({INTERNAL, BROKEN, UNSAFE, ORACLE, NO_PLACE})
"""What is a fault of the generator, whatever the document."""

PACKAGE: Final = "fuzzed"
_MEMORY: Final = 1 << 30
_PLACED: Final = re.compile(r"^[^\s:]+:\d+:\d+: error", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it ended; faults of one kind have one digest."""

    kind: str
    digest: str = ""
    detail: str = ""


class _Late(BaseException):
    """Time is up. Nobody who catches exceptions catches this one."""


def run(
    command: str, document: Fuzzed, folder: Path, *, alarm: float, golden: bool = False
) -> Outcome:
    """Run `generate` or `lint` in this process; `golden` runs the golden tests of
    what was generated as well."""
    spec = folder / f"spec{document.suffix}"
    document.write(spec)
    out = folder / "out"
    arguments = [command, spec.name]
    if command == "generate":
        arguments += ["--package", PACKAGE, "--output", out.name]
    try:
        found, _ = ended(arguments, folder, alarm)
        if found.kind == OK and command == "generate":
            return _of_package(out, golden)
        return found
    finally:
        shutil.rmtree(out, ignore_errors=True)
        spec.unlink()


def ended(arguments: list[str], folder: Path, alarm: float) -> tuple[Outcome, str]:
    """How a command ends in a folder, and what it prints."""
    try:
        with _inside(folder), pytest.MonkeyPatch.context() as patch:
            bugs: list[Exception] = []
            patch.setattr(cli, "_bug", bugs.append)
            code, told = _timed(arguments, alarm)
            return (_of_bug(bugs[0]) if bugs else _of_code(code, told)), told
    except _Late as error:
        return Outcome(TIMEOUT, _digest(error), _tail(error)), ""


def _timed(arguments: list[str], alarm: float) -> tuple[int, str]:
    """The exit code and what was printed. Raises `_Late`."""
    told = io.StringIO()
    with (
        contextlib.redirect_stderr(told),
        contextlib.redirect_stdout(told),
        _bounded(alarm),
    ):
        code = cli.main(arguments)
    return code, told.getvalue()


@contextlib.contextmanager
def _bounded(alarm: float) -> Iterator[None]:
    """Raises `_Late` where the processor's time is up, MemoryError where memory is.

    What is raised in a callback of the collector is lost, so it calls nobody meanwhile.
    """

    def late(_signal: int, _frame: FrameType | None) -> None:
        raise _Late

    before = signal.signal(signal.SIGPROF, late)
    told_of_garbage = gc.callbacks[:]
    gc.callbacks.clear()
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    limits = resource.getrlimit(resource.RLIMIT_AS)
    limit = pages * resource.getpagesize() + _MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (limit, limits[1]))
    signal.setitimer(signal.ITIMER_PROF, alarm)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
        gc.callbacks[:] = told_of_garbage
        resource.setrlimit(resource.RLIMIT_AS, limits)


@contextlib.contextmanager
def _inside(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def _of_bug(error: Exception) -> Outcome:
    return Outcome(INTERNAL, _digest(error), _tail(error))


def _of_code(code: int, told: str) -> Outcome:
    if "codegen: there is not enough memory" in told:
        return Outcome(MEMORY, "", told)
    if "error[unsafe-output]" in told:
        return Outcome(UNSAFE, _shape(told, "unsafe-output"), told)
    if "error[oracle]" in told:
        return Outcome(ORACLE, _shape(told, "oracle"), told)
    if code == exits.BAD_INPUT and not _PLACED.search(told):
        return Outcome(NO_PLACE, told.splitlines()[0][:60] if told else "", told)
    kinds = {exits.OK: OK, exits.FINDINGS: FINDINGS, exits.BAD_INPUT: REFUSED}
    return Outcome(kinds[code])


def _of_package(out: Path, golden: bool) -> Outcome:
    """Whether a generated package can be imported and passes its own tests."""
    sys.path.insert(0, str(out.resolve()))
    importlib.invalidate_caches()
    try:
        for path in sorted((out / PACKAGE).glob("*.py")):
            importlib.import_module(f"{PACKAGE}.{path.stem}".removesuffix(".__init__"))
        package = sys.modules[PACKAGE]
        for name in package.__all__:
            getattr(package, name)
    except Exception as error:  # noqa: BLE001 - whatever broken code may raise
        return Outcome(BROKEN, _digest(error), _tail(error))
    finally:
        sys.path.pop(0)
        for name in [n for n in sys.modules if n.split(".")[0] == PACKAGE]:
            del sys.modules[name]
    return _of_tests(out) if golden else Outcome(OK)


def _of_tests(out: Path) -> Outcome:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"]
    try:
        done = subprocess.run(
            command,
            cwd=out,
            env={
                **os.environ,
                "PYTHONPATH": str(out.resolve()),
                "PYTEST_ADDOPTS": "--rootdir=.",
            },
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
    except subprocess.TimeoutExpired:
        return Outcome(TIMEOUT, "golden: run for two minutes")
    if done.returncode == 0:
        return Outcome(OK)
    failed = re.findall(r"^(?:E   .*|FAILED .*|ERROR .*)$", done.stdout, re.MULTILINE)
    return Outcome(BROKEN, f"golden: {(failed or ['?'])[0][:60]}", done.stdout[-3000:])


def _digest(error: BaseException) -> str:
    """The exception and the innermost places in our code: one for each kind."""
    frames = [
        f"{Path(frame.filename).stem}.{frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
        if (ROOT / "codegen") in Path(frame.filename).parents
        or f"/{PACKAGE}/" in frame.filename
    ]
    unique = list(dict.fromkeys(frames))[-3:]
    whole = hashlib.sha256(repr(unique).encode()).hexdigest()[:6]
    said = shapeless(str(error))[:60]
    return f"{type(error).__name__} {whole} {' > '.join(unique)}: {said}"


def _tail(error: BaseException) -> str:
    lines = traceback.format_exception(error)
    return "".join(lines[-12:])[-4000:]


def _shape(told: str, code: str) -> str:
    """A message without what is particular to a document."""
    line = next(line for line in told.splitlines() if f"[{code}]" in line)
    message = line.split(f"[{code}]: ", 1)[1]
    return shapeless(message)[:70]


def shapeless(message: str) -> str:
    """A message without names and numbers."""
    return re.sub(r"'[^']*'|\"[^\"]*\"|`[^`]*`|\d+", "_", message)
