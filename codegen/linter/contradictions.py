"""Parts of a schema that contradict each other, so that no value is valid.

`allOf` is where nobody sees it: each part is right by itself. What one part alone gets
wrong is told by the checks of its keywords.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, Final

from codegen.diagnostics import Severity
from codegen.ir import facts
from codegen.ir import model as ir
from codegen.ir.walk import find
from codegen.linter.context import Context

if TYPE_CHECKING:
    from codegen.compat.normal.forms import Node
    from codegen.compat.proof.emptiness import Emptiness

_MOST_PARTS: Final = 40
"""Of more parts the two that contradict each other are not looked for."""


def check(context: Context) -> None:
    """Report what the parts of a schema leave no value for: the schema itself, or
    properties of it."""
    found = [s for s in context.schemas if find(s, ir.AllOf) is not None]
    if not found:
        return
    # These are slow to import, and many documents have no `allOf`.
    from codegen.compat.normal.normalise import Side
    from codegen.compat.proof.emptiness import Emptiness

    emptiness = Emptiness(Side(context.module))
    for schema in found:
        _Parts(context, emptiness, schema).check()


class _Parts:
    """A schema with `allOf`, taken apart."""

    def __init__(
        self, context: Context, emptiness: Emptiness, schema: ir.Schema
    ) -> None:
        self._context = context
        self._empty = emptiness.of
        self._schema = schema
        self._named = dict(self._parts())

    def _parts(self) -> Iterator[tuple[str, ir.Schema]]:
        """The parts, by what they are called: what stands beside `allOf` is one."""
        schema = self._schema
        beside = tuple(a for a in schema.assertions if not isinstance(a, ir.AllOf))
        if beside:
            identity = ir.SchemaId(f"{schema.id} without allOf")
            own = replace(schema, id=identity, assertions=beside)
            yield "what stands beside `allOf`", own
        for assertion in schema.assertions:
            if isinstance(assertion, ir.AllOf):
                for part in assertion.schemas:
                    yield self._called(part), part

    def _called(self, part: ir.Schema) -> str:
        only = facts.only(part)
        name = None
        if isinstance(only, ir.Ref):
            name = self._context.name_of(self._context.module.schemas[only.target])
        return name or f"`allOf/{part.location.pointer.rpartition('/')[2]}`"

    def check(self) -> None:
        """Report the schema, or else its properties."""
        parts = {name: (part,) for name, part in self._named.items()}
        if any(map(self._empty, parts.values())):
            return  # It is told where it is wrong.
        lost, needed = dict(self._properties()), self._required()
        for name, said in lost.items():
            no_object = ", and an object needs one" if name in needed else ""
            message = f"no value of {name!r} is valid{no_object}"
            self._tell(message + self._between(said), error=name in needed)
        if self._empty((self._schema,)) and not lost.keys() & needed:
            self._tell(f"no value is valid{self._between(parts)}", error=True)

    def _required(self) -> set[str]:
        found = facts.conjuncts(self._context.module, self._schema)
        asked = (find(part, ir.Required) for part in found)
        return {name for one in asked if one is not None for name in one.names}

    def _properties(self) -> Iterator[tuple[str, dict[str, Node]]]:
        """Properties for which the parts leave no value, with what each part says."""
        said: dict[str, dict[str, Node]] = {}
        for part, schema in self._named.items():
            for name, nodes in facts.properties(self._context.module, schema).items():
                said.setdefault(name, {})[part] = tuple(nodes)
        for name, by_part in said.items():
            alone = any(map(self._empty, by_part.values()))
            whole = tuple(one for node in by_part.values() for one in node)
            if len(by_part) > 1 and not alone and self._empty(whole):
                yield name, by_part

    def _between(self, parts: Mapping[str, Node]) -> str:
        """Which two parts are enough, where there are such."""
        pairs = combinations(parts, 2) if len(parts) <= _MOST_PARTS else ()
        for one, other in pairs:
            if self._empty((*parts[one], *parts[other])):
                return f": {one} and {other} contradict each other"
        return ": the parts of `allOf` contradict each other"

    def _tell(self, message: str, *, error: bool) -> None:
        where = self._schema.location.child("allOf")
        severity = Severity.ERROR if error else None
        self._context.add("contradiction", message, where, severity=severity)
