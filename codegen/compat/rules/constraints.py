"""Limits of strings and numbers."""

from __future__ import annotations

from typing import Final

from codegen.compat.rules.rule import Rule

MIN_LENGTH_INCREASED: Final = Rule(
    "min-length-increased",
    "Constraints",
    "B/S",
    "Strings must be longer",
    "`minLength` went up.",
    "`minLength: 1` → `minLength: 8`",
)

MIN_LENGTH_DECREASED: Final = Rule(
    "min-length-decreased",
    "Constraints",
    "S/B",
    "Strings may be shorter",
    "`minLength` went down or away.",
    "`minLength: 8` → none",
)

MAX_LENGTH_DECREASED: Final = Rule(
    "max-length-decreased",
    "Constraints",
    "B/S",
    "Strings must be shorter",
    "`maxLength` went down or was added.",
    "none → `maxLength: 512`",
)

MAX_LENGTH_INCREASED: Final = Rule(
    "max-length-increased",
    "Constraints",
    "S/B",
    "Strings may be longer",
    "`maxLength` went up or away.",
    "`maxLength: 64` → `maxLength: 512`",
)

PATTERN_ADDED: Final = Rule(
    "pattern-added",
    "Constraints",
    "B/S",
    "Strings must match a pattern",
    "There was none.",
    "none → `pattern: '^[a-z]+$'`",
)

PATTERN_REMOVED: Final = Rule(
    "pattern-removed",
    "Constraints",
    "S/B",
    "Strings need no longer match a pattern",
    "It was dropped.",
    "`pattern: '^[a-z]+$'` → none",
)

PATTERN_CHANGED: Final = Rule(
    "pattern-changed",
    "Constraints",
    "W/W",
    "A pattern was changed",
    (
        "Regular expressions are compared as languages where that is possible;"
        " a rewriting that means the same is no change."
    ),
    "`pattern: '^[a-z]+$'` → `pattern: '^[a-z0-9]+$'`",
)

FORMAT_ADDED: Final = Rule(
    "format-added",
    "Constraints",
    "B/S",
    "Strings must be of a format",
    "Counts where the configuration asserts the format; otherwise documentation.",
    "none → `format: date-time`",
)

FORMAT_REMOVED: Final = Rule(
    "format-removed",
    "Constraints",
    "S/B",
    "Strings need no longer be of a format",
    "Counts where the configuration asserts the format; otherwise documentation.",
    "`format: date-time` → none",
)

FORMAT_CHANGED: Final = Rule(
    "format-changed",
    "Constraints",
    "W/W",
    "A format was replaced",
    "Counts where the configuration asserts one of them; otherwise documentation.",
    "`format: uri` → `format: uuid`",
)

MINIMUM_INCREASED: Final = Rule(
    "minimum-increased",
    "Constraints",
    "B/S",
    "Numbers must be larger",
    "The lower bound went up or was added.",
    "`minimum: 0` → `minimum: 1`",
)

MINIMUM_DECREASED: Final = Rule(
    "minimum-decreased",
    "Constraints",
    "S/B",
    "Numbers may be smaller",
    "The lower bound went down or away.",
    "`minimum: 1` → `minimum: 0`",
)

MAXIMUM_DECREASED: Final = Rule(
    "maximum-decreased",
    "Constraints",
    "B/S",
    "Numbers must be smaller",
    "The upper bound went down or was added.",
    "`maximum: 2` → `maximum: 1`",
)

MAXIMUM_INCREASED: Final = Rule(
    "maximum-increased",
    "Constraints",
    "S/B",
    "Numbers may be larger",
    "The upper bound went up or away.",
    "`maximum: 1` → `maximum: 2`",
)

MULTIPLE_OF_ADDED: Final = Rule(
    "multiple-of-added",
    "Constraints",
    "B/S",
    "Numbers must be multiples",
    "`multipleOf` was added.",
    "none → `multipleOf: 0.01`",
)

MULTIPLE_OF_REMOVED: Final = Rule(
    "multiple-of-removed",
    "Constraints",
    "S/B",
    "Numbers need no longer be multiples",
    "`multipleOf` was dropped.",
    "`multipleOf: 5` → none",
)

MULTIPLE_OF_CHANGED: Final = Rule(
    "multiple-of-changed",
    "Constraints",
    "W/W",
    "Numbers must be multiples of another number",
    (
        "A multiple of the old one narrows, a divisor widens, anything else"
        " breaks both ways."
    ),
    "`multipleOf: 5` → `multipleOf: 10`",
)
