"""Whether what is unevaluated may only follow from something else that is wrong.

A part of a value that a failing schema would have evaluated counts as unevaluated: that
follows from the failure. What no schema would have evaluated is wrong by itself.
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from typing import Final, TypeAlias, assert_never

from codegen.ir import facts, walk
from codegen.ir import model as ir
from codegen.ir.values import matches

_Evaluates: TypeAlias = Callable[[ir.Assertion], bool]
_UNEVALUATED: Final = (ir.UnevaluatedProperties, ir.UnevaluatedItems)


class Follows(enum.Enum):
    """Whether something follows from what else is wrong with a value."""

    NO = "no"
    MAYBE = "maybe"
    YES = "yes"


def of_property(module: ir.Module, owner: ir.Schema, name: str) -> Follows:
    """Of a property that `unevaluatedProperties` of a schema refuses."""
    return _of(module, owner, lambda assertion: _of_name(assertion, name))


def of_item(module: ir.Module, owner: ir.Schema, index: int) -> Follows:
    """Of an item that `unevaluatedItems` of a schema refuses."""
    return _of(module, owner, lambda assertion: _of_index(assertion, index))


def _of(module: ir.Module, owner: ir.Schema, evaluates: _Evaluates) -> Follows:
    always = {part.id for part in facts.conjuncts(module, owner)}
    found = Follows.NO
    for schema, assertion in walk.asserted(module, [owner]):
        asked = schema is owner and isinstance(assertion, _UNEVALUATED)
        if asked or not evaluates(assertion):
            continue
        if schema.id in always and not isinstance(assertion, ir.Contains):
            return Follows.YES
        found = Follows.MAYBE
    return found


def _of_name(assertion: ir.Assertion, name: str) -> bool:
    """Whether an assertion evaluates a property of a name where it holds."""
    match assertion:
        case ir.Properties(schemas):
            return name in schemas
        case ir.PatternProperties(schemas):
            return any(matches(regex, name) for regex in schemas)
        case ir.AdditionalProperties() | ir.UnevaluatedProperties():
            return True
        case (
            ir.PropertyNames()
            | ir.Required()
            | ir.MinProperties()
            | ir.MaxProperties()
            | ir.DependentRequired()
            | ir.DependentSchemas()
        ):
            return False
        case ir.OnAnyValue() | ir.OnNumbers() | ir.OnStrings() | ir.OnArrays():
            return False
        case ir.InPlace():
            return False
        case _:
            assert_never(assertion)


def _of_index(assertion: ir.Assertion, index: int) -> bool:
    """Whether an assertion evaluates an item where it holds."""
    match assertion:
        case ir.PrefixItems(schemas):
            return index < len(schemas)
        case ir.Items(_, start):
            return start <= index
        case ir.Contains(evaluates=evaluates):
            return evaluates
        case ir.UnevaluatedItems():
            return True
        case ir.MinItems() | ir.MaxItems() | ir.UniqueItems():
            return False
        case ir.OnAnyValue() | ir.OnNumbers() | ir.OnStrings() | ir.OnObjects():
            return False
        case ir.InPlace():
            return False
        case _:
            assert_never(assertion)
