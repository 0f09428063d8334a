"""Runs every benchmark, prints the tables and writes them to RESULTS.md."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

from benchmarks import loading, ours, processes, session, ways, workloads
from benchmarks.session import Setup, Table

RESULTS = Path(__file__).with_name("RESULTS.md")

STEPS: dict[str, Callable[[Setup], Table]] = {
    "decode": session.decode_table,
    "encode": session.encode_table,
    "ways": ways.ways_table,
    "pcm": session.pcm_table,
    "drift": session.drift_table,
    "memory": session.memory_table,
    "import": loading.import_table,
    "equality": session.equality_table,
    "generation": session.generation_table,
}


def markdown(table: Table) -> str:
    lines = [f"## {table.title}", ""]
    lines.append("| " + " | ".join(table.columns) + " |")
    lines.append("|---" * len(table.columns) + "|")
    lines += ["| " + " | ".join(row) + " |" for row in table.rows]
    lines += ["", *(f"- {note}" for note in table.notes)] if table.notes else []
    return "\n".join([*lines, ""])


def contenders(setup: Setup) -> Iterator[str]:
    yield "## Contenders"
    yield ""
    for peer in setup.peers:
        version = peer.version()
        yield f"- {peer.name}{f' ({version})' if version else ''}: {peer.remark}"
    yield ""


def run(steps: list[str], write: bool) -> int:
    if not workloads.FRAMES.exists() or not ours.SPEC.exists():
        print("BENCHMARK FRAMES OR CORPUS ABSENT, nothing was measured. Looked for:")
        print(f"  {workloads.FRAMES}\n  {ours.SPEC}")
        return 1
    started = perf_counter()
    text = [f"# Benchmark results\n\nMeasured on: {processes.machine()}.\n"]
    with tempfile.TemporaryDirectory(prefix="codegen-bench-") as name:
        directory = Path(name)
        setup = session.prepare(directory)
        if "import" in steps:
            ours.generate("bench_whole", directory)
        text.append("\n".join(contenders(setup)))
        print(text[-1])
        for step in steps:
            table = STEPS[step](setup)
            text.append(markdown(table))
            print(text[-1], flush=True)
    print(f"{perf_counter() - started:.0f} s in all", file=sys.stderr)
    if write:
        RESULTS.write_text("\n".join(text), encoding="utf-8")
    return 1 if "DISAGREEMENT" in "".join(text) else 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("steps", nargs="*", help=f"of: {', '.join(STEPS)} (all)")
    parser.add_argument("--no-write", action="store_true", help="leave RESULTS.md")
    arguments = parser.parse_args()
    unknown = sorted(set(arguments.steps) - set(STEPS))
    if unknown:
        parser.error(f"unknown: {', '.join(unknown)}")
    steps = arguments.steps or list(STEPS)
    return run(steps, write=not arguments.no_write and not arguments.steps)


if __name__ == "__main__":
    sys.exit(main())
