"""Every target takes its own seeds, damaged once each, and tells a fault from none."""

from __future__ import annotations

import random

import pytest

from tests.fuzz import guided, targets
from tests.fuzz.targets import TARGETS, FaultError
from tests.sweeps import many

FEW = many(6, 12)


def test_the_targets_are_named_without_importing_them() -> None:
    assert tuple(TARGETS) == guided.NAMES


@pytest.mark.parametrize("name", guided.NAMES)
def test_seeds(name: str) -> None:
    target = TARGETS[name]
    seeds = list(target.seeds())
    assert seeds
    rng = random.Random(7)
    damage = target.mutate or guided.bytes_damaged
    for seed in rng.sample(seeds, min(FEW, len(seeds))):
        target.run(seed)
        target.run(damage(seed, rng))


def test_what_was_found() -> None:
    targets.overlays(b"")  # An overlay without a value ended in an internal error.


def test_a_fault_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(targets.outcomes, "FAULTS", {targets.outcomes.REFUSED})
    with pytest.raises(FaultError, match="refused"):
        targets.specs(b"[")
