"""What docstrings of a package say beside the description."""

from __future__ import annotations

from typing import Any

import pytest

from codegen.ir import model as ir
from codegen.python.model import enumerations
from codegen.python.model.docstrings import described
from codegen.python.model.typed_texts import NONE, Formats


def schema(
    *assertions: ir.Assertion, default: Any = ir.MISSING, words: str = ""
) -> ir.Schema:
    place = ir.Location("spec.yaml", "")
    told = ir.Annotations(default=default, description=words)
    return ir.Schema(ir.SchemaId("spec.yaml#"), place, assertions, told)


FORMATS = Formats.of(["checked", "date"], ["date", "uuid"])


@pytest.mark.parametrize(
    ("assertion", "words"),
    [
        (ir.MinLength(1), "At least 1 character."),
        (ir.MinLength(0), ""),
        (ir.MinItems(0), ""),
        (ir.MinProperties(0), ""),
        (ir.MaxLength(1), "At most 1 character."),
        (ir.MaxLength(0), "At most 0 characters."),
        (ir.MinItems(1), "At least 1 item."),
        (ir.MaxItems(12), "At most 12 items."),
        (ir.MinProperties(1), "At least 1 property."),
        (ir.MaxProperties(2), "At most 2 properties."),
        (ir.UniqueItems(), "No item twice."),
        (ir.Minimum(1), "At least 1."),
        (ir.Maximum(0.5, exclusive=True), "Below 0.5."),
        (ir.MultipleOf(5), "A multiple of 5."),
        (ir.Pattern("^a"), 'Matches the pattern "^a".'),
        (ir.Pattern("a" * 61), ""),
        (ir.Format("checked"), ""),
        (ir.Format("other"), 'Format "other", which is not checked.'),
        (
            ir.Format("date"),
            'The type is narrower than the format "date": it has no year 0.',
        ),
        (ir.Format("uuid"), ""),
        (ir.Required(("a",)), ""),
        (ir.Contains(schema()), ""),
    ],
    ids=str,
)
def test_limits_are_told(assertion: ir.Assertion, words: str) -> None:
    assert described((schema(assertion),), FORMATS) == words


@pytest.mark.parametrize(
    ("default", "shown"),
    [
        (None, "null"),
        (True, "true"),
        (False, "false"),
        (0.25, "0.25"),
        ("", '""'),
        ('say "hi"\n\u2028', '"say \\"hi\\"\\n\\u2028"'),
        ("naïve", '"naïve"'),
        ([None, {"on": True}], '[null, {"on": true}]'),
    ],
)
def test_defaults_are_told_as_json_spells_them(default: Any, shown: str) -> None:
    assert (
        described((schema(default=default),), NONE) == f"Default of the API: {shown}."
    )


@pytest.mark.parametrize("default", ["a" * 61, list(range(60)), 10**5000], ids=type)
def test_long_defaults_are_not_told(default: Any) -> None:
    assert described((schema(default=default),), NONE) == ""


TWO = "A list: exactly 2 items, no item twice."
LIST = schema(ir.Type(("array",)), ir.MaxItems(2), ir.UniqueItems(), ir.MinItems(2))
NULL = schema(ir.Type(("null",)))
NAME = schema(ir.Type(("string",)), ir.MaxLength(9), words="What it is called.")
NAME_OR_NULL = schema(ir.AnyOf((NAME, NULL)))
ONLY_NULL = schema(ir.Enum((None,), keyword="const"))


@pytest.mark.parametrize(
    ("of", "words"),
    [
        (NAME_OR_NULL, "What it is called.\n\nAt most 9 characters."),
        (schema(ir.OneOf((ONLY_NULL, NAME))), described((NAME,), FORMATS)),
        (schema(ir.AnyOf((NAME_OR_NULL, NULL))), described((NAME,), FORMATS)),
        (
            schema(ir.AnyOf((NAME, NULL)), words="A name."),
            "A name.\n\nWhat it is called.\n\nAt most 9 characters.",
        ),
        (schema(ir.AnyOf((NAME,))), ""),
        (schema(ir.AnyOf((NAME, LIST, NULL))), f"A text: at most 9 characters. {TWO}"),
        (schema(ir.OneOf((schema(ir.MinItems(2)), LIST))), TWO),
        (schema(ir.AnyOf((schema(ir.Ref(NAME.id)), NULL))), ""),
    ],
)
def test_what_has_no_name_in_a_union_is_told(of: ir.Schema, words: str) -> None:
    assert described((of,), FORMATS) == words


def listed(*values: ir.Json, **told: Any) -> ir.Schema:
    place = ir.Location("spec.yaml", "")
    own = ir.SchemaId(f"spec.yaml#{values}")
    return ir.Schema(own, place, (ir.Enum(values),), ir.Annotations(**told))


VOICES = listed(
    "a",
    "b",
    enum_members=(ir.EnumMember("a", "A", "First\nof all."),),
    enum_metadata={"b": {"tone": "low", "size": 2}},
)
LEVELS = listed(0, 1, enum_members=(ir.EnumMember(0, "LOW", ""),))
BRANCHES = ir.OneOf(
    (listed("a", title="One"), listed("b", deprecated=True), listed("c"))
)
TOLD = '- "a": First of all.\n- "b": tone: "low", size: 2.'


@pytest.mark.parametrize(
    ("of", "words"),
    [
        (VOICES, TOLD),
        (schema(ir.Items(VOICES)), TOLD),
        (schema(ir.AdditionalProperties(VOICES)), TOLD),
        (schema(ir.AnyOf((VOICES, schema(ir.Type(("null",)))))), TOLD),
        (schema(ir.AnyOf((VOICES, LEVELS))), f"{TOLD}\n- 0 (LOW)"),
        (
            schema(ir.AnyOf((listed("a", "b", description="One."), listed("c")))),
            '- "a", "b": One.',
        ),
        (schema(BRANCHES), '- "a": One\n- "b": Deprecated.'),
        (schema(ir.Not(VOICES)), ""),
        (schema(ir.Properties({"voice": VOICES})), ""),
        (schema(ir.Items(schema(ir.Properties({"voice": VOICES})))), ""),
        (listed("a", "b"), ""),
    ],
    ids=str,
)
def test_what_is_said_of_values_without_a_name_is_told(
    of: ir.Schema, words: str
) -> None:
    assert described((of,), NONE) == words


def test_members_have_docstrings_of_their_own() -> None:
    assert described((VOICES,), NONE, members=True) == ""
    assert enumerations.described(schema(BRANCHES)) == {"a": "One", "b": "Deprecated."}


@pytest.mark.parametrize(
    ("title", "called", "told"),
    [
        ("Total Entries", "total_entries", ""),
        ("Totalentries", "totalEntries", ""),
        ("Card", "PaymentCard", ""),
        ("HTTP Error", "HTTPError", ""),
        ("Ard", "PaymentCard", "Ard"),
        ("A card", "PaymentCard", "A card"),
        ("Card", "", "Card"),
    ],
)
def test_titles_tell_more_than_names(title: str, called: str, told: str) -> None:
    titled = ir.Schema(
        ir.SchemaId("spec.yaml#"),
        ir.Location("spec.yaml", ""),
        annotations=ir.Annotations(title=title),
    )
    assert described((titled,), FORMATS, called=called) == told


def test_a_description_that_is_only_a_comment_says_nothing() -> None:
    assert described((schema(words="<!-- theme: info -->"),), FORMATS) == ""
    commented = schema(ir.MinLength(1), words="A name. <!-- to do -->")
    assert described((commented,), FORMATS) == "A name.\n\nAt least 1 character."
