"""Checks of arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codegen.ir import model as ir
from codegen.ir import walk
from codegen.python import conditions as cond
from codegen.python import evaluated
from codegen.python.check_ways import Way
from codegen.python.lines import Lines, block, literal, uses

if TYPE_CHECKING:
    from codegen.python.checks import Checks


def statements(checks: Checks, schema: ir.Schema, v: str, p: str, way: Way) -> Lines:
    """Statements for what a schema asserts of an array."""
    lines: Lines = []
    for a in schema.assertions:
        match a:
            case ir.MinItems(limit) if limit > 0:
                why = f"has fewer than {limit} items"
                test = cond.Condition(f"len({v}) < {limit}", "minItems", why)
                lines += checks.tests([test], v, p, way)
            case ir.MaxItems(limit):
                why = f"has more than {limit} items"
                test = cond.Condition(f"len({v}) > {limit}", "maxItems", why)
                lines += checks.tests([test], v, p, way)
            case ir.UniqueItems():
                why = "holds the same item twice"
                test = cond.Condition(f"not unique({v})", "uniqueItems", why)
                lines += checks.tests([test], v, p, way)
            case ir.PrefixItems(schemas):
                lines += _prefix(checks, schemas, v, p, way)
            case ir.Items(inner, start):
                lines += _items(checks, inner, start, v, p, way)
            case ir.Contains():
                lines += _contains(checks, a, v, p, way)
            case ir.UnevaluatedItems(inner):
                lines += _unevaluated(checks, schema, inner, v, p, way)
            case _:
                pass
    return lines


def _prefix(
    checks: Checks, schemas: tuple[ir.Schema, ...], v: str, p: str, way: Way
) -> Lines:
    lines: Lines = []
    for index, inner in enumerate(schemas):
        x = checks.fresh("x")
        body = checks.apply(inner, x, f"{p} + {literal(f'/{index}')}", way)
        if body:
            bound = [f"{x} = {v}[{index}]"] if uses(body, x) else []
            lines += block(f"if len({v}) > {index}:", [*bound, *body])
    return lines


def _items(
    checks: Checks, inner: ir.Schema, start: int, v: str, p: str, way: Way
) -> Lines:
    i, x = checks.fresh("i"), checks.fresh("x")
    body = checks.apply(inner, x, f'f"{{{p}}}/{{{i}}}"', way)
    if not body:
        return []
    if not way.collecting:
        part = f"{v}[{start}:]" if start else v
        return block(f"for {x} in {part}:", body)
    part = f"enumerate({v}[{start}:], {start})" if start else f"enumerate({v})"
    return block(f"for {i}, {x} in {part}:", body)


def _contains(checks: Checks, a: ir.Contains, v: str, p: str, way: Way) -> Lines:
    n, x = checks.fresh("n"), checks.fresh("x")
    answer = checks.answer(a.schema, x)
    lines = [f"{n} = sum(1 for {x} in {v} if {answer})"]
    tests = []
    if a.minimum > 0:
        why = f"holds fewer than {a.minimum} items of the kind asked for"
        key = "contains" if a.minimum == 1 else "minContains"
        tests.append(cond.Condition(f"{n} < {a.minimum}", key, why))
    if a.maximum is not None:
        why = f"holds more than {a.maximum} items of the kind limited"
        tests.append(cond.Condition(f"{n} > {a.maximum}", "maxContains", why))
    return lines + checks.tests(tests, v, p, way) if tests else []


def _unevaluated(
    checks: Checks, schema: ir.Schema, inner: ir.Schema, v: str, p: str, way: Way
) -> Lines:
    seen, i = checks.fresh("seen"), checks.fresh("i")
    x = checks.fresh("x")
    path = f'f"{{{p}}}/{{{i}}}"'
    body = checks.apply(inner, x, path, way)
    if walk.find(inner, ir.Never):
        body = way.fail(x, path, "unevaluatedItems", "is one item too many")
    if not body:
        return []
    gather = evaluated.places(checks, schema, v, seen, skip_own=True)
    loop = [f"if {i} not in {seen}:", *[f"    {line}" for line in body]]
    return [
        f"{seen}: set[int] = set()",
        *gather,
        *block(f"for {i}, {x} in enumerate({v}):", loop),
    ]
