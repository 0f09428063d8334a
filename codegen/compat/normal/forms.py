"""Normal forms: what one alternative of a schema says about values of one JSON type.

A schema is brought into a union of `Form`s for each JSON type. A form is a
conjunction of facets that are independent of each other as far as JSON Schema
allows; what is not (negations, conditions, the exclusiveness of `oneOf`) stays
beside them as a `Residue`. Respellings of the same meaning end in the same form.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Final, TypeAlias

from codegen.ir import model as ir
from codegen.ir.equality import freeze

KINDS: Final = ("null", "boolean", "number", "string", "array", "object")

Node: TypeAlias = tuple[ir.Schema, ...]
"""A conjunction of schemas at one place; the empty one allows everything."""


def node_key(node: Node) -> tuple[ir.SchemaId, ...]:
    """The identity of a conjunction within its module."""
    return tuple(schema.id for schema in node)


def join(*nodes: Node) -> Node:
    """The conjunction of several, each schema once."""
    found: dict[ir.SchemaId, ir.Schema] = {}
    for node in nodes:
        for schema in node:
            found.setdefault(schema.id, schema)
    return tuple(found.values())


# --- residues ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Exclusive:
    """The value matches no other branch of the `oneOf` than the one at `index`."""

    union: ir.OneOf
    index: int
    owner: ir.Schema


@dataclass(frozen=True, slots=True, eq=False)
class Outside:
    """The value is not valid under `schema`."""

    schema: ir.Schema
    owner: ir.Schema


@dataclass(frozen=True, slots=True, eq=False)
class Condition:
    """An `if` with its branches."""

    rule: ir.IfThenElse
    owner: ir.Schema


@dataclass(frozen=True, slots=True, eq=False)
class Unevaluated:
    """`unevaluatedProperties` or `unevaluatedItems` whose reach is not static."""

    rule: ir.UnevaluatedProperties | ir.UnevaluatedItems
    owner: ir.Schema


Residue: TypeAlias = Exclusive | Outside | Condition | Unevaluated


# --- facets ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Bare:
    """Null and boolean have no facets."""


@dataclass(frozen=True, slots=True, order=True)
class Bound:
    """One end of an interval."""

    limit: Fraction
    exclusive: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """An interval, integers only or not, and divisors."""

    integer: bool = False
    lower: Bound | None = None
    upper: Bound | None = None
    divisors: tuple[Fraction, ...] = ()


@dataclass(frozen=True, slots=True)
class String:
    """Lengths in code points; every pattern and asserted format holds."""

    minimum: int = 0
    maximum: int | None = None
    patterns: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Array:
    """`prefix` by index, `items` for all that follow."""

    prefix: tuple[Node, ...] = ()
    items: Node = ()
    minimum: int = 0
    maximum: int | None = None
    unique: bool = False
    contains: tuple[ir.Contains, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Object:
    """What is said of members; `additional` may hold one entry for each conjunct."""

    properties: Mapping[str, Node] = field(default_factory=dict)
    patterns: tuple[tuple[str, ir.Schema], ...] = ()
    additional: tuple[ir.AdditionalProperties, ...] = ()
    required: tuple[str, ...] = ()
    names: Node = ()
    minimum: int = 0
    maximum: int | None = None
    dependent_required: tuple[tuple[str, tuple[str, ...]], ...] = ()
    dependent_schemas: tuple[tuple[str, ir.Schema], ...] = ()

    @property
    def regexes(self) -> tuple[str, ...]:
        """The patterns of names, in their order."""
        return tuple(regex for regex, _ in self.patterns)


def said_of(facets: Object, names: Iterable[str]) -> Iterable[str]:
    """Those of some names of which something may be said. A single change of an object
    is about few of its properties, and there may be as many changes as properties."""
    if facets.patterns or facets.additional:
        return names
    return [name for name in names if name in facets.properties]


Facets: TypeAlias = Bare | Number | String | Array | Object

_TOP: Final[Mapping[str, Facets]] = {
    "null": Bare(),
    "boolean": Bare(),
    "number": Number(),
    "string": String(),
    "array": Array(),
    "object": Object(),
}


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """One alternative for one JSON type.

    `values` confines it to a finite set. `labels` are the named schemas of which it
    is a part, outermost first. `sources` are the schemas that it was made of.
    """

    kind: str
    facets: Facets
    values: tuple[ir.Json, ...] | None = None
    residues: tuple[Residue, ...] = ()
    labels: tuple[ir.SchemaId, ...] = ()
    sources: Node = ()


def top(kind: str) -> Form:
    """Every value of one JSON type."""
    return Form(kind, _TOP[kind])


# --- conjunction -------------------------------------------------------------------


def exact(limit: float) -> Fraction:
    """A JSON number as it was written, not as binary floating point has it."""
    return Fraction(limit) if isinstance(limit, int) else Fraction(repr(limit))


def _least(a: int | None, b: int | None) -> int | None:
    if a is None or b is None:
        return b if a is None else a
    return min(a, b)


def _lower(a: Bound | None, b: Bound | None) -> Bound | None:
    if a is None or b is None:
        return b if a is None else a
    return max(a, b)


def _upper(a: Bound | None, b: Bound | None) -> Bound | None:
    if a is None or b is None:
        return b if a is None else a
    return min(a, b, key=lambda bound: (bound.limit, not bound.exclusive))


def _both(a: tuple[ir.Json, ...], b: tuple[ir.Json, ...]) -> tuple[ir.Json, ...]:
    known = {freeze(item) for item in b}
    return tuple(item for item in a if freeze(item) in known)


def meet(a: Form, b: Form) -> Form:
    """The conjunction of two forms of the same JSON type."""
    values = a.values if b.values is None else b.values
    if a.values is not None and b.values is not None:
        values = _both(a.values, b.values)
    return Form(
        a.kind,
        _meet_facets(a.facets, b.facets),
        values,
        (*a.residues, *b.residues),
        tuple(dict.fromkeys((*a.labels, *b.labels))),
        join(a.sources, b.sources),
    )


def _meet_facets(a: Facets, b: Facets) -> Facets:
    match a, b:
        case Number(), Number():
            return Number(
                a.integer or b.integer,
                _lower(a.lower, b.lower),
                _upper(a.upper, b.upper),
                tuple(dict.fromkeys((*a.divisors, *b.divisors))),
            )
        case String(), String():
            return String(
                max(a.minimum, b.minimum),
                _least(a.maximum, b.maximum),
                tuple(dict.fromkeys((*a.patterns, *b.patterns))),
                tuple(dict.fromkeys((*a.formats, *b.formats))),
            )
        case Array(), Array():
            return _meet_arrays(a, b)
        case Object(), Object():
            return _meet_objects(a, b)
        case _:
            return a


def _meet_arrays(a: Array, b: Array) -> Array:
    size = max(len(a.prefix), len(b.prefix))
    return Array(
        tuple(join(item_node(a, i), item_node(b, i)) for i in range(size)),
        join(a.items, b.items),
        max(a.minimum, b.minimum),
        _least(a.maximum, b.maximum),
        a.unique or b.unique,
        (*a.contains, *b.contains),
    )


def item_node(array: Array, index: int) -> Node:
    """What an array says of its item at `index`."""
    return array.prefix[index] if index < len(array.prefix) else array.items


def _meet_objects(a: Object, b: Object) -> Object:
    # Many conjuncts declare a few properties each; what only one does is as it was.
    properties = {**a.properties, **b.properties}
    for name in a.properties.keys() & b.properties.keys():
        properties[name] = join(a.properties[name], b.properties[name])
    return Object(
        properties,
        (*a.patterns, *b.patterns),
        (*a.additional, *b.additional),
        tuple(dict.fromkeys((*a.required, *b.required))),
        join(a.names, b.names),
        max(a.minimum, b.minimum),
        _least(a.maximum, b.maximum),
        (*a.dependent_required, *b.dependent_required),
        (*a.dependent_schemas, *b.dependent_schemas),
    )


# --- finishing ---------------------------------------------------------------------


def tidy(form: Form) -> Form | None:
    """The form with facets in their one spelling; None where nothing can match."""
    facets = form.facets
    if isinstance(facets, Number):
        facets = tidy_number(facets)
    values = form.values
    if values is not None:
        values = tuple(v for v in values if scalar_accepts(facets, v))
        if not values:
            return None
    elif empty(facets):
        return None
    if facets is form.facets and values is form.values:
        return form
    return replace(form, facets=facets, values=values)


def tidy_number(facets: Number) -> Number:
    """Integers have inclusive integral bounds; 1 as a divisor means integer."""
    integer = facets.integer or any(d.denominator == 1 for d in facets.divisors)
    divisors = tuple(
        d for d in facets.divisors if not (integer and (1 / d).denominator == 1)
    )
    divisors = tuple(
        d
        for d in divisors
        if not any(o != d and (o / d).denominator == 1 for o in divisors)
    )
    lower, upper = facets.lower, facets.upper
    if integer and lower is not None:
        limit = math.ceil(lower.limit)
        lower = Bound(
            Fraction(limit + 1 if lower.exclusive and limit == lower.limit else limit)
        )
    if integer and upper is not None:
        limit = math.floor(upper.limit)
        upper = Bound(
            Fraction(limit - 1 if upper.exclusive and limit == upper.limit else limit)
        )
    return Number(integer, lower, upper, tuple(sorted(divisors)))


def empty(facets: Facets) -> bool:
    """Whether the facets alone already exclude every value."""
    match facets:
        case Number(_, Bound() as low, Bound() as high):
            return low.limit > high.limit or (
                low.limit == high.limit and (low.exclusive or high.exclusive)
            )
        case String(minimum, maximum) if maximum is not None:
            return minimum > maximum
        case Array(minimum=minimum, maximum=maximum) if maximum is not None:
            return minimum > maximum
        case Object(minimum=minimum, maximum=maximum, required=required):
            return maximum is not None and max(minimum, len(required)) > maximum
        case _:
            return False


def scalar_accepts(facets: Facets, value: ir.Json) -> bool:
    """Whether cheap facets let a value through; the others are not asked."""
    match facets:
        case Number():
            return number_accepts(facets, exact(value))
        case String(minimum, maximum):
            return minimum <= len(value) and (maximum is None or len(value) <= maximum)
        case _:
            return True


def number_accepts(facets: Number, value: Fraction) -> bool:
    """Whether a number lies in the interval and on the grid."""
    low, high = facets.lower, facets.upper
    if low and (value < low.limit or (low.exclusive and value == low.limit)):
        return False
    if high and (value > high.limit or (high.exclusive and value == high.limit)):
        return False
    if facets.integer and value.denominator != 1:
        return False
    return all((value / d).denominator == 1 for d in facets.divisors)


def wrapped(only: ir.Assertion | None) -> ir.Schema | None:
    """The schema that a union or conjunction of one says the same as."""
    if isinstance(only, ir.AllOf | ir.AnyOf | ir.OneOf) and len(only.schemas) == 1:
        return only.schemas[0]
    return None
