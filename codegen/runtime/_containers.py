"""Constraints on arrays and objects, and what of these they evaluate."""

# What is inside a JSON value has no type that a checker knows.
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias

from ._rules import (
    ANY,
    Asked,
    Check,
    Checks,
    Judge,
    Maker,
    Path,
    Rule,
    always,
    beside,
    fail,
    fail_missing,
    meets,
    refusal,
)
from ._scalars import SCALARS, found_in, sized
from .checks import unique
from .errors import Found, counted

# --- arrays ---------------------------------------------------------------------------


def _unique_items(of: Asked, _: bool) -> Iterator[Check]:
    def check(value: Any, path: Path, found: Found) -> None:
        if not unique(value):
            fail(found, path, value, "uniqueItems", "holds the same item twice")

    if of.cls is list:
        yield check


def _prefix_items(of: Asked, rules: tuple[Rule, ...]) -> Iterator[Check]:
    asked = [of.judge.checks(rule) for rule in rules]

    def check(value: Any, path: Path, found: Found) -> None:
        for i, (checks, item) in enumerate(zip(asked, value, strict=False)):
            for one in checks[item.__class__]:
                one(item, (path, i), found)

    if of.cls is list:
        yield check


def _items(of: Asked, rule: Rule) -> Iterator[Check]:
    start = len(of.rule.get("prefixItems", ()))
    checks = of.judge.checks(rule)

    def check(value: Any, path: Path, found: Found) -> None:
        for i, item in enumerate(value[start:] if start else value, start):
            for one in checks[item.__class__]:
                one(item, (path, i), found)

    if of.cls is list and rule is not True:
        yield check


def _contains(of: Asked, rule: Rule) -> Iterator[Check]:
    checks = of.judge.checks(rule)
    least, most = of.rule.get("minContains", 1), of.rule.get("maxContains")

    def check(value: Any, path: Path, found: Found) -> None:
        count = sum(meets(checks, item) for item in value)
        if count < least:
            few = counted(least, "item", "items")
            keyword = "contains" if least == 1 else "minContains"
            why = f"holds fewer than {few} of the kind asked for"
            fail(found, path, value, keyword, why)
        if most is not None and count > most:
            many = counted(most, "item", "items")
            why = f"holds more than {many} of the kind limited"
            fail(found, path, value, "maxContains", why)

    if of.cls is list:
        yield check


def _unevaluated_items(of: Asked, rule: Rule) -> Iterator[Check]:
    checks = _closed(of, rule, "unevaluatedItems")
    others = _others(of, "unevaluatedItems")

    def check(value: Any, path: Path, found: Found) -> None:
        seen = of.judge.evaluated("items", others, of.rule, value)
        for i, item in enumerate(value):
            if i not in seen:
                for one in checks[item.__class__]:
                    one(item, (path, i), found)

    if of.cls is list:
        yield check


def _others(of: Asked, keyword: str) -> list[tuple[str, Any]]:
    """All keywords of a rule but one, with their operands."""
    return [(other, operand) for other, operand in of.rule.items() if other != keyword]


def _closed(of: Asked, rule: Rule, keyword: str) -> Checks:
    """What is asked of what nothing else covers; `keyword` is broken where it must not
    be there."""
    if rule is not False:
        return of.judge.checks(rule)
    items = keyword.endswith("Items")
    words = (
        "is one item too many" if items else "is a property the schema does not know"
    )
    return always(refusal(keyword, words))


# --- objects --------------------------------------------------------------------------


def _properties(of: Asked, rules: dict[str, Rule]) -> Iterator[Check]:
    asked = [
        (name, of.judge.checks(rule))
        for name, rule in rules.items()
        if rule is not True
    ]
    # Whoever only asks whether something is wrong tries a branch, mostly. What tells it
    # from others is asked first: to look into what the next branch looks into again
    # takes a time that doubles with each level.
    needed: tuple[str, ...] = of.rule.get("required", ())
    soonest: list[tuple[str, Checks]] = []

    def check(value: Any, path: Path, found: Found) -> None:
        if found is ANY:
            for name in needed:
                if name not in value:
                    fail_missing(found, path, name)
            if not soonest:  # Rules of other pieces may have to be loaded for it.
                soonest[:] = sorted(
                    asked, key=lambda one: _leads_on(of.judge, rules[one[0]])
                )
        for name, checks in soonest if found is ANY else asked:
            if name in value:
                item = value[name]
                for one in checks[item.__class__]:
                    one(item, (path, name), found)

    if of.cls is dict and asked:
        yield check


