"""The constraints of a package: what its schemas assert, as data by which the runtime
collects violations.

It reads like the specification, keywords with their values. Whatever has to be decided
about these (how Python spells a pattern, what integers and floats are compared with,
which branch of a union can be meant) is decided where yes-or-no checks decide it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, TypeAlias, assert_never

from codegen import ecma
from codegen.ir import facts, numbers, tags
from codegen.ir import model as ir
from codegen.python import conditions as cond
from codegen.python.emit import tree
from codegen.python.emit.tree import Call, Constant, Name
from codegen.python.model.names import Names
from codegen.python.model.typed_texts import Formats
from codegen.python.model.union_dispatch import dispatch_of

RULES: Final = "._runtime._rules"
"""The module of the runtime that constraints are made of."""

MOST_NESTED: Final = 6
"""How deep schemas are written inside each other in one rule. Python's parser refuses
too many brackets, and nobody reads them."""

Keyword: TypeAlias = tuple[str, tree.Expr]


class Constraints:
    """The rules of a package, found as they are referred to.

    A schema with a name of its own (from the specification, or that of a class) is a
    rule of that name. Any other schema is written where it is used.
    """

    def __init__(
        self,
        module: ir.Module,
        names: Names,
        formats: Formats,
        own: frozenset[ir.SchemaId],
    ) -> None:
        """`own` are the schemas that have a class; `formats` are those that are
        enforced."""
        self._module, self._names, self._formats = module, names, formats
        self._own = own
        self.owners: dict[str, ir.SchemaId] = {}
        """The schema of each rule."""
        self._pending: list[ir.Schema] = []
        self._seen: set[ir.SchemaId] = set()

    def rules(self) -> dict[str, tree.Expr]:
        """The rules of all schemas that have been referred to, and of those that these
        refer to."""
        found: dict[str, tree.Expr] = {}
        while self._pending:
            schema = self._pending.pop(0)
            name = self._name(schema)
            found[name] = self.written(schema, 0)
            self.owners[name] = schema.id
        return found

    def refer(self, schema: ir.Schema) -> str:
        """The name of a schema's rule, which will be written."""
        if schema.id not in self._seen:
            self._seen.add(schema.id)
            self._pending.append(schema)
        return self._name(schema)

    def _name(self, schema: ir.Schema) -> str:
        return str(self._names.of(schema.id))

    def _rule(self, schema: ir.Schema, depth: int) -> tree.Expr:
        """A schema that is applied to a value: the name of its rule, or the schema
        written out."""
        if cond.is_true(schema, self._formats):
            return Constant(True)
        schema = facts.unwrap(self._module, schema)
        named = schema.id in self._own or schema.id in self._module.schemas
        if named or (depth >= MOST_NESTED and not cond.is_leaf(schema)):
            return Constant(self.refer(schema))
        return self.written(schema, depth)

    def written(self, schema: ir.Schema, depth: int = 0) -> tree.Expr:
        """A schema written out."""
        if facts.is_never(schema):
            return Constant(False)
        if cond.is_true(schema, self._formats):
            return Constant(True)
        keywords: dict[str, tree.Expr] = {}
        again: list[tree.Expr] = []
        for assertion in schema.assertions:
            for key, operand in self._keywords(schema, assertion, depth + 1):
                if key in keywords:
                    # What stands there twice holds all the same.
                    again.append(_pairs({key: operand}))
                else:
                    keywords[key] = operand
        if [*keywords, *again] == ["$ref"]:
            return keywords["$ref"]
        if again:
            parts = keywords.pop("allOf", None)
            parts_ = parts.items if isinstance(parts, tree.Display) else ()
            keywords["allOf"] = _tuple((*again, *parts_))
        return _pairs(keywords)

    def _keywords(
        self, schema: ir.Schema, a: ir.Assertion, depth: int
    ) -> Iterator[Keyword]:
        match a:
            case ir.Never():
                return  # Such a schema is False.
            case ir.Type(types):
                yield "type", _types(types)
            case ir.Enum(values, keyword):
                members = tuple(_sided(value) for value in values)
                single = keyword == "const" and len(members) == 1
                yield keyword, members[0] if single else _tuple(members)
            case ir.OnNumbers():
                yield _number(a)
            case ir.OnStrings():
                yield from self._string(a)
            case ir.OnArrays():
                yield from self._array(a, depth)
            case ir.OnObjects():
                yield from self._object(a, depth)
            case ir.InPlace():
                yield from self._in_place(schema, a, depth)
            case _:
                assert_never(a)

    def _string(self, a: ir.StringAssertion) -> Iterator[Keyword]:
        match a:
            case ir.MinLength(limit):
                yield "minLength", Constant(limit)
            case ir.MaxLength(limit):
                yield "maxLength", Constant(limit)
            case ir.Pattern(regex):
                yield "pattern", _pattern(regex)
            case ir.Format(name):
                for judge in cond.judges(name, self._formats):
                    why = cond.reasons(name, self._formats)
                    yield "format", _made("Format", Constant(name), judge, *why)
            case _:
                assert_never(a)

    def _array(self, a: ir.ArrayAssertion, depth: int) -> Iterator[Keyword]:
        match a:
            case ir.MinItems(limit):
                yield "minItems", Constant(limit)
            case ir.MaxItems(limit):
                yield "maxItems", Constant(limit)
            case ir.UniqueItems():
                yield "uniqueItems", Constant(True)
            case ir.PrefixItems(schemas):
                yield "prefixItems", self._all(schemas, depth)
            case ir.Items(inner):
                yield "items", self._rule(inner, depth)
            case ir.Contains(inner, minimum, maximum, evaluates):
                yield "contains", self._rule(inner, depth)
                if minimum != 1:
                    yield "minContains", Constant(minimum)
                if maximum is not None:
                    yield "maxContains", Constant(maximum)
                if not evaluates:
                    yield "evaluates", Constant(False)
            case ir.UnevaluatedItems(inner):
                yield "unevaluatedItems", self._rule(inner, depth)
            case _:
                assert_never(a)

    def _object(self, a: ir.ObjectAssertion, depth: int) -> Iterator[Keyword]:
        match a:
            case ir.Properties(schemas):
                yield "properties", self._by_name(schemas, depth)
            case ir.PatternProperties(schemas):
                pairs = tuple(
                    (_pattern(regex), self._rule(inner, depth))
                    for regex, inner in schemas.items()
                )
                yield "patternProperties", tree.Mapping(pairs)
            case ir.AdditionalProperties(inner):
                yield "additionalProperties", self._rule(inner, depth)
            case ir.PropertyNames(inner):
                yield "propertyNames", self._rule(inner, depth)
            case ir.Required(names):
                yield "required", Constant(names)
            case ir.MinProperties(limit):
                yield "minProperties", Constant(limit)
            case ir.MaxProperties(limit):
                yield "maxProperties", Constant(limit)
            case ir.DependentRequired(names):
                yield "dependentRequired", Constant(dict(names))
            case ir.DependentSchemas(schemas):
                yield "dependentSchemas", self._by_name(schemas, depth)
            case ir.UnevaluatedProperties(inner):
                yield "unevaluatedProperties", self._rule(inner, depth)
            case _:
                assert_never(a)

    def _in_place(
        self, schema: ir.Schema, a: ir.InPlaceApplicator, depth: int
    ) -> Iterator[Keyword]:
        match a:
            case ir.Ref(target):
                yield "$ref", self._rule(self._module.schemas[target], depth)
            case ir.AllOf(schemas):
                yield "allOf", self._all(schemas, depth)
            case ir.AnyOf((inner,)) | ir.OneOf((inner,)) if facts.only(schema) == a:
                # As it is read wherever it is applied: by what its branch refuses.
                yield "allOf", self._all((inner,), depth)
            case ir.AnyOf():
                yield "anyOf", self._union(schema, a, depth)
            case ir.OneOf():
                yield "oneOf", self._union(schema, a, depth)
            case ir.Not(inner):
                yield "not", self._rule(inner, depth)
            case ir.IfThenElse(condition, then, otherwise):
                yield "if", self._rule(condition, depth)
                if then is not None:
                    yield "then", self._rule(then, depth)
                if otherwise is not None:
                    yield "else", self._rule(otherwise, depth)
            case _:
                assert_never(a)

    def _all(self, schemas: Iterable[ir.Schema], depth: int) -> tree.Expr:
        return _tuple(self._rule(schema, depth) for schema in schemas)

    def _by_name(self, schemas: Mapping[str, ir.Schema], depth: int) -> tree.Expr:
        return _pairs({n: self._rule(inner, depth) for n, inner in schemas.items()})

    def _union(
        self, schema: ir.Schema, a: ir.AnyOf | ir.OneOf, depth: int
    ) -> tree.Expr:
        """The branches of a union, by JSON type and tag where these tell them apart."""
        hint = schema.annotations.discriminator
        found = dispatch_of(self._module, a, hint)
        if found is None:
            return self._all(a.schemas, depth)
        cases = [
            (types, self._rule(branch, depth)) for branch, types in found.branches()
        ]
        if found.objects is not None:
            word = "discriminator" if found.is_discriminated(hint) else ""
            tried = a.schemas if found.untagged else ()
            tagged = self._tagged(found.objects, depth, word, tried, found.default)
            cases.append((("object",), tagged))
        if found.nullable:
            cases.append((("null",), Constant(True)))
        return tree.Mapping(tuple((_types(types), rule) for types, rule in cases))

    def _tagged(
        self,
        tagged: tags.Tagged,
        depth: int,
        word: str = "",
        tried: tuple[ir.Schema, ...] = (),
        default: ir.Schema | None = None,
    ) -> tree.Expr:
        cases = tuple(
            (
                Constant(tag),
                (
                    self._tagged(case, depth)
                    if isinstance(case, tags.Tagged)
                    else self._rule(case, depth)
                ),
            )
            for tag, case in tagged.cases.items()
        )
        made = _made("Tagged", Constant(tagged.path), tree.Mapping(cases))
        more: list[tuple[str, tree.Expr]] = []
        more += [("keyword", Constant(word))] if word else []
        more += [("tried", self._all(tried, depth))] if tried else []
        more += [("other", self._rule(default, depth))] if default else []
        return Call(made.function, made.arguments, tuple(more))


