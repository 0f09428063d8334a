"""Which properties and items a schema evaluates: for `unevaluated…`.

Only what a *successful* subschema evaluated counts, so branches are asked first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from codegen import ecma
from codegen.ir import model as ir
from codegen.python.lines import Lines, block, literal

if TYPE_CHECKING:
    from codegen.python.checks import Checks


def names(
    checks: Checks,
    schema: ir.Schema,
    v: str = "v",
    seen: str = "seen",
    *,
    skip_own: bool = False,
) -> Lines:
    """Statements that add to `seen` the properties of object `v` that a schema
    evaluated. `skip_own` leaves out its own `unevaluatedProperties`."""
    lines: Lines = []
    for a in schema.assertions:
        match a:
            case ir.Properties(schemas) if schemas:
                known = "{" + ", ".join(map(literal, schemas)) + "}"
                lines.append(f"{seen}.update({v}.keys() & {known})")
            case ir.PatternProperties(schemas):
                for regex in schemas:
                    test = f"matches({literal(ecma.translate(regex))}, k)"
                    lines.append(f"{seen}.update(k for k in {v} if {test})")
            case ir.AdditionalProperties():
                lines.append(f"{seen}.update({v})")
            case ir.UnevaluatedProperties() if not skip_own:
                lines.append(f"{seen}.update({v})")
            case ir.DependentSchemas(schemas):
                for name, inner in schemas.items():
                    body = _go(checks, "names", inner, v, seen)
                    if body:
                        lines += block(f"if {literal(name)} in {v}:", body)
            case _:
                lines += _in_place(checks, "names", a, v, seen)
    return lines


def places(
    checks: Checks,
    schema: ir.Schema,
    v: str = "v",
    seen: str = "seen",
    *,
    skip_own: bool = False,
) -> Lines:
    """Statements that add to `seen` the indices of array `v` that a schema
    evaluated. `skip_own` leaves out its own `unevaluatedItems`."""
    lines: Lines = []
    for a in schema.assertions:
        match a:
            case ir.PrefixItems(schemas):
                lines.append(f"{seen}.update(range(min(len({v}), {len(schemas)})))")
            case ir.Items(start=start):
                lines.append(f"{seen}.update(range({start}, len({v})))")
            case ir.Contains(schema=inner, evaluates=True):
                test = checks.answer(inner, "x")
                found = f"i for i, x in enumerate({v}) if {test}"
                lines.append(f"{seen}.update({found})")
            case ir.UnevaluatedItems() if not skip_own:
                lines.append(f"{seen}.update(range(len({v})))")
            case ir.DependentSchemas():
                pass
            case _:
                lines += _in_place(checks, "places", a, v, seen)
    return lines


def _go(checks: Checks, kind: str, schema: ir.Schema, v: str, seen: str) -> Lines:
    """A call that adds what a subschema evaluated, if it can evaluate anything."""
    if not _evaluates(checks.module, schema, kind, frozenset()):
        return []
    return [f"{checks.want(kind, schema)}({v}, {seen})"]


def _in_place(checks: Checks, kind: str, a: ir.Assertion, v: str, seen: str) -> Lines:
    match a:
        case ir.Ref(target):
            return _go(checks, kind, checks.module.schemas[target], v, seen)
        case ir.AllOf(schemas):
            return [line for s in schemas for line in _go(checks, kind, s, v, seen)]
        case ir.AnyOf(schemas) | ir.OneOf(schemas):
            lines: Lines = []
            for inner in schemas:
                body = _go(checks, kind, inner, v, seen)
                if body:
                    lines += block(f"if {checks.answer(inner, v)}:", body)
            return lines
        case ir.IfThenElse(condition, then, otherwise):
            yes = _go(checks, kind, condition, v, seen)
            yes += _go(checks, kind, then, v, seen) if then is not None else []
            no = _go(checks, kind, otherwise, v, seen) if otherwise is not None else []
            if not yes and not no:
                return []
            test = f"if {checks.answer(condition, v)}:"
            return block(test, yes) + (block("else:", no) if no else [])
        case _:
            return []


_KINDS: dict[str, tuple[type, ...]] = {
    "names": (
        ir.Properties,
        ir.PatternProperties,
        ir.AdditionalProperties,
        ir.UnevaluatedProperties,
    ),
    "places": (ir.PrefixItems, ir.Items, ir.Contains, ir.UnevaluatedItems),
}


def _evaluates(
    module: ir.Module, schema: ir.Schema, kind: str, above: frozenset[ir.SchemaId]
) -> bool:
    """Whether a schema could evaluate a property or an item at all."""
    if schema.id in above:
        return True
    above = above | {schema.id}
    for a in schema.assertions:
        if isinstance(a, _KINDS[kind]):
            return True
        inner: tuple[ir.Schema, ...] = ()
        match a:
            case ir.Ref(target):
                inner = (module.schemas[target],)
            case ir.AllOf(schemas) | ir.AnyOf(schemas) | ir.OneOf(schemas):
                inner = schemas
            case ir.DependentSchemas(schemas=by_name):
                inner = tuple(by_name.values())
            case ir.IfThenElse(condition, then, otherwise):
                inner = tuple(s for s in (condition, then, otherwise) if s is not None)
            case _:
                pass
        if any(_evaluates(module, s, kind, above) for s in inner):
            return True
    return False
