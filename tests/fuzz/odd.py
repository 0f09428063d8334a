"""What damaged documents hold: odd values, names, schemas, keywords.

`<name>`, `<value>`, `<schema>` and `<ref>` are gaps that are filled when used. A text
`@@1e400@@` becomes a number as it is written here, which Python could not hold.
"""

from __future__ import annotations

import re
from typing import Any, Final

NAMES: Final = [
    "", " ", "a", "A", "a b", "a-b", "a_b", "aB", "_", "__", "_a", "__init__", "__class__",
    "class", "None", "True", "self", "cls", "property", "type", "str", "int", "list", "dict",
    "object", "object_", "value", "values", "data", "raw", "field", "fields", "model",
    "models", "codec", "checks", "events", "schemas", "Any", "Final", "UNSET", "Unset",
    "Model", "Schema", "Violation", "typing", "from_dict", "to_json", "encode", "decode",
    "_extra", "_wire", "_drift", "mro", "__slots__", "__dict__", "print", "len", "match",
    "0", "1", "+1", "-1", "01", "007", "1.0", "1e3", "18446744073709551616", "$ref", "$id",
    "~", "~1", "/", "a/b", "#", "%", "%41", "\\", "'", '"', "'''", '"""', "\n", "\r", "\t",
    "\u2028", "\x00", "\x1b[0m", "{x}", "{{x}}", "{%x%}", "é", "ß", "ſ", "ﬁ", "Å", "İ", "ı",
    "日本", "١", "１", "²", "a\u0301", "\u200b", "\u202e", "\ufeff", "😀", "\ud800", "\udc00",
    "a" * 300, "x.y.z", "com.example/v1", "=", "<", "constructor", "items", "properties",
    "required", "oneOf", "kind", "session.update", "*", "..", "../x", "CON", "if", "async",
]  # fmt: skip

VALUES: Final[list[Any]] = [
    None, True, False, 0, 1, -1, 2, 3, 10, 100, 2**31, 2**53 + 1, 2**63, 2**64, -(2**63),
    10**30, 10**400, 0.0, -0.0, 0.1, 0.5, 1.0, 1.5, 1e-7, 1e16, 1e300, 5e-324, "@@1e400@@",
    "@@-1e400@@", "@@1E+2@@", "@@1.0000000000000000000001@@", "@@-0@@", "@@1e-400@@",
    "", "a", "abc", "1", "true", "null", "object", "string", "array", "integer", "#", "#/",
    "(", "[a-", "^a$", "(?<=a*)b", "(a+)+$", "\\p{L}", "\\d", ".", "\\", "date-time", "uuid",
    "2020-01-01", "2020-01-01T00:00:00Z", "aGk=", "\ud800", "\x00", "a" * 5000, "😀",
    [], {}, [None], [1, "a", None], [[]], [{}], {"a": 1}, {"": {}}, {"a": {"b": [1]}}, [True],
    ["a", "a"], ["type"], ["string", "null"], [1, 1.0, True], {"$ref": "#"}, {"type": "null"},
]  # fmt: skip

REFERENCES: Final = [
    "#", "", "#/", "#//", "#/components", "#/components/schemas", "#/nope", "nope.json",
    "#nope", "#/%", "#/%ff", "#/~2", "http://example.com/x", "file:///etc/passwd", "..",
    "spec.json", "spec.json#", "spec.yaml#/info", "./spec.json#/a", "urn:x", "#/info/title",
    "https://json-schema.org/draft/2020-12/schema", "//", "?", "#/paths", "#/0", "\x00", " ",
    "http://json-schema.org/draft-07/schema#", "#a b", "A", "http://[", "spec.json#/$defs",
]  # fmt: skip

_ENUMS: Final[list[Any]] = [
    [], ["a"], ["a", "b"], ["a", "A"], ["a", None], [None], [1, 1.0], [1, "1", True, None],
    [True, False], [0, False], [1, 2, 3], [1.5, 2], [{}, [], None], [{"a": 1}, "x"], ["", " "],
    ["a", "a"], [[1], [1.0]], [10**30, 1e30], [-0.0, 0], ["<name>", "<name>"], ["<value>"],
    ["<value>", "<value>", "<value>"], ["None", "True"], ["mro", "name", "value"],
    ["__class__", "_x"], ["a-b", "a_b", "a b"], [2**63, 2**64], ["\ud800", "x"],
]  # fmt: skip

