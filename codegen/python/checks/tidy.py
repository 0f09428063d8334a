"""Joins conditions: one `if` in place of several that stand inside each other or in a
row, as linters want it."""

from __future__ import annotations

from typing import Final

from codegen.python import conditions as cond
from codegen.python.checks.context import NO, PART
from codegen.python.emit import printer, search, tree

_YES = tree.Return(tree.Constant(True))


def answered(block: tree.Block) -> tree.Block:
    """The body of a function that answers yes where a block has not answered no."""
    joined = (_inside_at_once(statement, 1) for statement in tidied(flat(block)))
    return _asked_at_once(_ended(tuple(joined)))


def _ended(block: tree.Block) -> tree.Block:
    """A block that answers yes, or gives its last question as the answer, at each end
    that has not answered no."""
    match block:
        case (*before, tree.If(test, inner, ())) if inner == NO:
            return (*before, tree.Return(no_less(test)))
        case (*before, tree.If(test, inner, (_, *_) as orelse)):
            return (*before, tree.If(test, _ended(inner)), *_ended(orelse))
        case (*_, tree.Return()):
            return block
        case _:
            return (*block, _YES)


_MOST_AT_ONCE: Final = 64
"""How many questions one condition has at most: type checkers follow each of them."""


def _asked_at_once(block: tree.Block, level: int = 0) -> tree.Block:
    """A block in which neighbours that answer no are one condition, with a question in
    each line, if that is shorter. `level` says how deep the block stands in a
    function."""
    found: list[tree.Statement] = []
    run: list[tree.Expr] = []
    for statement in block:
        match statement:
            case tree.If(test, body, ()) if body == NO and is_line(test, level):
                run.append(test)
            case _:
                found += (*_together(run, level), statement)
                run = []
    return (*found, *_together(run, level))


def _inside_at_once(statement: tree.Statement, level: int) -> tree.Statement:
    """The statement with this done in its blocks, which stand at this level."""
    match statement:
        case tree.If(test, body, orelse):
            # What is an `elif` stands as deep as its `if`.
            beside = level - 1 if len(orelse) == 1 else level
            return _joined(test, _within(body, level), _within(orelse, beside))
        case tree.For(target, iterable, body):
            return tree.For(target, iterable, _within(body, level))
        case _:
            return statement


def _within(block: tree.Block, level: int) -> tree.Block:
    inside = (_inside_at_once(statement, level + 1) for statement in block)
    return _asked_at_once(tuple(inside), level)


def _together(tests: list[tree.Expr], level: int) -> tree.Block:
    """Statements that answer no where one of the tests is true."""
    found: list[tree.Statement] = []
    while tests:
        some, tests = tests[:_MOST_AT_ONCE], tests[_MOST_AT_ONCE:]
        one = tree.some(some)
        lines = len(one.parts) + 3 if isinstance(one, tree.Some) else 2
        at_once = is_line(one, level) or lines < 2 * len(some)
        found += (tree.If(test, NO) for test in ([one] if at_once else some))
    return tuple(found)


_WIDEST: Final = 72
"""A question of at most this width fits in a line of a condition."""

_INDENT: Final = 4


def is_line(test: tree.Expr, level: int = 0) -> bool:
    """Whether a test fits in a line at this level, whichever module it is written in.
    The name of a check may become longer in another piece, so a test with one does not
    count."""
    names = search.of_kinds([test], (tree.Name,))
    if any(name.id.startswith("valid_") for name in names):
        return False
    return len(printer.expression(test)) <= _WIDEST - _INDENT * level


def no_less(test: tree.Expr) -> tree.Expr:
    """An expression that is `True` where `test` is false, and `False` otherwise."""
    answer = tree.negated(test)
    if _is_bool(answer):
        return answer
    match answer:
        case tree.Some(parts) if (one := _one_of(parts)) is not None:
            return one
        case tree.All() | tree.Some():
            return tree.Not(test)
        case _:
            return tree.call("bool", answer)


