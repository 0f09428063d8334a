"""Whether a value is valid: the meaning of the IR, written as plainly as possible.

It follows the text of JSON Schema 2020-12 keyword by keyword and takes no shortcuts, so
that tests can compare generated code and proofs with it. `Format` is an annotation here
and rejects nothing, except for formats for which the caller says how to judge them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Final, TypeAlias, assert_never

from codegen.ir import model as ir
from codegen.ir.judgements import (
    UNKNOWN,
    Evaluated,
    Holds,
    Judgement,
    Known,
    Question,
    reference,
)
from codegen.ir.values import (
    NO_FORMATS,
    TYPES,
    Formats,
    all_differ,
    enumerated,
    is_number,
    matches,
    number_holds,
    string_holds,
)


def accepts(
    module: ir.Module,
    schema: ir.Schema | ir.SchemaId,
    value: ir.Json,
    formats: Formats = NO_FORMATS,
) -> bool:
    """Whether `value` is valid under a schema of the module.

    `formats` holds, for each format that is asserted, the function that judges a text.
    A reference that leads back to itself on the same value adds no condition, so it
    counts as valid. Raises ValueError for a pattern that is not valid ECMA-262, and
    KeyError for an id that the module does not hold.
    """
    return judged(module, schema, value, formats).valid


def judged(
    module: ir.Module,
    schema: ir.Schema | ir.SchemaId,
    value: ir.Json,
    formats: Formats = NO_FORMATS,
) -> Judgement:
    """As `accepts`, but also counts the work: `Judgement.steps` is how many schemas
    were looked at."""
    if isinstance(schema, str):
        schema = module.schemas[schema]
    return Reading(module, formats).judged(schema, value)


_ASKED_LAST: Final = (ir.UnevaluatedItems, ir.UnevaluatedProperties)


class Reading:
    """The schemas of a module, prepared for questions about many values: which function
    judges which assertion is looked up once, when a schema is first asked about."""

    def __init__(self, module: ir.Module, formats: Formats = NO_FORMATS) -> None:
        self.module = module
        self.formats = formats
        self.read: dict[ir.SchemaId, tuple[ir.Schema, tuple[Holds, ...]]] = {}

    def judged(
        self, schema: ir.Schema, value: ir.Json, known: Known = UNKNOWN
    ) -> Judgement:
        """Whether a value is valid under a schema, and how many schemas were looked at.
        `known` holds answers about parts of the value."""
        question = Question(self, known)
        valid = question.judge(schema, value) is not None
        return Judgement(valid, question.steps)

    def of(self, schema: ir.Schema) -> tuple[Holds, ...]:
        """The functions that judge the assertions of a schema, in the order in which
        they must be asked: what asks for unevaluated members comes last. Remembers them
        in `read`."""
        order = sorted(schema.assertions, key=lambda a: isinstance(a, _ASKED_LAST))
        found = tuple(map(_read, order))
        self.read[schema.id] = schema, found
        return found


def _read(assertion: ir.Assertion) -> Holds:
    """The function that judges an assertion."""
    match assertion:
        case ir.Never():
            return lambda question, value, seen: False
        case ir.Type((name,)):
            is_one = TYPES[name]
            return lambda question, value, seen: is_one(value)
        case ir.Type(types):
            return partial(_of_types, [TYPES[name] for name in types])
        case ir.Enum(values):
            plain = frozenset((type(v), v) for v in values if _is_plain(v))
            return partial(_of_enum, values, plain)
        case ir.OnNumbers():
            return partial(_on_number, assertion)
        case ir.OnStrings():
            return partial(_on_string, assertion)
        case ir.OnArrays():
            return _on_array(assertion)
        case ir.InPlace():
            return _in_place(assertion)
        case ir.OnObjects():
            return _on_object(assertion)
        case _:
            assert_never(assertion)


def _of_types(
    types: Iterable[Callable[[ir.Json], bool]],
    _question: Question,
    value: ir.Json,
    _seen: Evaluated,
) -> bool:
    for is_one in types:  # noqa: SIM110 - the shorter way takes twice as long
        if is_one(value):
            return True
    return False


def _of_enum(
    values: Iterable[ir.Json],
    plain: frozenset[tuple[type, ir.Json]],
    _question: Question,
    value: ir.Json,
    _seen: Evaluated,
) -> bool:
    """`plain` are the values that can be found without looking at each. Others can be
    equal to them that have another type."""
    if _is_plain(value) and (type(value), value) in plain:
        return True
    if isinstance(value, str):
        return False
    return any(enumerated(value, other) for other in values)


def _is_plain(value: ir.Json) -> bool:
    return not isinstance(value, dict | list | tuple)


def _on_number(
    assertion: ir.NumberAssertion,
    _question: Question,
    value: ir.Json,
    _seen: Evaluated,
) -> bool:
    return not is_number(value) or number_holds(assertion, value)


def _on_string(
    assertion: ir.StringAssertion, question: Question, value: ir.Json, _seen: Evaluated
) -> bool:
    formats = question.reading.formats
    return not isinstance(value, str) or string_holds(assertion, value, formats)


# --- arrays ---------------------------------------------------------------------------


def _on_array(assertion: ir.ArrayAssertion) -> Holds:
    match assertion:
        case ir.PrefixItems(schemas):
            return partial(_prefix, schemas)
        case ir.Items(schema, start):
            return partial(_items, schema, start)
        case ir.Contains():
            return partial(_contains, assertion)
        case ir.MinItems(limit):
            return lambda q, value, seen: (
                not isinstance(value, list) or len(value) >= limit
            )
        case ir.MaxItems(limit):
            return lambda q, value, seen: (
                not isinstance(value, list) or len(value) <= limit
            )
        case ir.UniqueItems():
            return lambda q, value, seen: (
                not isinstance(value, list) or all_differ(value)
            )
        case ir.UnevaluatedItems(schema):
            return partial(_unevaluated_items, schema)
        case _:
            assert_never(assertion)


def _prefix(
    schemas: Iterable[ir.Schema], question: Question, value: ir.Json, seen: Evaluated
) -> bool:
    if not isinstance(value, list):
        return True
    pairs = list(zip(schemas, value, strict=False))
    seen.items |= frozenset(range(len(pairs)))
    return all(question.valid(schema, item) for schema, item in pairs)


def _items(
    schema: ir.Schema, start: int, question: Question, value: ir.Json, seen: Evaluated
) -> bool:
    if not isinstance(value, list):
        return True
    seen.items |= frozenset(range(start, len(value)))
    return all(question.valid(schema, item) for item in value[start:])


def _contains(
    assertion: ir.Contains, question: Question, value: ir.Json, seen: Evaluated
) -> bool:
    if not isinstance(value, list):
        return True
    found = [i for i, v in enumerate(value) if question.valid(assertion.schema, v)]
    if assertion.evaluates:
        seen.items |= frozenset(found)
    most = math.inf if assertion.maximum is None else assertion.maximum
    return assertion.minimum <= len(found) <= most


def _unevaluated_items(
    schema: ir.Schema, question: Question, value: ir.Json, seen: Evaluated
) -> bool:
    if not isinstance(value, list):
        return True
    rest = [i for i in range(len(value)) if i not in seen.items]
    seen.items |= frozenset(rest)
    return all(question.valid(schema, value[i]) for i in rest)


# --- objects --------------------------------------------------------------------------


def _on_object(assertion: ir.ObjectAssertion) -> Holds:
    match assertion:
        case ir.Properties(schemas):
            return partial(_properties, schemas)
        case (
            ir.PatternProperties()
            | ir.AdditionalProperties()
            | ir.UnevaluatedProperties()
        ):
            return partial(_on_members, assertion)
        case ir.PropertyNames(schema):
            return lambda q, value, seen: (
                not isinstance(value, dict) or all(q.valid(schema, n) for n in value)
            )
        case ir.Required(names):
            return lambda q, value, seen: (
                not isinstance(value, dict) or all(name in value for name in names)
            )
        case ir.MinProperties(limit):
            return lambda q, value, seen: (
                not isinstance(value, dict) or len(value) >= limit
            )
        case ir.MaxProperties(limit):
            return lambda q, value, seen: (
                not isinstance(value, dict) or len(value) <= limit
            )
        case ir.DependentRequired(by_name):
            return lambda q, value, seen: (
                not isinstance(value, dict)
                or all(
                    name not in value or all(other in value for other in names)
                    for name, names in by_name.items()
                )
            )
        case ir.DependentSchemas(schemas):
            return lambda q, value, seen: (
                not isinstance(value, dict)
                or q.every([schemas[n] for n in schemas if n in value], value, seen)
            )
        case _:
            assert_never(assertion)


def _properties(
    schemas: Mapping[str, ir.Schema],
    question: Question,
    value: ir.Json,
    seen: Evaluated,
) -> bool:
    if not isinstance(value, dict):
        return True
    names = [name for name in schemas if name in value]
    for name in names:
        if not question.valid(schemas[name], value[name]):
            return False
    seen.properties = seen.properties.union(names)
    return True


_OnMembers: TypeAlias = (
    ir.PatternProperties | ir.AdditionalProperties | ir.UnevaluatedProperties
)


def _on_members(
    assertion: _OnMembers, question: Question, value: ir.Json, seen: Evaluated
) -> bool:
    if not isinstance(value, dict):
        return True
    pairs = _members(assertion, value, seen)
    seen.properties |= frozenset([name for name, _ in pairs])
    for name, schema in pairs:  # noqa: SIM110 - the shorter way takes twice as long
        if not question.valid(schema, value[name]):
            return False
    return True


def _members(
    assertion: _OnMembers, value: dict[str, ir.Json], seen: Evaluated
) -> list[tuple[str, ir.Schema]]:
    """The properties that an assertion is about, each with the schema that it must
    meet."""
    match assertion:
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


# --- in place -------------------------------------------------------------------------


def _in_place(assertion: ir.InPlaceApplicator) -> Holds:
    match assertion:
        case ir.Ref(target):
            return partial(reference, target)
        case ir.AllOf(schemas):
            return lambda q, value, seen: q.every(schemas, value, seen)
        case ir.AnyOf(schemas):
            # All are asked: each may evaluate something.
            most = len(schemas)
            return lambda q, value, seen: q.count(schemas, value, seen, most) >= 1
        case ir.OneOf(schemas):
            return lambda q, value, seen: q.count(schemas, value, seen, 2) == 1
        case ir.Not(schema):
            return lambda q, value, seen: not q.valid(schema, value)
        case ir.IfThenElse():
            return partial(_conditional, assertion)
        case _:
            assert_never(assertion)


def _conditional(
    assertion: ir.IfThenElse, question: Question, value: ir.Json, seen: Evaluated
) -> bool:
    verdict = question.judge(assertion.condition, value)
    if verdict is not None:
        seen.add(verdict)
    branch = assertion.otherwise if verdict is None else assertion.then
    return branch is None or question.every((branch,), value, seen)
