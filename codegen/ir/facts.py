"""What can be said of a schema at once, through `allOf` and references.

The *conjuncts* of a schema are the schema itself and all schemas that it applies to the
same value unconditionally. Most questions are answered by looking at all of them
together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, TypeAlias, TypeVar, assert_never

from codegen.ir import model as ir

A = TypeVar("A")

Tag: TypeAlias = str | int | bool
"""A value that can tell objects from each other. 1 and true are different tags."""

ALL_TYPES = frozenset({"null", "boolean", "number", "string", "array", "object"})


@dataclass(slots=True)
class _Remembered:
    """Answers about a schema that follow from the module and are asked for very
    often."""

    module: ir.Module
    conjuncts: tuple[ir.Schema, ...]
    led: tuple[ir.SchemaId, ...]
    stated: Mapping[type, tuple[Any, ...]]
    """The assertions of all conjuncts, by their kind."""
    properties: Mapping[str, tuple[ir.Schema, ...]] | None = None
    types: frozenset[str] | None = None
    types_led: tuple[ir.SchemaId, ...] = ()
    """The targets of references that were looked at to find `types`. They are looked up
    again whenever the remembered answer is given, because the module's mapping may note
    what is looked up (`python.basis`)."""


def _remembered(module: ir.Module, schema: ir.Schema) -> _Remembered:
    found: _Remembered | None = schema.remembered
    if found is None or found.module is not module:
        parts = tuple(_conjuncts(module, schema))
        stated: dict[type, tuple[Any, ...]] = {}
        for part in parts:
            for assertion in part.assertions:
                kind = assertion.__class__
                stated[kind] = (*stated.get(kind, ()), assertion)
        led = tuple(ref.target for ref in stated.get(ir.Ref, ()))
        found = _Remembered(module, parts, led, stated)
        object.__setattr__(schema, "remembered", found)
    elif found.led:
        _look_at(module, found.led)
    return found


def _look_at(module: ir.Module, led: Iterable[ir.SchemaId]) -> None:
    for target in led:
        module.schemas[target]


def conjuncts(module: ir.Module, schema: ir.Schema) -> tuple[ir.Schema, ...]:
    """The schema, its `allOf` branches and the targets of its references, each once."""
    found: _Remembered | None = schema.remembered
    if found is None or found.led or found.module is not module:
        found = _remembered(module, schema)
    return found.conjuncts


def stated(module: ir.Module, schema: ir.Schema, kind: type[A]) -> tuple[A, ...]:
    """The assertions of one kind that the conjuncts of a schema make, in order."""
    # This is asked a hundred thousand times.
    found: _Remembered | None = schema.remembered
    if found is None or found.led or found.module is not module:
        found = _remembered(module, schema)
    return found.stated.get(kind, ())


def states(module: ir.Module, schema: ir.Schema, kinds: tuple[type, ...]) -> bool:
    """Whether a conjunct of the schema makes an assertion of one of these kinds."""
    return not _remembered(module, schema).stated.keys().isdisjoint(kinds)


def _conjuncts(module: ir.Module, schema: ir.Schema) -> Iterator[ir.Schema]:
    seen: set[ir.SchemaId] = set()
    stack = [schema]
    while stack:
        current = stack.pop()
        if current.id in seen:
            continue
        seen.add(current.id)
        yield current
        inner: list[ir.Schema] = []
        for assertion in current.assertions:
            if isinstance(assertion, ir.AllOf):
                inner.extend(assertion.schemas)
            elif isinstance(assertion, ir.Ref):
                inner.append(module.schemas[assertion.target])
        stack.extend(reversed(inner))


def properties(
    module: ir.Module, schema: ir.Schema
) -> Mapping[str, tuple[ir.Schema, ...]]:
    """Every property that a conjunct declares, with all its schemas, in order."""
    known = _remembered(module, schema)
    if known.properties is None:
        found: dict[str, tuple[ir.Schema, ...]] = {}
        for declared in known.stated.get(ir.Properties, ()):
            for name, inner in declared.schemas.items():
                found[name] = (*found.get(name, ()), inner)
        known.properties = MappingProxyType(found)
    return known.properties


def at(
    module: ir.Module, schema: ir.Schema, path: tuple[str, ...]
) -> tuple[ir.Schema, ...]:
    """The schemas of the property to which a path of properties leads, from every
    conjunct."""
    found: tuple[ir.Schema, ...] = (schema,)
    for name in path:
        found = tuple(
            s for part in found for s in properties(module, part).get(name, ())
        )
    return found


def required(module: ir.Module, schema: ir.Schema) -> frozenset[str]:
    """Every property that a conjunct requires."""
    found = stated(module, schema, ir.Required)
    return frozenset(name for assertion in found for name in assertion.names)


def json_type(value: ir.Json) -> str:
    """The JSON type of a value; numbers are `number`."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, (int, float)):
        return "number"
    if isinstance(value, str):
        return "string"
    return "array" if isinstance(value, list) else "object"


