"""What is said of AsyncAPI documents is held against frames.

`python -m tests.property.frames` compares as many pairs as one likes.
"""

from __future__ import annotations

import random

import pytest

from codegen.compat import Verdict
from tests.property.frames.attack import WAYS, judged, pair
from tests.property.frames.model import rejected
from tests.sweeps import LONG

PAIRS = 1_000 if LONG else 10


@pytest.mark.parametrize("version", [2, 3])
def test_no_harm_is_called_harmless(version: int) -> None:
    found = [one for number in range(PAIRS) for one in judged(number, version)]
    assert not [str(one) for one in found if one.is_lie]
    assert {one.verdict for one in found} >= {Verdict.BREAKING, Verdict.COMPATIBLE}


def test_the_model_knows_what_is_rejected() -> None:
    every = [
        rejected(*pair(number), way, random.Random(number))
        for number in range(10)
        for way in WAYS
    ]
    assert any(every)
    assert not all(every)
    for number in range(10):
        old, _ = pair(number)
        assert not any(rejected(old, old, way, random.Random(1)) for way in WAYS)
