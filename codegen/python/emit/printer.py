"""Statements as text, laid out as Black would."""

from __future__ import annotations

import re
from collections.abc import Iterable
from types import MappingProxyType
from typing import Final

from codegen import text
from codegen.python.emit import tokens as tk
from codegen.python.emit import tree
from codegen.python.emit.layout import broken
from codegen.python.emit.line import INDENT
from codegen.text import LINE_LENGTH, width

_ASKED: Final = (",}", ",)")
"""How a line shows that something in it is exploded; or that it holds a text like that
or a tuple of one, which does no harm."""

_DISPUTED: Final = re.compile(
    r"""^\ *\](?:\.|\($)  # What goes on behind an index that is broken,
    |\A\ *\w+\[\n.*\n\ *\]\ =\ .*\W$  # more than a name for an item that is,
    |\A.*\ =\ \(\n.*\[\n(?s:.*)\]\n\ *\)\Z  # brackets around such an index,
    |\A\ *for\ \(\n  # or around the name that a loop gives a value.
    """,
    re.MULTILINE | re.VERBOSE,
)
"""Lines of a statement as Black leaves them and ruff does not."""

NO_RENAMES: Final[tk.Renames] = MappingProxyType({})


def statements(
    groups: Iterable[Iterable[tree.Statement]],
    renames: tk.Renames = NO_RENAMES,
    *,
    once: bool = False,
) -> str:
    """The text of groups of top-level statements: a blank line between groups, two
    around each function, and none between assignments of a line each or of calls of
    the same function. If `once`, of functions that do the same only the first is
    written; others are its name."""
    parts: list[str] = []
    same = _Same() if once else None
    before: type[tree.Statement] | None = None
    called: object = None
    for group in groups:
        gap = "\n"
        for statement in group:
            if isinstance(statement, tree.Function) and same is not None:
                kind, lines = same.printed(statement, renames)
            else:
                kind, lines = type(statement), _printed(statement, 0, renames)
            if tree.Function in (before, kind):
                gap = "\n\n"
            of = _assigned(statement, lines)
            gap = "" if of is not None and of == called else gap
            called = of
            parts.append(gap if before is not None else "")
            if lines:
                parts += ("\n".join(lines), "\n")
            before, gap = kind, ""
    return "".join(parts)


def _assigned(statement: tree.Statement, lines: list[str]) -> object:
    """What an assignment has in common with those that it stands among."""
    match statement:
        case tree.Assign(_, tree.Call(function)):
            return function
        case tree.Assign() if len(lines) == 1:
            return len(lines)
        case _:
            return None


class _Same:
    """Knows which of the functions of a module do the same: those with the same text
    behind their names. As values 1, 1.0 and True are equal; as text they are not."""

    def __init__(self) -> None:
        self._first: dict[object, str] = {}

    def printed(
        self, function: tree.Function, renames: tk.Renames
    ) -> tuple[type[tree.Statement], list[str]]:
        """The lines of a function, or of its name for another one."""
        body = _function_body(function, 0, renames)
        if not function.decorators:
            alike = (function.parameters, function.returns, *body)
            first = self._first.setdefault(alike, function.name)
            if first != function.name:
                other = tree.Assign(tree.Name(function.name), tree.Name(first))
                return tree.Assign, _printed(other, 0, renames)
        return tree.Function, [*_function_front(function, 0, renames), *body]


def expression(node: tree.Expr, renames: tk.Renames = NO_RENAMES) -> str:
    """An expression on one line."""
    out: tk.Tokens = []
    tk.expression(out, node, renames)
    return "".join(out)


def inside(
    statement: tree.Statement, depth: int, renames: tk.Renames = NO_RENAMES
) -> text.Code:
    """The text of a statement at some depth, for a place that is indented already."""
    lines = "\n".join(_printed(statement, depth, renames))
    return text.Code(lines.removeprefix(INDENT * depth))


def class_head(name: str, base: str) -> text.Code:
    """The first line, or lines, of a class that is not inside another."""
    opening, closing = tk.CALL
    out: tk.Tokens = ["class", tk.SPACE, name, opening, base, closing, ":"]
    return text.Code("\n".join(_head(out, 0)))


