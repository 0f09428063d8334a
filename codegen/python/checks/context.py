"""What the writers of checks share: which functions there are, and where in a value
they stand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from codegen.ir import facts
from codegen.ir import model as ir
from codegen.python.emit import tree
from codegen.python.model.names import Names

MODULE = "._checks"
"""Where other generated modules import checks from."""

Evaluated: TypeAlias = Literal["names", "places"]
"""What a schema evaluates: the properties of an object, or the items of an array."""

Kind: TypeAlias = Literal["check", "valid"] | Evaluated
"""What a function does: collect violations, answer, or add what was evaluated."""


@dataclass(frozen=True, slots=True)
class At:
    """A value in a check function: its variable, the expression that is its JSON
    Pointer, and how deep below the function's own value it lies."""

    v: tree.Name
    path: tree.Expr
    depth: int = 0

    def inside(self, v: tree.Name, path: tree.Expr) -> At:
        """A value inside this one."""
        return At(v, path, self.depth + 1)

    def local(self, letter: str) -> tree.Name:
        """A variable for something about this value, named by its depth."""
        return tree.Name(f"{letter}{self.depth + 1}" if self.depth else letter)

    def step(self, token: str) -> tree.Expr:
        """The path to the property or item of a known reference token."""
        escaped = token.replace("~", "~0").replace("/", "~1")
        return tree.Binary("+", self.path, tree.Constant(f"/{escaped}"))

    def index(self, i: tree.Name) -> tree.Expr:
        """The path to the item whose index a variable holds."""
        if isinstance(self.path, tree.Name):
            return tree.Format((self.path, "/", i))
        return tree.Binary("+", self.path, tree.Format(("/", i)))

    def named(self, v: tree.Name) -> At:
        """The same place by another variable."""
        return replace(self, v=v)


TOP = At(tree.Name("v"), tree.Name("p"))
"""The value that a check function is called with."""


class Checks:
    """Which check functions a package has, decided as they are asked for.

    `formats` are those that are asserted.
    """

    def __init__(
        self, module: ir.Module, names: Names, formats: frozenset[str] = frozenset()
    ) -> None:
        self.module = module
        self.names = names
        self.formats = formats
        self.entries: dict[str, str] = {}
        self.pending: list[tuple[str, Kind, ir.Schema]] = []
        self._known: set[str] = set()

    def require(self, kind: Kind, schema: ir.Schema) -> str:
        """The name of a function, which will be written."""
        schema = facts.unwrap(self.module, schema)
        name = f"{kind}_{self.name(schema)}"
        if name not in self._known:
            self._known.add(name)
            self.pending.append((name, kind, schema))
        return name

    def name(self, schema: ir.Schema) -> str:
        """What the functions of a schema are called after."""
        return self.names.of(schema.id)

    def register(self, schema: ir.Schema, meaning: ir.Schema) -> None:
        """Make the collecting check of what a schema means reachable by its name."""
        self.entries[self.names.of(schema.id)] = self.require("check", meaning)


class SentChecks(Checks):
    """The functions for schemas as the other side reads them.

    Those that mean the same to both (all but `sided`) are the ones of `received`.
    """

    def __init__(
        self, module: ir.Module, received: Checks, sided: frozenset[ir.SchemaId]
    ) -> None:
        super().__init__(module, received.names, received.formats)
        self._received = received
        self._sided = sided

    def require(self, kind: Kind, schema: ir.Schema) -> str:
        """The name of a function, which will be written."""
        if facts.unwrap(self.module, schema).id not in self._sided:
            return self._received.require(kind, schema)
        return super().require(kind, schema)

    def name(self, schema: ir.Schema) -> str:
        """What the functions of a schema are called after."""
        return self.names.sent(schema.id)
