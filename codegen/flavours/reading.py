"""Which names a module of classes reads, and what they are called instead."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping
from typing import Final, TypeVar

from codegen.python.model.builtin_names import BUILTINS

_Node = TypeVar("_Node", bound=ast.AST)

_CALLED: Final = "TypeAliasType", "TypedDict"
"""What is called with a name and what that stands for."""


def alias(statement: ast.stmt) -> tuple[str, ast.expr]:
    """The name of an alias and what it stands for; no name if it is none."""
    match statement:
        case ast.AnnAssign(ast.Name(name), ast.Name("TypeAlias"), ast.expr() as of):
            return name, of
        case ast.Assign([ast.Name(name)], ast.Call(ast.Name(made), [_, of])) if (
            _plain(made) == "TypeAliasType"
        ):
            return name, of
        case _:
            return "", ast.Constant(None)


def _plain(name: str) -> str:
    """What a name of an import is, whatever it is called (`apart`)."""
    return name.strip("_")


def defined(statement: ast.stmt) -> set[str]:
    """The name that a statement defines."""
    match statement:
        case ast.ClassDef(name=name):
            return {name}
        case ast.Assign([ast.Name(name)]) | ast.AnnAssign(ast.Name(name)):
            return {name}
        case _:
            return set()


def read(tree: ast.AST) -> set[str]:
    """The names that a module reads, also in types that are written as texts."""
    reading = _Reading({})
    reading.visit(tree)
    return reading.found


def renamed(tree: _Node, names: Mapping[str, str]) -> _Node:
    """The same with other names for what it reads."""
    made: _Node = _Reading(names).visit(tree)
    return made


class _Reading(ast.NodeTransformer):
    """Collects names, and gives them others; a text is only looked at where it stands
    for a type."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self.found: set[str] = set()

    def visit_Name(self, node: ast.Name) -> ast.Name:
        if isinstance(node.ctx, ast.Load):
            self.found.add(node.id)
            node.id = self._names.get(node.id, node.id)
        return node

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        if isinstance(node.value, str):
            of = self.visit(ast.parse(node.value, mode="eval").body)
            node.value = ast.unparse(of)
        return node

    def visit_Expr(self, node: ast.Expr) -> ast.Expr:
        """Of what is said of a class nothing is read."""
        return node

    def visit_Assign(self, node: ast.Assign) -> ast.Assign:
        self._value(node.value)
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AnnAssign:
        # What an alias is has to be known before it is called otherwise.
        looked = self.visit if alias(node)[0] else self._value
        node.annotation = self.visit(node.annotation)
        if node.value is not None:
            looked(node.value)
        return node

    def visit_Call(self, node: ast.Call) -> ast.Call:
        match node:
            case ast.Call(ast.Name(name), [_, of]) if _plain(name) in _CALLED:
                self.visit(of)
            case _:
                for value in (*node.args, *(each.value for each in node.keywords)):
                    self._value(value)
        node.func = self.visit(node.func)
        return node

    def visit_Dict(self, node: ast.Dict) -> ast.Dict:
        for value in node.values:
            self.visit(value)
        return node

    def visit_keyword(self, node: ast.keyword) -> ast.keyword:
        self._value(node.value)
        return node

    def visit_Subscript(self, node: ast.Subscript) -> ast.Subscript:
        of = node.value
        literal = isinstance(of, ast.Name) and _plain(of.id) == "Literal"
        node.value = self.visit(node.value)
        if not literal:
            node.slice = self.visit(node.slice)
        return node

    def _value(self, node: ast.expr) -> None:
        """What is no type."""
        if isinstance(node, ast.Name | ast.Call | ast.Attribute):
            self.visit(node)


def imported(tree: ast.Module) -> ast.Module:
    """The module with the own names of all that it imports, and of what types and
    aliases are made of at any rate."""
    names = {}
    for each in _imports(tree):
        names[each.asname or each.name] = each.name
        each.asname = None
    more = [ast.alias(n) for n in ("Any", "ClassVar", "Literal", "TypeAlias")]
    tree.body.insert(1, ast.ImportFrom("typing", more, 0))
    return renamed(tree, names)


def _imports(tree: ast.Module) -> Iterator[ast.alias]:
    for statement in tree.body:
        if isinstance(statement, ast.ImportFrom):
            yield from statement.names


def apart(tree: ast.Module, types: Collection[str]) -> ast.Module:
    """The module with `_Field` for what is imported under the name of one of its
    `types`, or of a property that has a value in a class, where its name would mean
    that."""
    classes = [s for s in tree.body if isinstance(s, ast.ClassDef)]
    hidden = {name for s in classes for part in s.body for name in _valued(part)}
    hidden &= read(ast.Module([*classes], []))
    hidden |= {*types} - {"annotations"}
    known = {name for s in tree.body for name in (*defined(s), *read(s))}.union(types)
    names = {}
    for each in _imports(tree):
        if each.name in hidden:
            each.asname = names[each.name] = _free(each.name, known)
    return renamed(tree, names)


def _valued(statement: ast.stmt) -> set[str]:
    """The name to which a statement gives a value."""
    valued = isinstance(statement, ast.AnnAssign) and statement.value is not None
    return defined(statement) if valued else set()


def _free(name: str, taken: Collection[str]) -> str:
    called = f"_{name}"
    while called in taken:
        called += "_"
    return called


def below(tree: ast.Module) -> ast.Module:
    """The module with `_filter` where a type that is called like a builtin is read
    above its own place, and that name behind all types: by the type's own name checkers
    and pydantic would find the builtin there."""
    places = {
        name: number
        for number, statement in enumerate(tree.body)
        for name in defined(statement)
        if name in BUILTINS
    }
    taken = {name for s in tree.body for name in (*defined(s), *read(s))}
    others = {name: _free(name, taken) for name in places}
    made: dict[str, ast.stmt] = {}
    for number, statement in enumerate(tree.body):
        for name in sorted(read(statement).intersection(places)):
            if places[name] > number:
                renamed(statement, {name: others[name]})
                called = ast.Name(others[name], ast.Store())
                of = ast.Name(name, ast.Load())
                made[name] = ast.AnnAssign(
                    called, ast.Name("TypeAlias", ast.Load()), of, 1
                )
    tree.body += made.values()
    return tree
