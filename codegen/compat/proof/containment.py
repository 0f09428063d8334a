"""Is every document that a sender may write accepted by a reader? A proof or none.

`Prover.nodes` proves containment by induction over pairs of places: a pair that is
met again while it is being proved may be assumed, because the documents in question
are smaller. A success under such an assumption is kept only as long as the
assumption stands. A failure to prove says nothing: documents refute, not this.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from codegen.compat.normal import forms
from codegen.compat.normal.emission import Emission
from codegen.compat.normal.equivalence import Classes
from codegen.compat.normal.forms import Form, Node
from codegen.compat.normal.normalise import (
    Expansion,
    TooManyForms,
    is_never,
)
from codegen.compat.proof import scalars
from codegen.compat.proof.context import Assumption, Budget, Party
from codegen.compat.proof.emptiness import Emptiness
from codegen.compat.proof.objects import Objects
from codegen.compat.proof.residues import Residues
from codegen.ir import model as ir
from codegen.ir.equality import freeze
from codegen.oracle import Undecided, shown

_FEW: Final = 2000
"""Values that a validator is asked about one by one."""

_Pair = tuple[tuple[ir.SchemaId, ...], ir.SchemaId]


@dataclass(slots=True)
class Prover:
    """Proves containment of the writer's places in the reader's.

    What is named on both sides by `names` is only compared with that: if the reader has
    it, nothing else that takes the same documents counts, nor that by mistake a `oneOf`
    keeps it from being written.
    """

    writer: Party
    reader: Party
    emission: Emission
    classes: Classes
    assume: Assumption
    budget: Budget
    own: Prover | None = None
    names: Assumption | None = None
    obstacle: str = ""
    _known: dict[_Pair, bool] = field(default_factory=dict)
    _trail: list[_Pair] = field(default_factory=list)
    residues: Residues = field(init=False)
    emptiness: Emptiness = field(init=False)

    def __post_init__(self) -> None:
        self.residues = Residues(self)
        self.emptiness = Emptiness(self.writer.side)

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
        target = self.classes.of(self.reader.number, reader)
        return any(
            self.classes.of(self.writer.number, schema) == target for schema in writer
        )

    def _structurally(self, writer: Node, reader: ir.Schema) -> bool:
        expansion = self.reader.side.expand((reader,))
        written = self.writer.side.expand(writer)
        label = self.writer.side.label_of(writer) if self.names else None
        if label is not None:
            written = self.writer.side.called(written, label)
        return all(
            self.form_within(form, expansion, reader)
            or self._unwritable(form)
            or self._few_within(form, writer, reader)
            for form in written.all()
        ) or self.emptiness.of(writer)

    def _few_within(self, form: Form, writer: Node, reader: ir.Schema) -> bool:
        """Whether the reader accepts those of an alternative's few values that are
        written at a place: others may be excluded by what else the writer says."""
        values = scalars.listed(form)
        if values is None or len(values) > _FEW:
            return False
        judge = self.writer.judge
        try:
            left = tuple(v for v in values if judge.valid_under_all(writer, v))
        except Undecided as error:
            return self.free_of(str(error))
        return len(left) < len(values) and self._listed(left, reader)

    def form_at(self, form: Form, reader: Node) -> bool:
        """Whether an alternative of the writer is accepted at a place."""
        return self._unwritable(form) or all(
            self.form_within(form, self.reader.side.expand((schema,)), schema)
            for schema in reader
        )

    def _unwritable(self, form: Form) -> bool:
        """Whether the writer's own `oneOf` excludes a whole branch, because what it
        writes there matches another branch too."""
        if self.own is None or self.names is not None:
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
        if form.values is not None and len(form.values) <= _FEW:
            return self._listed(form.values, reader)
        if self._by_label(form, target):
            return True
        choices = self._ordered(form, target.forms.get(form.kind, ()))
        if any(self.form_in_form(form, choice) for choice in choices):
            return True
        if len(choices) > 1 and isinstance(form.facets, forms.Object):
            return Objects(self).by_cases(form, choices)
        if form.kind in ("boolean", "null"):
            return self._listed(scalars.listed(form) or (), reader)
        if not choices:
            self.obstacle = f"{form.kind} is not accepted"
        return False

    def _listed(self, values: tuple[ir.Json, ...], reader: ir.Schema) -> bool:
        try:
            for value in values:
                if not self.reader.judge.valid_under(reader, value):
                    self.obstacle = f"{shown(value)} is not accepted"
                    return False
        except Undecided as error:
            self.obstacle = str(error)
            return False
        return True

    def _by_label(self, form: Form, target: Expansion) -> bool:
        for left in form.labels:
            for right, residues in target.whole.items():
                if self.assume(left, right) and self.residues.all_hold(form, residues):
                    return True
        return False

    def _ordered(self, form: Form, choices: tuple[Form, ...]) -> tuple[Form, ...]:
        """Alternatives that may match, those with the same tag first."""
        if len(choices) < 2:
            return choices
        choices = self._namesakes(form, choices) or choices
        apart = self.residues.apart()
        return tuple(c for c in choices if not apart.quickly(form, c))

    def _namesakes(self, form: Form, choices: tuple[Form, ...]) -> tuple[Form, ...]:
        """The alternatives that have a name in common with one of the writer."""
        if self.names is None:
            return ()
        same = self.names
        return tuple(
            choice
            for choice in choices
            if any(same(a, b) for a in form.labels for b in choice.labels)
        )

    def form_in_form(self, form: Form, other: Form) -> bool:
        """Whether one alternative lies within one alternative of the reader."""
        self.budget.step()
        if other.values is not None and not self._covers_values(form, other):
            return False
        return self._facets(form, other) and self.residues.all_hold(
            form, other.residues
        )

    def _covers_values(self, form: Form, other: Form) -> bool:
        if form.values is None:
            listed = scalars.listed(form)
            if listed is None:
                self.obstacle = "a list of values is smaller than what may be written"
                return False
        else:
            listed = form.values
        allowed = {freeze(v) for v in other.values or ()}
        return all(freeze(v) in allowed for v in listed)

    def _facets(self, form: Form, other: Form) -> bool:
        match form.facets, other.facets:
            case forms.Bare(), _:
                return True
            case forms.Number() as a, forms.Number() as b:
                return self.free_of(scalars.number_within(a, b))
            case forms.String() as a, forms.String() as b:
                return self.free_of(scalars.string_within(a, b))
            case forms.Array() as a, forms.Array() as b:
                return self._arrays(a, b)
            case forms.Object() as a, forms.Object() as b:
                return Objects(self).within(form, a, b)
            case _:
                return False

    def free_of(self, obstacle: str) -> bool:
        """Whether nothing is in the way; what is, becomes the reason."""
        if obstacle:
            self.obstacle = obstacle
        return not obstacle

    # --- arrays --------------------------------------------------------------------

    def _arrays(self, a: forms.Array, b: forms.Array) -> bool:
        longest = self._longest(a)
        if a.minimum < b.minimum:
            return self.free_of("arrays may be too short")
        if b.maximum is not None and (longest is None or longest > b.maximum):
            return self.free_of("arrays may be too long")
        if b.unique and not a.unique and (longest is None or longest > 1):
            return self.free_of("items may repeat")
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
        target = self.classes.of(self.reader.number, rule.schema)
        for other in a.contains:
            same = self.classes.of(self.writer.number, other.schema) == target
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
        return self.free_of("what the array must contain is not certain")

    # --- case by case --------------------------------------------------------------
