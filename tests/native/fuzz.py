"""Damaged frames through both codecs: `python -m tests.native.fuzz --help`.

The package is a generated one, with frames of its own, or one of random schemas.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
import random
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from codegen.python.model.typed_texts import TEXT_TYPES
from tests.annotated import documents
from tests.differential.packages import compile_package, module_of
from tests.native.comparing import Pair
from tests.native.frames import damaged
from tests.native.schemas import DIALECTS, Maker
from tests.native.states import bring_into_a_state


def options(description: str | None) -> argparse.Namespace:
    """What is to be tried: the values of a package, or of random ones."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("package", help="its folder, or `random`")
    parser.add_argument("seeds", nargs="*", help="golden files, or frames.jsonl.gz")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--each", type=int, default=500, help="of a random package")
    return parser.parse_args()


def main() -> int:
    arguments = options(__doc__)
    dice, tally = random.Random(arguments.seed), Tally()
    if arguments.package == "random":
        while tally.frames < arguments.count and not tally.differences:
            number = dice.randrange(2**32)
            with random_pairs(number) as (pairs, seeds):
                tally.compare(pairs, seeds, arguments.each, dice, number)
    else:
        pairs = pairs_of(Path(arguments.package))
        texts = [text for name in arguments.seeds for text in texts_of(Path(name))]
        tally.compare(pairs, dict.fromkeys(texts), arguments.count, dice, 0)
    print(f"{tally}, seed {arguments.seed}")
    return 1 if tally.differences or not tally.answered else 0


class Tally:
    """How many frames were tried, and what came of them."""

    def __init__(self) -> None:
        self.frames = self.answered = self.tables = 0
        self.handed_on = self.differences = 0
        self._started = time.time()

    def __str__(self) -> str:
        return (
            f"{self.frames} frames of {self.tables} tables, {self.differences}"
            f" differences, {self.answered} answered natively, {self.handed_on} handed"
            f" on, {time.time() - self._started:.0f} s"
        )

    def compare(
        self,
        pairs: list[Pair],
        texts: Iterable[str],
        count: int,
        dice: random.Random,
        number: int,
    ) -> None:
        """Damage texts, and hold what comes of them against each other, until there is
        a difference. `number` is that of a random specification."""
        native = importlib.import_module("wirewright_native")
        seeds = [(p, t) for p in pairs for t in texts if is_known(p, t)]
        for pair, text in seeds:
            pair.python(text)  # Which loads what Python decodes with.
        until = self.frames + count if seeds else self.frames
        while self.frames < until and not self.differences:
            pair, text = dice.choice(seeds)
            for frame in (text, *damaged(text, 20, dice)):
                self.frames += 1
                difference = pair.difference(frame)
                if difference is not None:
                    print(f"{number} {pair.name}: {frame!r}\n  {difference}")
                    self.differences += 1
                    break
            self._compare_states(pair, text, dice, number)
        for pair in pairs:
            self.tables += 1
            answered, handed_on = native.counts(pair.native)
            self.answered += answered
            self.handed_on += handed_on

    def _compare_states(
        self, pair: Pair, text: str, dice: random.Random, number: int
    ) -> None:
        """Write an event that was brought into a state, and compare with Python."""
        event = pair.native(text)
        if hasattr(event.__class__, "_defaults"):
            bring_into_a_state(event, dice)
            difference = pair.difference_of(event)
            if difference is not None:
                print(f"{number} {pair.name}: {text!r} in a state\n  {difference}")
                self.differences += 1


@contextmanager
def random_pairs(number: int) -> Iterator[tuple[list[Pair], list[str]]]:
    """The tables of a package of random schemas, and valid frames of theirs."""
    with random_package(number) as (package, texts):
        yield [] if package is None else pairs_in(package), texts


@contextmanager
def random_package(number: int) -> Iterator[tuple[ModuleType | None, list[str]]]:
    """A package of random schemas, None if there can be none; and valid frames."""
    dice = random.Random(number)
    spec = Maker(dice.choice(DIALECTS), dice).specification()
    module = module_of(spec)
    if module is None:
        yield None, []
        return
    types = dice.choice(((), TEXT_TYPES))
    texts = [
        json.dumps(value)
        for schema in module.schemas.values()
        for value in documents(module, schema, near=4, types=types)
        if isinstance(value, dict) and isinstance(value.get("type"), str)
    ]
    sent = dice.random() < 0.5
    with compile_package(module, sent=sent, types=types) as package:
        yield package, list(dict.fromkeys(texts))


def is_known(pair: Pair, text: str) -> bool:
    tag = json.loads(text).get(pair.table.tag)
    return any(str(key).partition("/")[0] == tag for key in pair.table)


def pairs_of(folder: Path) -> list[Pair]:
    """The tables of a package on disk that a native codec decodes for."""
    sys.path.insert(0, str(folder.parent))
    return pairs_in(importlib.import_module(folder.name))


def pairs_in(package: ModuleType) -> list[Pair]:
    """The tables of a package that a native codec decodes for."""
    events = importlib.import_module(f"{package.__name__}.events")
    registry = importlib.import_module(f"{package.__name__}._runtime.registry")
    native = importlib.import_module("wirewright_native")
    named = [getattr(events, n, None) for n in ("SERVER_EVENTS", "CLIENT_EVENTS")]
    tables = {id(table): table for table in (*package.EVENTS.values(), *named)}
    found = []
    for table in tables.values():
        pair = None if table is None else Pair(table, registry.drift)
        try:
            native.counts(pair.native if pair else None)
        except (AttributeError, TypeError):
            continue
        if pair is not None:
            found.append(pair)
    return found


def texts_of(path: Path) -> Iterator[str]:
    """The JSON objects of a golden file, or of recorded frames, as texts."""
    if path.is_dir():
        for inner in sorted(path.glob("*.json")):
            yield from texts_of(inner)
        return
    if path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            texts = [json.loads(line)[1] for line in lines]
        yield from (text for text in texts if len(text) < 6000)
        return
    yield from (json.dumps(value) for value in _objects(json.loads(path.read_text())))


def _objects(golden: Any) -> Iterator[Any]:
    """What in a golden file looks like an event."""
    pending = [golden]
    while pending:
        value = pending.pop()
        if isinstance(value, dict):
            if isinstance(value.get("type"), str):
                yield value
            pending.extend(value.values())
        elif isinstance(value, list):
            pending.extend(value)


if __name__ == "__main__":
    sys.exit(main())
