"""What each keyword of each dialect asserts, in the terms of the IR."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, get_args

from codegen import ecma, nearby
from codegen.diagnostics import Severity
from codegen.frontend import dependencies, in_place, nullable, values
from codegen.frontend.merging import merged
from codegen.frontend.scope import Handler, Scope
from codegen.frontend.values import is_number, shown, twice
from codegen.ir import model as ir
from codegen.source.node import Json

RANK: Final = {kind: rank for rank, kind in enumerate(get_args(ir.Assertion))}
"""The canonical order of assertions: that of the union."""


def assertions(scope: Scope, names: Iterable[str]) -> tuple[ir.Assertion, ...]:
    """The assertions of a schema's keywords, in canonical order."""
    dialect, data = scope.dialect, scope.data
    known = dialect.keywords
    found: list[ir.Assertion] = []
    for name in names:
        foreign = name not in known
        told = FOREIGN.get(name) if foreign else None
        handler = told or HANDLERS.get(name)
        if handler is None or not dialect.reads(name):
            continue
        if data[name] is None and name not in _TAKES_NULL:
            scope.remark("read-as-meant", f"`{name}` is empty", name, "absent")
            continue
        if foreign and told is None:
            message = f"`{name}` has no meaning in {dialect.title}"
            scope.remark("foreign-keyword", message, name, "in JSON Schema 2020-12")
        assertion = handler(scope, name)
        if assertion is not None:
            found.append(assertion)
    if "dependencies" in names and scope.get("dependencies") is not None:
        found.extend(dependencies.either(scope))
    if "properties" in names:
        found.extend(_required_of_properties(scope))
    if len(found) > 1:
        found.sort(key=lambda assertion: RANK[type(assertion)])
        found = merged(found)
    return nullable.widened(scope, tuple(found))


_TAKES_NULL: Final = frozenset(("const", "$ref", "$dynamicRef", "$recursiveRef"))
"""Keywords of which null is a value, or has to be said more of."""


# --- any value ---------------------------------------------------------------------


_ONE_TYPE: Final = {name: ir.Type((name,)) for name in ir.JSON_TYPES}


def _type(scope: Scope, keyword: str) -> ir.Assertion | None:
    value = scope.data["type"]
    plain = isinstance(value, str) and value in _ONE_TYPE
    if plain and scope.dialect.name != "openapi-3.0":
        return _ONE_TYPE[value]
    names = value if isinstance(value, list) else [value]
    if not names:
        scope.invalid("type", "a type or a list of types")
        return None
    foreign = isinstance(value, list) or value == "null"
    if foreign and scope.dialect.name == "openapi-3.0":
        scope.foreign("type", "the name of one type other than null", "JSON Schema")
    types: set[str] = set()
    for index, name in enumerate(names):
        # Whoever writes null without quotes in YAML means the type.
        known = "null" if name is None else str(name).lower()
        at = (index,) if isinstance(value, list) else ()
        if known not in ir.JSON_TYPES:
            scope.dropped("unknown-type", _unknown(name), "type", *at)
        elif known != name:
            scope.meant("type", "the name of a type", shown(known), *at)
        types.add(known)
    if not types <= set(ir.JSON_TYPES):
        return None
    if scope.dialect.name == "openapi-3.0":
        if value == "array" and scope.get("items") is None:
            message = "OpenAPI 3.0 wants `items` beside `type: array`"
            scope.remark("read-as-meant", message, "type", "an array of anything")
        if scope.flag("nullable"):
            types.add("null")
    if "number" in types:
        types.discard("integer")
    return ir.Type(tuple(name for name in ir.JSON_TYPES if name in types))


def _unknown(name: Json) -> str:
    """What to say of a type that is none, with the one that may be meant."""
    if not isinstance(name, str):
        return f"{shown(name)} is no name of a type"
    return f"there is no type {name!r:.60}{nearby.question(name, ir.JSON_TYPES)}"


def _enum(scope: Scope, keyword: str) -> ir.Assertion | None:
    found = scope.read("enum", values.VALUES)
    if found is None:
        return None
    if not found and scope.dialect.age <= 4:
        scope.invalid("enum", "a list of values that is not empty")
        return None
    again = _twice(scope, "enum", found)
    kept = tuple(value for index, value in enumerate(found) if index not in again)
    return ir.Enum(kept) if kept else ir.Never()


