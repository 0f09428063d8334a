"""Places where damage of some kind makes no difference, whatever values there are."""

from __future__ import annotations

import ast

from benchmarks.damage import DECODERS, Source


def calls(node: ast.AST, *names: str) -> bool:
    """Whether a statement calls one of some functions."""
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Name)
        and node.value.func.id in names
    )


def compares_again(source: Source, node: ast.AST) -> bool:
    """Whether a comparison only lets values through to where it is made again, once
    they are whole: whoever else gets there comes to no harm."""
    either = source.parents.get(node)
    match source.parents.get(either) if isinstance(either, ast.BoolOp) else None:
        case ast.If(
            test=ast.BoolOp(op=ast.Or()) as test,
            body=[
                ast.Assign(value=ast.Call(func=ast.Name(id="whole"))),
                ast.If() as then,
            ],
        ):
            return test is either and source.of(node) in source.of(then.test)
        case _:
            return False


def asks_again(source: Source, node: ast.AST) -> bool:
    """Whether what a branch lets in is only compared with constants, which a value of
    any other type fails as well, or goes to a decoder that begins with the question."""
    match source.parents.get(node):
        case ast.If(
            body=[ast.Assign(value=ast.Call(func=ast.Name(id=name), args=[argument]))]
        ) if name.startswith("decode_"):
            left = source.of(node).partition(".")[0]
            return source.of(argument) == left and source.asks_first(name)
        case ast.If(body=[ast.If(test=test, orelse=[])]):
            tests = test.values if isinstance(test, ast.BoolOp) else [test]
            return all(
                isinstance(t, ast.Compare)
                and isinstance(t.ops[0], ast.NotEq)
                and isinstance(t.comparators[0], ast.Constant)
                for t in tests
            )
        case _:
            return False


def asks_for_integers(source: Source, node: ast.AST) -> ast.If | None:
    """The `if` with a question about a class, if its branch goes on to ask `whole` for
    the integer that anything but an int stands for."""
    outer = source.parents.get(node)
    outer = source.parents.get(outer) if isinstance(outer, ast.BoolOp) else outer
    match outer:
        case ast.If(
            body=[
                ast.If(
                    test=test,
                    body=[ast.Assign(value=ast.Call(func=ast.Name(id="whole"))), *_],
                ),
                *_,
            ]
        ) if ".__class__ is not int" in source.of(test):
            return outer
        case _:
            return None


def taken_after(branch: ast.If) -> list[str]:
    """The classes that the branches behind one ask for."""
    found: list[str] = []
    while len(branch.orelse) == 1 and isinstance(branch.orelse[0], ast.If):
        branch = branch.orelse[0]
        for part in ast.walk(branch.test):
            match part:
                case ast.Compare(ops=[ast.Is()], comparators=[ast.Name(id=name)]):
                    found.append(name)
    return found


def drifts_at_last(branch: ast.If) -> bool:
    """Whether what no branch behind one takes drifts."""
    while len(branch.orelse) == 1 and isinstance(branch.orelse[0], ast.If):
        branch = branch.orelse[0]
    return len(branch.orelse) == 1 and calls(branch.orelse[0], "drift")


def drifts_again(source: Source, node: ast.AST) -> bool:
    """Whether a question is asked of what `whole` returned, only to drift: whatever is
    no integer has drifted there."""
    test = source.parents.get(node)
    then = source.parents.get(test) if isinstance(test, ast.BoolOp) else test
    match then, source.parents.get(then) if then is not None else None:
        case (
            ast.If(body=[ast.Expr() as body], orelse=[]),
            ast.If(
                body=[ast.Assign(value=ast.Call(func=ast.Name(id="whole"))), ast.If()]
            ) as outer,
        ):
            return calls(body, "drift") and outer.body[1] is then
        case _:
            return False


def notes(node: ast.AST | None) -> bool:
    """Whether an `if` only notes the numbers inside of a value."""
    match node:
        case ast.If(body=[ast.Expr(value=ast.Call(func=ast.Name(id="note_rounded")))]):
            return True
        case _:
            return False


def guards_members(node: ast.AST | None) -> bool:
    """Whether a condition goes on to ask whether the value is in a collection."""
    return isinstance(node, ast.BoolOp) and any(
        isinstance(value, ast.Compare) and isinstance(value.ops[0], (ast.In, ast.NotIn))
        for value in node.values
    )


def has_a_long_way(source: Source, node: ast.AST) -> bool:
    """Whether a property is read only to spare a call: where it is missing, a decoder
    is asked that reads it again."""
    inner, outer = node, source.parents.get(node)
    while outer is not None and not isinstance(outer, ast.Try | ast.FunctionDef):
        inner, outer = outer, source.parents.get(outer)
    match outer:
        case ast.Try(
            handlers=[
                ast.ExceptHandler(
                    body=[ast.Assign(value=ast.Call(func=ast.Name(id=name)))]
                )
            ]
        ):
            return inner in outer.body and name.startswith(DECODERS)
        case _:
            return False
