"""Ways to damage Python source, found in its syntax tree and applied to its text."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import Final

from benchmarks.damage import DECODERS, Mutation, Source
from benchmarks.no_difference import (
    asks_again,
    asks_for_integers,
    calls,
    compares_again,
    drifts_again,
    drifts_at_last,
    guards_members,
    has_a_long_way,
    notes,
    taken_after,
)

Operator = Callable[[Source, ast.AST], Iterator[Mutation]]


def drop_check(source: Source, node: ast.AST) -> Iterator[Mutation]:
    """A violation is not reported, or drift not noticed."""
    if calls(node, "fail", "fail_missing", "drift") and not source.repeats(node):
        yield source.replace("drop check", node, "pass")


def off_by_one(source: Source, node: ast.AST) -> Iterator[Mutation]:
    """A limit is one off, or strict where it was not."""
    flips = {ast.Lt: "<=", ast.Gt: ">=", ast.LtE: "<", ast.GtE: ">"}
    match node:
        case ast.Compare(left=left, ops=[op], comparators=[ast.Constant() as right]):
            if type(op) not in flips or source.repeats(node):
                return
            if isinstance(right.value, bool) or not isinstance(
                right.value, int | float
            ):
                return
            again = compares_again(source, node)
            if not (again and isinstance(op, ast.Lt | ast.Gt)):
                flipped = f"{source.of(left)} {flips[type(op)]} {right.value!r}"
                yield source.replace("off by one", node, flipped)
            more = right.value + 1  # Which is no more where floats are far apart.
            if more != right.value and not (again and isinstance(op, ast.Lt | ast.LtE)):
                yield source.replace("other limit", right, repr(more))


def extra_type(source: Source, node: ast.AST) -> Iterator[Mutation]:
    """One more JSON type is let through."""
    match node:
        case ast.Compare(
            left=ast.Attribute(attr="__class__") as left,
            ops=[ast.IsNot() | ast.Is() as op],
            comparators=[
                ast.Name(id="str" | "int" | "bool" | "dict" | "list") as right
            ],
        ):
            if source.repeats(node) or asks_again(source, node):
                return
            if drifts_again(source, node):
                return
            confined = source.confined(node)
            if confined is not None and confined <= {right.id}:
                return
            # No integer is among strings, but no list can be asked whether it is. A
            # boolean is as good as a number where only its size is asked.
            guard = guards_members(source.parents.get(node))
            sized = right.id == "int" and isinstance(op, ast.Is)
            wishes = ["list"] if guard or sized else ["int", "bool", "list", "dict"]
            wishes = sorted(confined) if confined else wishes
            if notes(source.parents.get(node)):  # Of scalars there is nothing to note.
                wishes = ["list", "dict"]
            branch = asks_for_integers(source, node)
            if branch is not None:
                # What is no number drifts there, as it does where no branch takes it.
                later = taken_after(branch)
                if not later and drifts_at_last(branch):
                    return
                wishes = later or wishes
            known = {right.id, *source.decided(node)}
            more = next((wish for wish in wishes if wish not in known), "tuple")
            word = "not in" if isinstance(op, ast.IsNot) else "in"
            new = f"{source.of(left)} {word} ({right.id}, {more})"
            yield source.replace("extra type", node, new)


def wrong_keyword(source: Source, node: ast.AST) -> Iterator[Mutation]:
    """A violation has another keyword, or another place."""
    match node:
        case ast.Call(func=ast.Name(id="fail"), args=[_, place, _, keyword, _]):
            yield source.replace("wrong keyword", keyword, '"other"')
            yield source.replace("wrong place", place, '"/elsewhere"')
        case ast.BinOp(left=ast.Name(id="p"), right=ast.Constant(value=str()) as part):
            yield source.replace("wrong place", part, '"/elsewhere"')


def swap_entries(source: Source, node: ast.AST) -> Iterator[Mutation]:
    """Two neighbours of a table change places, or one is lost."""
    if not isinstance(node, ast.Dict) or len(node.keys) < 2:
        return
    for first, second in zip(node.values, node.values[1:], strict=False):
        if not source.same(first, second):
            one, two = source.of(first), source.of(second)
            yield _two("swap tags", source, first, two, second, one)
    for key, value in zip(node.keys, node.values, strict=True):
        if key is not None:
            start, end = source.span(key)[0], source.span(value)[1]
            new = '"\\0lost": ' + source.of(value)
            yield Mutation("lose entry", source.file, key.lineno, start, end, new)


def _two(
    operator: str, source: Source, a: ast.AST, new_a: str, b: ast.AST, new_b: str
) -> Mutation:
    raw = source.text.encode()
    (start, a_end), (b_start, end) = source.span(a), source.span(b)
    between = raw[a_end:b_start].decode()
    line: int = a.lineno  # type: ignore[attr-defined]
    return Mutation(operator, source.file, line, start, end, new_a + between + new_b)


def lose_field(source: Source, node: ast.AST) -> Iterator[Mutation]:
    """A field is not encoded, or not decoded."""
    match node:
        case ast.Assign(targets=[ast.Subscript(slice=ast.Constant(value=str()))]):
            if source.around.get(node, "").startswith("encode_"):
                yield source.replace("lose on encode", node, "pass")
        case ast.Assign(targets=targets):
            if not source.around.get(node, "").startswith(DECODERS):
                return
            for target in targets:
                match target:
                    case ast.Attribute(
                        value=ast.Name(id="o"), attr=name
                    ) if name not in ("_extra", "__class__"):
                        new = f"{source.of(node)}; {source.of(target)} = None"
                        yield source.replace("lose on decode", node, new)


def lose_extra(source: Source, node: ast.AST) -> Iterator[Mutation]:
    """What no field can carry is not kept, or not put back."""
    match node:
        case ast.IfExp(body=body, orelse=ast.Call(func=ast.Name(id=name))):
            if name in ("unknown_of", "restore"):
                yield source.replace("lose extra", node, source.of(body))
        case _:
            if calls(node, "collect_unheld"):
                yield source.replace("lose extra", node, "pass")


def wrong_key(source: Source, node: ast.AST) -> Iterator[Mutation]:
    """A property is read or written under another name."""
    function = source.around.get(node, "")
    if not function.startswith((*DECODERS, "encode_")):
        return
    key: ast.AST
    match node:
        case ast.Subscript(slice=ast.Constant(value=str() as name) as key):
            if not has_a_long_way(source, node):
                yield source.replace("wrong key", key, repr(name + "x"))
        case ast.Call(
            func=ast.Name(id="get"),
            args=[_, ast.Constant(value=str() as name) as key, *_],
        ):
            yield source.replace("wrong key", key, repr(name + "x"))


def wrong_absent(source: Source, node: ast.AST) -> Iterator[Mutation]:
    """What is absent is taken for null, or null for a value to write."""
    function = source.around.get(node, "")
    match node:
        case ast.Name(id="UNSET", ctx=ast.Load()) if function.startswith(
            (*DECODERS, "encode_")
        ):
            yield source.replace("wrong absent", node, "None")
        case ast.If(
            test=ast.Compare(
                left=ast.Name() | ast.Attribute() | ast.NamedExpr() as left,
                ops=[ast.IsNot()],
                comparators=[ast.Constant(value=None)],
            ) as test
        ) if function.startswith("encode_"):
            bound = isinstance(left, ast.NamedExpr)
            new = f"[{source.of(left)}]" if bound else "True"
            yield source.replace("wrong absent", test, new)


def reorder_union(source: Source, node: ast.AST) -> Iterator[Mutation]:
    """Two branches of a union change places."""
    match node:
        case ast.If(test=test, body=[body], orelse=[ast.If(test=other, body=[second])]):
            one, two = source.of(body), source.of(second)
            alike = _subject(source, test) == _subject(source, other)
            if calls(body, "fail") and calls(second, "fail"):
                return  # Two ways to say what is wrong, not two branches.
            if one != two and alike and "\n" not in one + two:
                yield _two("reorder union", source, body, two, second, one)
        case ast.If(test=ast.Call(), body=[_, *_]):
            following = source.after(node)
            if isinstance(following, ast.If) and isinstance(following.test, ast.Call):
                one, two = source.of(node.test), source.of(following.test)
                if [*map(ast.dump, node.body)] == [*map(ast.dump, following.body)]:
                    return  # Whichever accepts it, the same becomes of it.
                yield _two("reorder union", source, node.test, two, following.test, one)


def _subject(source: Source, test: ast.AST) -> str:
    """What a condition asks about: the left side of its first comparison."""
    while isinstance(test, ast.BoolOp):
        test = test.values[0]
    return source.of(test.left) if isinstance(test, ast.Compare) else ""


def wrong_member(source: Source, node: ast.AST) -> Iterator[Mutation]:
    """A member of an enumeration is another, or one is lost."""
    if isinstance(node, ast.Compare) and source.repeats(node):
        return
    match node:
        case ast.ClassDef(bases=[ast.Name(id="StrEnum")], body=body):
            for statement in body:
                match statement:
                    case ast.Assign(value=ast.Constant(value=str() as text) as value):
                        new = repr(text + "x")
                        yield source.replace("wrong member", value, new)
        case ast.Compare(ops=[ast.NotIn()], comparators=[ast.Set(elts=members)]):
            for member in members:
                yield source.replace("wrong member", member, '"\\0lost"')
        case ast.Compare(
            ops=[ast.NotEq()], comparators=[ast.Constant(value=str() as text) as right]
        ):
            yield source.replace("wrong member", right, repr(text + "x"))


def negate(source: Source, node: ast.AST) -> Iterator[Mutation]:
    """A condition is turned round."""
    if isinstance(node, ast.If) and not source.of(node.test).startswith("cls is"):
        new = f"not ({source.of(node.test)})"
        yield source.replace("negate", node.test, new)


def nullable(source: Source, node: ast.AST) -> Iterator[Mutation]:
    """A field is said to carry null that does not, or the reverse."""
    match node:
        case ast.Assign(
            targets=[ast.Name(id=name)], value=ast.Dict(keys=keys, values=values)
        ) if name.startswith("PROPERTIES_"):
            functions = source._functions()
            of = name.removeprefix("PROPERTIES_")
            decoders = f"decode_{of}", f"decode_tagged_{of}"
            decoder = "".join(functions.get(name, "") for name in decoders)
            for key, value in zip(keys, values, strict=True):
                # A property that is required is taken as it is, null or not.
                optional = key is not None and f"= get(v, {source.of(key)}" in decoder
                flag = isinstance(value, ast.Constant) and isinstance(value.value, bool)
                if optional and flag and isinstance(value, ast.Constant):
                    yield source.replace("nullable", value, repr(not value.value))


def statement(source: Source, node: ast.AST) -> Iterator[Mutation]:
    """A statement is left out: for code that is not generated."""
    match node:
        case ast.Expr(value=ast.Call()) | ast.AugAssign() | ast.Raise():
            yield source.replace("drop statement", node, "pass")
        case ast.Return(value=ast.expr() as value) if not isinstance(
            value, ast.Constant
        ):
            yield source.replace("return nothing", value, "None")


def logic(source: Source, node: ast.AST) -> Iterator[Mutation]:
    """And becomes or, equal becomes unequal: for code that is not generated."""
    swaps = {
        ast.Eq: "!=", ast.NotEq: "==", ast.Is: "is not", ast.IsNot: "is",
        ast.In: "not in", ast.NotIn: "in", ast.Lt: "<=", ast.Gt: ">=",
        ast.LtE: "<", ast.GtE: ">",
    }  # fmt: skip
    match node:
        case ast.BoolOp(op=op, values=values):
            word = " or " if isinstance(op, ast.And) else " and "
            new = word.join(f"({source.of(value)})" for value in values)
            yield source.replace("and/or", node, f"({new})")
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            new = f"{source.of(left)} {swaps[type(op)]} {source.of(right)}"
            yield source.replace("comparison", node, new)


GENERATED: Final[tuple[Operator, ...]] = (
    drop_check,
    off_by_one,
    extra_type,
    wrong_keyword,
    swap_entries,
    lose_field,
    lose_extra,
    wrong_key,
    wrong_absent,
    reorder_union,
    wrong_member,
    negate,
    nullable,
)
"""For what the generator writes."""

WRITTEN: Final[tuple[Operator, ...]] = (statement, logic, negate, off_by_one)
"""For the runtime, which people write."""

STATEMENTS: Final[tuple[Operator, ...]] = (statement,)
"""For the part of the generator that chooses between ways of writing the same."""

LOGIC: Final[tuple[Operator, ...]] = (statement, logic, negate)
"""For the generator: its numbers are thresholds of two ways of writing the same."""


def mutations(
    file: str,
    text: str,
    operators: tuple[Operator, ...],
    within: frozenset[str] = frozenset(),
) -> Iterator[Mutation]:
    """Every mutation of a file, or of the functions and methods named in `within`."""
    source = Source(file, text)
    for node in ast.walk(source.tree):
        if within and source.around.get(node, "") not in within:
            continue
        for operator in operators:
            yield from operator(source, node)


def spread(found: list[Mutation], count: int) -> list[Mutation]:
    """`count` of the mutations: as many of each kind as there are, spread evenly
    over the files. The same input gives the same choice."""
    kinds: dict[str, list[Mutation]] = {}
    for mutation in sorted(found, key=lambda m: (m.file, m.start, m.end, m.new)):
        kinds.setdefault(mutation.operator, []).append(mutation)
    chosen: list[Mutation] = []
    waiting = sorted(kinds.values(), key=len)
    while waiting:
        kind = waiting.pop(0)
        share = (count - len(chosen)) // (len(waiting) + 1)
        step = max(len(kind) / share, 1.0) if share else len(kind) + 1.0
        chosen += [kind[int(n * step)] for n in range(int(len(kind) / step))]
    return chosen