def _twice(scope: Scope, keyword: str, found: list[Json]) -> set[int]:
    """The indices of values that stood before, each with a warning."""
    again = twice(found)
    for index in again:
        message = f"`{keyword}` holds {shown(found[index])} twice"
        scope.remark("duplicate-value", message, keyword, "the same", index)
    return set(again)


def _const(scope: Scope, keyword: str) -> ir.Assertion | None:
    return ir.Enum((scope.data["const"],), "const")


# --- numbers -----------------------------------------------------------------------


def _limit(kind: type[ir.Minimum | ir.Maximum], exclusive: bool) -> Handler:
    def handle(scope: Scope, keyword: str) -> ir.Assertion | None:
        value = scope.data[keyword]
        flags = scope.dialect.age <= 4
        if exclusive and values.BOOLEAN.read(value).value is not None:
            if not flags:
                scope.foreign(keyword, "a number", "draft 4")
            return None  # It is read where the limit is.
        if exclusive and flags and is_number(value):
            scope.foreign(keyword, "true or false", "draft 6")
        limit = scope.read(keyword, values.NUMBER)
        if limit is None:
            return None
        flag = "exclusive" + keyword[0].upper() + keyword[1:]
        if exclusive or flag not in scope.data or is_number(scope.get(flag)):
            return kind(limit, exclusive)
        return kind(limit, values.BOOLEAN.read(scope.get(flag)).value is True)

    return handle


def _multiple(scope: Scope, keyword: str) -> ir.Assertion | None:
    divisor = scope.read(keyword, values.POSITIVE)
    return None if divisor is None else ir.MultipleOf(divisor)


def _count(kind: Callable[[int], ir.Assertion]) -> Handler:
    def handle(scope: Scope, keyword: str) -> ir.Assertion | None:
        limit = scope.read(keyword, values.COUNT)
        return None if limit is None else kind(limit)

    return handle


# --- strings -----------------------------------------------------------------------


def _format(scope: Scope, keyword: str) -> ir.Assertion | None:
    name = scope.read(keyword, values.TEXT)
    return None if name is None else ir.Format(name)


def _pattern(scope: Scope, keyword: str) -> ir.Assertion | None:
    regex = scope.read(keyword, values.TEXT)
    if regex is None or not _expressible(scope, regex, keyword):
        return None
    return ir.Pattern(regex)


def _expressible(scope: Scope, regex: str, keyword: str, *tokens: str) -> bool:
    """Whether generated code can enforce a pattern; a warning where it cannot."""
    short = regex if len(regex) <= 60 else regex[:57] + "..."
    named = f"the pattern {f'`{short}`' if short.isprintable() else repr(short)}"
    try:
        ecma.translate(regex)
    except ecma.ECMAUnsupportedError as error:
        message = f"{named} cannot be enforced: {error}"
        scope.dropped("unsupported-pattern", message, keyword, *tokens)
        return False
    except ecma.ECMASyntaxError as error:
        message = f"{named} does not compile: {error}"
        scope.dropped("invalid-pattern", message, keyword, *tokens)
        return False
    return True


# --- arrays ------------------------------------------------------------------------


def _prefix_items(scope: Scope, keyword: str) -> ir.Assertion | None:
    schemas = scope.schemas(keyword)
    return None if schemas is None else ir.PrefixItems(schemas)


def _items(scope: Scope, keyword: str) -> ir.Assertion | None:
    value = scope.data["items"]
    if isinstance(value, list):
        if scope.dialect.name == "openapi-3.0" or scope.dialect.age >= 2020:
            scope.meant("items", "a schema", "a schema for each place")
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


def _foreign_additional_items(scope: Scope, keyword: str) -> ir.Assertion | None:
    """`additionalItems` in a dialect that does not have it. Beside a list it is meant
    like the list, which is read, too; beside anything else it says nothing anywhere."""
    found = _additional_items(scope, keyword)
    message = f"`{keyword}` has no meaning in {scope.dialect.title}"
    if found is not None:
        scope.remark("foreign-keyword", message, keyword, "in JSON Schema 2019-09")
        return found
    where, severity = scope.location.child(keyword), Severity.WARNING
    scope.lowering.problem(
        "foreign-keyword", message, where, key=True, severity=severity
    )
    return None


def _contains(scope: Scope, keyword: str) -> ir.Assertion | None:
    minimum: int | None = 1
    maximum: int | None = None
    if scope.has("minContains"):
        minimum = scope.read("minContains", values.COUNT)
    if scope.has("maxContains"):
        maximum = scope.read("maxContains", values.COUNT)
    evaluates = scope.dialect.age >= 2020
    least = 1 if minimum is None else minimum
    return ir.Contains(scope.schema(keyword), least, maximum, evaluates)


