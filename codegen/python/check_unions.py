"""Checks of unions: of the one branch that can be meant, or of all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from codegen.ir import model as ir
from codegen.ir import tags, walk
from codegen.python import conditions as cond
from codegen.python.check_ways import Way
from codegen.python.dispatch import Dispatch, dispatch_of
from codegen.python.lines import Lines, block, literal

if TYPE_CHECKING:
    from codegen.python.checks import Checks


def statements(
    checks: Checks, schema: ir.Schema, a: ir.AnyOf | ir.OneOf, v: str, p: str, way: Way
) -> Lines:
    """Statements for `anyOf` or `oneOf`."""
    key = "anyOf" if isinstance(a, ir.AnyOf) else "oneOf"
    hint = schema.annotations.discriminator
    found = dispatch_of(checks.module, a, hint)
    if found is not None:
        return _dispatched(checks, schema, found, key, v, p, way)
    answers = [checks.answer(inner, v) for inner in a.schemas]
    none = "matches none of the alternatives"
    if key == "anyOf":
        if "True" in answers:
            return []
        test = f"if not ({' or '.join(answers)}):"
        return block(test, way.fail(v, p, key, none))
    n = checks.fresh("n")
    count = f"{n} = [{', '.join(answers)}].count(True)"
    if not way.collecting:
        return [count, f"if {n} != 1:", "    return False"]
    many = "matches more than one of the alternatives"
    return [
        count,
        *block(f"if {n} == 0:", way.fail(v, p, key, none)),
        *block(f"elif {n} > 1:", way.fail(v, p, key, many)),
    ]


def _dispatched(
    checks: Checks,
    schema: ir.Schema,
    found: Dispatch,
    key: str,
    v: str,
    p: str,
    way: Way,
) -> Lines:
    """A union that the value itself decides: only one branch is looked at."""
    lines: Lines = []
    word = "if"
    type_ = walk.find(schema, ir.Type)
    for branch, types in found.branches():
        if (
            not way.collecting
            and type_
            and not any(cond.admits(type_, t) for t in types)
        ):
            continue  # such values have been turned away already
        sure = types[0] if len(types) == 1 else ""
        body = checks.apply(branch, v, p, way, sure)
        lines += block(f"{word} {cond.is_type(types, v)}:", body)
        word = "elif"
    if found.objects is not None:
        body = _tagged(checks, schema, found.objects, key, v, p, way)
        lines += block(f"{word} {v}.__class__ is dict:", body)
        word = "elif"
    why = "matches none of the alternatives"
    failing = way.fail(v, p, key, why)
    if found.nullable:
        return lines + block(f"{word} {v} is not None:", failing)
    return lines + block("else:", failing)


def _tagged(
    checks: Checks,
    schema: ir.Schema,
    tagged: tags.Tagged,
    key: str,
    v: str,
    p: str,
    way: Way,
) -> Lines:
    """Branches told apart by a property."""
    t = checks.fresh("t")
    lines = [f"{t} = {v}.get({literal(tagged.property)})"]
    by_case: dict[int, tuple[ir.Schema | tags.Tagged, list[str]]] = {}
    for value, case in tagged.cases.items():
        by_case.setdefault(id(case), (case, []))[1].append(value)
    branches: list[tuple[list[str], Lines]] = []
    for case, values in by_case.values():
        if isinstance(case, tags.Tagged):
            body = _tagged(checks, schema, case, key, v, p, way)
        else:
            body = checks.apply(case, v, p, way)
        branches.append((values, body))
    lines += _chosen(t, branches)
    shown = ", ".join(list(tagged.cases)[:6])
    more = ", …" if len(tagged.cases) > 6 else ""
    why = f"has no {tagged.property} of {shown}{more}"
    return lines + block("else:", way.fail(v, p, key, why))


_LONGEST: Final = 64
"""Branches of one `if`: Python's compiler goes a level deeper for each."""


def _chosen(t: str, branches: list[tuple[list[str], Lines]]) -> Lines:
    """An `if` with a branch for each case of a tag; in groups if there are many."""
    lines: Lines = []
    word = "if"
    if len(branches) <= _LONGEST:
        for values, body in branches:
            tests = " or ".join(f"{t} == {literal(value)}" for value in values)
            lines += block(f"{word} {tests}:", body)
            word = "elif"
        return lines
    for start in range(0, len(branches), _LONGEST):
        group = branches[start : start + _LONGEST]
        members = ", ".join(literal(value) for values, _ in group for value in values)
        test = f"{t}.__class__ is str and {t} in {{{members}}}"
        lines += block(f"{word} {test}:", _chosen(t, group))
        word = "elif"
    return lines
