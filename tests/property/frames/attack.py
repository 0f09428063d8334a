"""Compares random pairs, and holds what is said of each direction against the model."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from codegen.compat import Policy, Verdict, compare
from codegen.ir import model as ir
from tests.property.document_edits import module
from tests.property.frames.documents import (
    Spec,
    document,
    of_version_2,
    without_replies,
)
from tests.property.frames.edits import edited
from tests.property.frames.model import rejected

WAYS: Final = (ir.Direction.CLIENT_TO_SERVER, ir.Direction.SERVER_TO_CLIENT)
SAFE: Final = (Verdict.COMPATIBLE, Verdict.IDENTICAL)


@dataclass(frozen=True, slots=True)
class Judged:
    """What was said of a direction, and a frame that is rejected in it."""

    way: ir.Direction
    verdict: Verdict
    frame: tuple[str, Any] | None

    @property
    def is_lie(self) -> bool:
        """Whether harm is called harmless."""
        return self.frame is not None and self.verdict in SAFE

    @property
    def kind(self) -> str:
        """What was said, and whether a frame is known that is rejected."""
        shown = "a frame is rejected" if self.frame else "no frame is known"
        said = f"{self.way.value}: {self.verdict.value}, {shown}"
        return f"LIE {said}" if self.is_lie else said

    def __str__(self) -> str:
        return f"{self.kind}: {self.frame}"


def pair(number: int) -> tuple[Spec, Spec]:
    """The two versions of a number."""
    rng = random.Random(number)
    old = new = document(rng)
    for _ in range(rng.randint(1, 4)):
        new = edited(new, rng)
    return (edited(old, rng) if rng.random() < 0.3 else old), new


def judged(number: int, version: int = 3) -> Iterator[Judged]:
    """What is said of both directions of a pair, in a version of AsyncAPI."""
    old, new = both = pair(number)
    if version == 2:
        old, new = without_replies(old), without_replies(new)
        both = of_version_2(old), of_version_2(new)
    found = compare(module(both[0]), module(both[1]), Policy())
    for way in WAYS:
        frame = rejected(old, new, way, random.Random(number))
        yield Judged(way, found.directions[way.value], frame)
