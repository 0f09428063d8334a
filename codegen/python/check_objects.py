"""Checks of objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codegen import ecma
from codegen.ir import model as ir
from codegen.ir import walk
from codegen.python import conditions as cond
from codegen.python import evaluated
from codegen.python.check_ways import Way
from codegen.python.lines import Lines, block, literal, uses

if TYPE_CHECKING:
    from codegen.python.checks import Checks


def statements(checks: Checks, schema: ir.Schema, v: str, p: str, way: Way) -> Lines:
    """Statements for what a schema asserts of an object."""
    lines: Lines = []
    for a in schema.assertions:
        match a:
            case ir.Required(names):
                for name in names:
                    test = f"if {literal(name)} not in {v}:"
                    lines += block(test, way.lack(p, name))
            case ir.MinProperties(limit) if limit > 0:
                why = f"has fewer than {limit} properties"
                test = f"len({v}) < {limit}"
                tests = [cond.Condition(test, "minProperties", why)]
                lines += checks.tests(tests, v, p, way)
            case ir.MaxProperties(limit):
                why = f"has more than {limit} properties"
                test = f"len({v}) > {limit}"
                tests = [cond.Condition(test, "maxProperties", why)]
                lines += checks.tests(tests, v, p, way)
            case ir.Properties(schemas):
                lines += _properties(checks, dict(schemas), v, p, way)
            case ir.DependentRequired(by_name):
                lines += _dependent(checks, dict(by_name), v, p, way)
            case ir.DependentSchemas(schemas):
                for name, inner in schemas.items():
                    body = checks.apply(inner, v, p, way)
                    if body:
                        lines += block(f"if {literal(name)} in {v}:", body)
            case _:
                lines += _each(checks, schema, a, v, p, way)
    return lines


def _properties(
    checks: Checks, schemas: dict[str, ir.Schema], v: str, p: str, way: Way
) -> Lines:
    lines: Lines = []
    for name, inner in schemas.items():
        x = checks.fresh("x")
        token = name.replace("~", "~0").replace("/", "~1")
        body = checks.apply(inner, x, f"{p} + {literal('/' + token)}", way)
        if body:
            bound = [f"{x} = {v}[{literal(name)}]"] if uses(body, x) else []
            lines += block(f"if {literal(name)} in {v}:", [*bound, *body])
    return lines


def _dependent(
    checks: Checks, by_name: dict[str, tuple[str, ...]], v: str, p: str, way: Way
) -> Lines:
    lines: Lines = []
    for name, needed in by_name.items():
        for other in needed:
            test = f"if {literal(name)} in {v} and {literal(other)} not in {v}:"
            lines += block(test, way.lack(p, other, "dependentRequired"))
    return lines


def _each(
    checks: Checks, schema: ir.Schema, a: ir.Assertion, v: str, p: str, way: Way
) -> Lines:
    """Assertions that go through the properties one by one."""
    k, x = checks.fresh("k"), checks.fresh("x")
    match a:
        case ir.PatternProperties(schemas):
            body: Lines = []
            for regex, inner in schemas.items():
                part = checks.apply(inner, x, f"child({p}, {k})", way)
                test = f"if matches({literal(ecma.translate(regex))}, {k}):"
                body += block(test, part) if part else []
            return _loop(k, x, v, body) if body else []
        case ir.AdditionalProperties(inner, known, patterns):
            body = _rest(checks, inner, a, k, x, p, way)
            tests = [f"{k} not in {_set(known)}"] if known else []
            for regex in patterns:
                tests.append(f"not matches({literal(ecma.translate(regex))}, {k})")
            if body and tests:
                body = block(f"if {' and '.join(tests)}:", body)
            return _loop(k, x, v, body) if body else []
        case ir.PropertyNames(inner):
            body = checks.apply(inner, k, f"child({p}, {k})", way)
            return block(f"for {k} in {v}:", body) if body else []
        case ir.UnevaluatedProperties(inner):
            body = _rest(checks, inner, a, k, x, p, way)
            if not body:
                return []
            seen = checks.fresh("seen")
            gather = evaluated.names(checks, schema, v, seen, skip_own=True)
            loop = block(f"if {k} not in {seen}:", body)
            return [
                f"{seen}: set[str] = set()",
                *gather,
                *_loop(k, x, v, loop),
            ]
        case _:
            return []


def _rest(
    checks: Checks, inner: ir.Schema, a: ir.Assertion, k: str, x: str, p: str, way: Way
) -> Lines:
    """Statements for a property that nothing else covers."""
    path = f"child({p}, {k})"
    if walk.find(inner, ir.Never):
        unevaluated = isinstance(a, ir.UnevaluatedProperties)
        key = "unevaluatedProperties" if unevaluated else "additionalProperties"
        return way.fail(x, path, key, "is a property the schema does not know")
    return checks.apply(inner, x, path, way)


def _loop(k: str, x: str, v: str, body: Lines) -> Lines:
    """A loop over the properties of an object, over what of them is needed."""
    if not uses(body, k):
        return block(f"for {x} in {v}.values():", body)
    if not uses(body, x):
        return block(f"for {k} in {v}:", body)
    return block(f"for {k}, {x} in {v}.items():", body)


def _set(names: tuple[str, ...]) -> str:
    return "{" + ", ".join(literal(name) for name in names) + "}"
