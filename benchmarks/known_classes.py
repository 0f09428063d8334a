"""Questions about the class of a variable whose answer is known where they are asked.

What is asked before, and left or gone on from, says which classes the value of a
variable can still have: behind `if x.__class__ is not str: return`, and in the branch
of `x.__class__ is str`, it is a string. There the same question may be left out as well
as asked. `x is None` is such a question, for None has a class of its own.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from functools import reduce
from typing import Final, TypeAlias, TypeGuard

_OTHER: Final = "any other"
_CLASSES: Final = frozenset(
    ["None", "bool", "int", "float", "str", "list", "dict", _OTHER]
)
"""What is told apart. Questions about a class of any other name tell nothing."""

Known: TypeAlias = Mapping[str, frozenset[str]]
"""The classes that variables can have, of those about which something is known."""


def answer(tree: ast.AST) -> None:
    """Leave out, in every function, what is known when it is asked; in place."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and not _shares(node):
            node.body = _block(node.body, {})[0] or [ast.Pass()]


def _shares(function: ast.FunctionDef) -> bool:
    """Whether a call can give a variable of a function another value."""
    kinds = (ast.Global, ast.Nonlocal)
    return any(isinstance(node, kinds) for node in ast.walk(function))


def _block(body: list[ast.stmt], known: Known) -> tuple[list[ast.stmt], Known | None]:
    """The statements with what is known left out, and what is known behind them; None
    where nothing gets there."""
    found: list[ast.stmt] = []
    for statement in body:
        after: Known | None = known
        if isinstance(statement, ast.If):
            made, after = _if(statement, known)
            found += made
        else:
            _inside(statement, known)
            found.append(statement)
        leaves = (ast.Return, ast.Raise, ast.Continue, ast.Break)
        if after is None or isinstance(statement, leaves):
            return found, None
        known = _without(after, _assigned(statement))
    return found, known


def _if(statement: ast.If, known: Known) -> tuple[list[ast.stmt], Known | None]:
    test = _simple(statement.test, known)
    if _is_bool(test):
        return _block(statement.body if test.value else statement.orelse, known)
    # What `:=` gives a value has another one behind the condition.
    changed = _assigned(statement.test)
    body, after = _block(statement.body, _without(_met(test, known, True), changed))
    orelse, otherwise = _block(
        statement.orelse, _without(_met(test, known, False), changed)
    )
    statement.test, statement.body, statement.orelse = (
        test,
        body or [ast.Pass()],
        orelse,
    )
    if after is None or otherwise is None:
        return [statement], otherwise if after is None else after
    return [statement], _either(after, otherwise)


def _inside(statement: ast.stmt, known: Known) -> None:
    """The parts of a statement that is no `if`. Each may come behind any other, so that
    what they assign is not known in them."""
    if isinstance(statement, ast.Return | ast.Assign) and statement.value is not None:
        statement.value = _simple(statement.value, known)
    if isinstance(statement, ast.For | ast.While | ast.Try | ast.With):
        kept = _without(known, _assigned(statement))
        for part in (statement, *getattr(statement, "handlers", ())):
            for name in ("body", "orelse", "finalbody"):
                if block := getattr(part, name, None):
                    setattr(part, name, _block(block, kept)[0] or [ast.Pass()])


def _simple(test: ast.expr, known: Known) -> ast.expr:
    """An expression of the same value without the questions whose answer is known: by
    what is known before it, and by those of its own parts that come first."""
    match test:
        case ast.BoolOp(op, values):
            return _parts(op, values, known)
        case ast.UnaryOp(ast.Not(), operand):
            simple = _simple(operand, known)
            if _is_bool(simple):
                return ast.Constant(not simple.value)
            return ast.UnaryOp(ast.Not(), simple)
        case _:
            pass
    asked = _asked(test)
    if asked is None:
        return test
    name, classes = asked
    left = known.get(name, _CLASSES)
    if left <= classes:
        return ast.Constant(True)
    return test if left & classes else ast.Constant(False)


def _parts(op: ast.boolop, values: list[ast.expr], known: Known) -> ast.expr:
    # What a part must be for the next one to be asked.
    goes_on = isinstance(op, ast.And)
    found: list[ast.expr] = []
    for value in values:
        simple = _simple(value, known)
        if _is_bool(simple) and simple.value is not goes_on:
            # Questions before it, which do nothing, do not matter.
            while found and _asked(found[-1]) is not None:
                found.pop()
            found.append(simple)
            break
        if not _is_bool(simple):
            found.append(simple)
            known = _without(_met(simple, known, goes_on), _assigned(value))
    if not found:
        return ast.Constant(goes_on)
    return found[0] if len(found) == 1 else ast.BoolOp(op, found)


def _is_bool(test: ast.expr) -> TypeGuard[ast.Constant]:
    return isinstance(test, ast.Constant) and isinstance(test.value, bool)


def _asked(test: ast.expr) -> tuple[str, frozenset[str]] | None:
    """The variable that a condition asks for its class, and with which classes it is
    met; None for what asks anything else."""
    match test:
        case ast.Compare(
            ast.Attribute(ast.Name(name), "__class__"),
            [ast.Is() | ast.IsNot() as op],
            [ast.Name(cls)],
        ) if (
            cls in _CLASSES
        ):
            classes = frozenset([cls])
        case ast.Compare(
            ast.Name(name), [ast.Is() | ast.IsNot() as op], [ast.Constant(None)]
        ):
            classes = frozenset(["None"])
        case _:
            return None
    return name, classes if isinstance(op, ast.Is) else _CLASSES - classes


def _met(test: ast.expr, known: Known, met: bool) -> Known:
    """What is known where a condition is met, or is not."""
    match test:
        case ast.UnaryOp(ast.Not(), operand):
            return _met(operand, known, not met)
        case ast.BoolOp(op, values):
            # All parts have come out so, or the first that has come out otherwise.
            all_ = isinstance(op, ast.And) is met
            found: list[Known] = []
            for value in values:
                found.append(_met(value, known, met))
                known = found[-1] if all_ else _met(value, known, not met)
            return known if all_ else reduce(_either, found)
        case _:
            pass
    asked = _asked(test)
    if asked is None:
        return known
    name, classes = asked
    classes = classes if met else _CLASSES - classes
    return {**known, name: known.get(name, _CLASSES) & classes}


def _either(one: Known, other: Known) -> Known:
    return {name: one[name] | other[name] for name in one.keys() & other.keys()}


def _without(known: Known, names: set[str]) -> Known:
    return {name: found for name, found in known.items() if name not in names}


def _assigned(node: ast.AST) -> set[str]:
    """The variables that may have another value behind a part of a function."""
    found: set[str] = set()
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and not isinstance(part.ctx, ast.Load):
            found.add(part.id)
        # An import, an `except` or a pattern has the name alone.
        names = (getattr(part, word, None) for word in ("name", "asname", "rest"))
        found.update(name for name in names if isinstance(name, str))
    return found
