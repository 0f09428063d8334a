"""Annotations that interpreters and type checkers can bear to read."""

from __future__ import annotations

import ast

from codegen.python.emit import printer
from codegen.python.emit.tree import Name
from codegen.python.model.annotations import either

DEEPEST = 256
"""Levels of one expression beyond which pyright gives up."""


def test_a_union_of_hundreds_is_written_with_bars_and_is_not_deep() -> None:
    names = [f"T{n}" for n in range(1000)]
    text = printer.expression(either([Name(name) for name in names]))
    made = eval(text, {name: type(name, (), {}) for name in names})
    assert [cls.__name__ for cls in made.__args__] == names
    assert _depth(ast.parse(text, mode="eval")) < DEEPEST


def _depth(root: ast.AST) -> int:
    deepest, pending = 0, [(root, 0)]
    while pending:
        node, depth = pending.pop()
        deepest = max(deepest, depth)
        pending += [(child, depth + 1) for child in ast.iter_child_nodes(node)]
    return deepest
