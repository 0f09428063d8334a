"""Joints: schemas that stand for several others at once.

Where two parts of an `allOf` describe the same property, its value meets both. How that
value looks and is decoded follows from one schema that says both, made here. A joint
asserts nothing that its parts do not, so checks need not ask it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from codegen.ir import facts
from codegen.ir import model as ir
from codegen.python.model.elements import is_alone


@dataclass(frozen=True, slots=True)
class Joint:
    """A schema that was made of others; `outer` is the schema inside which it stands,
    and `label` the word for its place."""

    schema: ir.Schema
    outer: ir.SchemaId
    label: str


@dataclass(frozen=True, slots=True)
class Joints:
    """The joints that have been made, in the order in which they were."""

    module: ir.Module
    found: Mapping[ir.SchemaId, Joint]

    def closed(self) -> Joints:
        """The same joints; asking for one that has not been made is an error from here
        on."""
        return Joints(self.module, MappingProxyType(dict(self.found)))

    def __contains__(self, schema: ir.Schema) -> bool:
        return schema.id in self.found

    def parts(self, schema: ir.Schema) -> tuple[ir.Schema, ...]:
        """The schemas of which a joint was made; for any other schema, itself alone."""
        only = facts.only(schema)
        if schema in self and isinstance(only, ir.AllOf | ir.AnyOf):
            return only.schemas
        return (schema,)

    def both(
        self, outer: ir.Schema, label: str, schemas: Iterable[ir.Schema]
    ) -> ir.Schema | None:
        """The schema of values that meet all of these schemas. None where they assert
        nothing; a schema that stands alone is returned as it is."""
        once: dict[object, ir.Schema] = {}
        for schema in schemas:
            flat = isinstance(facts.only(schema), ir.AllOf)
            for part in self.parts(schema) if flat else (schema,):
                if part.assertions:
                    only = facts.only(part)
                    same = only.target if isinstance(only, ir.Ref) else part.id
                    once.setdefault(same, part)
        if not once:
            return None
        told = self._telling(list(once.values()))
        return self._made(outer, label, "&", ir.AllOf, told)

    def _telling(self, parts: list[ir.Schema]) -> list[ir.Schema]:
        """Of several schemas, those that no other one refers to: what they say is said
        there."""
        if len(parts) < 2:
            return parts
        met = [
            {inner.id for inner in facts.conjuncts(self.module, part)} for part in parts
        ]
        left = []
        for index, part in enumerate(parts):
            only = facts.only(part)
            same = only.target if isinstance(only, ir.Ref) else part.id
            others = (ids for i, ids in enumerate(met) if i != index)
            if not any(same in ids for ids in others):
                left.append(part)
        return left or parts[:1]

    def either(
        self, outer: ir.Schema, label: str, schemas: Iterable[ir.Schema]
    ) -> ir.Schema | None:
        """The schema of values that meet at least one of these schemas."""
        once = {schema.id: schema for schema in schemas}
        return self._made(outer, label, "|", ir.AnyOf, list(once.values()))

    def without(self, parts: Iterable[ir.Schema], union: ir.Assertion) -> ir.Schema:
        """What the conjuncts of a schema (`parts`) say apart from one of their
        unions. Which members are left unevaluated may follow from that one, too."""
        left = []
        for part in parts:
            apart: tuple[type[ir.Assertion], ...] = (ir.Ref, ir.AllOf)
            if not is_alone(part):
                apart = (*apart, ir.UnevaluatedItems, ir.UnevaluatedProperties)
            kept = tuple(
                a
                for a in part.assertions
                if a is not union and not isinstance(a, apart)
            )
            if kept:
                made = replace(part, id=ir.SchemaId(f"{part.id}~"), assertions=kept)
                self._keep(Joint(made, part.id, "Rest"))
                left.append(made)
        first = left[0]
        whole = replace(first, id=ir.SchemaId(f"{first.id}~"))
        whole = replace(whole, assertions=(ir.AllOf(tuple(left)),))
        self._keep(Joint(whole, first.id, "Rest"))
        return whole

    def _made(
        self,
        outer: ir.Schema,
        label: str,
        sign: str,
        kind: type[ir.AllOf | ir.AnyOf],
        parts: list[ir.Schema],
    ) -> ir.Schema | None:
        if len(parts) < 2:
            return parts[0] if parts else None
        schema_id = ir.SchemaId(sign.join(part.id for part in parts))
        known = self.found.get(schema_id)
        if known is None:
            assertions = (kind(tuple(parts)),)
            schema = ir.Schema(schema_id, parts[0].location, assertions)
            known = self._keep(Joint(schema, outer.id, label))
        return known.schema

    def _keep(self, joint: Joint) -> Joint:
        """The joint with this id, as it was made first."""
        known = self.found.get(joint.schema.id)
        if known is not None:
            return known
        if not isinstance(self.found, dict):
            raise LookupError(f"nothing was decided about {joint.schema.id}")
        self.found[joint.schema.id] = joint
        return joint
