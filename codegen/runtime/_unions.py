"""Constraints that apply other rules to the same value."""

# What is inside a JSON value has no type that a checker knows.
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ._rules import At, Judge, Rule, Tagged
from ._scalars import in_json, is_type
from .checks import equal, inside


def _all_of(at: At, rules: tuple[Rule, ...]) -> None:
    for rule in rules:
        at.apply(rule)


def _union(keyword: str) -> Callable[[At, Any], None]:
    def check(at: At, branches: Any) -> None:
        if isinstance(branches, tuple):
            _tried(at, branches, keyword)
            return
        for types, rule in branches.items():
            if is_type(types, at.value):
                if isinstance(rule, Tagged):
                    _tagged(at, rule, keyword)
                else:
                    at.apply(rule)
                return
        at.fail(keyword, _NONE)

    return check


_NONE = "matches none of the alternatives"
_MANY = "matches more than one of the alternatives"


def _tried(at: At, rules: tuple[Rule, ...], keyword: str) -> None:
    count = 0
    for rule in rules:
        count += at.judge.accepts(rule, at.value)
        if count and keyword == "anyOf":
            return
    if count != 1:
        at.fail(keyword, _MANY if count else _NONE)


def _tagged(at: At, union: Tagged, keyword: str) -> None:
    """Hold an object against the branch that its tag leads to."""
    if union.tried and not _has(at.value, union.path):
        _tried(at, union.tried, keyword)
        return
    tag = inside(at.value, *union.path)
    for value, case in union.cases.items():
        if equal(tag, value):
            if isinstance(case, Tagged):
                _tagged(at, case, keyword)
            else:
                at.apply(case)
            return
    at.fail(union.keyword or keyword, f"has no {_tags(union)}")


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


def _not(at: At, rule: Rule) -> None:
    if at.judge.accepts(rule, at.value):
        at.fail("not", "is what the schema excludes")


def _if(at: At, rule: Rule) -> None:
    met = at.judge.accepts(rule, at.value)
    at.apply(at.rule.get("then" if met else "else", True))


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


def _beside(_: At, __: Any) -> None:
    """Of a keyword that another one reads."""


UNIONS: dict[str, Callable[[At, Any], None]] = {
    "$ref": At.apply,
    "allOf": _all_of,
    "anyOf": _union("anyOf"),
    "oneOf": _union("oneOf"),
    "not": _not,
    "if": _if,
    "then": _beside,
    "else": _beside,
}
"""What judges a value by a keyword."""
