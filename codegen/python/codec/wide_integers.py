"""Numbers that the fast JSON reader may have rounded.

orjson makes a float of an integer beyond 64 bits. Searching each frame for such a
number takes longer than decoding most frames, so the decoders notice it instead: a
float of 2**63 or more is doubtful and counts as drift, and an event table then reads
the frame again, exactly. The statements here look at every value that could be such a
number and that nothing else looks at.
"""

from __future__ import annotations

from typing import Final, assert_never

from codegen.ir import facts
from codegen.ir import model as ir
from codegen.python import conditions as cond
from codegen.python.emit import tree
from codegen.python.emit.tree import call
from codegen.runtime._json import WIDE

_CONTAINERS: Final = {"array", "object"}

DRIFT: Final = tree.Do(call("drift", home="._runtime.registry"))
"""Notes that a value breaks its schema."""


def statements(
    module: ir.Module, schema: ir.Schema, v: tree.Expr, known_type: str = ""
) -> tree.Block:
    """Statements that look at every number in a value of a schema. `known_type` is the
    JSON type that the value is known to have."""
    if known_type in _CONTAINERS:
        return (note_rounded(v),)
    doubtful = condition(module, schema, v)
    if doubtful is not None:
        return (tree.If(doubtful, (DRIFT,)),)
    return inside(module, schema, v)


def inside(module: ir.Module, schema: ir.Schema, v: tree.Expr) -> tree.Block:
    """Statements that look at the numbers inside an array or object; none for
    scalars."""
    types = facts.types(module, schema)
    if not types & _CONTAINERS:
        return ()
    if "string" in types:
        return (tree.If(tree.negated(cond.class_of(v, "str")), (note_rounded(v),)),)
    return (note_rounded(v),)


def note_rounded(v: tree.Expr) -> tree.Statement:
    """The statement that looks for doubtful numbers at any depth."""
    return tree.Do(call("note_rounded", v, home="._runtime._json"))


def condition(module: ir.Module, schema: ir.Schema, v: tree.Expr) -> tree.Expr | None:
    """An expression that is true for a doubtful scalar; None where no value of the
    schema can be one."""
    types = facts.types(module, schema)
    if types & _CONTAINERS or "number" not in types or _is_bounded(module, schema):
        return None
    # Digits and not a power, in which formatters count spaces, or do not.
    low, high = tree.Constant(-WIDE), tree.Constant(WIDE)
    between = tree.Compare(("<", "<"), (low, v, high))
    return tree.every([cond.class_of(v, "float"), tree.Not(between)])


def _is_bounded(module: ir.Module, schema: ir.Schema) -> bool:
    """Whether all numbers that a schema allows are small."""
    low = high = False
    for part in facts.conjuncts(module, schema):
        for assertion in part.assertions:
            match assertion:
                case ir.Minimum(limit):
                    low = low or limit > -WIDE
                case ir.Maximum(limit):
                    high = high or limit < WIDE
                case ir.Enum(values):
                    numbers = [x for x in values if isinstance(x, (int, float))]
                    if all(-WIDE < x < WIDE for x in numbers):
                        return True
                case ir.MultipleOf() | ir.Type() | ir.Never():
                    pass
                case ir.OnStrings() | ir.OnArrays() | ir.OnObjects() | ir.InPlace():
                    pass  # Of the last, some lead to other conjuncts.
                case _:
                    assert_never(assertion)
    return low and high
