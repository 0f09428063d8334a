"""What the writers of checks share: which functions there are, and where in a value
they stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from codegen.ir import facts
from codegen.ir import model as ir
from codegen.python.conditions import Condition
from codegen.python.emit import tree
from codegen.python.model.names import Names
from codegen.python.model.typed_texts import NONE as NO_FORMATS
from codegen.python.model.typed_texts import Formats

MODULE = "._checks"
"""Where other generated modules import checks from."""

Evaluated: TypeAlias = Literal["names", "places"]
"""What a schema evaluates: the properties of an object, or the items of an array."""

Kind: TypeAlias = Literal["valid"] | Evaluated
"""What a function does: answer, or add what was evaluated."""


@dataclass(frozen=True, slots=True)
class At:
    """A value in a check function: its variable, and how deep below the function's own
    value it lies."""

    v: tree.Name
    depth: int = 0

    def inside(self, v: tree.Name) -> At:
        """A value inside this one."""
        return At(v, self.depth + 1)

    def local(self, letter: str) -> tree.Name:
        """A variable for something about this value, named by its depth."""
        return tree.Name(f"{letter}{self.depth + 1}" if self.depth else letter)


TOP = At(tree.Name("v"))
"""The value that a check function is called with."""

NO: Final[tree.Block] = (tree.Return(tree.Constant(False)),)
"""What a check does where something is wrong."""


def tests(conditions: Iterable[Condition]) -> tree.Block:
    """Statements that answer no where a condition holds, one after the other."""
    return tuple(tree.If(test.failing, NO) for test in conditions)


class Checks:
    """Which check functions a package has, decided as they are asked for.

    `formats` are those that are asserted.
    """

    def __init__(
        self, module: ir.Module, names: Names, formats: Formats = NO_FORMATS
    ) -> None:
        self.module = module
        self.names = names
        self.formats = formats
        self.pending: list[tuple[str, Kind, ir.Schema]] = []
        self.owners: dict[str, ir.SchemaId] = {}
        """The schema that each function is of."""

    def require(self, kind: Kind, schema: ir.Schema) -> str:
        """The name of a function, which will be written."""
        schema = facts.unwrap(self.module, schema)
        name = f"{kind}_{self.name(schema)}"
        if name not in self.owners:
            self.owners[name] = schema.id
            self.pending.append((name, kind, schema))
        return name

    def name(self, schema: ir.Schema) -> str:
        """What the functions of a schema are called after."""
        return self.names.of(schema.id)
