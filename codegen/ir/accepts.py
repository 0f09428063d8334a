"""Whether a value is valid: the meaning of the IR, said as plainly as possible.

It follows the text of JSON Schema 2020-12 keyword by keyword and knows no
shortcut, so that tests can hold generated code and proofs against it. It judges
`Format` as the annotation that it is, but for formats that it is told how to judge.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, TypeAlias, assert_never

from codegen import ecma
from codegen.ir import model as ir
from codegen.ir import numbers

Formats: TypeAlias = Mapping[str, Callable[[str], bool]]
"""For some formats what says of a text whether it is of one."""

_NO_FORMATS: Final[Formats] = MappingProxyType({})


def accepts(
    module: ir.Module,
    schema: ir.Schema | ir.SchemaId,
    value: ir.Json,
    formats: Formats = _NO_FORMATS,
) -> bool:
    """Whether `value` is valid under a schema of the module.

    A reference that leads back to itself on the same value says nothing more about
    it, and so is taken as valid. Raises ValueError for a pattern that is none.
    """
    return judged(module, schema, value, formats).valid


@dataclass(frozen=True, slots=True)
class Judgement:
    """What came of a question; `steps` are the schemas that were looked at."""

    valid: bool
    steps: int


def judged(
    module: ir.Module,
    schema: ir.Schema | ir.SchemaId,
    value: ir.Json,
    formats: Formats = _NO_FORMATS,
) -> Judgement:
    """Whether `value` is valid under a schema, as `accepts`, and what that took."""
    if isinstance(schema, str):
        schema = module.schemas[schema]
    judge = _Judge(module, formats)
    valid = judge.judge(schema, value) is not None
    return Judgement(valid, judge.steps)


def equal(one: ir.Json, two: ir.Json) -> bool:
    """JSON equality: 1 equals 1.0, true does not equal 1."""
    if isinstance(one, bool) or isinstance(two, bool):
        return one is two
    if isinstance(one, dict) and isinstance(two, dict):
        return one.keys() == two.keys() and all(equal(one[k], two[k]) for k in one)
    if isinstance(one, list) and isinstance(two, list):
        return len(one) == len(two) and all(map(equal, one, two))
    return bool(one == two)


def has_type(value: ir.Json, name: str) -> bool:
    """Whether a value is of one of the seven types."""
    match name:
        case "null":
            return value is None
        case "boolean":
            return isinstance(value, bool)
        case "number":
            return is_number(value)
        case "integer":
            return is_number(value) and (
                isinstance(value, int) or (math.isfinite(value) and value.is_integer())
            )
        case "string":
            return isinstance(value, str)
        case "array":
            return isinstance(value, list)
        case "object":
            return isinstance(value, dict)
    raise ValueError(f"no type is named {name!r}")


def _is_one_of(value: ir.Json, types: Iterable[str]) -> bool:
    for name in types:  # noqa: SIM110 - the shorter way takes twice as long
        if has_type(value, name):
            return True
    return False


def is_number(value: ir.Json) -> bool:
    """Whether a value is a number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def matches(regex: str, text: str) -> bool:
    """Whether a pattern is found in a text."""
    # Python's spelling of a pattern belongs to the generator; the meaning of
    # `Pattern` is ECMA-262's, and there is only one translation of it.
    return ecma.matcher(regex)(text)


class Evaluated:
    """What the assertions of a valid schema have evaluated of the value."""

    __slots__ = ("items", "properties")

    def __init__(self) -> None:
        # Most values are scalars, for which there is never more than nothing.
        self.properties: frozenset[str] = _NOTHING
        self.items: frozenset[int] = _NOTHING

    def add(self, other: Evaluated) -> None:
        """Take over what another schema has evaluated of the same value."""
        if other.properties:
            self.properties |= other.properties
        if other.items:
            self.items |= other.items


_NOTHING: Final[frozenset[Any]] = frozenset()


_ASKED_LAST: Final = (ir.UnevaluatedItems, ir.UnevaluatedProperties)

_Verdict: TypeAlias = Evaluated | None
"""What was evaluated; None where the value is not valid."""


