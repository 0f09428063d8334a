"""Assertions, their groups and the schemas inside them."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, Final, get_args, get_type_hints

import pytest

from codegen.ir import model as ir
from codegen.ir import walk

ASSERTIONS: Final = get_args(ir.Assertion)

GROUPS: Final = [
    (ir.OnAnyValue, ir.AnyValueAssertion),
    (ir.OnNumbers, ir.NumberAssertion),
    (ir.OnStrings, ir.StringAssertion),
    (ir.OnArrays, ir.ArrayAssertion),
    (ir.OnObjects, ir.ObjectAssertion),
    (ir.InPlace, ir.InPlaceApplicator),
]

VALUES: Final[dict[Any, Any]] = {
    int: 1,
    bool: True,
    str: "x",
    int | float: 1.5,
    int | None: 2,
    tuple[str, ...]: ("a", "b"),
    tuple[ir.Json, ...]: (None, 1),
    ir.SchemaId: ir.SchemaId("target"),
    Mapping[str, tuple[str, ...]]: {"a": ("b",)},
}
"""What a field without schemas is filled with, by its type."""


def filled(kind: type[Any]) -> tuple[ir.Assertion, list[ir.Schema]]:
    """An assertion of a kind with every schema that it can hold, and these."""
    numbers = itertools.count()
    made: list[ir.Schema] = []

    def schema() -> ir.Schema:
        name = ir.SchemaId(f"inner{next(numbers)}")
        made.append(ir.Schema(name, ir.Location("", "")))
        return made[-1]

    def value(of: Any) -> Any:
        if of in (ir.Schema, ir.Schema | None):
            return schema()
        if of == tuple[ir.Schema, ...]:
            return (schema(), schema())
        if of == Mapping[str, ir.Schema]:
            return {"a": schema(), "b": schema()}
        return VALUES[of]

    hints = get_type_hints(kind)
    return kind(**{f.name: value(hints[f.name]) for f in fields(kind)}), made


@pytest.mark.parametrize("kind", ASSERTIONS, ids=lambda kind: kind.__name__)
def test_no_schema_inside_an_assertion_is_missed(kind: type[Any]) -> None:
    assertion, inner = filled(kind)
    assert list(walk.subschemas(assertion)) == inner


@pytest.mark.parametrize("kind", ASSERTIONS, ids=lambda kind: kind.__name__)
def test_each_schema_inside_is_changed_and_nothing_else(kind: type[Any]) -> None:
    assertion, inner = filled(kind)
    seen: list[ir.Schema] = []

    def change(schema: ir.Schema) -> ir.Schema:
        seen.append(schema)
        return replace(schema, id=ir.SchemaId(f"changed {schema.id}"))

    changed = walk.map_subschemas(assertion, change)
    assert seen == inner
    assert [s.id for s in walk.subschemas(changed)] == [
        f"changed {s.id}" for s in inner
    ]
    originals = dict(zip((s.id for s in walk.subschemas(changed)), inner, strict=True))
    assert walk.map_subschemas(changed, lambda s: originals[s.id]) == assertion
    assert inner or changed is assertion


def test_a_condition_without_branches_has_one_schema() -> None:
    condition, *_ = filled(ir.IfThenElse)[1]
    bare = ir.IfThenElse(condition)
    assert list(walk.subschemas(bare)) == [condition]
    assert walk.map_subschemas(bare, lambda schema: schema) == bare


def test_what_is_asked_about_the_same_value() -> None:
    """Keywords that lead to a member, an item or a name begin a new question."""
    made = {kind: filled(kind) for kind in ASSERTIONS}
    in_place = {
        kind.__name__
        for kind, (assertion, _) in made.items()
        if list(walk.in_place(assertion))
    }
    assert in_place == {"AllOf", "AnyOf", "OneOf", "Not", "IfThenElse"} | {
        "DependentSchemas"
    }
    for assertion, inner in made.values():
        assert list(walk.in_place(assertion)) in ([], inner)


@pytest.mark.parametrize(("group", "union"), GROUPS, ids=lambda part: str(part))
def test_a_group_is_the_same_under_both_of_its_names(
    group: type[Any], union: Any
) -> None:
    derived = {
        kind
        for kind in vars(ir).values()
        if isinstance(kind, type) and issubclass(kind, group) and kind is not group
    }
    assert derived == set(get_args(union))


def test_each_assertion_is_of_one_group() -> None:
    grouped = [kind for _, union in GROUPS for kind in get_args(union)]
    assert grouped == list(ASSERTIONS)
