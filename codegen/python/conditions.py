"""Assertions on scalars as Python conditions.

The codec and the checks both take their conditions from here, so that they cannot come
to different verdicts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final, assert_never

from codegen import ecma
from codegen.ir import facts, numbers, walk
from codegen.ir import model as ir
from codegen.python.emit import tree
from codegen.python.emit.tree import Constant, call, compare, every, some
from codegen.python.model.typed_texts import NONE as NO_FORMATS
from codegen.python.model.typed_texts import Formats, TextType

_INCLUDED: Final = {"string": ("string",), "number": ("number", "integer")}
"""For a type, the names in `type` all of whose values belong to it."""

MOST_COMPARED: Final = 4
"""Up to so many strings are compared one by one, which takes less time than a hash;
more are looked up in a set."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A Python expression that is true when the value *breaks* an assertion."""

    failing: tree.Expr
    keyword: str


HELPERS: Final = "._runtime.checks"
"""The module that holds what conditions call."""


def helper(name: str, *arguments: tree.Expr) -> tree.Call:
    """A call of one of the runtime's functions for conditions."""
    return call(name, *arguments, home=HELPERS)


def class_of(v: tree.Expr, name: str) -> tree.Expr:
    """An expression that is true when the class of `v` is a builtin one."""
    return compare(tree.Attribute(v, "__class__"), "is", tree.Name(name))


NONE: Final = Constant(None)

_CLASSES: Final = {
    "boolean": "bool",
    "string": "str",
    "array": "list",
    "object": "dict",
}


def _is_one(name: str, v: tree.Expr) -> tree.Expr:
    match name:
        case "null":
            return compare(v, "is", NONE)
        case "integer":
            return helper("integral", v)
        case "number":
            return some([class_of(v, "float"), class_of(v, "int")])
        case _:
            return class_of(v, _CLASSES[name])


def is_type(types: tuple[str, ...], v: tree.Expr) -> tree.Expr:
    """An expression that is true when `v` has one of the JSON types."""
    return some(_is_one(name, v) for name in types)


def not_type(types: tuple[str, ...], v: tree.Expr) -> tree.Expr:
    """An expression that is true when `v` has none of the JSON types."""
    parts = []
    for name in types:
        # Most integers are of class int, which is asked first and takes no call.
        parts += [tree.negated(class_of(v, "int"))] if name == "integer" else []
        parts.append(tree.negated(_is_one(name, v)))
    return every(parts)


def type_condition(assertion: ir.Type, v: tree.Expr) -> Condition:
    """`type`."""
    return Condition(not_type(assertion.types, v), "type")


def enum_condition(
    assertion: ir.Enum, v: tree.Expr, known: str | None = None
) -> Condition:
    """The condition of `enum` or `const`. `known` is the JSON type that the value is
    known to have."""
    values = assertion.values
    both = tuple(side for value in values for side in _sides(value))
    return Condition(_not_among(both, v, known), assertion.keyword)