def types(module: ir.Module, schema: ir.Schema) -> frozenset[str]:
    """The JSON types that a valid value can have, as far as `type`, `enum`, unions
    and `not` of whole types tell.

    `integer` counts as `number`. A schema that is met again inside itself counts as all
    types.
    """
    known = _remembered(module, schema)
    if known.types is None:
        led: set[ir.SchemaId] = set()
        known.types = _types(module, schema, frozenset(), led)
        known.types_led = tuple(led)
    else:
        _look_at(module, known.types_led)
    return known.types


def _types(
    module: ir.Module,
    schema: ir.Schema,
    seen: frozenset[ir.SchemaId],
    led: set[ir.SchemaId],
) -> frozenset[str]:
    possible = ALL_TYPES
    if schema.id in seen:
        return possible
    seen = seen | {schema.id}
    known = _remembered(module, schema)
    led.update(known.led)
    for part in known.conjuncts:
        for assertion in part.assertions:
            match assertion:
                case ir.Never():
                    return frozenset()
                case ir.Type(types=names):
                    possible &= {"number" if n == "integer" else n for n in names}
                case ir.Enum(values=values):
                    possible &= {json_type(value) for value in values}
                case ir.AnyOf(schemas=branches):
                    joined = (_types(module, b, seen, led) for b in branches)
                    possible &= frozenset().union(*joined)
                case ir.OneOf(schemas=branches):
                    joined = (_types(module, b, seen, led) for b in branches)
                    possible &= frozenset().union(*joined) - _twice(module, branches)
                case ir.Not(schema=refused):
                    led.update(_remembered(module, refused).led)
                    possible -= _whole(module, refused)
                case ir.OnNumbers() | ir.OnStrings() | ir.OnArrays() | ir.OnObjects():
                    pass
                case ir.Ref() | ir.AllOf() | ir.IfThenElse():
                    pass  # The first two lead to other conjuncts.
                case _:
                    assert_never(assertion)
    return possible


def _twice(module: ir.Module, branches: tuple[ir.Schema, ...]) -> frozenset[str]:
    """The types of which at least two branches accept every value, so that exactly one
    never does."""
    once: frozenset[str] = frozenset()
    twice: frozenset[str] = frozenset()
    for branch in branches:
        every = _whole(module, branch)
        twice |= once & every
        once |= every
    return twice


def _whole(module: ir.Module, schema: ir.Schema) -> frozenset[str]:
    """The types of which a schema accepts every value, as far as is seen at once."""
    found = ALL_TYPES
    for part in _remembered(module, schema).conjuncts:
        for assertion in part.assertions:
            match assertion:
                case ir.Type(types=names):
                    found &= frozenset(names)
                case ir.OnNumbers():
                    found -= {"number"}
                case ir.OnStrings():
                    found -= {"string"}
                case ir.OnArrays():
                    found -= {"array"}
                case ir.OnObjects():
                    found -= {"object"}
                case ir.Ref() | ir.AllOf():
                    pass  # They lead to other conjuncts.
                case ir.Never() | ir.Enum() | ir.AnyOf() | ir.OneOf() | ir.Not():
                    return frozenset()
                case ir.IfThenElse():
                    return frozenset()
                case _:
                    assert_never(assertion)
    return found


def are_integers(
    module: ir.Module, schema: ir.Schema, above: frozenset[ir.SchemaId] = frozenset()
) -> bool:
    """Whether `type` confines the numbers of a schema to integers, be it in every
    branch of a union that takes numbers."""
    if schema.id in above:
        return False
    known = _remembered(module, schema).stated
    if any("integer" in one.types for one in known.get(ir.Type, ())):
        return True
    above |= {schema.id}
    for union in (*known.get(ir.AnyOf, ()), *known.get(ir.OneOf, ())):
        taking = [b for b in union.schemas if "number" in types(module, b)]
        if taking and all(are_integers(module, b, above) for b in taking):
            return True
    return False


def finite_values(module: ir.Module, schema: ir.Schema) -> tuple[ir.Json, ...] | None:
    """The values that the first enumeration lists; None where the schema has none."""
    found = stated(module, schema, ir.Enum)
    return found[0].values if found else None


def tag_values(
    module: ir.Module, schemas: tuple[ir.Schema, ...]
) -> tuple[Tag, ...] | None:
    """The strings, integers and booleans to which all these schemas together confine a
    property; None if it may be anything else."""
    found: tuple[Tag, ...] | None = None
    for schema in schemas:
        for values in _listed(module, schema):
            if not all(isinstance(value, str | int) for value in values):
                continue
            known = {distinct(value) for value in values}
            found = tuple(v for v in found or values if distinct(v) in known)
    return found or None


def _listed(module: ir.Module, schema: ir.Schema) -> Iterator[tuple[ir.Json, ...]]:
    """The values of each enumeration, also of one that is a union of some."""
    for listed in stated(module, schema, ir.Enum):
        yield listed.values
    unions: tuple[ir.AnyOf | ir.OneOf, ...] = (
        *stated(module, schema, ir.AnyOf),
        *stated(module, schema, ir.OneOf),
    )
    for union in unions:
        lists = [stated(module, branch, ir.Enum) for branch in union.schemas]
        if all(lists):
            yield tuple(value for found in lists for value in found[0].values)