class SentConstraints(Constraints):
    """The rules of schemas as the other side reads them. A schema that means the same
    to both sides (one that is not in `sided`) uses the rule in `received`."""

    def __init__(
        self,
        module: ir.Module,
        received: Constraints,
        sided: frozenset[ir.SchemaId],
    ) -> None:
        super().__init__(module, received._names, received._formats, received._own)
        self._received = received
        self._sided = sided

    def refer(self, schema: ir.Schema) -> str:
        """The name of a schema's rule, which will be written."""
        if schema.id not in self._sided:
            return self._received.refer(schema)
        return super().refer(schema)

    def _name(self, schema: ir.Schema) -> str:
        return str(self._names.sent(schema.id))


def _types(types: tuple[str, ...]) -> tree.Expr:
    """Some JSON types; a single one is written without a list."""
    return Constant(types if len(types) > 1 else types[0])


def _pairs(keywords: Mapping[str, tree.Expr]) -> tree.Mapping:
    return tree.Mapping(tuple((Constant(k), v) for k, v in keywords.items()))


def _tuple(items: Iterable[tree.Expr]) -> tree.Expr:
    return tree.Display("()", tuple(items))


def _made(kind: str, *arguments: tree.Expr) -> Call:
    return Call(Name(kind, RULES), arguments)