SCHEMAS: Final[list[Any]] = [
    True, False, {}, {"type": "string"}, {"type": "integer"}, {"type": "number"},
    {"type": "null"}, {"type": "boolean"}, {"type": "array"}, {"type": "object"},
    {"type": ["string", "null"]}, {"type": ["object", "array", "integer"]}, {"type": []},
    {"type": ["null", "null"]}, {"const": "<value>"}, {"const": None}, {"const": {"a": 1}},
    {"enum": "<value>"}, *[{"enum": values} for values in _ENUMS], {"not": {}}, {"not": "<schema>"},
    {"anyOf": []}, {"oneOf": []}, {"allOf": []}, {"oneOf": ["<schema>", "<schema>"]},
    {"anyOf": ["<schema>", "<schema>", "<schema>"]}, {"allOf": ["<schema>", "<schema>"]},
    {"anyOf": ["<ref>", "<schema>"]}, {"oneOf": ["<ref>", "<ref>"]}, {"allOf": ["<ref>", "<ref>"]},
    {"type": "object", "properties": {"<name>": "<schema>", "a": "<schema>"}},
    {"type": "object", "required": ["<name>", "a"], "properties": {"a": "<schema>"}},
    {"type": "object", "properties": {"<name>": "<schema>"}, "additionalProperties": False},
    {"type": "object", "additionalProperties": "<schema>"}, {"patternProperties": {"^a": "<schema>"}},
    {"type": "object", "properties": {"<name>": "<ref>"}}, {"properties": {"a": False}, "required": ["a"]},
    {"type": "array", "items": "<schema>"}, {"type": "array", "items": "<ref>", "minItems": 1},
    {"type": "array", "prefixItems": ["<schema>", "<schema>"], "items": "<schema>"},
    {"type": "array", "contains": "<schema>", "minContains": 2, "maxContains": 1},
    {"type": "string", "format": "byte"}, {"type": "string", "format": "<name>"},
    {"type": "string", "contentEncoding": "base64"}, {"type": "string", "pattern": "<value>"},
    {"type": "string", "minLength": 3, "maxLength": 2}, {"type": "string", "pattern": "^[a-z]{3,5}$"},
    {"type": "integer", "minimum": 5, "maximum": 4}, {"type": "integer", "multipleOf": 0.5},
    {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 5e-324}, {"multipleOf": 1e-300},
    {"if": "<schema>", "then": "<schema>", "else": "<schema>"}, {"unevaluatedProperties": "<schema>"},
    {"unevaluatedItems": False, "prefixItems": [{}]}, {"propertyNames": "<schema>"},
    {"dependentSchemas": {"<name>": "<schema>"}}, {"dependentRequired": {"a": ["b", "<name>"]}},
    {"oneOf": [{"type": "object", "required": ["<name>"], "properties": {"<name>": {"const": "a"}}},
               {"type": "object", "required": ["kind"], "properties": {"kind": {"const": "<value>"}}}]},
    {"oneOf": [{"properties": {"kind": {"const": 1}}, "required": ["kind"]},
               {"properties": {"kind": {"const": True}}, "required": ["kind"]}]},
    {"oneOf": ["<ref>", "<ref>"], "discriminator": {"propertyName": "<name>"}},
    {"anyOf": ["<ref>", {"type": "null"}], "discriminator": {"propertyName": "type", "mapping": {"<name>": "<name>"}}},
    {"enum": ["a", {"b": 1}], "type": ["string", "object"], "properties": {"b": {}}},
    {"type": "object", "properties": {"property": {}, "b": {"type": "string", "contentEncoding": "base64"}}},
    {"type": "object", "minProperties": 2, "maxProperties": 1}, {"uniqueItems": True, "minItems": 2, "items": {"enum": [1]}},
    "<ref>", {"$dynamicRef": "#<name>"}, {"$dynamicRef": "#a", "$defs": {"a": {"$dynamicAnchor": "a"}}},
    {"$recursiveRef": "#"}, {"$id": "<name>", "$defs": {"x": "<schema>"}}, {"$anchor": "<name>"},
]  # fmt: skip

_SCHEMA: Final[list[Any]] = ["<schema>", "<ref>", True, False, {}, "<value>"]
_SCHEMA_LIST: Final[list[Any]] = [
    ["<schema>"], ["<schema>", "<schema>"], ["<ref>", "<ref>"], ["<ref>", "<schema>"], [], [[]],
    [False], [True, "<ref>"],
]  # fmt: skip
_SCHEMA_MAP: Final[list[Any]] = [
    {"<name>": "<schema>"}, {"<name>": "<schema>", "a": "<schema>", "<value>": {}}, {}, {"a": False},
    {"<name>": "<ref>"}, {"type": "<schema>", "<name>": True}, [], {"(": {}}, {"^a": {}, "b$": "<schema>"},
]  # fmt: skip
_COUNT: Final[list[Any]] = [
    0,
    1,
    2,
    5,
    1000,
    10**9,
    2**64,
    10**30,
    1.0,
    1.5,
    -1,
    "1",
    None,
]
_NUMBER: Final[list[Any]] = [
    0,
    1,
    -5,
    0.5,
    1e300,
    10**400,
    -(2**63),
    1e-300,
    "1",
    True,
    "@@1e400@@",
]
_NAMES: Final[list[Any]] = [
    ["<name>"],
    ["<name>", "a"],
    [],
    ["a", "a"],
    "a",
    [1],
    True,
    ["type", "kind"],
]
_TEXT: Final[list[Any]] = [
    "<name>",
    "<value>",
    "",
    '"""',
    "\\N{x}",
    "*/",
    "a\nb",
    5,
    ["x"],
    "`x` #{y}",
]
_ANY: Final[list[Any]] = ["<value>", "<name>", None, {}, [], 1.0, 10**30, {"a": [None]}]
_FLAG: Final[list[Any]] = [True, False, True, None, "true", 1]

