"""From schemas to normal forms, lazily and once for each place.

`Side` is one version of a specification as the comparison sees it. References,
`allOf`, wrapped schemas, `const` and every spelling of null dissolve here.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, assert_never

from codegen.compat.normal import forms
from codegen.compat.normal.facets import facets_of
from codegen.compat.normal.forms import Form, Node, Residue
from codegen.ecma import languages
from codegen.ir import facts
from codegen.ir import model as ir
from codegen.ir.equality import freeze

MAX_FORMS: Final = 600
"""Alternatives for one JSON type beyond which a place is not taken apart."""

NEVER: Final = ir.Schema(
    ir.SchemaId("#false"), ir.Location("", ""), assertions=(ir.Never(),)
)

_DEEP: Final = 100
"""How many places may lead to each other by their branches; `generate` refuses what is
as deep."""


class TooManyForms(Exception):
    """A place has more than `MAX_FORMS` alternatives, or more than `_DEEP` levels."""


@dataclass(frozen=True, slots=True, eq=False)
class Expansion:
    """The alternatives of a place by JSON type.

    `whole` are the named schemas every document of which is accepted here, the
    exclusiveness of `oneOf` aside: the residues say what else must hold.
    """

    forms: Mapping[str, tuple[Form, ...]]
    whole: Mapping[ir.SchemaId, tuple[Residue, ...]] = field(default_factory=dict)

    def all(self) -> Iterator[Form]:
        """Every alternative, by JSON type."""
        for alternatives in self.forms.values():
            yield from alternatives


@dataclass(slots=True)
class _Conjuncts:
    """All that is said at once of a value, and the schemas that say it."""

    schemas: dict[ir.SchemaId, ir.Schema]
    simple: list[tuple[ir.Assertion, ir.Schema]]
    unions: list[tuple[ir.AnyOf | ir.OneOf, ir.Schema]]
    residues: list[forms.Residue]


class Side:
    """One version: its module and what has been worked out about it."""

    def __init__(
        self, module: ir.Module, *, formats: frozenset[str] = frozenset()
    ) -> None:
        self.module = module
        self.formats = formats
        self.named = module.names_by_id()
        self._expansions: dict[tuple[ir.SchemaId, ...], Expansion] = {}
        self._running: set[tuple[ir.SchemaId, ...]] = set()
        self._refused: set[tuple[ir.SchemaId, ...]] = set()
        self._static: dict[tuple[ir.SchemaId, int], ir.AdditionalProperties | None] = {}
        self._labels: dict[ir.SchemaId, ir.SchemaId | None] = {}
        self._known_tags: dict[
            tuple[ir.SchemaId, ...], frozenset[tuple[bool, facts.Tag]]
        ] = {}

    def label(self, schema: ir.Schema) -> ir.SchemaId | None:
        """The named schema that this one is, by reference or itself; or None."""
        if schema.id not in self._labels:
            self._labels[schema.id] = self._label(schema)
        return self._labels[schema.id]

    def _label(self, schema: ir.Schema) -> ir.SchemaId | None:
        seen: set[ir.SchemaId] = set()
        while schema.id not in seen:
            seen.add(schema.id)
            if schema.id in self.named:
                return schema.id
            only = facts.only(schema)
            inner = forms.wrapped(only)
            if isinstance(only, ir.Ref):
                inner = self.module.schemas.get(only.target)
            if inner is None:
                return None
            schema = inner
        return None

    def meant(self, node: Node) -> ir.SchemaId | None:
        """The last named schema that a place is, where names lead to names; or None."""
        found = self.label_of(node)
        seen: set[ir.SchemaId] = set()
        while found is not None and found not in seen:
            seen.add(found)
            only = facts.only(self.module.schemas[found])
            target = only.target if isinstance(only, ir.Ref) else None
            if target not in self.named:
                break
            found = target
        return found

    def label_of(self, node: Node) -> ir.SchemaId | None:
        """The named schema that a place is, or None."""
        return self.label(node[0]) if len(node) == 1 else None

    def conjuncts(self, node: Node) -> Node:
        """All schemas that a place is at once, through references and `allOf`."""
        return tuple(self._collect(node).schemas.values())

    def called(self, found: Expansion, target: ir.SchemaId) -> Expansion:
        """The alternatives of a schema, which have its name."""
        label = self.label(self.module.schemas[target])
        named = {
            kind: tuple(_labelled(form, label) for form in many)
            for kind, many in found.forms.items()
        }
        return replace(found, forms=named)

    # --- expansion -----------------------------------------------------------------

    def expand(self, node: Node) -> Expansion:
        """The alternatives of a place. Raises `TooManyForms`."""
        key = forms.node_key(node)
        found = self._expansions.get(key)
        if found is None:
            if key in self._running:
                # A schema that is a branch of itself adds nothing to itself.
                return Expansion({})
            if key in self._refused:
                raise TooManyForms
            if len(self._running) >= _DEEP:
                # Each of them would only be followed as far again.
                self._refused |= self._running
                raise TooManyForms
            self._running.add(key)
            try:
                found = self._expand(node)
            except RecursionError:
                raise TooManyForms from None
            finally:
                self._running.discard(key)
            self._expansions[key] = found
        return found

    def _expand(self, node: Node) -> Expansion:
        parts = self._collect(node)
        base: dict[str, Form] = {}
        for kind in forms.KINDS:
            form = self._base(kind, parts, node)
            if form is not None:
                base[kind] = form
        whole: dict[ir.SchemaId, tuple[forms.Residue, ...]] = {}
        trivial = len(parts.unions) == 1 and not parts.residues
        trivial = trivial and all(isinstance(a, ir.Type) for a, _ in parts.simple)
        found: dict[str, tuple[Form, ...]] = {k: (form,) for k, form in base.items()}
        for union, owner in parts.unions:
            found = self._product(found, union, owner, whole if trivial else None)
        result = {}
        for kind, alternatives in found.items():
            tidied = tuple(f for f in map(forms.tidy, alternatives) if f is not None)
            if tidied:
                result[kind] = tidied
        return Expansion(result, whole)

    def _product(
        self,
        found: Mapping[str, tuple[Form, ...]],
        union: ir.AnyOf | ir.OneOf,
        owner: ir.Schema,
        whole: dict[ir.SchemaId, tuple[forms.Residue, ...]] | None,
    ) -> dict[str, tuple[Form, ...]]:
        """Each alternative met with each branch of a union."""
        result: dict[str, list[Form]] = {}
        for index, branch in enumerate(union.schemas):
            residues: tuple[forms.Residue, ...] = ()
            if isinstance(union, ir.OneOf):
                residues = (forms.Exclusive(union, index, owner),)
            inner = self.expand((branch,))
            label = self.label(branch)
            if whole is not None and _untouched(inner, found):
                if label is not None:
                    whole.setdefault(label, residues)
                for deeper, more in inner.whole.items():
                    whole.setdefault(deeper, (*residues, *more))
            for kind, alternatives in found.items():
                choices = inner.forms.get(kind, ())
                for form, choice in itertools.product(alternatives, choices):
                    if self._told_apart(form, choice):
                        continue
                    both = forms.meet(form, _labelled(choice, label))
                    both = replace(both, residues=(*both.residues, *residues))
                    result.setdefault(kind, []).append(both)
                    if len(result[kind]) > MAX_FORMS:
                        raise TooManyForms
        return {kind: tuple(many) for kind, many in result.items()}

    def _told_apart(self, a: Form, b: Form) -> bool:
        """Whether a property that one of two alternatives requires has other tags in
        the other, so that no object is both."""
        x, y = a.facets, b.facets
        if not isinstance(x, forms.Object) or not isinstance(y, forms.Object):
            return False
        for name in {*x.required, *y.required}:
            if name in x.properties and name in y.properties:
                mine, other = (self._tags(f.properties[name]) for f in (x, y))
                if mine and other and mine.isdisjoint(other):
                    return True
        return False

    def _tags(self, node: Node) -> frozenset[tuple[bool, facts.Tag]]:
        """The tags to which a place is confined; none if it may be anything else."""
        key = forms.node_key(node)
        if key not in self._known_tags:
            values = facts.tag_values(self.module, node) or ()
            self._known_tags[key] = frozenset(map(facts.distinct, values))
        return self._known_tags[key]

    def _collect(self, node: Node) -> _Conjuncts:
        """Every assertion of a conjunction, through references and `allOf`."""
        parts = _Conjuncts({}, [], [], [])
        stack = list(reversed(node))
        while stack:
            schema = stack.pop()
            if schema.id in parts.schemas:
                continue
            parts.schemas[schema.id] = schema
            more: list[ir.Schema] = []
            for assertion in schema.assertions:
                self._sort_in(assertion, schema, parts, more)
            stack.extend(reversed(more))
        return parts

    def _sort_in(
        self,
        assertion: ir.Assertion,
        schema: ir.Schema,
        parts: _Conjuncts,
        more: list[ir.Schema],
    ) -> None:
        match assertion:
            case ir.Ref(target):
                more.append(self.module.schemas[target])
            case ir.AllOf(many) | ir.AnyOf((_,) as many) | ir.OneOf((_,) as many):
                more.extend(many)
            case ir.AnyOf() | ir.OneOf():
                parts.unions.append((assertion, schema))
            case ir.Not(inner):
                self._negation(inner, schema, parts, more)
            case ir.IfThenElse():
                parts.residues.append(forms.Condition(assertion, schema))
            case ir.UnevaluatedProperties():
                static = self._static_properties(assertion, schema)
                if static is None:
                    parts.residues.append(forms.Unevaluated(assertion, schema))
                else:
                    parts.simple.append((static, schema))
            case ir.UnevaluatedItems():
                parts.residues.append(forms.Unevaluated(assertion, schema))
            case ir.OnAnyValue() | ir.OnNumbers() | ir.OnStrings():
                parts.simple.append((assertion, schema))
            case ir.OnArrays() | ir.OnObjects():
                parts.simple.append((assertion, schema))
            case _:
                assert_never(assertion)

    def _negation(
        self,
        inner: ir.Schema,
        owner: ir.Schema,
        parts: _Conjuncts,
        more: list[ir.Schema],
    ) -> None:
        """`not` where it has a positive spelling; otherwise a residue."""
        only = facts.only(inner)
        if isinstance(only, ir.Not):
            more.append(only.schema)
        elif isinstance(only, ir.Type) and "integer" not in only.types:
            rest = tuple(k for k in forms.KINDS if k not in only.types)
            parts.simple.append((ir.Type(rest) if rest else ir.Never(), owner))
        elif not inner.assertions:
            parts.simple.append((ir.Never(), owner))
        else:
            parts.residues.append(forms.Outside(inner, owner))

    def _static_properties(
        self, rule: ir.UnevaluatedProperties, owner: ir.Schema
    ) -> ir.AdditionalProperties | None:
        """The same as `additionalProperties`, where nothing conditional evaluates."""
        key = (owner.id, id(rule))
        if key not in self._static:
            # Whoever is asked asks all that it is made of, which may ask the same.
            self._static[key] = self._made_static(rule, owner)
        return self._static[key]

    def _made_static(
        self, rule: ir.UnevaluatedProperties, owner: ir.Schema
    ) -> ir.AdditionalProperties | None:
        bare = replace(
            owner, id=ir.SchemaId(owner.id + "/-"), assertions=tuple(
                a for a in owner.assertions if a is not rule
            )
        )  # fmt: skip
        parts = self._collect((bare,))
        if parts.unions or parts.residues:
            return None
        known: dict[str, None] = {}
        patterns: dict[str, None] = {}
        for assertion, _ in parts.simple:
            match assertion:
                case ir.Properties(schemas):
                    known.update(dict.fromkeys(schemas))
                case ir.PatternProperties(schemas):
                    patterns.update(dict.fromkeys(schemas))
                case ir.DependentSchemas():
                    return None
                case ir.AdditionalProperties():
                    return ir.AdditionalProperties(
                        ir.Schema(NEVER.id, NEVER.location), (), ()
                    )
                case ir.OnAnyValue() | ir.OnNumbers() | ir.OnStrings() | ir.OnArrays():
                    pass
                case ir.PropertyNames() | ir.Required() | ir.DependentRequired():
                    pass
                case ir.MinProperties() | ir.MaxProperties():
                    pass
                case ir.UnevaluatedProperties() | ir.InPlace():
                    pass
                case _:
                    assert_never(assertion)
        return ir.AdditionalProperties(rule.schema, tuple(known), tuple(patterns))

    def _base(self, kind: str, parts: _Conjuncts, node: Node) -> Form | None:
        """What the simple assertions say of one JSON type; None if it is excluded."""
        form = forms.top(kind)
        sources: dict[ir.SchemaId, ir.Schema] = {s.id: s for s in node}
        for assertion, schema in parts.simple:
            sources.setdefault(schema.id, schema)
            narrowed = self._narrow(form, assertion)
            if narrowed is None:
                return None
            form = narrowed
        residues = tuple(r for r in parts.residues if _concerns(r, kind))
        return replace(form, residues=residues, sources=tuple(sources.values()))

    def _narrow(self, form: Form, assertion: ir.Assertion) -> Form | None:
        match assertion:
            case ir.Never():
                return None
            case ir.Type(types):
                if form.kind in types:
                    return form
                if form.kind == "number" and "integer" in types:
                    return _with(form, forms.Number(integer=True))
                return None
            case ir.Enum(values):
                fitting = tuple(
                    v for v in unique(values) if facts.json_type(v) == form.kind
                )
                if not fitting:
                    return None
                more = Form(form.kind, forms.top(form.kind).facets, fitting)
                return forms.meet(form, more)
            case ir.OnNumbers() | ir.OnStrings() | ir.OnArrays() | ir.OnObjects():
                facets = facets_of(form.kind, assertion, self.formats)
                return form if facets is None else _with(form, facets)
            case ir.InPlace():  # Taken apart, or a residue.
                return form
            case _:
                assert_never(assertion)

    # --- members -------------------------------------------------------------------

    def member(self, facets: forms.Object, name: str) -> Node:
        """All that an object says of its member `name`, should it be present."""
        nodes = [facets.properties.get(name, ())]
        matched = languages.matched(facets.regexes, name)
        nodes += [(facets.patterns[n][1],) for n in matched]
        rest = [rule.schema for rule in facets.additional if not covers(rule, name)]
        if any(nodes):  # What takes anything says nothing beside it.
            rest = [schema for schema in rest if schema.assertions]
        return forms.join(*nodes, tuple(rest))


def _untouched(branch: Expansion, beside: Mapping[str, tuple[Form, ...]]) -> bool:
    """Whether the types that stand beside a union take nothing from a branch."""
    if not all(beside.get(kind) for kind in branch.forms):
        return False
    numbers = branch.forms.get("number", ())
    return all(map(_integral, numbers)) or not any(
        map(_integral, beside.get("number", ()))
    )


def _concerns(residue: Residue, kind: str) -> bool:
    """Whether a residue says anything of values of a JSON type."""
    if not isinstance(residue, forms.Unevaluated):
        return True
    of_objects = isinstance(residue.rule, ir.UnevaluatedProperties)
    return kind == ("object" if of_objects else "array")


def _integral(form: Form) -> bool:
    if form.values is not None:
        return all(forms.exact(value).denominator == 1 for value in form.values)
    return isinstance(form.facets, forms.Number) and form.facets.integer


def covers(rule: ir.AdditionalProperties, name: str) -> bool:
    """Whether a name is none of the additional ones."""
    return name in rule.known or bool(languages.matched(tuple(rule.patterns), name))


def is_never(node: Node) -> bool:
    """Whether a place is plainly `false`; deeper contradictions are not looked for."""
    return any(map(facts.is_never, node))


def is_open(node: Node) -> bool:
    """Whether a place plainly allows everything."""
    return all(not schema.assertions for schema in node)


def unique(values: tuple[ir.Json, ...]) -> tuple[ir.Json, ...]:
    """The values without repetitions, in order."""
    return tuple({freeze(v): v for v in reversed(values)}.values())[::-1]


def _with(form: Form, facets: forms.Facets) -> Form:
    return forms.meet(form, Form(form.kind, facets))


def _labelled(form: Form, label: ir.SchemaId | None) -> Form:
    if label is None or label in form.labels:
        return form
    return replace(form, labels=(label, *form.labels))
