"""Keywords that are misspelt, foreign, without effect or contradict each other."""

from __future__ import annotations

import functools
import math
from typing import Final, TypeAlias

from codegen import nearby
from codegen.diagnostics import Severity
from codegen.frontend.dialects import BY_NAME
from codegen.frontend.values import shown
from codegen.ir import facts, numbers
from codegen.ir import model as ir
from codegen.ir.editors import OF_EDITORS
from codegen.ir.walk import find
from codegen.linter.context import Context

_STRUCTURE: Final = frozenset(
    (
        "$schema",
        "$comment",
        "$vocabulary",
        "$defs",
        "definitions",
    )
)
_HEEDED_BESIDE_REF: Final = frozenset(
    ("$ref", "title", "description", "deprecated", "$defs", "definitions")
)
"""What is read beside a reference that hides its neighbours: texts, and schemas that
references lead to."""
_OF_OPENAPI: Final = frozenset(("xml", "externalDocs"))
_NAKED: Final = frozenset(("ref", "defs", "dynamicRef", "dynamicAnchor"))
_TOO_SHORT: Final = frozenset(("not", "if", "then", "else", "id", "$id", "xml"))
_APPLIES_TO: Final = {
    "number": "multipleOf minimum maximum exclusiveMinimum exclusiveMaximum",
    "string": "minLength maxLength pattern",
    "array": "items prefixItems additionalItems contains minContains maxContains "
    "minItems maxItems uniqueItems unevaluatedItems",
    "object": "properties patternProperties additionalProperties propertyNames "
    "required minProperties maxProperties dependentRequired dependentSchemas "
    "dependencies unevaluatedProperties",
}
_SAYS_OF: Final = {
    "exclusiveMinimum": "minimum",
    "exclusiveMaximum": "maximum",
    "minContains": "contains",
    "maxContains": "contains",
    "then": "if",
    "else": "if",
}
"""What each of these says something of; true and false in place of a limit do."""
_TAKES_BOOLEANS: Final = frozenset(("additionalProperties", "additionalItems"))
_NULL: Final = frozenset(("nullable",))
"""Where the alternative stands that this keyword adds, as if it were a schema."""
_BRANCHES: Final = frozenset(("allOf", "anyOf", "oneOf"))
_TYPE_OF: Final = {
    word: t for t, words in _APPLIES_TO.items() for word in words.split()
}


def check(context: Context) -> None:
    """All checks of this module."""
    for schema, raw in context.objects():
        if context.dialect_of(schema).ref_hides_siblings and "$ref" in raw:
            _siblings(context, schema, raw)
            continue
        for key in raw:
            _known(context, schema, key)
        if "nullable" in raw:
            _nullable(context, schema, raw)
        _idle(context, schema, raw)
        _alone(context, schema, raw)
        _ranges(context, schema)
        _enum_types(context, schema, raw)
    _booleans(context)


def _booleans(context: Context) -> None:
    """True and false in place of schemas, in dialects that have them only where they
    say whether there may be others."""
    own = {
        schema.location.child(keyword)
        for schema in context.schemas
        for keyword in (_TAKES_BOOLEANS & context.dialect_of(schema).keywords) | _NULL
    }
    for schema in context.schemas:
        raw, dialect = context.raw(schema.location), context.dialect_of(schema)
        if isinstance(raw, bool) and dialect.age <= 4 and schema.location not in own:
            outcome = "everything is valid" if raw else "nothing is valid"
            message = (
                f"a schema is a mapping in {dialect.title}; `{shown(raw)}` is read"
            )
            message += f" as in later dialects: {outcome}"
            context.add("boolean-schema", message, schema.location)


def _siblings(context: Context, schema: ir.Schema, raw: dict[str, ir.Json]) -> None:
    dialect = context.dialect_of(schema)
    for key in raw:
        asserts = key in dialect.keywords or key == "nullable"
        if asserts and key not in _HEEDED_BESIDE_REF:
            message = f"`{key}` beside `$ref` is ignored in {dialect.title}"
            where = schema.location.child(key)
            context.add("ignored-sibling", message, where, key=True)