class _Judge:
    """One question; knows which schemas are being asked about which value, and what
    those that a reference led to have answered.

    Values are known by their identity, which is theirs as long as the question lasts.
    """

    def __init__(self, module: ir.Module, formats: Formats) -> None:
        self.module = module
        self.formats = formats
        self.asking: set[tuple[ir.SchemaId, int]] = set()
        self.answered: dict[tuple[ir.SchemaId, int], _Verdict] = {}
        self.circles = 0
        self.steps = 0

    def judge(self, schema: ir.Schema, value: ir.Json) -> _Verdict:
        self.steps += 1
        evaluated = Evaluated()
        last = False
        for assertion in schema.assertions:
            if isinstance(assertion, _ASKED_LAST):
                last = True
            elif not self.holds(assertion, value, evaluated):
                return None
        for assertion in schema.assertions if last else ():
            if isinstance(assertion, _ASKED_LAST) and not self.holds(
                assertion, value, evaluated
            ):
                return None
        return evaluated

    def valid(self, schema: ir.Schema, value: ir.Json) -> bool:
        return self.judge(schema, value) is not None

    def holds(self, assertion: ir.Assertion, value: ir.Json, seen: Evaluated) -> bool:
        """Whether one assertion holds; adds to `seen` what it evaluates."""
        match assertion:
            case ir.Type(types):
                return _is_one_of(value, types)
            case ir.Ref(target):
                # The most frequent ones; all that is tried before them costs time.
                return self._reference(target, value, seen)
            case ir.Properties() | ir.Required():
                return not isinstance(value, dict) or self._object(
                    assertion, value, seen
                )
            case ir.Never():
                return False
            case ir.Enum(values):
                return any(_enumerated(value, other) for other in values)
            case ir.OnNumbers():
                return not is_number(value) or _number(assertion, value)
            case ir.OnStrings():
                return not isinstance(value, str) or _string(
                    assertion, value, self.formats
                )
            case ir.OnArrays():
                return not isinstance(value, list) or self._array(
                    assertion, value, seen
                )
            case ir.InPlace():
                return self._in_place(assertion, value, seen)
            case ir.OnObjects():
                return not isinstance(value, dict) or self._object(
                    assertion, value, seen
                )
            case _:
                assert_never(assertion)

    # --- arrays --------------------------------------------------------------------

    def _array(
        self, assertion: ir.ArrayAssertion, value: list[ir.Json], seen: Evaluated
    ) -> bool:
        match assertion:
            case ir.PrefixItems(schemas):
                pairs = list(zip(schemas, value, strict=False))
                seen.items |= frozenset(range(len(pairs)))
                return all(self.valid(schema, item) for schema, item in pairs)
            case ir.Items(schema, start):
                seen.items |= frozenset(range(start, len(value)))
                return all(self.valid(schema, item) for item in value[start:])
            case ir.Contains(schema, minimum, maximum, evaluates):
                found = [i for i, v in enumerate(value) if self.valid(schema, v)]
                if evaluates:
                    seen.items |= frozenset(found)
                most = math.inf if maximum is None else maximum
                return minimum <= len(found) <= most
            case ir.MinItems(limit):
                return len(value) >= limit
            case ir.MaxItems(limit):
                return len(value) <= limit
            case ir.UniqueItems():
                return not any(
                    equal(item, other)
                    for index, item in enumerate(value)
                    for other in value[:index]
                )
            case ir.UnevaluatedItems(schema):
                rest = [i for i in range(len(value)) if i not in seen.items]
                seen.items |= frozenset(rest)
                return all(self.valid(schema, value[i]) for i in rest)
            case _:
                assert_never(assertion)

    # --- objects -------------------------------------------------------------------

    def _object(
        self, assertion: ir.ObjectAssertion, value: dict[str, ir.Json], seen: Evaluated
    ) -> bool:
        match assertion:
            case (
                ir.Properties()
                | ir.PatternProperties()
                | ir.AdditionalProperties()
                | ir.UnevaluatedProperties()
            ):
                pairs = _members(assertion, value, seen)
                seen.properties |= frozenset([name for name, _ in pairs])
                return all(self.valid(schema, value[name]) for name, schema in pairs)
            case ir.PropertyNames(schema):
                return all(self.valid(schema, name) for name in value)
            case ir.Required(names):
                return all(name in value for name in names)
            case ir.MinProperties(limit):
                return len(value) >= limit
            case ir.MaxProperties(limit):
                return len(value) <= limit
            case ir.DependentRequired(by_name):
                return all(
                    name not in value or all(other in value for other in names)
                    for name, names in by_name.items()
                )
            case ir.DependentSchemas(schemas):
                applied = [schema for name, schema in schemas.items() if name in value]
                return self._every(applied, value, seen)
            case _:
                assert_never(assertion)

    # --- in place ------------------------------------------------------------------

    def _in_place(
        self, assertion: ir.InPlaceApplicator, value: ir.Json, seen: Evaluated
    ) -> bool:
        match assertion:
            case ir.Ref(target):
                return self._reference(target, value, seen)
            case ir.AllOf(schemas):
                return self._every(schemas, value, seen)
            case ir.AnyOf(schemas):
                return self._count(schemas, value, seen, len(schemas)) >= 1
            case ir.OneOf(schemas):
                return self._count(schemas, value, seen, 2) == 1
            case ir.Not(schema):
                return not self.valid(schema, value)
            case ir.IfThenElse(condition, then, otherwise):
                verdict = self.judge(condition, value)
                if verdict is not None:
                    seen.add(verdict)
                branch = otherwise if verdict is None else then
                return branch is None or self._every((branch,), value, seen)
            case _:
                assert_never(assertion)

    def _reference(self, target: ir.SchemaId, value: ir.Json, seen: Evaluated) -> bool:
        question = (target, id(value))
        if question in self.answered:
            verdict = self.answered[question]
        elif question in self.asking:
            self.circles += 1
            return True
        else:
            circles = self.circles
            self.asking.add(question)
            verdict = self.judge(self.module.schemas[target], value)
            self.asking.discard(question)
            if circles == self.circles:
                # Otherwise the answer is good for this way to it only.
                self.answered[question] = verdict
        if verdict is None:
            return False
        seen.add(verdict)
        return True

    def _every(
        self, schemas: Iterable[ir.Schema], value: ir.Json, seen: Evaluated
    ) -> bool:
        for schema in schemas:
            verdict = self.judge(schema, value)
            if verdict is None:
                return False
            seen.add(verdict)
        return True

    def _count(
        self, schemas: Iterable[ir.Schema], value: ir.Json, seen: Evaluated, most: int
    ) -> int:
        """How many schemas a value meets; what is beyond `most` is not counted."""
        valid = 0
        for schema in schemas:
            verdict = self.judge(schema, value)
            if verdict is not None:
                seen.add(verdict)
                valid += 1
                if valid >= most:
                    break
        return valid


