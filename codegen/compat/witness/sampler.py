"""Smallest documents of a schema, and documents built around one given part.

Everything here proposes: a document counts only after an independent validator
has confirmed it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from codegen.compat.normal import forms
from codegen.compat.normal.emission import Emission
from codegen.compat.normal.forms import Form, Node
from codegen.compat.normal.normalise import Expansion, Side, TooManyForms, is_never
from codegen.compat.witness.memo import Memo
from codegen.compat.witness.values import numbers, text_key, texts
from codegen.ir import model as ir
from codegen.ir.equality import Frozen, freeze
from codegen.oracle import Judge, Undecided
from codegen.samples.sizes import weigh

FEW: Final = 4
"""How many documents are kept for each place."""

_TRIED: Final = 40
"""How many alternatives of a place are tried."""

LARGEST: Final = 10_000
"""How many values a document may hold."""

MANY: Final = 400
"""How many are made for a place of which many different ones are needed."""


class Sampler:
    """Small documents that one side may write."""

    def __init__(self, side: Side, judge: Judge, emission: Emission) -> None:
        self.side = side
        self.judge = judge
        self.emission = emission
        self._memo: Memo[tuple[ir.SchemaId, ...]] = Memo()
        self._varying: set[tuple[ir.SchemaId, ...]] = set()

    def smallest(self, node: Node) -> tuple[ir.Json, ...]:
        """The smallest document of a place in a tuple, or an empty tuple."""
        return self.some(node)[:1]

    def some(self, node: Node) -> tuple[ir.Json, ...]:
        """A few small documents of a place, smallest first."""
        return self._memo.of(forms.node_key(node), partial(self._some, node))

    def _some(self, node: Node) -> tuple[ir.Json, ...]:
        try:
            expansion = self.side.expand(node)
        except TooManyForms:
            return ()
        found: dict[Frozen, ir.Json] = {}
        for form in itertools.islice(_in_turn(expansion), _TRIED):
            for value in itertools.islice(self.of_form(form), FEW):
                if weigh(value, LARGEST) > LARGEST:
                    continue
                if self._confirmed(node, form, value):
                    found.setdefault(freeze(value), value)
            if len(found) >= 2 * FEW:
                break
        return tuple(sorted(found.values(), key=text_key)[:FEW])

    def _confirmed(self, node: Node, form: Form, value: ir.Json) -> bool:
        """Simple forms build valid documents; others are asked for."""
        if _certain(form):
            return True
        try:
            return self.judge.valid_under_all(node, value)
        except Undecided:
            return False

    # --- by form -------------------------------------------------------------------

    def of_form(self, form: Form) -> Iterator[ir.Json]:
        """Small documents of an alternative, roughly smallest first."""
        if form.values is not None:
            yield from sorted(form.values, key=text_key)
            return
        match form.facets:
            case forms.Bare():
                yield from (None,) if form.kind == "null" else (True, False)
            case forms.Number() as number:
                yield from numbers(number)
            case forms.String() as string:
                yield from texts(string)
            case forms.Array() as array:
                yield from self._arrays(form, array)
            case forms.Object():
                yield from self._objects(form)

    def _arrays(self, form: Form, array: forms.Array) -> Iterator[ir.Json]:
        head: list[ir.Json] = []
        for rule in array.contains:
            need = max(rule.minimum, 0)
            if need > LARGEST:
                return
            node = forms.join(forms.item_node(array, len(head)), (rule.schema,))
            head += self.some(node)[:1] * need
        if head:
            yield from self._filled(array, head)
            return
        yield from self._filled(array, [])
        few = self.some(forms.item_node(array, 0))[:2]
        for value in few:
            yield from self._filled(array, [value])
        if few and not array.prefix and not (array.unique and len(few) < 2):
            yield from self._filled(array, [few[0], few[-1]])

    def _filled(self, array: forms.Array, head: list[ir.Json]) -> Iterator[ir.Json]:
        """An array that begins with given items and is as long as it must be."""
        items = list(head)
        if array.maximum is not None and len(items) > array.maximum:
            return
        while len(items) < array.minimum:
            if array.minimum > LARGEST:
                return
            node = forms.item_node(array, len(items))
            if is_never(node):
                return
            choices = self.some(node)
            if array.unique:
                used = {freeze(item) for item in items}
                pool = itertools.chain(choices, self._many(node))
                choices = tuple(
                    itertools.islice((c for c in pool if freeze(c) not in used), 1)
                )
            if not choices:
                return
            items.append(choices[0])
        yield items

    def _many(self, node: Node) -> Iterator[ir.Json]:
        """Many different documents of a place, none where it is asked for already."""
        key = forms.node_key(node)
        if key in self._varying:
            self._memo.cut()
            return
        self._varying.add(key)
        try:
            found = list(itertools.islice(self._varied(node), MANY))
        finally:
            self._varying.discard(key)
        yield from found

    def _varied(self, node: Node) -> Iterator[ir.Json]:
        try:
            expansion = self.side.expand(node)
        except TooManyForms:
            return
        for form in expansion.all():
            match form.facets:
                case _ if form.values is not None:
                    yield from form.values
                case forms.Number(integer=True) as number:
                    start = numbers(number)
                    for first in itertools.islice(start, 1):
                        yield from (first + i for i in range(100))
                        yield from (first - i for i in range(100))
                case forms.String(minimum=minimum):
                    yield from ("a" * minimum + str(i) for i in range(100))
                case _:
                    yield from self.of_form(form)

    def _objects(self, form: Form) -> Iterator[ir.Json]:
        conditions = [r for r in form.residues if isinstance(r, forms.Condition)]
        for value in self._built(form):
            yield self._repaired(form, conditions, value) if conditions else value

    def _repaired(
        self, form: Form, conditions: list[forms.Condition], value: dict[str, ir.Json]
    ) -> ir.Json:
        """A document that meets what its own members make conditions ask for."""
        for _ in range(len(conditions) + 1):
            asked = self._asked(conditions, value)
            if asked is None:
                return value
            condition, branch = asked
            try:
                choices = self.side.expand((branch,)).forms.get("object", ())
            except TooManyForms:
                return value
            deciding = {
                name: value[name]
                for assertion in condition.assertions
                if isinstance(assertion, ir.Properties)
                for name in assertion.schemas
                if name in value
            }
            for choice in choices[:4]:
                both = forms.tidy(forms.meet(form, choice))
                if both is None:
                    continue
                known = (n for n in value if self._member(both, n))
                shared = {n: value[n] for n in known} | deciding
                for given in (shared, deciding):
                    found = self.object_with(both, given)
                    if found is not None:
                        form, value = both, found
                        break
        return value

    def _asked(
        self, conditions: list[forms.Condition], value: ir.Json
    ) -> tuple[ir.Schema, ir.Schema] | None:
        """A condition that a document does not meet, and the branch that it must."""
        for residue in conditions:
            rule = residue.rule
            try:
                met = self.judge.valid_under(rule.condition, value)
                branch = rule.then if met else rule.otherwise
                if branch is not None and not self.judge.valid_under(branch, value):
                    return rule.condition, branch
            except Undecided:
                continue
        return None

    def _built(self, form: Form) -> Iterator[dict[str, ir.Json]]:
        least = self.object_with(form, {})
        if least is None:
            return
        yield least
        for name in self.emission.names(form):
            if name not in least:
                for value in self._member(form, name)[:1]:
                    more = self.object_with(form, {name: value})
                    if more is not None:
                        yield more

    def _member(self, form: Form, name: str) -> tuple[ir.Json, ...]:
        assert isinstance(form.facets, forms.Object)
        node = self.side.member(form.facets, name)
        return () if is_never(node) else self.some(node)

    def object_with(
        self,
        form: Form,
        given: Mapping[str, ir.Json],
        without: str | None = None,
    ) -> dict[str, ir.Json] | None:
        """The smallest object of an alternative that has given members.

        `without` names a member that must be absent. None if there is none.
        """
        facets = form.facets
        assert isinstance(facets, forms.Object)
        if form.values is not None:
            return self._listed(form, given, without)
        names = list(dict.fromkeys((*facets.required, *given)))
        needed = dict(facets.dependent_required)
        for name in names:  # grows while it is read
            names.extend(n for n in needed.get(name, ()) if n not in names)
        for name in self.emission.names(form):
            if len(names) >= facets.minimum:
                break
            if name not in names and name != without and self._member(form, name):
                names.append(name)
        for index in range(facets.minimum - len(names)):
            names.append(f"x{index}")
            if index > 1000:
                return None
        if without in names:
            return None
        result: dict[str, ir.Json] = {}
        for name in names:
            if name in given:
                result[name] = given[name]
                continue
            choices = self._member(form, name)
            if not choices:
                return None
            result[name] = choices[0]
        return result

    def _listed(
        self, form: Form, given: Mapping[str, ir.Json], without: str | None
    ) -> dict[str, ir.Json] | None:
        for value in form.values or ():
            same = all(
                n in value and freeze(value[n]) == freeze(v) for n, v in given.items()
            )
            if same and (without is None or without not in value):
                return dict(value)
        return None

    def array_with(
        self, form: Form, index: int, value: ir.Json
    ) -> list[ir.Json] | None:
        """The shortest array of an alternative with a given item."""
        array = form.facets
        assert isinstance(array, forms.Array)
        head: list[ir.Json] = []
        for place in range(index):
            choices = self.some(forms.item_node(array, place))
            if not choices:
                return None
            head.append(choices[0])
        for items in self._filled(array, [*head, value]):
            return list(items)
        return None


def _certain(form: Form) -> bool:
    """Whether documents built for an alternative are valid by construction."""
    if form.residues or form.values is not None:
        return False
    match form.facets:
        case forms.Array(contains=contains):
            return not contains
        case forms.Object() as facets:
            return not facets.names and not facets.dependent_schemas
        case _:
            return True


def _in_turn(expansion: Expansion) -> Iterator[Form]:
    """The alternatives of a place, those that take least first. Where not all can be
    tried the JSON types take turns: twenty branches without `type` accept null each,
    and a `oneOf` of them accepts none, but objects."""
    runs = [list(expansion.all())]
    if len(runs[0]) > _TRIED:
        runs = [list(of_kind) for of_kind in expansion.forms.values()]
    ordered = (sorted(run, key=_effort) for run in runs)
    for turn in itertools.zip_longest(*ordered):
        yield from (form for form in turn if form is not None)


def _effort(form: Form) -> tuple[int, int, int]:
    """Simple alternatives first."""
    order = ("null", "number", "string", "boolean", "array", "object")
    required = len(form.facets.required) if isinstance(form.facets, forms.Object) else 0
    return (len(form.residues) > 0, order.index(form.kind), required)
