"""Constraints on arrays and objects, and what of these they evaluate."""

# What is inside a JSON value has no type that a checker knows.
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from ._rules import At, Judge, Rule
from ._scalars import found_in, sized
from .checks import child, fail_missing, unique
from .errors import counted

# --- arrays ---------------------------------------------------------------------------


def _is_array(at: At) -> bool:
    return at.value.__class__ is list


def _unique_items(at: At, _: bool) -> None:
    if _is_array(at) and not unique(at.value):
        at.fail("uniqueItems", "holds the same item twice")


def _prefix_items(at: At, rules: tuple[Rule, ...]) -> None:
    if _is_array(at):
        for i, (rule, item) in enumerate(zip(rules, at.value, strict=False)):
            at.inside(rule, item, f"{at.path}/{i}")


def _items(at: At, rule: Rule) -> None:
    start = len(at.rule.get("prefixItems", ()))
    if _is_array(at):
        for i, item in enumerate(at.value[start:] if start else at.value, start):
            at.judge.check(rule, item, f"{at.path}/{i}", at.found)


def _contains(at: At, rule: Rule) -> None:
    if not _is_array(at):
        return
    least, most = at.rule.get("minContains", 1), at.rule.get("maxContains")
    count = sum(at.judge.accepts(rule, item) for item in at.value)
    if count < least:
        few = counted(least, "item", "items")
        keyword = "contains" if least == 1 else "minContains"
        at.fail(keyword, f"holds fewer than {few} of the kind asked for")
    if most is not None and count > most:
        many = counted(most, "item", "items")
        at.fail("maxContains", f"holds more than {many} of the kind limited")


def _unevaluated_items(at: At, rule: Rule) -> None:
    if _is_array(at):
        seen = _others_evaluated(at, "items", "unevaluatedItems")
        for i, item in enumerate(at.value):
            if i not in seen:
                at.closed(rule, item, f"{at.path}/{i}", "unevaluatedItems")


def _others_evaluated(at: At, kind: str, keyword: str) -> set[Any]:
    """What all keywords of a rule but one have evaluated."""
    others = ((k, operand) for k, operand in at.rule.items() if k != keyword)
    return at.judge.evaluated(kind, others, at.rule, at.value)


# --- objects --------------------------------------------------------------------------


def _is_object(at: At) -> bool:
    return at.value.__class__ is dict


def _properties(at: At, rules: dict[str, Rule]) -> None:
    judge, _, value, path, found = at
    if value.__class__ is dict:
        for name, rule in rules.items():
            if name in value:
                judge.check(rule, value[name], child(path, name), found)


def _pattern_properties(at: At, rules: dict[Any, Rule]) -> None:
    if _is_object(at):
        for name, value in at.value.items():
            for pattern, rule in rules.items():
                if found_in(pattern, name):
                    at.inside(rule, value, child(at.path, name))


def _others(rule: dict[str, Any], value: dict[str, Any]) -> list[str]:
    """The properties that neither `properties` nor `patternProperties` of a rule
    cover."""
    known, patterns = rule.get("properties", ()), rule.get("patternProperties", ())
    return [
        name
        for name in value
        if name not in known and not any(found_in(p, name) for p in patterns)
    ]


def _additional_properties(at: At, rule: Rule) -> None:
    if _is_object(at):
        for name in _others(at.rule, at.value):
            path = child(at.path, name)
            at.closed(rule, at.value[name], path, "additionalProperties")


def _property_names(at: At, rule: Rule) -> None:
    if _is_object(at):
        for name in at.value:
            at.inside(rule, name, child(at.path, name))


def _required(at: At, names: tuple[str, ...]) -> None:
    value = at.value
    if value.__class__ is dict:
        for name in names:
            if name not in value:
                fail_missing(at.found, at.path, name)


def _dependent_required(at: At, by_name: dict[str, tuple[str, ...]]) -> None:
    if _is_object(at):
        for name, needed in by_name.items():
            for other in needed:
                if name in at.value and other not in at.value:
                    fail_missing(at.found, at.path, other, "dependentRequired")


def _dependent_schemas(at: At, rules: dict[str, Rule]) -> None:
    if _is_object(at):
        for name, rule in rules.items():
            if name in at.value:
                at.apply(rule)


def _unevaluated_properties(at: At, rule: Rule) -> None:
    if _is_object(at):
        seen = _others_evaluated(at, "properties", "unevaluatedProperties")
        for name, value in at.value.items():
            if name not in seen:
                path = child(at.path, name)
                at.closed(rule, value, path, "unevaluatedProperties")


def _beside(_: At, __: Any) -> None:
    """Of a keyword that another one reads."""


_ITEMS = ("item", "items")
_PROPERTIES = ("property", "properties")

CONTAINERS: dict[str, Callable[[At, Any], None]] = {
    "minItems": sized("minItems", list, "has fewer", _ITEMS),
    "maxItems": sized("maxItems", list, "has more", _ITEMS),
    "uniqueItems": _unique_items,
    "prefixItems": _prefix_items,
    "items": _items,
    "contains": _contains,
    "minContains": _beside,
    "maxContains": _beside,
    "evaluates": _beside,
    "unevaluatedItems": _unevaluated_items,
    "minProperties": sized("minProperties", dict, "has fewer", _PROPERTIES),
    "maxProperties": sized("maxProperties", dict, "has more", _PROPERTIES),
    "properties": _properties,
    "patternProperties": _pattern_properties,
    "additionalProperties": _additional_properties,
    "propertyNames": _property_names,
    "required": _required,
    "dependentRequired": _dependent_required,
    "dependentSchemas": _dependent_schemas,
    "unevaluatedProperties": _unevaluated_properties,
}
"""What judges an array or object by a keyword. `evaluates` stands beside a `contains`
that does not."""

_Evaluated: TypeAlias = Callable[[Judge, dict[str, Any], Any, Any], Iterable[Any]]

OF_OBJECTS: dict[str, _Evaluated] = {
    "properties": lambda judge, asserted, rules, value: value.keys() & rules.keys(),
    "patternProperties": lambda judge, asserted, rules, value: (
        name for name in value if any(found_in(p, name) for p in rules)
    ),
    "additionalProperties": lambda judge, asserted, rule, value: value,
    "unevaluatedProperties": lambda judge, asserted, rule, value: value,
}
OF_ARRAYS: dict[str, _Evaluated] = {
    "prefixItems": lambda judge, asserted, rules, value: range(
        min(len(value), len(rules))
    ),
    "items": lambda judge, asserted, rule, value: range(len(value)),
    "contains": lambda judge, asserted, rule, value: (
        i
        for i, item in enumerate(value)
        if asserted.get("evaluates", True) and judge.accepts(rule, item)
    ),
    "unevaluatedItems": lambda judge, asserted, rule, value: range(len(value)),
}
"""What keywords evaluate of an object or array."""
