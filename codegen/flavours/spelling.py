"""What datamodel-code-generator writes, spelled as checkers and linters want it."""

from __future__ import annotations

import ast
import copy
from collections.abc import Collection, Mapping
from functools import reduce
from typing import Final

_ANY: Final = {"list": "list[Any]", "dict": "dict[str, Any]"}
"""What types are that say nothing of what they hold."""

_NOTHING: Final = ast.Constant(None)


def spelled(tree: ast.Module, decided: Collection[str]) -> str:
    """The text of a module. An alias of a name that was not `decided` is gone, and what
    it stands for is wherever it was; unions are written by operators, as far as Python
    can evaluate them; a list of the alias that it is, which has been left without a
    type, is one of anything; characters that nobody sees are escaped."""
    undecided = {n: of for n, of in map(_alias, tree.body) if n and n not in decided}
    spelling = _Spelling(
        undecided, {n: of for n, of in _ANY.items() if n not in decided}
    )
    body = [s for s in tree.body if _alias(s)[0] not in undecided]
    for statement in body:
        if isinstance(statement, ast.ImportFrom) and statement.module == "typing":
            statement.names.append(ast.alias("Any"))
            break
    spelt = ast.Module([spelling.visit(statement) for statement in body], [])
    return ast.unparse(ast.fix_missing_locations(spelt))


def _alias(statement: ast.stmt) -> tuple[str, ast.expr]:
    """The name of an alias and what it stands for; no name if it is none."""
    match statement:
        case ast.AnnAssign(ast.Name(name), ast.Name("TypeAlias"), ast.expr() as of):
            return name, of
        case ast.Assign([ast.Name(name)], ast.Call(ast.Name("TypeAliasType"), [_, of])):
            return name, of
        case _:
            return "", _NOTHING


class _Spelling(ast.NodeTransformer):
    """Goes through types only; what stands for a value stays."""

    def __init__(
        self, undecided: Mapping[str, ast.expr], bare: Mapping[str, str]
    ) -> None:
        self._undecided = undecided
        self._bare = bare

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.ClassDef:
        node.body = [self.visit(statement) for statement in node.body]
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AnnAssign:
        if _alias(node)[0] and node.value is not None:
            node.value = self.visit(node.value)
        node.annotation = self.visit(node.annotation)
        return node

    def visit_Assign(self, node: ast.Assign) -> ast.Assign:
        match node.value:
            case ast.Call(ast.Name("TypeAliasType" | "TypedDict"), [name, of]) as call:
                call.args = [name, self.visit(of)]
            case _:
                pass
        return node

    def visit_Expr(self, node: ast.Expr) -> ast.Expr:
        return node

    def visit_Call(self, node: ast.Call) -> ast.Call:
        return node

    def visit_Dict(self, node: ast.Dict) -> ast.Dict:
        node.values = [self.visit(value) for value in node.values]
        return node

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        return self._named(node, node.value)

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id in self._bare:
            return ast.parse(self._bare[node.id], mode="eval").body
        return self._named(node, node.id)

    def _named(self, node: ast.expr, name: object) -> ast.expr:
        if isinstance(name, str) and name in self._undecided:
            found: ast.expr = self.visit(copy.deepcopy(self._undecided[name]))
            return found
        return node

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        match node:
            case ast.Subscript(ast.Name("Literal")):
                return node
            case ast.Subscript(ast.Name("Annotated"), ast.Tuple([of, *more])):
                node.slice = ast.Tuple([self.visit(of), *more])
                return node
        node.slice = self.visit(node.slice)
        match node:
            case ast.Subscript(ast.Name("Optional"), of):
                members = [of, ast.Constant(None)]
            case ast.Subscript(ast.Name("Union"), ast.Tuple(members)):
                pass
            case _:
                return node
        if any(isinstance(m, ast.Constant) and m.value is not None for m in members):
            return node  # Of a text and a type there is no union.
        return reduce(lambda left, right: ast.BinOp(left, ast.BitOr(), right), members)
