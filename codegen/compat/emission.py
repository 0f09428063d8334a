"""What a sender writes: by default the properties that its schema declares.

An object schema that neither forbids nor describes further properties allows any;
a sender is taken to write the declared ones only. A schema that describes them
(a map), or that declares no property at all (a free-form object), is taken at its
word. `assume_open` takes every schema at its word.
"""

from __future__ import annotations

from dataclasses import dataclass

from codegen.compat import forms
from codegen.compat.forms import Form, Node
from codegen.compat.normalise import Side, is_never, is_open
from codegen.samples import strings


@dataclass(frozen=True, slots=True)
class Emission:
    """The policy applied to one side."""

    side: Side
    assume_open: bool = False

    def names(self, form: Form) -> tuple[str, ...]:
        """The declared properties that a sender may write."""
        facets = _object(form)
        declared = dict.fromkeys((*facets.properties, *facets.required))
        return tuple(
            name for name in declared if not is_never(self.side.member(facets, name))
        )

    def rest(self, form: Form) -> Node | None:
        """What further properties hold; None where the sender writes none."""
        facets = _object(form)
        nodes = tuple(rule.schema for rule in facets.additional)
        if is_never(nodes):
            return None
        free = not facets.properties and not facets.patterns and not facets.required
        if is_open(nodes) and not (free or self.assume_open):
            return None
        return forms.join(nodes)

    def may_write(self, form: Form, name: str) -> bool:
        """Whether a sender may write a property."""
        facets = _object(form)
        if is_never(self.side.member(facets, name)):
            return False
        declared = name in facets.properties or name in facets.required
        matched = any(strings.matches(regex, name) for regex, _ in facets.patterns)
        return declared or matched or self.rest(form) is not None


def _object(form: Form) -> forms.Object:
    assert isinstance(form.facets, forms.Object)
    return form.facets