def distinct(value: Tag) -> tuple[bool, Tag]:
    """A key under which true and 1 are different."""
    return isinstance(value, bool), value


def plain(module: ir.Module, schema: ir.Schema) -> ir.Schema:
    """For a branch that lowering has confined to its tags, the schema that it is
    without them; any other schema itself."""
    branch = schema.annotations.branch_of
    return schema if branch is None else unwrap(module, module.schemas[branch])


def only(schema: ir.Schema) -> ir.Assertion | None:
    """The assertion of a schema that makes exactly one."""
    return schema.assertions[0] if len(schema.assertions) == 1 else None


def beside_null(schema: ir.Schema) -> ir.Schema | None:
    """What a schema says of values other than null. None where null is not valid, where
    nothing else is, or where `type` does not tell.

    A check that first asks whether the value is null can then ask for its length or
    sign, because type checkers know that it is not null any more.
    """
    left: list[ir.Assertion] = []
    for assertion in schema.assertions:
        match assertion:
            case ir.Type(types) if "null" in types and len(types) > 1:
                rest = tuple(name for name in types if name != "null")
                left.append(replace(assertion, types=rest))
            case ir.Enum(values) if None in values and len(values) > 1:
                others = tuple(value for value in values if value is not None)
                left.append(replace(assertion, values=others))
            case ir.Type() | ir.Enum() | ir.Never():
                return None
            case (
                ir.OnNumbers()
                | ir.OnStrings()
                | ir.OnArrays()
                | ir.OnObjects()
                | ir.InPlace()
            ):
                left.append(assertion)
            case _:
                assert_never(assertion)
    typed = any(isinstance(assertion, ir.Type) for assertion in left)
    return replace(schema, assertions=tuple(left)) if typed else None


def only_part(schema: ir.Schema) -> ir.Schema | None:
    """The schema that another one consists of, as the only part of an `allOf` or of a
    union. Nothing else stands beside it but its own type."""
    found: ir.Schema | None = None
    while (inner := _part(found or schema)) is not None:
        found = inner
    return found


def _part(schema: ir.Schema) -> ir.Schema | None:
    wholes = [a for a in schema.assertions if not isinstance(a, ir.Type)]
    if len(wholes) != 1 or not isinstance(wholes[0], ir.AllOf | ir.AnyOf | ir.OneOf):
        return None
    inner = wholes[0].schemas[0]
    beside = [a for a in schema.assertions if a is not wholes[0]]
    alone = len(wholes[0].schemas) == 1 and all(a in inner.assertions for a in beside)
    return inner if alone else None


def is_null(schema: ir.Schema) -> bool:
    """Whether a schema says that a value is null, and nothing else."""
    type_ = only(schema)
    return isinstance(type_, ir.Type) and type_.types == ("null",)


def is_never(schema: ir.Schema) -> bool:
    """Whether a schema plainly accepts no value. Deeper contradictions are not looked
    for."""
    return ir.Never in map(type, schema.assertions)


def unwrap(
    module: ir.Module,
    schema: ir.Schema,
    until: Callable[[ir.Schema], bool] | None = None,
) -> ir.Schema:
    """Follow a schema as long as it is nothing but a reference, or an `allOf` or union
    of one schema; no further than to one of which `until` is true."""
    seen: set[ir.SchemaId] = set()
    following: ir.Schema | None = schema
    while following is not None:
        schema = following
        if until is not None and until(schema):
            return schema
        seen.add(schema.id)
        following = _following(module, schema)
        if following is not None and following.id in seen:
            return following
    return schema


def referred(module: ir.Module, schema: ir.Schema) -> ir.SchemaId:
    """The id of the last schema to which `unwrap` follows a reference; that of the
    schema itself if it follows none."""
    seen: set[ir.SchemaId] = set()
    found = schema.id
    following: ir.Schema | None = schema
    while following is not None and following.id not in seen:
        seen.add(following.id)
        if following.id in module.schemas:
            found = following.id
        following = _following(module, following)
    return found


def _following(module: ir.Module, schema: ir.Schema) -> ir.Schema | None:
    """The schema that this one is nothing but another name for; None if it says
    something itself."""
    match only(schema):
        case None:
            return None
        case ir.Ref(target=target):
            return module.schemas[target]
        case (
            ir.AllOf(schemas=(inner,))
            | ir.AnyOf(schemas=(inner,))
            | ir.OneOf(schemas=(inner,))
        ):
            return inner
        case ir.AllOf() | ir.AnyOf() | ir.OneOf() | ir.Not() | ir.IfThenElse():
            return None
        case ir.OnAnyValue() | ir.OnNumbers() | ir.OnStrings():
            return None
        case ir.OnArrays() | ir.OnObjects():
            return None
        case other:
            assert_never(other)