def _known(context: Context, schema: ir.Schema, key: str) -> None:
    dialect = context.dialect_of(schema)
    known = dialect.keywords | _STRUCTURE
    if not dialect.name[:1].isdigit() and not dialect.name.startswith("draft"):
        known |= _OF_OPENAPI
    if key in known or key in OF_EDITORS or key.startswith("x-") or key == "nullable":
        return
    if dialect.reads(key):
        return  # Reading has said that it is another dialect's.
    where = schema.location.child(key)
    homes = sorted(d.name for d in BY_NAME.values() if key in d.keywords)
    if homes or key in _OF_OPENAPI:
        message = f"`{key}` has no meaning in {dialect.title}"
        context.add("foreign-keyword", message, where, key=True)
        return
    near = nearest(key, known) or nearest(key, _ALL)
    if near is not None:
        message = f"unknown keyword `{key}`{nearby.asked([near])}"
        context.add("misspelt-keyword", message, where, key=True)
    else:
        message = f"`{key}` is no keyword; it asserts nothing"
        context.add("unknown-keyword", message, where, key=True)


_ALL: Final = frozenset(word for d in BY_NAME.values() for word in d.keywords)


@functools.lru_cache(maxsize=1024)
def nearest(key: str, known: frozenset[str]) -> str | None:
    """The word that a key was most likely meant to be, if it is near enough. One that
    is no keyword mostly stands in many schemas."""
    plain = _plain(key)
    for word in sorted(known):
        if _plain(word) == plain or (word == "$" + key and key in _NAKED):
            return word
    candidates = known - _TOO_SHORT - {"$" + key}
    for near in nearby.nearest(key, candidates, 1, cutoff=0.82):
        if len(key) >= 4 and abs(len(near) - len(key)) <= 3:
            return near
    return None


def _plain(key: str) -> str:
    return key.lower().replace("_", "").replace("-", "")


def _nullable(context: Context, schema: ir.Schema, raw: dict[str, ir.Json]) -> None:
    where = schema.location.child("nullable")
    dialect = context.dialect_of(schema)
    if "nullable" not in dialect.keywords:
        accepts = "null" in facts.types(context.module, schema)
        message = f"`nullable` has no meaning in {dialect.title}"
        harmless = accepts or raw["nullable"] is not True
        if not harmless:
            message += ': null stays invalid; `type: [..., "null"]` accepts it'
        severity = Severity.WARNING if harmless else None
        context.add("nullable-ignored", message, where, key=True, severity=severity)
    elif raw["nullable"] is not True:
        return
    elif "type" not in raw and _BRANCHES.isdisjoint(raw):
        message = "`nullable` has no effect without `type` in the same schema"
        context.add("nullable-without-type", message, where, key=True)
    elif isinstance(raw.get("enum"), list) and None not in raw["enum"]:
        message = "`nullable` has no effect: the `enum` beside it does not hold null"
        context.add("nullable-enum", message, where, key=True)
    elif "type" in raw and "null" not in facts.types(context.module, schema):
        message = "`nullable` has no effect: what stands beside it does not take null"
        context.add("nullable-parts", message, where, key=True)


def _idle(context: Context, schema: ir.Schema, raw: dict[str, ir.Json]) -> None:
    own = find(schema, ir.Type)
    if own is None:
        return
    possible = {"number" if name == "integer" else name for name in own.types}
    for key in raw:
        type_ = _TYPE_OF.get(key)
        known = context.dialect_of(schema).reads(key)
        if type_ is None or type_ in possible or not known:
            continue
        where = schema.location.child(key)
        if context.loaded.span(where) in context.as_meant:
            continue  # What it is read as need not constrain what it does by name.
        types = " or ".join(own.types)
        message = f"`{key}` constrains {type_}s, and the type here is {types}"
        context.add("idle-keyword", message, where, key=True)