def method_head(
    name: str, returns: tree.Expr, renames: tk.Renames = NO_RENAMES
) -> text.Code:
    """The first line, or lines, of a method without arguments, for a place that is
    indented already."""
    given = (tree.Parameter("self"),)
    lines = _function_head(tree.Function(name, given, returns, ()), 1, renames)
    return text.Code("\n".join(lines).removeprefix(INDENT))


def imports(module: str, names: Iterable[str], *, exploded: bool = False) -> str:
    """`from module import names`; each name may be followed by `as` and another.
    `exploded` with one name a line, however short."""
    if exploded:
        lines = "".join(f"    {name},\n" for name in names)
        return f"from {module} import (\n{lines})\n"
    return f"{imported(module, names)}\n"


def imported(module: str, names: Iterable[str], depth: int = 0) -> text.Code:
    """The same at some depth, for a place that is indented already."""
    indent, found = INDENT * depth, list(names)
    lines = [f"{indent}from {module} import {', '.join(found)}"]
    if width(lines[0]) > LINE_LENGTH:
        inner = (f"{indent}{INDENT}{name}," for name in found)
        lines = [f"{indent}from {module} import (", *inner, f"{indent})"]
    return text.Code("\n".join(lines).removeprefix(indent))


def _head(out: tk.Tokens, depth: int, kind: str = "") -> list[str]:
    line = INDENT * depth + "".join(out)
    taken = len(line) if line.isascii() else width(line)
    if taken <= LINE_LENGTH and _ASKED[0] not in line and _ASKED[1] not in line:
        return [line]
    lines = broken(out, depth, kind)
    return [f"{line}  # fmt: skip"] if _is_disputed(out, lines) else lines


def _is_disputed(out: tk.Tokens, lines: list[str]) -> bool:
    """Whether Black and ruff lay a statement out each in its own way: a name that is
    too long for any line stands in brackets of their own, between operators, or in an
    index. Only Black puts an annotation into such that is no union, and a condition
    that would fit into a line up to its last bracket, but not a column less."""
    if lines[0].endswith(": (") and not _is_union(out):
        return True
    if lines[0].endswith("if (") and _ends_with_the_line(out, lines[0]):
        return True
    indexed = any(line.lstrip().startswith("]") for line in lines)
    if (indexed or out[0] == "for") and _DISPUTED.search("\n".join(lines)):
        return True
    if all(width(line) <= LINE_LENGTH or '"' in line for line in lines):
        return False
    if lines[0].endswith(" = (") or out[0] == "for":
        return True
    return not {"and", "or", ":="}.isdisjoint(out)


def _ends_with_the_line(out: tk.Tokens, first: str) -> bool:
    """Whether a condition of two parts, which begins with the line `first`, would fill
    that up to the bracket with which the second begins to end."""
    depth = parts = 0
    opened = None
    for at, token in enumerate(out):
        kind = token.kind if isinstance(token, tk.Mark) and token else ""
        opened = at if kind == "open" and not depth else opened
        depth += (kind == "open") - (kind == "close")
        parts += token in ("and", "or") and not depth
    if opened is None or parts != 1:
        return False
    indent = first[: len(first) - len(first.lstrip())]
    return width(indent + "".join(out[: opened + 1])) == LINE_LENGTH


def _is_union(out: tk.Tokens) -> bool:
    """Whether the annotation of a declaration is a union."""
    depth = 0
    for token in out[out.index(":") :]:
        kind = token.kind if isinstance(token, tk.Mark) else ""
        depth += (kind == "open") - (kind == "close")
        if token == "=" and not depth:
            break
        if token == "|" and depth == 1:  # In the brackets that it may get.
            return True
    return False


def _printed(node: tree.Statement, depth: int, renames: tk.Renames) -> list[str]:
    lines: list[str] = []
    _statement(lines, node, depth, renames)
    return lines


def _block(
    lines: list[str], block: tree.Block, depth: int, renames: tk.Renames
) -> None:
    if not block:
        lines.append(f"{INDENT * depth}pass")
    for statement in block:
        _statement(lines, statement, depth, renames)


