"""Two ways of writing the same branches and conditions, made one.

Only what is the same whatever values there are: a branch that does nothing, `else`
beside a second `if` that asks for exactly the opposite, one `if` inside or behind
another that does the same, what is denied as a whole or part by part, a text that is
one of several or equal to one of them, a text that is encoded or left as it is, and a
question about the class of a variable whose answer is known (`known_classes.py`).
Nothing in between may give the names that are asked about another value.
"""

from __future__ import annotations

import ast
from typing import Final

from benchmarks import known_classes

_ANSWERS: Final = frozenset(
    ["among", "equal", "integral", "matches", "multiple", "unique"]
)
"""What the runtime has that gives true or false, as do all functions `valid_X`."""

_ENCODERS: Final = frozenset(["ENCODERS", "SHALLOW"])
"""The runtime's tables from classes to what encodes their objects; texts stay what they
are."""


def plainly(tree: ast.AST) -> ast.AST:
    """The tree with such branches written one way; it is changed in place."""
    _leave_out_declarations(tree)
    _Conditions().visit(tree)
    known_classes.answer(tree)
    # From the inside to the outside, or what is joined inside would come too late.
    for node in reversed(list(ast.walk(tree))):
        if isinstance(node, ast.If):
            _join(node)
        for name in ("body", "orelse", "finalbody"):
            body = getattr(node, name, None)
            if isinstance(body, list):
                setattr(node, name, _answered(_joined(body)))
    # Now there are conditions that were several.
    _Conditions().visit(tree)
    return tree


def _leave_out_declarations(tree: ast.AST) -> None:
    """Without `x: int` in a function nothing is done otherwise."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            kept = [part for part in function.body if not _declares(part)]
            function.body = kept or [ast.Pass()]


def _declares(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.AnnAssign) and statement.value is None


# --- conditions -----------------------------------------------------------------------


class _Conditions(ast.NodeTransformer):
    """Denies parts of conditions, not the whole, and has no condition of one kind
    inside of another."""

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.expr:
        self.generic_visit(node)
        if isinstance(node.op, ast.Not):
            denied = _denied(node.operand)
            return denied if isinstance(denied, ast.UnaryOp) else self.visit(denied)
        return node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.expr:
        self.generic_visit(node)
        values: list[ast.expr] = []
        for value in node.values:
            if isinstance(value, ast.BoolOp) and type(value.op) is type(node.op):
                values += value.values
            else:
                values.append(value)
        node.values = values
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        self.generic_visit(node)
        match node:
            case ast.Compare(ast.Name(), [ast.In() | ast.NotIn()], [ast.Tuple(texts)]):
                if texts and all(map(_is_text, texts)):
                    among = isinstance(node.ops[0], ast.In)
                    parts: list[ast.expr] = [
                        ast.Compare(
                            node.left, [ast.Eq() if among else ast.NotEq()], [t]
                        )
                        for t in texts
                    ]
                    return ast.BoolOp(ast.Or() if among else ast.And(), parts)
            case ast.Compare(
                ast.Call(ast.Name("len"), [sized], []), [ast.Lt()], [ast.Constant(1)]
            ):
                # What has a length is true unless that is 0.
                return ast.UnaryOp(ast.Not(), sized)
            case _:
                pass
        return node

    def visit_IfExp(self, node: ast.IfExp) -> ast.expr:
        self.generic_visit(node)
        match node:
            case ast.IfExp(
                ast.Compare(of, [ast.Is()], [ast.Name("str")]),
                text,
                ast.Call(ast.Subscript(ast.Name(table), again), [given], []) as encoded,
            ) if (
                table in _ENCODERS
            ):
                cls = ast.dump(ast.Attribute(given, "__class__", ast.Load()))
                same = ast.dump(text) == ast.dump(given)
                alike = ast.dump(of) == ast.dump(again) == cls
                return encoded if same and alike else node
            case _:
                return node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        match node:
            case ast.Call(ast.Name("bool"), [answer], []) if _is_answer(answer):
                return answer
            case _:
                return node


def _is_text(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and isinstance(value.value, str)


def _is_answer(value: ast.expr) -> bool:
    """Whether an expression is true or false, and nothing else. Of JSON values that is
    what comparisons are."""
    match value:
        case ast.Compare() | ast.UnaryOp(ast.Not()) | ast.Constant(bool()):
            return True
        case ast.Call(ast.Name(name)):
            return name in _ANSWERS or name.startswith("valid_")
        case ast.BoolOp(_, values):
            return all(map(_is_answer, values))
        case _:
            return False


def _denied(test: ast.expr) -> ast.expr:
    """The opposite of a condition on what a value is."""
    match test:
        case ast.Compare(left, [op], right) if type(op) in _OPPOSITES:
            return ast.Compare(left, [_OPPOSITES[type(op)]()], right)
        case ast.BoolOp(ast.And(), values):
            return ast.BoolOp(ast.Or(), [_denied(value) for value in values])
        case ast.BoolOp(ast.Or(), values):
            return ast.BoolOp(ast.And(), [_denied(value) for value in values])
        case ast.UnaryOp(ast.Not(), operand) if _is_answer(operand):
            return operand
        case ast.Constant(bool() as value):
            return ast.Constant(not value)
        case _:
            return ast.UnaryOp(ast.Not(), test)


_OPPOSITES: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    # What JSON values are equal to they do not differ from; of `<` that is not so.
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
}


# --- branches -------------------------------------------------------------------------


def _join(node: ast.If) -> None:
    """An `if` alone in another, and one behind another with the same statements."""
    if _nothing(node.orelse):
        node.orelse = []
    match node.body, node.orelse:
        case [ast.If(test, body, [])], []:
            node.test, node.body = ast.BoolOp(ast.And(), [node.test, test]), body
        case body, [ast.If(test, other, orelse)] if _same(body, other):
            node.test = ast.BoolOp(ast.Or(), [node.test, test])
            node.orelse = orelse


def _nothing(body: list[ast.stmt]) -> bool:
    return len(body) == 1 and isinstance(body[0], ast.Pass)


def _same(one: list[ast.stmt], other: list[ast.stmt]) -> bool:
    return list(map(ast.dump, one)) == list(map(ast.dump, other))


def _answered(body: list[ast.stmt]) -> list[ast.stmt]:
    """`if a: return False` and `return b` at the end as one answer."""
    match body:
        case [
            *before,
            ast.If(test, [ast.Return(ast.Constant(False))], []),
            ast.Return(ast.expr() as value),
        ]:
            parts = [ast.UnaryOp(ast.Not(), test), value]
            if isinstance(value, ast.Constant) and value.value is True:
                parts.pop()
            found = parts[0] if len(parts) == 1 else ast.BoolOp(ast.And(), parts)
            return _answered([*before, ast.Return(found)])
        case _:
            return body


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
