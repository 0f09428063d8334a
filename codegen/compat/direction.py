"""`Traffic`: one direction between two versions: proofs, searches, confirmation."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from codegen.compat import rules
from codegen.compat.changes.change import Change, Step
from codegen.compat.findings import Witness
from codegen.compat.normal import forms, texts
from codegen.compat.normal.emission import Emission
from codegen.compat.normal.forms import Form, Node
from codegen.compat.normal.normalise import TooManyForms
from codegen.compat.proof.containment import Prover
from codegen.compat.proof.context import Budget, Party, Share, Spent
from codegen.compat.tableau.places import Look
from codegen.compat.tableau.search import Tableau
from codegen.compat.witness import enormous
from codegen.compat.witness.sampler import Sampler
from codegen.compat.witness.search import WitnessSearch
from codegen.compat.witness.values import text_key
from codegen.ir import model as ir
from codegen.oracle import Undecided

_TRIED: Final = 60
"""How many values are proposed for an alternative of a place."""

_MANY: Final = 100
_EACH: Final = 5
_MOST: Final = 200_000
"""Members and items beyond the first hundred, in all documents that are put together
around what changed: each change of an object that requires very many takes one with
all of them. Each document counts as `_EACH`: deep inside of unions there are many."""

_Whole = list[ir.Json] | dict[str, ir.Json]
_Pair = tuple[tuple[ir.SchemaId, ...], tuple[ir.SchemaId, ...]]


@dataclass(slots=True)
class Traffic:
    """Documents written under one version and read under the other.

    `forward` is true where the old version writes. `literal` gives the same for a
    writer who writes whatever its schemas allow; None where this one does. `doubting`
    gives it with nothing assumed of some schemas of the writer, each of which is still
    compared with what has its name only.
    """

    direction: ir.Direction
    forward: bool
    writer: Party
    reader: Party
    emission: Emission
    mine: Sampler
    prover: Prover
    tableau: Tableau
    witnesses: WitnessSearch
    budget: Budget
    share: Share
    reason: str = field(default="")
    literal: Callable[[], Traffic] | None = field(default=None, repr=False)
    doubting: Callable[[Collection[ir.SchemaId]], Traffic] | None = field(
        default=None, repr=False
    )
    _carried: int = field(default=0, init=False)
    _looks: dict[_Pair, Look] = field(default_factory=dict, repr=False)
    _known_tags: dict[int, tuple[Form, dict[str, ir.Json]]] = field(
        default_factory=dict, repr=False
    )

    def begin(self) -> None:
        """Begin with another pair of schemas."""
        self.share.begin()
        self.tableau.share.begin()

    # --- proofs --------------------------------------------------------------------

    def proves(self, question: Callable[[], bool]) -> bool:
        """Ask the prover within a fresh budget; what it lacks becomes the reason."""
        given = self.budget.steps = self.share.take()
        self.prover.obstacle = ""
        try:
            proved = question()
        except Spent:
            self.prover.forget()
            self.reason = f"the proof takes more than {given} steps"
            return False
        except (TooManyForms, RecursionError):
            self.prover.forget()
            self.reason = "the place has too many alternatives"
            return False
        finally:
            self.share.spend(given, self.budget.steps)
        if not proved:
            self.reason = self.prover.obstacle
        return proved

    def schema(self, old: ir.Schema, new: ir.Schema) -> bool:
        """Whether a schema is within its other version, named parts assumed."""
        writer, reader = (old, new) if self.forward else (new, old)
        return self.proves(lambda: self.prover.schemas(writer, reader))

    def harmless(self, change: Change) -> bool:
        """Whether a change is proved to break nothing in this direction."""
        written = self._written(change)
        if not written and change.facet is None:
            return True
        if any(map(self._unwritten, change.path)):
            return True
        writer, reader = self._nodes(change)
        facet = self._read(change)
        if change.facet is not None and not change.facet.whole:
            if facet is None:
                return True
            held = [(form, facet) for form in written]
            if self.proves(lambda: all(self.prover.form_in_form(*h) for h in held)):
                return True
        elif change.facet is None and self.proves(
            lambda: all(self.prover.form_at(form, reader) for form in written)
        ):
            return True
        return self.proves(lambda: self.prover.places(writer, reader))

    def as_texts(
        self,
        change: Change,
        how: texts.AsTexts,
        path: Sequence[tuple[str, str | int]],
        whole: Form | None,
    ) -> Change | None:
        """A change with what the reader takes there as texts; None where no texts
        travel."""
        _, reader = self._nodes(change)
        taken = texts.placed(self.reader.side, reader, how, path, whole)
        if taken is None:
            return None
        if self.forward:
            return replace(change, new_node=(taken,))
        return replace(change, old_node=(taken,))

    def takes(self, change: Change) -> bool:
        """Whether the reader's place, whatever is different there, takes everything
        that is written at the place of a change."""
        writer, reader = self._nodes(change)
        written = self._written(change)
        if change.facet is None and (change.old is None or change.new is None):
            return self.proves(
                lambda: all(self.prover.form_at(form, reader) for form in written)
            )
        return self.proves(lambda: self.prover.places(writer, reader))

    def keeps_all(self, change: Change) -> bool:
        """Whether no value at all is accepted before a change that is not after it."""
        literal = self.literal() if self.literal else self
        literal.begin()
        return literal.harmless(change) or literal.settled(change)

    def _written(self, change: Change) -> tuple[Form, ...]:
        """The writer's alternatives that a change is about."""
        form = change.old if self.forward else change.new
        theirs = change.rule is rules.UNION_DISSOLVED
        more = change.more if theirs == self.forward else ()
        return () if form is None else (form, *more)

    def _read(self, change: Change) -> Form | None:
        """What the reader says of them."""
        if change.facet is None:
            return None
        return change.facet.new if self.forward else change.facet.old

    def _unwritten(self, step: Step) -> bool:
        """Whether a step leads into what this writer leaves to the other side."""
        form = step.old if self.forward else step.new
        if step.kind != "property" or not isinstance(form.facets, forms.Object):
            return False
        member = self.writer.side.member(form.facets, str(step.key))
        return self.emission.others_alone(member)

    def _nodes(self, change: Change) -> tuple[Node, Node]:
        if self.forward:
            return change.old_node, change.new_node
        return change.new_node, change.old_node

    def contained(self, old: ir.Schema, new: ir.Schema) -> bool:
        """The same as `schema`, case by case, which finds more and takes longer."""
        writer, reader = (old, new) if self.forward else (new, old)
        return self._looked((writer,), (reader,)).empty

    def settled(self, change: Change) -> bool:
        """The same as `harmless`, case by case, of the place that a change is about."""
        return self._looked(*self._nodes(change)).empty

    def _looked(self, writer: Node, reader: Node) -> Look:
        key = forms.node_key(writer), forms.node_key(reader)
        if key not in self._looks:
            self._looks[key] = self.tableau.look(writer, reader)
        return self._looks[key]

    # --- witnesses -----------------------------------------------------------------

    def refute(
        self, change: Change, old: ir.Schema, new: ir.Schema, name: str
    ) -> Witness | None:
        """A confirmed document of the writer's schema that the reader's rejects
        because of one change; None where the search ends without."""
        writer, reader = self._nodes(change)
        best: Witness | None = None
        self.witnesses.begin()
        if self._laden:
            return None
        for value in itertools.islice(self._proposals(change), 4 * _TRIED):
            if not self.witnesses.rejected(writer, reader, value):
                continue
            for document in self.carried(change.path, value):
                found = self.confirm(old, new, name, document)
                if found and (best is None or _shorter(found, best)):
                    best = found
            if best is not None:
                return best
        return None

    def shown(
        self, change: Change, old: ir.Schema, new: ir.Schema, name: str
    ) -> Witness | None:
        """The same as `refute`, of documents that are found case by case."""
        if self._laden:
            return None
        writer, reader = self._nodes(change)
        for value in self._looked(writer, reader).values:
            if not self.witnesses.rejected(writer, reader, value):
                continue
            for document in self.carried(change.path, value):
                found = self.confirm(old, new, name, document)
                if found is not None:
                    return found
        return self.whole(old, new, name) if change.path else None

    def whole(self, old: ir.Schema, new: ir.Schema, name: str) -> Witness | None:
        """A document of the whole that is found case by case."""
        writer, reader = (old, new) if self.forward else (new, old)
        for value in self._looked((writer,), (reader,)).values:
            if self.witnesses.rejected((writer,), (reader,), value):
                found = self.confirm(old, new, name, value)
                if found is not None:
                    return found
        return None

    def unshown(self, change: Change) -> str:
        """The reason why no document was found, where only one could show the change
        that is enormous, or that no program reads as it is written."""
        return enormous.needed(self._written(change), self._read(change))

    def left_open(self, change: Change, reason: str) -> str:
        """Why a change is neither harmless nor shown to do harm, for `reason` and what
        was not taken apart."""
        found = self._looked(*self._nodes(change))
        given_up = "the search for a document that shows it was given up"
        reasons = [reason, found.vague and f"not taken apart: {found.vague}"]
        spent = self.witnesses.spent or self._laden
        reasons.append(given_up if spent else "")
        return "; ".join(dict.fromkeys(filter(None, reasons)))

    @property
    def _laden(self) -> bool:
        """Whether the documents around what changed have taken all that they may."""
        return self._carried > _MOST

    def _proposals(self, change: Change) -> Iterator[ir.Json]:
        writer, reader = self._nodes(change)
        if change.facet is not None and change.facet.whole:
            yield from self.witnesses.nodes(writer, reader)
            return
        facet = self._read(change)
        for form in self._written(change):
            if facet is None:
                yield from itertools.islice(self.mine.of_form(form), 8)
                choices = self.reader.side.expand(reader).forms.get(form.kind, ())
                yield from itertools.islice(self.witnesses.form(form, choices), _TRIED)
                continue
            local = list(itertools.islice(self.witnesses.beyond(form, facet), _TRIED))
            yield from sorted(local, key=text_key)

    def carried(self, path: tuple[Step, ...], value: ir.Json) -> Iterator[ir.Json]:
        """Documents around a value, from the place of change out to the schema."""
        documents = [value]
        for step in reversed(path):
            outer: dict[tuple[int, str], ir.Json] = {}
            for inner in documents:
                for document in self._enclosed(step, inner):
                    outer.setdefault(text_key(document), document)
                    if len(outer) >= 4:
                        break
            documents = [outer[key] for key in sorted(outer)[:3]]
        yield from documents

    def _enclosed(self, step: Step, value: ir.Json) -> Iterator[ir.Json]:
        """Documents one step further out that the writer's place accepts; those
        that the reader's place rejects come first."""
        writer, reader = step.old_node, step.new_node
        form = step.old
        if not self.forward:
            writer, reader, form = reader, writer, step.new
        others = self.writer.side.expand(writer).forms.get(form.kind, ())
        later: list[ir.Json] = []
        for choice in (form, *others[:12]):
            for document in self.around(choice, step, value):
                self._carried += _EACH + max(len(document) - _MANY, 0)
                if self.witnesses.rejected(writer, reader, document):
                    yield document
                elif choice is form:
                    later.append(document)
        yield from later

    def around(self, form: Form, step: Step, value: ir.Json) -> Iterator[_Whole]:
        """Documents of an alternative of the writer with a given member or item."""
        found: _Whole | None
        if step.kind == "item":
            found = self.mine.array_with(form, int(step.key), value)
            if found is not None:
                yield found
            return
        name = "x" if step.kind == "rest" else str(step.key)
        found = self.mine.object_with(form, {name: value})
        if found is not None:
            yield found
        tags = self._tags(form)
        if any(tag not in (found or {}) for tag in tags):
            found = self.mine.object_with(form, {**tags, name: value})
            if found is not None:
                yield found

    def _tags(self, form: Form) -> dict[str, ir.Json]:
        """Members that have one value only, written although they need not be."""
        if id(form) not in self._known_tags:
            # The form is kept so that no other can take its identity.
            self._known_tags[id(form)] = (form, self._found_tags(form))
        return self._known_tags[id(form)][1]

    def _found_tags(self, form: Form) -> dict[str, ir.Json]:
        if not isinstance(form.facets, forms.Object):
            return {}
        result = {}
        for name in self.emission.names(form):
            values = self.mine.some(self.writer.side.member(form.facets, name))
            if len(values) == 1:
                result[name] = values[0]
        return result

    def accepted(self, node: Node, value: ir.Json) -> bool:
        """Whether the writer's version accepts a document."""
        try:
            return self.writer.judge.valid_under_all(node, value)
        except Undecided:
            return False

    def confirm(
        self, old: ir.Schema, new: ir.Schema, name: str, value: ir.Json
    ) -> Witness | None:
        """Ask the independent validator for both versions."""
        old_judge, new_judge = self.writer.judge, self.reader.judge
        if not self.forward:
            old_judge, new_judge = new_judge, old_judge
        try:
            before = old_judge.valid_under(old, value)
            after = new_judge.valid_under(new, value)
        except Undecided as error:
            self.reason = str(error)
            return None
        wrote, read = (before, after) if self.forward else (after, before)
        return Witness(name, value, before, after) if wrote and not read else None

    def search(self, old: ir.Schema, new: ir.Schema, name: str) -> Witness | None:
        """Any document of one version that the other rejects."""
        writer, reader = (old, new) if self.forward else (new, old)
        self.witnesses.begin()
        if self._laden:
            return None
        for value in self.witnesses.nodes((writer,), (reader,)):
            found = self.confirm(old, new, name, value)
            if found is not None:
                return found
        return self.whole(old, new, name)


def _shorter(a: Witness, b: Witness) -> bool:
    return text_key(a.value) < text_key(b.value)