def _one_of(parts: tuple[tree.Expr, ...]) -> tree.Expr | None:
    """One question for several that compare the same value with texts; None if they are
    not such."""
    asked: list[tree.Expr] = []
    texts: list[tree.Expr] = []
    for part in parts:
        match part:
            case tree.Compare(("==",), (value, tree.Constant(str()) as text)):
                asked.append(value)
                texts.append(text)
            case _:
                return None
    if any(value != asked[0] for value in asked):
        return None
    return tree.compare(asked[0], "in", tree.Display("()", tuple(texts)))


def _is_bool(test: tree.Expr) -> bool:
    """Whether type checkers know that an expression is a bool. The result of `==` could
    be anything."""
    match test:
        case tree.Not() | tree.Constant(bool()):
            return True
        case tree.Compare(operators, operands):
            known = set(operators) <= {"is", "is not", "in", "not in"}
            return known or any(map(_is_int, operands))
        case tree.Call(tree.Name(name, home)):
            return home == cond.HELPERS or name.startswith(("valid_", PART))
        case tree.All(parts) | tree.Some(parts):
            return all(map(_is_bool, parts))
        case _:
            return False


def _is_int(value: tree.Expr) -> bool:
    """Whether type checkers know that an expression is an int: it is a count or a
    size."""
    match value:
        case tree.Call(tree.Name("len")):
            return True
        case tree.Name(name):
            return name.rstrip("0123456789") == "n"
        case _:
            return False


_MOST_PLACES: Final = 2
"""A value that is mentioned more often than this gets a variable."""


def is_short(test: tree.Expr, place: tree.Expr) -> bool:
    """Whether a test stays short with an expression in place of the variable. Black and
    Ruff break a condition of nearly a line differently if it ends in a call."""
    inside = list(search.walk([test]))
    calls = any(isinstance(node, tree.Call) for node in inside)
    return not calls and inside.count(place) <= _MOST_PLACES


def bound(test: tree.Expr, name: tree.Name, value: tree.Expr) -> tree.Expr | None:
    """A test in which a variable is bound where it is first asked. None where something
    else is asked before."""
    match test:
        case tree.All((first, *rest)) | tree.Some((first, *rest)):
            begun = bound(first, name, value)
            return None if begun is None else type(test)((begun, *rest))
        case tree.Compare(operators, (first, *rest)):
            asked = tree.Attribute(name, "__class__")
            named: tree.Expr = tree.NamedExpr(name, value)
            if first == asked:
                named = tree.Attribute(named, asked.name)
            elif first != name:
                return None
            return tree.Compare(operators, (named, *rest))
        case _:
            return None


def only_test(block: tree.Block) -> tree.Expr | None:
    """The one condition under which a block answers no. None where the block is more
    than a condition."""
    tests: list[tree.Expr] = []
    for statement in tidied(flat(block)):
        match statement:
            case tree.If(test, body, ()) if body == NO:
                tests.append(test)
            case _:
                return None
    return tree.some(tests) if tests else None


def flat(block: tree.Block) -> tree.Block:
    """A block without an `else` behind an `if` that always answers."""
    found: list[tree.Statement] = []
    for statement in block:
        match statement:
            case tree.If(test, body, orelse) if body == NO:
                found += (tree.If(test, NO), *flat(orelse))
            case tree.If(test, body, orelse):
                found.append(tree.If(test, flat(body), flat(orelse)))
            case tree.For(target, iterable, body):
                found.append(tree.For(target, iterable, flat(body)))
            case _:
                found.append(statement)
    return tuple(found)


def tidied(block: tree.Block) -> tree.Block:
    """A block with the same meaning, in which conditions are joined."""
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
        case ((), (_, *_)):
            return _joined(tree.negated(test), orelse, ())
        case ((tree.If(inner, body_, ()),), ()):
            return tree.If(tree.every([test, inner]), body_)
        case (_, (tree.If(other, same, rest),)) if same == body:
            return _joined(tree.some([test, other]), body, rest)
        case _:
            return tree.If(test, body, orelse)