def _sides(value: ir.Json) -> tuple[ir.Json, ...]:
    """What integers and floats are compared with, to be equal to a value."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return (value,)
    sides = numbers.sides(value)
    return (value,) if sides.integer == sides.real else sides


def _not_among(
    values: tuple[ir.Json, ...], v: tree.Expr, known: str | None
) -> tree.Expr:
    texts = _texts(values)
    rest = [x for x in values if not isinstance(x, str)]
    if all(x is None for x in rest) and texts:
        present = [compare(v, "is not", NONE)] if rest else []
        if _are_few(texts):
            return every([*present, *(compare(v, "!=", Constant(x)) for x in texts)])
        test = compare(v, "not in", tree.Display("{}", tuple(map(Constant, texts))))
        if known == "string":
            return every([*present, test])
        return every([*present, some([tree.negated(class_of(v, "str")), test])])
    if values == (None,):
        return compare(v, "is not", NONE)
    if all(isinstance(x, (int, float)) and not isinstance(x, bool) for x in values):
        test = compare(v, "not in", Constant(values))
        if len(values) == 1:
            test = compare(v, "!=", Constant(values[0]))
        # Without this true would pass for 1; a set would need hashable values.
        certain = known in _INCLUDED["number"]
        return test if certain else some([class_of(v, "bool"), test])
    return tree.Not(helper("among", v, Constant(values)))


def has_property(path: tuple[str, ...], v: tree.Expr) -> tree.Expr:
    """An expression that is true for an object with the property at the end of a
    path."""
    *before, last = path
    tests: list[tree.Expr] = []
    for name in before:
        tests.append(compare(Constant(name), "in", v))
        v = tree.Subscript(v, Constant(name))
        tests.append(class_of(v, "dict"))
    return every([*tests, compare(Constant(last), "in", v)])


def size(v: tree.Expr) -> tree.Expr:
    """An expression for the number of characters, items or properties of a value."""
    return call("len", v)


FORMATS: Final = tree.Name("FORMATS", "._runtime._formats")
"""The module with the functions that judge formats; only packages that enforce some
have it."""

MATCHES_LINEAR: Final = tree.Name("matches_linear", "._runtime._linear")
"""The module that matches patterns for which `re` would be slow; only packages with
such have it."""


def matches(pattern: str, v: tree.Expr) -> tree.Expr:
    """An expression that is true if a text matches an ECMA-262 pattern, or is too long
    to be held against it."""
    spelled = Constant(ecma.translate(pattern))
    match ecma.way(pattern):
        case ecma.Way.BACKTRACKING:
            return helper("matches", spelled, v)
        case ecma.Way.LINEAR:
            return call(MATCHES_LINEAR, spelled, v)
        case ecma.Way.SHORT:
            long = compare(size(v), ">", Constant(ecma.bearable(pattern)))
            return some([long, helper("matches", spelled, v)])
        case other:
            assert_never(other)


def number_conditions(schema: ir.Schema, v: tree.Expr) -> list[Condition]:
    """The conditions of assertions on numbers. `v` is known to be a number."""
    return [_of_number(a, v) for a in schema.assertions if isinstance(a, ir.OnNumbers)]


def _beyond(
    v: tree.Expr, sign: str, limit: float, outer: Callable[[float, float], float]
) -> tree.Expr:
    """An expression that is true if a number is beyond a limit. Integers and floats may
    have different limits: beyond the outer one every number is, and between the two
    only numbers of one kind are."""
    sides = numbers.sides(limit)
    if sides.integer == sides.real:
        return compare(v, sign, Constant(limit))
    far = outer(*sides)
    near, kind = (
        (sides.real, "float") if far == sides.integer else (sides.integer, "int")
    )
    between = every([class_of(v, kind), compare(v, sign, Constant(near))])
    return some([compare(v, sign, Constant(far)), between])


def _of_number(assertion: ir.NumberAssertion, v: tree.Expr) -> Condition:
    match assertion:
        case ir.Minimum(limit, exclusive):
            sign, key = ("<=", "exclusiveMinimum") if exclusive else ("<", "minimum")
            return Condition(_beyond(v, sign, limit, outer=min), key)
        case ir.Maximum(limit, exclusive):
            sign, key = (">=", "exclusiveMaximum") if exclusive else (">", "maximum")
            return Condition(_beyond(v, sign, limit, outer=max), key)
        case ir.MultipleOf(divisor):
            exact = numbers.decimal(divisor)
            parts = map(Constant, (exact.numerator, exact.denominator))
            test = tree.Not(helper("multiple", v, *parts))
            return Condition(test, "multipleOf")
        case _:
            assert_never(assertion)


def string_conditions(
    schema: ir.Schema, v: tree.Expr, formats: Formats = NO_FORMATS
) -> list[Condition]:
    """The conditions of assertions on strings. `v` is known to be a string; `formats`
    are those that are enforced."""
    found = []
    for assertion in schema.assertions:
        if isinstance(assertion, ir.OnStrings):
            found += _of_string(assertion, v, formats)
    return found


def _of_string(
    assertion: ir.StringAssertion, v: tree.Expr, formats: Formats
) -> list[Condition]:
    match assertion:
        case ir.MinLength(limit):
            few = compare(size(v), "<", Constant(limit)) if limit > 1 else tree.Not(v)
            return [Condition(few, "minLength")] if limit > 0 else []
        case ir.MaxLength(limit):
            many = compare(size(v), ">", Constant(limit))
            return [Condition(many, "maxLength")]
        case ir.Pattern(regex):
            return [Condition(tree.Not(matches(regex, v)), "pattern")]
        case ir.Format(name):
            return [
                Condition(tree.Not(call(judge, v)), "format")
                for judge in judges(name, formats)
            ]
        case _:
            assert_never(assertion)


def judges(name: str, formats: Formats) -> list[tree.Expr]:
    """The function that tells whether a text is of a format; none if the format is not
    enforced."""
    if name in formats.typed:
        return [tree.Attribute(form(formats.typed[name]), "holds")]
    return [tree.Subscript(FORMATS, Constant(name))] if name in formats else []


def reasons(name: str, formats: Formats) -> list[tree.Expr]:
    """The function that says why a text is not of a format; none if nothing is known
    but that."""
    type_ = formats.typed.get(name)
    return [] if type_ is None else [tree.Attribute(form(type_), "why")]


def form(type_: TextType) -> tree.Name:
    """The runtime's object for texts that have a Python type."""
    return tree.Name(type_.form, type_.home)


