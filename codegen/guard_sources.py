"""What is the same in every package: sources of copies, statements of templates."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import compress, product
from pathlib import Path
from typing import Any, Final

from codegen import copies, render
from codegen.text import Code


def is_copy(text: str, source: Path) -> bool:
    """Whether a text is that of a file, below comments that say what it is."""
    copy = source.read_text("utf-8")
    if not text.endswith(f"\n{copy}"):
        return False
    above = lines_of(text.removesuffix(copy).rstrip())
    return any(above) and all(line[:1] in ("", "#") for line in above)


def lines_of(text: str) -> list[str]:
    """The lines of a text as Python counts them."""
    return re.split("\r\n|[\r\n]", text)


_KINDS: Final = ("facts", "fields", "sent", "union")
_ALONE: Final = tuple(
    tuple(compress(("operations", "session", "table"), some))
    for some in product((True, False), repeat=3)
)
"""What golden tests may be about; of some kinds what a statement says depends on."""


class Statements:
    """The statements that templates write whatever the specification says."""

    def __init__(self, templates: tuple[str, ...], package: str) -> None:
        view: dict[str, Any] = {
            "title": "",
            "example": Code("''"),
            "package": Code(package),
            "way": "",
            "machinery": Code(copies.machinery_name(package)),
            "homes": (),
            "imports": (Code("pass"),),
            "everything": (),
            "shown": (Code("pass"),),
            "find": Code("pass"),
            "finder": Code("pass"),
            "alone": True,
        }
        self._texts: set[str] = set()
        self._trees: dict[str, ast.stmt] = {}
        sources = {
            render.python(name, None, **view, kinds={*_KINDS, *kinds}, codec=codec)
            for name, kinds, codec in product(templates, _ALONE, (False, True))
        }
        for source in sources:  # Most templates say the same of every kind.
            lines = lines_of(source)
            for statement in opened(ast.parse(source).body):
                if not is_docstring(statement):
                    self._texts.add(_text(statement, lines))
                    self._trees[_key(statement)] = statement

    def has(self, statement: ast.stmt, lines: list[str]) -> bool:
        """Whether a statement of a file with these lines is one of a template, as it
        stands there or laid out otherwise."""
        if _text(statement, lines) in self._texts:
            return True
        own = self._trees.get(_key(statement))
        return own is not None and ast.dump(own) == ast.dump(statement)


statements_of: Final = cache(Statements)


def _text(statement: ast.stmt, lines: list[str]) -> str:
    """The lines on which a statement stands, which may not hold another."""
    decorators = getattr(statement, "decorator_list", ())
    first = min(node.lineno for node in (statement, *decorators))
    return "\n".join(lines[first - 1 : statement.end_lineno])


def _key(statement: ast.stmt) -> str:
    """What tells a statement from others of its template: its name, or itself."""
    match statement:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return name
        case ast.Assign(targets=[ast.Name(id=name)]):
            return name
        case ast.AnnAssign(target=ast.Name(id=name)):
            return name
        case _:
            return ast.unparse(statement)


def opened(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    """Statements, of `if TYPE_CHECKING` those inside."""
    for statement in body:
        if isinstance(statement, ast.If) and _is_type_checking(statement.test):
            yield from opened([*statement.body, *statement.orelse])
        else:
            yield statement


def is_docstring(node: ast.AST) -> bool:
    """Whether a statement is a string by itself."""
    match node:
        case ast.Expr(value=ast.Constant(value=str())):
            return True
        case _:
            return False


def _is_type_checking(test: ast.expr) -> bool:
    return isinstance(test, ast.Name) and test.id == "TYPE_CHECKING"
