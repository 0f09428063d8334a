"""That two places have no document in common: a proof or none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from codegen.compat.normal import forms
from codegen.compat.normal.emission import Emission
from codegen.compat.normal.forms import Form, Node
from codegen.compat.normal.normalise import Side, TooManyForms, is_never, is_open
from codegen.compat.proof import scalars
from codegen.ir import model as ir
from codegen.ir.equality import freeze

_DEPTH: Final = 6
_Key = tuple[tuple[ir.SchemaId, ...], tuple[ir.SchemaId, ...]]


@dataclass(slots=True)
class Disjointness:
    """Between what a writer writes and what a schema of the reader accepts."""

    writer: Side
    reader: Side
    emission: Emission
    step: Callable[[], None]
    _known: dict[_Key, bool] = field(default_factory=dict)

    def nodes(self, a: Node, b: Node, depth: int = 0) -> bool:
        """Whether no document is both written at `a` and accepted at `b`."""
        if is_never(a) or is_never(b):
            return True
        if is_open(a) or is_open(b) or depth > _DEPTH:
            return False
        key = (forms.node_key(a), forms.node_key(b))
        if key in self._known:
            return self._known[key]
        self.step()
        self._known[key] = False
        try:
            left = self.writer.expand(a)
            found = all(self.form_node(form, b, depth) for form in left.all())
        except TooManyForms:
            found = False
        self._known[key] = found
        if not found and depth:
            # A shallower question may find more.
            del self._known[key]
        return found

    def form_node(self, form: Form, b: Node, depth: int = 0) -> bool:
        """The same for one alternative of the writer."""
        try:
            choices = self.reader.expand(b).forms.get(form.kind, ())
        except TooManyForms:
            return False
        return all(self.pair(form, choice, depth) for choice in choices)

    def quickly(self, form: Form, choice: Form) -> bool:
        """Whether finite values, of the whole or of a property, already tell."""
        return self.pair(form, choice, _DEPTH - 1)

    def pair(self, a: Form, b: Form, depth: int = 0) -> bool:
        """Whether two alternatives have no document in common."""
        self.step()
        mine, other = scalars.listed(a), scalars.listed(b)
        if mine is not None and other is not None:
            allowed = {freeze(v) for v in other}
            if not any(freeze(v) in allowed for v in mine):
                return True
        if self._values(a, b) or self._values(b, a):
            return True
        match a.facets, b.facets:
            case forms.Number() as x, forms.Number() as y:
                both = forms.tidy_number(_numbers(x, y))
                return forms.empty(both)
            case forms.String() as x, forms.String() as y:
                return _lengths(x.minimum, x.maximum, y.minimum, y.maximum)
            case forms.Array() as x, forms.Array() as y:
                return self._arrays(x, y, depth)
            case forms.Object() as x, forms.Object() as y:
                return self._objects(a, x, y, depth)
            case _:
                return False

    def _values(self, a: Form, b: Form) -> bool:
        """Whether the finite values of one miss the scalar facets of the other."""
        if a.values is None or a.kind in ("array", "object"):
            return False
        match b.facets:
            case forms.String() as string:
                return not any(scalars.string_accepts(string, v) for v in a.values)
            case _:
                return not any(forms.scalar_accepts(b.facets, v) for v in a.values)

    def _arrays(self, x: forms.Array, y: forms.Array, depth: int) -> bool:
        if _lengths(x.minimum, x.maximum, y.minimum, y.maximum):
            return True
        least = max(x.minimum, y.minimum)
        return any(
            self.nodes(forms.item_node(x, i), forms.item_node(y, i), depth + 1)
            for i in range(min(least, len(x.prefix) + len(y.prefix) + 1))
        )

    def _objects(self, a: Form, x: forms.Object, y: forms.Object, depth: int) -> bool:
        for name in y.required:
            if not self.emission.may_write(a, name):
                return True
        for name in dict.fromkeys((*x.required, *y.required)):
            mine, other = self.writer.member(x, name), self.reader.member(y, name)
            if self.nodes(mine, other, depth + 1):
                return True
        return False


def _numbers(x: forms.Number, y: forms.Number) -> forms.Number:
    met = forms.meet(Form("number", x), Form("number", y)).facets
    assert isinstance(met, forms.Number)
    return met


def _lengths(low: int, high: int | None, low2: int, high2: int | None) -> bool:
    return (high is not None and low2 > high) or (high2 is not None and low > high2)
