"""Damaged frames through both codecs: `python -m tests.native.fuzz --help`."""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.native.comparing import Pair
from tests.native.frames import damaged


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("package", help="the folder of a generated package")
    parser.add_argument("seeds", nargs="+", help="golden files, or frames.jsonl.gz")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    pairs = pairs_of(Path(arguments.package))
    texts = dict.fromkeys(text for n in arguments.seeds for text in texts_of(Path(n)))
    seeds = [(pair, text) for pair in pairs for text in texts if _is_known(pair, text)]
    if not pairs or not seeds:
        print(f"{len(pairs)} native tables, {len(seeds)} frames: nothing to compare")
        return 1
    for pair, text in seeds:
        pair.python(text)  # Which loads what Python decodes with.
    dice, tried, started = random.Random(arguments.seed), 0, time.time()
    while tried < arguments.count:
        pair, text = dice.choice(seeds)
        for frame in damaged(text, 20, dice):
            tried += 1
            difference = pair.difference(frame)
            if difference is not None:
                print(f"{pair.name}: {frame!r}\n  {difference}")
                return 1
    print(
        f"{tried} frames, 0 differences, {_counted(pairs)}, seed {arguments.seed},"
        f" {time.time() - started:.0f} s"
    )
    return 0


def _is_known(pair: Pair, text: str) -> bool:
    tag = json.loads(text).get(pair.table.tag)
    return any(str(key).partition("/")[0] == tag for key in pair.table)


def _counted(pairs: list[Pair]) -> str:
    native = importlib.import_module("wirewright_native")
    counts = [native.counts(pair.native) for pair in pairs]
    answered, handed_on = map(sum, zip(*counts, strict=True))
    return f"{answered} answered natively, {handed_on} handed on"


def pairs_of(folder: Path) -> list[Pair]:
    """The tables of a package that a native codec decodes for."""
    sys.path.insert(0, str(folder.parent))
    package = importlib.import_module(folder.name)
    events = importlib.import_module(f"{folder.name}.events")
    registry = importlib.import_module(f"{folder.name}._runtime.registry")
    native = importlib.import_module("wirewright_native")
    tables = {id(t): t for t in (*package.EVENTS.values(), *_directions(events))}
    found = []
    for table in tables.values():
        pair = Pair(table, registry.drift)
        try:
            native.counts(pair.native)
        except (AttributeError, TypeError):
            continue
        found.append(pair)
    return found


def _directions(events: Any) -> Iterator[Any]:
    for name in ("SERVER_EVENTS", "CLIENT_EVENTS"):
        if hasattr(events, name):
            yield getattr(events, name)


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