KEYWORDS: Final[dict[str, list[Any]]] = {
    "type": ["string", "object", "array", "integer", "null", ["string", "null"], [], "any", "file",
             ["object", "string", "array"], 5, None, "String", ["integer", "number"]],
    "enum": [*_ENUMS, "a", {}], "const": _ANY, "properties": _SCHEMA_MAP, "required": _NAMES,
    "additionalProperties": _SCHEMA, "patternProperties": _SCHEMA_MAP, "propertyNames": _SCHEMA,
    "minProperties": _COUNT, "maxProperties": _COUNT, "unevaluatedProperties": _SCHEMA,
    "items": [*_SCHEMA, ["<schema>", "<schema>"]], "prefixItems": _SCHEMA_LIST, "contains": _SCHEMA,
    "additionalItems": _SCHEMA, "minContains": _COUNT, "maxContains": _COUNT, "minItems": _COUNT,
    "maxItems": _COUNT, "uniqueItems": _FLAG, "unevaluatedItems": _SCHEMA, "minLength": _COUNT,
    "maxLength": _COUNT, "pattern": ["<value>", "^a+$", "^(a|b)*c$", "\\bx", "[^]", "(?=a)", "(?!a)b", "a{1000}", "(?<n>a)\\k<n>", "^\\u{1F600}$", "\\cA", "^$", "x{,3}", "(a+)+b", "^.{5000}$"],
    "format": ["date-time", "date", "uuid", "byte", "binary", "int32", "int64", "float", "email", "regex", "<name>", 5],
    "minimum": _NUMBER, "maximum": _NUMBER, "exclusiveMinimum": [*_NUMBER, True, False],
    "exclusiveMaximum": [*_NUMBER, True, False], "multipleOf": [1, 2, 0.1, 0.01, 3, 1e-300, 1e300, 0, -1, 7.5, 10**30, "1"],
    "allOf": _SCHEMA_LIST, "anyOf": _SCHEMA_LIST, "oneOf": _SCHEMA_LIST, "not": _SCHEMA, "if": _SCHEMA,
    "then": _SCHEMA, "else": _SCHEMA, "dependentSchemas": _SCHEMA_MAP, "dependencies": [*_SCHEMA_MAP, {"a": ["b"]}],
    "dependentRequired": [{"a": ["b"]}, {"<name>": ["<name>"]}, {}, {"a": "b"}, []],
    "$ref": ["#", "#/$defs/x", "#/components/schemas/x", "", "<name>", 5], "$id": ["<name>", "http://x/y", "#a", "a#b", 5],
    "$anchor": ["a", "<name>", 5], "$dynamicAnchor": ["a", "<name>"], "$dynamicRef": ["#a", "#", "<name>"],
    "$defs": _SCHEMA_MAP, "definitions": _SCHEMA_MAP, "$schema": ["http://json-schema.org/draft-04/schema#", "http://json-schema.org/draft-07/schema", "https://json-schema.org/draft/2019-09/schema", "https://json-schema.org/draft/2020-12/schema", "<name>"],
    "$comment": _TEXT, "title": _TEXT, "description": _TEXT, "default": _ANY, "example": _ANY,
    "examples": [["<value>"], ["<value>", "<value>"], {}, {"a": {"value": "<value>"}}, "x"], "deprecated": _FLAG,
    "readOnly": _FLAG, "writeOnly": _FLAG, "nullable": _FLAG,
    "discriminator": [{"propertyName": "<name>"}, {"propertyName": "type", "mapping": {"a": "#/nope"}}, "type", {}, {"propertyName": "kind", "mapping": {"<name>": "<name>"}}, {"propertyName": 5}],
    "contentEncoding": ["base64", "base64url", "<name>", 5], "contentMediaType": ["application/json", "<name>"], "contentSchema": _SCHEMA,
    "x-oaiMeta": [{"example": "{"}, {"example": "<name>"}, {}, 5], "x-session-rules": [[], {}, "<value>"], "x-enum-varnames": [["A"], ["<name>", "<name>"], 5],
    "externalDocs": [{"url": "<name>"}, 5], "xml": [{}, 5], "<name>": _ANY,
}  # fmt: skip

_RAW: Final = re.compile(r"""(?P<quote>['"]?)@@([-+.0-9eE]+)@@(?P=quote)""")


def raw_numbers(text: str) -> str:
    """The text with the numbers that Python cannot hold."""
    return _RAW.sub(r"\2", text)