def _leads_on(judge: Judge, rule: Rule) -> bool:
    """Whether a rule looks further into a value than at a scalar, or a list of such."""
    own = judge.asserted(rule)
    if isinstance(own, dict) and "items" in own:
        own = judge.asserted(own["items"])
    return isinstance(own, dict) and not own.keys() <= SCALARS.keys()


def _pattern_properties(of: Asked, rules: dict[Any, Rule]) -> Iterator[Check]:
    asked = [(pattern, of.judge.checks(rule)) for pattern, rule in rules.items()]

    def check(value: Any, path: Path, found: Found) -> None:
        for name, item in value.items():
            for pattern, checks in asked:
                if found_in(pattern, name):
                    for one in checks[item.__class__]:
                        one(item, (path, name), found)

    if of.cls is dict:
        yield check


def _additional_properties(of: Asked, rule: Rule) -> Iterator[Check]:
    checks = _closed(of, rule, "additionalProperties")
    known = of.rule.get("properties", ())
    patterns = of.rule.get("patternProperties", ())

    def check(value: Any, path: Path, found: Found) -> None:
        for name, item in value.items():
            if name not in known and not any(found_in(p, name) for p in patterns):
                for one in checks[item.__class__]:
                    one(item, (path, name), found)

    if of.cls is dict and rule is not True:
        yield check


def _property_names(of: Asked, rule: Rule) -> Iterator[Check]:
    checks = of.judge.checks(rule)

    def check(value: Any, path: Path, found: Found) -> None:
        for name in value:
            for one in checks[name.__class__]:
                one(name, (path, name), found)

    if of.cls is dict:
        yield check


def _required(of: Asked, names: tuple[str, ...]) -> Iterator[Check]:
    def check(value: Any, path: Path, found: Found) -> None:
        for name in names:
            if name not in value:
                fail_missing(found, path, name)

    if of.cls is dict:
        yield check


def _dependent_required(
    of: Asked, by_name: dict[str, tuple[str, ...]]
) -> Iterator[Check]:
    def check(value: Any, path: Path, found: Found) -> None:
        for name, needed in by_name.items():
            for other in needed:
                if name in value and other not in value:
                    fail_missing(found, path, other, "dependentRequired")

    if of.cls is dict:
        yield check


def _dependent_schemas(of: Asked, rules: dict[str, Rule]) -> Iterator[Check]:
    asked = [(name, of.judge.checks(rule)) for name, rule in rules.items()]

    def check(value: Any, path: Path, found: Found) -> None:
        for name, checks in asked:
            if name in value:
                for one in checks[value.__class__]:
                    one(value, path, found)

    if of.cls is dict:
        yield check


def _unevaluated_properties(of: Asked, rule: Rule) -> Iterator[Check]:
    checks = _closed(of, rule, "unevaluatedProperties")
    others = _others(of, "unevaluatedProperties")

    def check(value: Any, path: Path, found: Found) -> None:
        seen = of.judge.evaluated("properties", others, of.rule, value)
        for name, item in value.items():
            if name not in seen:
                for one in checks[item.__class__]:
                    one(item, (path, name), found)

    if of.cls is dict:
        yield check


_ITEMS = ("item", "items")
_PROPERTIES = ("property", "properties")

CONTAINERS: dict[str, Maker] = {
    "minItems": sized("minItems", list, "has fewer", _ITEMS),
    "maxItems": sized("maxItems", list, "has more", _ITEMS),
    "uniqueItems": _unique_items,
    "prefixItems": _prefix_items,
    "items": _items,
    "contains": _contains,
    "minContains": beside,
    "maxContains": beside,
    "evaluates": beside,
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
"""What a keyword asks of arrays or objects. `evaluates` stands beside a `contains`
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
