"""Which schemas of two versions say the same: classes of equal meaning.

Schemas are put in one class when they are spelled alike up to order and trivial
wrapping, and refer to schemas of the same class. Classes are found by taking a first
guess apart until it is stable (`partition`), so recursion needs no special case. Equal
class means equal meaning; the reverse does not hold and nobody relies on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from typing import assert_never

from codegen.compat.normal.forms import wrapped
from codegen.compat.normal.partition import coarsest
from codegen.ir import facts
from codegen.ir import model as ir
from codegen.ir.equality import freeze

_Inner = Callable[[ir.Schema], int]

_Key = tuple[int, ir.SchemaId]
"""A schema by the number of its module and its id."""

_Skeleton = tuple[int, tuple[_Key, ...]]
"""A number for the spelling, and the references in it with their module's number."""


class Classes:
    """Classes over any number of modules; numbers mean nothing beyond equality."""

    def __init__(
        self,
        *modules: ir.Module,
        documented: bool = False,
        formats: frozenset[str] | None = None,
    ) -> None:
        """With `documented`, schemas must also carry the same annotations. Formats
        count, or only `formats`."""
        self._documented = documented
        self._formats = formats
        self._numbers: dict[object, int] = {}
        self._skeletons: dict[int, _Skeleton] = {}
        self._known: dict[int, int] = {}
        self._alone: dict[int, tuple[ir.Assertion, int]] = {}
        self._keep: list[ir.Schema] = []
        self._modules = modules
        self._targets: dict[_Key, int] = {}
        self._refine()

    def of(self, side: int, schema: ir.Schema) -> int:
        """The class of a schema of the module number `side`."""
        found = self._known.get(id(schema))
        if found is None:
            # Its skeleton is kept, and so is the schema that the number is of.
            found = self._class(self._skeleton(side, schema))
            self._known[id(schema)] = found
        return found

    def of_assertion(self, side: int, assertion: ir.Assertion) -> int:
        """The class of a single assertion."""
        known = self._alone.get(id(assertion))
        if known is None:
            refs: list[_Key] = []
            number = self._number(self._assertion(side, assertion, refs))
            known = assertion, self._class((number, tuple(refs)))
            self._alone[id(assertion)] = known
        return known[1]

    def _number(self, key: object) -> int:
        return self._numbers.setdefault(key, len(self._numbers))

    def _class(self, skeleton: _Skeleton) -> int:
        number, refs = skeleton
        if number == 0:
            return self._targets[refs[0]]
        if not refs:
            return number
        return self._number((number, tuple(self._targets[ref] for ref in refs)))

    def _refine(self) -> None:
        self._number("alias")  # is 0: a schema that is nothing but a reference
        own: dict[_Key, _Skeleton] = {}
        for side, module in enumerate(self._modules):
            for target, schema in module.schemas.items():
                own[side, target] = self._skeleton(side, schema)
        ends = _ends(own)
        labels = {key: number for key, (number, _) in own.items()}
        edges = {
            key: tuple(ends[ref] for ref in refs) for key, (_, refs) in own.items()
        }
        classes = dict(zip(own, coarsest(labels, edges), strict=True))
        self._targets = {k: self._number(("class", classes[ends[k]])) for k in own}

    # --- skeletons -----------------------------------------------------------------

    def _skeleton(self, side: int, schema: ir.Schema) -> _Skeleton:
        found = self._skeletons.get(id(schema))
        if found is None:
            found = self._make(side, schema)
            self._skeletons[id(schema)] = found
            self._keep.append(schema)
        return found

    def _make(self, side: int, schema: ir.Schema) -> _Skeleton:
        only = facts.only(schema)
        if not self._documented:
            if isinstance(only, ir.Ref):
                return (0, ((side, only.target),))
            inner = wrapped(only)
            if inner is not None:
                return self._skeleton(side, inner)
        refs: list[_Key] = []
        parts: list[object] = [
            self._assertion(side, assertion, refs)
            for assertion in schema.assertions
            if not self._ignored(assertion)
        ]
        if self._documented:
            parts.append(_notes(schema.annotations))
        return (self._number(("schema", *parts)), tuple(refs))

    def _ignored(self, assertion: ir.Assertion) -> bool:
        """Whether an assertion is a format that nobody asserts."""
        if not isinstance(assertion, ir.Format) or self._formats is None:
            return False
        return assertion.name not in self._formats

    def _assertion(
        self,
        side: int,
        assertion: ir.Assertion,
        refs: list[_Key],
    ) -> object:
        """The spelling of an assertion, its references set aside in order."""

        def inner(schema: ir.Schema) -> int:
            number, more = self._skeleton(side, schema)
            refs.extend(more)
            return number

        match assertion:
            case ir.Ref(target):
                refs.append((side, target))
                return "ref"
            case ir.Enum(values):
                return ("enum", frozenset(freeze(value) for value in values))
            case ir.Type(types):
                return ("type", frozenset(types))
            case ir.Format():
                return ("format", assertion.name)
            case ir.Minimum() | ir.Maximum():
                kind = type(assertion).__name__
                return (kind, assertion.limit, assertion.exclusive)
            case ir.OnObjects():
                return self._of_object(assertion, inner)
            case ir.AllOf(schemas) | ir.AnyOf(schemas) | ir.OneOf(schemas):
                ordered = sorted(schemas, key=lambda s: self._rank(side, s))
                return (type(assertion).__name__, *map(inner, ordered))
            # Whatever else there is, now or later, is what its fields are.
            case ir.OnAnyValue() | ir.OnNumbers() | ir.OnStrings():
                return self._generic(assertion, inner)
            case ir.OnArrays() | ir.InPlace():
                return self._generic(assertion, inner)
            case _:
                assert_never(assertion)

    def _rank(self, side: int, schema: ir.Schema) -> tuple[int, tuple[str, ...]]:
        """Where a branch stands among others whose order means nothing; those that
        differ in references only stand by the names of what they refer to."""
        number, refs = self._skeleton(side, schema)
        return number, tuple(target.rpartition("#")[2] for _, target in refs)

    def _of_object(self, assertion: ir.ObjectAssertion, inner: _Inner) -> object:
        """The spelling of an assertion on objects, in no order where none matters."""
        match assertion:
            case ir.Required(names):
                return ("required", frozenset(names))
            case ir.AdditionalProperties(schema, known, patterns):
                others = (frozenset(known), frozenset(patterns))
                return ("additional", inner(schema), *others)
            case (
                ir.Properties(schemas=by_name)
                | ir.PatternProperties(schemas=by_name)
                | ir.DependentSchemas(schemas=by_name)
            ):
                ordered = sorted(by_name)
                kind = type(assertion).__name__
                return (kind, *((name, inner(by_name[name])) for name in ordered))
            case ir.DependentRequired(names=needed):
                pairs = ((name, frozenset(many)) for name, many in needed.items())
                return ("dependent", frozenset(pairs))
            case ir.PropertyNames() | ir.MinProperties() | ir.MaxProperties():
                return self._generic(assertion, inner)
            case ir.UnevaluatedProperties():
                return self._generic(assertion, inner)
            case _:
                assert_never(assertion)

    def _generic(self, assertion: ir.Assertion, inner: _Inner) -> object:
        parts: list[object] = [type(assertion).__name__]
        for item in fields(assertion):
            value = getattr(assertion, item.name)
            if isinstance(value, ir.Schema):
                parts.append(inner(value))
            elif isinstance(value, tuple):
                parts.append(tuple(_each(value, inner)))
            else:
                parts.append(value)
        return tuple(parts)