def _unique(scope: Scope, keyword: str) -> ir.Assertion | None:
    return ir.UniqueItems() if scope.flag(keyword) else None


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


def _pattern_properties(scope: Scope, keyword: str) -> ir.Assertion | None:
    schemas = scope.schema_map(keyword)
    if schemas is None:
        return None
    kept = {
        regex: schema
        for regex, schema in schemas.items()
        if _expressible(scope, regex, keyword, regex)
    }
    return ir.PatternProperties(kept)


def _additional_properties(scope: Scope, keyword: str) -> ir.Assertion | None:
    known = scope.get("properties")
    patterns = scope.get("patternProperties")
    regexes = tuple(patterns) if isinstance(patterns, dict) else ()
    if not _all_expressible(regexes):
        message = (
            "which properties are additional, a pattern decides that means nothing"
        )
        scope.dropped("invalid-keyword", message, keyword)
        return None
    return ir.AdditionalProperties(
        scope.schema(keyword),
        tuple(known) if isinstance(known, dict) else (),
        regexes,
    )


def _unevaluated_properties(scope: Scope, keyword: str) -> ir.Assertion | None:
    patterns = scope.get("patternProperties")
    if isinstance(patterns, dict) and not _all_expressible(patterns):
        message = "which properties are left, a pattern decides that means nothing"
        scope.dropped("invalid-keyword", message, keyword)
        return None
    return ir.UnevaluatedProperties(scope.schema(keyword))


def _all_expressible(regexes: Iterable[str]) -> bool:
    for regex in regexes:
        try:
            ecma.translate(regex)
        except ecma.ECMASyntaxError:
            return False
    return True


def _required(scope: Scope, keyword: str) -> ir.Assertion | None:
    value = scope.data[keyword]
    flag = values.BOOLEAN.read(value).value
    if flag is not None and scope.is_property:
        what = "required" if flag else "not required"
        expected = values.NAMES.expected
        scope.meant(keyword, expected, f"in draft 3: the property is {what}")
        return None  # It is the object around it that asserts this.
    names = scope.names(keyword)
    if isinstance(value, list):
        if not value and scope.dialect.age <= 4:
            message = f"`required` holds one name at least in {scope.dialect.title}"
            scope.remark("read-as-meant", message, keyword, "absent")
        _twice(scope, keyword, value)
    return ir.Required(names) if names else None


def _required_of_properties(scope: Scope) -> Iterable[ir.Assertion]:
    """The properties that say of themselves that they are required, as in draft 3."""
    properties = scope.get("properties")
    if not isinstance(properties, dict):
        return
    names = [
        name
        for name, value in properties.items()
        if isinstance(value, dict)
        and values.BOOLEAN.read(value.get("required")).value is True
    ]
    if names:
        yield ir.Required(tuple(names))


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
    "pattern": _pattern,
    "format": _format,
    "prefixItems": _prefix_items,
    "items": _items,
    "additionalItems": _additional_items,
    "contains": _contains,
    "minItems": _count(ir.MinItems),
    "maxItems": _count(ir.MaxItems),
    "uniqueItems": _unique,
    "unevaluatedItems": _single(ir.UnevaluatedItems),
    "properties": _mapped(ir.Properties),
    "patternProperties": _pattern_properties,
    "additionalProperties": _additional_properties,
    "propertyNames": _single(ir.PropertyNames),
    "required": _required,
    "minProperties": _count(ir.MinProperties),
    "maxProperties": _count(ir.MaxProperties),
    "dependentRequired": dependencies.required,
    "dependentSchemas": _mapped(ir.DependentSchemas),
    "unevaluatedProperties": _unevaluated_properties,
    "$ref": in_place.ref,
    "$dynamicRef": in_place.ref,
    "$recursiveRef": in_place.ref,
    **dict.fromkeys(("id", "$id", "$anchor", "$dynamicAnchor"), in_place.identifier),
    "allOf": in_place.all_of,
    "anyOf": in_place.branches(ir.AnyOf),
    "oneOf": in_place.one_of,
    "not": in_place.not_,
    "if": in_place.if_,
}

FOREIGN: Final[dict[str, Handler]] = {
    "$recursiveRef": in_place.foreign_recursive_ref,
    "additionalItems": _foreign_additional_items,
}
"""What reads a keyword in a dialect that has none of this name, and says so, where it
is not read as in JSON Schema 2020-12."""
