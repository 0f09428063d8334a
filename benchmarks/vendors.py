"""How documents end as vendors publish them: `python -m benchmarks.vendors FOLDER`.

Prints the table of docs/vendors.md: `codegen generate` with golden tests over each
document below the folder, which is the root of references, in a process of its own,
without and with `--lenient`.
"""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

LIMIT: Final = 60
"""Seconds after which a run is stopped."""

_SPECIFICATIONS: Final = re.compile(
    rb"""(?m)^\s{0,4}["']?(?:(?:openapi|swagger|asyncapi)["']?\s*:\s*["']?[0-9]"""
    rb"""|\$schema["']?\s*:\s*["']?https?://json-schema\.org/"""
    rb"""|\$ref["']?\s*:\s*["']?https?:)"""
)
_COLUMNS: Final = (
    *("document", "exit", "seconds", "MB"),
    *("with `--lenient`", "seconds", "MB", "schemas", "warnings", "why it is refused"),
)

_WHY: Final = {
    "dialect": "Swagger 2.0: convert it first",
    "circular-ref": "references that lead only to each other",
    "dangling-ref": "refers to files that are not there",
    "remote-ref": "refers to the web",
}
"""What the code of an error stands for in a document as it is published."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a run cost, and what it made; `code` is None where it was stopped."""

    code: int | None
    seconds: float
    megabytes: float
    schemas: int
    warnings: int
    codes: tuple[str, ...]

    @property
    def cells(self) -> list[str]:
        """The columns of a run."""
        code = f"over {LIMIT} s" if self.code is None else str(self.code)
        return [code, f"{self.seconds:.1f}", f"{self.megabytes:.0f}"]


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    folder = Path(sys.argv[1])
    rows, passed = [], [0, 0]
    for path in documents(folder):
        root = ["--root", str(folder)]
        plain, lenient = run(path, *root), run(path, *root, "--lenient")
        passed[0] += plain.code == 0
        passed[1] += lenient.code == 0
        warnings = f"{plain.warnings}"
        if lenient.warnings != plain.warnings:
            warnings += f" ({lenient.warnings})"
        schemas = max(plain.schemas, lenient.schemas)
        name = path.relative_to(folder).as_posix()
        why = "; ".join(_WHY.get(code, code) for code in plain.codes)
        rows.append([name, *plain.cells, *lenient.cells, str(schemas), warnings, why])
        print(*rows[-1], file=sys.stderr, flush=True)
    for row in (list(_COLUMNS), ["---"] * len(_COLUMNS), *rows):
        print(f"| {' | '.join(row)} |")
    print(f"\n{len(rows)} documents: {passed[0]} pass without `--lenient`, "
          f"{passed[1]} with it.")  # fmt: skip
    return 0


def documents(folder: Path) -> list[Path]:
    """The files of a folder that say of themselves that they are specifications."""
    found = [p for e in ("json", "yaml", "yml") for p in folder.rglob(f"*.{e}")]
    return sorted(p for p in found if _SPECIFICATIONS.search(p.read_bytes()))


def run(path: Path, *options: str) -> Run:
    """Generate a package of a document, and throw it away."""

    def bound() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (LIMIT, LIMIT + 1))

    with tempfile.TemporaryDirectory() as output:
        command = [sys.executable, "-m", "codegen", "generate", str(path), *options]
        with subprocess.Popen(
            [*command, "--package", "p", "--output", output],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            preexec_fn=bound,
        ) as process:
            assert process.stdout is not None
            told = process.stdout.read()
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        golden = list((Path(output) / "tests" / "p" / "golden").glob("*.json"))
        schemas = sum("schema" in json.loads(file.read_bytes()) for file in golden)
    return Run(
        process.returncode if process.returncode >= 0 else None,
        used.ru_utime + used.ru_stime,
        used.ru_maxrss / 1024,
        schemas,
        len(re.findall(r": warning\[", told)),
        tuple(dict.fromkeys(re.findall(r": error\[([a-z-]+)\]", told))),
    )


if __name__ == "__main__":
    sys.exit(main())
