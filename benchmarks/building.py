"""What generation costs as a step of a build, beside datamodel-code-generator.

    python -m benchmarks.building [SPEC…] [--synthetic 10 100] [--no-write]

For each specification in one go: the peer, a cold run with and without golden tests,
one that changes nothing, one after a description was edited, `--check`, and the golden
tests. Each is a process of its own; wall is what one waits, CPU is of all processes,
and memory is their peak together, shared pages counted once.
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter

import yaml

from benchmarks import processes, workloads
from benchmarks.session import Table

RESULTS = Path(__file__).with_name("BUILDING.md")
WHOLE = workloads.CORPUS / "openapi-2026-08-14.yaml"
_EVERY = 0.05


@dataclasses.dataclass(frozen=True)
class Cost:
    """What a program took: seconds, seconds, megabytes; and how it ended."""

    wall: float
    cpu: float
    memory: float
    code: int


def cost(arguments: Sequence[str], folder: Path, cache: Path) -> Cost:
    """Run a program. `cache` is the user's, which nobody else has."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    started = perf_counter()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            arguments, cwd=folder, env=environment, stdout=output, stderr=output
        )
        peak = _Peak(process.pid)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = perf_counter() - started
    cpu = used.ru_utime + used.ru_stime
    memory = max(peak.end(), used.ru_maxrss / 1024 if not peak.seen else 0)
    return Cost(wall, cpu, memory, process.returncode)


class _Peak:
    """Looks at a process and all that it starts, now and then."""

    def __init__(self, root: int) -> None:
        self._root = root
        self._over = threading.Event()
        self._most = 0.0
        self.seen = False
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def _watch(self) -> None:
        while not self._over.wait(_EVERY):
            total = sum(map(_proportional, _family(self._root)))
            self.seen = self.seen or total > 0
            self._most = max(self._most, total)

    def end(self) -> float:
        self._over.set()
        self._thread.join()
        return self._most


def _family(root: int) -> Iterator[int]:
    yield root
    try:
        inside = Path(f"/proc/{root}/task/{root}/children").read_text().split()
    except OSError:
        return
    for child in inside:
        yield from _family(int(child))