def _number(a: ir.NumberAssertion) -> Keyword:
    match a:
        case ir.Minimum(limit, exclusive):
            return "exclusiveMinimum" if exclusive else "minimum", _sided(limit)
        case ir.Maximum(limit, exclusive):
            return "exclusiveMaximum" if exclusive else "maximum", _sided(limit)
        case ir.MultipleOf(divisor):
            return "multipleOf", Constant(divisor)
        case _:
            assert_never(a)


def _sided(value: ir.Json) -> tree.Expr:
    """A number of the specification, with what integers and floats are compared with
    where that differs. Other values are written as they are."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return Constant(value)
    sides = numbers.sides(value)
    if sides.integer == sides.real:
        return Constant(value)
    return _made("Sided", Constant(value), *map(Constant, sides))


def _pattern(regex: str) -> tree.Expr:
    """A pattern, with how Python spells and matches it where that differs."""
    spelled = ecma.translate(regex)
    way = ecma.way(regex)
    shown = (Constant(regex), Constant(spelled))
    match way:
        case ecma.Way.BACKTRACKING:
            return Constant(regex) if spelled == regex else _made("Pattern", *shown)
        case ecma.Way.LINEAR:
            return _made("Pattern", *shown, cond.MATCHES_LINEAR)
        case ecma.Way.SHORT:
            longest = (("longest", Constant(ecma.bearable(regex))),)
            return Call(Name("Pattern", RULES), shown, longest)
        case _:
            assert_never(way)
