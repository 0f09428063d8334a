"""Damaged documents through a command: `python -m tests.fuzz generate --count 3000`.

Each document is a function of its number, the seed and the specifications that there
are, the corpora (`CODEGEN_CORPUS`) and those of this repository's tests; `--only 17`
runs one again and shows it. Prints how many ended in which way, and every kind of
fault with the numbers of a few documents.
"""

from __future__ import annotations

import argparse
import contextlib
import multiprocessing
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Final

from tests.fuzz import diff_documents, documents, outcomes, seeds
from tests.fuzz.diff_documents import Pair
from tests.fuzz.outcomes import FAULTS, OUTCOMES, TIMEOUT, Outcome

_CHUNK: Final = 250
"""Documents for each process, which then makes place for a fresh one."""
_GOLDEN: Final = 10
"""The golden tests of every so manieth package are run."""


def main() -> int:
    options = _arguments()
    if options.only is not None:
        return _show(options)
    counts: Counter[str] = Counter()
    kinds: dict[tuple[str, str], list[int]] = defaultdict(list)
    details: dict[tuple[str, str], str] = {}
    start = time.monotonic()
    for number, outcome in _all(options):
        counts[outcome.kind] += 1
        if outcome.digest:
            kind = outcome.kind, outcome.digest
            if kind not in kinds:
                print(f"\r{number}: {': '.join(kind)}", file=sys.stderr, flush=True)
            kinds[kind].append(number)
            details.setdefault(kind, outcome.detail)
        if sys.stderr.isatty():
            print(f"\r{sum(counts.values())}/{options.count}", end="", file=sys.stderr)
    print(f"{options.command}: {options.count} documents from {options.first}, "
          f"seed {options.seed}, {time.monotonic() - start:.0f} s")  # fmt: skip
    for name in OUTCOMES:
        print(f"  {name:<24}{counts[name]:>6}")
    for kind, numbers in sorted(kinds.items(), key=lambda item: -len(item[1])):
        shown = " ".join(map(str, sorted(numbers)[:6]))
        print(f"  {kind[0]} x{len(numbers)}: {kind[1]}\n      {shown}")
        if options.verbose and kind[0] in FAULTS:
            print("      " + details[kind].replace("\n", "\n      "))
    return 1 if any(counts[kind] for kind in FAULTS) else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.fuzz", description=__doc__)
    parser.add_argument("command", choices=["generate", "lint", "diff"])
    parser.add_argument("--count", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, metavar="NUMBER")
    parser.add_argument("--only", type=int, metavar="NUMBER")
    parser.add_argument("--alarm", type=float, default=20.0, metavar="SECONDS")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--verbose", action="store_true")
    return parser.parse_args()


def _show(options: argparse.Namespace) -> int:
    document = _made(options, options.only, seeds.of_corpus())
    print(document.text)
    print(f"# {document.seed}: {', '.join(document.changes)}", file=sys.stderr)
    outcome = _one(options, document, True)
    print(f"# {outcome.kind}: {outcome.digest}\n{outcome.detail}", file=sys.stderr)
    return 1 if outcome.kind in FAULTS else 0


def _made(
    options: argparse.Namespace, number: int, parts: seeds.Seeds
) -> documents.Fuzzed | Pair:
    module = diff_documents if options.command == "diff" else documents
    return module.make(number, options.seed, parts)


def _one(
    options: argparse.Namespace, document: documents.Fuzzed | Pair, golden: bool
) -> Outcome:
    with tempfile.TemporaryDirectory(prefix="fuzz-") as name:
        folder = Path(name)
        if isinstance(document, Pair):
            return diff_documents.run(document, folder, alarm=options.alarm)
        return outcomes.run(
            options.command, document, folder, alarm=options.alarm, golden=golden
        )


class _Worker:
    """A process that runs some documents, one after the other."""

    def __init__(
        self, options: argparse.Namespace, parts: seeds.Seeds, numbers: range
    ) -> None:
        context = multiprocessing.get_context("fork")
        self.numbers = numbers
        self.lost = False
        self.reader, writer = context.Pipe(duplex=False)
        self.process = context.Process(
            target=_work, args=(options, parts, numbers, writer)
        )
        self.process.start()
        writer.close()

    def next(self, silent: bool) -> tuple[int, Outcome]:
        """A document and its outcome; what stops or silences a process is one too."""
        number, self.numbers = self.numbers[0], self.numbers[1:]
        with contextlib.suppress(EOFError):
            if not silent:
                outcome: Outcome = self.reader.recv()
                return number, outcome
        self.lost = True
        self.process.kill()
        self.process.join()
        return number, Outcome(TIMEOUT, f"exit code {self.process.exitcode}")


def _all(options: argparse.Namespace) -> Iterator[tuple[int, Outcome]]:
    """Every document's outcome, from processes that are replaced when they hang."""
    last = options.first + options.count
    starts = range(options.first, last, _CHUNK)
    chunks = [range(start, min(start + _CHUNK, last)) for start in starts]
    workers: list[_Worker] = []
    parts = seeds.of_corpus()
    parts.warm()
    patience = 3 * options.alarm + 150
    while chunks or workers:
        while chunks and len(workers) < options.jobs:
            workers.append(_Worker(options, parts, chunks.pop(0)))
        ready = wait([worker.reader for worker in workers], patience)
        for worker in workers:
            if worker.reader in ready or not ready:
                yield worker.next(silent=not ready)
        for worker in [w for w in workers if w.lost or not w.numbers]:
            workers.remove(worker)
            worker.process.join()
            if worker.numbers:
                chunks.insert(0, worker.numbers)


def _work(
    options: argparse.Namespace,
    parts: seeds.Seeds,
    numbers: range,
    writer: Connection,
) -> None:
    for number in numbers:
        document = _made(options, number, parts)
        writer.send(_one(options, document, number % _GOLDEN == 0))


if __name__ == "__main__":
    sys.exit(main())
