"""A few damaged documents of which only a part is taken: see `tests.property.parts`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.property import parts
from tests.sweeps import many

COUNT = many(40, 1_000)


def test_no_part_of_an_odd_document_is_a_fault_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CODEGEN_NO_CACHE", "1")
    assert not [f for number in range(COUNT) for f in parts.faults(number, tmp_path)]


def test_damage_is_damage() -> None:
    assert len(list(parts.places({"a": [1, {"b": 2}]}))) == 4
