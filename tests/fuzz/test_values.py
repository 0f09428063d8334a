"""Values with something else at several places, on random packages."""

from __future__ import annotations

import pytest

from tests.fuzz import values
from tests.sweeps import LONG

_NUMBERS = [814, *range(2000 if LONG else 6)]
"""The first once had a fault: an object that lacked one property and had another."""


@pytest.mark.parametrize("number", _NUMBERS)
def test_nothing_is_lost_and_all_agree(number: int) -> None:
    assert [fault for fault in values.faults(number, each=200) if fault] == []