def array_conditions(assertion: ir.ArrayAssertion, v: tree.Expr) -> list[Condition]:
    """The conditions of an assertion on an array as a whole, not on its items."""
    match assertion:
        case ir.MinItems(limit):
            few = compare(size(v), "<", Constant(limit))
            return [Condition(few, "minItems")] if limit > 0 else []
        case ir.MaxItems(limit):
            many = compare(size(v), ">", Constant(limit))
            return [Condition(many, "maxItems")]
        case ir.UniqueItems():
            repeated = tree.Not(helper("unique", v))
            return [Condition(repeated, "uniqueItems")]
        case ir.PrefixItems() | ir.Items() | ir.Contains() | ir.UnevaluatedItems():
            return []
        case _:
            assert_never(assertion)


def object_conditions(assertion: ir.ObjectAssertion, v: tree.Expr) -> list[Condition]:
    """The conditions of an assertion on an object as a whole, not on its properties."""
    match assertion:
        case ir.MinProperties(limit):
            few = compare(size(v), "<", Constant(limit))
            return [Condition(few, "minProperties")] if limit > 0 else []
        case ir.MaxProperties(limit):
            many = compare(size(v), ">", Constant(limit))
            return [Condition(many, "maxProperties")]
        case (
            ir.Properties()
            | ir.PatternProperties()
            | ir.AdditionalProperties()
            | ir.PropertyNames()
            | ir.Required()
            | ir.DependentRequired()
            | ir.DependentSchemas()
            | ir.UnevaluatedProperties()
        ):
            return []
        case _:
            assert_never(assertion)


def is_leaf(schema: ir.Schema) -> bool:
    """Whether all assertions of a schema are on scalars: it holds no schema and no
    reference."""
    scalar = (ir.OnAnyValue, ir.OnNumbers, ir.OnStrings)
    return all(isinstance(assertion, scalar) for assertion in schema.assertions)


def only_type(schema: ir.Schema) -> str | None:
    """The JSON type of a schema that allows only one; None otherwise."""
    for assertion in schema.assertions:
        if isinstance(assertion, ir.Type) and len(assertion.types) == 1:
            return assertion.types[0]
    return None


