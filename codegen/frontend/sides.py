"""Marks required properties that only one side writes, by OpenAPI's `readOnly` and
`writeOnly`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from codegen.ir import facts, walk
from codegen.ir import model as ir


def marked(module: ir.Module) -> ir.Module:
    """The module with such names marked in every `ir.Required`.

    A name is looked up in what the same object declares, also in other parts of an
    `allOf` and behind references. The target of a reference is marked only by what it
    declares itself, whoever refers to it.
    """
    every = (s for outer in module.schemas.values() for s in walk.walk(outer))
    if not any(s.annotations.read_only or s.annotations.write_only for s in every):
        return module
    marking = _Marking(module)
    schemas = {i: marking.schema(schema) for i, schema in module.schemas.items()}
    return replace(module, schemas=schemas)


class _Marking:
    """Marks the schemas of one module, each once: a schema that stands inside another
    and is also referred to stays a single object."""

    def __init__(self, module: ir.Module) -> None:
        self._module = module
        self._made: dict[ir.SchemaId, ir.Schema] = {}

    def schema(self, schema: ir.Schema, *around: ir.Schema) -> ir.Schema:
        """The schema with its names marked. The schemas `around` it are about the same
        value."""
        if schema.id not in self._made:
            here = (*around, schema)
            found = tuple(self._assertion(a, here) for a in schema.assertions)
            same = all(a is b for a, b in zip(found, schema.assertions, strict=True))
            self._made[schema.id] = (
                schema if same else replace(schema, assertions=found)
            )
        return self._made[schema.id]

    def _assertion(
        self, assertion: ir.Assertion, here: tuple[ir.Schema, ...]
    ) -> ir.Assertion:
        if isinstance(assertion, ir.Required):
            return self._required(assertion, here)
        inside = () if not list(walk.in_place(assertion)) else here
        changed = walk.map_subschemas(assertion, lambda s: self.schema(s, *inside))
        pairs = zip(walk.subschemas(changed), walk.subschemas(assertion), strict=True)
        return assertion if all(a is b for a, b in pairs) else changed

    def _required(
        self, required: ir.Required, here: tuple[ir.Schema, ...]
    ) -> ir.Required:
        read_only, write_only = set[str](), set[str]()
        for schema in here:
            for name, notes in self._declared(schema, required.names):
                if notes.read_only:
                    read_only.add(name)
                if notes.write_only:
                    write_only.add(name)
        if not read_only and not write_only:
            return required
        return ir.Required(
            required.names,
            tuple(name for name in required.names if name in read_only),
            tuple(name for name in required.names if name in write_only),
        )

    def _declared(
        self, schema: ir.Schema, names: tuple[str, ...]
    ) -> Iterator[tuple[str, ir.Annotations]]:
        """What is said of the properties of a schema that have one of these names."""
        for name, declared in facts.properties(self._module, schema).items():
            if name in names:
                for one in declared:
                    for part in facts.conjuncts(self._module, one):
                        yield name, part.annotations
