"""Decodes by the branch of a union that accepts a value, or that it resembles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from codegen.ir import facts, tags
from codegen.ir import model as ir
from codegen.python.codec.context import TOP, Codec
from codegen.python.emit import tree
from codegen.python.emit.tree import Constant, compare

_MOST_IN_PLACE: Final = 16
"""Up to so many branches that are tried are decoded in place."""


def first_valid(codec: Codec, branches: Sequence[ir.Schema]) -> tree.Block:
    """Statements that decode by the first branch that accepts the value."""
    block: tree.Block = ()
    for branch in branches:
        apart = _is_apart(codec, branches, branch)
        decode = codec.decoded if apart else codec.value
        body = (*decode(branch, TOP.found_valid()), tree.Return(TOP.v))
        block += (tree.If(codec.answer(branch, TOP.v), body),)
    return block


def resembling(
    codec: Codec, branches: tuple[ir.Schema, ...], is_object: tuple[tree.Expr, ...]
) -> tree.Block:
    """Statements that decode an object that no branch accepts by the first branch whose
    required properties it has. `is_object` are tests that are true for objects that may
    also be something else."""
    block: tree.Block = ()
    for branch in branches:
        needed = sorted(facts.required(codec.module, branch))
        if needed and codec.converts(codec.shapes.use(branch)):
            tests = (compare(Constant(name), "in", TOP.v) for name in needed)
            known = _one_type(codec, branch)
            if _is_apart(codec, branches, branch):
                decoded = codec.decoded(branch, TOP)
            else:
                decoded = codec.value(branch, TOP, known_type=known)
            body = (*decoded, tree.Return(TOP.v))
            block += (tree.If(tree.every([*is_object, *tests]), body),)
    return block


def objects_of(codec: Codec, union: tags.Union) -> tuple[ir.Schema, ...]:
    """The branches that are objects and nothing else."""
    return tuple(
        b for b in union.branches if facts.types(codec.module, b) == {"object"}
    )


def others_of(codec: Codec, union: tags.Union, objects_: tuple[ir.Schema, ...]) -> bool:
    """Whether an object may be something else than one of these branches."""
    return any(
        "object" in facts.types(codec.module, branch)
        for branch in union.branches
        if branch not in objects_
    )


def _is_apart(codec: Codec, branches: Sequence[ir.Schema], branch: ir.Schema) -> bool:
    """Whether a branch that is tried is decoded by a function of its own. Type checkers
    call a function with too many branches too complex."""
    return len(branches) > _MOST_IN_PLACE and codec.turns(branch)


def _one_type(codec: Codec, branch: ir.Schema) -> str:
    """`object` if the branch accepts nothing but objects, so that the type need not be
    asked for."""
    return "object" if facts.types(codec.module, branch) == {"object"} else ""
