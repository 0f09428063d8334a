"""Says in one condition what several say inside of each other, as linters want it."""

from __future__ import annotations

from codegen.python.emit import tree

_NO = (tree.Return(tree.Constant(False)),)
_YES = tree.Return(tree.Constant(True))


def answered(block: tree.Block) -> tree.Block:
    """The body of a function that answers yes where a block has not answered no."""
    body = tidied(block)
    match body:
        case (*before, tree.If(test, inner, ())) if inner == _NO and _is_bool(
            answer := tree.negated(test)
        ):
            return (*before, tree.Return(answer))
        case _:
            return (*body, _YES)


def _is_bool(test: tree.Expr) -> bool:
    """Whether checkers know that an expression is true or false: what `==` gives for
    any value is anything."""
    match test:
        case tree.Not():
            return True
        case tree.Compare(operators):
            return set(operators) <= {"is", "is not", "in", "not in"}
        case tree.Call(tree.Name(name)):
            return name.startswith("valid_")
        case tree.All(parts) | tree.Some(parts):
            return all(map(_is_bool, parts))
        case _:
            return False


def tidied(block: tree.Block) -> tree.Block:
    """A block of the same meaning in which conditions are joined."""
    return tuple(map(_statement, block))


def _statement(statement: tree.Statement) -> tree.Statement:
    match statement:
        case tree.If(test, body, orelse):
            return _joined(test, tidied(body), tidied(orelse))
        case tree.For(target, iterable, body):
            return tree.For(target, iterable, tidied(body))
        case tree.Try(body, exceptions, handler, orelse):
            parts = tidied(body), exceptions, tidied(handler), tidied(orelse)
            return tree.Try(*parts)
        case _:
            return statement


def _joined(test: tree.Expr, body: tree.Block, orelse: tree.Block) -> tree.If:
    match body, orelse:
        case ((tree.If(inner, body_, ()),), ()):
            return tree.If(tree.every([test, inner]), body_)
        case (_, (tree.If(other, same, rest),)) if same == body:
            return _joined(tree.some([test, other]), body, rest)
        case _:
            return tree.If(test, body, orelse)