def _proportional(process: int) -> float:
    """The megabytes of a process, of shared pages its share."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    found = [int(line.split()[1]) for line in lines if line.startswith("Pss:")]
    return sum(found) / 1024


# --- what is run ----------------------------------------------------------------------


def ours(spec: Path, folder: Path, *options: str) -> list[str]:
    return [
        *(sys.executable, "-m", "codegen", "generate", str(spec), "--lenient"),
        *("--package", "built", "--output", str(folder), *options),
    ]


def peer(spec: Path, folder: Path) -> list[str]:
    kind = "openapi" if "openapi:" in spec.read_text("utf-8")[:400] else "jsonschema"
    return [
        *(str(Path(sys.executable).with_name("datamodel-codegen")), "--input"),
        *(str(spec), "--input-file-type", kind, "--output", str(folder / "peer.py")),
        *("--output-model-type", "dataclasses.dataclass"),
        *("--formatters", "black", "isort"),
    ]


def without_tests(spec: Path, folder: Path) -> list[str]:
    """The same as `ours`, as configured by a project that wants no golden tests."""
    (folder / "pyproject.toml").write_text(
        f"[[tool.codegen.sdk]]\nspec = '{spec}'\npackage = 'built'\n"
        f"output = '{folder / 'bare'}'\ntests = false\nlenient = true\n"
    )
    return [
        *(sys.executable, "-m", "codegen", "generate"),
        *("--config", str(folder / "pyproject.toml")),
    ]


def edited(spec: Path) -> None:
    """Change one description among the schemas."""
    before, mark, schemas = spec.read_text("utf-8").partition("\n  schemas:\n")
    first = schemas.replace("description: ", "description: Edited. ", 1)
    spec.write_text(before + mark + first, "utf-8")


def rows(spec: Path, folder: Path) -> Iterator[tuple[str, Cost]]:
    """What is run for one specification, in this order."""
    copy, cache = folder / spec.name, folder / "cache"
    shutil.copy(spec, copy)
    out = folder / "out"
    yield "datamodel-code-generator", cost(peer(copy, folder), folder, cache)
    yield "cold", cost(ours(copy, out), folder, cache)
    shutil.rmtree(cache, ignore_errors=True)
    yield "cold, no golden tests", cost(without_tests(copy, folder), folder, cache)
    tests = [sys.executable, "-m", "pytest", "-q", "-n", "0", "tests/built"]
    yield "golden tests", cost(tests, out, cache)
    shutil.rmtree(cache, ignore_errors=True)
    cost(ours(copy, out), folder, cache)
    yield "unchanged", cost(ours(copy, out), folder, cache)
    yield "`--check`, unchanged", cost(ours(copy, out, "--check"), folder, cache)
    edited(copy)
    yield "one description edited", cost(ours(copy, out), folder, cache)


def table(spec: Path, directory: Path) -> Table:
    folder = directory / spec.stem
    folder.mkdir()
    found = Table(
        f"`{spec.name}`",
        ("run", "wall, s", "CPU, s", "memory, MB", "× the peer's wall"),
    )
    base = 0.0
    for name, one in rows(spec, folder):
        base = base or one.wall
        ended = "" if one.code in (0, 1) else f" (exit {one.code})"
        ratio = f"{one.wall / base:.2f}"
        shown = (f"{one.wall:.1f}", f"{one.cpu:.1f}", f"{one.memory:.0f}", ratio)
        found.rows.append((name + ended, *shown))
    found.notes.append(f"load {' '.join(map('{:.1f}'.format, os.getloadavg()))}")
    return found


def synthetic(factor: int, directory: Path) -> Path:
    """A specification of 14 schemas for each unit of size, each of six properties, that
    refers to two before it."""
    schemas: dict[str, object] = {}
    for number in range(14 * factor):
        before = [f"Thing{n}" for n in (number - 1, number // 2) if 0 <= n < number]
        schemas[f"Thing{number}"] = {
            "type": "object",
            "description": f"Thing number {number}.",
            "required": ["id", "kind"],
            "properties": {
                "id": {"type": "string", "minLength": 1, "maxLength": 64},
                "kind": {"type": "string", "enum": [f"k{number}", "other", "none"]},
                "count": {"type": "integer", "minimum": 0, "maximum": number + 9},
                "tags": {"type": "array", "items": {"type": "string"}, "maxItems": 9},
                **{
                    name.lower(): {"$ref": f"#/components/schemas/{name}"}
                    for name in before
                },
            },
        }
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Synthetic", "version": "1"},
        "paths": {},
        "components": {"schemas": schemas},
    }
    path = directory / f"synthetic-{factor}.yaml"
    path.write_text(yaml.dump(document, Dumper=yaml.CSafeDumper, sort_keys=False))
    return path


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.building")
    parser.add_argument("specs", nargs="*", type=Path)
    parser.add_argument("--synthetic", nargs="*", type=int, default=[])
    parser.add_argument("--no-write", action="store_true")
    arguments = parser.parse_args()
    specs = arguments.specs or [WHOLE]
    if missing := [spec for spec in specs if not spec.exists()]:
        print("CORPUS ABSENT:", *missing)
        return 1
    from benchmarks.__main__ import markdown

    text = [f"# What generation costs\n\nMeasured on: {processes.machine()}.\n"]
    with tempfile.TemporaryDirectory(prefix="codegen-bench-") as name:
        directory = Path(name)
        made = [synthetic(factor, directory) for factor in arguments.synthetic]
        for spec in [*specs, *made]:
            text.append(markdown(table(spec, directory)))
            print(text[-1], flush=True)
    if not arguments.no_write:
        RESULTS.write_text("\n".join(text), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
