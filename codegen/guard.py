"""The last look at generated Python before it is written.

Whatever went wrong before, text of a specification must not have become code. What is
copied into every package is compared with its source, what a template gives without a
specification with the template's statements, and what is made from a specification with
a table that says, for each kind of file, which statements and expressions it has, what
it imports and what it calls. Nothing that is not in the table is written.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cache
from operator import attrgetter
from typing import Any, Final, TypeAlias

from codegen import copies
from codegen.artifact import OutputFile
from codegen.diagnostics import Report, Span
from codegen.guard_kinds import FOLDERS, KINDS, Kind
from codegen.guard_sources import (
    is_copy,
    is_docstring,
    lines_of,
    opened,
    statements_of,
)

Problem: TypeAlias = tuple[int, str]
"""The line and what is wrong with it."""

_BUILTINS: Final = frozenset(dir(builtins))


Excused: TypeAlias = Callable[[ast.Module], Collection[int]]
"""The nodes of a tree, by identity, that are said by a user's own template."""


def check(
    file: OutputFile,
    report: Report,
    excused: Excused = lambda _tree: (),
    flavour: str = "",
) -> ast.Module | None:
    """Report what a generated Python file has that none should have, but for what is
    excused.

    Its syntax tree is returned, so that nobody has to read the text again; None for
    what is no Python, and for copies, which are compared with their sources.
    """
    if not file.path.endswith(".py"):
        return None
    problems, tree = _inspected(file, excused, flavour)
    if problems:
        lines = lines_of(file.text)
        for line, message in problems:
            source = lines[line - 1] if 0 < line <= len(lines) else ""
            span = Span(file.path, line, 1) if line else Span(file.path)
            report.add("unsafe-output", message, span, source=source)
    return tree