def _ends(own: Mapping[_Key, _Skeleton]) -> dict[_Key, _Key]:
    """What each schema stands for: another one, where it is nothing but a reference."""
    ends: dict[_Key, _Key] = {}
    for key in own:
        way: dict[_Key, None] = {}
        end = key
        while end not in ends and end not in way and own[end][0] == 0:
            way[end] = None
            end = own[end][1][0]
        ends.update(dict.fromkeys([*way, end], ends.get(end, end)))
    return ends


def _each(values: Iterable[object], inner: _Inner) -> Iterable[object]:
    for value in values:
        yield inner(value) if isinstance(value, ir.Schema) else value


def _notes(notes: ir.Annotations) -> object:
    return (
        notes.title,
        notes.description,
        None if notes.default is ir.MISSING else freeze(notes.default),
        tuple(freeze(example) for example in notes.examples),
        notes.deprecated,
        notes.read_only,
        notes.write_only,
        notes.content_encoding,
        notes.content_media_type,
        notes.discriminator and _tags(notes.discriminator),
        freeze(dict(notes.enum_metadata)),
        freeze(dict(notes.extensions)),
        freeze(dict(notes.others)),
    )


def _tags(discriminator: ir.Discriminator) -> object:
    """What a discriminator says, targets by the end of their place."""
    mapping = discriminator.mapping.items()
    return (
        discriminator.property,
        frozenset((tag, target.rpartition("/")[2]) for tag, target in mapping),
    )
