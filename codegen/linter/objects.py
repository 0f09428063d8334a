"""Objects: `required` names that no property declares or that another keyword forbids,
and properties that one part of an `allOf` declares and another forbids."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, assert_never

from codegen.ecma import ECMASyntaxError, translate
from codegen.ir import facts
from codegen.ir import model as ir
from codegen.ir.walk import find, in_place, walk
from codegen.linter.context import Context

_MOST_RELATED: Final = 1000


@dataclass(slots=True)
class _Declared:
    """What the schemas of one value declare together."""

    names: set[str] = field(default_factory=set)
    patterns: set[str] = field(default_factory=set)
    is_map: bool = False


def applied(module: ir.Module, schema: ir.Schema) -> Iterator[ir.Schema]:
    """The schemas that a schema applies to the same value, through references."""
    for assertion in schema.assertions:
        if isinstance(assertion, ir.Ref):
            yield module.schemas[assertion.target]
        yield from in_place(assertion)


def check(context: Context) -> None:
    """All checks of this module."""
    edges = {s.id: list(applied(context.module, s)) for s in context.schemas}
    parents: dict[ir.SchemaId, list[ir.SchemaId]] = {}
    for id_, children in edges.items():
        for child in children:
            parents.setdefault(child.id, []).append(id_)
    by_id = {schema.id: schema for schema in context.schemas}
    for schema in context.schemas:
        if find(schema, ir.AllOf) is not None:
            _closed_parts(context, schema)
    conditions = _conditions(context)
    for schema in context.schemas:
        if schema.id in conditions:
            continue
        required = find(schema, ir.Required)
        if required is not None:
            related = _related(schema.id, edges, parents)
            if len(related) > _MOST_RELATED:
                continue  # What so many schemas declare together cannot be told.
            declared = _declared([by_id[id_] for id_ in related])
            _required(context, schema, required, declared)


def _conditions(context: Context) -> set[ir.SchemaId]:
    """Schemas that ask what a value is like and describe nothing: what stands in
    `not`, `if` and `contains`. Another schema declares what they name."""
    found: set[ir.SchemaId] = set()
    for schema in context.schemas:
        for assertion in schema.assertions:
            match assertion:
                case ir.Not(schema=asked) | ir.Contains(schema=asked):
                    found.update(inner.id for inner in walk(asked))
                case ir.IfThenElse(condition=asked):
                    found.update(inner.id for inner in walk(asked))
                case ir.OnAnyValue() | ir.OnNumbers() | ir.OnStrings():
                    pass
                case ir.PrefixItems() | ir.Items() | ir.UnevaluatedItems():
                    pass
                case ir.MinItems() | ir.MaxItems() | ir.UniqueItems():
                    pass
                case ir.OnObjects() | ir.Ref() | ir.AllOf() | ir.AnyOf() | ir.OneOf():
                    pass
                case _:
                    assert_never(assertion)
    return found


def _related(
    start: ir.SchemaId,
    edges: dict[ir.SchemaId, list[ir.Schema]],
    parents: dict[ir.SchemaId, list[ir.SchemaId]],
) -> dict[ir.SchemaId, None]:
    """All schemas that may judge the same value: those above, and all below them."""
    above = {start: None}
    queue = [start]
    for id_ in queue:
        if len(above) > _MOST_RELATED:
            return above
        for parent in parents.get(id_, ()):
            if parent not in above:
                above[parent] = None
                queue.append(parent)
    found = dict(above)
    queue = list(above)
    for id_ in queue:
        if len(found) > _MOST_RELATED:
            break
        for child in edges[id_]:
            if child.id not in found:
                found[child.id] = None
                queue.append(child.id)
    return found


def _declared(schemas: list[ir.Schema]) -> _Declared:
    declared = _Declared()
    for schema in schemas:
        for assertion in schema.assertions:
            match assertion:
                case ir.Properties(schemas=by_name):
                    declared.names.update(by_name)
                case ir.PatternProperties(schemas=by_pattern):
                    declared.patterns.update(by_pattern)
                case ir.AdditionalProperties(schema=inner):
                    declared.is_map |= _makes_map(inner)
                case ir.UnevaluatedProperties(schema=inner):
                    declared.is_map |= _makes_map(inner)
                case (
                    ir.PropertyNames()
                    | ir.Required()
                    | ir.MinProperties()
                    | ir.MaxProperties()
                    | ir.DependentRequired()
                    | ir.DependentSchemas()
                ):
                    pass
                case ir.OnAnyValue() | ir.OnNumbers() | ir.OnStrings():
                    pass
                case ir.OnArrays() | ir.InPlace():
                    pass
                case _:
                    assert_never(assertion)
    return declared


def _closed_parts(context: Context, schema: ir.Schema) -> None:
    """Properties that one part declares and another forbids."""
    closed = [
        rest
        for part in facts.conjuncts(context.module, schema)
        for rest in [find(part, ir.AdditionalProperties)]
        if rest is not None and facts.is_never(rest.schema)
    ]
    declared = facts.properties(context.module, schema)
    lost = [
        name
        for name, schemas in declared.items()
        if not any(map(facts.is_never, schemas))
        and any(
            name not in rest.known and not any(_matches(p, name) for p in rest.patterns)
            for rest in closed
        )
    ]
    if lost:
        shown = ", ".join(map(repr, lost[:3])) + (" and more" if lost[3:] else "")
        message = (
            f"one part of this `allOf` declares {shown}, and another forbids it by "
        )
        message += "`additionalProperties: false`"
        if len(lost) == len(declared):
            message += "; of all objects only {} is valid"
        context.add("closed-parts", message, schema.location.child("allOf"))


def _makes_map(inner: ir.Schema) -> bool:
    """Whether properties under a schema make a map of an object: it says something of
    them, and lets them be."""
    return bool(inner.assertions) and not facts.is_never(inner)


def _matches(pattern: str, name: str) -> bool:
    try:
        return re.search(translate(pattern), name) is not None
    except ECMASyntaxError:
        return True  # Said elsewhere; nothing can be told here.


def _required(
    context: Context, schema: ir.Schema, required: ir.Required, declared: _Declared
) -> None:
    closed = find(schema, ir.AdditionalProperties)
    whole = schema.location.child("required")
    raw = context.raw(whole)
    listed: dict[object, int] = {}
    for index, item in enumerate(raw if isinstance(raw, list) else ()):
        if isinstance(item, str):
            listed.setdefault(item, index)
    known = frozenset(closed.known) if closed is not None else frozenset()
    for name in required.names:
        where = whole.child(listed[name]) if name in listed else whole
        if closed is not None and facts.is_never(closed.schema):
            patterns = (_matches(pattern, name) for pattern in closed.patterns)
            if name not in known and not any(patterns):
                message = f"`required` names {name!r}, which `additionalProperties: "
                message += "false` forbids: no object is valid"
                context.add("impossible-required", message, where)
                continue
        if declared.is_map or name in declared.names:
            continue
        if any(_matches(pattern, name) for pattern in declared.patterns):
            continue
        message = f"`required` names {name!r}, which no property declares"
        message += context.questions.about(name, declared.names, cutoff=0.8)
        context.add("undeclared-required", message, where)
