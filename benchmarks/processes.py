"""What can only be measured in a fresh process: imports, and whole programs."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import perf_counter

from benchmarks.timing import Time


def imports(
    statements: Mapping[str, str], path: Path, rounds: int = 7
) -> dict[str, Time]:
    """Milliseconds of each statement in a fresh interpreter above one that does
    nothing, bytecode cached, interleaved round by round.

    `path` is searched for modules before everything else.
    """
    environment = {k: v for k, v in os.environ.items() if k[:6] != "PYTHON"}
    programs = {"": "pass", **statements}
    seconds: dict[str, list[float]] = {name: [] for name in programs}
    for number in range(rounds + 1):
        for name, statement in programs.items():
            program = f"import sys; sys.path.insert(0, {str(path)!r}); {statement}"
            started = perf_counter()
            subprocess.run(
                [sys.executable, "-c", program],
                check=True,
                env=environment,
                stdout=subprocess.DEVNULL,
            )
            # The first round only writes the bytecode.
            if number:
                seconds[name].append(perf_counter() - started)
    bare = seconds.pop("")
    return {
        name: Time(
            (min(times) - min(bare)) * 1e3,
            (statistics.median(times) - statistics.median(bare)) * 1e3,
        )
        for name, times in seconds.items()
    }


def said(program: str, path: Path, text: str, rounds: int = 7) -> Time:
    """The numbers that a program prints in fresh interpreters, bytecode cached. It is
    given `text` as its input."""
    environment = {k: v for k, v in os.environ.items() if k[:6] != "PYTHON"}
    program = f"import sys; sys.path.insert(0, {str(path)!r})\n{program}"
    numbers = [
        float(
            subprocess.run(
                [sys.executable, "-c", program],
                check=True,
                env=environment,
                input=text,
                capture_output=True,
                text=True,
            ).stdout
        )
        for _ in range(rounds + 1)
    ][1:]
    return Time(min(numbers), statistics.median(numbers))


def command(arguments: Sequence[str]) -> float:
    """Seconds that a program takes from start to end. Raises CalledProcessError."""
    with tempfile.TemporaryFile() as output:
        started = perf_counter()
        subprocess.run(arguments, check=True, stdout=output, stderr=output)
        return perf_counter() - started


def machine() -> str:
    """The processor and the interpreter, in words; nothing that names the machine."""
    model = "unknown processor"
    cpus = Path("/proc/cpuinfo")
    if cpus.exists():
        lines = cpus.read_text().splitlines()
        names = [line for line in lines if line.startswith("model name")]
        model = names[0].split(":", 1)[1].strip() if names else model
    version = ".".join(map(str, sys.version_info[:3]))
    name = sys.implementation.name.replace("cpython", "CPython")
    return f"{model}, {os.cpu_count()} logical cores, {name} {version}, {sys.platform}"
