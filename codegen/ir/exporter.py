"""One schema of the IR as plain JSON Schema 2020-12, assertion by assertion.

Some things are not written as people would write them: unions are conditions, and a
`contains` that must evaluate nothing stands behind two `not`s. `hidden_union` and
`is_hidden_contains` recognise these where a validator has found a failure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final, assert_never

from codegen.ecma import portable
from codegen.ir import model as ir
from codegen.ir.walk import find

_PLAIN: Final = frozenset(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-"
)


class NotExportable(ValueError):
    """A schema makes an assertion whose meaning 2020-12 cannot express. Lowering makes
    none."""

    def __init__(self, schema: ir.Schema, reason: str) -> None:
        super().__init__(f"{schema.id}: {reason}")
        self.schema = schema
        self.reason = reason


def key_of(schema_id: ir.SchemaId) -> str:
    """The key of a schema under `$defs`.

    Letters, digits, `.` and `-` stay; every other character becomes `_hex_`, so
    that different ids have different keys and no key needs escaping in a URI
    fragment or a JSON Pointer.
    """
    return "".join(c if c in _PLAIN else f"_{ord(c):x}_" for c in schema_id)


def is_hidden_contains(written: ir.Json) -> bool:
    """Whether a part of a marked document is a `not` that the exporter has put around a
    `contains`, so that this evaluates nothing. Schemas of the module have marks, and
    this one has none."""
    inner = written.get("not") if isinstance(written, dict) else None
    return isinstance(inner, dict) and "not" in inner and "$comment" not in inner


def hidden_union(document: ir.Json, path: Sequence[str | int]) -> str:
    """The keyword of the union that fails at a path in a marked document, where unions
    are written as conditions; empty if there is no union."""
    if len(path) < 3 or path[-1] != "else" or not isinstance(path[-2], int):
        return ""
    try:
        for token in path[:-1]:
            document = document[token]
    except (LookupError, TypeError):
        return ""  # The way is not quite known.
    if not isinstance(document, dict) or "$comment" in document:
        return ""
    return str(next(iter(document["if"])))


class Exporter:
    """Writes schemas. `hide` says whether `contains` must be kept from evaluating
    items, because a schema of the document asks for unevaluated ones; `marked` has each
    schema carry its id as `$comment`."""

    def __init__(self, formats: Collection[str], hide: bool, marked: bool) -> None:
        self.formats = formats
        self.marked = marked
        self.hide = hide

    def schema(self, schema: ir.Schema) -> ir.Json:
        """One schema. Where two assertions are written with the same keyword, the
        second goes into `allOf`, which evaluates properties and items just as well."""
        self._check(schema)
        result: dict[str, ir.Json] = {"$comment": schema.id} if self.marked else {}
        more: list[ir.Json] = []
        for assertion in schema.assertions:
            if isinstance(assertion, ir.Never):
                return False
            written = self._assertion(assertion)
            more.extend(written.pop("allOf", ()))
            if result.keys() & written.keys():
                more.append(written)
            else:
                result |= written
        if more:
            result["allOf"] = more
        return result or True

    def _check(self, schema: ir.Schema) -> None:
        """Raise `NotExportable` where an assertion that repeats what a neighbour says
        does not agree with it."""
        additional = find(schema, ir.AdditionalProperties)
        if additional is not None:
            named = find(schema, ir.Properties)
            matched = find(schema, ir.PatternProperties)
            if set(additional.known) != set(named.schemas if named else ()):
                raise NotExportable(schema, "additionalProperties without properties")
            if set(additional.patterns) != set(matched.schemas if matched else ()):
                raise NotExportable(
                    schema, "additionalProperties without patternProperties"
                )
        items = find(schema, ir.Items)
        if items is not None:
            prefix = find(schema, ir.PrefixItems)
            if items.start != (len(prefix.schemas) if prefix else 0):
                raise NotExportable(schema, "items without its prefixItems")

    def _assertion(self, assertion: ir.Assertion) -> dict[str, ir.Json]:
        match assertion:
            case ir.OnAnyValue():
                return _any_value(assertion)
            case ir.OnNumbers():
                return _number(assertion)
            case ir.OnStrings():
                return self._string(assertion)
            case ir.OnArrays():
                return self._array(assertion)
            case ir.OnObjects():
                return self._object(assertion)
            case ir.InPlace():
                return self._in_place(assertion)
            case _:
                assert_never(assertion)

    def _string(self, assertion: ir.StringAssertion) -> dict[str, ir.Json]:
        return _string(assertion, self.formats)

    def _referring(self, target: ir.SchemaId) -> dict[str, ir.Json]:
        return {"$ref": self._reference(target)}

    def _reference(self, target: ir.SchemaId) -> str:
        return f"#/$defs/{key_of(target)}"

    def _array(self, assertion: ir.ArrayAssertion) -> dict[str, ir.Json]:
        match assertion:
            case ir.PrefixItems(schemas):
                return (
                    {"prefixItems": [self.schema(s) for s in schemas]}
                    if schemas
                    else {}
                )
            case ir.Items(schema):
                return {"items": self.schema(schema)}
            case ir.Contains():
                return self._contains(assertion)
            case ir.MinItems(limit):
                return {"minItems": limit}
            case ir.MaxItems(limit):
                return {"maxItems": limit}
            case ir.UniqueItems():
                return {"uniqueItems": True}
            case ir.UnevaluatedItems(schema):
                return {"unevaluatedItems": self.schema(schema)}
            case _:
                assert_never(assertion)

    def _contains(self, assertion: ir.Contains) -> dict[str, ir.Json]:
        written: dict[str, ir.Json] = {"contains": self.schema(assertion.schema)}
        if assertion.minimum != 1:
            written["minContains"] = assertion.minimum
        if assertion.maximum is not None:
            written["maxContains"] = assertion.maximum
        if assertion.evaluates or not self.hide:
            return written
        # `not` drops what its schema evaluated, which is what 2019-09 wants.
        return {"allOf": [{"not": {"not": written}}]}

    def _object(self, assertion: ir.ObjectAssertion) -> dict[str, ir.Json]:
        match assertion:
            case ir.Properties(schemas):
                return {"properties": {n: self.schema(s) for n, s in schemas.items()}}
            case ir.PatternProperties(schemas):
                return {"patternProperties": self._by_pattern(schemas)}
            case ir.AdditionalProperties(schema):
                return {"additionalProperties": self.schema(schema)}
            case ir.PropertyNames(schema):
                return {"propertyNames": self.schema(schema)}
            case ir.Required(names):
                return {"required": list(names)}
            case ir.MinProperties(limit):
                return {"minProperties": limit}
            case ir.MaxProperties(limit):
                return {"maxProperties": limit}
            case ir.DependentRequired(by_name):
                return {"dependentRequired": {n: list(r) for n, r in by_name.items()}}
            case ir.DependentSchemas(schemas):
                by_name_ = {n: self.schema(s) for n, s in schemas.items()}
                return {"dependentSchemas": by_name_}
            case ir.UnevaluatedProperties(schema):
                return {"unevaluatedProperties": self.schema(schema)}
            case _:
                assert_never(assertion)

    def _by_pattern(self, schemas: Mapping[str, ir.Schema]) -> dict[str, ir.Json]:
        """Schemas by pattern; several patterns can be one when they are spelled out."""
        found: dict[str, list[ir.Json]] = {}
        for regex, schema in schemas.items():
            found.setdefault(self._pattern(regex), []).append(self.schema(schema))
        return {n: s[0] if len(s) == 1 else {"allOf": s} for n, s in found.items()}

    def _pattern(self, regex: str) -> str:
        return portable(regex)

    def _in_place(self, assertion: ir.InPlaceApplicator) -> dict[str, ir.Json]:
        match assertion:
            case ir.Ref(target):
                return self._referring(target)
            case ir.AllOf(schemas):
                return {"allOf": [self.schema(s) for s in schemas]}
            case ir.AnyOf(schemas):
                return self._union("anyOf", schemas)
            case ir.OneOf(schemas):
                return self._union("oneOf", schemas)
            case ir.Not(schema):
                return {"not": self.schema(schema)}
            case ir.IfThenElse(condition, then, otherwise):
                written = {"if": self.schema(condition)}
                if then is not None:
                    written["then"] = self.schema(then)
                if otherwise is not None:
                    written["else"] = self.schema(otherwise)
                return written
            case _:
                assert_never(assertion)

    def _union(self, keyword: str, schemas: Iterable[ir.Schema]) -> dict[str, ir.Json]:
        written: dict[str, ir.Json] = {keyword: [self.schema(s) for s in schemas]}
        if not self.marked:
            return written
        # Of a union that fails a validator tells all that is wrong with each branch,
        # of a condition that it fails; the one takes thirty times as long as the other.
        return {"allOf": [{"if": written, "else": False}]}


def _any_value(assertion: ir.AnyValueAssertion) -> dict[str, ir.Json]:
    match assertion:
        case ir.Never():
            return {"not": {}}
        case ir.Type(types):
            return {"type": types[0] if len(types) == 1 else list(types)}
        case ir.Enum(values, keyword):
            if keyword == "const" and len(values) == 1:
                return {"const": values[0]}
            return {"enum": list(values)}
        case _:
            assert_never(assertion)


def _number(assertion: ir.NumberAssertion) -> dict[str, ir.Json]:
    match assertion:
        case ir.Minimum(limit, exclusive):
            return {"exclusiveMinimum" if exclusive else "minimum": limit}
        case ir.Maximum(limit, exclusive):
            return {"exclusiveMaximum" if exclusive else "maximum": limit}
        case ir.MultipleOf(divisor):
            return {"multipleOf": divisor}
        case _:
            assert_never(assertion)


def _string(
    assertion: ir.StringAssertion, formats: Collection[str]
) -> dict[str, ir.Json]:
    match assertion:
        case ir.MinLength(limit):
            return {"minLength": limit}
        case ir.MaxLength(limit):
            return {"maxLength": limit}
        case ir.Pattern(regex):
            return {"pattern": portable(regex)}
        case ir.Format(name):
            return {"format": name} if name in formats else {}
        case _:
            assert_never(assertion)
