"""Values that could not be read, as they stand in the document.

A schema that could not be read takes every value. So as a branch of a union, or in a
condition or a negation, it hides what the others around it say; all of these are then
what could not be read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from codegen.frontend.context import Context
from codegen.ir import model as ir
from codegen.ir import walk
from codegen.source import pointer as pointers
from codegen.source.node import Json

_NAMED: Final = frozenset(
    (
        *("properties", "patternProperties", "dependentSchemas"),
        *("$defs", "definitions", "schemas"),
    )
)
_WORDS: Final = frozenset(("title", "description", "$comment"))


def of(context: Context) -> dict[ir.Location, Json]:
    """By their places, or what stands around them."""
    workspace = context.lowering.resources.workspace
    found: dict[ir.Location, Json] = {}
    gaps = context.lowering.gaps
    for where in (*gaps, *_referring(context.lowering.schemas.values(), gaps)):
        data, tokens = workspace.named(where.document).data, _hidden(where)
        if tokens is None:
            found[where] = _value(data, pointers.tokens(where.pointer))
        else:
            found[where] = _plain(_value(data, tokens))
    return found


def _referring(
    schemas: Collection[ir.Schema], gaps: Collection[ir.Location]
) -> Iterator[ir.Location]:
    """The branches and conditions that say nothing but what another schema does, which
    could not be read."""
    if not gaps:
        return
    bare = {*gaps, *(_outside(where) for where in gaps)}
    open_ = _saying_nothing(schemas, bare)
    for schema in schemas:
        for one in walk.walk(schema):
            if one.location in bare or not _hidden(one.location):
                continue
            said = _all_said(one, bare)
            if said is not None and said <= open_:
                yield one.location


def _saying_nothing(
    schemas: Collection[ir.Schema], bare: Collection[ir.Location]
) -> set[ir.SchemaId]:
    """The schemas that could not be read, and those that say nothing but what these
    do."""
    left: dict[ir.SchemaId, set[ir.SchemaId]] = {}
    users: dict[ir.SchemaId, list[ir.SchemaId]] = {}
    for schema in schemas:
        said = _all_said(schema, bare)
        if said is not None:
            left[schema.id] = said
            for target in said:
                users.setdefault(target, []).append(schema.id)
    found: set[ir.SchemaId] = set()
    pending = [one for one, said in left.items() if not said]
    while pending:
        one = pending.pop()
        found.add(one)
        for user in users.get(one, ()):
            left[user].discard(one)
            if not left[user]:
                pending.append(user)
    return found


def _all_said(
    schema: ir.Schema, bare: Collection[ir.Location]
) -> set[ir.SchemaId] | None:
    """The schemas that one refers to if it says nothing else; None where it says more,
    or nothing without being one that could not be read."""
    if not schema.assertions:
        return set() if schema.location in bare else None
    found: set[ir.SchemaId] = set()
    for assertion in schema.assertions:
        if isinstance(assertion, ir.Ref):
            found.add(assertion.target)
            continue
        parts = assertion.schemas if isinstance(assertion, ir.AllOf) else ()
        told = [_all_said(part, bare) for part in parts]
        if not told or None in told:
            return None
        found.update(*filter(None, told))
    return found


def _outside(where: ir.Location) -> ir.Location:
    """The schema that a keyword at a place belongs to."""
    return ir.Location(where.document, where.pointer.rpartition("/")[0])


def _value(data: Json, tokens: list[str]) -> Json:
    """What stands at a place, or as far on the way as there is something."""
    for token in tokens:
        try:
            data = pointers.step(data, token)
        except pointers.Missing:
            break
    return data


def _hidden(where: ir.Location) -> list[str] | None:
    """The place of all that a schema without a meaning hides, None if of nothing."""
    tokens = pointers.tokens(where.pointer)
    found: list[str] | None = None
    while tokens:
        *outer, last = tokens
        named = bool(outer) and outer[-1] in _NAMED
        branch = bool(outer) and outer[-1] in ("allOf", "anyOf", "oneOf")
        if branch and last.isdecimal():
            tokens = outer[:-1]
            found = found if outer[-1] == "allOf" else outer
        elif last in ("not", "if", "then", "else") and not named:
            tokens = outer
            found = tokens if last != "not" else [*outer, last]
        elif len(tokens) == len(pointers.tokens(where.pointer)) and not named:
            tokens = outer  # a keyword of the schema that could not be read
        else:
            break
    return found


def _plain(value: Json) -> Json:
    """Without the words for people."""
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        key: _plain(one)
        for key, one in value.items()
        if not (key in _WORDS and isinstance(one, str))
    }
