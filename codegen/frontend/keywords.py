"""What each keyword of each dialect asserts, in the terms of the IR."""

from __future__ import annotations

import difflib
import math
from collections.abc import Callable, Iterable
from typing import Final, TypeAlias, get_args

from codegen.frontend.merging import merged
from codegen.frontend.scope import Scope
from codegen.ir import model as ir
from codegen.source.node import Json

RANK: Final = {kind: rank for rank, kind in enumerate(get_args(ir.Assertion))}
"""The canonical order of assertions: that of the union."""


Handler: TypeAlias = Callable[[Scope, str], "ir.Assertion | None"]


def assertions(scope: Scope, names: Iterable[str]) -> tuple[ir.Assertion, ...]:
    """The assertions of a schema's keywords, in canonical order."""
    known = scope.dialect.keywords
    found: list[ir.Assertion] = []
    for name in names:
        handler = HANDLERS.get(name)
        if handler is not None and name in known:
            assertion = handler(scope, name)
            if assertion is not None:
                found.append(assertion)
    if "dependencies" in known and "dependencies" in names:
        found.extend(_dependencies(scope))
    found.sort(key=lambda assertion: RANK[type(assertion)])
    return tuple(merged(found))


# --- any value ---------------------------------------------------------------------


def _type(scope: Scope, keyword: str) -> ir.Assertion | None:
    value = scope.data["type"]
    names = value if isinstance(value, list) else [value]
    if not names:
        scope.invalid("type", "a type or a list of types")
        return None
    known = list(ir.JSON_TYPES)
    foreign = isinstance(value, list) or value == "null"
    if foreign and scope.dialect.name == "openapi-3.0":
        scope.foreign("type", "the name of one type other than null", "JSON Schema")
    bad = [index for index, name in enumerate(names) if name not in known]
    for index in bad:
        where = scope.location.child("type")
        if isinstance(value, list):
            where = where.child(index)
        scope.lowering.problem("unknown-type", _unknown(names[index], known), where)
    if bad:
        return None
    types = set(names)
    if _nullable(scope):
        types.add("null")
    if "number" in types:
        types.discard("integer")
    return ir.Type(tuple(name for name in ir.JSON_TYPES if name in types))


def _nullable(scope: Scope) -> bool:
    """OpenAPI 3.0's `nullable`, which widens the type beside it and nothing else."""
    value = scope.get("nullable")
    if value is not None and not isinstance(value, bool):
        scope.invalid("nullable", "true or false")
    return value is True


def _unknown(name: Json, known: list[str]) -> str:
    """What to say of a type that is none, with the one that may be meant."""
    message = f"there is no type {name!r}"
    close = difflib.get_close_matches(str(name), known, n=1)
    return f"{message}; did you mean {close[0]!r}?" if close else message


def _enum(scope: Scope, keyword: str) -> ir.Assertion | None:
    values = scope.data["enum"]
    if not isinstance(values, list):
        scope.invalid("enum", "a list of values")
        return None
    return ir.Enum(tuple(values)) if values else ir.Never()


def _const(scope: Scope, keyword: str) -> ir.Assertion | None:
    return ir.Enum((scope.data["const"],), "const")


# --- numbers -----------------------------------------------------------------------


