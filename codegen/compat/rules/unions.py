"""Unions and logic."""

from __future__ import annotations

from typing import Final

from codegen.compat.rules.rule import Rule

UNION_BRANCH_ADDED: Final = Rule(
    "union-branch-added",
    "Unions and logic",
    "S/D",
    "A branch was added to a union",
    "A tolerant reader of the union keeps what it does not know.",
    "`anyOf: [A, B]` → `anyOf: [A, B, C]`",
    survivable=True,
    hint="keep branches that are not known as they are",
)

UNION_BRANCH_REMOVED: Final = Rule(
    "union-branch-removed",
    "Unions and logic",
    "B/S",
    "A branch was removed from a union",
    "Old senders may still write it.",
    "`anyOf: [A, B, C]` → `anyOf: [A, B]`",
)

UNION_BRANCH_RENAMED: Final = Rule(
    "union-branch-renamed",
    "Unions and logic",
    "B/D",
    "A branch of a union has another tag",
    "The discriminator tells the same schema by another value.",
    "`mapping: {a: A}` → `mapping: {b: A}`",
    survivable=True,
    hint="handle both tags until every sender has changed",
)

UNION_INTRODUCED: Final = Rule(
    "union-introduced",
    "Unions and logic",
    "S/B",
    "A single shape became a union",
    "Readers that expect the one shape meet others.",
    "`$ref: A` → `anyOf: [A, B]`",
)

UNION_DISSOLVED: Final = Rule(
    "union-dissolved",
    "Unions and logic",
    "B/S",
    "A union became a single shape",
    "Old senders may still write one of the branches.",
    "`anyOf: [A, B]` → `$ref: A`",
)

UNION_OVERLAP_CHANGED: Final = Rule(
    "union-overlap-changed",
    "Unions and logic",
    "W/W",
    "Branches of a `oneOf` overlap otherwise",
    "A document that matches two branches of a `oneOf` matches none.",
    "`anyOf: [A, B]` → `oneOf: [A, B]` with overlapping branches",
)

NOT_ADDED: Final = Rule(
    "not-added",
    "Unions and logic",
    "B/S",
    "Something was excluded",
    "`not` was added.",
    "none → `not: {const: root}`",
)

NOT_REMOVED: Final = Rule(
    "not-removed",
    "Unions and logic",
    "S/B",
    "Something is no longer excluded",
    "`not` was dropped.",
    "`not: {const: root}` → none",
)

NOT_CHANGED: Final = Rule(
    "not-changed",
    "Unions and logic",
    "W/W",
    "Something else is excluded",
    "`not` was changed.",
    "`not: {const: a}` → `not: {const: b}`",
)

CONDITION_CHANGED: Final = Rule(
    "condition-changed",
    "Unions and logic",
    "W/W",
    "A condition changed",
    "`if`, `then` or `else` was added, dropped or changed.",
    "none → `if: {required: [a]}, then: {required: [b]}`",
)

SCHEMA_FORBIDDEN: Final = Rule(
    "schema-forbidden",
    "Unions and logic",
    "B/S",
    "A place accepts nothing any more",
    "Its schema became contradictory or `false`.",
    "`{type: string}` → `false`",
)

SCHEMA_ALLOWED: Final = Rule(
    "schema-allowed",
    "Unions and logic",
    "S/B",
    "A place that accepted nothing accepts something",
    "Its schema was contradictory or `false`.",
    "`false` → `{type: string}`",
)

DOCUMENT_REJECTED: Final = Rule(
    "document-rejected",
    "Unions and logic",
    "W/W",
    "Documents of one version are rejected by the other",
    "No single change was found to be the cause; the document shows the effect.",
    "two rewritings that cross",
)
