"""The rules of `lint`: everything that it says beside what every command says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from codegen.diagnostics import Severity

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


@dataclass(frozen=True, slots=True)
class Rule:
    """One code: how much it matters, what it stands for, and why it is said.

    A rule that distinguishes certain from likely faults names the greater severity.
    """

    code: str
    severity: Severity
    title: str
    explanation: str


_RULES: Final = (
    # references
    Rule(
        "ignored-sibling",
        WARNING,
        "a keyword beside `$ref` is ignored",
        "Up to draft 7, and so in OpenAPI 3.0, `$ref` hides every keyword beside it. "
        "Wrap the reference in `allOf` to add to it.",
    ),
    # around schemas
    Rule(
        "unknown-field",
        WARNING,
        "a field of an operation, a parameter, a channel or the like that there is not",
        "Nothing is made of it. Often it is left over from Swagger 2.0 or AsyncAPI 2, "
        "stands beside a `$ref`, which hides it, or is misspelt. Extensions start with "
        "`x-`.",
    ),
    Rule(
        "path",
        WARNING,
        "a path or an address that its parameters contradict",
        "A variable that no parameter describes is never written, and a parameter that "
        "the path has no place for cannot be sent. Paths begin with a slash; a query "
        "is made of parameters. So it is with addresses of servers and channels. An "
        "operation of AsyncAPI 3 takes messages of its channel, not of another place.",
    ),
    Rule(
        "reserved-header",
        WARNING,
        "a header parameter called `Accept`, `Content-Type` or `Authorization`",
        "OpenAPI asks tools to ignore it, and it is ignored: media types and security "
        "schemes say what these headers hold.",
    ),
    Rule(
        "undeclared-scope",
        WARNING,
        "a scope that no flow of its security scheme has",
        "Nobody can be given it by what the document says; often the name is a slip.",
    ),
    Rule(
        "operation-id",
        WARNING,
        "two operations, or messages of AsyncAPI 2, with one id",
        "Programs find the first of them by it, and the other by its method and path.",
    ),
    Rule(
        "duplicate-id",
        WARNING,
        "two schemas with one `$id`, or with one anchor",
        "A reference to it means the first.",
    ),
    # keywords
    Rule(
        "misspelt-keyword",
        ERROR,
        "a keyword that is almost one the dialect knows",
        "Unknown keywords assert nothing, so a slip of the pen drops a constraint "
        "without a word.",
    ),
    Rule(
        "unknown-keyword",
        WARNING,
        "a keyword that no dialect knows",
        "It asserts nothing. Extensions start with `x-`.",
    ),
    Rule(
        "foreign-keyword",
        WARNING,
        "a keyword of another dialect",
        "The keyword has a meaning elsewhere, but none in the dialect of this "
        "document, where it asserts nothing. What OpenAPI 3.1 has of JSON Schema is "
        'read in OpenAPI 3.0 as well, with this warning. So is `$recursiveRef: "#"` '
        "in OpenAPI 3.1: as the schema around it that has `$recursiveAnchor: true`, "
        "which is what its authors mean. Fields of operations and the like that "
        "another version has, such as `webhooks` in OpenAPI 3.0, are read as they are "
        "there.",
    ),
    Rule(
        "boolean-schema",
        WARNING,
        "`true` or `false` in place of a schema, where the dialect has no such schemas",
        "Draft 6 introduced them, and OpenAPI 3.1. In draft 4 and OpenAPI 3.0 only "
        "`additionalProperties` (and `additionalItems` of draft 4) takes a boolean; "
        "other tools may refuse it elsewhere. Write `{}` for `true`, and `{not: {}}` "
        "for `false`.",
    ),
    Rule(
        "nullable-ignored",
        ERROR,
        "`nullable` in a dialect without it",
        "OpenAPI 3.1 and JSON Schema have no `nullable`: null stays invalid. Write "
        '`type: [string, "null"]`. It is a warning where it changes nothing.',
    ),
    Rule(
        "nullable-without-type",
        WARNING,
        "`nullable` without a `type` beside it",
        "OpenAPI 3.0.3 lets `nullable` add null to the `type` of the same schema "
        "only; without one it has no effect, and what else stands there decides. "
        "Beside `allOf`, `anyOf` or `oneOf` everybody means that null is accepted, and "
        "so it is.",
    ),
    Rule(
        "nullable-enum",
        WARNING,
        "`nullable` beside an `enum` without null",
        "The `enum` still rejects null, so `nullable` has no effect.",
    ),
    Rule(
        "nullable-parts",
        WARNING,
        "`nullable` and `type` beside an `allOf`, `anyOf` or `oneOf` without null",
        "`nullable` adds null to the `type` beside it, but the parts still reject it. "
        "Leave out the `type`, and null is accepted; or let the parts accept it.",
    ),
    Rule(
        "idle-keyword",
        WARNING,
        "a constraint on a type that cannot occur, or of a keyword that is not there",
        "Keywords constrain values of one type and let all others pass: `maxLength` "
        "says nothing about integers. Some only say how another is meant: "
        "`exclusiveMinimum: true` without `minimum`, or `then` without `if`, says "
        "nothing at all.",
    ),
    Rule(
        "empty-range",
        ERROR,
        "a lower limit above the upper one",
        "No value of the type the limits are about is valid.",
    ),
    Rule(
        "enum-type",
        WARNING,
        "an enumerated value that `type` excludes",
        "The value can never be valid. It is an error where no value is left.",
    ),
    Rule(
        "empty-enum",
        ERROR,
        "a list of values without a value",
        "No value is valid there. OpenAPI 3.0 and draft 4 do not allow it, and it is "
        "not enforced; from draft 6 on it means what it says.",
    ),
    Rule(
        "duplicate-value",
        WARNING,
        "a value that stands twice in `enum` or `required`",
        "It changes nothing, and often another value was meant.",
    ),
    # objects
    Rule(
        "contradiction",
        WARNING,
        "parts of an `allOf` that leave no value for a property",
        "Each part asks for another type, range or list of values, and all of them "
        "hold: the property can never be there. It is an error where the parts leave "
        "no value at all.",
    ),
    Rule(
        "untyped",
        INFO,
        "objects or arrays are described where anything is valid",
        "`properties` and `items` say nothing of values of other types. Without `type` "
        "these are valid, too, and the type in generated code has `Any` in it, which "
        "type checkers do not check.",
    ),
    Rule(
        "undeclared-required",
        WARNING,
        "`required` names a property that no schema declares",
        "Any value is valid there, and often the name is a slip. The class has no "
        "field for it: `with_extra(Class, {...})` makes objects that have the "
        "property.",
    ),
    Rule(
        "impossible-required",
        ERROR,
        "`required` names a property that is forbidden",
        "`additionalProperties: false` beside it lets only declared properties pass, "
        "so no object is valid.",
    ),
    # patterns
    Rule(
        "invalid-pattern",
        ERROR,
        "a regular expression does not compile",
        "`pattern` and the names in `patternProperties` are ECMA-262 expressions. The "
        "message carries the place of the fault within the pattern. To `generate` it "
        "is a warning: the pattern is not enforced.",
    ),
    Rule(
        "unsupported-pattern",
        ERROR,
        "a regular expression that Python cannot express",
        "The pattern is valid, but lookbehind without a bound and references to "
        "groups that a loop forgets have no equivalent in `re`. To `generate` it is a "
        "warning: the pattern is not enforced, and the docstring says so.",
    ),
    Rule(
        "loose-pattern",
        INFO,
        "a regular expression that is none under the flag `u`",
        "JSON Schema reads patterns with the flag `u`; this one compiles only by the "
        "older rules (Annex B), and other validators may refuse it. It is a warning "
        "where what another language reads otherwise, such as `\\A`, `\\h`, "
        "`[[:alpha:]]`, `&&[`, `{,3}` or `{1-3}`, is made of characters like "
        "others.",
    ),
    Rule(
        "impossible-pattern",
        ERROR,
        "a regular expression that no text matches",
        "No text is valid there. Often slashes stand around it, as in JavaScript and "
        "PHP: `pattern` takes what is between them.",
    ),
    Rule(
        "slow-pattern",
        WARNING,
        "a regular expression that may take very long",
        "A loop, repeats beside each other or parts that may be left out can split the "
        "same text in very many ways; a hostile text that does not match in the end "
        "makes a backtracking matcher try them all. Generated code matches such a "
        "pattern in linear time. Where it refers to groups nobody can, nor where "
        "counted repeats make it too large, and text of more than 20 characters, or of "
        "fewer where there are more ways, is not held against it: message and "
        "docstring say so.",
    ),
    # examples and defaults
    Rule(
        "invalid-example",
        ERROR,
        "an example that its own schema rejects",
        "Either the example or the schema is wrong. If servers send what the example "
        "shows, strict readers of the schema fail.",
    ),
    Rule(
        "invalid-default",
        ERROR,
        "a default that its own schema rejects",
        "Sending the default explicitly would be an error.",
    ),
    Rule(
        "unreadable-example",
        WARNING,
        "an example that is meant to be JSON and is not",
        "It looks like a JSON object or array and does not parse, so nothing "
        "checks it.",
    ),
    Rule(
        "undecided",
        INFO,
        "an example that the independent validator cannot judge",
        "The validator does not compile the schema or cannot take the value.",
    ),
    # prose
    Rule(
        "closed-parts",
        WARNING,
        "parts of an `allOf` that forbid each other's properties",
        "`additionalProperties: false` sees the properties of its own schema only. "
        "Close the whole with `unevaluatedProperties: false`, or the last part alone.",
    ),
    Rule(
        "prose-constraint",
        WARNING,
        "a limit that only the description knows",
        "Generated code enforces what the schema says. Write the limit as a keyword.",
    ),
    Rule(
        "prose-default",
        INFO,
        "a default that only the description knows",
        "Write it as `default` and it becomes part of the generated metadata.",
    ),
    Rule(
        "prose-null",
        WARNING,
        "a null that only the description knows",
        "The description says what null does, and the schema forbids it: a value that "
        "is None is absent in generated code, and null cannot be sent. Allow null in "
        "the schema.",
    ),
    # names
    Rule(
        "name-collision",
        WARNING,
        "two names of the specification that are one in Python",
        "The one that is spelled so keeps it; every other carries `_` and four "
        "hexadecimal digits of the SHA-256 of its own text. `rename` in the "
        "configuration gives the place of such a name another one.",
    ),
    # unions
    Rule(
        "unreachable-branch",
        WARNING,
        "a branch that adds nothing to its union",
        "An earlier branch accepts everything that this one accepts. In `oneOf`, where "
        "it may be a later one, that is an error: what both accept is rejected, so "
        "this branch matches nothing.",
    ),
    Rule(
        "overlapping-branches",
        WARNING,
        "a document that two branches of `oneOf` accept",
        "`oneOf` rejects what more than one branch accepts. The message shows such a "
        "value. It is an error where every value of a branch is lost that way.",
    ),
    Rule(
        "ambiguous-union",
        WARNING,
        "a union of objects that no tag can tell apart",
        "No property is confined to different strings in each branch. Decoding takes "
        "the first that accepts the document; a table of events that one which "
        "declares most of its properties.",
    ),
    Rule(
        "ambiguous-messages",
        WARNING,
        "messages of one direction that no tag can tell apart",
        "Messages that share a tag, or have none, are tried in the order of how many "
        "of the document's properties they declare. Where the configuration names the "
        "events of a direction, these are looked at.",
    ),
    Rule(
        "discriminator",
        WARNING,
        "a discriminator that its branches contradict",
        "A branch does not declare or require the property, or does not allow the "
        "value that the mapping gives it, or that it claims itself.",
    ),
    Rule(
        "discriminator-decides",
        INFO,
        "a discriminator that asserts more than the schemas do",
        "By JSON Schema it asserts nothing. Here it gives each branch its tags, and a "
        "base stands for all schemas that extend it; reading.md says how.",
    ),
    Rule(
        "orphan-event",
        WARNING,
        "a message, or a schema named like an event, that no table holds",
        "The schema is in no tagged union and is no message, or its tag can be any "
        "string; the message has no operation that says who sends it. So no dispatch "
        "table decodes it.",
    ),
    Rule(
        "idle-rule",
        WARNING,
        "a session rule with a tag that no event has",
        "The tag is the value of no `enum` and no `const`, so it may be a slip of the "
        "pen: the rule would never wake, end or forbid by it. Tags are texts here: an "
        "event whose tag is a number is no part of a rule.",
    ),
    # what is not enforced
    Rule(
        "format-not-asserted",
        INFO,
        "a format that is an annotation",
        "As the standard says, `format` asserts nothing by default. The "
        "configuration can assert the formats of JSON Schema. Reported once for each "
        "format.",
    ),
    Rule(
        "unknown-format",
        INFO,
        "a format that no standard defines",
        "It is kept as documentation. Reported once for each format.",
    ),
    Rule(
        "not-enforced",
        INFO,
        "a keyword that generated code does not enforce",
        "In OpenAPI `readOnly` and `writeOnly` decide whom a required property is "
        "required of, and nothing else; elsewhere they and `contentEncoding` and its "
        "like are annotations. Reported once for each keyword.",
    ),
    # projects
    Rule(
        "tests-in-wheel",
        WARNING,
        "golden tests that a project would ship",
        "Without `tests_output` the golden tests of a configured SDK stand beside it, "
        "in `output`/tests. Where `output` is a folder whose content a project ships, "
        "`src` or one that setuptools, hatch, uv, pdm or poetry are told of in "
        "pyproject.toml, they go into its wheel, and whoever installs it has a package "
        "`tests`.",
    ),
)

RULES: Final[dict[str, Rule]] = {rule.code: rule for rule in _RULES}
"""Every code of `lint` itself."""
