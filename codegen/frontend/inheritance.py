"""Bases with a discriminator, whose children extend them by `allOf`.

Such a base means that wherever it is referred to, any of its children may stand. It
becomes a union of itself and everything that extends it, directly or not. What extends
it still refers to the base alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Final, TypeAlias

from codegen.frontend.rewriting import Rewriter
from codegen.ir import facts
from codegen.ir import model as ir
from codegen.ir.walk import asserted, walk
from codegen.source.limits import MAX_CHILDREN

_NO_MORE: Final = ir.Properties({})
_STRUCTURE = (ir.Properties, ir.AllOf, ir.Required, ir.AdditionalProperties)


class TooMany(Exception):
    """Bases stand for more children than are allowed; `base` is where the limit was
    exceeded."""

    def __init__(self, base: ir.Schema) -> None:
        super().__init__(f"discriminators give bases more than {MAX_CHILDREN} children")
        self.base = base


def settle(module: ir.Module) -> ir.Module:
    """The module with each such base turned into a union. Raises `TooMany`."""
    heirs = _all_heirs(module)
    if not heirs:
        return module
    unions = {base: ir.SchemaId(f"{base}~heirs") for base in heirs}
    changed = Rewriter(_Change(module, heirs, unions)).module(module)
    made = {
        union: _union(module.schemas[base], union, heirs[base])
        for base, union in unions.items()
    }
    return replace(
        changed,
        schemas={**changed.schemas, **made},
        names={n: unions.get(i, i) for n, i in module.names.items()},
        messages=tuple(
            replace(m, payload=unions.get(m.payload, m.payload)) if m.payload else m
            for m in module.messages
        ),
    )


_Heirs: TypeAlias = dict[ir.SchemaId, list[ir.SchemaId]]
"""The named schemas that extend each base."""


def _all_heirs(module: ir.Module) -> _Heirs:
    bases = [s for s in module.schemas.values() if _may_be_base(module, s)]
    if not bases:
        return {}
    children, left = _Children(module, bases), MAX_CHILDREN
    heirs: _Heirs = {}
    for base in bases:
        found = children.of(base.id, left)
        left -= len(found)
        if left < 0:
            raise TooMany(base)
        if found:
            heirs[base.id] = found
    return heirs


class _Change:
    """Changes a schema: its references to a base become references to the union, unless
    the schema extends the base by them."""

    def __init__(
        self,
        module: ir.Module,
        heirs: _Heirs,
        unions: dict[ir.SchemaId, ir.SchemaId],
    ) -> None:
        self._module = module
        self._unions = unions
        self._kept = frozenset(_kept(module, heirs))
        children = {child for found in heirs.values() for child in found}
        self._bare = {i for i in children if not _adds(module.schemas[i])}
        self._families = [
            (frozenset((base, *found)), module.schemas[base].annotations.discriminator)
            for base, found in heirs.items()
        ]

    def __call__(self, schema: ir.Schema) -> ir.Schema:
        if schema.id in self._unions:
            plain = replace(schema.annotations, discriminator=None)
            schema = replace(schema, annotations=plain)
        if schema.id in self._bare:  # It is an object of its own all the same.
            schema = replace(schema, assertions=(*schema.assertions, _NO_MORE))
        schema = self._hinted(schema)
        if schema.id in self._kept:
            return schema
        redirected = tuple(map(self._redirected, schema.assertions))
        return replace(schema, assertions=redirected)

    def _redirected(self, assertion: ir.Assertion) -> ir.Assertion:
        if isinstance(assertion, ir.Ref) and assertion.target in self._unions:
            return replace(assertion, target=self._unions[assertion.target])
        return assertion

    def _hinted(self, schema: ir.Schema) -> ir.Schema:
        """The schema with the discriminator of a base, if all objects of its union are
        children of that base and it has no discriminator of its own."""
        unions = [a for a in schema.assertions if isinstance(a, ir.AnyOf | ir.OneOf)]
        if schema.annotations.discriminator is not None or len(unions) != 1:
            return schema
        types = (facts.types(self._module, branch) for branch in unions[0].schemas)
        objects = (
            facts.only(branch)
            for branch, possible in zip(unions[0].schemas, types, strict=True)
            if "object" in possible
        )
        targets = {ref.target if isinstance(ref, ir.Ref) else None for ref in objects}
        if len(targets) < 2:
            return schema
        for family, hint in self._families:
            if targets <= family:
                noted = replace(schema.annotations, discriminator=hint)
                return replace(schema, annotations=noted)
        return schema


def _parents(
    schema: ir.Schema, mapped: Collection[ir.SchemaId]
) -> Iterator[tuple[ir.Schema, ir.SchemaId]]:
    """The references by which a schema extends others: the schema in which each stands,
    and its target. A schema that adds nothing to its target does not extend it, but
    uses it, unless it has a tag: it is `mapped` by a discriminator, or claims one."""
    tagged = schema.id in mapped or schema.annotations.tag is not None
    told = tagged and bool(_parts(schema))
    if not (told or _adds(schema)):
        return
    pending = [schema]
    for part in pending:
        for assertion in part.assertions:
            if isinstance(assertion, ir.Ref):
                yield part, assertion.target
            elif isinstance(assertion, ir.AllOf):
                pending += assertion.schemas


def _parts(schema: ir.Schema) -> list[ir.Schema]:
    return [s for a in schema.assertions if isinstance(a, ir.AllOf) for s in a.schemas]


def _adds(schema: ir.Schema) -> bool:
    """Whether a schema says more than another one that it refers to."""
    return len(_parts(schema)) > 1 or any(
        isinstance(a, _STRUCTURE)
        and not (isinstance(a, ir.AllOf) and len(a.schemas) < 2)
        for a in schema.assertions
    )


def _mapped(bases: Iterable[ir.Schema]) -> frozenset[ir.SchemaId]:
    """The schemas to which bases give tags by name."""
    hints = (base.annotations.discriminator for base in bases)
    return frozenset(i for hint in hints if hint for i in hint.mapping.values())


def _may_be_base(module: ir.Module, schema: ir.Schema) -> bool:
    unions = (ir.AnyOf, ir.OneOf)
    return (
        schema.annotations.discriminator is not None
        and not any(isinstance(a, unions) for a in schema.assertions)
        and "object" in facts.types(module, schema)
    )


class _Children:
    """Which schemas extend which."""

    def __init__(self, module: ir.Module, bases: Iterable[ir.Schema]) -> None:
        self._named = {
            schema_id: n for n, schema_id in enumerate(module.names.values())
        }
        self._direct: dict[ir.SchemaId, list[ir.SchemaId]] = {}
        mapped = _mapped(bases)
        for schema in module.schemas.values():
            for _, target in _parents(schema, mapped):
                self._direct.setdefault(target, []).append(schema.id)

    def of(self, base: ir.SchemaId, most: int) -> list[ir.SchemaId]:
        """The named schemas that extend a base, directly or through each other, in the
        order of the specification. The search ends when more than `most` are found."""
        found: dict[ir.SchemaId, None] = {}
        pending = [base]
        while pending and len(found) <= most:
            for child in self._direct.get(pending.pop(), ()):
                if child not in found and child != base:
                    found[child] = None
                    pending.append(child)
        return sorted(found.keys() & self._named.keys(), key=self._named.__getitem__)


def _kept(module: ir.Module, heirs: _Heirs) -> Iterator[ir.SchemaId]:
    """The schemas whose references to a base mean the base alone: those by which
    something extends it, all others that a child makes about its own value, which would
    ask whether it is the child, and branches of a union that also lists children of the
    base."""
    for base, found in heirs.items():
        for said, own in asserted(module, (module.schemas[heir] for heir in found)):
            if isinstance(own, ir.Ref) and own.target == base:
                yield said.id
    mapped = _mapped(module.schemas[base] for base in heirs)
    for schema in module.schemas.values():
        for inner in walk(schema):
            for part, target in _parents(inner, mapped):
                if target in heirs:
                    yield part.id
            for assertion in inner.assertions:
                if isinstance(assertion, ir.AnyOf | ir.OneOf):
                    yield from _beside_heirs(assertion.schemas, heirs)


def _beside_heirs(
    branches: tuple[ir.Schema, ...], heirs: _Heirs
) -> Iterator[ir.SchemaId]:
    refs = {branch.id: facts.only(branch) for branch in branches}
    targets = {ref.target for ref in refs.values() if isinstance(ref, ir.Ref)}
    for branch, ref in refs.items():
        if isinstance(ref, ir.Ref) and targets.intersection(heirs.get(ref.target, ())):
            yield branch


def _union(
    base: ir.Schema, identity: ir.SchemaId, heirs: list[ir.SchemaId]
) -> ir.Schema:
    hint = base.annotations.discriminator
    assert hint is not None
    branches = tuple(
        ir.Schema(ir.SchemaId(f"{identity}/{i}"), base.location, (ir.Ref(target),))
        for i, target in enumerate((base.id, *heirs))
    )
    annotations = replace(base.annotations, discriminator=replace(hint, base=base.id))
    return ir.Schema(identity, base.location, (ir.AnyOf(branches),), annotations)