def admits(type_: ir.Type, name: str) -> bool:
    """Whether a type assertion allows values of a JSON type."""
    return name in type_.types or (name == "number" and "integer" in type_.types)


def covers(types: tuple[str, ...], name: str) -> bool:
    """Whether these JSON types include all values of a name in a type assertion."""
    return name in types or (name == "integer" and "number" in types)


def is_true(schema: ir.Schema, formats: Formats = NO_FORMATS) -> bool:
    """Whether a schema plainly accepts every value."""
    return all(
        isinstance(a, ir.Format) and a.name not in formats for a in schema.assertions
    )


def present(v: tree.Expr) -> tree.Expr:
    """An expression that is true when `v` is not null."""
    return compare(v, "is not", NONE)


def leaf_conditions(
    schema: ir.Schema,
    v: tree.Expr,
    formats: Formats = NO_FORMATS,
    known_type: str = "",
) -> list[Condition]:
    """All conditions of a leaf schema, to be joined by `or` in this order.

    Behind the condition on the type, others do not ask for it again. `known_type` is a
    JSON type that the value is known to have beforehand.
    """
    if facts.is_never(schema):
        return [Condition(Constant(True), "false")]
    other = None if known_type else facts.beside_null(schema)
    if other is not None:
        of_others = leaf_conditions(other, v, formats)
        test = every([present(v), some(c.failing for c in of_others)])
        return [Condition(test, of_others[0].keyword)]
    known = known_type or only_type(schema)
    type_ = walk.find(schema, ir.Type)
    types = type_.types if type_ is not None else ()
    found: list[Condition] = []
    for assertion in schema.assertions:
        if isinstance(assertion, ir.Type):
            # That a number is an integer has still to be seen.
            if known_type not in assertion.types:
                found.append(type_condition(assertion, v))
        elif isinstance(assertion, ir.Enum):
            if is_compared(assertion.values) and "string" in types:
                # Which says that it is a string as well.
                found = [c for c in found if c.keyword != "type"]
            values = of_type(assertion.values, known or "")
            if not values:
                return [Condition(Constant(True), assertion.keyword)]
            found.append(enum_condition(replace(assertion, values=values), v, known))
    return [*found, *_limits(schema, v, formats, known)]


def _limits(
    schema: ir.Schema, v: tree.Expr, formats: Formats, known: str | None
) -> Iterator[Condition]:
    """The conditions on numbers and strings, for a value whose type may be known."""
    type_ = walk.find(schema, ir.Type)
    types = frozenset(type_.types if type_ is not None else ())
    for guard, conditions in (
        ("number", number_conditions(schema, v)),
        ("string", string_conditions(schema, v, formats)),
    ):
        certain = known in _INCLUDED[guard]
        if types and not types & set(_INCLUDED[guard]):
            continue  # What is of that type is refused already, whatever its value.
        for condition in conditions:
            test = condition.failing
            if not certain:
                test = every([is_type((guard,), v), test])
            yield Condition(test, condition.keyword)


def group(type_: str) -> str:
    """The JSON type for whose values a condition on values of a type is written: those
    on integers are on numbers."""
    return "number" if type_ == "integer" else type_


def of_type(values: tuple[ir.Json, ...], known: str) -> tuple[ir.Json, ...]:
    """Those of some values that have the known JSON type; all of them if none is
    known."""
    name = group(known)
    return tuple(x for x in values if not name or facts.json_type(x) == name)


def is_compared(values: tuple[ir.Json, ...]) -> bool:
    """Whether a value is compared with each of these values: they are a few texts."""
    return _are_few(_texts(values)) and all(isinstance(value, str) for value in values)


def _texts(values: tuple[ir.Json, ...]) -> tuple[str, ...]:
    """The strings among values, each once."""
    return tuple(dict.fromkeys(x for x in values if isinstance(x, str)))


def _are_few(texts: tuple[str, ...]) -> bool:
    return not texts[MOST_COMPARED:]