_OnMembers: TypeAlias = (
    ir.Properties
    | ir.PatternProperties
    | ir.AdditionalProperties
    | ir.UnevaluatedProperties
)


def _members(
    assertion: _OnMembers, value: dict[str, ir.Json], seen: Evaluated
) -> list[tuple[str, ir.Schema]]:
    """The properties that an assertion judges, each with the schema it must meet."""
    match assertion:
        case ir.Properties(schemas):
            return [(name, schemas[name]) for name in schemas if name in value]
        case ir.PatternProperties(schemas):
            return [
                (name, schema)
                for regex, schema in schemas.items()
                for name in value
                if matches(regex, name)
            ]
        case ir.AdditionalProperties(schema, known, patterns):
            return [
                (name, schema)
                for name in value
                if name not in known
                and not any(matches(regex, name) for regex in patterns)
            ]
        case ir.UnevaluatedProperties(schema):
            return [(name, schema) for name in value if name not in seen.properties]
        case _:
            assert_never(assertion)


def _enumerated(value: ir.Json, other: ir.Json) -> bool:
    if is_number(value) and is_number(other):
        return bool(value == numbers.facing(other, value))
    return equal(value, other)


def _number(assertion: ir.NumberAssertion, value: float) -> bool:
    if isinstance(value, float) and not math.isfinite(value):
        # JSON has no such number; a parser made it of one too large for a float.
        match assertion:
            case ir.Minimum():
                return value > 0
            case ir.Maximum():
                return value < 0
            case ir.MultipleOf():
                return False
            case _:
                assert_never(assertion)
    match assertion:
        case ir.Minimum(limit, exclusive):
            bound = numbers.facing(limit, value)
            return value > bound or (not exclusive and value == bound)
        case ir.Maximum(limit, exclusive):
            bound = numbers.facing(limit, value)
            return value < bound or (not exclusive and value == bound)
        case ir.MultipleOf(divisor):
            quotient = numbers.decimal(value) / numbers.decimal(divisor)
            return quotient.denominator == 1
        case _:
            assert_never(assertion)


def _string(assertion: ir.StringAssertion, value: str, formats: Formats) -> bool:
    match assertion:
        case ir.MinLength(limit):
            return len(value) >= limit
        case ir.MaxLength(limit):
            return len(value) <= limit
        case ir.Pattern(regex):
            return matches(regex, value)
        case ir.Format(name):
            return name not in formats or formats[name](value)
        case _:
            assert_never(assertion)
