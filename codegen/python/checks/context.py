"""What the writers of checks share: which functions there will be, and where in a value
they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from codegen.ir import facts, walk
from codegen.ir import model as ir
from codegen.python.asked import Asked
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
"""What a function does: answer yes or no, or add what is evaluated."""

KINDS: Final[tuple[Kind, ...]] = ("valid", "names", "places")


@dataclass(frozen=True, slots=True)
class At:
    """A value in a check: `v` is its variable, or an expression for it, and `depth` how
    deep it lies below the value that the function is called with."""

    v: tree.Expr
    depth: int = 0

    def inside(self, v: tree.Expr) -> At:
        """A value inside this one."""
        return At(v, self.depth + 1)

    def local(self, letter: str) -> tree.Name:
        """A variable for something about this value; the depth is part of its name."""
        return tree.Name(f"{letter}{self.depth + 1}" if self.depth else letter)


TOP = At(tree.Name("v"))
"""The value that a check function is called with."""

NO: Final[tree.Block] = (tree.Return(tree.Constant(False)),)
"""What a check does with an invalid value."""


def tests(conditions: Iterable[Condition]) -> tree.Block:
    """Statements that answer no where one of the conditions holds."""
    return tuple(tree.If(test.failing, NO) for test in conditions)


Writer: TypeAlias = "Callable[[Checks, ir.Schema, At, str], tree.Block]"

PART: Final = "part"
"""The beginning of the names of parts of long functions. No other name begins so."""

MOST_NESTED: Final = 4
"""Values at most so deep are checked in the function of the value that holds them."""

MOST_INSIDE: Final = 24
"""At most so many schemas are written instead of one call."""

MOST_IN_ALL: Final = 120
"""At most so many schemas are checked in one function. Type checkers give up on
functions that ask much more."""


_APART: Final = (ir.InPlace, ir.UnevaluatedItems, ir.UnevaluatedProperties)


class Checks:
    """Which check functions a package has. They are decided by asking for them.
    `formats` are those that are enforced."""

    def __init__(
        self,
        module: ir.Module,
        names: Names,
        statements: Writer,
        asked: Asked,
        formats: Formats = NO_FORMATS,
    ) -> None:
        self.module = module
        self.names = names
        self.statements = statements
        """Writes statements for all assertions of a schema, about a value whose type
        may be known."""
        self.formats = formats
        self.asked = asked
        self.pending: list[tuple[str, Kind, ir.Schema]] = []
        """Functions that still have to be written; the last one is written first."""
        self.owners: dict[str, ir.SchemaId] = {}
        """The schema of each function."""
        self.parts: dict[str, tree.Block] = {}
        """Parts of long functions."""
        self._weights: dict[ir.SchemaId, int] = {}
        self._room = 0
        self._placed: dict[ir.SchemaId, bool] = {}

    def require(self, kind: Kind, schema: ir.Schema) -> str:
        """The name of a schema's function, which will be written."""
        return self._require(kind, facts.unwrap(self.module, schema))

    def part(self, schema: ir.Schema, body: tree.Block) -> tree.Name:
        """Make these statements a part of a schema's function. Returns the name of the
        part."""
        number = 1
        while (name := f"{PART}{number}_{self.name(schema)}") in self.parts:
            number += 1
        self.parts[name] = body
        self.owners[name] = schema.id
        return tree.Name(name)

    def answers(self, function: str) -> bool:
        """Whether a function answers whether a value is valid as a whole."""
        return function.startswith("valid_")

    def require_named(self, schema: ir.Schema) -> None:
        """Have the check of a schema written under the schema's own name, even if the
        schema is only a reference to another one."""
        self._require("valid", schema)

    def _require(self, kind: Kind, schema: ir.Schema) -> str:
        name = f"{kind}_{self.name(schema)}"
        written = self.asked.ask(kind, schema)
        if name not in self.owners:
            self.owners[name] = schema.id
            if written:
                self.pending.append((name, kind, schema))
        return name

    def ask_again(self, family: str, schema: ir.Schema) -> None:
        """Ask for something that a function of an earlier run, which is not written
        again, needs."""
        for kind in KINDS:
            if kind == family:
                self._require(kind, schema)

    def is_small(self, schema: ir.Schema, at: At) -> bool:
        """Whether a schema is checked in place instead of by a call, which takes as
        long as looking at two properties. It is if nothing refers to it, so that there
        is only one place, and if there is not too much in it and around it."""
        nested = 0 < at.depth <= MOST_NESTED and self._stands_in_place(schema)
        return nested and self._weight(schema) <= MOST_INSIDE and self._fits(schema)

    def begin(self, schema: ir.Schema) -> None:
        """Begin a function, which has room for a number of schemas."""
        self._room = MOST_IN_ALL - sum(1 for _ in walk.children(schema))
        self._placed = {}

    def _fits(self, schema: ir.Schema) -> bool:
        """Whether the function that is being written has room for a schema. A schema
        that was placed once has its room."""
        placed = self._placed.get(schema.id)
        if placed is None:
            inside = sum(1 for _ in walk.children(schema))
            placed = self._placed[schema.id] = inside <= self._room
            self._room -= inside if placed else 0
        return placed

    def _stands_in_place(self, schema: ir.Schema) -> bool:
        """Whether a schema can be checked among others. One that evaluates members
        needs variables of its own, and type checkers conclude too much from several
        assertions about one variable."""
        unions = sum(isinstance(a, ir.AnyOf | ir.OneOf) for a in schema.assertions)
        others = [a for a in schema.assertions if isinstance(a, _APART)]
        alone = schema.id not in self.module.schemas and len(others) == unions
        return alone and (not unions or len(schema.assertions) == 1)

    def _weight(self, schema: ir.Schema) -> int:
        """How many schemas would be written instead of one call."""
        known = self._weights.get(schema.id)
        if known is None:
            self._weights[schema.id] = known = 1
            for inner in walk.children(schema):
                known += self._weight(inner) if self._stands_in_place(inner) else 1
                if known > MOST_INSIDE:
                    break
            self._weights[schema.id] = known
        return known

    def name(self, schema: ir.Schema) -> str:
        """The name by which the functions of a schema are called."""
        return self.names.of(schema.id)