def _inspected(
    file: OutputFile, excused: Excused, flavour: str
) -> tuple[list[Problem], ast.Module | None]:
    first, *above, name = file.path.split("/")
    package = first
    if first == "tests":
        package, *above = above
    if above and above[-1] in FOLDERS:
        name = f"{above[-1]}/{name if name == '__init__.py' else '*'}"
    if name == f"{copies.test_module(package)}.py":
        name = "test_golden"
    if (source := copies.source_of(file.path)) is not None:
        if is_copy(file.text, source):
            return [], None
        return [
            (0, "differs from its source, which is copied into every package")
        ], None
    kind = KINDS.get(f"{flavour}:{name}") or KINDS.get(name)
    if kind is None:
        return [(0, "no file of this name is generated")], None
    try:
        tree = ast.parse(file.text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return [(0, f"not Python: {error}")], None
    inspection = _Inspection(kind, package, file.text, tree, excused(tree))
    return [*inspection.problems(tree)], tree


@cache
def _types(nodes: str) -> frozenset[type]:
    return frozenset(getattr(ast, name) for name in nodes.split())


class _Names:
    """Words, some of which end in `*` and stand for all that begin so."""

    def __init__(self, words: str) -> None:
        self._whole = frozenset(words.split())
        self._starts = tuple(w[:-1] for w in words.split() if w.endswith("*"))

    def __contains__(self, name: str) -> bool:
        return name in self._whole or name.startswith(self._starts)


class _Inspection:
    """Inspects one file of a kind."""

    def __init__(
        self,
        kind: Kind,
        package: str,
        text: str,
        tree: ast.Module,
        excused: Collection[int],
    ) -> None:
        self._kind, self._package, self._text = kind, package, text
        self._excused = excused
        self._nodes = _types(kind.nodes)
        self._imports = {m: _Names(names) for m, names in kind.imports.items()}
        self._calls = _Names(kind.calls)
        self._methods = _Names(kind.methods)
        self._tables = _Names(kind.tables)
        self._decorators = frozenset(kind.decorators.split())
        self._dunders = frozenset(kind.dunders.split())
        self._own = frozenset(_bound(tree))
        known = f"{kind.calls} {kind.builtins}".split()
        self._readable = self._own.union(_types_of(tree.body), known)
        self._called: set[str] = {*self._own, *_apart(tree, self._calls)}
        """The names that may be called, as far as they were met."""

    def problems(self, tree: ast.Module) -> Iterator[Problem]:
        """What is not in the table, in the order of the walk."""
        body = tree.body
        if self._kind.templates:
            made = statements_of(self._kind.templates, self._package)
            lines = lines_of(self._text)
            body = [part for part in opened(body) if not made.has(part, lines)]
        for statement in body:
            yield from self._level(statement, inside=False)
            for node in _telling(statement, self._nodes):
                kind = type(node)
                if id(node) in self._excused:
                    continue
                if kind not in self._nodes:
                    line = getattr(node, "lineno", statement.lineno)
                    yield line, f"a node of kind {kind.__name__}"
                if kind in _INSPECTED and not self._is_known_call(node):
                    yield from self._node(node)

    def _level(self, statement: ast.stmt, *, inside: bool) -> Iterator[Problem]:
        """A statement at the level of the module, or of a class."""
        match statement:
            case ast.ClassDef():
                for part in statement.body:
                    yield from self._level(part, inside=True)
            case ast.Assign() | ast.AnnAssign() | ast.FunctionDef():
                pass
            case ast.ImportFrom() | ast.Import() if not inside:
                pass
            case ast.Pass() if inside:
                pass
            case _ if is_docstring(statement) or id(statement) in self._excused:
                pass
            case _:
                kind = type(statement).__name__
                yield statement.lineno, f"a statement of kind {kind} at this level"

    def _node(self, node: ast.AST) -> Iterator[Problem]:
        """One node by itself; those inside it are looked at on their own."""
        match node:
            case ast.Call():
                yield from self._call(node)
            case ast.Name(id=name):
                yield from self._name(node, name)
            case ast.Attribute(attr=name):
                if _is_dunder(name) and name not in self._dunders:
                    yield node.lineno, f"a use of {name!r}"
            case ast.Import() | ast.ImportFrom():
                yield from self._import(node)
            case ast.FunctionDef(decorator_list=decorators):
                for decorator in decorators:
                    if _decorator(decorator) not in self._decorators:
                        yield node.lineno, f"a decorator {ast.unparse(decorator)!r}"
            case ast.ClassDef(decorator_list=decorators, keywords=keywords):
                known = self._kind.keywords.split()
                if decorators or any(k.arg not in known for k in keywords):
                    yield node.lineno, "a class with a decorator or keyword"
            case _:
                pass

    def _is_known_call(self, node: ast.AST) -> bool:
        """Whether it is a call of a function that may be called by its name."""
        if type(node) is not ast.Call or type(node.func) is not ast.Name:
            return False
        name = node.func.id
        if name not in self._called and name in self._calls:
            self._called.add(name)
        return name in self._called

    def _call(self, node: ast.Call) -> Iterator[Problem]:
        match node.func:
            case ast.Attribute(value=root, attr=name) if name in self._methods:
                if not _is_dotted(root):
                    yield node.lineno, f"a call of {name!r} of what is no name"
            case ast.Subscript(value=ast.Name(id=name)) if name in self._tables:
                pass
            case other:
                yield node.lineno, f"a call of {ast.unparse(other)!r}"

    def _name(self, node: ast.Name, name: str) -> Iterator[Problem]:
        known = self._dunders
        if not _is_dunder(name):
            read = name in _BUILTINS and isinstance(node.ctx, ast.Load)
            known = self._readable if read else frozenset([name])
        if name not in known:
            yield node.lineno, f"a use of {name!r}"

    def _import(self, node: ast.Import | ast.ImportFrom) -> Iterator[Problem]:
        if isinstance(node, ast.Import):
            yield node.lineno, f"an import of {node.names[0].name!r}"
            return
        module = "." * node.level + (node.module or "")
        known = self._imports.get(module)
        if known is None and node.level == 1:
            known = self._imports.get(".*")
        if known is None and node.level == 2:
            known = self._imports.get(f"{module.rpartition('.')[0]}.*")
        for alias in node.names:
            if (module, alias.name) == ("__future__", "annotations"):
                continue
            # What else a name could hide would not be what the table means.
            renamed = alias.asname and not _is_apart(alias) and not node.level
            if known is None or alias.name not in known or renamed:
                yield node.lineno, f"an import of {alias.name!r} from {module!r}"


_INSPECTED: Final = frozenset(
    (
        *(ast.Call, ast.Name, ast.Attribute, ast.Import, ast.ImportFrom),
        *(ast.FunctionDef, ast.ClassDef),
    )
)
"""Kinds of nodes of which the table says more than that there are some."""


_NO_NODES: Final = frozenset(
    ("ctx", "id", "attr", "arg", "name", "asname", "kind", "type_comment", "value")
)
"""Fields that hold no node, or one that follows from the nodes around it; of literals
their values, too."""


class _Parts(dict[type, Callable[[Any], Iterable[Any]]]):
    """By kinds of nodes, what gets their fields that may hold others; of what is no
    node there are none."""

    def __missing__(self, kind: type) -> Callable[[Any], Iterable[Any]]:
        needless = _NO_NODES if kind is ast.Constant else _NO_NODES - {"value"}
        fields = kind._fields if issubclass(kind, ast.AST) else ()
        match [name for name in fields if name not in needless]:
            case []:
                self[kind] = lambda node: ()
            case [name]:
                self[kind] = lambda node: (getattr(node, name),)
            case several:
                self[kind] = attrgetter(*several)
        return self[kind]


_PARTS: Final = _Parts()


def _telling(
    statement: ast.stmt, known: Collection[type[ast.AST]]
) -> Iterator[ast.AST]:
    """The nodes of a statement, itself included, that are of no known kind, or of one
    that is inspected; not those that are plain. There are millions of nodes, and
    `ast.walk` takes four times as long."""
    nodes: list[Any] = [statement]
    # What most are is not looked at any further where it is known: literals, and names
    # that mean nothing to Python.
    plain = ast.Name if ast.Name in known else None
    literal = ast.Constant if ast.Constant in known else None
    for node in nodes:  # There are more and more of them.
        kind = type(node)
        if kind is plain:
            if node.id in _BUILTINS or node.id.startswith("__"):
                yield node
            continue
        if kind is literal:
            continue
        if kind in known:
            if kind is ast.Attribute:
                if node.attr.startswith("__"):
                    yield node
            elif kind in _INSPECTED:
                yield node
        elif isinstance(node, ast.AST):
            yield node
        for part in _PARTS[kind](node):
            if type(part) is list:
                nodes += part
            elif part is not None:
                nodes.append(part)


def _bound(tree: ast.Module) -> Iterator[str]:
    """The names that a module defines, or takes from others of its package."""
    for statement in tree.body:
        match statement:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.ImportFrom(level=1, module="models", names=names):
                yield from (alias.asname or alias.name for alias in names)
            case ast.ImportFrom(level=2, module=str(home), names=names):
                if home.startswith("models."):
                    yield from (alias.asname or alias.name for alias in names)
            case _:
                pass


def _apart(tree: ast.Module, calls: _Names) -> Iterator[str]:
    """`_Field` where that is imported for `Field`, which may be called."""
    for statement in tree.body:
        for alias in statement.names if isinstance(statement, ast.ImportFrom) else ():
            if alias.name in calls and alias.asname and _is_apart(alias):
                yield alias.asname


def _is_apart(alias: ast.alias) -> bool:
    """Whether it is `_Field` for `Field`, or has more underscores behind where that is
    something else."""
    return alias.asname is not None and alias.asname.rstrip("_") == f"_{alias.name}"


def _types_of(body: Sequence[ast.stmt]) -> Iterator[str]:
    """The names of types that a module gives, or takes from those beside it for its
    annotations. They may be read but not called."""
    for statement in body:
        match statement:
            case ast.If(test=ast.Name(id="TYPE_CHECKING"), body=inner):
                yield from _types_of(inner)
            case ast.ImportFrom(level=1, module=str(), names=names):
                yield from (alias.name for alias in names if alias.asname is None)
            case ast.AnnAssign(
                target=ast.Name(id=name), annotation=ast.Name(id="TypeAlias")
            ):
                yield name
            case ast.Assign(
                [ast.Name(id=name)], ast.Call(ast.Name(made))
            ) if made.strip("_") in ("TypeAliasType", "TypedDict"):
                yield name
            case _:
                pass


def _decorator(node: ast.expr) -> str:
    """A decorator; of one that is called with a text alone, what it is."""
    match node:
        case ast.Call(ast.Name(id=name), [ast.Constant(value=str())], []):
            return f"{name}()"
        case _:
            return ast.unparse(node)


def _is_dunder(name: str) -> bool:
    return name.startswith("__") and name.endswith("__")


def _is_dotted(node: ast.expr) -> bool:
    """Whether a method's object is a name, something of one, or a list of tests."""
    if isinstance(node, ast.List):
        return True
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return isinstance(node, ast.Name)
