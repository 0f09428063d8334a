"""Two ways of writing the same branches, made one.

Only what is the same whatever values there are: a branch that does nothing, and
`else` beside a second `if` that asks for exactly the opposite. Nothing in between may
give the names that are asked about another value.
"""

from __future__ import annotations

import ast


def plainly(tree: ast.AST) -> ast.AST:
    """The tree with such branches written one way; it is changed in place."""
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and _nothing(node.orelse):
            node.orelse = []
    for node in ast.walk(tree):
        for name in ("body", "orelse", "finalbody"):
            body = getattr(node, name, None)
            if isinstance(body, list):
                setattr(node, name, _joined(body))
    return tree


def _nothing(body: list[ast.stmt]) -> bool:
    return len(body) == 1 and isinstance(body[0], ast.Pass)


def _joined(body: list[ast.stmt]) -> list[ast.stmt]:
    """`if a: fail()` and `if not a: more` as one statement with an `else`; where the
    first returns, what follows needs no condition."""
    found: list[ast.stmt] = []
    for statement in body:
        last = found[-1] if found else None
        if (
            isinstance(statement, ast.If)
            and not statement.orelse
            and isinstance(last, ast.If)
            and not last.orelse
            and ast.dump(statement.test) == ast.dump(_denied(last.test))
        ):
            if isinstance(last.body[-1], ast.Return):
                found += _joined(statement.body)
                continue
            if all(_reports(part) for part in last.body):
                last.orelse = statement.body
                continue
        found.append(statement)
    return found


def _reports(statement: ast.stmt) -> bool:
    """Whether a statement only notes a violation."""
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Call)
        and isinstance(statement.value.func, ast.Name)
        and statement.value.func.id in ("fail", "fail_missing", "drift")
    )


def _denied(test: ast.expr) -> ast.expr:
    """The opposite of a condition on what a value is."""
    match test:
        case ast.Compare(left=left, ops=[ast.Is()], comparators=right):
            return ast.Compare(left, [ast.IsNot()], right)
        case ast.Compare(left=left, ops=[ast.IsNot()], comparators=right):
            return ast.Compare(left, [ast.Is()], right)
        case ast.BoolOp(op=ast.And(), values=values):
            return ast.BoolOp(ast.Or(), [_denied(value) for value in values])
        case ast.BoolOp(op=ast.Or(), values=values):
            return ast.BoolOp(ast.And(), [_denied(value) for value in values])
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return operand
    return ast.UnaryOp(ast.Not(), test)
