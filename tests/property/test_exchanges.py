"""Comparisons of random OpenAPI documents held against HTTP exchanges."""

from __future__ import annotations

import pytest

from codegen.compat import compare
from tests.property.document_edits import module
from tests.property.exchanges import edits, judging
from tests.sweeps import LONG

CHOSEN = tuple(range(400 if LONG else 12))
"""Pairs; `python -m tests.property.exchanges` judges as many as one likes."""


@pytest.mark.parametrize("first", range(0, len(CHOSEN), 4))
def test_what_is_called_harmless_is(first: int) -> None:
    for number in CHOSEN[first : first + 4]:
        old, new = edits.versions(number)
        told = compare(module(old), module(new))
        assert not told.contradictions, number
        for one in judging.disputes(told, judging.pair(old, new)):
            assert one.kind == "idle", (number, one)


def test_every_exchange_of_a_version_is_one_of_the_same_version() -> None:
    for number in CHOSEN[:4]:
        for document in edits.versions(number):
            found = judging.failures(judging.pair(document, document))
            assert not any(found.values()), (number, found)
