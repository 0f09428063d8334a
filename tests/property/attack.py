"""Random pairs of schemas whose every proof is attacked with documents.

A pair is a function of its number and the seed: mostly a schema with a version near
to it, tangled of all keywords. Each direction that is said to be harmless is held
against a pool of documents made of what the two schemas speak of; the independent
validator says what each version accepts. One document that a writer may write and a
reader rejects is a lie.

`python -m tests.property.attack --count 2000 [--first N] [--keyword not]` prints how
many directions were decided, which were not and why, and every lie.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from codegen.compat import Comparison, Policy, Verdict, compare
from codegen.compat.normal.emission import Emission
from codegen.compat.normal.normalise import Side
from codegen.ir import model as ir
from codegen.oracle import Oracle, Undecided
from tests.property import tangled
from tests.property.schemas import module

DIRECTIONS: Final = ("client_to_server", "server_to_client")
SAFE: Final = (Verdict.COMPATIBLE, Verdict.IDENTICAL)
DOCUMENTS: Final = 300


@dataclass(frozen=True, slots=True)
class Pair:
    """Two schemas, as they stand and as they are read."""

    number: int
    one: ir.Json
    two: ir.Json
    old: ir.Module
    new: ir.Module


def pair(number: int, seed: int, keyword: str = "") -> Pair | None:
    """The pair of a number; None where one of the two is no schema."""
    rng = random.Random(f"attack:{seed}:{keyword}:{number}")
    one, two = tangled.versions(rng, keyword)
    try:
        return Pair(number, one, two, module(one), module(two))
    except AssertionError:
        return None


def pairs(first: int, count: int, seed: int, keyword: str = "") -> Iterator[Pair]:
    """So many pairs, those left out that cannot be read."""
    for number in range(first, first + count):
        found = pair(number, seed, keyword)
        if found is not None:
            yield found


def lies(
    told: Comparison, found: Pair, documents: list[ir.Json], *, assume_open: bool = True
) -> list[str]:
    """Documents that contradict what a comparison says is harmless; those that a sender
    is taken to write."""
    result = []
    old, new = Oracle(found.old), Oracle(found.new)
    before, after = found.old.names["#"], found.new.names["#"]
    sending = [Emission(Side(one), assume_open) for one in (found.old, found.new)]
    for direction, back in zip(DIRECTIONS, (False, True), strict=True):
        if told.directions[direction] not in SAFE:
            continue
        for document in documents:
            try:
                accepted = old.valid(before, document), new.valid(after, document)
            except Undecided:
                continue
            wrote, read = accepted[::-1] if back else accepted
            if not wrote or read:
                continue
            module = found.new if back else found.old
            valid = (new if back else old).valid_under_all
            if sending[back].allows((module.named("#"),), document, valid):
                result.append(f"{direction}: {json.dumps(document)}")
                break
    return result


def pool(found: Pair, count: int = DOCUMENTS) -> list[ir.Json]:
    """Documents made of what the two schemas speak of."""
    rng = random.Random(f"pool:{found.number}")
    atoms = list(tangled.SCALARS)
    names = list(tangled.NAMES)
    for schema in (found.one, found.two):
        _collect(schema, atoms, names)
    made: list[ir.Json] = [[], {}, *atoms[:120]]
    while len(made) < count:
        made.append(_document(rng, atoms, names, 3))
    return made


def _collect(schema: Any, atoms: list[ir.Json], names: list[str]) -> None:
    """Values, limits, lengths and names that a schema speaks of."""
    if isinstance(schema, list):
        for item in schema:
            _collect(item, atoms, names)
    if not isinstance(schema, dict):
        return
    for key, value in schema.items():
        if key in ("properties", "dependentSchemas", "dependentRequired"):
            names.extend(value)
        if key == "required":
            names.extend(value)
        if key in ("enum", "const"):
            atoms.extend(value if key == "enum" else [value])
        if isinstance(value, int | float) and not isinstance(value, bool):
            if "Length" in key:
                around = range(max(0, int(value) - 1), int(value) + 2)
                atoms.extend("a" * n for n in around)
            else:
                atoms.extend((value, value + 1, value - 1, value + 0.5, value * 2))
        if key == "pattern" or key == "patternProperties":
            texts = [value] if isinstance(value, str) else list(value)
            letters = [re.sub(r"[^a-zA-Z0-9]", "", text) for text in texts]
            atoms.extend(letters)
            names.extend(letters)
        _collect(value, atoms, names)


def _document(
    rng: random.Random, atoms: list[ir.Json], names: list[str], depth: int
) -> ir.Json:
    pick = rng.random()
    if depth == 0 or pick < 0.35:
        return rng.choice(atoms)
    if pick < 0.55:
        size = rng.choice((0, 1, 1, 2, 2, 3, 4))
        if rng.random() < 0.3:
            return [_document(rng, atoms, names, depth - 1)] * size
        return [_document(rng, atoms, names, depth - 1) for _ in range(size)]
    members = rng.choices(names, k=rng.choice((0, 1, 1, 2, 2, 3, 4)))
    return {name: _document(rng, atoms, names, depth - 1) for name in members}


def main() -> int:
    """Judge pairs and attack what was proved of them."""
    parser = argparse.ArgumentParser(prog="attack", description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keyword", default="")
    parser.add_argument("--closed", action="store_true")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    counts: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    slowest = (0.0, -1)
    start = time.perf_counter()
    for found in pairs(options.first, options.count, options.seed, options.keyword):
        began = time.perf_counter()
        policy = Policy(assume_open=not options.closed)
        told = compare(found.old, found.new, policy)
        slowest = max(slowest, (time.perf_counter() - began, found.number))
        counts["pairs"] += 1
        counts["contradictions"] += bool(told.contradictions)
        for direction in DIRECTIONS:
            verdict = told.directions[direction]
            unknown = verdict is Verdict.UNKNOWN
            counts["unknown" if unknown else "decided"] += 1
            if unknown and options.verbose:
                print(f"{found.number} {direction}")
                print(f"  {json.dumps(found.one)}\n  {json.dumps(found.two)}")
        for finding in told.findings:
            if finding.verdict is Verdict.UNKNOWN:
                reasons[finding.reason] += 1
        documents = pool(found)
        for lie in lies(told, found, documents, assume_open=policy.assume_open):
            counts["lies"] += 1
            print(f"{found.number} LIE {lie}\n  {json.dumps(found.one)}")
            print(f"  {json.dumps(found.two)}", flush=True)
    took = time.perf_counter() - start
    share = 100 * counts["unknown"] / max(counts["unknown"] + counts["decided"], 1)
    print(f"{dict(counts)}, {share:.2f} % unknown, {took:.0f} s")
    print(f"slowest {slowest[0]:.1f} s: {slowest[1]}")
    for reason, count in reasons.most_common(12):
        print(f"  {count} {reason}")
    return 1 if counts["lies"] or counts["contradictions"] else 0


if __name__ == "__main__":
    raise SystemExit(main())
