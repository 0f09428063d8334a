"""Pairs of schemas of which it is known whether one is contained in the other.

They are derived from the published test suite of JSON Schema: a document and the schema
that it was written for, a schema against itself with one document more or less, what is
a schema or not against what is anything, and so on. In every pair each schema is taken
at its word.

`python -m tests.property.containment [FILE …]` judges those of the corpus and says, for
each file, how many were decided, which were not or wrongly, and how long it took.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from codegen.compat import Policy, Verdict, compare
from codegen.ir import model as ir
from codegen.ir.equality import freeze
from tests.corpus_paths import JSON_SCHEMA_SUITE
from tests.property.schemas import module

SUITE: Final = JSON_SCHEMA_SUITE / "tests" / "draft2020-12"
DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
DIRECTIONS: Final = ("client_to_server", "server_to_client")
HARM: Final = (Verdict.BREAKING, Verdict.RISKY)


@dataclass(frozen=True, slots=True)
class Known:
    """Two schemas, and whether each is within the other; None where it is not known."""

    name: str
    one: ir.Json
    two: ir.Json
    forward: bool | None
    back: bool | None


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of one direction of a pair: `decided`, `undecided` or `wrong`."""

    pair: Known
    direction: str
    outcome: str
    reason: str


def suite_pairs(path: str) -> Iterator[Known]:
    """The pairs of one file of the suite."""
    for group in json.loads((SUITE / path).read_text("utf-8")):
        schema = group["schema"]
        tests = [(test["data"], bool(test["valid"])) for test in group["tests"]]
        yield from derived(group["description"], schema, tests)


def derived(
    name: str, schema: ir.Json, documents: list[tuple[ir.Json, bool]]
) -> Iterator[Known]:
    """The pairs of a schema and documents that it is known to accept or not."""
    yield Known(f"{name}: itself", schema, schema, True, True)
    yield Known(f"{name}: within anything", schema, True, True, None)
    yield Known(f"{name}: nothing", schema, False, None, True)
    yield Known(f"{name}: or not", _with(schema, "anyOf", _NOT), True, True, True)
    yield Known(f"{name}: and not", _with(schema, "allOf", _NOT), False, True, True)
    yield Known(f"{name}: not not", _with(schema, "not"), schema, True, True)
    good = [document for document, valid in documents if valid]
    if good:
        yield Known(f"{name}: all documents", {"enum": good}, schema, True, None)
    for index, (document, valid) in enumerate(documents):
        told = f"{name}: document {index}"
        one: ir.Json = {"const": document}
        other: ir.Json = {"not": one}
        more = _with(schema, "anyOf", one)
        less = _with(schema, "allOf", other)
        others = any(freeze(one) != freeze(document) for one in good)
        back = False if others else None
        yield Known(told, one, schema, valid, back)
        yield Known(f"{told} excluded", schema, other, not valid, None)
        yield Known(f"{told} added", schema, more, True, valid)
        yield Known(f"{told} removed", schema, less, not valid, True)


_NOT: Final = {"not": {"$ref": "urn:one"}}


def _with(schema: ir.Json, keyword: str, *beside: ir.Json) -> ir.Json:
    """A schema under a keyword, with others; its references go on to mean its own."""
    inner = {"allOf": [schema]} if isinstance(schema, bool) else schema
    assert isinstance(inner, dict)
    place = inner.get("$id", "urn:one")
    own = {**inner, "$id": place}
    beside = json.loads(json.dumps(beside).replace('"urn:one"', json.dumps(place)))
    first = {"$ref": place}
    if keyword == "not":
        return {"$defs": {"whole": own}, "not": {"not": first}}
    return {"$schema": DIALECT, "$defs": {"whole": own}, keyword: [first, *beside]}


def judge(pair: Known) -> Iterator[Judged]:
    """Compare the two, each taken at its word."""
    try:
        one, two = module(pair.one), module(pair.two)
    except AssertionError:
        return
    found = compare(one, two, Policy(assume_open=True))
    for direction, known in zip(DIRECTIONS, (pair.forward, pair.back), strict=True):
        if known is None:
            continue
        verdict = found.directions[direction]
        outcome = "decided"
        if verdict is Verdict.UNKNOWN:
            outcome = "undecided"
        elif (verdict not in HARM) is not known:
            outcome = "wrong"
        reasons = (
            f.reason
            for f in found.findings
            if f.verdict is Verdict.UNKNOWN and f.direction.value == direction
        )
        yield Judged(pair, direction, outcome, next(reasons, ""))


def main() -> int:
    """Judge the pairs of the suite and say what came out."""
    parser = argparse.ArgumentParser(prog="containment", description=__doc__)
    parser.add_argument("files", nargs="*", metavar="FILE")
    parser.add_argument("--every", type=int, default=1, metavar="N")
    parser.add_argument("--quiet", action="store_true")
    options = parser.parse_args()
    files = options.files or sorted(path.name for path in SUITE.glob("*.json"))
    total: Counter[str] = Counter()
    slowest: tuple[float, str] = (0.0, "")
    start = time.perf_counter()
    for file in files:
        counts: Counter[str] = Counter()
        began = time.perf_counter()
        for index, pair in enumerate(suite_pairs(file)):
            if index % options.every:
                continue
            before = time.perf_counter()
            for judged in judge(pair):
                counts[judged.outcome] += 1
                if judged.outcome != "decided" and not options.quiet:
                    print(_told(judged))
            slowest = max(slowest, (time.perf_counter() - before, pair.name))
        total += counts
        took = time.perf_counter() - began
        print(f"{file}: {dict(counts)}, {took:.1f} s", flush=True)
    count = sum(total.values())
    share = 100 * total["decided"] / max(count, 1)
    took = time.perf_counter() - start
    print(f"{count} questions in {took:.0f} s: {dict(total)}, {share:.1f} % decided")
    print(f"slowest {slowest[0]:.1f} s: {slowest[1]}")
    return 1 if total["wrong"] else 0


def _told(judged: Judged) -> str:
    pair, way = judged.pair, "⊆" if judged.direction == DIRECTIONS[0] else "⊇"
    one, two = (_short(schema) for schema in (pair.one, pair.two))
    text = f"  {judged.outcome}: {pair.name}\n    {one}\n    {way} {two}"
    return f"{text}\n    {judged.reason}" if judged.reason else text


def _short(schema: Any) -> str:
    text = json.dumps(schema, ensure_ascii=False)
    return text if len(text) < 300 else text[:300] + "…"


if __name__ == "__main__":
    raise SystemExit(main())
