"""What a sender writes: by default the properties that its schema declares.

An object schema that neither forbids nor describes further properties allows any;
a sender is taken to write the declared ones only. A schema that describes them
(a map), or that declares no property at all (a free-form object), is taken at its
word. `assume_open` takes every schema at its word.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import lru_cache
from typing import Final, TypeAlias

from codegen.compat.normal import forms
from codegen.compat.normal.forms import Form, Node
from codegen.compat.normal.normalise import Side, TooManyForms, is_never, is_open
from codegen.ecma import languages
from codegen.ir import facts
from codegen.ir import model as ir

Valid: TypeAlias = Callable[[Node, ir.Json], bool]

_KEPT: Final = 1024
"""Alternatives whose properties are remembered: a large one is asked for them again for
each change inside."""


class Emission:
    """The policy applied to one side."""

    def __init__(self, side: Side, assume_open: bool = False) -> None:
        self.side = side
        self.assume_open = assume_open
        self._written = lru_cache(_KEPT)(self._declared)

    def names(self, form: Form) -> Collection[str]:
        """The declared properties that a sender may write."""
        return self._written(form).keys()

    def _declared(self, form: Form) -> dict[str, None]:
        facets = _object(form)
        declared = dict.fromkeys((*facets.properties, *facets.required))
        for name in list(declared):
            if is_never(self.side.member(facets, name)):
                del declared[name]
        return declared

    def rest(self, form: Form) -> Node | None:
        """What further properties hold; None where the sender writes none."""
        facets = _object(form)
        nodes = tuple(rule.schema for rule in facets.additional)
        if is_never(nodes):
            return None
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
            self._within(form, value, valid)
            and (len(choices) == 1 or valid(_beside(form, known), value))
            for form in choices
        )

    def _within(self, form: Form, value: ir.Json, valid: Valid) -> bool:
        members: Iterable[tuple[Node, ir.Json]] = ()
        match form.facets:
            case forms.Array() as array:
                members = (
                    (forms.item_node(array, index), item)
                    for index, item in enumerate(value)
                )
            case forms.Object() as facets if form.values is None:
                if not all(self.may_write(form, name) for name in value):
                    return False
                members = (
                    (self.side.member(facets, name), item)
                    for name, item in value.items()
                )
            case _:
                return True
        return all(
            _is_scalar(item) or self.allows(node, item, valid) for node, item in members
        )


def _beside(form: Form, known: Collection[ir.SchemaId]) -> Node:
    """What an alternative is made of beside the schemas of its place."""
    return tuple(source for source in form.sources if source.id not in known)


def _is_scalar(value: ir.Json) -> bool:
    """Whether a value has no members, so that any sender may write it."""
    return not isinstance(value, (dict, list))


def _object(form: Form) -> forms.Object:
    assert isinstance(form.facets, forms.Object)
    return form.facets
