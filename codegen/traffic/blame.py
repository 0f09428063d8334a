"""Finds which assertions of a specification a value breaks.

The violations of a package name a place in the value. To mend the specification, the
place in the specification has to be known: the failing assertion, the schema that
states it, and the schema by which the value was reached (its entry), where a reference
may stand.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, assert_never

from codegen.ir import facts, tags
from codegen.ir import model as ir
from codegen.ir.accepts import accepts
from codegen.ir.values import matches
from codegen.source import pointer as pointers
from codegen.traffic.evidence import Json

SEVERAL: Final = "several"
"""The name of a fault of a `oneOf` that several branches accept."""

MAX_ITEMS: Final = 20
"""How many items of an array are looked at; later ones rarely break anything else."""


@dataclass(frozen=True, slots=True)
class Fault:
    """An assertion that a value breaks. `pointer` leads to the value, with `*` for
    indices. `name` is a property that is not allowed, which may be empty, `*` for items
    that are not allowed, or `SEVERAL`."""

    assertion: ir.Assertion
    schema: ir.Schema
    entry: ir.Schema
    pointer: str
    value: Json
    name: str | None = None


class TooMuch(Exception):
    """Too many schemas would have to be asked about a value."""


@dataclass(slots=True)
class Effort:
    """How many more schemas may be asked about a value. Where unions stand inside each
    other, every branch is asked at every level."""

    left: int = 50_000

    def spend(self) -> None:
        """Count one schema. Raises `TooMuch` if none is left."""
        self.left -= 1
        if self.left < 0:
            raise TooMuch


def faults(
    module: ir.Module,
    schema: ir.Schema,
    value: Json,
    *,
    formats: bool = False,
    effort: Effort | None = None,
) -> list[Fault]:
    """The assertions that a value breaks, each once for each place. Raises
    RecursionError for values that nest too deep, and `TooMuch`."""
    blaming = _Blaming(module, formats, effort or Effort())
    return list(blaming.faults(schema, schema, value, ""))


@dataclass(frozen=True, slots=True)
class _Blaming:
    module: ir.Module
    formats: bool
    effort: Effort

    def faults(
        self, schema: ir.Schema, entry: ir.Schema, value: Json, pointer: str
    ) -> Iterator[Fault]:
        """What a value breaks of a schema that it met through another."""
        self.effort.spend()
        if not self.formats and accepts(self.module, schema, value):
            return
        for assertion in schema.assertions:
            whole = isinstance(
                assertion, ir.UnevaluatedItems | ir.UnevaluatedProperties
            )
            alone = schema if whole else replace(schema, assertions=(assertion,))
            if self.formats or not accepts(self.module, alone, value):
                yield from self._of(
                    assertion, Fault(assertion, schema, entry, pointer, value)
                )

    def _of(self, assertion: ir.Assertion, fault: Fault) -> Iterator[Fault]:
        match assertion:
            case ir.Format():
                if self.formats and not _has_format(assertion.name, fault.value):
                    yield fault
            case ir.OnAnyValue() | ir.OnNumbers() | ir.OnStrings():
                if self._fails(fault):
                    yield fault
            case ir.InPlace():
                yield from self._in_place(assertion, fault)
            case ir.OnArrays():
                yield from self._arrays(assertion, fault)
            case ir.OnObjects():
                yield from self._objects(assertion, fault)
            case _:
                assert_never(assertion)

    def _fails(self, fault: Fault) -> bool:
        alone = replace(fault.schema, assertions=(fault.assertion,))
        return not accepts(self.module, alone, fault.value)

    # --- on the same value ---------------------------------------------------------

    def _in_place(
        self, assertion: ir.InPlaceApplicator, fault: Fault
    ) -> Iterator[Fault]:
        match assertion:
            case ir.Ref(target):
                yield from self._again(self.module.schemas[target], fault)
            case ir.AllOf(schemas):
                for schema in schemas:
                    yield from self._again(schema, fault)
            case ir.AnyOf() | ir.OneOf():
                yield from self._union(assertion, fault)
            case ir.IfThenElse(condition, then, otherwise):
                met = accepts(self.module, condition, fault.value)
                branch = then if met else otherwise
                if branch is not None:
                    yield from self._again(branch, fault)
            case ir.Not():
                if self._fails(fault):
                    yield fault
            case _:
                assert_never(assertion)

    def _again(self, schema: ir.Schema, fault: Fault) -> Iterator[Fault]:
        yield from self.faults(schema, fault.entry, fault.value, fault.pointer)

    def _union(self, assertion: ir.AnyOf | ir.OneOf, fault: Fault) -> Iterator[Fault]:
        """What a union has against a value: what the branch has that its tags lead to,
        or the only one of its type; otherwise no branch is meant for it."""
        value, schemas = fault.value, assertion.schemas
        fitting = [s for s in schemas if accepts(self.module, s, value)]
        if fitting:
            if self.formats:
                yield from self._again(fitting[0], fault)
            if len(fitting) > 1 and isinstance(assertion, ir.OneOf):
                yield replace(fault, name=SEVERAL)
            return
        branch = self._branch(fault)
        if branch is None:
            yield fault
        else:
            # What is wrong is in the branch; null beside it is not the entry's affair.
            yield from self.faults(branch, branch, value, fault.pointer)

    def _branch(self, fault: Fault) -> ir.Schema | None:
        """The branch that a value is meant for, if one is."""
        assert isinstance(fault.assertion, ir.AnyOf | ir.OneOf)
        value, hint = fault.value, fault.schema.annotations.discriminator
        if isinstance(value, dict):
            tagged = tags.among(self.module, fault.assertion, hint)
            case: ir.Schema | tags.Tagged | None = tagged
            while isinstance(case, tags.Tagged):
                if not tags.has(value, case.path):
                    break
                case = case.case_of(value)
            else:
                if tagged is not None:
                    return case
        kind = facts.json_type(value)
        fitting = [
            schema
            for schema in fault.assertion.schemas
            if kind in facts.types(self.module, schema)
        ]
        if len(fitting) < 2:
            return fitting[0] if fitting else None
        return min(fitting, key=lambda schema: self._distance(schema, fault))

    def _distance(self, schema: ir.Schema, fault: Fault) -> int:
        found = self.faults(schema, schema, fault.value, fault.pointer)
        return sum(1 for _ in itertools.islice(found, MAX_ITEMS))

    # --- inside --------------------------------------------------------------------

    def _inside(
        self, schema: ir.Schema, value: Json, fault: Fault, token: str
    ) -> Iterator[Fault]:
        pointer = f"{fault.pointer}/{pointers.escape(token)}"
        yield from self.faults(schema, schema, value, pointer)

    def _arrays(self, assertion: ir.ArrayAssertion, fault: Fault) -> Iterator[Fault]:
        if not isinstance(fault.value, list):
            return
        items = fault.value[:MAX_ITEMS]
        match assertion:
            case ir.PrefixItems(schemas):
                for schema, item in zip(schemas, items, strict=False):
                    yield from self._inside(schema, item, fault, "*")
            case ir.Items(schema, start):
                if facts.is_never(schema):
                    if self._fails(fault):
                        yield replace(fault, name="*")
                    return
                for item in items[start:]:
                    yield from self._inside(schema, item, fault, "*")
            case ir.UnevaluatedItems():
                if not accepts(self.module, fault.schema, fault.value):
                    yield replace(fault, name="*")
            case ir.Contains() | ir.MinItems() | ir.MaxItems() | ir.UniqueItems():
                if self._fails(fault):
                    yield fault
            case _:
                assert_never(assertion)

    def _objects(self, assertion: ir.ObjectAssertion, fault: Fault) -> Iterator[Fault]:
        value = fault.value
        if not isinstance(value, dict):
            return
        match assertion:
            case ir.Properties(schemas):
                for name in schemas.keys() & value.keys():
                    yield from self._inside(schemas[name], value[name], fault, name)
            case ir.PatternProperties(schemas):
                for pattern, schema in schemas.items():
                    for name in value:
                        if matches(pattern, name):
                            yield from self._inside(schema, value[name], fault, name)
            case ir.AdditionalProperties(schema):
                for name in _uncovered(assertion, value):
                    if facts.is_never(schema):
                        yield replace(fault, name=name)
                    else:
                        yield from self._inside(schema, value[name], fault, name)
            case ir.UnevaluatedProperties():
                yield from self._unevaluated(fault)
            case ir.DependentSchemas(schemas):
                for name in schemas.keys() & value.keys():
                    yield from self._again(schemas[name], fault)
            case (
                ir.PropertyNames()
                | ir.Required()
                | ir.MinProperties()
                | ir.MaxProperties()
                | ir.DependentRequired()
            ):
                if self._fails(fault):
                    yield fault
            case _:
                assert_never(assertion)

    def _unevaluated(self, fault: Fault) -> Iterator[Fault]:
        """The properties without which nothing is left unevaluated."""
        if accepts(self.module, fault.schema, fault.value):
            return
        for name in fault.value:
            less = {n: v for n, v in fault.value.items() if n == name}
            alone = [
                a
                for a in fault.schema.assertions
                if not isinstance(a, ir.Required | ir.MinProperties)
            ]
            schema = replace(fault.schema, assertions=tuple(alone))
            without = tuple(
                a for a in alone if not isinstance(a, ir.UnevaluatedProperties)
            )
            open_ = replace(fault.schema, assertions=without)
            if accepts(self.module, open_, less) and not accepts(
                self.module, schema, less
            ):
                yield replace(fault, name=name)


def _uncovered(
    assertion: ir.AdditionalProperties, value: dict[str, Json]
) -> Iterator[str]:
    for name in value:
        if name not in assertion.known and not any(
            matches(pattern, name) for pattern in assertion.patterns
        ):
            yield name


def _has_format(name: str, value: Json) -> bool:
    from codegen.runtime._formats import FORMATS

    check = FORMATS.get(name)
    return check is None or not isinstance(value, str) or check(value)
