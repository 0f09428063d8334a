"""A document that is split over several files says the same.

`python -m tests.property.several_files` splits all of them as often as one likes.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.property.several_files.attack import (
    complaints,
    content,
    documents,
    edits,
)
from tests.sweeps import many

SPLITS = many(1, 10)
EVERY = many(12, 1)
"""How many documents there are for one that is split."""

PATHS = documents()[::EVERY]


def _document(number: int) -> Any:
    return json.loads(json.dumps(content(PATHS[number])))


@pytest.mark.parametrize(
    "number", range(len(PATHS)), ids=lambda n: PATHS[n].parent.name
)
def test_what_is_split_says_the_same(number: int) -> None:
    document = _document(number)
    for seed in range(SPLITS):
        assert not list(complaints(document, number + 1000 * seed))
        assert not list(edits(document, number + 1000 * seed, 1))
