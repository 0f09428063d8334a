"""Proofs held against documents, and witnesses against a second validator."""

from __future__ import annotations

import random

import jsonschema
import pytest

from codegen.compat import Comparison, Policy, Verdict, compare
from codegen.ir import model as ir
from codegen.oracle import Oracle, Undecided
from tests.property.schemas import (
    module,
    random_document,
    random_schema,
    varied,
    with_self,
)
from tests.sweeps import many

PAIRS = many(60, 250)
HARM = (Verdict.BREAKING, Verdict.RISKY)
DIRECTIONS = ("client_to_server", "server_to_client")


def pairs(seed: int) -> list[tuple[ir.Json, ir.Json, ir.Module, ir.Module]]:
    """Random schemas with a version near to them."""
    rng = random.Random(seed)
    found = []
    while len(found) < PAIRS:
        old = random_schema(rng)
        new = varied(rng, old) if rng.random() < 0.8 else random_schema(rng)
        old, new = with_self(old), with_self(new)
        try:
            found.append((old, new, module(old), module(new)))
        except AssertionError:
            continue
    return found


@pytest.mark.parametrize("seed", [1, 2])
def test_proofs_are_never_contradicted(seed: int) -> None:
    rng = random.Random(seed)
    proofs = 0
    for _, _, old, new in pairs(seed):
        comparison = compare(old, new, Policy(assume_open=True))
        assert not comparison.contradictions
        documents = [random_document(rng) for _ in range(50)]
        for direction, (writer, reader) in zip(
            DIRECTIONS, ((old, new), (new, old)), strict=True
        ):
            verdict = comparison.directions[direction]
            if verdict in (Verdict.COMPATIBLE, Verdict.IDENTICAL):
                proofs += 1
                assert_contained(writer, reader, documents)
    assert proofs > PAIRS // 4


def assert_contained(
    writer: ir.Module, reader: ir.Module, documents: list[ir.Json]
) -> None:
    """That no document is one of the writer's and none of the reader's."""
    mine, theirs = Oracle(writer), Oracle(reader)
    for document in documents:
        try:
            if mine.valid(writer.names["#"], document):
                assert theirs.valid(reader.names["#"], document), document
        except Undecided:
            continue


@pytest.mark.parametrize("seed", [3])
def test_witnesses_hold_before_a_second_validator(seed: int) -> None:
    shown = 0
    for old, new, before, after in pairs(seed):
        for finding in compare(before, after).findings:
            assert (finding.verdict in HARM) == (finding.witness is not None)
            if finding.witness is not None:
                shown += 1
                value = finding.witness.value
                assert valid(old, value) is finding.witness.old_accepts
                assert valid(new, value) is finding.witness.new_accepts
    assert shown > PAIRS // 4


def valid(schema: ir.Json, value: ir.Json) -> bool:
    return bool(jsonschema.Draft202012Validator(schema).is_valid(value))


@pytest.mark.parametrize("seed", [4])
def test_swapping_the_versions_swaps_the_directions(seed: int) -> None:
    unlike = 0
    for _, _, old, new in pairs(seed):
        there, back = compare(old, new), compare(new, old)
        for name, other in zip(DIRECTIONS, reversed(DIRECTIONS), strict=True):
            if kind(there, name) != kind(back, other):
                unlike += 1
    # What the search for a document finds may depend on the order of branches.
    assert unlike == 0


def kind(comparison: Comparison, direction: str) -> str:
    verdict = comparison.directions[direction]
    if verdict in HARM:
        return "harm"
    return "unknown" if verdict is Verdict.UNKNOWN else "none"
