"""Compares documents of random facts, and holds what is said against the model."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from codegen.compat import Comparison, Policy, Verdict, compare
from codegen.ir import model as ir
from tests.property.deliveries.edits import edited, nothing
from tests.property.deliveries.facts import Facts, facts
from tests.property.deliveries.model import lost, rejected
from tests.property.deliveries.writing import written
from tests.property.document_edits import module

SAFE: Final = (Verdict.COMPATIBLE, Verdict.IDENTICAL)
WAYS: Final = {
    "receive": ir.Direction.CLIENT_TO_SERVER,
    "send": ir.Direction.SERVER_TO_CLIENT,
}
VERSIONS: Final = ((3, 3), (2, 2), (2, 3), (3, 2))


@dataclass(frozen=True, slots=True)
class Judged:
    """What was said of a direction, or of all, and what goes wrong in it."""

    edits: tuple[str, ...]
    way: str
    verdict: Verdict
    fault: str
    findings: tuple[str, ...]

    @property
    def is_lie(self) -> bool:
        """Whether harm is called harmless."""
        return bool(self.fault) and self.verdict in SAFE

    @property
    def is_false_alarm(self) -> bool:
        """Whether no fact differs, and yet something is said to break."""
        return set(self.edits) == {nothing.__name__} and self.verdict not in SAFE

    @property
    def kind(self) -> str:
        """What was said, and whether it is known what goes wrong."""
        known = "something goes wrong" if self.fault else "nothing is known to"
        word = "LIE " * self.is_lie + "FALSE ALARM " * self.is_false_alarm
        return f"{word}{self.way}: {self.verdict.value}, {known}"

    def __str__(self) -> str:
        return f"{self.kind} ({self.fault}) {self.edits} {self.findings}"


def pair(number: int) -> tuple[Facts, Facts, tuple[str, ...]]:
    """The facts of the two versions of a number, and what was edited."""
    rng = random.Random(number)
    old = new = facts(rng)
    if number % 3 == 0:
        return old, new, (nothing.__name__,)
    names = []
    for _ in range(rng.randint(1, 2)):
        name, new = edited(new, rng)
        names.append(name)
    return old, new, tuple(names)


def documents(number: int) -> tuple[ir.Module, ir.Module]:
    """Both versions of a number, each as it is written down."""
    old, new, _ = pair(number)
    rng, both = random.Random(number), VERSIONS[number // 3 % len(VERSIONS)]
    first, second = (
        module(written(one, rng, version))
        for one, version in zip((old, new), both, strict=True)
    )
    return first, second


def judged(number: int) -> Iterator[Judged]:
    """What is said of each direction of a pair, and of the whole."""
    old, new, names = pair(number)
    found = compare(*documents(number), Policy())
    said = _said(found)
    for verb, way in WAYS.items():
        fault = rejected(old, new, way)
        yield Judged(names, way.value, found.directions[way.value], fault, said)
        gone = lost(old, new, verb)
        yield Judged(names, f"where clients {verb}", found.verdict, gone, said)


def _said(found: Comparison) -> tuple[str, ...]:
    return tuple(
        f"{one.verdict.value} {one.about.id}: {one.message}"
        for one in found.findings
        if one.verdict not in SAFE
    )
