"""What `unevaluatedProperties` and `unevaluatedItems` ask for.

What is evaluated depends on which schemas beside them accept the value. There is a way
for each combination of these; where there are too many, only names and places are known
that none of these schemas speaks of, which are left over whatever the value is like.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, TypeAlias, assert_never

from codegen.compat.tableau.saying import (
    Absent,
    Clause,
    Fact,
    Option,
    Part,
    Said,
    SomeItem,
    SomeMember,
    Vague,
)
from codegen.ir import model as ir
from codegen.ir import walk

MOST: Final = 48
"""Ways that are told apart."""

Rule: TypeAlias = ir.UnevaluatedProperties | ir.UnevaluatedItems


class _TooMany(Exception):
    """There are more than `MOST` ways."""


@dataclass(frozen=True, slots=True)
class Way:
    """What holds in one way, and what is evaluated then: properties by names and
    patterns, items up to `start` and those that `contained` accepts, or all."""

    parts: Option = ()
    names: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    start: int = 0
    contained: tuple[ir.Schema, ...] = ()
    everything: bool = False

    def __add__(self, other: Way) -> Way:
        return Way(
            (*self.parts, *other.parts),
            (*self.names, *other.names),
            (*self.patterns, *other.patterns),
            max(self.start, other.start),
            (*self.contained, *other.contained),
            self.everything or other.everything,
        )


_NONE: Final = (Way(),)
_ALL: Final = (Way(everything=True),)


@dataclass(frozen=True, slots=True)
class Ways:
    """Finds the ways for a rule of one version. With `apart`, schemas that may or may
    not hold are told apart; without, all of them count."""

    module: ir.Module
    party: int
    rule: Rule
    apart: bool

    def of(self, schema: ir.Schema, seen: frozenset[ir.SchemaId]) -> tuple[Way, ...]:
        """The ways in which a schema that holds evaluates. Raises `_TooMany`."""
        if schema.id in seen:
            if self.apart:
                raise _TooMany
            return _NONE
        seen |= {schema.id}
        return _product(
            self.of_assertion(assertion, seen)
            for assertion in schema.assertions
            if assertion is not self.rule
        )

    def of_assertion(
        self, assertion: ir.Assertion, seen: frozenset[ir.SchemaId]
    ) -> tuple[Way, ...]:
        """The ways in which an assertion that holds evaluates."""
        match assertion:
            case ir.OnAnyValue() | ir.OnNumbers() | ir.OnStrings():
                return _NONE
            case ir.OnArrays():
                items = isinstance(self.rule, ir.UnevaluatedItems)
                return self._of_array(assertion) if items else _NONE
            case ir.OnObjects():
                items = isinstance(self.rule, ir.UnevaluatedItems)
                return _NONE if items else self._of_object(assertion, seen)
            case ir.Ref(target):
                return self.of(self.module.schemas[target], seen)
            case ir.AllOf(schemas):
                return _product(self.of(schema, seen) for schema in schemas)
            case ir.AnyOf(schemas):
                return _product(self._perhaps(schema, seen) for schema in schemas)
            case ir.OneOf(schemas):
                if not self.apart:
                    return _product(self.of(schema, seen) for schema in schemas)
                return tuple(w for s in schemas for w in self._held(s, seen))
            case ir.Not():
                return _NONE
            case ir.IfThenElse(condition, then, otherwise):
                return self._conditional(condition, then, otherwise, seen)
            case _:
                assert_never(assertion)

    def _of_array(self, assertion: ir.ArrayAssertion) -> tuple[Way, ...]:
        match assertion:
            case ir.PrefixItems(schemas):
                return (Way(start=len(schemas)),)
            case ir.Items() | ir.UnevaluatedItems():
                return _ALL
            case ir.Contains(schema, evaluates=evaluates):
                return (Way(contained=(schema,)),) if evaluates else _NONE
            case ir.MinItems() | ir.MaxItems() | ir.UniqueItems():
                return _NONE
            case _:
                assert_never(assertion)

    def _of_object(
        self, assertion: ir.ObjectAssertion, seen: frozenset[ir.SchemaId]
    ) -> tuple[Way, ...]:
        match assertion:
            case ir.Properties(schemas):
                return (Way(names=tuple(schemas)),)
            case ir.PatternProperties(schemas):
                return (Way(patterns=tuple(schemas)),)
            case ir.AdditionalProperties() | ir.UnevaluatedProperties():
                return _ALL
            case ir.DependentSchemas(schemas):
                return _product(
                    self._dependent(trigger, schema, seen)
                    for trigger, schema in schemas.items()
                )
            case ir.PropertyNames() | ir.Required() | ir.DependentRequired():
                return _NONE
            case ir.MinProperties() | ir.MaxProperties():
                return _NONE
            case _:
                assert_never(assertion)

    # --- what may hold or not --------------------------------------------------------

    def _held(self, schema: ir.Schema, seen: frozenset[ir.SchemaId]) -> tuple[Way, ...]:
        said = Way((Said(self.party, schema, True, False),))
        return tuple(said + way for way in self.of(schema, seen))

    def _perhaps(
        self, schema: ir.Schema, seen: frozenset[ir.SchemaId]
    ) -> tuple[Way, ...]:
        if not self.apart:
            return self.of(schema, seen)
        found = self.of(schema, seen)
        if found == _NONE:
            return found
        denied = Way((Said(self.party, schema, False, False),))
        return (*self._held(schema, seen), denied)

    def _conditional(
        self,
        condition: ir.Schema,
        then: ir.Schema | None,
        otherwise: ir.Schema | None,
        seen: frozenset[ir.SchemaId],
    ) -> tuple[Way, ...]:
        first = _NONE if then is None else self.of(then, seen)
        second = _NONE if otherwise is None else self.of(otherwise, seen)
        if not self.apart:
            return _product((self.of(condition, seen), first, second))
        denied = Way((Said(self.party, condition, False, False),))
        met = _product((self._held(condition, seen), first))
        return (*met, *(denied + way for way in second))

    def _dependent(
        self, trigger: str, schema: ir.Schema, seen: frozenset[ir.SchemaId]
    ) -> tuple[Way, ...]:
        found = self.of(schema, seen)
        if not self.apart or found == _NONE:
            return found
        there: Part = Fact(self.party, ir.Required((trigger,)))
        absent = Way((Fact(self.party, Absent(trigger)),))
        return (absent, *(Way((there,)) + way for way in found))


def _product(many: Iterable[tuple[Way, ...]]) -> tuple[Way, ...]:
    found: tuple[Way, ...] = _NONE
    for ways in many:
        if len(found) * len(ways) > MOST:
            raise _TooMany
        found = tuple(one + other for one, other in itertools.product(found, ways))
    return found


def ways(module: ir.Module, said: Said, rule: Rule) -> tuple[Way, ...] | None:
    """The ways for a rule of a schema; None where there are too many."""
    try:
        return Ways(module, said.party, rule, True).of(said.schema, frozenset())
    except _TooMany:
        return None


def holds(module: ir.Module, said: Said, rule: Rule) -> Clause:
    """What holds where the rule holds."""
    found = ways(module, said, rule)
    if found is not None:
        return tuple((*way.parts, *_rest(said, rule, way)) for way in found)
    (way,) = Ways(module, said.party, rule, False).of(said.schema, frozenset())
    return ((*_rest(said, rule, way), Fact(said.party, _vague(said, rule))),)


def fails(module: ir.Module, said: Said, rule: Rule) -> Clause:
    """What holds where the rule does not, and all that stands beside it does."""
    found = ways(module, said, rule)
    if found is not None:
        return tuple(
            (*way.parts, _some(said, rule, way)) for way in found if not way.everything
        )
    # What stands right beside it evaluates; what stands further off may or may not.
    finder = Ways(module, said.party, rule, False)
    own = _product(
        finder.of_assertion(assertion, frozenset())
        for assertion in said.schema.assertions
        if assertion is not rule
        and not isinstance(assertion, ir.InPlace | ir.DependentSchemas)
    )
    vague = Fact(said.party, _vague(said, rule))
    return tuple((_some(said, rule, way), vague) for way in own if not way.everything)


def _rest(said: Said, rule: Rule, way: Way) -> Option:
    """What is left over is what the rule asks for."""
    if way.everything:
        return ()
    if isinstance(rule, ir.UnevaluatedItems):
        items = ir.Items(_either(rule.schema, way.contained), way.start)
        return (Fact(said.party, items, said.told),)
    further = ir.AdditionalProperties(
        rule.schema, tuple(dict.fromkeys(way.names)), tuple(dict.fromkeys(way.patterns))
    )
    return (Fact(said.party, further, said.told),)


def _some(said: Said, rule: Rule, way: Way) -> Fact:
    """Something that is left over is not what the rule asks for."""
    if isinstance(rule, ir.UnevaluatedItems):
        schema = _either(rule.schema, way.contained)
        return Fact(said.party, SomeItem(way.start, said.denied(schema)))
    names, patterns = dict.fromkeys(way.names), dict.fromkeys(way.patterns)
    denied = said.denied(rule.schema)
    some = SomeMember(None, tuple(names), tuple(patterns), said=denied)
    return Fact(said.party, some)


def _either(schema: ir.Schema, contained: tuple[ir.Schema, ...]) -> ir.Schema:
    """What holds of an item that is evaluated where it is what an array contains."""
    if not contained:
        return schema
    target = ir.SchemaId(" or ".join(one.id for one in (schema, *contained)))
    return ir.Schema(target, schema.location, (ir.AnyOf((schema, *contained)),))


def _vague(said: Said, rule: Rule) -> Vague:
    items = isinstance(rule, ir.UnevaluatedItems)
    return Vague("unevaluatedItems" if items else "unevaluatedProperties", said.place)


# --- equal meaning -----------------------------------------------------------------


def essence(owner: ir.Schema, rule: Rule) -> ir.Schema:
    """A schema that means the same wherever the rule does: the rule, and what of the
    things beside it decides what is evaluated.

    Of members that are evaluated whatever they are, only the names count: that they are
    valid is asked elsewhere. What is said of values of other JSON types does not count.
    """
    kind = "object" if isinstance(rule, ir.UnevaluatedProperties) else "array"
    kept: list[ir.Assertion] = []
    for assertion in owner.assertions:
        if assertion is rule:
            kept.append(rule)
        elif isinstance(assertion, ir.Properties | ir.PatternProperties):
            names = dict.fromkeys(assertion.schemas, _ANYTHING)
            kept.append(type(assertion)(names))
        elif isinstance(assertion, ir.PrefixItems):
            kept.append(ir.PrefixItems((_ANYTHING,) * len(assertion.schemas)))
        elif isinstance(assertion, ir.AdditionalProperties | ir.Items | ir.Contains):
            kept.append(assertion)
        elif isinstance(assertion, ir.InPlace | ir.DependentSchemas):
            kept.append(walk.map_subschemas(assertion, lambda s: _about(s, kind)))
    return ir.Schema(owner.id, owner.location, tuple(kept))


def _about(schema: ir.Schema, kind: str) -> ir.Schema:
    """A schema without what says nothing of values of a JSON type."""
    kept = tuple(
        (
            walk.map_subschemas(assertion, lambda inner: _about(inner, kind))
            if isinstance(assertion, ir.InPlace | ir.DependentSchemas)
            else assertion
        )
        for assertion in schema.assertions
        if concerns(kind, assertion)
    )
    return ir.Schema(schema.id, schema.location, kept)


def concerns(kind: str, assertion: ir.Assertion) -> bool:
    """Whether an assertion says anything of values of a JSON type."""
    match assertion:
        case ir.OnNumbers():
            return kind == "number"
        case ir.OnStrings():
            return kind == "string"
        case ir.OnArrays():
            return kind == "array"
        case ir.OnObjects():
            return kind == "object"
        case ir.OnAnyValue() | ir.InPlace():
            return True
        case _:
            assert_never(assertion)


_ANYTHING: Final = ir.Schema(ir.SchemaId("#true"), ir.Location("", ""))
