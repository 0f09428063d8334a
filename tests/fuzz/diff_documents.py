"""Pairs of damaged documents, each pair a function of its number.

Mostly the new version is the old one with a few changes more, as versions are; the
old one is often damaged already. Some pairs have nothing to do with each other, and
some are the same twice.
"""

from __future__ import annotations

import json
import random
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.fuzz import documents, outcomes
from tests.fuzz.documents import CHANGES, Damage, Fuzzed
from tests.fuzz.outcomes import FINDINGS, INTERNAL, Outcome
from tests.fuzz.seeds import Seeds

_BEFORE: Final = (0, 0, 0, 1, 2, 3)
_BETWEEN: Final = (1, 1, 1, 2, 2, 3, 4, 6)
_OPTIONS: Final = ((), ("--assume-open",), ("--format", "github"))


@dataclass(frozen=True, slots=True)
class Pair:
    """Two versions, and with which options they are compared."""

    old: Fuzzed
    new: Fuzzed
    options: tuple[str, ...]

    @property
    def seed(self) -> str:
        return self.old.seed

    @property
    def changes(self) -> tuple[str, ...]:
        return (*self.old.changes, "→", *self.new.changes)

    @property
    def text(self) -> str:
        return f"{self.old.text}\n\n{self.new.text}"


def make(number: int, seed: int, seeds: Seeds) -> Pair:
    """The pair of a number."""
    rng = random.Random(f"diff:{seed}:{number}")
    part = seeds.part(rng)
    damage = Damage(part.document, seeds, rng)
    before = _change(damage, rng.choice(_BEFORE), rng)
    old = documents.written(part.name, before, damage.root[""], rng)
    roll = rng.random()
    if roll < 0.04:
        new = old
    elif roll < 0.1:
        other = seeds.part(rng)
        new = documents.written(other.name, (), other.document, rng)
    else:
        copy = json.loads(json.dumps(damage.root[""]))
        later = Damage(copy, seeds, rng)
        between = _change(later, rng.choice(_BETWEEN), rng)
        new = documents.written(part.name, between, later.root[""], rng)
    return Pair(old, new, rng.choice(_OPTIONS))


def _change(damage: Damage, times: int, rng: random.Random) -> tuple[str, ...]:
    made = rng.choices(list(CHANGES), list(CHANGES.values()), k=times)
    for change in made:
        change(damage)
    return tuple(change.__name__ for change in made)


def run(pair: Pair, folder: Path, *, alarm: float) -> Outcome:
    """Compare the two in this process. The same twice has no findings."""
    names = {f"old{pair.old.suffix}": pair.old, f"new{pair.new.suffix}": pair.new}
    for name, document in names.items():
        document.write(folder / name)
    found, told = outcomes.ended(["diff", *names, *pair.options], folder, alarm)
    # A document may speak of internal errors, too.
    if re.search("^(codegen: )?internal error: ", told, re.MULTILINE):
        return Outcome(INTERNAL, outcomes.shapeless(told)[:70], told)
    if pair.old == pair.new and found.kind == FINDINGS:
        return Outcome(outcomes.ORACLE, "the same twice differs", told)
    return found
