"""Schemas that list their values: by `enum`, by `const`, or by a union of schemas that
do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from codegen.ir import facts, walk
from codegen.ir import model as ir
from codegen.ir.equality import freeze
from codegen.text import as_read

_KINDS: Final = (ir.Enum, ir.AnyOf, ir.OneOf)
"""The assertions that may list values."""


def values(module: ir.Module, schema: ir.Schema) -> tuple[ir.Json, ...] | None:
    """The values that all lists of a schema have in common, each once. None where there
    is no list."""
    found: tuple[ir.Json, ...] | None = None
    if not facts.states(module, schema, _KINDS):
        return None
    for part in facts.conjuncts(module, schema):
        for listed in _lists(part):
            kept = listed if found is None else _common(found, listed)
            found = tuple(kept)
    return found


def allowed(module: ir.Module, schema: ir.Schema) -> tuple[ir.Json, ...] | None:
    """Those of the values that all lists of a schema have in common whose type the
    schema allows. Of a schema for integers the numbers are integers, and others are
    left out."""
    found = values(module, schema)
    if found is None:
        return None
    types = facts.types(module, schema)
    if any("integer" in one.types for one in facts.stated(module, schema, ir.Type)):
        found = tuple(map(_whole, found))
        found = tuple(value for value in found if type(value) is not float)
    return tuple(value for value in found if facts.json_type(value) in types)


def members(module: ir.Module, schema: ir.Schema) -> tuple[str | int, ...]:
    """The values for which the enum of a schema has members."""
    found = allowed(module, schema) or ()
    return tuple(v if isinstance(v, str) else int(v) for v in found if v is not None)


def has_members(module: ir.Module, schema: ir.Schema) -> bool:
    """Whether a schema that bears a name is an enum: all its values are texts, or all
    are integers."""
    some = [v for v in allowed(module, schema) or () if v is not None]
    texts = all(isinstance(value, str) for value in some)
    return bool(some) and (texts or all(type(value) is int for value in some))


def lister(module: ir.Module, schema: ir.Schema) -> ir.Schema | None:
    """The first conjunct that lists values; None where there is no list."""
    if not facts.states(module, schema, _KINDS):
        return None
    parts = facts.conjuncts(module, schema)
    return next((part for part in parts if _lists(part)), None)


def said(module: ir.Module, schema: ir.Schema) -> Iterator[ir.EnumMember]:
    """What all parts of a schema say of values, in their order."""
    for part in facts.conjuncts(module, schema):
        yield from part.annotations.enum_members


def described(schema: ir.Schema) -> dict[ir.Json, str]:
    """What is said of values that a schema lists in a branch each."""
    found: dict[ir.Json, str] = {}
    for branch in _branches(schema):
        enum = walk.find(branch, ir.Enum)
        text = as_read(branch.annotations.description) or branch.annotations.title
        if branch.annotations.deprecated:
            text = f"{text.rstrip()}\n\nDeprecated." if text.strip() else "Deprecated."
        if enum is not None and text.strip():
            found.update((v, text) for v in enum.values if isinstance(v, (str, int)))
    return found


def is_exact(schema: ir.Schema) -> bool:
    """Whether a schema accepts exactly those values that it lists and whose type it
    allows."""
    lists = _lists(schema)
    beside = [a for a in schema.assertions if not isinstance(a, (ir.Enum, ir.Type))]
    if len(lists) != 1 or len(beside) > bool(_branches(schema)):
        return False
    if not any(isinstance(a, ir.OneOf) for a in beside):
        return True
    # A value that two branches list is accepted by none.
    found = [value for branch in _branches(schema) for value in _listed(branch) or ()]
    return len(lists[0]) == len(found)


def _lists(schema: ir.Schema) -> list[list[ir.Json]]:
    """The lists of values in a schema itself. References are not followed."""
    found = []
    for assertion in schema.assertions:
        if isinstance(assertion, ir.Enum):
            found.append(_once(assertion.values))
        elif isinstance(assertion, (ir.AnyOf, ir.OneOf)):
            branches = [_listed(branch) for branch in assertion.schemas]
            known = [branch for branch in branches if branch is not None]
            if len(known) == len(branches):
                found.append(_once(value for branch in known for value in branch))
    return found


def _branches(schema: ir.Schema) -> tuple[ir.Schema, ...]:
    for assertion in schema.assertions:
        if isinstance(assertion, (ir.AnyOf, ir.OneOf)):
            return assertion.schemas
    return ()


def _listed(branch: ir.Schema) -> list[ir.Json] | None:
    """The values of a branch that only lists values or is null; None for any other
    branch."""
    enum, type_ = walk.find(branch, ir.Enum), walk.find(branch, ir.Type)
    if not all(isinstance(a, (ir.Enum, ir.Type)) for a in branch.assertions):
        return None
    if enum is None:
        return [None] if type_ and type_.types == ("null",) else None
    types = facts.ALL_TYPES if type_ is None else frozenset(type_.types)
    types |= {"number"} if "integer" in types else set()
    return [value for value in enum.values if facts.json_type(value) in types]


def _once(found: Iterable[ir.Json]) -> list[ir.Json]:
    return list({freeze(value): value for value in found}.values())


def _whole(value: ir.Json) -> ir.Json:
    whole = isinstance(value, float) and value.is_integer()
    return int(value) if whole else value


def _common(left: tuple[ir.Json, ...], right: list[ir.Json]) -> list[ir.Json]:
    keys = set(map(freeze, right))
    return [value for value in left if freeze(value) in keys]
