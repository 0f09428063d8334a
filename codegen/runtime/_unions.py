"""Constraints that apply other rules to the same value."""

# What is inside a JSON value has no type that a checker knows.
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ._rules import (
    Asked,
    Check,
    Checks,
    Judge,
    Maker,
    Path,
    Rule,
    Tagged,
    beside,
    fail,
    meets,
    refusal,
)
from ._scalars import by_type, in_json, is_type
from .checks import equal, inside
from .errors import Found


def _all_of(of: Asked, rules: tuple[Rule, ...]) -> Iterator[Check]:
    for rule in rules:
        yield from of.same(rule)


def _union(keyword: str) -> Maker:
    def checks(of: Asked, branches: Any) -> Iterable[Check]:
        if isinstance(branches, tuple):
            return (_tried(of, branches, keyword),)
        none = (refusal(keyword, _NONE),)

        def branch(own: frozenset[str]) -> tuple[Check, ...]:
            for types, rule in branches.items():
                if is_type(types, own):
                    tagged = isinstance(rule, Tagged)
                    return (_tagged(of, rule, keyword),) if tagged else of.same(rule)
            return none

        return by_type(of.cls, branch)

    return checks


_NONE = "matches none of the alternatives"
_MANY = "matches more than one of the alternatives"


def _tried(of: Asked, rules: tuple[Rule, ...], keyword: str) -> Check:
    branches = [of.judge.checks(rule) for rule in rules]

    def check(value: Any, path: Path, found: Found) -> None:
        count = 0
        for branch in branches:
            count += meets(branch, value)
            if count and keyword == "anyOf":
                return
        if count != 1:
            fail(found, path, value, keyword, _MANY if count else _NONE)

    return check


def _tagged(of: Asked, union: Tagged, keyword: str) -> Check:
    """Checks objects by the branch that their tag leads to."""

    def of_tagged(inner: Tagged, _: type) -> tuple[Check, ...]:
        return (_tagged(of, inner, keyword),)

    cases = {
        tag: (
            Checks(of_tagged, case)
            if isinstance(case, Tagged)
            else of.judge.checks(case)
        )
        for tag, case in union.cases.items()
    }
    tried = _tried(of, union.tried, keyword) if union.tried else None
    other = None if union.other is None else of.judge.checks(union.other)
    wrong = refusal(union.keyword or keyword, f"has no {_tags(union)}")

    def check(value: Any, path: Path, found: Found) -> None:
        if tried is not None and not _has(value, union.path):
            tried(value, path, found)
            return
        branch = _branch(cases, inside(value, *union.path))
        branch = other if branch is None else branch
        if branch is None:
            wrong(value, path, found)
            return
        for one in branch[value.__class__]:
            one(value, path, found)

    return check


def _branch(cases: dict[Any, Checks], tag: Any) -> Checks | None:
    """The checks of the branch that a tag leads to."""
    if tag.__class__ is str:
        return cases.get(tag)
    return next((case for value, case in cases.items() if equal(tag, value)), None)


def _tags(union: Tagged) -> str:
    """Where the tag is, and some of those that there are, for people."""
    few = list(union.cases)[:6]
    shown = ", ".join(tag if isinstance(tag, str) else in_json(tag) for tag in few)
    more = ", …" if len(union.cases) > 6 else ""
    return f"{'.'.join(union.path)} of {shown}{more}"


def _has(value: Any, path: tuple[str, ...]) -> bool:
    """Whether an object has a property, in the objects that lead there."""
    above = inside(value, *path[:-1])
    return above.__class__ is dict and path[-1] in above


def _branches(branches: Any) -> Iterator[Rule]:
    """All branches of a union, however they are told apart."""
    if isinstance(branches, tuple):
        yield from branches
        return
    for rule in branches.values():
        yield from _tagged_branches(rule) if isinstance(rule, Tagged) else (rule,)


def _tagged_branches(union: Tagged) -> Iterator[Rule]:
    for case in union.cases.values():
        yield from _tagged_branches(case) if isinstance(case, Tagged) else (case,)
    if union.other is not None:
        yield union.other


def _not(of: Asked, rule: Rule) -> Iterator[Check]:
    excluded = of.judge.checks(rule)

    def check(value: Any, path: Path, found: Found) -> None:
        if meets(excluded, value):
            fail(found, path, value, "not", "is what the schema excludes")

    yield check


def _if(of: Asked, rule: Rule) -> Iterator[Check]:
    condition = of.judge.checks(rule)
    then, other = (of.judge.checks(of.rule.get(k, True)) for k in ("then", "else"))

    def check(value: Any, path: Path, found: Found) -> None:
        met = then if meets(condition, value) else other
        for one in met[value.__class__]:
            one(value, path, found)

    yield check


def in_place(
    judge: Judge, keyword: str, operand: Any, asserted: dict[str, Any], value: Any
) -> Iterator[Rule]:
    """The rules that a keyword applies to the same value, as far as it must meet them
    where it meets the keyword."""
    match keyword:
        case "$ref":
            yield operand
        case "allOf":
            yield from operand
        case "anyOf" | "oneOf":
            yield from (
                rule for rule in _branches(operand) if judge.accepts(rule, value)
            )
        case "if":
            met = judge.accepts(operand, value)
            yield from (operand,) if met else ()
            yield asserted.get("then" if met else "else", True)
        case "dependentSchemas" if value.__class__ is dict:
            yield from (rule for name, rule in operand.items() if name in value)
        case _:
            pass


UNIONS: dict[str, Maker] = {
    "$ref": Asked.same,
    "allOf": _all_of,
    "anyOf": _union("anyOf"),
    "oneOf": _union("oneOf"),
    "not": _not,
    "if": _if,
    "then": beside,
    "else": beside,
}
"""What a keyword asks of values."""