def _statement(
    lines: list[str], node: tree.Statement, depth: int, renames: tk.Renames
) -> None:
    """Append the lines of a statement."""
    out: tk.Tokens = []
    match node:
        case tree.If():
            _if(lines, node, depth, renames)
            return
        case tree.Assign(target, value, also):
            tk.expression(out, target, renames)
            out += (tk.SPACE, "=", tk.SPACE)
            if also is not None:
                tk.expression(out, also, renames)
                out += (tk.SPACE, "=", tk.SPACE)
            tk.optional(out, value, renames)
        case tree.Do(value):
            tk.expression(out, value, renames)
        case tree.Return(value):
            out.append("return")
            if value is not None:
                out.append(tk.SPACE)
                tk.optional(out, value, renames)
        case tree.Change(target, operator, value):
            tk.expression(out, target, renames)
            out += (tk.SPACE, operator, tk.SPACE)
            tk.optional(out, value, renames)
        case tree.Declare(target, annotation, value):
            tk.expression(out, target, renames)
            out += (":", tk.SPACE)
            tk.optional(out, annotation, renames)
            if value is not None:
                out += (tk.SPACE, "=", tk.SPACE)
                tk.optional(out, value, renames)
        case _:
            _compound(lines, node, depth, renames)
            return
    lines += _head(out, depth)


def _compound(
    lines: list[str], node: tree.Statement, depth: int, renames: tk.Renames
) -> None:
    out: tk.Tokens = []
    match node:
        case tree.For(target, iterable, body):
            out += ("for", tk.SPACE)
            tk.loop_targets(out, target, renames)
            out += (tk.SPACE, "in", tk.SPACE)
            tk.optional(out, iterable, renames)
            out.append(":")
            lines += _head(out, depth)
            _block(lines, body, depth + 1, renames)
        case tree.Try(body, exceptions, handler, orelse):
            lines.append(f"{INDENT * depth}try:")
            _block(lines, body, depth + 1, renames)
            out += ("except", tk.SPACE)
            tk.optional(out, exceptions, renames)
            out.append(":")
            lines += _head(out, depth)
            _block(lines, handler, depth + 1, renames)
            if orelse:
                lines.append(f"{INDENT * depth}else:")
                _block(lines, orelse, depth + 1, renames)
        case tree.Function():
            _function(lines, node, depth, renames)
        case _:
            raise TypeError(f"no statement: {node!r}")


def _if(lines: list[str], node: tree.If, depth: int, renames: tk.Renames) -> None:
    word = "if"
    while True:
        out: tk.Tokens = [word, tk.SPACE]
        tk.optional(out, node.test, renames)
        out.append(":")
        lines += _head(out, depth)
        _block(lines, node.body, depth + 1, renames)
        match node.orelse:
            case ():
                return
            case (tree.If() as other,):
                node, word = other, "elif"
            case _:
                lines.append(f"{INDENT * depth}else:")
                _block(lines, node.orelse, depth + 1, renames)
                return


def _function(
    lines: list[str], node: tree.Function, depth: int, renames: tk.Renames
) -> None:
    lines += _function_front(node, depth, renames)
    lines += _function_body(node, depth, renames)


def _function_body(node: tree.Function, depth: int, renames: tk.Renames) -> list[str]:
    lines: list[str] = []
    _block(lines, node.body, depth + 1, renames)
    return lines


def _function_front(node: tree.Function, depth: int, renames: tk.Renames) -> list[str]:
    """What stands before the body of a function."""
    lines: list[str] = []
    for decorator in node.decorators:
        out: tk.Tokens = ["@"]
        tk.expression(out, decorator, renames)
        lines += _head(out, depth)
    return lines + _function_head(node, depth, renames)


def _function_head(node: tree.Function, depth: int, renames: tk.Renames) -> list[str]:
    out: tk.Tokens = ["def", tk.SPACE, node.name, tk.PARAMETERS[0]]
    for index, parameter in enumerate(node.parameters):
        out += (tk.COMMA, tk.SPACE) if index else ()
        out.append(parameter.name)
        if parameter.annotation is not None:
            out += (":", tk.SPACE)
            tk.expression(out, parameter.annotation, renames)
    out += (tk.PARAMETERS[1], tk.SPACE, "->", tk.SPACE)
    tk.optional(out, node.returns, renames)
    out.append(":")
    return _head(out, depth, "def")
