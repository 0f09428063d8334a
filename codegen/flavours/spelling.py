"""What datamodel-code-generator writes, spelled as checkers and linters want it."""

from __future__ import annotations

import ast
import copy
from collections.abc import Collection, Mapping
from functools import reduce
from typing import Final

from codegen.flavours.reading import alias, defined

_ANY: Final = {"list": "list[Any]", "dict": "dict[str, Any]"}
"""What types are that say nothing of what they hold."""


def spelled(tree: ast.Module, decided: Collection[str]) -> ast.Module:
    """The module as it is to be. An alias of a name that was not `decided` is gone, and
    what it stands for is wherever it was; unions are written by operators, as far as
    Python can evaluate them; a list of the alias that it is, which has been left
    without a type, is one of anything; characters that nobody sees are escaped. Aliases
    that name what comes later stand before the classes: checkers do not see that one
    leads back to itself if something else has named it before."""
    undecided = {n: of for n, of in map(alias, tree.body) if n and n not in decided}
    spelling = _Spelling(undecided)
    body = [s for s in tree.body if alias(s)[0] not in undecided]
    made = [spelling.visit(statement) for statement in body]
    classes = {s.name for s in made if isinstance(s, ast.ClassDef)}
    made = [_plain(statement, classes) for statement in made]
    for number, statement in enumerate(made):
        later = {n for other in made[number:] for n in defined(other) if n in decided}
        _defer(statement, later, spelling)
    first = next((i for i, s in enumerate(made) if isinstance(s, ast.ClassDef)), 0)
    ahead = [s for s in made[first:] if _is_quoted(alias(s)[1])]
    others = [s for s in made[first:] if s not in ahead]
    spelt = ast.Module([*made[:first], *ahead, *others], [])
    return ast.fix_missing_locations(spelt)


def tagged(
    tree: ast.Module, tags: Mapping[str, tuple[str, str]], aliases: Mapping[str, str]
) -> ast.Module:
    """The module with tags of msgspec, by the classes that have one, in place of fields
    for them; a class can be asked for its tag all the same."""
    for statement in tree.body:
        if not isinstance(statement, ast.ClassDef) or statement.name not in tags:
            continue
        wire, tag = tags[statement.name]
        name = aliases.get(f"{statement.name}.{wire}", wire)
        said = {"tag_field": ast.Constant(wire), "tag": ast.Constant(tag)}
        others = [each for each in statement.keywords if each.arg not in said]
        made = [ast.keyword(key, of) for key, of in said.items()]
        statement.keywords = [*others, *made]
        kind = ast.parse(f"ClassVar[Literal[{tag!r}]]", mode="eval").body
        own = ast.AnnAssign(ast.Name(name, ast.Store()), kind, said["tag"], 1)
        rest = [s for s in statement.body if not _is_field(s, name, wire)]
        first = 1 if rest and isinstance(rest[0], ast.Expr) else 0
        statement.body = [*rest[:first], own, *rest[first:]]
    return ast.fix_missing_locations(tree)


def _is_field(statement: ast.stmt, name: str, wire: str) -> bool:
    """Whether a statement of a class is nothing, or the field of a property."""
    if isinstance(statement, ast.Pass) or name in defined(statement):
        return True
    match statement:
        case ast.AnnAssign(value=ast.Call(keywords=[ast.keyword("name", of), *_])):
            return isinstance(of, ast.Constant) and of.value == wire
        case _:
            return False


def _is_quoted(of: ast.expr) -> bool:
    """Whether a type is written as a text."""
    match of:
        case ast.Subscript(ast.Name("Annotated"), ast.Tuple([inner, *_])):
            return _is_quoted(inner)
        case _:
            return isinstance(of, ast.Constant) and isinstance(of.value, str)


def _plain(statement: ast.stmt, classes: Collection[str]) -> ast.stmt:
    """An alias of a class alone as that class: to pydantic two that lead back to each
    other have no end."""
    match statement:
        case ast.Assign([ast.Name() as name], ast.Call(ast.Name("TypeAliasType"))):
            of = alias(statement)[1]
            match of:
                case ast.Name(inner) | ast.Subscript(
                    ast.Name("Annotated"), ast.Tuple([ast.Name(inner), *_])
                ) if (inner in classes):
                    return ast.AnnAssign(name, ast.Name("TypeAlias", ast.Load()), of, 1)
    return statement


def _defer(statement: ast.stmt, later: Collection[str], spelling: _Spelling) -> None:
    """Write types as texts that name what there is not yet where Python reads them."""
    match statement:
        case ast.Assign(value=ast.Call(ast.Name("TypedDict"), [_, ast.Dict() as of])):
            of.values = [_deferred(value, later, spelling) for value in of.values]
        case ast.AnnAssign(annotation=ast.Name("TypeAlias"), value=ast.expr() as of):
            statement.value = _deferred(of, later, spelling)
        case _:
            pass


def _deferred(of: ast.expr, later: Collection[str], spelling: _Spelling) -> ast.expr:
    match of:
        case ast.Subscript(ast.Name("NotRequired"), inner):
            of.slice = _deferred(inner, later, spelling)
            return of
    named = {node.id for node in ast.walk(of) if isinstance(node, ast.Name)}
    if not named.intersection(later):
        return of
    return _quoted(spelling.visit(_Unquoted().visit(of)))


class _Types(ast.NodeTransformer):
    """Goes through what types are made of: no values of `Literal`, and nothing that is
    said beside a type."""

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        match node:
            case ast.Subscript(ast.Name("Literal")):
                return node
            case ast.Subscript(ast.Name("Annotated"), ast.Tuple([of, *more])):
                node.slice = ast.Tuple([self.visit(of), *more])
                return node
        node.slice = self.visit(node.slice)
        return node


class _Unquoted(_Types):
    """Takes texts that are types for these; `found` tells whether there are any."""

    def __init__(self) -> None:
        self.found = False

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        if not isinstance(node.value, str):
            return node
        self.found = True
        made: ast.expr = self.visit(ast.parse(node.value, mode="eval").body)
        return made


def _quoted(of: ast.expr) -> ast.expr:
    """A type as one text; what is said of it stays beside it."""
    match of:
        case ast.Subscript(ast.Name("Annotated"), ast.Tuple([inner, *more])):
            of.slice = ast.Tuple([_quoted(inner), *more])
            return of
        case _:
            return ast.Constant(ast.unparse(of))


class _Spelling(_Types):
    """Goes through types only; what stands for a value stays."""

    def __init__(self, undecided: Mapping[str, ast.expr]) -> None:
        self._undecided = undecided

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.ClassDef:
        node.body = [self.visit(statement) for statement in node.body]
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AnnAssign:
        if alias(node)[0] and node.value is not None:
            node.value = self.visit(node.value)
        node.annotation = self.visit(node.annotation)
        return node

    def visit_Assign(self, node: ast.Assign) -> ast.Assign:
        match node.value:
            case ast.Call(ast.Name("TypeAliasType"), [name, of]) as call:
                unquoted = _Unquoted()
                made = self.visit(unquoted.visit(of))
                call.args = [name, _quoted(made) if unquoted.found else made]
            case ast.Call(ast.Name("TypedDict"), [name, of]) as call:
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
        if node.id in _ANY:
            return ast.parse(_ANY[node.id], mode="eval").body
        return self._named(node, node.id)

    def _named(self, node: ast.expr, name: object) -> ast.expr:
        if isinstance(name, str) and name in self._undecided:
            found: ast.expr = self.visit(copy.deepcopy(self._undecided[name]))
            return found
        return node

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        super().visit_Subscript(node)
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
