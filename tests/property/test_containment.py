"""Containment: how much is decided, and that nothing is decided wrongly."""

from __future__ import annotations

import pytest

from codegen.compat import Policy, Verdict, compare
from codegen.compat.normal.emission import Emission
from codegen.compat.normal.normalise import Side
from codegen.ir import model as ir
from codegen.oracle import Oracle
from tests.corpus_paths import require
from tests.property import attack, containment
from tests.property.schemas import module
from tests.sweeps import many

DIRECTIONS = ("client_to_server", "server_to_client")
PAIRS = many(16, 40)
EVERY = many(61, 31)
WORDS = ("", "not", "if", "contains", "patternProperties", "unevaluatedProperties")


@pytest.mark.parametrize("word", WORDS)
def test_no_document_contradicts_a_proof(word: str) -> None:
    unknown = asked = 0
    for found in attack.pairs(0, PAIRS, 1, word):
        for assume_open in (True, False):
            told = compare(found.old, found.new, Policy(assume_open=assume_open))
            assert not told.contradictions
            verdicts = [told.directions[direction] for direction in DIRECTIONS]
            asked += len(verdicts)
            unknown += verdicts.count(Verdict.UNKNOWN)
            documents = attack.pool(found, 200)
            assert not attack.lies(told, found, documents, assume_open=assume_open)
    assert asked > 2 * PAIRS
    assert unknown <= asked // 50


def test_pairs_of_the_published_suite() -> None:
    outcomes = []
    for path in sorted(require(containment.SUITE).glob("*.json")):
        # Pairs by the dozen belong to one schema, so that all keywords get their turn.
        for pair in list(containment.suite_pairs(path.name))[::EVERY]:
            outcomes += [judged.outcome for judged in containment.judge(pair)]
    assert len(outcomes) > 8000 // EVERY
    assert "wrong" not in outcomes
    assert outcomes.count("undecided") <= len(outcomes) // 50


@pytest.mark.parametrize(
    ("document", "written"),
    [
        ([{"seen": 1}], True),
        ([{"known": 1}], True),
        ([{"seen": 1}, {"known": 1}], True),
        ([{"seen": 1}, {"other": 1}], False),
        ([{"seen": 1, "known": 1}], False),
    ],
)
def test_items_left_over_declare_what_a_sender_writes(
    document: list[ir.Json], written: bool
) -> None:
    seen = {"type": "object", "properties": {"seen": {}}, "required": ["seen"]}
    known = {"type": "object", "properties": {"known": {}}}
    found = module({"contains": seen, "minContains": 0, "unevaluatedItems": known})
    place = (found.named("#"),)
    valid = Oracle(found).valid_under_all
    assert valid(place, document)
    assert Emission(Side(found)).allows(place, document, valid) is written
