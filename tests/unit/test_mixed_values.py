"""Values of several types: each is in the annotation, and a name is there for them."""

from __future__ import annotations

from typing import Any

from codegen import python
from codegen.python.emit import printer
from codegen.python.model.annotations import field_annotation
from tests.property.schemas import module

SCHEMA: Any = {
    "$defs": {
        "Mixed": {"anyOf": [{"enum": ["a", 1, 2.5]}, {"type": "null"}]},
        "Texts": {"anyOf": [{"enum": ["a", "b"]}, {"type": "null"}]},
        "Whole": {"anyOf": [{"type": "integer", "enum": [1, 5.0]}, {"type": "null"}]},
        "Both": {
            "type": "object",
            "required": ["of"],
            "properties": {
                "of": {"anyOf": [{"const": 1}, {"type": "array"}, {"const": True}]}
            },
        },
    }
}


def test_a_name_stays_with_values_that_are_no_enum() -> None:
    package = python.decide(module(SCHEMA), python.Settings("p"))
    enums = {str(package.names.of(schema.id)) for schema in package.enums}
    aliases = {str(package.names.of(schema.id)) for schema, _, _ in package.aliases}
    assert enums == {"Texts", "Whole"}
    assert "Mixed" in aliases


def test_an_annotation_names_one_and_true() -> None:
    package = python.decide(module(SCHEMA), python.Settings("p"))
    ((_, (field,)),) = package.classes
    found = printer.expression(field_annotation(package.names, field))
    assert found == "Literal[1, True] | list[Any]"


def test_zero_and_false_are_no_tags_of_one_table() -> None:
    branches = ({"enum": [0, False]}, {"const": "on"})
    objects = [
        {"type": "object", "required": ["kind"], "properties": {"kind": kind}}
        for kind in branches
    ]
    schema: Any = {"$defs": {"Either": {"oneOf": objects}}}
    assert not python.decide(module(schema), python.Settings("p")).all_tables
