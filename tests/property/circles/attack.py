"""Asks generated packages about values that lead through circles of schemas."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any, Final

from codegen.ir import model as ir
from codegen.ir.accepts import accepts
from tests.property.circles.schemas import Nest, definitions, nest
from tests.wire.packages import build

NESTS: Final = 4
"""How many kinds of values a schema is asked about."""

LEVELS: Final = 24

MOST_TIMES: Final = 3.2
"""How many times the calls may be that are made for twice the levels. What grows with
the square of the depth makes four times as many."""

SOME: Final = 800
"""How many calls count as none: what is made when something is first asked for."""


class _TooMany(BaseException):
    """Nothing that is asked may catch it."""


def calls(function: Callable[[], object], most: int) -> int:
    """How many calls of Python a call makes. It is ended after `most`."""
    count = 0

    def noted(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "call"
        if count > most:
            sys.setprofile(None)
            raise _TooMany

    sys.setprofile(noted)
    try:
        function()
    except _TooMany:
        pass
    finally:
        sys.setprofile(None)
    return count


def questions(schema: Any) -> dict[str, Callable[[Any], object]]:
    """What a schema of a package can be asked about a value."""
    return {
        "is_valid": schema.is_valid,
        "violations": schema.violations,
        "decode": lambda value: schema.decode(value, strict=False),
    }


def grown(schema: Any, values: Nest, levels: int = LEVELS) -> Iterator[str]:
    """The questions for which the work grows faster than the value. A single step says
    nothing, because the answer may be another one."""
    for name, asked in questions(schema).items():
        before = _work(asked, values.value(levels), 200_000)
        for size in (2 * levels, 4 * levels):
            work = _work(asked, values.value(size), 20 * before + SOME)
            if work <= MOST_TIMES * before + SOME:
                break
            if work > 20 * before + SOME or size > 2 * levels:
                yield name
                break
            before = work


def _work(asked: Callable[[Any], object], value: ir.Json, most: int) -> int:
    return calls(lambda: asked(value), most)


def complaints(seed: int, folder: Path) -> Iterator[str]:
    """What is wrong with what a random package says and with the work that it does."""
    rng = random.Random(seed)
    schemas = definitions(rng)
    dialect = "https://json-schema.org/draft/2020-12/schema"
    spec = folder / f"circles{seed}.json"
    spec.write_text(json.dumps({"$schema": dialect, "$defs": schemas}), "utf-8")
    built = build(spec, spec.stem, folder, lenient=True)
    for name in schemas:
        schema = built.sdk.SCHEMAS[name]
        for _ in range(NESTS):
            values = nest(rng)
            value = values.value(5)
            expected = accepts(built.module, built.module.names[name], value)
            said = schema.is_valid(value), not schema.violations(value)
            event = schema.decode(values.value(5), strict=False)
            if said != (expected, expected):
                yield f"{seed} {name}: {value} is {expected}, not {said}"
            if schema.encode(event) != value:
                yield f"{seed} {name}: {value} comes back otherwise"
            for asked in grown(schema, values):
                yield f"{seed} {name}: {asked} takes too long for {values}"
