"""Limits and defaults that only a description knows.

Prose is read by a few patterns that say one thing only. A limit is reported where
no schema for the same value has a keyword of its kind; a default where the schema
accepts the value, so that "defaults to 10 minutes" does not become ten seconds.
Limits that hold on a condition ("for `dall-e-2`", "per file") are left alone, and so is
what stands in an example.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final, TypeAlias

from codegen.ir import facts
from codegen.ir import model as ir
from codegen.linter.context import Context
from codegen.linter.objects import applied
from codegen.oracle import Examiner, Undecided, shown

Claim: TypeAlias = tuple[str, str]
"""A keyword, and the limit as the description writes it."""

_NUMBER: Final = r"`?(-?\d+(?:\.\d+)?)`?"
_COUNT: Final = r"`?(\d{1,3}(?:,\d{3})+|\d+)`?"
# What follows must not make the limit depend on something.
_END: Final = (
    r"(?!\s*(?:for|per|across|when|if|in|tokens?|%|MB|MiB|KB|bytes)\b|[\d:.,]*\d)"
)
_EXAMPLE: Final = re.compile(
    r"(?:\b[Ff]or (?:example|instance)\b|\b[Ee]xamples?:|\b[Ee]\.g\.)"
    r".*?(?=[.!?] |[.!?]?$)"
)
"""What is only an example says nothing of other values."""
_RANGES: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\bbetween {_NUMBER}(?: \([^)]*\))? and {_NUMBER}(?: \([^)]*\))?{_END}",
        rf"\b(?:limited to|in the range(?: of)?|must be in) \[{_NUMBER}, ?{_NUMBER}\]",
        rf"\({_NUMBER} to {_NUMBER}\)",
    )
)
_MIXED_RANGE: Final = re.compile(
    rf"\b(?:integer|number) between {_NUMBER} and {_NUMBER}{_END}"
)
_ONE_SIDE: Final = re.compile(
    rf"\b[Tt]he (minimum|maximum) value (?:(?:for `\w+` )?is|of) {_NUMBER}{_END}"
)
_CHARACTERS: Final = re.compile(
    r"\b(?:[Mm]ax(?:imum)? length(?: is| of|:)?|[Uu]p to|at most"
    r"|no (?:more|longer) than)"
    rf" {_COUNT} characters\b{_END}"
)
_BARE_LENGTH: Final = re.compile(
    rf"\bmaximum length (?:of|is) {_COUNT}(?=\.?\s*$|\.\s)"
)
_LENGTHS: Final = re.compile(rf"\bbetween {_COUNT} and {_COUNT} characters\b{_END}")
_ITEMS: Final = re.compile(
    rf"\b(?:(?:max(?:imum)?|limit) of|[Uu]p to|at most|no more than) {_COUNT} "
    r"(?:items|elements|entries|tools|functions|files|images|messages|sequences|speakers"
    rf"|ids|IDs|URLs|values|keywords)\b{_END}"
)
_KEYS: Final = re.compile(
    rf"\b[Kk]eys are strings with a maximum length of {_COUNT} characters"
)
_PAIRS: Final = re.compile(rf"\b[Ss]et of (?:up to )?{_COUNT} key-value pairs")
_ALWAYS: Final = re.compile(
    r"(?:(?:^|[.!?] )Always"
    r"|^The [^.`\"]{0,80}?,? (?:which is always|must be|is always))"
    r" (?:`([^`]+)`|\"([^\"]+)\")(?=\.?\s*$|\.\s)"
)
_DEFAULT: Final = re.compile(
    r"(?:^|[.!?]\s+|\bthis |(?:not set|unset|omitted|not specified), )"
    r"(?:[Dd]efaults? to|[Tt]he default(?: value)? is|[Dd]efault:) "
    r"(?:`([^`\n]+)`|\"([^\"\n]+)\"|(true|false|-?\d+(?:\.\d+)?)(?:ms)?)"
    r"(?=\.?\s*$|\.\s|\s+(?:\([^)]*\)\s+)?(?:when|if) (?:omitted|not|unset)\b"
    r"|, which\b|\)\.)"
)


def check(context: Context, judge: Examiner) -> None:
    """Every description of a schema."""
    nullable = _beside_null(context)
    for schema, raw in context.objects():
        text = raw.get("description")
        if not isinstance(text, str) or len(text) > 20_000:
            continue
        if context.dialect_of(schema).ref_hides_siblings and "$ref" in raw:
            continue
        text = _EXAMPLE.sub(" ", " ".join(text.split()))
        where = schema.location.child("description")
        _limits(context, schema, text, where)
        _default(context, judge, schema, text, where)
        if schema.id not in nullable:
            _null(context, schema, text, where)


def _limits(context: Context, schema: ir.Schema, text: str, where: ir.Location) -> None:
    claims = list(_claims(context, schema, text))
    if not claims or facts.finite_values(context.module, schema) is not None:
        return
    present = _keywords(context.module, schema)
    missing = [claim for claim in claims if claim[0] not in present]
    if missing:
        said = ", ".join(f"`{keyword}` {limit}" for keyword, limit in missing)
        message = f"the description implies {said}, which the schema does not say"
        context.add("prose-constraint", message, where)


def _claims(context: Context, schema: ir.Schema, text: str) -> Iterator[Claim]:
    types = facts.types(context.module, schema) - {"null"}
    if types == {"number"}:
        yield from _number_claims(text, _RANGES)
        for match in _ONE_SIDE.finditer(text):
            yield match[1], match[2]
    elif "number" in types and len(types) <= 2:
        yield from _number_claims(text, (_MIXED_RANGE,))
    elif types == {"string"}:
        yield from _string_claims(text)
    elif types == {"array"}:
        yield from _claim("maxItems", _ITEMS, text)
    elif types == {"object"}:
        yield from _claim("maxProperties", _PAIRS, text)
        for _, limit in _claim("", _KEYS, text):
            yield "propertyNames", f"{{maxLength: {limit}}}"


def _claim(keyword: str, pattern: re.Pattern[str], text: str) -> Iterator[Claim]:
    match = pattern.search(text)
    if match is not None:
        yield keyword, _plain(match[1])


def _number_claims(text: str, patterns: tuple[re.Pattern[str], ...]) -> Iterator[Claim]:
    for pattern in patterns:
        match = pattern.search(text)
        if match is not None and float(match[1]) < float(match[2]):
            yield "minimum", match[1]
            yield "maximum", match[2]
            return


def _string_claims(text: str) -> Iterator[Claim]:
    if match := _ALWAYS.search(text):
        yield "const", match[1] or match[2]
    if match := _LENGTHS.search(text):
        yield "minLength", _plain(match[1])
        yield "maxLength", _plain(match[2])
    elif match := _CHARACTERS.search(text) or _BARE_LENGTH.search(text):
        yield "maxLength", _plain(match[1])


def _plain(digits: str) -> str:
    return digits.replace(",", "")


_KEYWORDS: Final[dict[type[ir.Assertion], str]] = {
    ir.Minimum: "minimum",
    ir.Maximum: "maximum",
    ir.MinLength: "minLength",
    ir.MaxLength: "maxLength",
    ir.MaxItems: "maxItems",
    ir.MaxProperties: "maxProperties",
    ir.PropertyNames: "propertyNames",
    ir.Pattern: "maxLength",
}
"""A pattern may limit the length too, and nobody looks into it here."""


def _keywords(module: ir.Module, schema: ir.Schema) -> set[str]:
    """The keywords that any schema for the same value has."""
    seen = {schema.id}
    queue = [schema]
    found: set[str] = set()
    for current in queue:
        found.update(_KEYWORDS.get(type(a), "") for a in current.assertions)
        for inner in applied(module, current):
            if inner.id not in seen:
                seen.add(inner.id)
                queue.append(inner)
    return found


def _default(
    context: Context, judge: Examiner, schema: ir.Schema, text: str, where: ir.Location
) -> None:
    match = _DEFAULT.search(text)
    if match is None:
        return
    parts = facts.conjuncts(context.module, schema)
    if any(part.annotations.default is not ir.MISSING for part in parts):
        return
    for value in _readings(match):
        try:
            valid = judge.valid_under(schema, value)
        except Undecided:
            return
        if valid:
            message = f"the description implies `default` {shown(value)}, which the "
            message += "schema does not say"
            context.add("prose-default", message, where)
            return


_NULL: Final = re.compile(
    r"\b(?:(?:[Cc]an|[Mm]ay|[Cc]ould|[Mm]ight|[Ww]ill) (?:also )?be (?:set to )?"
    r"`?null\b`?(?! or\b)"
    r"|[Ss]et(?:ting)?(?: (?:it|this|the \w+))? to `?null`? (?:to|will|turns?|means)\b"
    r"|[Ss]et to `?null`?(?: to\b|,? if\b|[.]?$)"
    r"|(?<![Nn]on.)[Nn]ull`?"
    r" (?:turns|disables|clears|removes|unsets|resets|means|indicates)\b"
    r"|[Dd]efaults? to `?null`?(?=[.,;]|$)"
    r"|(?:array|boolean|integer|list|number|object|string) or `?null`?(?=[.,;]|$)"
    r"|is nullable(?=[.,;]|$)"
    r"|(?:[Ii]f|[Ww]hen|[Uu]se|[Pp]ass|[Ss]end)(?: set to)? `?null`?"
    r"(?:,| (?:to|the|is given|is passed|for)\b)"
    r"|(?<![Nn]on.)[Nn]ull`? (?:if|when|unless|until|while|otherwise)\b"
    r"|Nullable[.:;,])"
    r"|\(nullable\)"
)
_ELSEWHERE: Final = re.compile(r"\b(?:not|never|cannot|can't|must not) [^.]*\bnull\b")


def _beside_null(context: Context) -> set[ir.SchemaId]:
    """The schemas for values that another schema around them lets be null."""
    found: set[ir.SchemaId] = set()
    for schema in context.schemas:
        if not any(isinstance(a, ir.AnyOf | ir.OneOf) for a in schema.assertions):
            continue
        if "null" in facts.types(context.module, schema):
            queue = list(applied(context.module, schema))
            for inner in queue:
                if inner.id not in found:
                    found.add(inner.id)
                    queue.extend(applied(context.module, inner))
    return found


def _null(context: Context, schema: ir.Schema, text: str, where: ir.Location) -> None:
    """Says of the value that it may be null, and the schema forbids that."""
    match = _NULL.search(text)
    if match is None or "null" in facts.types(context.module, schema):
        return
    sentence = _sentence_of(text, match)
    if _ELSEWHERE.search(sentence):
        return
    message = (
        "the description says what null does, which the schema forbids: it cannot "
    )
    context.add("prose-null", message + "be sent", where)


def _sentence_of(text: str, match: re.Match[str]) -> str:
    """The sentence in which a match stands."""
    start = text.rfind(". ", 0, match.start()) + 1
    end = text.find(". ", match.end())
    return text[start : end if end >= 0 else len(text)]


def _readings(match: re.Match[str]) -> Iterator[ir.Json]:
    """The values that the text of a default can stand for, the likeliest first."""
    quoted = match[1] or match[2]
    text: str = quoted or match[3]
    try:
        value = json.loads(text)
    except ValueError:
        value = text
    if value is None and not match[2]:
        return  # `prose-null` tells of null.
    if value is not None and not isinstance(value, dict | list):
        yield value
    if quoted and value is not text:
        yield text
