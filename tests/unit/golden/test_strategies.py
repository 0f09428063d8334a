"""How the module of strategies is written."""

from __future__ import annotations

import pytest

from codegen import golden, python
from codegen.artifact import printed
from codegen.golden.by_rule import readable
from codegen.ir import accepts
from tests.differential.packages import module_of


def test_what_is_the_same_is_written_once() -> None:
    """1 and true are equal to Python, and are two."""
    module = module_of(
        {
            "$defs": {
                "A": {"not": {"type": "null"}, "const": [1]},
                "B": {"not": {"type": "null"}, "const": [True]},
                "C": {"not": {"type": "null"}, "const": [1]},
                "Never": {"not": {"type": "null"}, "const": None},
            },
        }
    )
    assert module is not None
    files = printed(golden.strategies(module, python.Settings("sdk")))
    (text,) = (file.text for file in files if file.path == "sdk/strategies.py")
    assert "_make_C" not in text
    for line in (
        '    "A": _make_A,\n',
        '    "B": _make_B,\n',
        '    "C": _make_A,\n',
        '    "A": "[1]",\n',
        '    "B": "[true]",\n',
        '    "C": "[1]",\n',
    ):
        assert line in text
    assert text.count('    "Never":') == 1  # It has no value.


SCHEMAS = {
    "Text": {"type": "string", "minLength": 2, "maxLength": 9},
    "Long": {"type": "string", "minLength": 5000},
    "Code": {"type": "string", "pattern": "^[A-Z]{3}$"},
    "Day": {"type": "string", "format": "date"},
    "Token": {"type": "string", "format": "jwt"},
    "Known": {"enum": ["a", 1, None]},
    "Pairs": {"enum": [[1, 2], [3, 4]]},
    "Wrong": {"type": "string", "enum": ["a", 1]},
    "Open": {"anyOf": [{"enum": ["a", "b"]}, {"type": "string"}]},
    "Levels": {"oneOf": [{"const": 1}, {"const": 2}]},
    "Twice": {"oneOf": [{"const": 1}, {"enum": [1, 2]}]},
    "Either": {"anyOf": [{"minimum": 1}, {"type": "string"}]},
    "Both": {"anyOf": [{"type": "string"}, {"type": "null"}], "minLength": 2},
    "Hundreds": {"type": "number", "exclusiveMinimum": 0, "multipleOf": 100},
    "Tenths": {"type": "number", "multipleOf": 0.1},
    "Set": {"type": "array", "items": {"type": "integer"}, "uniqueItems": True},
    "Switches": {
        "type": "array",
        "items": {"type": "boolean"},
        "uniqueItems": True,
        "minItems": 2,
    },
    "Tree": {"properties": {"inner": {"$ref": "#/$defs/Tree"}}},
    "Order": {"properties": {"tree": {"$ref": "#/$defs/Tree"}}, "required": ["id"]},
    "Few": {"additionalProperties": {"type": "string"}, "maxProperties": 1},
    "Some": {"additionalProperties": {"type": "string"}, "maxProperties": 9},
    "Merged": {"allOf": [{"$ref": "#/$defs/Order"}, {"required": ["at"]}]},
}


def test_what_is_built_as_its_rule_says() -> None:
    """Of all others it is written how they are built."""
    module = module_of({"$defs": SCHEMAS})
    assert module is not None
    found = readable(module, ())
    assert {name for name in SCHEMAS if name not in found} == {
        *("Long", "Code", "Day", "Pairs", "Wrong", "Open", "Twice", "Both"),
        *("Tenths", "Switches", "Tree", "Few", "Merged"),
    }
    assert "Day" not in readable(module, ("date",))


def test_values_of_an_enum_are_not_looked_for_among_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As there can be tens of thousands."""
    values = [one for n in range(300) for one in (n, str(n), n + 0.5)]
    module = module_of({"$defs": {"Many": {"enum": [*values, None, True]}}})
    assert module is not None
    compared: list[object] = []
    monkeypatch.setattr(accepts, "enumerated", lambda *pair: compared.append(pair))
    assert "Many" in readable(module, ())
    assert not compared
