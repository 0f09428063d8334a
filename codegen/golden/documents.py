"""Which documents and near misses the golden tests of a schema hold.

Nothing here decides what is valid: the oracle does, and the generated code has to agree
with it, as has the naive interpreter where it is asked.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, TypeAlias

from codegen.golden.expected import Expectations, Expected
from codegen.ir import facts
from codegen.ir import model as ir
from codegen.ir.accepts import Reading
from codegen.ir.repeats import Counter, Repeats
from codegen.ir.walk import closure, references
from codegen.oracle import Narrower, Oracle, Undecided, is_sound
from codegen.python.model.names import fact_names
from codegen.samples import REMOVED, Builder, Edit, NoSample, near_misses
from codegen.samples.edits import places
from codegen.samples.effort import Effort
from codegen.samples.requirements import Space
from codegen.samples.sizes import weigh

_MEMBERS: Final = 100
_LONG_EXAMPLE: Final = 100_000
_EVERY: Final = 16
"""Of so many documents the naive interpreter judges one, where it is to be a sample."""

_LOOKS: Final = 20_000
"""How many values are looked at to find where a document may hold itself: for each of
its places as many as it has, and an example may have ten thousand."""

_VIOLATIONS: Final = 20_000
"""How many violations the near misses of one schema may have together: all of them
stand in its golden file. Those of published specifications have 2,000."""

_WHOLE: Final[tuple[ir.Json, ...]] = (None, True, 1, 1.5, "x", [], {})
_NOT_ALL: Final = "not everything was tried: that would take too long"


Opinion: TypeAlias = Callable[[str, ir.Json], bool]
"""Whether a value is valid under the schema of a name."""


@dataclass(frozen=True, slots=True)
class Document:
    """One canonical document; it is valid exactly if `violations` is empty.

    `name` is `smallest`, `full`, `nulls`, `member …` or `example N`; `variant N` is a
    full document that takes another way of a union or a condition.
    """

    name: str
    value: ir.Json
    violations: tuple[Expected, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """Changes at one place that all lead to the same violations.

    Each of `values` is put at `edit.pointer` of the document `base`; `REMOVED`
    takes the property away. Without a base the values are whole documents.
    `objects` has the violations that an object inside the document has by its own
    class, by place, where the violations of the whole do not tell them.
    """

    base: str
    pointer: str
    values: tuple[ir.Json, ...]
    violations: tuple[Expected, ...]
    objects: tuple[tuple[str, tuple[Expected, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Disagreement:
    """The oracle and somebody else, whom `other` names, judge a document
    differently."""

    schema: ir.Schema
    value: ir.Json
    oracle: bool
    other: str

    def __str__(self) -> str:
        words = {True: "valid", False: "invalid"}
        shown = json.dumps(self.value, ensure_ascii=False)
        shown = shown if len(shown) <= 400 else shown[:397] + "..."
        return (
            f"the independent validator finds {shown} {words[self.oracle]}, "
            f"{self.other} finds it {words[not self.oracle]}"
        )


@dataclass(slots=True)
class SchemaTests:
    """Everything the golden tests of one schema hold.

    `facts` are those that the specification tells of each member of an enumeration, by
    the names that the generated class gives them. `nests` has places of documents, by
    their names, at which they may hold themselves again and again. `notes` says what
    could not be tested, and why.
    """

    name: str
    schema: ir.SchemaId
    documents: list[Document] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    facts: dict[str, dict[str, ir.Json]] = field(default_factory=dict)
    nests: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    disagreements: list[Disagreement] = field(default_factory=list)

    def whole(self, case: Case) -> Callable[[ir.Json], ir.Json]:
        """What makes a whole document of a value of a case."""
        named = (one.value for one in self.documents if one.name == case.base)
        base = next(named, None)
        return lambda value: Edit(case.pointer, value).apply(base)


def _standard(formats: Collection[str]) -> dict[str, Callable[[str], bool]]:
    """What judges the formats that are asserted."""
    # It takes long to import, and hardly any package asserts one.
    from codegen.runtime._formats import FORMATS

    return {name: FORMATS[name] for name in formats if name in FORMATS}


class Author:
    """Writes the tests of the schemas of one module."""

    def __init__(
        self,
        module: ir.Module,
        formats: Collection[str] = (),
        generated: Opinion | None = None,
        explained: Opinion | None = None,
        *,
        narrower: Narrower = MappingProxyType({}),
        whole: bool = True,
    ) -> None:
        """`generated` is what the generated code answers with yes or no about a
        document, `explained` the same by what it collects; what is `narrower` says
        which texts of the formats are meant that have a type. If `whole`, the naive
        interpreter and what is collected are asked about all documents, and about a
        sample if not."""
        self.module = module
        self.formats = formats
        self._narrower = narrower
        standard = _standard(formats) if formats else {}
        self._built = Reading(module, narrower)
        self._naive = self._built
        if standard:
            self._naive = Reading(module, {**standard, **narrower})
        self.builder = self._builder(None, None)
        self.oracle = Oracle(module, formats=formats, narrower=narrower)
        self._expectations = Expectations(module, self.oracle)
        self._repeats = Repeats(module)
        self._counter = Counter(module)
        self._generated = generated
        self._explained = explained
        self._every = 1 if whole else _EVERY
        self._compared = 0
        self._begun = self.builder.effort.left, self.oracle.left

    def begin(self, looks: int, compilations: int) -> None:
        """Forget what has been built, and count anew what that takes: the tests of the
        next schema are the same, whatever has been asked before. What is known of goals
        stays, which costs the same whether it is known or not."""
        self.builder = self._builder(Effort(looks), self.builder.space)
        self.oracle.begin(compilations)
        self._counter = Counter(self.module)
        self._compared = 0
        self._begun = looks, compilations

    def _builder(self, effort: Effort | None, space: Space | None) -> Builder:
        return Builder(
            self.module,
            formats=self.formats,
            typed=self._narrower,
            effort=effort,
            reading=self._built,
            space=space,
        )

    @property
    def taken(self) -> tuple[int, int]:
        """What has been looked at, and compiled, since it was begun."""
        looks, compilations = self._begun
        left = self.builder.effort.left
        return looks - left, compilations - self.oracle.left

    def of(self, name: str) -> SchemaTests:
        """The tests of a named schema."""
        schema = self.module.named(name)
        tests = SchemaTests(name, schema.id)
        metadata = schema.annotations.enum_metadata
        names = fact_names(metadata)
        for member, known in metadata.items():
            tests.facts[member] = {names[k]: v for k, v in known.items() if k in names}
        try:
            self._documents(schema, tests)
            self._cases(schema, tests)
            self._nests(schema, tests)
            if self.builder.effort.spent and _NOT_ALL not in tests.notes:
                tests.notes.append(_NOT_ALL)
        except Undecided as error:
            tests.documents.clear()
            tests.cases.clear()
            tests.notes.append(f"not judged by the independent validator: {error}")
        return tests

    def judge(
        self, schema: ir.Schema, value: ir.Json, tests: SchemaTests
    ) -> tuple[Expected, ...]:
        """The expected violations; a difference of opinion is put on record.

        Raises `Undecided`.
        """
        violations = self.expected(schema, value)
        self._compare(schema, value, violations, tests)
        return violations

    def expected(
        self, schema: ir.Schema, value: ir.Json, *, sound: bool = False
    ) -> tuple[Expected, ...]:
        """The expected violations; `sound` says that `oracle.is_sound` holds of the
        value. Raises `Undecided`."""
        return tuple(self._expectations.of(schema, value, sound=sound))

    def _compare(
        self,
        schema: ir.Schema,
        value: ir.Json,
        violations: tuple[Expected, ...],
        tests: SchemaTests,
    ) -> None:
        """Ask for other opinions on a document, and put on record who disagrees."""
        valid = not violations
        opinions = [("the generated code", self._generated)]
        self._compared += 1
        if self._compared % self._every == 0:
            opinions.append(("what the generated code collects", self._explained))
            opinions.append(("codegen", lambda _, value: self._accepts(schema, value)))
        for other, says in opinions:
            if says is not None and says(tests.name, value) != valid:
                tests.disagreements.append(Disagreement(schema, value, valid, other))

    def agrees(self, tests: SchemaTests) -> bool:
        """Whether the generated code says of documents that were judged before what
        was found then: it may be that of another schema that says the same."""
        says = self._generated
        return says is None or all(
            says(tests.name, one.value) is (not one.violations)
            for one in tests.documents
        )

    def _accepts(self, schema: ir.Schema, value: ir.Json) -> bool:
        """What the naive interpreter says of a value."""
        return self._naive.judged(schema, value).valid

    # --- documents ---

    def _documents(self, schema: ir.Schema, tests: SchemaTests) -> None:
        seen: set[str] = set()
        names: set[str] = set()
        for wish, value in self._candidates(schema, tests):
            text = json.dumps(value, sort_keys=True)
            if text not in seen:
                seen.add(text)
                # A text and a number may look alike; records are found by name.
                name, number = wish, 2
                while name in names:
                    name, number = f"{wish} ({number})", number + 1
                names.add(name)
                if self._repeats.too_many(schema, value, self._counter):
                    tests.notes.append(f"left out, it takes too long: {name}")
                    continue
                violations = self.judge(schema, value, tests)
                tests.documents.append(Document(name, value, violations))
        # Those that break their own schema come last.
        tests.documents.sort(key=lambda document: bool(document.violations))

    def _candidates(
        self, schema: ir.Schema, tests: SchemaTests
    ) -> Iterator[tuple[str, ir.Json]]:
        for number, value in enumerate(self._examples(schema), 1):
            yield f"example {number}", value
        for member in (facts.finite_values(self.module, schema) or ())[:_MEMBERS]:
            if self._accepts(schema, member):
                yield f"member {member}", member
        smallest = self.builder.smallest(schema)
        if isinstance(smallest, NoSample):
            tests.notes.append(f"no valid document is known: {smallest.reason}")
            return
        yield "smallest", smallest
        full = self.builder.fullest(schema)
        if not isinstance(full, NoSample):
            yield "full", full
            yield from self._nulls(schema, full)

    def _nulls(self, schema: ir.Schema, full: ir.Json) -> Iterator[tuple[str, ir.Json]]:
        """The full document with every null that it may have at its top."""
        if not isinstance(full, dict):
            return
        declared = facts.properties(self.module, schema)
        told = [
            name
            for name in full
            if all(self._accepts(part, None) for part in declared.get(name, ()))
        ]
        nulls = full | dict.fromkeys(told)
        if not self._accepts(schema, nulls):
            nulls = dict(full)
            for name in told:
                if self._accepts(schema, nulls | {name: None}):
                    nulls[name] = None
        yield "nulls", nulls

    def _examples(self, schema: ir.Schema) -> Iterator[ir.Json]:
        """The specification's own examples of a schema and of its messages."""
        yield from schema.annotations.examples
        meta = schema.annotations.extensions.get("x-oaiMeta")
        text = meta.get("example") if isinstance(meta, dict) else None
        if isinstance(text, str) and len(text) <= _LONG_EXAMPLE:
            value: ir.Json = _parsed(text)
            # Other texts are examples of a whole exchange, or prose.
            if isinstance(value, dict | list):
                yield value
        for message in self.module.messages:
            if message.payload == schema.id:
                yield from (example.value for example in message.examples)

    def _nests(self, schema: ir.Schema, tests: SchemaTests) -> None:
        """Where a document may hold another one of the same recursive schema."""
        if schema.id not in closure(self.module, list(references(schema))):
            return
        valid = (one for one in tests.documents if not one.violations)
        found = ((one, pointer) for one in valid for pointer in places(one.value))
        left = _LOOKS
        for document, pointer in found:
            left -= weigh(document.value, left)
            if left < 0:
                return
            once = Edit(pointer, document.value).apply(document.value)
            junk = Edit(pointer, {"no such": [[]]}).apply(document.value)
            try:
                nests = self.oracle.valid_under(schema, once)
                nests = nests and not self.oracle.valid_under(schema, junk)
            except Undecided:
                continue
            if nests:
                tests.nests[document.name] = pointer
                return

    # --- near misses ---

    def _cases(self, schema: ir.Schema, tests: SchemaTests) -> None:
        valid = [d for d in tests.documents if not d.violations]
        groups: dict[tuple[str, str, tuple[Expected, ...]], list[ir.Json]] = {}
        compared: set[tuple[str, tuple[Expected, ...]]] = set()
        told = 0
        sound: dict[str, bool] = {}
        for base, edit, whole, intended in self._changes(schema, valid, tests):
            if base not in sound:
                known = (d.value for d in tests.documents if d.name == base)
                sound[base] = all(map(is_sound, known))
            # What both are made of has been looked at, and a document is large.
            parts = sound[base] and is_sound(edit.pointer)
            parts = parts and (edit.value is REMOVED or is_sound(edit.value))
            violations = self.expected(schema, whole, sound=parts)
            told += len(violations)
            if told > _VIOLATIONS:
                tests.notes.append(_NOT_ALL)
                break
            key = (base, edit.pointer, violations)
            if key[1:] not in compared:
                # The second opinion is slow; one of a kind tells enough.
                compared.add(key[1:])
                self._compare(schema, whole, violations, tests)
            # Conditions across fields may turn a change into its opposite; the
            # case then shows nothing about the constraint it was made for.
            if bool(violations) is not intended:
                groups.setdefault(key, []).append(edit.value)
        tests.cases = [
            Case(base, pointer, tuple(values), violations)
            for (base, pointer, violations), values in groups.items()
        ]

    def _changes(
        self, schema: ir.Schema, valid: list[Document], tests: SchemaTests
    ) -> Iterator[tuple[str, Edit, ir.Json, bool]]:
        """The base, the change, the changed document, whether it should be valid."""
        if not valid:
            for value in _WHOLE:
                yield "", Edit("", value), value, self._accepts(schema, value)
            return
        by_name = {document.name: document for document in valid}
        base = by_name.get("full") or by_name.get("smallest") or valid[0]
        for miss in near_misses(self.builder, schema, base.value):
            name = f"variant {miss.variant}" if miss.variant else base.name
            if name not in by_name:
                if self._repeats.too_many(schema, miss.base, self._counter):
                    continue
                by_name[name] = Document(name, miss.base, ())
                tests.documents.append(by_name[name])
            yield name, miss.edit, miss.value, miss.valid


def _parsed(text: str) -> ir.Json:
    """The value of a JSON text; None where it is none."""
    try:
        value: ir.Json = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value
