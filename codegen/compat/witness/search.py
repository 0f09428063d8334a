"""Documents that a sender may write and a reader may reject: the search for them.

Guided by the difference, not by chance: for every facet of the reader, documents of
the writer that go just beyond it, and the smallest document around each. What is
found is proposed; the caller confirms it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Final, assert_never

from codegen.compat.normal import forms
from codegen.compat.normal.forms import Form, Node
from codegen.compat.normal.normalise import TooManyForms, is_never, is_open
from codegen.compat.proof.context import Assumption, Party
from codegen.compat.witness.memo import Memo
from codegen.compat.witness.merged_module import Merged
from codegen.compat.witness.sampler import Sampler
from codegen.compat.witness.values import (
    LONGEST,
    MAX_TEXT,
    number_beyond,
    numbers,
    string_beyond,
    text_key,
    unknown_names,
)
from codegen.ecma import languages
from codegen.ir import model as ir
from codegen.ir.equality import Frozen, freeze
from codegen.oracle import Undecided

_DEPTH: Final = 40
_MOST_DOCUMENTS: Final = 3
_MOST_PROPOSED: Final = 20_000
"""Documents that are proposed for a place: where hundreds of alternatives stand against
each other nearly all of them have been there before."""
_TRIED: Final = 24
_BUDGET: Final = 3_000
"""How many documents are tried for one question, those of its parts included."""
_PLACES: Final = 6_000
"""How many pairs of places and alternatives are looked at for one question."""
_WHOLE: Final = 5_000
"""How many pairs of alternatives and documents are looked at before what each question
may take is next to nothing, each of its pairs counted: two years of the whole API of
OpenAI have three thousand, ten unions of three hundred branches sixty thousand."""
_SHARE: Final = 400

_Key = tuple[tuple[ir.SchemaId, ...], tuple[ir.SchemaId, ...]]


@dataclass(slots=True)
class WitnessSearch:
    """The search from one writer to one reader.

    What the writer writes is looked at in a module that holds copies of the reader's
    schemas too, since a place may be met with one of them: `mine` knows that module,
    and `copies` makes them.
    """

    reader: Party
    mine: Sampler
    theirs: Sampler
    same: Assumption
    copies: Merged
    _memo: Memo[_Key] = field(default_factory=Memo)
    _left: int = _BUDGET
    _places: int = _PLACES
    _looked: int = 0
    _room: int = 4 * LONGEST

    # --- places --------------------------------------------------------------------

    def nodes(self, writer: Node, reader: Node, depth: int = 0) -> tuple[ir.Json, ...]:
        """A few small documents written at one place and rejected at the other.

        Both sides' judges have been asked.
        """
        if is_never(writer) or is_open(reader):
            return ()
        if depth > _DEPTH or self.spent:
            self._memo.cut()
            return ()
        left = self.mine.side.label_of(writer)
        right = self.reader.side.label_of(reader)
        if depth and left is not None and right is not None and self.same(left, right):
            return ()
        key = (forms.node_key(writer), forms.node_key(reader))
        return self._memo.of(key, partial(self._nodes, writer, reader, depth))

    def begin(self) -> None:
        """Begin a question, with a fresh budget."""
        share = 1 if self._looked < _WHOLE else _SHARE
        self._left, self._places = _BUDGET // share, _PLACES // share

    @property
    def spent(self) -> bool:
        """Whether the budget of the question is used up."""
        return self._left <= 0 or self._places <= 0

    def _nodes(self, writer: Node, reader: Node, depth: int) -> tuple[ir.Json, ...]:
        self._places -= 1
        found: dict[Frozen, ir.Json] = {}
        tried: set[Frozen] = set()
        proposals = self._proposals(writer, reader, depth)
        for value in itertools.islice(proposals, _MOST_PROPOSED):
            mark = freeze(value)
            if mark in tried:
                continue
            tried.add(mark)
            self._left -= 1
            self._looked += 1
            if self.rejected(writer, reader, value):
                found[mark] = value
                if len(found) >= _MOST_DOCUMENTS:
                    break
            if self.spent:
                self._memo.cut()
                break
            if len(tried) >= 40 * _TRIED:
                break
        return tuple(sorted(found.values(), key=text_key))

    def rejected(self, writer: Node, reader: Node, value: ir.Json) -> bool:
        """Whether the writer's place accepts a value that the reader's rejects."""
        try:
            return (
                self.mine.judge.valid_under_all(writer, value)
                and not self.reader.judge.valid_under_all(reader, value)
                and self.mine.emission.allows(
                    writer, value, self.mine.judge.valid_under_all
                )
            )
        except Undecided:
            return False

    def _proposals(self, writer: Node, reader: Node, depth: int) -> Iterator[ir.Json]:
        try:
            written = self.mine.side.expand(writer)
            read = self.reader.side.expand(reader)
        except TooManyForms:
            yield from self.mine.some(writer)
            return
        runs = [
            itertools.islice(
                self.form(form, read.forms.get(form.kind, ()), depth), _TRIED * 4
            )
            for form in written.all()
        ]
        # Round about, so that no alternative keeps the others from their turn.
        while runs:
            for run in list(runs):
                value = next(run, _END)
                if value is _END:
                    runs.remove(run)
                else:
                    yield value

    # --- forms ---------------------------------------------------------------------

    def form(
        self, form: Form, choices: tuple[Form, ...], depth: int = 0
    ) -> Iterator[ir.Json]:
        """Proposals from one alternative against all that the reader has."""
        self._places -= 1
        if self.spent:
            self._memo.cut()
            return
        if form.values is not None:
            yield from sorted(form.values, key=text_key)
            return
        if not choices:
            yield from itertools.islice(self.mine.of_form(form), _MOST_DOCUMENTS)
            return
        if len(choices) > 1:
            yield from itertools.islice(self.mine.of_form(form), _TRIED)
        runs = [self.beyond(form, choice, depth) for choice in choices[:40]]
        for run in runs:
            yield from itertools.islice(run, _TRIED)

    def beyond(self, form: Form, other: Form, depth: int = 0) -> Iterator[ir.Json]:
        """Proposals of one alternative that go beyond one of the reader's."""
        self._looked += 1
        if self._looked > _WHOLE:
            self._places -= 1
            if self.spent:
                self._memo.cut()
                return
        if form.values is not None:
            known = {freeze(value) for value in other.values or ()}
            left = (v for v in form.values if freeze(v) not in known)
            yield from sorted(left, key=text_key)
            return
        if other.values is not None:
            allowed = {freeze(value) for value in other.values}
            few = itertools.islice(self._fresh(form), 400)
            yield from (v for v in few if freeze(v) not in allowed)
        match form.facets, other.facets:
            case forms.Bare(), _:
                yield from self.mine.of_form(form)
            case forms.Number() as a, forms.Number() as b:
                yield from number_beyond(a, b)
            case forms.String() as a, forms.String() as b:
                yield from self._strings(a, b)
            case forms.Array(), forms.Array() as b:
                yield from self._array_beyond(form, b, depth)
            case forms.Object(), forms.Object() as b:
                yield from self._object_beyond(form, b, depth)
            case _:
                return
        for residue in other.residues:
            yield from self._against(form, residue, depth)

    def _strings(self, a: forms.String, b: forms.String) -> Iterator[str]:
        """Strings beyond the reader's; how many characters enormous ones may have in
        all is limited, because what is found is kept."""
        for text in string_beyond(a, b, min(LONGEST, self._room)):
            if len(text) > MAX_TEXT:
                self._room -= len(text)
            yield text

    def _fresh(self, form: Form) -> Iterator[ir.Json]:
        """Many different values of an alternative."""
        yield from self.mine.of_form(form)
        match form.facets:
            case forms.Number() as number:
                for first in itertools.islice(numbers(number), 1):
                    for i in range(1, 400):
                        yield from (first + i, first - i)
            case forms.String(patterns=()) as string:
                base = max(string.minimum - 1, 0)
                for char in "abcdefghijklmnopqrstuvwxyz0123456789":
                    yield "a" * base + char
                for i in range(300):
                    yield "a" * max(base - 2, 0) + str(i)
            case _:
                return

    # --- arrays --------------------------------------------------------------------

    def _array_beyond(
        self, form: Form, b: forms.Array, depth: int
    ) -> Iterator[ir.Json]:
        a = form.facets
        assert isinstance(a, forms.Array)
        if b.minimum > a.minimum or b.contains:
            yield from itertools.islice(self.mine.of_form(form), _MOST_DOCUMENTS)
        if b.maximum is not None:
            more = Form("array", forms.Array(minimum=b.maximum + 1))
            yield from itertools.islice(self.mine.of_form(forms.meet(form, more)), 1)
        if b.unique and not a.unique:
            for value in self.mine.smallest(forms.item_node(a, 0)):
                pair = self.mine.array_with(form, 0, value)
                yield [value, value, *(pair or [])[2:]]
        for index in range(max(len(a.prefix), len(b.prefix)) + 1):
            mine, other = forms.item_node(a, index), forms.item_node(b, index)
            for value in self.nodes(mine, other, depth + 1):
                array = self.mine.array_with(form, index, value)
                if array is not None:
                    yield array
        for rule in b.contains:
            for value in self.nodes(forms.item_node(a, 0), (rule.schema,), depth + 1):
                array = self.mine.array_with(form, 0, value)
                if array is not None:
                    yield array
            if rule.maximum is not None and rule.maximum < 1000:
                for value in self.theirs.some((rule.schema,)):
                    yield [value] * (rule.maximum + 1)

    # --- objects -------------------------------------------------------------------

    def _object_beyond(
        self, form: Form, b: forms.Object, depth: int
    ) -> Iterator[ir.Json]:
        a = form.facets
        assert isinstance(a, forms.Object)
        written = frozenset(a.required) if b.required else ()
        for name in b.required:
            if name not in written:
                yield from self._object(form, {}, name)
        for name in forms.said_of(b, self._names(form, b)):
            mine = self.mine.side.member(a, name)
            other = self.reader.side.member(b, name)
            for value in self.nodes(mine, other, depth + 1):
                yield from self._object(form, {name: value})
        yield from self._spread_beyond(form, b, depth)
        if b.minimum > a.minimum:
            yield from self._object(form, {})
        if b.maximum is not None:
            yield from self._crowded(form, b.maximum)
        for trigger, needed in b.dependent_required:
            for value in self._values(form, trigger):
                for name in needed:
                    yield from self._object(form, {trigger: value}, name)
        for trigger, schema in b.dependent_schemas:
            yield from self._triggered(form, trigger, schema, depth)

    def _names(self, form: Form, b: forms.Object) -> list[str]:
        names = dict.fromkeys(self.mine.emission.names(form))
        names.update(
            dict.fromkeys(
                n for n in b.properties if self.mine.emission.may_write(form, n)
            )
        )
        return list(names)

    def _object(
        self, form: Form, given: dict[str, ir.Json], without: str | None = None
    ) -> Iterator[ir.Json]:
        found = self.mine.object_with(form, given, without)
        if found is not None:
            yield found

    def _values(self, form: Form, name: str) -> tuple[ir.Json, ...]:
        assert isinstance(form.facets, forms.Object)
        if not self.mine.emission.may_write(form, name):
            return ()
        return self.mine.smallest(self.mine.side.member(form.facets, name))

    def _spread_beyond(
        self, form: Form, b: forms.Object, depth: int
    ) -> Iterator[ir.Json]:
        """Members with names that no property declares."""
        a = form.facets
        assert isinstance(a, forms.Object)
        fresh: list[str] = []
        for regex, _ in a.patterns:
            fresh += itertools.islice(languages.matching((regex,), 0, None), 2)
        if self.mine.emission.rest(form) is not None:
            fresh += unknown_names(a, b)
            for regex, _ in b.patterns:
                fresh += itertools.islice(languages.matching((regex,), 0, None), 2)
            if b.names:
                names = self.nodes(a.names, b.names, depth + 1)
                fresh += [name for name in names if isinstance(name, str)]
                fresh += ["", "a", "A", "0", "a b", "a" * 65]
        for name in fresh:
            mine = self.mine.side.member(a, name)
            other = self.reader.side.member(b, name)
            for value in self.nodes(mine, other, depth + 1):
                yield from self._object(form, {name: value})
            if b.names:
                for value in self.mine.smallest(mine):
                    yield from self._object(form, {name: value})
        if b.names:
            for name in self.mine.emission.names(form):
                for value in self._values(form, name):
                    yield from self._object(form, {name: value})

    def _crowded(self, form: Form, most: int) -> Iterator[ir.Json]:
        """An object with one member more than the reader takes."""
        given: dict[str, ir.Json] = dict(self.mine.object_with(form, {}) or {})
        fresh = [f"x{i}" for i in range(most + 1)] if most < 1000 else []
        free = self.mine.emission.rest(form) is not None
        for name in (*self.mine.emission.names(form), *(fresh if free else ())):
            if len(given) > most:
                break
            if name not in given:
                for value in self._values(form, name):
                    given[name] = value
        if len(given) > most:
            yield from self._object(form, given)

    def _triggered(
        self, form: Form, trigger: str, schema: ir.Schema, depth: int
    ) -> Iterator[ir.Json]:
        for value in self._values(form, trigger):
            for proposal in self._under(form, schema, depth):
                if isinstance(proposal, dict):
                    yield from self._object(form, {**proposal, trigger: value})
            yield from self._object(form, {trigger: value})

    def _under(self, form: Form, schema: ir.Schema, depth: int) -> Iterator[ir.Json]:
        """Proposals of an alternative that one more schema of the reader rejects."""
        if depth > _DEPTH:
            return
        try:
            choices = self.reader.side.expand((schema,)).forms.get(form.kind, ())
        except TooManyForms:
            return
        yield from self.form(form, choices, depth + 1)

    # --- residues ------------------------------------------------------------------

    def _against(
        self, form: Form, residue: forms.Residue, depth: int
    ) -> Iterator[ir.Json]:
        match residue:
            case forms.Exclusive(union, index):
                others = [s for i, s in enumerate(union.schemas) if i != index]
                for schema in others[:40]:
                    yield from self._common(form, schema)
            case forms.Outside(schema):
                yield from self._common(form, schema)
            case forms.Condition(rule):
                yield from self._conditional(form, rule, depth)
            case forms.Unevaluated():
                yield from itertools.islice(self.mine.of_form(form), _TRIED)
            case _:
                assert_never(residue)

    def _meets(self, form: Form, schema: ir.Schema) -> Iterator[Form]:
        """The writer's alternative met with a schema of the reader."""
        try:
            expansion = self.mine.side.expand((self.copies.copy(schema),))
        except TooManyForms:
            return
        for choice in expansion.forms.get(form.kind, ())[:12]:
            both = forms.tidy(forms.meet(form, choice))
            if both is not None:
                yield both

    def _common(self, form: Form, schema: ir.Schema) -> Iterator[ir.Json]:
        """Documents of an alternative that a schema of the reader accepts too."""
        for both in self._meets(form, schema):
            yield from itertools.islice(self.mine.of_form(both), _TRIED)
        yield from itertools.islice(self.mine.of_form(form), _TRIED)

    def _conditional(
        self, form: Form, rule: ir.IfThenElse, depth: int
    ) -> Iterator[ir.Json]:
        """Documents that meet a condition and not what follows from it."""
        if rule.then is not None:
            for both in self._meets(form, rule.condition):
                yield from self._under(both, rule.then, depth)
            # What a condition speaks of is nothing that the writer declares.
            yield from self._under(form, rule.then, depth)
        if rule.otherwise is not None:
            yield from self._under(form, rule.otherwise, depth)
            yield from self._under(form, rule.condition, depth)


_END: Final = object()
