"""What a sender writes: by default the properties that its schema declares.

An object schema that neither forbids nor describes further properties allows any;
a sender is taken to write the declared ones only. A schema that describes them
(a map), or that declares no property at all (a free-form object), is taken at its
word. `assume_open` takes every schema at its word.

What a condition or a dependent schema speaks of is declared, too: where it is in doubt
whether that holds, a sender is taken to write more.

In OpenAPI a client writes nothing that is `readOnly`, a server nothing `writeOnly`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final, TypeAlias, assert_never

from codegen.compat.normal import forms
from codegen.compat.normal.forms import Form, Node
from codegen.compat.normal.normalise import Side, TooManyForms, is_never, is_open
from codegen.ecma import languages
from codegen.ir import facts, walk
from codegen.ir import model as ir

Valid: TypeAlias = Callable[[Node, ir.Json], bool]

_KEPT: Final = 1024
"""Alternatives whose properties are remembered: a large one is asked for them again for
each change inside."""


@dataclass(slots=True)
class Declared:
    """What schemas declare that may hold beside an alternative: names of properties and
    patterns of them, and whether they say what further properties hold."""

    names: dict[str, None] = field(default_factory=dict)
    patterns: dict[str, None] = field(default_factory=dict)
    further: bool = False

    def speaks_of(self, name: str) -> bool:
        """Whether a property is one of those declared."""
        if self.further or name in self.names:
            return True
        return bool(languages.matched(tuple(self.patterns), name))


_NOTHING: Final = Declared()


class Emission:
    """The policy applied to one side."""

    def __init__(
        self,
        side: Side,
        assume_open: bool = False,
        way: ir.Direction = ir.Direction.UNKNOWN,
    ) -> None:
        self.side = side
        self.assume_open = assume_open
        openapi = side.module.dialect.startswith("openapi")
        self._way = way if openapi and not assume_open else ir.Direction.UNKNOWN
        self._written = lru_cache(_KEPT)(self._declared)
        self._perhaps = lru_cache(_KEPT)(self._conditional)
        self._alone = lru_cache(_KEPT)(_alone)

    def names(self, form: Form) -> Collection[str]:
        """The declared properties that a sender may write."""
        return self._written(form).keys()

    def _declared(self, form: Form) -> dict[str, None]:
        facets = _object(form)
        declared = dict.fromkeys((*facets.properties, *facets.required))
        declared |= self._perhaps(form).names
        for name in list(declared):
            member = self.side.member(facets, name)
            if is_never(member) or self.others_alone(member):
                del declared[name]
        return declared

    def others_alone(self, member: Node) -> bool:
        """Whether a property is one that only the other side writes."""
        if self._way is ir.Direction.UNKNOWN:
            return False
        asked = self._way is ir.Direction.CLIENT_TO_SERVER
        return any(
            part.annotations.read_only if asked else part.annotations.write_only
            for schema in member
            for part in facts.conjuncts(self.side.module, schema)
        )

    def _conditional(self, form: Form) -> Declared:
        return self._said_by(_conditional(form))

    def _said_by(self, schemas: Iterable[ir.Schema]) -> Declared:
        """What schemas declare, and all that may hold beside them."""
        many = list(schemas)
        if not many:
            return _NOTHING
        found = Declared()
        for _, assertion in walk.asserted(self.side.module, many, but=ir.Not):
            if isinstance(assertion, ir.OnObjects):
                _declare(found, assertion)
        return found

    def rest(self, form: Form) -> Node | None:
        """What further properties hold; None where the sender writes none."""
        facets = _object(form)
        nodes = tuple(rule.schema for rule in facets.additional)
        if is_never(nodes):
            return None
        left, perhaps = _left_over(form), self._perhaps(form)
        doubtful = perhaps.further or perhaps.patterns
        if is_never(left) and not doubtful:
            return None
        if doubtful or not is_open(left):
            return ()  # What it holds depends on what else holds of the object.
        free = not facets.properties and not facets.patterns
        if is_open(nodes) and not (free or self.assume_open):
            return None
        return forms.join(nodes)

    def may_write(self, form: Form, name: str) -> bool:
        """Whether a sender may write a property."""
        facets = _object(form)
        if name in self._written(form):
            return True
        declared = name in facets.properties or name in facets.required
        if declared or is_never(self.side.member(facets, name)):
            return False
        matched = languages.matched(facets.regexes, name)
        return bool(matched) or self.rest(form) is not None

    def allows(self, node: Node, value: ir.Json, valid: Valid) -> bool:
        """Whether a sender writes the members of a valid document, by one of the
        alternatives of its place: a branch under which the document is not valid is
        not the one that it is written by. `valid` says whether a place accepts a
        value."""
        if _is_scalar(value) or self.assume_open:
            return True
        try:
            choices = self.side.expand(node).forms.get(facts.json_type(value), ())
        except TooManyForms:
            return True
        known = set(forms.node_key(node))
        return any(
            (len(choices) == 1 or valid(_beside(form, known), value))
            and self._within(form, value, valid)
            for form in choices
        )

    def _within(self, form: Form, value: ir.Json, valid: Valid) -> bool:
        members: Iterable[tuple[Node, ir.Json]] = ()
        match form.facets:
            case forms.Array() as array:
                members = (
                    (forms.item_node(array, index), item)
                    for index, item in enumerate(value)
                    if not _is_scalar(item)
                )
            case forms.Object() as facets if form.values is None:
                if not self._names_written(form, value, valid):
                    return False
                members = (
                    (self.side.member(facets, name), item)
                    for name, item in value.items()
                    if not _is_scalar(item)
                )
            case _:
                return True
        return all(self._member(form, node, item, valid) for node, item in members)

    def _names_written(
        self, form: Form, value: dict[str, ir.Json], valid: Valid
    ) -> bool:
        """Whether a sender writes properties of these names in this very document."""
        if self._perhaps(form) is _NOTHING:
            more = value.keys() - self._written(form).keys()
            return all(self.may_write(form, name) for name in more)
        alone, said = self._alone(form), self._said_by(_holding(form, value, valid))
        return all(said.speaks_of(n) or self.may_write(alone, n) for n in value)

    def _member(self, form: Form, node: Node, value: ir.Json, valid: Valid) -> bool:
        """Whether a sender writes the members of a member or item. Of one that nothing
        is said of, what is said of those left over holds, or what an array contains."""
        if node or self._perhaps(form) is not _NOTHING:
            return self.allows(node, value, valid)
        left = _left_over(form)
        if left and isinstance(form.facets, forms.Array):
            left = (*left, *(rule.schema for rule in form.facets.contains))
        told = [(schema,) for schema in left if valid((schema,), value)]
        return not told or any(self.allows(one, value, valid) for one in told)


def _conditional(form: Form) -> Iterator[ir.Schema]:
    """The schemas that may hold beside an alternative, or not."""
    if isinstance(form.facets, forms.Object):
        yield from (schema for _, schema in form.facets.dependent_schemas)
    for residue in form.residues:
        if isinstance(residue, forms.Condition):
            yield from walk.in_place(residue.rule)


def _holding(
    form: Form, value: dict[str, ir.Json], valid: Valid
) -> Iterator[ir.Schema]:
    """Those of them that hold beside it in a valid document."""
    yield from (s for name, s in _object(form).dependent_schemas if name in value)
    for residue in form.residues:
        if isinstance(residue, forms.Condition):
            rule = residue.rule
            met = valid((rule.condition,), value)
            said = (rule.condition, rule.then) if met else (rule.otherwise,)
            yield from (schema for schema in said if schema is not None)


def _alone(form: Form) -> Form:
    """An alternative without what may hold beside it, or not."""
    left = (r for r in form.residues if not isinstance(r, forms.Condition))
    facets = replace(_object(form), dependent_schemas=())
    return replace(form, facets=facets, residues=tuple(left))


def _declare(found: Declared, assertion: ir.ObjectAssertion) -> None:
    match assertion:
        case ir.Properties(schemas):
            found.names.update(dict.fromkeys(schemas))
        case ir.Required(names):
            found.names.update(dict.fromkeys(names))
        case ir.PatternProperties(schemas):
            found.patterns.update(dict.fromkeys(schemas))
        case ir.AdditionalProperties(schema) | ir.UnevaluatedProperties(schema):
            described = not is_open((schema,)) and not is_never((schema,))
            found.further = found.further or described
        case ir.PropertyNames() | ir.DependentRequired() | ir.DependentSchemas():
            pass
        case ir.MinProperties() | ir.MaxProperties():
            pass
        case _:
            assert_never(assertion)


def _left_over(form: Form) -> Node:
    """What is said of members or items that nothing else evaluates."""
    rules = (r.rule for r in form.residues if isinstance(r, forms.Unevaluated))
    return tuple(rule.schema for rule in rules)


def _beside(form: Form, known: Collection[ir.SchemaId]) -> Node:
    """What an alternative is made of beside the schemas of its place."""
    return tuple(source for source in form.sources if source.id not in known)


def _is_scalar(value: ir.Json) -> bool:
    """Whether a value has no members, so that any sender may write it."""
    return not isinstance(value, (dict, list))


def _object(form: Form) -> forms.Object:
    assert isinstance(form.facets, forms.Object)
    return form.facets
