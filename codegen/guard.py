"""The last look at generated Python before it is written.

Whatever went wrong before, text of a specification must not have become code: every
file is parsed and held against the shapes that generated code has. At module and class
level these are imports from a fixed list, definitions, assignments and docstrings;
nowhere may it reach for what executes text or touches the system.
"""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from codegen.artifact import OutputFile
from codegen.diagnostics import Report, Span

ALLOWED_IMPORTS: Final = frozenset({
    "__future__", "abc", "asyncio", "base64", "binascii", "collections", "copy",
    "dataclasses", "datetime", "decimal", "enum", "fractions", "functools", "inspect",
    "ipaddress", "itertools", "json", "math", "operator", "orjson", "pathlib", "re",
    "sys", "types", "typing", "unicodedata", "urllib", "uuid", "warnings",
    "importlib",
})  # fmt: skip
"""Top-level modules that a generated package may import."""

_CALLS: Final = frozenset(
    {"exec", "eval", "compile", "__import__", "breakpoint", "globals", "open", "vars"}
)
"""Builtins that generated code never calls; as names of fields they are harmless."""

_ATTRIBUTES: Final = frozenset(
    {"__subclasses__", "__globals__", "__loader__", "__code__", "__builtins__"}
)

_SUSPECT = re.compile(
    rf"\b(?:{'|'.join(sorted(_CALLS | _ATTRIBUTES))})\b|^ +(?:import|from) ",
    re.MULTILINE,
)

_OWN: Final = "/_runtime/"
"""In the path of files that are copied from this project, not made from a
specification."""

_TESTS: Final = "tests/"
"""Where the modules are that read the golden files. They are templates that take
nothing from a specification but names, and may do at module level what tests do."""


def check(file: OutputFile, report: Report) -> None:
    """Report what a generated Python file has that none should have."""
    if not file.path.endswith(".py") or _OWN in file.path:
        return
    try:
        tree = ast.parse(file.text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        report.add("unsafe-output", f"not Python: {error}", Span(file.path))
        return
    tests = file.path.startswith(_TESTS)
    problems = list(_names(tree, file.text, tests))
    if not tests:
        problems += _body(tree.body)
    lines = file.text.splitlines()
    for line, message in problems:
        source = lines[line - 1] if 0 < line <= len(lines) else ""
        span = Span(file.path, line, 1)
        report.add("unsafe-output", message, span, source=source)


def _body(body: Iterable[ast.stmt]) -> Iterator[tuple[int, str]]:
    """Statements of a module or class that have another shape than they may."""
    for statement in body:
        match statement:
            case ast.Import() | ast.ImportFrom():
                yield from _imports(statement)
            case ast.ClassDef():
                yield from _body(statement.body)
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Pass():
                pass
            case ast.Assign(value=value) | ast.AnnAssign(value=value):
                yield from _value(value)
            case ast.Delete():
                pass
            case ast.Expr(value=ast.Constant()):
                pass
            case ast.If(test=test) if _is_type_checking(test):
                yield from _body([*statement.body, *statement.orelse])
            case ast.Try():
                yield from _try(statement)
            case _:
                kind = type(statement).__name__
                yield statement.lineno, f"a statement of kind {kind} at this level"


def _value(value: ast.expr | None) -> Iterator[tuple[int, str]]:
    """Calls in an assigned value of anything but a name."""
    for node in ast.walk(value) if value is not None else ():
        if isinstance(node, ast.Call) and not _is_dotted(node.func):
            yield node.lineno, "a call of what is no name"


def _is_dotted(node: ast.expr) -> bool:
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name)


def _try(statement: ast.Try) -> Iterator[tuple[int, str]]:
    handlers = [one for handler in statement.handlers for one in handler.body]
    yield from _body([*statement.body, *handlers, *statement.orelse])
    yield from _body(statement.finalbody)


def _imports(statement: ast.Import | ast.ImportFrom) -> Iterator[tuple[int, str]]:
    if isinstance(statement, ast.Import):
        modules = [alias.name for alias in statement.names]
    else:
        modules = [] if statement.level else [statement.module or ""]
    for module in modules:
        if module.partition(".")[0] not in ALLOWED_IMPORTS:
            yield statement.lineno, f"an import of {module!r}"


def _is_type_checking(test: ast.expr) -> bool:
    return isinstance(test, ast.Name) and test.id == "TYPE_CHECKING"


def _names(tree: ast.Module, text: str, tests: bool) -> Iterator[tuple[int, str]]:
    """Uses of forbidden names, and imports, anywhere; the tree is walked only if there
    is a mention of one."""
    # Python folds identifiers to NFKC, so must the search.
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    if not _SUSPECT.search(plain):
        return
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in _CALLS:
                yield node.lineno, f"a call of {name!r}"
            case ast.Name(id=name) | ast.Attribute(attr=name) if name in _ATTRIBUTES:
                yield node.lineno, f"a use of {name!r}"
            case ast.Import() | ast.ImportFrom() if not tests:
                yield from _imports(node)
            case _:
                pass
