"""What vendors get wrong, by kind, and what becomes of it: a table of the reference
page."""

from __future__ import annotations

from typing import Final

_READ, _DROPPED = "read-as-meant", "invalid-keyword"

KINDS: Final = (
    (
        '`maxLength: "10"`, `nullable: "true"`, `additionalProperties: "false"`, '
        "`type: String`, `type: [string, null]`",
        _READ,
        'read as 10, true, false, string, "null"',
    ),
    (
        "`nullable: yes`, `additionalProperties: off`, `explode: no`, as YAML 1.1 has "
        "truth",
        _READ,
        "read as true or false",
    ),
    ("`required: name`", _READ, "read as `[name]`"),
    (
        "`required: true` inside a property",
        _READ,
        "the property is required, as in draft 3",
    ),
    ("`required: true` elsewhere", _DROPPED, "not enforced"),
    (
        "null, a list or the like among the names of `required`",
        _DROPPED,
        "left out; the other names are required",
    ),
    (
        "`required: []` where one name is wanted at least: draft 4, OpenAPI 3.0",
        _READ,
        "read as absent",
    ),
    ("a value twice in `enum` or `required`", "duplicate-value", "read once"),
    ("`properties:` and other keywords without a value", _READ, "read as absent"),
    ("`items: [A, B]` where a schema belongs", _READ, "read as a tuple"),
    (
        "`additionalItems` beside such a list, in dialects that do not have it",
        "foreign-keyword",
        "read as in JSON Schema 2019-09",
    ),
    ("`allOf: {…}` that is no list", _READ, "read as a list of one"),
    ("`type: array` without `items` in OpenAPI 3.0", _READ, "an array of anything"),
    (
        '`type: [string, "null"]` or `exclusiveMinimum: 0` in OpenAPI 3.0',
        _READ,
        "read as in OpenAPI 3.1",
    ),
    (
        "`const`, `patternProperties`, `if` and other words of JSON Schema in OpenAPI "
        "3.0",
        "foreign-keyword",
        "read as in OpenAPI 3.1",
    ),
    (
        "`nullable: true` beside `allOf`, `anyOf` or `oneOf`, without `type`",
        "nullable-without-type",
        "null is accepted",
    ),
    (
        "`(?i)`, `(?s)`, `(?m)`, `(?i:…)` in a pattern",
        "loose-pattern",
        "enforced as other languages have it, by simple case folding; only `lint` "
        "says so",
    ),
    ("`type: file`, `type: datetime`", "unknown-type", "not enforced: `Any`"),
    ("`multipleOf: 0`, `minLength: -1`, `oneOf: []`", _DROPPED, "not enforced"),
    ("a pattern that does not compile", "invalid-pattern", "not enforced"),
    ("a pattern that `re` cannot express", "unsupported-pattern", "not enforced"),
    (
        "`not` or `if` around something that is not enforced",
        _DROPPED,
        "not enforced either, for it would reject too much",
    ),
    (
        "`oneOf` with a branch that is not enforced as it is written",
        _READ,
        "read as `anyOf`",
    ),
    ("a `mapping` that leads nowhere", "dangling-ref", "left out"),
    ("a `description` or `title` that is no text", _DROPPED, "left out"),
    (
        "facts (`x-enum-metadata`) that are none, or about what is no member",
        _DROPPED,
        "left out",
    ),
    ("a list or a text where a mapping belongs", _DROPPED, "left out"),
    (
        "a `/` in a key that is not written `~1`",
        "dangling-ref",
        "followed, if keys fit in one way",
    ),
    ("a pointer that goes on through a `$ref`", "dangling-ref", "followed"),
    (
        "a `$ref` of a schema to a response, a parameter or a whole document",
        _DROPPED,
        "read as a schema",
    ),
    ("a fault in an inline body or a parameter", "of the fault", "a warning"),
    (
        "a parameter `in: body` or `in: formData`, as Swagger 2.0 has them, or "
        "elsewhere",
        _DROPPED,
        "left out",
    ),
    ("a `style` that there is not", _DROPPED, "that of the parameter's place"),
    (
        "a field of an operation, a parameter or the like that there is not",
        "unknown-field",
        "nothing; only `lint` says so",
    ),
    ("`$ref` inside `x-…`", "none", "the vendor's data"),
    (
        "a look-behind in a pattern, a schema named `404`, null among the values of an "
        "`enum`",
        "none",
        "read as it stands",
    ),
    (
        "a reference that leads nowhere",
        "dangling-ref",
        "refused; with `--lenient` anything is accepted",
    ),
    (
        "a reference to the web or above the root",
        "remote-ref",
        "refused; with `--lenient` anything is accepted",
    ),
    (
        "references that lead only to each other",
        "circular-ref",
        "refused; with `--lenient` the one that closes the circle is left out",
    ),
    (
        "a parent that lists its children, which inherit from it",
        "circular-ref",
        "refused; with `--lenient` they inherit what it says beside its branches",
    ),
    (
        "a `$ref` among the names of `properties`",
        _DROPPED,
        "refused; with `--lenient` left out",
    ),
    (
        "`http://json-schema.org/schema#`, which names no dialect",
        "read-as-meant",
        "read as the newest one, 2020-12",
    ),
    (
        "a `$schema` that nobody knows",
        "dialect",
        "refused; with `--lenient` not heeded",
    ),
    ("a key twice", "duplicate-key", "refused: which one is meant cannot be told"),
)
"""Each with how the document has it, the code that is said, and the outcome."""


def table() -> list[str]:
    """The lines of the table."""
    lines = ["| in the document | code | outcome |", "|---|---|---|"]
    for kind, code, outcome in KINDS:
        shown = f"`{code}`" if "-" in code or code == "dialect" else code
        lines.append(f"| {kind} | {shown} | {outcome} |")
    return lines
