"""A few damaged pairs through `diff`; `python -m tests.fuzz diff` takes many."""

from __future__ import annotations

from pathlib import Path

from tests.fuzz import diff_documents, outcomes, seeds

SEED = 7
PARTS = seeds.of_repository()


def test_no_fault_comes_to_light(tmp_path: Path) -> None:
    found = {}
    for number in range(40):
        pair = diff_documents.make(number, SEED, PARTS)
        found[number] = diff_documents.run(pair, tmp_path, alarm=20)
    faults = {n: item for n, item in found.items() if item.kind in outcomes.FAULTS}
    assert faults == {}
    ended = {item.kind for item in found.values()}
    assert {outcomes.OK, outcomes.FINDINGS} <= ended


def test_a_pair_is_a_function_of_its_number() -> None:
    pairs = [diff_documents.make(number, SEED, PARTS) for number in range(60)]
    again = seeds.of_repository()
    assert pairs[5] == diff_documents.make(5, SEED, again)
    same = [pair for pair in pairs if pair.old == pair.new]
    assert 0 < len(same) < 20
