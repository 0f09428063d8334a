"""Which module of the project imports which, however it does so.

An import counts wherever it stands: at the top, inside a function, under
`if TYPE_CHECKING`, and as `importlib.import_module("...")`. Whoever reads a module
has to know the other one in each of these cases.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from tests.corpus_paths import ROOT

_BY_TEXT: Final = re.compile("import_module|__import__")


def sources() -> dict[str, str]:
    """The text of each module of `codegen`, by its dotted name."""
    return {
        _name(path.relative_to(ROOT)): path.read_text("utf-8")
        for path in sorted((ROOT / "codegen").rglob("*.py"))
    }


@cache
def nodes(text: str) -> list[ast.AST]:
    """All that a module says, read once for all that is asked of it."""
    return list(ast.walk(ast.parse(text)))


def graph(texts: Mapping[str, str]) -> dict[str, set[str]]:
    """For each module the modules among `texts` that it imports.

    `import a.b` also runs `a/__init__.py`, but only names that are taken from a
    package itself lead to it here: what a package offers is made of its modules, and
    those would all stand in a circle with it.
    """
    return {name: set(_imported(name, text, texts)) for name, text in texts.items()}


def circles(edges: Mapping[str, set[str]]) -> list[tuple[str, ...]]:
    """The largest groups of modules of which each leads to each other, sorted."""
    reached = {module: _reachable(edges, module) for module in edges}
    found = {
        tuple(sorted(other for other in reached[module] if module in reached[other]))
        for module in edges
        if module in reached[module]
    }
    return sorted(found)


def _name(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _reachable(edges: Mapping[str, set[str]], start: str) -> set[str]:
    """What one or more imports lead to."""
    found: set[str] = set()
    pending = [start]
    while pending:
        for target in edges[pending.pop()]:
            if target not in found:
                found.add(target)
                pending.append(target)
    return found


def _imported(name: str, text: str, texts: Mapping[str, str]) -> Iterator[str]:
    is_by_text = _BY_TEXT.search(text) is not None
    for node in nodes(text):
        match node:
            case ast.Import():
                yield from (a.name for a in node.names if a.name in texts)
            case ast.ImportFrom():
                base = _base(name, node, texts)
                for alias in node.names:
                    inner = f"{base}.{alias.name}"
                    if inner in texts or base in texts:
                        yield inner if inner in texts else base
            case ast.Call() if is_by_text:
                yield from _by_text(node, texts)
            case _:
                pass


def _by_text(call: ast.Call, texts: Mapping[str, str]) -> Iterator[str]:
    """What a call imports that is given the name as a text: `import_module("a.b")`,
    and `call(import_module, "a.b")` through another function."""
    named = {ast.unparse(part).rpartition(".")[2] for part in (call.func, *call.args)}
    if named & {"import_module", "__import__"}:
        for part in call.args:
            if isinstance(part, ast.Constant) and str(part.value) in texts:
                yield str(part.value)


def _base(name: str, node: ast.ImportFrom, texts: Mapping[str, str]) -> str:
    """The module that a `from` names, made absolute."""
    if not node.level:
        return node.module or ""
    is_package = any(other.startswith(f"{name}.") for other in texts)
    parts = name.split(".")
    package = parts[: len(parts) - node.level + is_package]
    return ".".join([*package, *([node.module] if node.module else [])])