def is_number(value: Json) -> bool:
    """Whether a value is a JSON number."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _limit(kind: type[ir.Minimum | ir.Maximum], exclusive: bool) -> Handler:
    def handle(scope: Scope, keyword: str) -> ir.Assertion | None:
        value = scope.data[keyword]
        flags = scope.dialect.age <= 4
        if exclusive and isinstance(value, bool):
            if not flags:
                scope.foreign(keyword, "a number", "draft 4")
            return None  # It is read where the limit is.
        if not is_number(value):
            scope.invalid(
                keyword, "true or false" if flags and exclusive else "a number"
            )
            return None
        if exclusive and flags:
            scope.foreign(keyword, "true or false", "draft 6")
        flag = "exclusive" + keyword[0].upper() + keyword[1:]
        return kind(value, exclusive or scope.get(flag) is True)

    return handle


def _multiple(scope: Scope, keyword: str) -> ir.Assertion | None:
    value = scope.data[keyword]
    if not is_number(value) or value <= 0:
        scope.invalid(keyword, "a number above 0")
        return None
    return ir.MultipleOf(value)


def count(scope: Scope, keyword: str) -> int | None:
    """The value of a keyword that counts something; None with a diagnostic."""
    value = scope.data[keyword]
    whole = is_number(value) and (
        isinstance(value, int) or (math.isfinite(value) and value.is_integer())
    )
    if not whole or value < 0:
        scope.invalid(keyword, "a whole number that is not negative")
        return None
    return int(value)


def _count(kind: Callable[[int], ir.Assertion]) -> Handler:
    def handle(scope: Scope, keyword: str) -> ir.Assertion | None:
        limit = count(scope, keyword)
        return None if limit is None else kind(limit)

    return handle


# --- strings -----------------------------------------------------------------------


def _string(kind: Callable[[str], ir.Assertion]) -> Handler:
    def handle(scope: Scope, keyword: str) -> ir.Assertion | None:
        value = scope.data[keyword]
        if not isinstance(value, str):
            scope.invalid(keyword, "a string")
            return None
        return kind(value)

    return handle


# --- arrays ------------------------------------------------------------------------


def _prefix_items(scope: Scope, keyword: str) -> ir.Assertion | None:
    schemas = scope.schemas(keyword)
    return None if schemas is None else ir.PrefixItems(schemas)


def _items(scope: Scope, keyword: str) -> ir.Assertion | None:
    value = scope.data["items"]
    if isinstance(value, list) and scope.dialect.age <= 2019:
        if scope.dialect.name == "openapi-3.0":
            scope.invalid("items", "a schema")
            return None
        # An empty list says nothing by itself, but `additionalItems` then does.
        return ir.PrefixItems(scope.schemas("items") or ()) if value else None
    start = 0
    prefix = scope.get("prefixItems")
    if isinstance(prefix, list):
        start = len(prefix)
    return ir.Items(scope.schema("items"), start)


def _additional_items(scope: Scope, keyword: str) -> ir.Assertion | None:
    prefix = scope.get("items")
    if not isinstance(prefix, list):
        return None
    return ir.Items(scope.schema(keyword), len(prefix))


def _contains(scope: Scope, keyword: str) -> ir.Assertion | None:
    minimum: int | None = 1
    maximum: int | None = None
    if scope.has("minContains"):
        minimum = count(scope, "minContains")
    if scope.has("maxContains"):
        maximum = count(scope, "maxContains")
    evaluates = scope.dialect.age >= 2020
    least = 1 if minimum is None else minimum
    return ir.Contains(scope.schema(keyword), least, maximum, evaluates)


def _unique(scope: Scope, keyword: str) -> ir.Assertion | None:
    value = scope.data[keyword]
    if not isinstance(value, bool):
        scope.invalid(keyword, "true or false")
        return None
    return ir.UniqueItems() if value else None


def _single(kind: Callable[[ir.Schema], ir.Assertion]) -> Handler:
    def handle(scope: Scope, keyword: str) -> ir.Assertion | None:
        return kind(scope.schema(keyword))

    return handle


# --- objects -----------------------------------------------------------------------


def _mapped(kind: Callable[[dict[str, ir.Schema]], ir.Assertion]) -> Handler:
    def handle(scope: Scope, keyword: str) -> ir.Assertion | None:
        schemas = scope.schema_map(keyword)
        return None if schemas is None else kind(schemas)

    return handle


def _additional_properties(scope: Scope, keyword: str) -> ir.Assertion | None:
    known = scope.get("properties")
    patterns = scope.get("patternProperties")
    return ir.AdditionalProperties(
        scope.schema(keyword),
        tuple(known) if isinstance(known, dict) else (),
        tuple(patterns) if isinstance(patterns, dict) else (),
    )


def names_of(scope: Scope, keyword: str, *tokens: str) -> tuple[str, ...] | None:
    """A list of property names; None and a diagnostic where it is none."""
    value = scope.data[keyword]
    for token in tokens:
        value = value[token]
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        scope.invalid(keyword, "a list of property names", *tokens)
        return None
    return tuple(dict.fromkeys(value))


def _required(scope: Scope, keyword: str) -> ir.Assertion | None:
    names = names_of(scope, keyword)
    return ir.Required(names) if names else None


def _dependent_required(scope: Scope, keyword: str) -> ir.Assertion | None:
    value = scope.data[keyword]
    if not isinstance(value, dict):
        scope.invalid(keyword, "a mapping from property to property names")
        return None
    found = {name: names_of(scope, keyword, name) for name in value}
    return ir.DependentRequired({k: v for k, v in found.items() if v is not None})


def _dependencies(scope: Scope) -> Iterable[ir.Assertion]:
    """`dependencies` up to draft 7: names or a schema for each property."""
    value = scope.data["dependencies"]
    if not isinstance(value, dict):
        scope.invalid("dependencies", "a mapping from property to names or a schema")
        return
    names: dict[str, tuple[str, ...]] = {}
    schemas: dict[str, ir.Schema] = {}
    for name, dependency in value.items():
        if isinstance(dependency, list):
            names[name] = names_of(scope, "dependencies", name) or ()
        else:
            schemas[name] = scope.schema("dependencies", name)
    if names:
        yield ir.DependentRequired(names)
    if schemas:
        yield ir.DependentSchemas(schemas)


# --- in place ----------------------------------------------------------------------


def _ref(scope: Scope, keyword: str) -> ir.Assertion | None:
    return scope.lowering.reference(scope.place, scope.environment, keyword)


def _identifier(scope: Scope, keyword: str) -> ir.Assertion | None:
    """Identifiers are indexed before anything is lowered; they assert nothing."""
    if not isinstance(scope.data[keyword], str):
        scope.invalid(keyword, "a string")
    return None


def _branches(kind: Callable[[tuple[ir.Schema, ...]], ir.Assertion]) -> Handler:
    def handle(scope: Scope, keyword: str) -> ir.Assertion | None:
        schemas = scope.schemas(keyword)
        return None if schemas is None else kind(schemas)

    return handle


def _if(scope: Scope, keyword: str) -> ir.Assertion | None:
    then = scope.schema("then") if scope.has("then") else None
    otherwise = scope.schema("else") if scope.has("else") else None
    # Even without branches it stays: it evaluates properties and items.
    return ir.IfThenElse(scope.schema("if"), then, otherwise)


HANDLERS: Final[dict[str, Handler]] = {
    "type": _type,
    "enum": _enum,
    "const": _const,
    "minimum": _limit(ir.Minimum, False),
    "exclusiveMinimum": _limit(ir.Minimum, True),
    "maximum": _limit(ir.Maximum, False),
    "exclusiveMaximum": _limit(ir.Maximum, True),
    "multipleOf": _multiple,
    "minLength": _count(ir.MinLength),
    "maxLength": _count(ir.MaxLength),
    "pattern": _string(ir.Pattern),
    "format": _string(ir.Format),
    "prefixItems": _prefix_items,
    "items": _items,
    "additionalItems": _additional_items,
    "contains": _contains,
    "minItems": _count(ir.MinItems),
    "maxItems": _count(ir.MaxItems),
    "uniqueItems": _unique,
    "unevaluatedItems": _single(ir.UnevaluatedItems),
    "properties": _mapped(ir.Properties),
    "patternProperties": _mapped(ir.PatternProperties),
    "additionalProperties": _additional_properties,
    "propertyNames": _single(ir.PropertyNames),
    "required": _required,
    "minProperties": _count(ir.MinProperties),
    "maxProperties": _count(ir.MaxProperties),
    "dependentRequired": _dependent_required,
    "dependentSchemas": _mapped(ir.DependentSchemas),
    "unevaluatedProperties": _single(ir.UnevaluatedProperties),
    "$ref": _ref,
    "$dynamicRef": _ref,
    "$recursiveRef": _ref,
    **dict.fromkeys(("id", "$id", "$anchor", "$dynamicAnchor"), _identifier),
    "allOf": _branches(ir.AllOf),
    "anyOf": _branches(ir.AnyOf),
    "oneOf": _branches(ir.OneOf),
    "not": _single(ir.Not),
    "if": _if,
}
