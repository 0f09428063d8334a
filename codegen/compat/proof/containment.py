"""Is every document that a sender may write accepted by a reader? A proof or none.

`Prover.nodes` proves containment by induction over pairs of places: a pair that is
met again while it is being proved may be assumed, because the documents in question
are smaller. A success under such an assumption is kept only as long as the
assumption stands. A failure to prove says nothing: documents refute, not this.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final, assert_never

from codegen.compat.normal import forms
from codegen.compat.normal.emission import Emission
from codegen.compat.normal.equivalence import Classes
from codegen.compat.normal.forms import Form, Node
from codegen.compat.normal.normalise import (
    Expansion,
    Side,
    TooManyForms,
    is_never,
    is_open,
)
from codegen.compat.proof import scalars
from codegen.compat.proof.disjointness import Disjointness
from codegen.ecma import languages
from codegen.ir import model as ir
from codegen.oracle import Judge, Undecided

MAX_SPLIT: Final = 300
"""Values of a tag over which a proof goes case by case."""

Assumption = Callable[[ir.SchemaId, ir.SchemaId], bool | None]
"""Whether one named schema is known to be within another; None where it is open."""

_Pair = tuple[tuple[ir.SchemaId, ...], ir.SchemaId]


class Spent(Exception):
    """The budget of steps is used up."""


@dataclass(slots=True)
class Budget:
    """Deterministic: counts steps, not seconds."""

    steps: int

    def step(self) -> None:
        """Use one. Raises `Spent`."""
        self.steps -= 1
        if self.steps < 0:
            raise Spent


@dataclass(frozen=True, slots=True)
class Party:
    """One side in its role: its number in `Classes`, what it is and how it judges."""

    number: int
    side: Side
    judge: Judge


@dataclass(slots=True)
class Prover:
    """Proves containment of the writer's places in the reader's."""

    writer: Party
    reader: Party
    emission: Emission
    classes: Classes
    assume: Assumption
    budget: Budget
    own: Prover | None = None
    obstacle: str = ""
    _known: dict[_Pair, bool] = field(default_factory=dict)
    _trail: list[_Pair] = field(default_factory=list)
    _apart: Disjointness | None = None

    # --- places --------------------------------------------------------------------

    def nodes(self, writer: Node, reader: Node) -> bool:
        """Whether everything written at one place is accepted at the other."""
        return all(self._within(writer, schema) for schema in reader)

    def places(self, writer: Node, reader: Node) -> bool:
        """The same, the two places themselves not assumed."""
        return all(
            is_never(writer)
            or not schema.assertions
            or self._same(writer, schema)
            or self._prove((forms.node_key(writer), schema.id), writer, schema)
            for schema in reader
        )

    def schemas(self, writer: ir.Schema, reader: ir.Schema) -> bool:
        """The same for two schemas."""
        return self.places((writer,), (reader,))

    def _within(self, writer: Node, reader: ir.Schema) -> bool:
        if not reader.assertions or is_never(writer):
            return True
        if self._same(writer, reader):
            return True
        left = self.writer.side.label_of(writer)
        right = self.reader.side.label(reader)
        if left is not None and right is not None:
            assumed = self.assume(left, right)
            if assumed is not None:
                if not assumed:
                    self.obstacle = f"{self.reader.side.named[right]} differs"
                return assumed
        return self._prove((forms.node_key(writer), reader.id), writer, reader)

    def _prove(self, pair: _Pair, writer: Node, reader: ir.Schema) -> bool:
        if pair in self._known:
            return self._known[pair]
        self.budget.step()
        mark = len(self._trail)
        self._known[pair] = True
        self._trail.append(pair)
        try:
            proved = self._structurally(writer, reader)
        except TooManyForms:
            self.obstacle = "the place has too many alternatives"
            proved = False
        if not proved:
            # What was proved meanwhile may have leaned on this pair.
            for other in self._trail[mark:]:
                del self._known[other]
            del self._trail[mark:]
            self._known[pair] = False
            return False
        return True

    def forget(self) -> None:
        """Drop every result; for use after what `assume` says has changed."""
        self._known.clear()
        self._trail.clear()

    def _same(self, writer: Node, reader: ir.Schema) -> bool:
        wanted = self.classes.of(self.reader.number, reader)
        return any(
            self.classes.of(self.writer.number, schema) == wanted for schema in writer
        )

    def _structurally(self, writer: Node, reader: ir.Schema) -> bool:
        expansion = self.reader.side.expand((reader,))
        written = self.writer.side.expand(writer)
        return all(
            self.form_within(form, expansion, reader) or self._unwritable(form)
            for form in written.all()
        )

    def form_at(self, form: Form, reader: Node) -> bool:
        """Whether an alternative of the writer is accepted at a place."""
        return self._unwritable(form) or all(
            self.form_within(form, self.reader.side.expand((schema,)), schema)
            for schema in reader
        )

    def _unwritable(self, form: Form) -> bool:
        """Whether the writer's own `oneOf` excludes a whole branch, because what it
        writes there matches another branch too."""
        if self.own is None:
            return False
        for residue in form.residues:
            if not isinstance(residue, forms.Exclusive):
                continue
            bare = replace(
                form, residues=tuple(r for r in form.residues if r is not residue)
            )
            for index, branch in enumerate(residue.union.schemas):
                if index == residue.index:
                    continue
                choices = self.writer.side.expand((branch,)).forms.get(form.kind, ())
                if any(self.own.form_in_form(bare, choice) for choice in choices):
                    return True
        return False

    # --- forms ---------------------------------------------------------------------

    def form_within(self, form: Form, target: Expansion, reader: ir.Schema) -> bool:
        """Whether an alternative of the writer is accepted by a reader's schema."""
        self.budget.step()
        if form.values is not None and len(form.values) <= 2000:
            return self._listed(form, reader)
        if self._by_label(form, target):
            return True
        choices = self._ordered(form, target.forms.get(form.kind, ()))
        if any(self.form_in_form(form, choice) for choice in choices):
            return True
        if len(choices) > 1 and isinstance(form.facets, forms.Object):
            return self._by_cases(form, choices)
        if form.kind in ("boolean", "null"):
            whole = replace(
                form, values=(None,) if form.kind == "null" else (True, False)
            )
            return self._listed(whole, reader)
        if not choices:
            self.obstacle = f"{form.kind} is not accepted"
        return False

    def _listed(self, form: Form, reader: ir.Schema) -> bool:
        try:
            for value in form.values or ():
                if not self.reader.judge.valid_under(reader, value):
                    self.obstacle = f"{value!r} is not accepted"
                    return False
        except Undecided as error:
            self.obstacle = str(error)
            return False
        return True

    def _by_label(self, form: Form, target: Expansion) -> bool:
        for left in form.labels:
            for right, residues in target.whole.items():
                if self.assume(left, right) and self._discharge_all(form, residues):
                    return True
        return False

    def _ordered(self, form: Form, choices: tuple[Form, ...]) -> tuple[Form, ...]:
        """Alternatives that may match, those with the same tag first."""
        if len(choices) < 2:
            return choices
        apart = self._disjointness()
        return tuple(c for c in choices if not apart.quickly(form, c))

    def form_in_form(self, form: Form, other: Form) -> bool:
        """Whether one alternative lies within one alternative of the reader."""
        self.budget.step()
        if other.values is not None and not self._covers_values(form, other):
            return False
        return self._facets(form, other) and self._discharge_all(form, other.residues)

    def _covers_values(self, form: Form, other: Form) -> bool:
        if form.values is None:
            listed = scalars.listed(form)
            if listed is None:
                self.obstacle = "a list of values is smaller than what may be written"
                return False
        else:
            listed = form.values
        allowed = {forms.freeze(v) for v in other.values or ()}
        return all(forms.freeze(v) in allowed for v in listed)

    def _facets(self, form: Form, other: Form) -> bool:
        match form.facets, other.facets:
            case forms.Bare(), _:
                return True
            case forms.Number() as a, forms.Number() as b:
                return self._scalar(scalars.number_within(a, b))
            case forms.String() as a, forms.String() as b:
                return self._scalar(scalars.string_within(a, b))
            case forms.Array() as a, forms.Array() as b:
                return self._arrays(a, b)
            case forms.Object() as a, forms.Object() as b:
                return self._objects(form, a, b)
            case _:
                return False

    def _scalar(self, obstacle: str) -> bool:
        if obstacle:
            self.obstacle = obstacle
        return not obstacle

    # --- arrays --------------------------------------------------------------------

    def _arrays(self, a: forms.Array, b: forms.Array) -> bool:
        longest = self._longest(a)
        if a.minimum < b.minimum:
            return self._scalar("arrays may be too short")
        if b.maximum is not None and (longest is None or longest > b.maximum):
            return self._scalar("arrays may be too long")
        if b.unique and not a.unique and (longest is None or longest > 1):
            return self._scalar("items may repeat")
        for index in range(max(len(a.prefix), len(b.prefix)) + 1):
            if longest is not None and index >= longest:
                break
            if not self.nodes(forms.item_node(a, index), forms.item_node(b, index)):
                return False
        return all(self._contains(a, rule) for rule in b.contains)

    def _longest(self, a: forms.Array) -> int | None:
        longest = a.maximum
        for index, node in enumerate((*a.prefix, a.items)):
            if is_never(node):
                return index if longest is None else min(longest, index)
        return longest

    def _contains(self, a: forms.Array, rule: ir.Contains) -> bool:
        if rule.minimum <= 0 and rule.maximum is None:
            return True
        wanted = self.classes.of(self.reader.number, rule.schema)
        for other in a.contains:
            same = self.classes.of(self.writer.number, other.schema) == wanted
            enough = other.minimum >= rule.minimum
            few = rule.maximum is None or (
                other.maximum is not None and other.maximum <= rule.maximum
            )
            if same and enough and few:
                return True
        if rule.maximum is None and a.minimum >= rule.minimum:
            nodes = [forms.item_node(a, i) for i in range(min(rule.minimum, 50))]
            if rule.minimum <= 50 and all(
                self.nodes(node, (rule.schema,)) for node in nodes
            ):
                return True
        return self._scalar("what the array must contain is not certain")

    # --- objects -------------------------------------------------------------------

    def _objects(self, form: Form, a: forms.Object, b: forms.Object) -> bool:
        for name in b.required:
            if name not in a.required:
                return self._scalar(f"property {name!r} may be missing")
        if not self._counts(form, a, b):
            return False
        return (
            self._declared(form, a, b)
            and self._further(form, a, b)
            and self._names(form, a, b)
            and self._dependent(form, a, b)
        )

    def _counts(self, form: Form, a: forms.Object, b: forms.Object) -> bool:
        if max(a.minimum, len(a.required)) < b.minimum:
            return self._scalar("objects may have too few properties")
        if b.maximum is None:
            return True
        most = a.maximum
        if self.emission.rest(form) is None and not a.patterns:
            declared = len(self.emission.names(form))
            most = declared if most is None else min(most, declared)
        if most is None or most > b.maximum:
            return self._scalar("objects may have too many properties")
        return True

    def _declared(self, form: Form, a: forms.Object, b: forms.Object) -> bool:
        for name in self.emission.names(form):
            written = self.writer.side.member(a, name)
            read = self.reader.side.member(b, name)
            if not self.nodes(written, read):
                if is_never(read):
                    self.obstacle = f"property {name!r} is not accepted"
                return False
        return True

    def _further(self, form: Form, a: forms.Object, b: forms.Object) -> bool:
        """Members beyond the declared ones: patterns first, then the rest."""
        rest = self.emission.rest(form)
        spreads: list[Node] = [(s,) for _, s in a.patterns]
        if rest is not None:
            spreads.append(rest)
        for index, node in enumerate(spreads):
            regex = a.patterns[index][0] if index < len(a.patterns) else None
            if not self._spread(a, b, node, regex):
                return False
        return True

    def _spread(
        self, a: forms.Object, b: forms.Object, node: Node, regex: str | None
    ) -> bool:
        """Whether members with any (or any matching) name are accepted."""
        for name in b.properties:
            if (
                name not in a.properties
                and (regex is None or languages.matches(regex, name))
                and not self.nodes(self.writer.side.member(a, name), b.properties[name])
            ):
                return self._scalar(f"property {name!r} may hold anything")
        for pattern, schema in b.patterns:
            if not self.nodes(node, (schema,)):
                return self._scalar(f"names that match {pattern!r} may hold anything")
        for rule in b.additional:
            if regex is not None and regex in rule.patterns:
                continue
            if not self.nodes(node, (rule.schema,)):
                return self._scalar("further properties are not accepted")
        return True

    def _names(self, form: Form, a: forms.Object, b: forms.Object) -> bool:
        if is_open(b.names):
            return True
        spreads = self.emission.rest(form) is not None or a.patterns
        if spreads and not self.nodes(a.names, b.names):
            return self._scalar("property names may not be accepted")
        try:
            for name in self.emission.names(form):
                if not self.reader.judge.valid_under_all(b.names, name):
                    return self._scalar(f"the name {name!r} is not accepted")
        except Undecided as error:
            return self._scalar(str(error))
        return True

    def _dependent(self, form: Form, a: forms.Object, b: forms.Object) -> bool:
        given: dict[str, set[str]] = {}
        for trigger, needed in a.dependent_required:
            given.setdefault(trigger, set()).update(needed)
        for trigger, needed in b.dependent_required:
            if not self.emission.may_write(form, trigger):
                continue
            missing = set(needed) - set(a.required) - given.get(trigger, set())
            if missing:
                return self._scalar(f"{trigger!r} may come without what it needs")
        for trigger, schema in b.dependent_schemas:
            if not self.emission.may_write(form, trigger):
                continue
            if not self._triggered(form, a, trigger, schema):
                return False
        return True

    def _triggered(
        self, form: Form, a: forms.Object, trigger: str, schema: ir.Schema
    ) -> bool:
        wanted = self.classes.of(self.reader.number, schema)
        for other, mine in a.dependent_schemas:
            same = self.classes.of(self.writer.number, mine) == wanted
            if other == trigger and same:
                return True
        with_it = replace(
            form,
            facets=replace(a, required=tuple(dict.fromkeys((*a.required, trigger)))),
        )
        return self.form_within(with_it, self.reader.side.expand((schema,)), schema)

    # --- case by case --------------------------------------------------------------

    def _by_cases(self, form: Form, choices: tuple[Form, ...]) -> bool:
        """Split by a property of finitely many values that tells choices apart."""
        assert isinstance(form.facets, forms.Object)
        for name in form.facets.properties:
            if name not in form.facets.required:
                continue
            cases = self._split(form, name)
            if cases is None or len(cases) < 2:
                continue
            if all(
                any(self.form_in_form(case, choice) for choice in choices)
                for case in cases
            ):
                return True
        return self._scalar(self.obstacle or "no alternative accepts it")

    def _split(self, form: Form, name: str) -> list[Form] | None:
        assert isinstance(form.facets, forms.Object)
        node = self.writer.side.member(form.facets, name)
        alternatives = list(self.writer.side.expand(node).all())
        values: list[ir.Json] = []
        for inner in alternatives:
            listed = scalars.listed(inner)
            if listed is None or len(values) + len(listed) > MAX_SPLIT:
                return None
            values.extend(listed)
        return [
            replace(form, facets=_confined(form.facets, name, value), labels=())
            for value in values
        ]

    # --- residues ------------------------------------------------------------------

    def _disjointness(self) -> Disjointness:
        if self._apart is None:
            self._apart = Disjointness(
                self.writer.side, self.reader.side, self.emission, self.budget.step
            )
        return self._apart

    def _discharge_all(self, form: Form, residues: tuple[forms.Residue, ...]) -> bool:
        return all(self._discharge(form, residue) for residue in residues)

    def _discharge(self, form: Form, residue: forms.Residue) -> bool:
        if self._class_of(self.reader.number, residue) in self._own(form):
            return True
        apart = self._disjointness()
        match residue:
            case forms.Exclusive(union, index):
                others = (b for i, b in enumerate(union.schemas) if i != index)
                if all(apart.form_node(form, (other,)) for other in others):
                    return True
                return self._scalar("two branches of a oneOf may both match")
            case forms.Outside(schema):
                if apart.form_node(form, (schema,)):
                    return True
                return self._scalar("what `not` excludes may be written")
            case forms.Condition(rule):
                return self._condition(form, rule)
            case forms.Unevaluated():
                return self._scalar("what stays unevaluated is not certain")
            case _:
                assert_never(residue)

    def _own(self, form: Form) -> set[int]:
        return {self._class_of(self.writer.number, r) for r in form.residues}

    def _class_of(self, number: int, residue: forms.Residue) -> int:
        match residue:
            case forms.Exclusive(union):
                return self.classes.of_assertion(number, union)
            case forms.Outside(schema):
                return self.classes.of_assertion(number, ir.Not(schema))
            case forms.Condition(rule):
                return self.classes.of_assertion(number, rule)
            case forms.Unevaluated(_, owner):
                return self.classes.of(number, owner)
            case _:
                assert_never(residue)

    def _condition(self, form: Form, rule: ir.IfThenElse) -> bool:
        def holds(schema: ir.Schema | None) -> bool:
            if schema is None:
                return True
            return self.form_within(form, self.reader.side.expand((schema,)), schema)

        then, otherwise = holds(rule.then), holds(rule.otherwise)
        if then and otherwise:
            return True
        if otherwise and self._disjointness().form_node(form, (rule.condition,)):
            return True
        if then and holds(rule.condition):
            return True
        return self._scalar("a condition may not be met")


def _confined(facets: forms.Object, name: str, value: ir.Json) -> forms.Object:
    """An object whose property has one value; the schema for it is made here."""
    marker = ir.Schema(
        ir.SchemaId(f"#case/{forms.freeze(value)!r}"),
        ir.Location("", ""),
        (ir.Enum((value,)),),
    )
    return replace(facets, properties={**facets.properties, name: (marker,)})