def _alone(context: Context, schema: ir.Schema, raw: dict[str, ir.Json]) -> None:
    """Report keywords that only say something of another one, which is not there."""
    reads = context.dialect_of(schema).reads
    for key, other in _SAYS_OF.items():
        limit = key.startswith("exclusive") and raw.get(key) is not True
        if key not in raw or other in raw or limit or not reads(key):
            continue
        message = f"`{key}` has no effect without `{other}` in the same schema"
        context.add("idle-keyword", message, schema.location.child(key), key=True)


_Limit: TypeAlias = (
    ir.MinLength
    | ir.MaxLength
    | ir.MinItems
    | ir.MaxItems
    | ir.MinProperties
    | ir.MaxProperties
)


_LIMITS: Final[tuple[tuple[str, type[_Limit], str, type[_Limit]], ...]] = (
    ("minLength", ir.MinLength, "maxLength", ir.MaxLength),
    ("minItems", ir.MinItems, "maxItems", ir.MaxItems),
    ("minProperties", ir.MinProperties, "maxProperties", ir.MaxProperties),
)
"""What limits the same from below and from above."""


def _ranges(context: Context, schema: ir.Schema) -> None:
    for low_word, least, high_word, most in _LIMITS:
        low, high = find(schema, least), find(schema, most)
        if low is not None and high is not None and low.limit > high.limit:
            message = f"`{low_word}` {low.limit} is above `{high_word}` {high.limit}"
            where = schema.location.child(low_word)
            context.add("empty-range", message, where)
    some = find(schema, ir.Contains)
    if some is not None and some.maximum is not None and some.minimum > some.maximum:
        message = f"`contains` asks for at least {some.minimum} and at most "
        message += f"{some.maximum} items"
        context.add("empty-range", message, schema.location.child("maxContains"))
    _numbers(context, schema)


def _numbers(context: Context, schema: ir.Schema) -> None:
    least, most = find(schema, ir.Minimum), find(schema, ir.Maximum)
    if least is None or most is None:
        return
    low, high = numbers.decimal(least.limit), numbers.decimal(most.limit)
    room = high - low
    empty = room < 0 or (room == 0 and (least.exclusive or most.exclusive))
    kind = "number"
    whole = find(schema, ir.Type) == ir.Type(("integer",))
    if whole and not empty and room <= 1:
        first = math.floor(low) + 1 if least.exclusive else math.ceil(low)
        empty, kind = first >= high if most.exclusive else first > high, "integer"
    if empty:
        words = [
            f"{'above' if least.exclusive else 'at least'} {least.limit}",
            f"{'below' if most.exclusive else 'at most'} {most.limit}",
        ]
        message = f"no {kind} is {words[0]} and {words[1]}"
        context.add("empty-range", message, schema.location)


def _enum_types(context: Context, schema: ir.Schema, raw: dict[str, ir.Json]) -> None:
    own, enum = find(schema, ir.Type), find(schema, ir.Enum)
    if raw.get("enum") == [] and find(schema, ir.Never):
        message = "`enum` has no value, so that nothing is valid here"
        context.add("empty-enum", message, schema.location.child("enum"))
    if own is None or enum is None:
        return
    outside = [value for value in enum.values if not _has_type(value, own.types)]
    if not outside:
        return
    types = " or ".join(own.types)
    severity = Severity.ERROR if len(outside) == len(enum.values) else None
    written = raw.get("enum")
    for value in outside:
        where = schema.location.child(enum.keyword)
        if isinstance(written, list):
            index = next(i for i, item in enumerate(written) if item is value)
            where = where.child(index)
        message = f"{shown(value)} is not of type {types}"
        context.add("enum-type", message, where, severity=severity)


def _has_type(value: ir.Json, types: tuple[str, ...]) -> bool:
    kind = facts.json_type(value)
    if kind != "number":
        return kind in types
    whole = isinstance(value, int) or float(value).is_integer()
    return "number" in types or ("integer" in types and whole)
