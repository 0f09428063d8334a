"""The export of the IR is read by a validator that this project did not write."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
import pytest

from codegen.ir import export, exporter
from codegen.ir import model as ir

HERE = ir.Location("test.json", "")


def schema(name: str, *assertions: ir.Assertion) -> ir.Schema:
    return ir.Schema(ir.SchemaId(name), HERE, assertions)


def module(*schemas: ir.Schema) -> ir.Module:
    return ir.Module(
        title="t",
        version="1",
        dialect="json-schema-2020-12",
        files=(),
        schemas={s.id: s for s in schemas},
        names={s.id: s.id for s in schemas},
    )


def accepts(root: ir.Schema, value: Any, *others: ir.Schema) -> bool:
    document = export.schema_document(module(root, *others), root)
    return jsonschema_rs.Draft202012Validator(document).is_valid(value)


ANY = schema("any")
NEVER = schema("never", ir.Never())
TEXT = schema("text", ir.Type(("string",)))
WHOLE = schema("whole", ir.Type(("integer",)))


@pytest.mark.parametrize(
    ("assertion", "valid", "invalid"),
    [
        (ir.Type(("null", "integer")), 1.0, 1.5),
        (ir.Enum((1, None)), 1.0, True),
        (ir.Enum(({"a": [1]},), "const"), {"a": [1.0]}, {"a": [True]}),
        (ir.Minimum(2), 2, 1),
        (ir.Minimum(2, exclusive=True), 2.5, 2),
        (ir.Maximum(2), 2, 3),
        (ir.Maximum(2, exclusive=True), 1, 2),
        (ir.MultipleOf(0.01), 19.99, 19.999),
        (ir.MinLength(2), "\U0001f600\U0001f600", "\U0001f600"),
        (ir.MaxLength(1), "\U0001f600", "ab"),
        (ir.Pattern(r"^\d+$"), "1", "1\n"),
        (ir.PrefixItems((TEXT,)), ["a", 1], [1]),
        (ir.Items(TEXT), ["a"], [1]),
        (ir.Contains(TEXT, 0, 1), [1], ["a", "b"]),
        (ir.Contains(TEXT, 2), ["a", 1, "b"], ["a", 1]),
        (ir.MinItems(1), [1], []),
        (ir.MaxItems(1), [1], [1, 2]),
        (ir.UniqueItems(), [1, True], [1, 1.0]),
        (ir.UnevaluatedItems(TEXT), ["a"], [1]),
        (ir.Properties({"a/b": TEXT}), {"a/b": "x"}, {"a/b": 1}),
        (ir.PatternProperties({"^x": TEXT}), {"xa": "x", "y": 1}, {"xa": 1}),
        (ir.AdditionalProperties(NEVER), {}, {"a": 1}),
        (ir.PropertyNames(schema("n", ir.MaxLength(1))), {"a": 1}, {"ab": 1}),
        (ir.Required(("a",)), {"a": None}, {}),
        (ir.MinProperties(1), {"a": 1}, {}),
        (ir.MaxProperties(0), {}, {"a": 1}),
        (ir.DependentRequired({"a": ("b",)}), {"b": 1}, {"a": 1}),
        (ir.DependentSchemas({"a": NEVER}), {"b": 1}, {"a": 1}),
        (ir.UnevaluatedProperties(NEVER), {}, {"a": 1}),
        (ir.AllOf((TEXT, schema("l", ir.MinLength(1)))), "a", ""),
        (ir.AnyOf((TEXT, WHOLE)), 1, 1.5),
        (ir.OneOf((WHOLE, schema("m", ir.MultipleOf(2)))), 3, 2),
        (ir.Not(TEXT), 1, "a"),
        (ir.IfThenElse(TEXT, NEVER, WHOLE), 1, "a"),
        (ir.IfThenElse(TEXT, None, WHOLE), "a", 1.5),
    ],
    ids=lambda value: type(value).__name__ if hasattr(value, "__slots__") else None,
)
def test_every_assertion(assertion: ir.Assertion, valid: Any, invalid: Any) -> None:
    root = schema("root", assertion)
    assert accepts(root, valid)
    assert not accepts(root, invalid)


def test_never_beside_others_is_false() -> None:
    assert not accepts(schema("root", ir.Never(), ir.Type(("string",))), "a")


def test_two_of_a_kind_both_hold() -> None:
    a, b = schema("a", ir.MinLength(2)), schema("b", ir.MaxLength(3))
    both = schema("root", ir.Ref(a.id), ir.Ref(b.id), ir.AllOf((TEXT,)))
    assert accepts(both, "ab", a, b)
    assert not accepts(both, "a", a, b)
    assert not accepts(both, "abcd", a, b)
    assert not accepts(both, 1, a, b)
    unions = schema(
        "root", ir.AnyOf((TEXT, WHOLE)), ir.AnyOf((TEXT, schema("n", ir.Enum((1,)))))
    )
    assert accepts(unions, 1)
    assert not accepts(unions, 2)


def test_additional_properties_keep_their_neighbours() -> None:
    root = schema(
        "root",
        ir.Properties({"a": TEXT}),
        ir.PatternProperties({"^x": WHOLE}),
        ir.AdditionalProperties(NEVER, ("a",), ("^x",)),
    )
    assert accepts(root, {"a": "s", "x1": 1})
    assert not accepts(root, {"b": 1})


@pytest.mark.parametrize(
    "assertions",
    [
        (ir.AdditionalProperties(NEVER, known=("a",)),),
        (ir.AdditionalProperties(NEVER, patterns=("a",)),),
        (ir.Items(NEVER, start=1),),
    ],
)
def test_what_leans_on_a_missing_neighbour_is_refused(
    assertions: tuple[ir.Assertion, ...],
) -> None:
    root = schema("root", *assertions)
    with pytest.raises(exporter.NotExportable) as caught:
        export.export(module(root))
    assert caught.value.schema is root


@pytest.mark.parametrize("evaluates", [True, False])
def test_contains_of_2019_does_not_evaluate(evaluates: bool) -> None:
    root = schema(
        "root",
        ir.Contains(WHOLE, evaluates=evaluates),
        ir.UnevaluatedItems(TEXT),
    )
    assert accepts(root, ["a", 1]) is evaluates
    assert not accepts(root, ["a"])


def test_contains_is_plain_where_evaluation_cannot_be_seen() -> None:
    root = schema("root", ir.Contains(WHOLE, evaluates=False))
    document = export.export(module(root))
    assert document["$defs"]["root"] == {"contains": {"type": "integer"}}


def test_formats_only_where_asserted() -> None:
    root = schema("root", ir.Format("date"))
    plain = export.export(module(root))
    asserted = export.export(module(root), formats=("date",))
    assert plain["$defs"]["root"] is True
    assert asserted["$defs"]["root"] == {"format": "date"}


def test_recursion_and_the_closure() -> None:
    node = schema(
        "tree#/$defs/a b",
        ir.Properties(
            {
                "next": ir.Schema(
                    ir.SchemaId("next"), HERE, (ir.Ref(ir.SchemaId("tree#/$defs/a b")),)
                ),
                "v": TEXT,
            }
        ),
    )
    document = export.schema_document(module(node, WHOLE), node)
    assert set(document["$defs"]) == {exporter.key_of(node.id), "_"}
    validator = jsonschema_rs.Draft202012Validator(document)
    assert validator.is_valid({"next": {"next": {"v": "x"}}})
    assert not validator.is_valid({"next": {"next": {"v": 1}}})


def test_keys_are_safe_and_differ() -> None:
    ids = ["a/b", "a_2f_b", "a~b", "a%b", "a b", "ab", "a_b", "ä", "_", "#"]
    keys = [exporter.key_of(ir.SchemaId(i)) for i in ids]
    assert len(set(keys)) == len(ids)
    assert "_" not in keys
    assert all(key.isascii() and not set(key) & set("/~%# ") for key in keys)


def test_a_schema_that_stands_nowhere() -> None:
    loose = schema("loose", ir.Ref(TEXT.id), ir.MinLength(1))
    document = export.schema_document(module(TEXT), loose)
    validator = jsonschema_rs.Draft202012Validator(document)
    assert validator.is_valid("a")
    assert not validator.is_valid("")
    assert not validator.is_valid(1)
