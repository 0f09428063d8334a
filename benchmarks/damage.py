"""Python source with the places of its parts, and damage done to one of them."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import Final

DECODERS: Final = ("decode_",)
"""What the names of functions that decode begin with."""


@dataclass(frozen=True, slots=True)
class Mutation:
    """One damage: `text[start:end]` becomes `new`. Offsets count UTF-8 bytes."""

    operator: str
    file: str
    line: int
    start: int
    end: int
    new: str

    def apply(self, text: str) -> str:
        """The damaged text."""
        raw = text.encode()
        return (raw[: self.start] + self.new.encode() + raw[self.end :]).decode()

    def describe(self, text: str) -> str:
        """What became of what, on one line."""
        old = " ".join(text.encode()[self.start : self.end].decode().split())
        new = " ".join(self.new.split())
        return (
            f"{self.file}:{self.line}: {self.operator}: {_short(old)} → {_short(new)}"
        )


def _short(text: str) -> str:
    return text if len(text) <= 70 else text[:67] + "..."


class Source:
    """A file with the byte offsets of its nodes."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        self.tree = ast.parse(text)
        self._bodies: dict[str, str] = {}
        self.around: dict[ast.AST, str] = {}
        self.parents = {
            child: node
            for node in ast.walk(self.tree)
            for child in ast.iter_child_nodes(node)
        }
        for top in self.tree.body:
            name = getattr(top, "name", "")
            self.around |= dict.fromkeys(ast.walk(top), name)
            for inner in getattr(top, "body", ()):
                if isinstance(top, ast.ClassDef):
                    inner_name = f"{name}.{getattr(inner, 'name', '')}"
                    self.around |= dict.fromkeys(ast.walk(inner), inner_name)
        self._lines = [0]
        for line in text.encode().splitlines(keepends=True):
            self._lines.append(self._lines[-1] + len(line))

    def repeats(self, node: ast.AST) -> bool:
        """Whether a check repeats what another has found before.

        A decoder that asks `valid_X` first only notes once more that there is
        drift, and `valid_X` itself is asked in addition to what a decoder sees.
        """
        name = self.around.get(node, "")
        if name.startswith("valid_"):
            return True
        body = self._functions().get(name, "")
        return name.startswith(DECODERS) and "if not valid_" in body

    def asks_first(self, name: str) -> bool:
        """Whether a decoder begins with the question whether it was given an object."""
        _, _, body = self._functions().get(name, "").partition(":\n")
        return body.lstrip().startswith(
            ("if v.__class__ is not dict:", "if not valid_")
        )

    def confined(self, node: ast.AST) -> set[str] | None:
        """The classes to which an `if` around a question confines what it is about;
        None where none does."""
        asked = self.of(node).partition(" ")[0]
        inner, outer = node, self.parents.get(node)
        while outer is not None and not isinstance(outer, ast.FunctionDef):
            if isinstance(outer, ast.If) and inner in outer.body:
                either = isinstance(outer.test, ast.BoolOp)
                tests = outer.test.values if either else [outer.test]
                texts = [self.of(test) for test in tests]
                if all(text.startswith(f"{asked} is ") for text in texts):
                    names = {text.removeprefix(f"{asked} is ") for text in texts}
                    if all(name.isidentifier() for name in names):
                        return names
            inner, outer = outer, self.parents.get(outer)
        return None

    def _functions(self) -> dict[str, str]:
        if not self._bodies:
            self._bodies = {
                node.name: self.of(node)
                for node in self.tree.body
                if isinstance(node, ast.FunctionDef)
            }
        return self._bodies

    def same(self, one: ast.AST, other: ast.AST) -> bool:
        """Whether two expressions have one value, or are the names of two functions
        of this module with the same parameters and statements: no call can tell."""
        return self.of(one) == self.of(other) or self._does(one) == self._does(other)

    def _does(self, node: ast.AST) -> tuple[str, ...]:
        """What the function does that a name stands for; other expressions as text."""
        for top in self.tree.body:
            if isinstance(top, ast.FunctionDef) and top.name == self.of(node):
                parts = [top.args, *top.decorator_list, *top.body]
                return tuple(map(ast.dump, parts))
        return (self.of(node),)

    def after(self, node: ast.AST) -> ast.AST | None:
        """The statement that follows one in the same body."""
        body = getattr(self.parents.get(node), "body", [])
        place = body.index(node) + 1 if node in body else len(body)
        return body[place] if place < len(body) else None

    def decided(self, node: ast.AST) -> set[str]:
        """The classes that earlier branches of the same `if` have dealt with."""
        found: set[str] = set()
        while not isinstance(node, ast.stmt) and node in self.parents:
            node = self.parents[node]
        outer = self.parents.get(node)
        while isinstance(outer, ast.If) and outer.orelse == [node]:
            for part in ast.walk(outer.test):
                match part:
                    case ast.Compare(ops=[ast.Is()], comparators=[ast.Name(id=name)]):
                        found.add(name)
            node, outer = outer, self.parents.get(outer)
        return found

    def span(self, node: ast.AST) -> tuple[int, int]:
        """The offsets of a node."""
        start = self._lines[node.lineno - 1] + node.col_offset  # type: ignore[attr-defined]
        end = self._lines[node.end_lineno - 1] + node.end_col_offset  # type: ignore[attr-defined]
        return start, end

    def of(self, node: ast.AST) -> str:
        """The text of a node."""
        start, end = self.span(node)
        return self.text.encode()[start:end].decode()

    def replace(self, operator: str, node: ast.AST, new: str) -> Mutation:
        """The mutation that puts `new` in the place of a node."""
        start, end = self.span(node)
        line: int = node.lineno  # type: ignore[attr-defined]
        return Mutation(operator, self.file, line, start, end, new)
