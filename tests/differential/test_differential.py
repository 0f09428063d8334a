"""Generated code, the naive interpreter and an independent validator are of one mind.

Short by default; `CODEGEN_DIFFERENTIAL` multiplies the number of examples.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import HealthCheck, assume, example, given, note, settings
from hypothesis import strategies as st

from codegen.golden.expected import Expectations
from codegen.golden.machinery.values import text
from codegen.golden.machinery.violations import pairs
from codegen.ir import model as ir
from codegen.ir.accepts import accepts
from codegen.oracle import Oracle, Undecided
from codegen.samples import Builder, NoSample, near_misses
from tests.annotated import lies
from tests.constraints import violations as constrained
from tests.differential.packages import compile_package, module_of
from tests.differential.strategies import documents, values
from tests.sweeps import LONG

FACTOR = int(os.environ.get("CODEGEN_DIFFERENTIAL", "8" if LONG else "1"))
MANY = settings(
    max_examples=70 * FACTOR,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
FEW = settings(MANY, max_examples=25 * FACTOR)

samples = st.lists(values, min_size=1, max_size=6)


def lowered(document: dict[str, Any]) -> ir.Module:
    """The module of a schema; schemas that are refused are of no interest here."""
    module = module_of(document)
    assume(module is not None)
    assert module is not None
    return module


def built(module: ir.Module) -> list[Any]:
    """Values that come near the schema, whatever random ones do."""
    builder = Builder(module)
    root = module.named("#")
    found = []
    for value in (builder.smallest(root, 300), builder.fullest(root, 300)):
        if not isinstance(value, NoSample):
            found.append(value)
            found.extend(miss.value for miss in near_misses(builder, root, value)[:40])
    return found


WIDE: dict[str, Any] = {
    "items": {
        "anyOf": [
            {"minimum": 1e300, "exclusiveMaximum": 4e300},
            {"exclusiveMinimum": -1e23, "maximum": 1e23, "multipleOf": 1e22},
            {"enum": [7e23, 0.5, True]},
            {"const": 10**25},
        ]
    }
}
"""Limits that are whole decimals and whose nearest floats are other numbers."""

WIDE_VALUES: list[Any] = [
    [number, number + 1, number - 1, float(number)]
    for number in (10**300, 4 * 10**300, 10**23, -(10**23), 7 * 10**23, 10**25)
]
WIDE_VALUES += [[part] for whole in WIDE_VALUES for part in whole]


@MANY
@given(documents(), samples)
@example(WIDE, WIDE_VALUES)
def test_the_interpreter_agrees(document: dict[str, Any], some: list[Any]) -> None:
    """On the schema as it is written, and on what the IR exports."""
    module = lowered(document)
    root = module.names["#"]
    raw = jsonschema_rs.Draft202012Validator(document)
    oracle = Oracle(module)
    for value in [*some, *built(module)]:
        note(f"value: {value!r}")
        expected = raw.is_valid(value)
        assert accepts(module, root, value) is expected
        assert oracle.valid(root, value) is expected


@FEW
@given(documents(), samples, st.booleans())
@example(WIDE, WIDE_VALUES, False)
@example({"additionalProperties": {"const": 0}}, [{"a": 2.0}], False)
def test_generated_code_agrees(
    document: dict[str, Any], some: list[Any], sent: bool
) -> None:
    """Verdict, strict and tolerant decoding, and encoding."""
    module = lowered(document)
    raw = jsonschema_rs.Draft202012Validator(document)
    with compile_package(module, sent=sent) as package:
        schema = package.SCHEMAS["#"]
        for value in [*some, *built(module)]:
            note(f"value: {value!r}")
            violations = constrained(package, schema, value)
            assert (violations == []) is raw.is_valid(value), violations
            # Without `violations`, which `is_valid` asks where the check says no.
            assert schema._check()(value) is raw.is_valid(value)
            tolerant = schema.decode(value, strict=False)
            assert text(schema.encode(tolerant)) == text(value)
            if hasattr(tolerant, "to_json"):
                assert text(json.loads(tolerant.to_json())) == text(value)
            if violations:
                with pytest.raises(package.ValidationError) as caught:
                    schema.decode(value)
                assert list(caught.value.violations) == violations
            else:
                assert schema.encode(schema.decode(value)) == value
                assert not list(lies(package, "#", [value]))


@FEW
@given(documents(), samples)
@example(WIDE, WIDE_VALUES)
def test_violations_are_named_alike(document: dict[str, Any], some: list[Any]) -> None:
    """The same places and keywords as the independent validator finds, as often."""
    module = lowered(document)
    root = module.named("#")
    expectations = Expectations(module, Oracle(module))
    with compile_package(module) as package:
        schema = package.SCHEMAS["#"]
        for value in [*some, *built(module)]:
            note(f"value: {value!r}")
            try:
                expected = expectations.of(root, value)
            except Undecided:
                continue
            found = pairs(constrained(package, schema, value))
            if all(path is not None for path, _ in expected):
                assert telling(found) == telling(expected)
            else:
                assert found


def telling(pairs: Sequence[Any]) -> list[Any]:
    """Violations without those that say little beside others: that a property is
    unevaluated, where a branch that would have evaluated it fails."""
    causes = [(p, k) for p, k in pairs if not k.startswith("unevaluated")]
    return sorted(causes or pairs)
