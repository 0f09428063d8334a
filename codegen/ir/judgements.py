"""The question whether a value is valid, and its answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, Protocol, TypeAlias

from codegen.ir import model as ir
from codegen.ir.values import Formats

_NOTHING: Final[frozenset[Any]] = frozenset()


class Evaluated:
    """Which properties and items of a value the assertions of a schema have evaluated,
    for `UnevaluatedProperties` and `UnevaluatedItems`."""

    # Most values are scalars, for which there is never more than nothing.
    properties: frozenset[str] = _NOTHING
    items: frozenset[int] = _NOTHING

    def add(self, other: Evaluated) -> None:
        """Take over what another schema has evaluated of the same value."""
        if other.properties:
            self.properties |= other.properties
        if other.items:
            self.items |= other.items


@dataclass(frozen=True, slots=True)
class Judgement:
    """The answer, and how many schemas were looked at to find it (`steps`)."""

    valid: bool
    steps: int


Known: TypeAlias = Mapping[tuple[ir.SchemaId, int], tuple[ir.Json, bool]]
"""Answers about arrays and objects, by the schema and the `id()` of the value. The
value is kept beside the answer, so that no other object can take its id."""

UNKNOWN: Final[Known] = MappingProxyType({})
"""No answers yet."""

Verdict: TypeAlias = Evaluated | None
"""What a schema has evaluated of a value; None where the value is invalid."""


Holds: TypeAlias = Callable[["Question", ir.Json, Evaluated], bool]
"""Whether one assertion holds of a value. What the assertion evaluates is added to the
last argument."""


class Reader(Protocol):
    """What a question needs to know of the module."""

    module: ir.Module
    formats: Formats
    read: dict[ir.SchemaId, tuple[ir.Schema, tuple[Holds, ...]]]

    def of(self, schema: ir.Schema) -> tuple[Holds, ...]:
        """The functions that judge the assertions of a schema, which is then among
        those that have been `read`."""


class Question:
    """One question about one value, and what has been found out on the way.

    `asking` holds the references that are being followed, each with its value, so that
    a circle is noticed; `answered` what came of those that were followed to the end;
    `known` answers of earlier questions. Values are recognised by `id()`, which is
    theirs as long as the question lasts.
    """

    def __init__(self, reading: Reader, known: Known) -> None:
        self.reading = reading
        self.read = reading.read
        self.known = known
        self.asking: set[tuple[ir.SchemaId, int]] = set()
        self.answered: dict[tuple[ir.SchemaId, int], Verdict] = {}
        self.circles = 0
        self.steps = 0

    def judge(self, schema: ir.Schema, value: ir.Json) -> Verdict:
        """What a schema evaluates of a value; None where the value is not valid."""
        self.steps += 1
        known, holding = self.read.get(schema.id, (None, ()))
        if known is not schema:
            holding = self.reading.of(schema)
        evaluated = Evaluated()
        for holds in holding:
            if not holds(self, value, evaluated):
                return None
        return evaluated

    def valid(self, schema: ir.Schema, value: ir.Json) -> bool:
        """Whether a part of the value, or the value, is valid under a schema, where
        nobody asks what is evaluated."""
        if self.known and isinstance(value, (dict, list)):
            found = self.known.get((schema.id, id(value)))
            if found is not None:
                self.steps += 1
                return found[1]
        return self.judge(schema, value) is not None

    def every(
        self, schemas: Iterable[ir.Schema], value: ir.Json, seen: Evaluated
    ) -> bool:
        """Whether a value meets all these schemas. `seen` takes what they evaluate."""
        for schema in schemas:
            verdict = self.judge(schema, value)
            if verdict is None:
                return False
            seen.add(verdict)
        return True

    def count(
        self, schemas: Iterable[ir.Schema], value: ir.Json, seen: Evaluated, most: int
    ) -> int:
        """How many of these schemas a value meets, counted up to `most`. `seen` takes
        what the schemas that it meets evaluate."""
        valid = 0
        for schema in schemas:
            verdict = self.judge(schema, value)
            if verdict is not None:
                seen.add(verdict)
                valid += 1
                if valid >= most:
                    break
        return valid


def reference(
    target: ir.SchemaId, question: Question, value: ir.Json, seen: Evaluated
) -> bool:
    """Whether a value is valid under the target of a reference.

    A target that is being asked about the same value already adds nothing, so it counts
    as valid. What depends on such an answer is not remembered: on another way to the
    target it may be different.
    """
    asked = (target, id(value))
    if asked in question.answered:
        verdict = question.answered[asked]
    elif asked in question.asking:
        question.circles += 1
        return True
    else:
        circles = question.circles
        question.asking.add(asked)
        verdict = question.judge(question.reading.module.schemas[target], value)
        question.asking.discard(asked)
        if circles == question.circles:
            question.answered[asked] = verdict
    if verdict is None:
        return False
    seen.add(verdict)
    return True
