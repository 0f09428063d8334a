"""What generated code has to say of an invalid value, according to the oracle.

The verdict and its reasons come from the independent validator; this module only
puts them the way generated packages do:

* a property or item that is not allowed is reported at its own place, not at the
  object that holds it;
* a union whose branch can be told from the value (see
  `codegen.python.model.union_dispatch`) is reported by the failures of that branch;
* a value under the schema `false` fails by the keyword `false`;
* what follows from another violation is left out (see `_causes` and `following`);
* a name that breaks `propertyNames` is reported at the property, by the keyword
  inside;
* of a `oneOf` it is told whether no branch takes the value or several do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias, assert_never

from codegen.golden import following
from codegen.golden.following import Follows
from codegen.golden.machinery.violations import SEVERAL
from codegen.ir import facts, tags
from codegen.ir import model as ir
from codegen.ir.walk import find, walk
from codegen.oracle import Failure, Oracle
from codegen.python.model.union_dispatch import Dispatch, dispatch_of
from codegen.samples.edits import at, child
from codegen.samples.sizes import shortest

Expected: TypeAlias = tuple[str | None, str]
"""A JSON Pointer and a reason: a keyword, or `SEVERAL`. None where the oracle does not
tell the place."""

_UNIONS: Final = {"anyOf": ir.AnyOf, "oneOf": ir.OneOf}
_UNEVALUATED: Final = frozenset({"unevaluatedProperties", "unevaluatedItems"})


class Expectations:
    """The expected violations of values under the schemas of one module."""

    def __init__(self, module: ir.Module, oracle: Oracle) -> None:
        self._module = module
        self._oracle = oracle
        self._by_id: dict[ir.SchemaId, ir.Schema] = {}
        self._dispatches: dict[int, tuple[ir.AnyOf | ir.OneOf, Dispatch | None]] = {}
        # Of what is unevaluated in the value that is asked about.
        self._follows: dict[Expected, Follows] = {}
        self._alone: dict[tuple[int, type], tuple[ir.AnyOf | ir.OneOf, ir.Schema]] = {}

    def of(
        self, schema: ir.Schema, value: ir.Json, *, sound: bool = False
    ) -> list[Expected]:
        """Every expected violation, by place, as often as the oracle finds it; empty
        for a valid value. `sound` says that `oracle.is_sound` holds of the value.

        Raises `Undecided` where the oracle cannot judge.
        """
        failures = self._oracle.failures(schema, value, sound=sound)
        if not failures:
            return []
        self._follows.clear()
        found = _causes(list(self._told(failures, value, "")), self._follows)
        return sorted(found, key=lambda item: (item[0] is None, item[0] or "", item[1]))

    def _of(self, schema: ir.Schema, value: ir.Json, prefix: str) -> Iterator[Expected]:
        """What is wrong with a part of a value whose failures have been asked for."""
        failures = self._oracle.failures(schema, value, sound=True)
        yield from self._told(failures, value, prefix)

    def _told(
        self, failures: list[Failure], value: ir.Json, prefix: str
    ) -> Iterator[Expected]:
        for failure in failures:
            if len(failures) > 1 and self._unevaluated(failure) is not None:
                # Another failure may be why, see `_causes`.
                yield None, ""
            else:
                yield from self._one(failure, at(value, failure.pointer), prefix)

    def _one(self, failure: Failure, value: ir.Json, prefix: str) -> Iterator[Expected]:
        pointer = prefix + failure.pointer
        match failure.keyword:
            case "anyOf" | "oneOf" if not failure.is_false:
                yield from self._union(failure, value, pointer)
            case "additionalProperties" | "unevaluatedProperties":
                yield from self._extra(failure, value, pointer)
            case "unevaluatedItems":
                yield from self._more_items(failure, value, pointer)
            case "contains" | "minContains" | "maxContains":
                yield from self._contains(failure, value, pointer)
            case "propertyNames" if failure.cause in _UNIONS:
                # It does not say by which branch, see `_union`.
                yield None, ""
            case "propertyNames":
                names = list(value) if failure.is_false else failure.names
                for name in names:
                    yield child(pointer, name), failure.cause
            case keyword:
                yield pointer, "false" if failure.is_false else keyword

    # --- properties and items that are not allowed ---

    def _extra(
        self, failure: Failure, value: ir.Json, pointer: str
    ) -> Iterator[Expected]:
        names = list(value) if failure.is_false else failure.names
        inner = self._unevaluated(failure)
        owner = self._owner(failure) if failure.keyword in _UNEVALUATED else None
        for name in names:
            if inner is not None:
                yield from self._of(inner, value[name], child(pointer, name))
                continue
            refused = child(pointer, name), failure.keyword
            if owner is not None:
                follows = following.of_property(self._module, owner, name)
                self._follows[refused] = follows
            yield refused

    def _unevaluated(self, failure: Failure) -> ir.Schema | None:
        """The schema of `unevaluatedProperties`, unless it is `false`."""
        owner = self._owner(failure)
        found = find(owner, ir.UnevaluatedProperties) if owner else None
        if failure.keyword != "unevaluatedProperties" or found is None:
            return None
        return None if facts.is_never(found.schema) else found.schema

    def _contains(
        self, failure: Failure, value: ir.Json, pointer: str
    ) -> Iterator[Expected]:
        """Too few or too many: the oracle confuses the two where both are limited."""
        owner = self._owner(failure)
        found = find(owner, ir.Contains) if owner else None
        if found is None:
            yield pointer, failure.keyword
            return
        count = sum(self._oracle.valid_under(found.schema, item) for item in value)
        if count < found.minimum:
            yield pointer, "contains" if found.minimum == 1 else "minContains"
        if found.maximum is not None and count > found.maximum:
            yield pointer, "maxContains"

    def _more_items(
        self, failure: Failure, value: ir.Json, pointer: str
    ) -> Iterator[Expected]:
        """The oracle shows the items, not their places: these must be the last."""
        owner = self._owner(failure)
        found = find(owner, ir.UnevaluatedItems) if owner else None
        count = len(failure.names) or len(value)
        start = len(value) - count
        shown = [shortest(item) for item in value[start:]]
        known = found is not None and facts.is_never(found.schema)
        if known and (failure.is_false or shown == list(failure.names)):
            for index in range(start, len(value)):
                refused = child(pointer, index), failure.keyword
                if owner is not None:
                    follows = following.of_item(self._module, owner, index)
                    self._follows[refused] = follows
                yield refused
        else:
            yield None, failure.keyword if known else ""

    # --- unions ---

    def _union(
        self, failure: Failure, value: ir.Json, pointer: str
    ) -> Iterator[Expected]:
        owner = self._owner(failure)
        if owner is None:
            yield pointer, failure.keyword
            return
        found = [
            a
            for a in owner.assertions
            if isinstance(a, (ir.AnyOf, ir.OneOf))
            and isinstance(a, _UNIONS[failure.keyword])
        ]
        if len(found) != 1:
            yield self._which(failure, found, value, pointer)
            return
        if len(owner.assertions) == 1 and len(found[0].schemas) == 1:
            # A union of one is read as if its branch stood there by itself.
            yield from self._of(found[0].schemas[0], value, pointer)
            return
        hint = owner.annotations.discriminator
        dispatch = self._dispatch(found[0], hint)
        branch = None if dispatch is None else _chosen(dispatch, value)
        if branch is not None:
            yield from self._of(branch, value, pointer)
        elif dispatch is not None and _lacks_tag(dispatch, hint, value):
            yield pointer, "discriminator"
        else:
            yield self._which(failure, found, value, pointer)

    def _dispatch(
        self, union: ir.AnyOf | ir.OneOf, hint: ir.Discriminator | None
    ) -> Dispatch | None:
        """How the value itself decides a union."""
        known = self._dispatches.get(id(union))
        if known is None:
            # The union is kept so that no other can take its identity.
            known = (union, dispatch_of(self._module, union, hint))
            self._dispatches[id(union)] = known
        return known[1]

    def _owner(self, failure: Failure) -> ir.Schema | None:
        if not self._by_id:
            self._by_id = {
                inner.id: inner
                for schema in self._module.schemas.values()
                for inner in walk(schema)
            }
        return self._by_id.get(failure.owner) if failure.owner else None

    def _which(
        self,
        failure: Failure,
        unions: list[ir.AnyOf | ir.OneOf],
        value: ir.Json,
        pointer: str,
    ) -> Expected:
        """A union that fails as a whole, one of some; the oracle tells what takes the
        value, but not which of two unions failed."""
        if failure.keyword == "anyOf":
            return pointer, failure.keyword
        failing = [
            union
            for union in unions
            if len(unions) == 1 or not self._takes(union, type(union), value)
        ]
        several = {self._takes(union, ir.AnyOf, value) for union in failing}
        if len(several) > 1:
            return None, failure.keyword
        return pointer, SEVERAL if True in several else failure.keyword

    def _takes(
        self,
        union: ir.AnyOf | ir.OneOf,
        kind: type[ir.AnyOf | ir.OneOf],
        value: ir.Json,
    ) -> bool:
        """Whether the branches of a union take a value as a union of some kind. They
        are asked at once, as there may be thousands; but for references, as what these
        lead to is asked about by itself, too."""
        if all(self._oracle.target(branch) is not branch for branch in union.schemas):
            takes = (self._oracle.valid_under(one, value) for one in union.schemas)
            return any(takes) if kind is ir.AnyOf else sum(takes) == 1
        known = self._alone.get((id(union), kind))
        if known is None:
            first = union.schemas[0]
            id_ = ir.SchemaId(f"{first.id}@{len(self._alone)}")
            alone = ir.Schema(id_, first.location, (kind(union.schemas),))
            # The union is kept so that no other can take its identity.
            known = self._alone[id(union), kind] = union, alone
        return self._oracle.valid_under(known[1], value)


def _causes(
    found: list[Expected], follows: Mapping[Expected, Follows]
) -> list[Expected]:
    """The violations without those that others bring about.

    A property that a failing branch would have evaluated counts as unevaluated; it
    is the branch that has to be corrected. Where it is not known whether one would
    have, no place is told.
    """
    causes = [pair for pair in found if not pair[1].startswith("unevaluated")]
    if not causes:
        return found
    for pair in found:
        match follows.get(pair, Follows.YES):
            case Follows.NO:
                causes.append(pair)
            case Follows.MAYBE:
                causes.append((None, ""))
            case Follows.YES:
                pass
            case other:
                assert_never(other)
    return causes


def _chosen(dispatch: Dispatch, value: ir.Json) -> ir.Schema | None:
    """The branch that the value's type or tag names."""
    if isinstance(value, dict) and dispatch.objects is not None:
        return _named(dispatch.objects, value) or dispatch.default
    return dispatch.by_type.get(facts.json_type(value))


def _lacks_tag(
    dispatch: Dispatch, hint: ir.Discriminator | None, value: ir.Json
) -> bool:
    """Whether an object has no tag of those that a discriminator gives."""
    decided = dispatch.objects
    if decided is None or not dispatch.is_discriminated(hint):
        return False
    if not isinstance(value, dict) or decided.case_of(value) is not None:
        return False
    return not dispatch.untagged or tags.has(value, decided.path)


def _named(decision: tags.Tagged, value: dict[str, ir.Json]) -> ir.Schema | None:
    case = decision.case_of(value)
    return _named(case, value) if isinstance(case, tags.Tagged) else case
